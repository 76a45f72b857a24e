/* Words by which a reply denies something, in the languages that replies come in: read by denied.c alone. A
 * further word is a row. */
#ifndef MAILWHY_DENIED_WORDS_H
#define MAILWHY_DENIED_WORDS_H

#include "parsers/base/slice.h"

/* What is denied wherever it stands in the clause. */
static const struct slice denials[] = {SLICE(" nothing to do with"),
                                       SLICE(" nothing is wrong"),
                                       SLICE(" nothing wrong"),
                                       SLICE("not the problem"),
                                       SLICE("not the reason"),
                                       SLICE("not the cause"),
                                       SLICE("not the issue"),
                                       SLICE("not the point"),
                                       SLICE(" does not matter"),
                                       SLICE(" doesn't matter"),
                                       SLICE(" is irrelevant"),
                                       SLICE(" are irrelevant"),
                                       SLICE(" plays no part"),
                                       SLICE(" plays no role"),
                                       SLICE(" involved"),
                                       SLICE(" clean of "),
                                       SLICE(" free of "),
                                       SLICE(" of an allowed "),
                                       SLICE(" has no say"),
                                       SLICE(" be ruled out"),
                                       SLICE("\u30b9\u30d1\u30e0\u3067\u306f\u3042"),
                                       SLICE("\u30b9\u30d1\u30e0\u3067\u306f\u306a"),
                                       SLICE("\u4e0d\u662f\u5783\u573e"),
                                       SLICE("\uc2a4\ud338\uc774 \uc544\ub2c8"),
                                       SLICE(" have no say"),
                                       SLICE(" whatever "),
                                       SLICE(" on no "),
                                       SLICE(" not on any "),
                                       SLICE(" within the "),
                                       SLICE(" not listed at "),
                                       SLICE(" not listed by "),
                                       SLICE(" not in spamhaus"),
                                       SLICE(" not in spamcop"),
                                       SLICE(" not in barracuda"),
                                       SLICE(" not in any block"),
                                       SLICE(" not in any black"),
                                       SLICE(" are not listed"),
                                       SLICE(" not because of "),
                                       SLICE(" not due to "),
                                       SLICE(" do not use "),
                                       SLICE(" does not use "),
                                       SLICE("n't use "),
                                       SLICE(" previously listed"),
                                       SLICE(" formerly listed"),
                                       SLICE(" no longer listed"),
                                       SLICE(" not affected"),
                                       SLICE(" not checked"),
                                       SLICE(" not looked "),
                                       SLICE(" not involved"),
                                       SLICE(" cannot say whether "),
                                       SLICE(" cannot tell whether "),
                                       SLICE(" regardless of "),
                                       SLICE(" is not enough"),
                                       SLICE(" is enough"),
                                       SLICE(" spam or not"),
                                       SLICE(" not at issue"),
                                       SLICE("n't at issue"),
                                       SLICE(" not reached"),
                                       SLICE(" not exceeded"),
                                       SLICE(" not met yet"),
                                       SLICE(" has room"),
                                       SLICE(" have room"),
                                       SLICE(" clean at "),
                                       SLICE(" clean on "),
                                       SLICE(" clean in "),
                                       SLICE(" clean with "),
                                       SLICE(" scanned by "),
                                       SLICE(" checked by "),
                                       SLICE(" is not why"),
                                       SLICE("n't why")};

/* A list that one is not on, unless it is one that one ought to be on. */
static const struct slice not_on[] = {
    SLICE(" not on "),
    SLICE(" not listed on "),
    SLICE(" nicht auf "),
    SLICE(" auf keiner "),
    SLICE(" n'est pas sur "),
    SLICE(" sur aucune "),
    SLICE(" dans aucune "),
    SLICE(" no est\u00e1 en "),
    SLICE(" en ninguna "),
    SLICE(" non \u00e8 in "),
    SLICE(" in nessuna "),
    SLICE(" n\u00e3o est\u00e1 em "),
    SLICE(" em nenhuma "),
    SLICE(" niet op "),
    SLICE(" op geen enkele "),
    SLICE(" nie jest na "),
    SLICE(" nie figuruje "),
    SLICE(" na \u017cadnej "),
    SLICE(" inte p\u00e5 "),
    SLICE(" ikke p\u00e5 "),
    SLICE(" nen\u00ed na "),
    SLICE(" \u043d\u0435 \u043d\u0430\u0445\u043e\u0434\u0438\u0442\u0441\u044f \u0432 "),
    SLICE(" \u043d\u0435 \u0432 ")};
static const struct slice wanted[] = {SLICE("white"),
                                      SLICE("wei\u00df"),
                                      SLICE("weiss"),
                                      SLICE("blanc"),
                                      SLICE("bianc"),
                                      SLICE("branca"),
                                      SLICE("witte"),
                                      SLICE("bia\u0142"),
                                      SLICE("vita"),
                                      SLICE("b\u00edl"),
                                      SLICE("\u0431\u0435\u043b"),
                                      SLICE("allow"),
                                      SLICE("permit"),
                                      SLICE("approved"),
                                      SLICE("accept"),
                                      SLICE("member"),
                                      SLICE("safe"),
                                      SLICE(" this "),
                                      SLICE("server"),
                                      SLICE("system"),
                                      SLICE("trusted")};

/* Words that deny what is said next, in the languages that replies come in. */
static const struct slice negators[] = {
    SLICE("not"),     SLICE("no"),       SLICE("nor"),          SLICE("never"),
    SLICE("neither"), SLICE("nicht"),    SLICE("kein"),         SLICE("keine"),
    SLICE("weder"),   SLICE("pas"),      SLICE("aucun"),        SLICE("ni"),
    SLICE("non"),     SLICE("n\u00e3o"), SLICE("nao"),          SLICE("niet"),
    SLICE("geen"),    SLICE("nie"),      SLICE("nen\u00ed"),    SLICE("inte"),
    SLICE("ingen"),   SLICE("ikke"),     SLICE("\u043d\u0435"), SLICE("\u043d\u0435\u0442"),
};

/* What may stand between that and what is denied. */
static const struct slice fillers[] = {SLICE("a"),           SLICE("an"),
                                       SLICE("the"),         SLICE("any"),
                                       SLICE("been"),        SLICE("be"),
                                       SLICE("as"),          SLICE("so"),
                                       SLICE("over"),        SLICE("of"),
                                       SLICE("for"),         SLICE("because"),
                                       SLICE("its"),         SLICE("as"),
                                       SLICE("regarded"),    SLICE("considered"),
                                       SLICE("marked"),      SLICE("about"),
                                       SLICE("ein"),         SLICE("als"),
                                       SLICE("un"),          SLICE("es"),
                                       SLICE("est\u00e1"),   SLICE("esta"),
                                       SLICE("e"),           SLICE("\u00e8"),
                                       SLICE("jest"),        SLICE("due"),
                                       SLICE("checked"),     SLICE("scanned"),
                                       SLICE("to"),          SLICE("classified"),
                                       SLICE("class\u00e9"), SLICE("classe"),
                                       SLICE("clasificado"), SLICE("considerado"),
                                       SLICE("comme"),       SLICE("consid\u00e9r\u00e9"),
                                       SLICE("considere"),   SLICE("seen"),
                                       SLICE("treated"),     SLICE("sperre"),
                                       SLICE("wegen")};

/* Where such words begin so, all is well: that a mailbox is not full is no reason. */
static const struct slice ills[] = {SLICE("spam"),
                                    SLICE("junk"),
                                    SLICE("virus"),
                                    SLICE("viren"),
                                    SLICE("malware"),
                                    SLICE("infect"),
                                    SLICE("phishing"),
                                    SLICE("full"),
                                    SLICE("quota"),
                                    SLICE("throttl"),
                                    SLICE("greylist"),
                                    SLICE("graylist"),
                                    SLICE("blacklist"),
                                    SLICE("blocklist"),
                                    SLICE("dnsbl"),
                                    SLICE("rbl"),
                                    SLICE("disabled"),
                                    SLICE("suspended"),
                                    SLICE("deactivated"),
                                    SLICE("locked"),
                                    SLICE("voll"),
                                    SLICE("plein"),
                                    SLICE("llen"),
                                    SLICE("pien"),
                                    SLICE("chei"),
                                    SLICE("vol"),
                                    SLICE("przepe\u0142n"),
                                    SLICE("pe\u0142n"),
                                    SLICE("pln"),
                                    SLICE("\u043f\u0435\u0440\u0435\u043f\u043e\u043b\u043d"),
                                    SLICE("\u0441\u043f\u0430\u043c"),
                                    SLICE("\u0432\u0438\u0440\u0443\u0441")};

/* With these a clause begins that tells where to read; " about " and its like, of what. */
static const struct slice pointers[] = {SLICE("see "),
                                        SLICE("read "),
                                        SLICE("visit "),
                                        SLICE("refer to "),
                                        SLICE("go to "),
                                        SLICE("consult "),
                                        SLICE("look at "),
                                        SLICE("learn "),
                                        SLICE("for more information about "),
                                        SLICE("for more information regarding "),
                                        SLICE("for more information concerning "),
                                        SLICE("for further information about "),
                                        SLICE("for further information regarding "),
                                        SLICE("for more details about "),
                                        SLICE("for more details regarding ")};
static const struct slice politeness[] = {SLICE("please "), SLICE("also "), SLICE("and "), SLICE("or ")};
static const struct slice directions[] = {SLICE(" see "), SLICE(" visit "), SLICE(" go to "),
                                          SLICE(" read ")};
static const struct slice reasons[] = {SLICE("more"), SLICE("info"),   SLICE("detail"), SLICE("expla"),
                                       SLICE("help"), SLICE("reason"), SLICE("this "),  SLICE("assist")};
static const struct slice abouts[] = {SLICE(" about "), SLICE(" regarding "), SLICE(" concerning ")};

/* At its end. */
static const struct slice approvals[] = {SLICE(" fine"),
                                         SLICE(" ok"),
                                         SLICE(" okay"),
                                         SLICE(" is valid"),
                                         SLICE(" good"),
                                         SLICE(" correct"),
                                         SLICE(" passed"),
                                         SLICE(" pass"),
                                         SLICE(" is up"),
                                         SLICE(" is welcome"),
                                         SLICE(" holds"),
                                         SLICE(" intact"),
                                         SLICE(" skipped"),
                                         SLICE(" verified"),
                                         SLICE(" all right"),
                                         SLICE(" clean"),
                                         SLICE(" bestanden"),
                                         SLICE(" in ordnung"),
                                         SLICE(" g\u00fcltig"),
                                         SLICE(" r\u00e9ussi"),
                                         SLICE(" correcto"),
                                         SLICE(" v\u00e1lido"),
                                         SLICE(" geslaagd"),
                                         SLICE(" w porz\u0105dku"),
                                         SLICE(" \u0432 \u043f\u043e\u0440\u044f\u0434\u043a\u0435"),
                                         SLICE(" er i orden"),
                                         SLICE(" er ok"),
                                         SLICE(" \u00e4r ok"),
                                         SLICE(" \u00e4r i ordning"),
                                         SLICE(" \u00e4r godk\u00e4nd"),
                                         SLICE(" on kunnossa"),
                                         SLICE(" je v po\u0159\u00e1dku"),
                                         SLICE(" rendben van"),
                                         SLICE(" est en r\u00e8gle"),
                                         SLICE(" es correcto"),
                                         SLICE(" est\u00e1 bien"),
                                         SLICE(" \u00e8 a posto"),
                                         SLICE(" va bene"),
                                         SLICE(" va bien"),
                                         SLICE(" vont bien"),
                                         SLICE(" est bon"),
                                         SLICE(" est bonne"),
                                         SLICE(" est\u00e1 certo"),
                                         SLICE(" is in orde"),
                                         SLICE(" sorun yok"),
                                         SLICE(" sorunsuz")};

/* Then it asks for what the words say. */
static const struct slice requests[] = {
    SLICE(" sure"),  SLICE(" check "), SLICE(" verify"), SLICE(" must"), SLICE(" ensure"), SLICE(" if "),
    SLICE(" until"), SLICE(" unless"), SLICE(" that "),  SLICE(" when"), SLICE(" please"), SLICE(" do not ")};

static const struct slice statements[] = {SLICE(" we do not use ")};

/* Then what is at its end is no approval. */
static const struct slice refusals[] = {SLICE(" not "),    SLICE("n't "),  SLICE("cannot "),
                                        SLICE(" neither"), SLICE(" nor "), SLICE(" none "),
                                        SLICE(" never "),  SLICE(" no "),  SLICE(" fail")};

/* What is looked for in a mail, and that it was not there. */
static const struct slice sought[] = {SLICE("virus"), SLICE("malware"), SLICE("spam"), SLICE("phishing")};
static const struct slice in_vain[] = {
    SLICE(" not found"),          SLICE(" not detected"),
    SLICE(" nicht gefunden"),     SLICE(" nicht festgestellt"),
    SLICE(" no se hall"),         SLICE(" no se encontr"),
    SLICE(" pas trouv"),          SLICE(" non trovat"),
    SLICE(" n\u00e3o encontrad"), SLICE(" niet gevonden"),
    SLICE(" nie znalezion"),      SLICE(" \u043d\u0435 \u043d\u0430\u0439\u0434\u0435\u043d")};

/* What a mail was found to be. */
static const struct slice findings[] = {SLICE(" is "),        SLICE(" was "),  SLICE(" were "),
                                        SLICE(" are "),       SLICE(" found"), SLICE(" contain"),
                                        SLICE(" est\u00e1 "), SLICE(" esta ")};

/* Answers to "mailbox full?", and to "viruses:". */
static const struct slice noes[] = {SLICE("no"),   SLICE("nope"),     SLICE("not"),
                                    SLICE("nein"), SLICE("non"),      SLICE("nie"),
                                    SLICE("nee"),  SLICE("n\u00e3o"), SLICE("\u043d\u0435\u0442")};
static const struct slice nothings[] = {SLICE("none"),  SLICE("negative"), SLICE("clean"),  SLICE("nil"),
                                        SLICE("keine"), SLICE("aucun"),    SLICE("ninguno")};

/* Words with which a clause begins, behind a blank. */
static const struct slice turns[] = {SLICE("but "), SLICE("although "), SLICE("though "), SLICE("while ")};

#endif
