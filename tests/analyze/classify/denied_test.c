/* What a reply denies is left out of its words; what it asks for, or all that it says, is not. */
#include "analyze/classify/denied.h"
#include "tests/table.h"

static void leaves_out(void **state) {
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"The box is not full; it was deactivated", "                   ; it was deactivated"},
        {"Greylisting skipped: 192.0.2.7 has no name", "                   : 192.0.2.7 has no name"},
        {"it is not in Spamcop, but in a list of ours", "                    , but in a list of ours"},
        {"was not classified as spam. She left", "                          . She left"},
        {"DKIM is fine, SPF failed", "            , SPF failed"},
        {"SPF passed but the signature did not verify", "           but the signature did not verify"},
        {"no user of that name (nicht voll)", "no user of that name            )"},
        {"not accepted, make sure that SPF is valid", "not accepted, make sure that SPF is valid"},
        {"SPF has not passed, sorry for that", "SPF has not passed, sorry for that"},
        {"mail rejected, neither SPF nor DKIM passed", "mail rejected, neither SPF nor DKIM passed"},
        {"DKIM verified, SPF did not", "             , SPF did not"},
        {"SPF could not be verified, sorry", "SPF could not be verified, sorry"},
        {"you are no member; your mail was not spam nor virus",
         "you are no member                                  "},
        {"el buz\u00f3n no est\u00e1 lleno; no existe aqu\u00ed",
         "                        ; no existe aqu\u00ed"},
        {"not because of SPF: sender blocked", "                  : sender blocked"},
        {"Previously listed at S; now blocked here", "                      ; now blocked here"},
        {"IP is not listed on S, but it is spam", "                     , but it is spam"},
        {"We do not use S. Contact the admin", "               . Contact the admin"},
        {"do not use SPF without DKIM, sorry", "do not use SPF without DKIM, sorry"},
        {"User not listed in Domino Directory", "User not listed in Domino Directory"},
        {"DKIM=pass, SPF=fail", "         , SPF=fail"},
        {"SPF: pass DKIM: fail", "          DKIM: fail"},
        {"Spf= Fail , Dkim= Pass , mail refused", "Spf= Fail ,            , mail refused"},
        {"Spf= Pass , Dkim= Pass , DMARC= Fail", "Spf= Pass , Dkim= Pass , DMARC= Fail"}, /* they tell why */
        {"SPF=pass DKIM=pass", "SPF=pass DKIM=pass"},
        {"notspf=pass and dkim:", "notspf=pass and dkim:"},
        {"the mailbox is not full", "the mailbox is not full"},
        {"attachment refused, they were not checked for viruses",
         "attachment refused                                   "},
        {"no virus was found, but no SPF is published", "                  , but no SPF is published"},
        {"only members may write; nothing is wrong with your fame",
         "only members may write                                 "},
        {"it is listed, although SPF and DKIM pass", "it is listed,                           "},
        {"Body hash is wrong; reverse DNS was ok", "Body hash is wrong                    "},
        {"\u043d\u0435 \u0441\u043f\u0430\u043c, user is gone", "             , user is gone"},
        {"kein Spam, aber der Anhang ist verboten", "         , aber der Anhang ist verboten"},
        {"it must wait (probably no spam) for now", "it must wait                  ) for now"},
        {"he did not pay, spam or not", "he did not pay             "},
        {"the password was revoked, spam filter not involved",
         "the password was revoked                          "},
        {"quota daemon gone, cannot say whether the box is full",
         "quota daemon gone                                    "},
        {"rejected by us, we accept no spam", "rejected by us, we accept no spam"},
        {"mail not accepted from blacklisted host, sorry for that",
         "mail not accepted from blacklisted host, sorry for that"},
        {"Refused by policy. No SPAM please!", "Refused by policy. No SPAM please!"},
        {"mx1.example.org is on no list", "mx1.example.org is on no list"},
        {"mailbox full? No - disabled by the owner", "            ? No - disabled by the owner"},
        {"on a list? No: our own list of networks", "         ? No: our own list of networks"},
        {"attachment refused. Scanned by ClamAV, no virus found",
         "attachment refused                                   "},
        {"your address is clean at Zonelist. It is your domain",
         "                                 . It is your domain"},
        {"No DNSBL is used here. Blocked by hand, sorry", "                     . Blocked by hand, sorry"},
        {"Ihre Adresse steht nicht auf einer Sperrliste, der Name aber passt nicht",
         "                                             , der Name aber passt nicht"},
        {"we checked for viruses: none. It has 48 MB, too much",
         "                      : none. It has 48 MB, too much"},
        {"Domenets DMARC er i orden, men du m\u00e5 logge inn",
         "                         , men du m\u00e5 logge inn"},
        {"Nadawca nie jest na czarnej li\u015bcie, ale rekord SPF nie zezwala",
         "                                   , ale rekord SPF nie zezwala"},
        {"no est\u00e1 en la lista blanca, lo siento", "no est\u00e1 en la lista blanca, lo siento"},
        {"mailbox full? no - nobody has that name here", "            ? no - nobody has that name here"},
        {"Your IP is not on Zonelist, but its neighbours are",
         "                          , but its neighbours are"},
        {"You are not on our allow list, sorry", "You are not on our allow list, sorry"},
        {"it came from a bad network, Spamhaus has no say in this",
         "it came from a bad network                             "},
        {"your greeting is no name of yours. See also our page about SPF",
         "your greeting is no name of yours. See also our page          "},
        {"your name leads nowhere at all. For spam complaints see http://x.example",
         "your name leads nowhere at all.                     see http://x.example"},
        {"refused. Please read about SPF at http://x.example/a",
         "refused. Please read about SPF at http://x.example/a"},
        {"for more information see our page about lists", "for more information see our page about lists"},
        {"no answer from DNS, \"user unknown\" cannot be ruled out",
         "no answer from DNS                                    "},
        {"come back later, rate limit not reached, bad fame",
         "come back later                        , bad fame"},
        {"ein Virus wurde nicht gefunden, der Anhang ist verboten",
         "                              , der Anhang ist verboten"},
        {"the mailbox was not found, sorry for that", "the mailbox was not found, sorry for that"},
        {"DMARC bestanden, der Text ist Werbung", "               , der Text ist Werbung"},
        {"the disk has room, not throttled; nobody of that name here",
         "                                ; nobody of that name here"},
        {"", ""},
    };
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, without_denied(slice_of(rows[i].text), &arena), rows[i].expected);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(leaves_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
