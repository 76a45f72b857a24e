/* Listings of queues. */
#include "parsers/log/queue_list.h"
#include "parsers/log/reader.h"
#include "tests/parsers/log/dialect_table.h"

/* All that is read of a file, and how many lines of it are not understood. */
static void expect_read(const char *text, const char *expected, unsigned unknown) {
    struct log_reader reader = {.lines = 0};
    GString *out = g_string_new(NULL);
    log_read(&reader, &(struct log_input){.bytes = slice_of(text), .header = slice_of(text), .now = NOW});
    for (size_t i = 0; i < reader.facts.count; i++)
        write_event(out, &reader.facts.events[i]);
    expect_text(text, (struct slice){out->str, out->len}, expected);
    assert_int_equal(reader.facts.unparsed, unknown);
    g_string_free(out, TRUE);
    log_reader_free(&reader);
}

#define TITLE "-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n"

static void postfix(void **state) {
    (void)state;
    expect_read(
        TITLE "BB24480112     42952 Wed Nov 18 18:15:33  ann@example.com\n"
              "(connect to mx.example.org[192.0.2.25]:25: Connection timed out)\n"
              "                                         bob@example.org\n"
              "        (host mx.example.net[192.0.2.26] said: 452 4.2.2 full (in reply to RCPT TO command))\n"
              "                                         carl@example.net\n"
              "                                         dora@example.net\n"
              "\n"
              "5D769432C0*      320 Thu Nov  5 11:45:31  MAILER-DAEMON\n"
              "                                         root\n"
              "\n"
              "-- 42 Kbytes in 2 Requests.\n",
        "queued id=BB24480112 from=ann@example.com size=42952; "
        "attempt deferred id=BB24480112 to=bob@example.org remote text=connect to "
        "mx.example.org[192.0.2.25]:25: Connection timed out; "
        "attempt deferred id=BB24480112 to=carl@example.net remote text=host "
        "mx.example.net[192.0.2.26] said: 452 4.2.2 full (in reply to RCPT TO command); "
        "attempt deferred id=BB24480112 to=dora@example.net remote text=host "
        "mx.example.net[192.0.2.26] said: 452 4.2.2 full (in reply to RCPT TO command); "
        "queued id=5D769432C0 size=320; waits id=5D769432C0 to=root",
        0);
    /* as pages have them: behind a command, without the columns, a reason in two lines; on hold */
    expect_read("ann@mail:~$ mailq\n"
                "-Queue ID- --Size-- ----Arrival Time---- -Sender/Recipient-------\n\n"
                "8E71A60796! 1671918 Fri Nov 20 18:44:23 ann@example.com\n"
                "(host mx.example.org[192.0.2.25] said: 421 4.7.0 No valid record.\n"
                "\tPlease see https://www.example.org/349 (in reply to end of DATA command))\n"
                " bob@example.org\n"
                "ann@mail:~$ \n",
                "queued id=8E71A60796 from=ann@example.com size=1671918; "
                "attempt held id=8E71A60796 to=bob@example.org remote text=host mx.example.org[192.0.2.25] "
                "said: 421 4.7.0 No valid record. Please see https://www.example.org/349 (in reply to end of "
                "DATA command)",
                2);
    /* as a page joined two lines of it */
    expect_read(
        "E097F5A77BA     8721 Wed Nov 18 23:42:45  MAILER-DAEMON(connect to example.com[192.0.2.25]:25: "
        "Connection refused)\n"
        "                                         \"ann@mail\"@example.com\n\n"
        "E21905A5E1F     8977 Wed Nov 18 14:17:36  \"a (b)\"@example.com\n"
        "                                         bob@example.com\n",
        "queued id=E097F5A77BA size=8721; "
        "attempt deferred id=E097F5A77BA to=\"ann@mail\"@example.com remote text=connect to "
        "example.com[192.0.2.25]:25: Connection refused; "
        "queued id=E21905A5E1F from=\"a (b)\"@example.com size=8977; waits id=E21905A5E1F "
        "to=bob@example.com",
        0);
}

static void sendmail(void **state) {
    (void)state;
    expect_read("MSP Queue status...\n"
                "/var/spool/mqueue-client is empty\n"
                "                Total requests: 0\n"
                "MTA Queue status...\n"
                "                /var/spool/mqueue (2 requests)\n"
                "-----Q-ID----- --Size-- -----Q-Time----- ------------Sender/Recipient-----------\n"
                "xAIK3D9S000453       36 Wed Nov 18 20:03 <ann@example.com>\n"
                "                 (Deferred: Connection refused by example.org.)\n"
                "\t\t\t\t\t <bob@example.org>\n"
                "u9Q36LgF014458*     469 Thu Nov 26 11:08 MAILER-DAEMON\n"
                "      8BITMIME   (host map: lookup (example.org): deferred)\n"
                " <carl@example.org>\n"
                "                Total requests: 2\n"
                "Nov 28 22:02:00 mail sm-mta[1]: xAIK3D9S000453: to=<bob@example.org>, stat=Sent\n",
                "queued id=xAIK3D9S000453 from=ann@example.com size=36; "
                "attempt deferred id=xAIK3D9S000453 to=bob@example.org remote text=Connection refused by "
                "example.org.; "
                "queued id=u9Q36LgF014458 size=469; "
                "attempt deferred id=u9Q36LgF014458 to=carl@example.org remote text=host map: lookup "
                "(example.org): deferred; "
                "attempt sent id=xAIK3D9S000453 to=bob@example.org last text=Sent",
                0);
}

static void exim(void **state) {
    (void)state;
    expect_read("26h  2.4K 1rTqLm-000ABc-1H <ann@example.com>\n"
                "          bob@example.org\n"
                "        D carl@example.org\n\n"
                " 3h  1.9K 1rTuZp-000C1d-9K <ann@example.com>\n"
                "          *** frozen ***\n"
                "          dora@example.org\n\n"
                "25m  3.2K 1oABCE-0000xz-1b <> *** frozen ***\n"
                "          root@example.org\n",
                "queued id=1rTqLm-000ABc-1H from=ann@example.com; "
                "waits id=1rTqLm-000ABc-1H to=bob@example.org; "
                "attempt sent id=1rTqLm-000ABc-1H to=carl@example.org remote; "
                "queued id=1rTuZp-000C1d-9K from=ann@example.com; "
                "attempt held id=1rTuZp-000C1d-9K to=dora@example.org remote; "
                "queued id=1oABCE-0000xz-1b; attempt held id=1oABCE-0000xz-1b to=root@example.org remote",
                0);
}

/* What is no entry, or none that can be read, is named. */
static void strange(void **state) {
    (void)state;
    expect_read(TITLE "BB24480112     42952 Wed Nov 18 18:15:33  ann@example.com\n"
                      "(connect to mx.example.org[192.0.2.25]:25: Connection timed out)\n",
                "queued id=BB24480112 from=ann@example.com size=42952", 1);
    expect_read(TITLE "BB24480112     42952 Wed Nov 18 18:15:33  ann@example.com\n"
                      "(((((((\n"
                      "bob@example.org\n",
                "queued id=BB24480112 from=ann@example.com size=42952; "
                "attempt deferred id=BB24480112 to=bob@example.org remote text=((((((",
                0);
    expect_read("Mail queue is empty\n", "", 0);
    /* a sender that looks like what Exim says behind it */
    expect_read("25m  3.2K 1oABCE-0000xz-1b <\"x> *** frozen ***\"@example.com>\n"
                "          root@example.org\n",
                "queued id=1oABCE-0000xz-1b from=\"x> *** frozen ***\"@example.com; "
                "waits id=1oABCE-0000xz-1b to=root@example.org",
                0);
    static const char *const no_heads[] = {
        "BB24480112 42952 Wed Nov 18",     "BB24480112 x Wed Nov 18 18:15:33 a",
        "4d 1.2K 1KO7Zr-0002zq <a@b>",     "4d 1.2K",
        "BB2 42952 Wed Nov 18 18:15:33 a", "",
        "to=<bob@example.org> 1 Wed",      "BB24480112 42952 Wed Nov 18 1815 33",
        "4x 1.2K 1KO7Zr-0002zq-El <a@b>"};
    struct queue_head head;
    for (size_t i = 0; i < ROWS(no_heads); i++)
        assert_false(queue_head_read(slice_of(no_heads[i]), &head));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(postfix), cmocka_unit_test(sendmail),
                                       cmocka_unit_test(exim), cmocka_unit_test(strange)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
