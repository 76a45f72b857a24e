/* Free text under --redact: what is found in it, and what stays readable. */
#include "analyze/report/redact_text.h"

#include "pseudonyms.h"
#include "tests/table.h"

static const struct {
    const char *collected; /* a local part that was seen elsewhere; NULL: none */
    const char *text, *expected;
} rows[] = {
    /* addresses, with nothing collected */
    {NULL, "<bob@example.org>: no such user", "<u*@example.org>: no such user"},
    {NULL, "mailto:bob@example.org", "mailto:u*@example.org"},
    {NULL, "'bob@example.org' and {eve@example.net}", "'u*@example.org' and {u*@example.net}"},
    {NULL, "\"bob miller\"@example.org", "u*@example.org"},
    {NULL, "bounce-bob=example.org@list.example", "u*@list.example"},
    {NULL, "smtp.mailfrom=bob@example.org", "smtp.mailfrom=u*@example.org"},
    {NULL, "bob (at) example.org, eve[at]example.net", "u* (at) example.org, u*[at]example.net"},
    {NULL, "a@b@c", "u*@u*@c"},
    {NULL, "bob&#64;example.org bob&#x40;example.org bob=40example.org",
     "u*&#64;example.org u*&#x40;example.org u*=40example.org"},
    {NULL, "{\"email\":\"bob\\u0040example.org\"}", "{\"email\":\"u*\\u0040example.org\"}"},
    {NULL, "size=4096 bytes, 5=40", "size=4096 bytes, 5=40"},
    {NULL, "bob%example.org@relay.example", "u*@relay.example"},
    {NULL, "SRS0=HH=TT=example.org=bob@relay.example", "u*@relay.example"},
    {NULL, "prvs=1234=bob@example.org", "u*@example.org"},
    {NULL, "rfc822;bob@example.org", "rfc822;u*@example.org"},
    {NULL, "subject =?utf-8?b?Qm9i?= =?utf-8?q?Bob?=", "subject t* t*"},
    {NULL, "=?no end and =?utf-8?b", "=?no end and =?utf-8?b"},
    {NULL, "at 10 @ noon, @example.org", "at 10 @ noon, @example.org"},
    /* what stands where a mailbox does */
    {NULL, "user=bob, uid=1000", "user=u*, uid=u*"},
    {NULL, "sasl_username=anna, user=unknown, to=4", "sasl_username=u*, user=unknown, to=4"},
    {NULL, "U=kim A=login_plain:kim a=rsa-sha256 A=x", "U=u* A=login_plain:u* a=rsa-sha256 A=x"},
    {NULL, "auth-user=kimmy x_user=kimmy user_name=kimmy userId=kimmy menu=kimmy x-u=kimmy",
     "auth-user=u* x_user=u* user_name=u* userId=u* menu=kimmy x-u=kimmy"},
    {NULL, "https://example.org/in?user=kimmy&login=eve&page=two",
     "https://example.org/in?user=u*&login=u*&page=two"},
    {NULL, "kim [at] example [dot] org, kim (at) noon", "u* [at] example [dot] org, kim (at) noon"},
    /* what words announce */
    {NULL, "(Authenticated sender: kim) by mx", "(Authenticated sender: u*) by mx"},
    {NULL, "logged in as kim, authenticated user <kim>", "logged in as u*, authenticated user <u*>"},
    {NULL, "from userid 1000", "from userid u*"},
    {NULL, "user EXAMPLE\\kimmy, (EX-1\\eve) said\\nfine C:\\mail\\x",
     "user EXAMPLE\\u*, (EX-1\\u*) said\\nfine C:\\mail\\x"},
    {NULL, "<user>kimmy</user><host>mx</host> <x-username>eve</x-username>",
     "<user>u*</user><host>mx</host> <x-username>u*</x-username>"},
    {NULL, "lda(kim)<7><x>: saved, passwd-file(kim,192.0.2.1), lmtp(4711): Connect",
     "lda(u*)<7><x>: saved, passwd-file(u*,192.0.2.1), lmtp(4711): Connect"},
    {NULL, "ctladdr=<kim@x.example> (48/48), 12 (1/2)", "ctladdr=<u*@x.example> (u*/u*), 12 (1/2)"},
    {NULL, "cwd=/home/kim/www", "cwd=/home/u*/www"},
    {NULL, "mail() on [/srv/kim/form.php:12]: To", "mail() on [p*:12]: To"},
    {NULL, "id=1 T=\"my order\" for", "id=1 T=\"s*\" for"},
    {NULL, "the authenticated user is unknown", "the authenticated user is unknown"},
    {NULL, "reauthenticated as kim", "reauthenticated as kim"},
    {NULL, "from=<www-data>, relay=local", "from=<www-data>, relay=local"},
    {NULL, "to=<eve>, relay=mx.example.org", "to=<u*>, relay=mx.example.org"},
    {NULL, "sasl_username=bob.miller, helo=mx.example.org", "sasl_username=u*, helo=mx.example.org"},
    {NULL, "{\"user\": \"bob.miller\"}", "{\"user\": \"u*\"}"},
    {"kimble", "list-bounces+kimble kimble+tag", "list-bounces+u* u*+tag"},
    {"kim.ble", "list-bounces+kim.ble", "list-bounces+u*"},
    /* ids that are announced, or stand where logs write them */
    {NULL, "250 2.0.0 Ok: queued as 9C1D02B4", "250 2.0.0 Ok: queued as i*"},
    {NULL, "postfix/smtp[7]: 9C1D02B4: removed", "postfix/smtp[7]: i*: removed"},
    {NULL, "4Fq2xR6hLmz9rJ: removed", "i*: removed"},
    {NULL, "queued as usual, id 5, line 7: x", "queued as usual, id 5, line 7: x"},
    /* links stay but for what names a person */
    {NULL, "https://example.org/0123456789abcdef0123456789", "https://example.org/t*"},
    {NULL, "https://example.org/?u=bob%40example.org&x=1", "https://example.org/?u=u*%40example.org&x=1"},
    {NULL, "https://bob@example.org/", "https://u*@example.org/"},
    {NULL, "https://example.org/?u=bob%2540example.org", "https://example.org/?u=u*%2540example.org"},
    {NULL, "https://example.org/Ym9iQGV4YW1wbGUub3Jn?x=1",
     "https://example.org/t*?x=1"}, /* bob@example.org */
    {NULL, "https://example.org/?t=0123456789abcdef.", "https://example.org/?t=t*."},
    {NULL, "https://example.org/c?r=1MnqWp-1jcqkM3kfN-00jKSR&x=1", "https://example.org/c?r=t*&x=1"},
    {NULL, "https://example.org/?ip=192.168.100.200&p=NotAuthorizedError&answer=81126",
     "https://example.org/?ip=192.168.100.200&p=NotAuthorizedError&answer=81126"},
    {NULL, "https://example.org/articles/360001234567-Why-was-my-mail-blocked",
     "https://example.org/articles/360001234567-Why-was-my-mail-blocked"},
    {"kimble", "https://kimble.example.org/#kimble", "https://kimble.example.org/#kimble"},
    {NULL, "EXAMPLE-HOSTING/AS64500 AM0PR01MB1234", "EXAMPLE-HOSTING/AS64500 AM0PR01MB1234"},
    {NULL, "[mx.example.org 2024-11-24T09:14:03.123Z 08DC123456789ABC]",
     "[mx.example.org 2024-11-24T09:14:03.123Z t*]"},
    {NULL, "[InternalId=12345678901234, Hostname=AM0PR01MB1234.prod.example.com]",
     "[InternalId=i*, Hostname=AM0PR01MB1234.prod.example.com]"},
    {NULL, "d9443c01a7336-5b1f17b1804b1.431 - gsmtp", "i* - gsmtp"},
    {NULL, "#550 [zgXM4kKhM2qPKdWn0jz8Zg.uk10]", "#550 [t*.uk10]"},
    {NULL, "https://example.org/help?id=550&lang=en+de", "https://example.org/help?id=550&lang=en+de"},
    {"alice miller", "https://example.org/?n=Alice%20Miller&m=Alice+Miller",
     "https://example.org/?n=u*&m=u*"},
    {"alice.miller", "https://example.org/u/alice.miller/x", "https://example.org/u/u*/x"},
    /* long tokens; host names are none */
    {NULL, "(ref 0123456789abcdef0123456789)", "(ref t*)"},
    {NULL, "mail-0123456789-0123456789.example.org", "mail-0123456789-0123456789.example.org"},
    {NULL, "550 5.7.1 [192.0.2.5] 2001:db8::1", "550 5.7.1 [192.0.2.5] 2001:db8::1"},
    /* collected: five letters or more, and no ordinary word */
    {"kimble", "no mailbox kimble here", "no mailbox u* here"},
    {"kimble", "KIMBLE is over quota", "u* is over quota"},
    {"kimble", "kimble.", "u*."},
    {"kimble", "kimbles and akimble", "kimbles and akimble"},
    {"kimble", "host kimble.mx.example.org", "host u*.mx.example.org"},
    {"kimble", "host kimble.org", "host kimble.org"},
    {"kimble", "{\"user\": \"kimble\"}", "{\"user\": \"u*\"}"},
    {"15551234567", "15551234567 is no mailbox", "u* is no mailbox"},
    /* an ordinary word stays readable, but where it stands as a mailbox */
    {"mailbox", "mailbox unavailable", "mailbox unavailable"},
    {"mailbox", "<mailbox>: unavailable", "<mailbox>: unavailable"},
    {"fail", "spf=fail (user unknown)", "spf=fail (user unknown)"},
    {"full", "mailbox full", "mailbox full"},
    {"unknown", "550 'unknown' user unknown", "550 'unknown' user unknown"},
    {"192.0.2.5", "[192.0.2.5] is blocked", "[192.0.2.5] is blocked"},
    {"5.7.26", "550 5.7.26 no", "550 5.7.26 no"},
    {"www.example.com", "see https://www.example.com/x", "see https://www.example.com/x"},
    {"info", "info, user unknown", "info, user unknown"},
    /* short ones only where they stand as a mailbox */
    {"bob", "bob is his name", "bob is his name"},
    {"bob", "<bob> \"bob\" 'bob' user bob", "<u*> \"u*\" 'u*' user u*"},
    {"bob", "bob=example.org is a form of it", "u*=example.org is a form of it"},
    {"550", "550 user unknown", "550 user unknown"},
    /* what is no name */
    {NULL, "user unknown in mail system", "user unknown in mail system"},
    {NULL, "\"unclosed and @ and = and <", "\"unclosed and @ and = and <"},
    /* roles are no persons: the sender is told to write there */
    {NULL, "forward this to delist@example.com, abuse-team@example.com",
     "forward this to delist@example.com, abuse-team@example.com"},
    /* other forms of a name */
    {"kimble", "eve_kimble, eve-kimble, E.Kimble", "u*, u*, u*"},
    {"kimble", "mx-kimble-2.example.org", "mx-kimble-2.example.org"},
    {"kim", "Kim is away, kim too, KIM", "u* is away, kim too, u*"},
    {"kim", "/var/mail/kim, c:\\mail\\kim and/kim", "/var/mail/u*, c:\\mail\\u* and/kim"},
    /* parts of links that name somebody */
    {NULL, "https://x.example/unsubscribe/kim.bendle", "https://x.example/unsubscribe/u*"},
    {NULL, "www.x.example/users/kim_bendle/settings", "www.x.example/users/u*/settings"},
    {NULL, "http://x.example:8080/~bendle/", "http://x.example:8080/~u*/"},
    {NULL, "t.me/kimbendle https://x.example/@kimbendle", "t.me/u* https://x.example/@u*"},
    {NULL, "https://x.example/?to=bendle&u=kim.bendle&ip=192.0.2.1",
     "https://x.example/?to=u*&u=u*&ip=192.0.2.1"},
    {NULL, "https://x.example/?name=Kim+Bendle&domain=x.example",
     "https://x.example/?name=u*&domain=x.example"},
    {NULL, "smtp://bendle:word@x.example", "smtp://u*@x.example"},
    {NULL, "https://x.example/users/help/mail-policy?from=mail-policy",
     "https://x.example/users/help/mail-policy?from=mail-policy"},
    {NULL, "https://x.example/?sender=example.org&q=lookup.lasso",
     "https://x.example/?sender=example.org&q=u*"},
    {NULL, "https://x.example/SBL/lookup.lasso", "https://x.example/SBL/lookup.lasso"},
    /* addresses of X.400 and directories; DKIM's fields are none */
    {NULL, "/G=Kim/S=Bendle/O=Org/C=DE/ and S=Bendle; G=Kim; O=Org",
     "/G=n*/S=n*/O=Org/C=DE/ and S=n*; G=n*; O=Org"},
    {NULL, "v=1; a=rsa-sha256; d=x.example; s=selone; c=relaxed/relaxed",
     "v=1; a=rsa-sha256; d=x.example; s=selone; c=relaxed/relaxed"},
    {NULL, "sn=Bendle, givenName=Kim, x", "sn=n*, givenName=n*, x"},
    /* names that are none of mail */
    {NULL, "ask @bendle, (@kim_bendle), sip:bendle; skype: bendle", "ask @u*, (@u*), sip:u*; skype: u*"},
    {NULL, "Only @x.example and @ noon; x.example!bendle", "Only @x.example and @ noon; x.example!u*"},
    /* signs of addresses */
    {NULL, "kim.bendle_at_x.example kim.bendle (a) x.example", "u*_at_x.example u* (a) x.example"},
    {NULL, "kim.bendle at x dot example, the server at x.example",
     "u* at x dot example, the server at x.example"},
    {NULL, "kim.bendle(office)@x.example kim.bendle\n@x.example", "u*(office)@x.example u*\n@x.example"},
    {NULL, "&#107;&#105;&#109;&#64;x", "t*x"},
    {NULL, "AUTH LOGIN a2ltbGVl=, AUTH LOGIN failed", "AUTH LOGIN t*, AUTH LOGIN failed"},
    /* attachments keep their end, mailboxes on a disk their place */
    {NULL, "'CV Kim Bendle.pdf' (bendle.exe) Kim_Bendle.docm", "'p*.pdf' (p*.exe) p*.docm"},
    {NULL, "an .exe file, the invoice.zip", "an .exe file, the invoice.zip"},
    {NULL, "user.bendle INBOX.Bendle mail/bendle.nsf /.qmail-bendle qmail-send",
     "user.u* INBOX.u* mail/u*.nsf /.qmail-u* qmail-send"},
    {NULL, "/srv/mail/vhosts/x.example/bendle/cur /var/www/x.example/shop",
     "/srv/mail/vhosts/x.example/u*/cur /var/www/x.example/shop"},
    {NULL, "procmail -a bendle, php -d log_errors=On, ~bendle/.forward",
     "procmail -a u*, php -d log_errors=On, ~u*/.forward"},
    {NULL, "stored mail into mailbox 'INBOX/Junk', into mailbox 'Customers.Kim Bendle'",
     "stored mail into mailbox 'INBOX/Junk', into mailbox 'p*.p*'"},
    {NULL, "https://x.example/u/kim.bendle.html https://x.example/u/help.html",
     "https://x.example/u/u* https://x.example/u/help.html"},
    /* values of JSON: not addresses, nor ordinary words */
    {NULL, "{\"to\":\"bendle\",\"recipient\":\"Kim Bendle\"}", "{\"to\":\"n*\",\"recipient\":\"u*\"}"},
    {NULL, "{\"to\":\"mailbox full\"} \"Cc:\" header is: Tan",
     "{\"to\":\"mailbox full\"} \"Cc:\" header is: Tan"},
    {NULL, "{\\\"name\\\":\\\"Kim Bendle\\\"}", "{\\\"name\\\":\\\"n*\\\"}"},
    {NULL, "id=08998-05, mid=kq83blorf9, ticket kq85blorf99", "id=i*, mid=i*, ticket i*"},
    {"bendle", "bendle2026 kim.bendle.x", "u* u*"},
    {NULL, "", ""},
};

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct names names;
        struct arena arena = {0};
        GString *out = g_string_new(NULL);
        names_init(&names, &redaction);
        if (rows[i].collected)
            names_add(&names, NAME_USER, slice_of(rows[i].collected), false);
        redact_text(&names, slice_of(rows[i].text), out);
        expect_text(rows[i].text, without_digits((struct slice){out->str, out->len}, &arena),
                    rows[i].expected);
        g_string_free(out, TRUE);
        names_free(&names);
        arena_free(&arena);
    }
}

static void test_phrases(void **state) {
    static const struct {
        enum name_kind kind;
        const char *collected, *text, *expected;
    } phrases[] = {
        {NAME_SUBJECT, "Your order 17", "re: YOUR  order, 17 came back", "re: s* came back"},
        {NAME_SUBJECT, "Hi", "Hi there", "Hi there"},
        /* a subject that was chosen to make a refusal unreadable */
        {NAME_SUBJECT, "user unknown", "550 user unknown, \"user unknown\"",
         "550 user unknown, \"user unknown\""},
        {NAME_SUBJECT, "user unknown", "the subject \"user unknown\" is spam", "the subject \"s*\" is spam"},
        {NAME_SUBJECT, "192.0.2.5 www.example.com", "192.0.2.5 www.example.com", "192.0.2.5 www.example.com"},
        {NAME_SUBJECT, "project 192.0.2.5 kimble", "project 192.0.2.5 kimble", "s* 192.0.2.5 s*"},
        {NAME_SUBJECT, "kimble: refused, user disabled, blocked", "kimble: refused, user disabled, blocked!",
         "s*: refused, user disabled, blocked!"},
        {NAME_PERSON, "User Disabled", "user disabled", "user disabled"},
        {NAME_IDENTIFIER, "user disabled", "user disabled", "user disabled"},
        {NAME_SUBJECT, "Hi", "\"Hi\"", "\"s*\""},
        {NAME_PERSON, "Bob Ma", "written by Bob Ma (sales)", "written by n* (sales)"},
        {NAME_PERSON, "Bób Mäller", "BÓB MÄLLER", "n*"},
        {NAME_IDENTIFIER, "4Fq2x/R6", "queued as 4Fq2x/R6", "queued as i*"},
        {NAME_IDENTIFIER, "7Kq9wV3nTb2xZd", "re: tulips; 7Kq9wV3nTb2xZd", "re: tulips; i*"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(phrases); i++) {
        struct names names;
        struct arena arena = {0};
        GString *out = g_string_new(NULL);
        names_init(&names, &redaction);
        names_add(&names, phrases[i].kind, slice_of(phrases[i].collected), false);
        redact_text(&names, slice_of(phrases[i].text), out);
        expect_text(phrases[i].text, without_digits((struct slice){out->str, out->len}, &arena),
                    phrases[i].expected);
        g_string_free(out, TRUE);
        names_free(&names);
        arena_free(&arena);
    }
}

/* What only its place in a reply tells. */
static void test_replies(void **state) {
    static const struct {
        const char *text, *expected;
    } replies[] = {
        {"No such user 'bobby'", "No such user 'u*'"},
        {"No such user bobby.", "No such user u*."},
        {"user account kimmy is over quota", "user account u* is over quota"},
        {"mailbox for kimmy is full; login: eve_x", "mailbox for u* is full; login: u*"},
        {"<kimmy>: no such user", "<u*>: no such user"},
        {"\"kimmy\" is not here", "\"u*\" is not here"},
        {"\"Kim Example\" <kim@example.org>: rejected", "\"n*\" <u*@example.org>: rejected"},
        {"Kim B. Example <kim@example.org>: rejected", "n* <u*@example.org>: rejected"},
        {"rejected by Mr. Lee, dear Kim", "rejected by Mr. n*, dear n*"},
        {"Dear Kim Example, no", "Dear n*, no"},
        {"'Kim Example' <kim@example.org>, Example, Kim <kim@example.org>",
         "'n*' <u*@example.org>, n* <u*@example.org>"},
        {"kim@example.org (Kim Example) no", "u*@example.org (n*) no"},
        {"5.1.1 kimmy: user unknown", "5.1.1 u*: user unknown"},
        {"kimmy... User unknown", "u*... User unknown"},
        {"authentication failed for kimmy", "authentication failed for u*"},
        {"<kim.exam...>: no", "<u*...>: no"},
        {"{\\\"user\\\":\\\"kimmy\\\"}", "{\\\"user\\\":\\\"u*\\\"}"},
        {"user \u00abkimmy\u00bb, \u201ckimmy\u201d, \u201ekimmy\u201c, \u2018kimmy\u2019, \u300ckimmy\u300d",
         "user \"u*\", \"u*\", \"u*\", 'u*', \"u*\""},
        {"user [kimmy] is gone, RCPT TO:<kimmy>: no", "user [u*] is gone, RCPT TO:<u*>: no"},
        {"Benutzer kimmy: unbekannt", "Benutzer u*: unbekannt"},
        {"Postfach kimmy ist voll", "Postfach u* ist voll"},
        {"el usuario kimmy no existe", "el usuario u* no existe"},
        {"Пользователь kimmy не найден, 用户 kimmy 不存在", "Пользователь u* не найден, 用户 u* 不存在"},
        {"/srv/vmail/kimmy/cur /var/vmail/example.org", "/srv/vmail/u*/cur /var/vmail/example.org"},
        {"Tel. 030/1234567, +49 30 1234567", "Tel. t*, t*"},
        {"/home/kim/Maildir: /var/mail/eve /srv/joe/Maildir/new",
         "/home/u*/Maildir: /var/mail/u* /srv/u*/Maildir/new"},
        /* what is said of a mailbox or a person */
        {"bendle unknown", "u* unknown"},
        {"[bendle] mailbox unavailable", "[u*] mailbox unavailable"},
        {"bendle's mailbox is full", "u*'s mailbox is full"},
        {"User not found: bendle", "User not found: u*"},
        {"Utilisateur inconnu : bendle", "Utilisateur inconnu : u*"},
        {"authentication failed: bendle", "authentication failed: u*"},
        {"delivery to bendle failed, delivery to file forbidden",
         "delivery to u* failed, delivery to file forbidden"},
        {"Kim Bendle has left the company", "n* has left the company"},
        {"contact Kim Bendle, contact Bendle Instruments Inc", "contact n*, contact Bendle Instruments Inc"},
        {"User Kim Bendle/Org (x@x.example) not listed in Domino Directory",
         "User n*/Org (u*@x.example) not listed in Domino Directory"},
        {"Best regards,\nKim Bendle", "Best regards,\nn*"},
        {"Lieber Kim Bendle, nein", "Lieber n*, nein"},
        {"user xdom\\bendle has no mailbox", "user xdom\\u* has no mailbox"},
        /* subjects that a word announces */
        {"Betreff: Angebot Bendle", "Betreff: s*"},
        {"your message (Subject: Bendle Offer) was refused", "your message (Subject: s*) was refused"},
        {"Subject: mailbox full", "Subject: mailbox full"},
        {"0049 30 55512346, (030) 55512347, Telefono: 06 5551258", "t*, t*, Telefono: t*"},
        /* what is no name */
        {"Benutzer unbekannt: bendle", "Benutzer unbekannt: u*"},
        {"Utilisateur inconnu", "Utilisateur inconnu"},
        {"user unknown", "user unknown"},
        {"mailbox is full", "mailbox is full"},
        {"account suspended", "account suspended"},
        {"user account frobnicated", "user account frobnicated"},
        {"no <br> \"SIZE\" helo=<laptop> {\"status\":\"kept\"}",
         "no <br> \"SIZE\" helo=<laptop> {\"status\":\"kept\"}"},
        {"\"User Blocked\" <postmaster@example.org>", "\"User Blocked\" <postmaster@example.org>"},
        {"<mx1.example.org>: access denied", "<mx1.example.org>: access denied"},
        {"mailbox example.com", "mailbox example.com"},
        {"LMTP: NO [OVERQUOTA]", "LMTP: NO [OVERQUOTA]"},
        {"mailbox [OVERQUOTA] [frobnicated]", "mailbox [OVERQUOTA] [frobnicated]"},
        {"kimmy: frobnicated", "kimmy: frobnicated"},
        {"mail for relaying is refused, see example.org (Help Centre)",
         "mail for relaying is refused, see example.org (Help Centre)"},
        {"Tel. 192.0.2.1", "Tel. 192.0.2.1"},
        {"user", "user"},
        {"\"", "\""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(replies); i++) {
        struct names names;
        struct arena arena = {0};
        GString *out = g_string_new(NULL);
        names_init(&names, &redaction);
        redact_reply(&names, slice_of(replies[i].text), out);
        expect_text(replies[i].text, without_digits((struct slice){out->str, out->len}, &arena),
                    replies[i].expected);
        g_string_free(out, TRUE);
        names_free(&names);
        arena_free(&arena);
    }
}

/* What a text says of an address is known in the next one. */
static void test_collecting(void **state) {
    (void)state;
    struct names names;
    struct arena arena = {0};
    GString *out = g_string_new(NULL);
    names_init(&names, &redaction);
    redact_text_collect(&names, SLICE("550 <kimble@example.org>: unknown"));
    redact_text(&names, SLICE("to kimble it went"), out);
    expect_text("collected", without_digits((struct slice){out->str, out->len}, &arena), "to u* it went");
    g_string_free(out, TRUE);
    names_free(&names);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_phrases),
                                       cmocka_unit_test(test_replies), cmocka_unit_test(test_collecting)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
