/* What strangers wrote inside of records, cells and pages is no line of its own: none of it forges an
 * outcome, wherever a chunk of the file ends. */
#include "parsers/log/cutter.h"
#include "parsers/log/reader.h"
#include "tests/table.h"

#include <glib.h>

#define NOW 1796083200 /* 2026-12-01T00:00:00Z */
#define TRY(to, status, words)                                                                               \
    "Nov 24 09:14:07 mx postfix/smtp[2]: 4ABCDEF123: to=<" to ">, relay=mx.example.org[192.0.2.7]:25, "      \
    "delay=1, delays=0/0/0/1, dsn=5.1.1, status=" status " (" words ")"
#define FORGED  TRY("eve@example.org", "sent", "250 ok")
#define REFUSED TRY("bob@example.org", "bounced", "host said: 550 5.1.1 no")

/* Whom its tries are at, and how they ended, as "bounced bob@example.org; ". */
static void note_tries(const struct log_facts *f, GString *out) {
    static const char *const names[] = {"sent", "deferred", "bounced", "given up", "discarded", "held"};
    for (size_t i = 0; i < f->count; i++) {
        const struct log_event *e = &f->events[i];
        if (e->kind == LOG_ATTEMPT)
            g_string_append_printf(out, "%s %.*s; ", names[e->status], (int)e->recipient.len,
                                   e->recipient.ptr);
    }
}

static void expect_tries(const char *what, const char *log, const char *expected) {
    struct log_reader r = {.lines = 0};
    struct slice text = slice_of(log);
    g_autoptr(GString) tries = g_string_new(NULL);
    log_read(&r, &(struct log_input){.bytes = text, .header = text, .now = NOW});
    note_tries(&r.facts, tries);
    log_reader_free(&r);
    expect_text(what, (struct slice){tries->str, tries->len}, expected);
}

static void inside_of_a_record(void **state) {
    static const struct {
        const char *what, *text, *tries;
    } rows[] = {
        {"Fluent Bit: another record's text inside of the text",
         "[0] mail: [1795511647.0, {\"message\"=>\"Nov 24 09:14:07 mx postfix/smtp[2]: 4ABCDEF123: "
         "to=<bob@example.org>, relay=none, delay=1, delays=0/0/0/1, dsn=4.4.1, status=deferred (connect to "
         "\"log\"=>\"" FORGED "\", \"stream\"=>\"x\"}]",
         ""},
        {"Fluent Bit: the text behind its stream",
         "[0] mail: [1795511647.0, {\"stream\"=>\"stdout\", \"log\"=>\"" REFUSED "\"}]",
         "bounced bob@example.org; "},
        {"the AWS CLI's text: a cell of its own inside of the message",
         "EVENTS\t1795511648001\tNov 24 09:14:07 mx moonshop[2]: hello\t" FORGED "\t1795511647123", ""},
        {"the AWS CLI's text: no time at its end", "EVENTS\t1795511648001\t" FORGED "\t17955116471x3", ""},
        {"Exim's stamp in the words of another program",
         "Nov 24 09:14:07 mx moonshop[2]: 2026-11-24 09:14:07 1r6TQj-0003ji-G9 => eve@example.org R=x T=y\n"
         "Nov 24 09:14:07 mx moonshop[2]: 2026-11-24 09:14:07 1r6TQj-0003ji-G9 => eve@example.org R=x T=y\n",
         ""},
        {"metalog's line in the words of another program",
         "Nov 24 09:14:07 mx moonshop[2]: Nov 24 09:14:07 [postfix/smtp] 4ABCDEF123: to=<eve@example.org>, "
         "relay=none, delay=1, dsn=2.0.0, status=sent (250 ok)\n"
         "Nov 24 09:14:07 [moonshop] [postfix/smtp] 4ABCDEF123: to=<eve@example.org>, relay=none, delay=1, "
         "dsn=2.0.0, status=sent (250 ok)",
         ""},
        {"Exim's line in the words of a server",
         "{\"message\":\"2026-11-24 09:14:07 1r6TQj-0003ji-G9 ** bob@example.org R=x T=y: 550 2026-11-24 "
         "09:14:07 1r6TQj-0003ji-G9 => eve@example.org R=x T=y\",\"host\":{\"name\":\"mx\"}}",
         "bounced bob@example.org; "},
        {"a record of Docker with another one inside",
         "{\"log\":\"Nov 24 09:14:07 mx moonshop[2]: {\\\"log\\\":\\\"" FORGED
         "\\\",\\\"stream\\\":\\\"stdout\\\",\\\"time\\\":\\\"2026-11-24T09:14:07Z\\\"}\",\"stream\":"
         "\"stdout\","
         "\"time\":\"2026-11-24T09:14:07Z\"}",
         ""},
        {"entities in a string of JSON",
         "{\"event-data\":{\"delivery-status\":{\"code\":552,\"message\":\"&lt;x&gt; "
         "full&quot;},&quot;event&quot;:"
         "&quot;delivered&quot;,&quot;x&quot;:{&quot;y&quot;:&quot;\"},\"event\":\"failed\",\"severity\":"
         "\"permanent\",\"timestamp\":1795511644.5,\"recipient\":\"bob@example.org\",\"message\":{"
         "\"headers\":{"
         "\"message-id\":\"1@example.net\"}}}}\n",
         "bounced bob@example.org; "},
        {"a mark of a page that would take an address's quotes with it",
         TRY("\"a[email=\"@[192.0.2.66]", "bounced",
             "host said: 550 no [/email] x\"@example.org>, relay=none") "\n",
         "bounced \"a[email=\"@[192.0.2.66]; "},
        {"a mark of a page with quotes of its own",
         TRY("[email=\"bob@example.org\"]bob@example.org[/email]", "bounced", "host said: 550 5.1.1 no") "\n",
         "bounced bob@example.org; "},
        {"a name of a container inside of a request's body",
         "{\"container_name\":\"webapp\",\"body\":{\"kubernetes\":{\"container_name\":\"postfix\"},"
         "\"rawmsg\":"
         "\"" FORGED "\"}}\n",
         ""},
        {"the container's own name",
         "{\"container_name\":\"postfix\",\"body\":{\"rawmsg\":\"" REFUSED "\"}}\n",
         "bounced bob@example.org; "},
        {"lines in a cell of a collector's sheet",
         "time,host,message\n2026-11-24T09:14:07Z,mx,\"web[1]: posted:\n" FORGED
         "\n\"\n2026-11-24T09:14:07Z,mx,"
         "\"postfix/smtp[2]: 4ABCDEF123: to=<bob@example.org>, relay=none, dsn=5.1.1, status=bounced "
         "(no)\"\n",
         "bounced bob@example.org; "},
        {"pairs inside of a sender's quotes",
         "2026-11-24T09:14:07Z INFO Message delivered (delivery.delivered) queueId = 7, from = \"\\\"a\\\", "
         "to = "
         "eve@example.org, to = eve@example.org, code = 250, x\\\"@example.net\", to = "
         "[\"bob@example.org\"], size = 189, "
         "total = 1, hostname = \"mx.example.org\", to = \"bob@example.org\", code = 250, details = \"OK\"\n",
         "sent bob@example.org; "},
        {"a bracket inside of a recipient's quotes",
         "2026-11-24T09:14:07Z INFO Connection error (delivery.connect-error) queueId = 7, from = "
         "\"ann@example.net\", "
         "to = [\"\\\"a], to = eve@example.org, x = [\\\"@example.org\"], size = 189, total = 1, domain = "
         "\"example.org\", hostname = \"mx.example.org\", code = 421\n",
         "deferred \"a], to = eve@example.org, x = [\"@example.org; "},
        {"quotes inside a cell that has none around it",
         "time,host,message\n2026-11-24T09:14:07Z,6\" mx,postfix/smtp[2]: 4ABCDEF123: to=<bob@example.org>; "
         "relay=none\n2026-11-24T09:14:07Z,mx,\"" REFUSED "\"\n",
         "bounced bob@example.org; "},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_tries(rows[i].what, rows[i].text, rows[i].tries);
}

#define JSON_OF(container, pod, text)                                                                        \
    "{\"log\":\"" text "\",\"kubernetes\":{\"container_name\":\"" container "\",\"pod_name\":\"" pod "\"}}"  \
    "\n"

/* What another container, or another program, was sent and wrote down; the mail system's own line stands
 * before it or behind. */
static void of_another_container(void **state) {
    static const struct {
        const char *what, *text;
    } rows[] = {
        {"compose", "postfix-1  | " REFUSED "\nwebapp-1   | " FORGED "\n"},
        {"compose, theirs first", "webapp-1   | " FORGED "\npostfix-1  | " REFUSED "\n"},
        {"compose, alone at the start of a file, but what it writes is no mail",
         "app-1  | GET / 200\napp-1  | " FORGED "\napp-1  | GET /x 200\nmail-1  | " REFUSED "\n"},
        {"compose, a program that sends mail", "postfix-1  | " REFUSED "\nmailer-1   | " FORGED "\n"},
        {"mailcow", "postfix-mailcow-1  | " REFUSED "\nsogo-mailcow-1     | " FORGED "\n"},
        {"Mailu", "mailu-smtp  | " REFUSED "\nmailu-front | " FORGED "\n"},
        {"docker service logs, on a host called mail",
         "x_smtp.1.k3x@mail | " REFUSED "\nx_shop.1.k3x@mail | " FORGED "\n"},
        {"kubectl", "[pod/postfix-0/postfix] " REFUSED "\n[pod/shop-78d9/web] " FORGED "\n"},
        {"kubectl, beside the mail system in its pod",
         "[pod/postfix-0/postfix] " REFUSED "\n[pod/postfix-0/php] " FORGED "\n"},
        {"stern", "postfix-wqlf5 postfix " REFUSED "\nshop-78d9 web " FORGED "\n"},
        {"logcli", "2026-11-24T09:14:07Z {container=\"postfix\"} " REFUSED
                   "\n2026-11-24T09:14:07Z {container=\"shop\", job=\"mail\"} " FORGED "\n"},
        {"Fly's proxy", "2026-11-24T09:14:07Z app[4d891c] fra [info]" REFUSED
                        "\n2026-11-24T09:14:07Z proxy[4d891c] fra [info]" FORGED "\n"},
        {"Heroku",
         "2026-11-24T09:14:07Z app[mail.1]: " REFUSED "\n2026-11-24T09:14:07Z app[web.1]: " FORGED "\n"},
        {"JSON, a pod of mail", JSON_OF("postfix", "mail-0", REFUSED) JSON_OF("web", "mail-0", FORGED)},
        {"JSON, a pod that a request names",
         JSON_OF("postfix", "mail-0", REFUSED) "{\"container_name\":\"shop\",\"body\":{\"kubernetes\":"
                                               "{\"pod_name\":\"postfix-0\"},\"rawmsg\":\"" FORGED "\"}}\n"},
        {"syslog, where the mail system writes itself",
         REFUSED "\nNov 24 09:14:07 mx mail[77]: " FORGED "\n"},
        {"syslog, a program that sends mail",
         "Nov 24 09:14:07 mx mailer[77]: " FORGED "\nNov 24 09:14:07 mx mail[7]: " REFUSED "\n"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_tries(rows[i].what, rows[i].text, "bounced bob@example.org; ");
}

/* --- where chunks end --- */

/* A record of the journal that a web application wrote, whose message of several lines looks like records. */
static void append_entry(GString *out, size_t lines) {
    static const char inner[] =
        "x\n\n__CURSOR=x\n__REALTIME_TIMESTAMP=1795511647000000\nSYSLOG_IDENTIFIER=postfix/"
        "smtp\nMESSAGE=4ABCDEF123: to=<eve@example.org>, relay=none, dsn=2.0.0, status=sent "
        "(250 ok)\n\n";
    uint64_t length = GUINT64_TO_LE(lines * strlen(inner));
    g_string_append(out,
                    "__CURSOR=s\n__REALTIME_TIMESTAMP=1795511647000000\nSYSLOG_IDENTIFIER=web\nMESSAGE\n");
    g_string_append_len(out, (const char *)&length, 8);
    for (size_t i = 0; i < lines; i++)
        g_string_append(out, inner);
    g_string_append(out, "\n_PID=7\n\n");
}

static void append_last(GString *out) {
    g_string_append(
        out, "__CURSOR=z\n__REALTIME_TIMESTAMP=1795511647000000\nSYSLOG_IDENTIFIER=postfix/smtp\n"
             "MESSAGE=4ABCDEF123: to=<bob@example.org>, relay=none, dsn=5.1.1, status=bounced (no)\n\n");
}

#define POWERMTA "type,timeLogged,timeQueued,orig,rcpt,dsnAction,dsnStatus,dsnDiag,jobId\n"
#define ROW(type, rcpt, diag)                                                                                \
    type ",2026-11-24 09:14:02+0000,2026-11-24 09:14:00+0000,a@example.net," rcpt ",x,5.2.2 (full)," diag    \
         ",job\n"

/* A row whose cell of several lines looks like rows. */
static void append_row(GString *out, size_t lines) {
    g_string_append(out,
                    "b,2026-11-24 09:14:02+0000,2026-11-24 09:14:00+0000,a@example.net,bob@example.org,x,"
                    "5.2.2 (full),\"smtp;552 full\n");
    for (size_t i = 0; i < lines; i++)
        g_string_append(out, ROW("d", "eve@example.org", "smtp;250 ok"));
    g_string_append(out, "\",job\n");
}

static void expect_none_forged(const char *what, const GString *text, size_t tries) {
    struct log_chunk chunk = {.buffer = g_malloc(CHUNK_BYTES + 1)};
    struct cutter cutter = {.carried = 0};
    const char *damage = NULL;
    g_autoptr(GString) found = g_string_new(NULL);
    bool is_all = false;
    stream_open(&cutter.stream, -1, (struct slice){text->str, text->len}, NULL);
    while (!is_all) {
        struct log_reader r = {.lines = 0};
        cutter_next(&cutter, &chunk, &is_all, &damage);
        log_read(&r, &(struct log_input){.bytes = chunk.bytes, .header = chunk.header, .now = NOW});
        note_tries(&r.facts, found);
        log_reader_free(&r);
    }
    if (strstr(found->str, "eve@"))
        fail_msg("%s: what stands inside counts: %.80s", what, strstr(found->str, "eve@") - 5);
    expect_number(what, (long long)(found->len / strlen("bounced bob@example.org; ")), (long long)tries);
    cutter_end(&cutter);
    g_free(cutter.header);
    g_free(chunk.buffer);
}

static void across_chunks(void **state) {
    static const struct {
        const char *what;
        size_t records, lines;
        bool is_table;
        size_t tries; /* that are read */
    } rows[] = {
        {"the journal: records of several lines", 2000, 5, false, 1},
        {"the journal: records that are longer than a chunk", 3, 9000, false, 1},
        {"a table: rows of several lines", 3000, 7, true, 3000},
        {"a table: rows of many lines", 20, 1500, true, 20},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autoptr(GString) text = g_string_new(rows[i].is_table ? POWERMTA : "");
        for (size_t n = 0; n < rows[i].records; n++)
            (rows[i].is_table ? append_row : append_entry)(text, rows[i].lines);
        if (!rows[i].is_table)
            append_last(text);
        expect_none_forged(rows[i].what, text, rows[i].tries);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(inside_of_a_record),
                                       cmocka_unit_test(of_another_container),
                                       cmocka_unit_test(across_chunks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
