/* One bounce of Postfix in every frame that is known: each must give the same try at the same recipient, at
 * the same time, from the same host. Where the form of each was seen stands beside it; docs/dialects.md has
 * the addresses. */
#include "parsers/log/dialect.h"
#include "parsers/log/reader.h"
#include "tests/table.h"

#include <glib.h>

#define NOW  1796083200 /* 2026-12-01T00:00:00Z */
#define TIME 1795511647 /* 2026-11-24T09:14:07Z */
#define ID   "B7C2E91D04"
#define TEXT                                                                                                 \
    ID ": to=<ann@example.net>, relay=mx.example.net[192.0.2.7]:25, delay=1.2, delays=0.1/0/0.6/0.5, "       \
       "dsn=5.1.1, status=bounced (host mx.example.net[192.0.2.7] said: 550 5.1.1 no mailbox)"
#define BSD "Nov 24 09:14:07 mx1 "
#define PF  "postfix/smtp[450]: "
#define ISO "2026-11-24T09:14:07"

struct row {
    const char *frame, *text;
    const char *host; /* NULL: the frame has none */
    int64_t time;     /* TIME where it is 0; -1: the frame has none */
};

static void expect_bounce(const struct row *row) {
    struct log_reader r = {.lines = 0};
    struct slice text = slice_of(row->text);
    struct log_input input = {.bytes = text, .header = text, .now = NOW};
    const struct log_event *found = NULL;
    log_read(&r, &input);
    for (size_t i = 0; i < r.facts.count; i++)
        if (r.facts.events[i].kind == LOG_ATTEMPT) {
            expect_number(row->frame, found != NULL, 0); /* one, and no more */
            found = &r.facts.events[i];
        }
    if (!found)
        fail_msg("%s: no try was read of\n%s", row->frame, row->text);
    expect_text(row->frame, found->queue_id, ID);
    expect_text(row->frame, found->recipient, "ann@example.net");
    expect_text(row->frame, found->status_code, "5.1.1");
    expect_text(row->frame, found->relay, "mx.example.net");
    expect_text(row->frame, found->text, "host mx.example.net[192.0.2.7] said: 550 5.1.1 no mailbox");
    expect_number(row->frame, found->status, LOG_BOUNCED);
    expect_number(row->frame, found->is_remote, 1);
    expect_number(row->frame, found->time, row->time ? row->time : TIME);
    expect_text(row->frame, found->host, row->host ? row->host : "");
    expect_number(row->frame, (long long)r.facts.unparsed, 0);
    expect_number(row->frame, log_is_likely(text), 1);
    log_reader_free(&r);
}

#define VERBOSE                                                                                              \
    "Tue 2026-11-24 09:14:07.123456 UTC [s=0639;i=4be;b=5a1;m=1c9;t=5f2;x=9c]\n    _TRANSPORT=syslog\n"      \
    "    SYSLOG_IDENTIFIER=postfix/smtp\n    _HOSTNAME=mx1\n    MESSAGE=" TEXT "\n    _PID=450\n"

static void expect_all(const struct row *rows, size_t count) {
    for (size_t i = 0; i < count; i++)
        expect_bounce(&rows[i]);
}

/* RFC 3164, RFC 5424, RFC 6587; what programs and hosts make of them. */
static void in_headers_of_syslog(void **state) {
    static const struct row rows[] = {
        {"Sophos UTM", "2026:11:24-09:14:07 mx1 " PF TEXT, "mx1", 0},
        {"RFC 3164 section 4.1", BSD PF TEXT, "mx1", 0},
        {"RFC 3164, with its priority", "<22>" BSD PF TEXT, "mx1", 0},
        {"RFC 3164, a priority and no time (section 4.3.3)", "<22>" PF TEXT, NULL, -1},
        {"RFC 3164, two headers: a relay's (section 4.3.3)", "Nov 24 09:20:00 relay " BSD PF TEXT, "mx1", 0},
        {"the same, both with priorities", "<22>Nov 24 09:20:00 relay <22>" BSD PF TEXT, "mx1", 0},
        {"two hosts in one header", "Nov 24 09:14:07 relay mx1 " PF TEXT, "mx1", 0},
        {"no host: busybox syslogd -S", "Nov 24 09:14:07 " PF TEXT, NULL, 0},
        {"no host: metalog", "Nov 24 09:14:07 [postfix/smtp] " TEXT, NULL, 0},
        {"facility and level: busybox syslogd", BSD "mail.info " PF TEXT, "mx1", 0},
        {"facility and level: FreeBSD's syslogd -vv", "Nov 24 09:14:07 <mail.info> mx1 " PF TEXT, "mx1", 0},
        {"the same in numbers: FreeBSD's syslogd -v", "Nov 24 09:14:07 <2.6> mx1 " PF TEXT, "mx1", 0},
        {"a message's number: Solaris", BSD PF "[ID 197553 mail.info] " TEXT, "mx1", 0},
        {"a fraction: syslog-ng's frac-digits()", "Nov 24 09:14:07.123 mx1 " PF TEXT, "mx1", 0},
        {"a zone behind the time", "Nov 24 09:14:07 UTC mx1 " PF TEXT, "mx1", 0},
        {"a zone that is not UTC", "Nov 24 10:14:07 CET mx1 " PF TEXT, "mx1", 0},
        {"an offset behind the time", "Nov 24 10:14:07 +0100 mx1 " PF TEXT, "mx1", 0},
        {"a year behind the time", "Nov 24 09:14:07 2026 mx1 " PF TEXT, "mx1", 0},
        {"a year behind the day", "Nov 24 2026 09:14:07 mx1 " PF TEXT, "mx1", 0},
        {"the year first: syslog-ng's ts-format(full)", "2026 Nov 24 09:14:07 mx1 " PF TEXT, "mx1", 0},
        {"the weekday first: ctime", "Tue Nov 24 09:14:07 2026 mx1 " PF TEXT, "mx1", 0},
        {"days without padding", "Nov 4 09:14:07 mx1 " PF TEXT, "mx1", TIME - 20 * 86400},
        {"a German month", "Okt 24 09:14:07 mx1 " PF TEXT, "mx1", TIME - 31 * 86400},
        {"a French month", "févr. 24 09:14:07 mx1 " PF TEXT, "mx1", TIME - 273 * 86400},
        {"a Russian month", "ноя 24 09:14:07 mx1 " PF TEXT, "mx1", 0},
        {"a Japanese month", "11月 24 09:14:07 mx1 " PF TEXT, "mx1", 0},
        {"ISO: rsyslog's RSYSLOG_FileFormat", ISO ".123456+00:00 mx1 " PF TEXT, "mx1", 0},
        {"ISO with a blank", "2026-11-24 09:14:07 mx1 " PF TEXT, "mx1", 0},
        {"RFC 5424 section 6", "<22>1 " ISO ".123Z mx1 postfix/smtp 450 - - " TEXT, "mx1", 0},
        {"RFC 5424, structured data",
         "<22>1 " ISO "Z mx1 postfix/smtp 450 - [a@1 b=\"]\\\" c\"][meta sequenceId=\"1\"] " TEXT, "mx1", 0},
        {"RFC 5424, a byte order mark (section 6.4)",
         "<22>1 " ISO "Z mx1 postfix/smtp 450 - - \xef\xbb\xbf" TEXT, "mx1", 0},
        {"RFC 5424, no priority", "1 " ISO "Z mx1 postfix/smtp 450 - - " TEXT, "mx1", 0},
        {"RFC 5424, no priority and no version", ISO "Z mx1 postfix/smtp 450 - - " TEXT, "mx1", 0},
        {"RFC 5424, no time (section 6.2.3)", "<22>1 - mx1 postfix/smtp 450 - - " TEXT, "mx1", -1},
        {"a priority by its name", "<mail.info>Nov 24 09:14:07 mx1 " PF TEXT, "mx1", 0},
        {"the same and a blank", "<mail.info> Nov 24 09:14:07 mx1 " PF TEXT, "mx1", 0},
        {"a relay's header, both ISO", "2026-11-24T09:20:00Z relay " ISO "Z mx1 " PF TEXT, "mx1", 0},
        {"the time in brackets", "[Tue Nov 24 09:14:07 2026] mx1 " PF TEXT, "mx1", 0},
        {"the program alone", PF TEXT, NULL, -1},
        {"RFC 5424, the program with its process id", "<22>1 " ISO "Z mx1 postfix/smtp[450] - - - " TEXT,
         "mx1", 0},
        {"RFC 5424 around a program", "<22>1 " ISO "Z mx1 postfix 450 - - " PF TEXT, "mx1", 0},
        {"RFC 6587 section 3.4.1, octet counts", "238 <22>1 " ISO "Z mx1 postfix/smtp 450 - - " TEXT, "mx1",
         0},
    };
    (void)state;
    expect_all(rows, ROWS(rows));
}

#define RECORD                                                                                               \
    "\"_HOSTNAME\":\"mx1\",\"SYSLOG_IDENTIFIER\":\"postfix/"                                                 \
    "smtp\",\"__REALTIME_TIMESTAMP\":\"1795511647123456\""

/* systemd: man/journalctl.xml, src/shared/logs-show.c, systemd.io/JOURNAL_EXPORT_FORMATS */
static void of_the_journal(void **state) {
    static const struct row rows[] = {
        {"short", BSD PF TEXT, "mx1", 0},
        {"short-precise", "Nov 24 09:14:07.123456 mx1 " PF TEXT, "mx1", 0},
        {"short-full", "Tue 2026-11-24 09:14:07 UTC mx1 " PF TEXT, "mx1", 0},
        {"short-full, a zone without a name", "Tue 2026-11-24 06:14:07 -03 mx1 " PF TEXT, "mx1", 0},
        {"with-unit", "Tue 2026-11-24 09:14:07 UTC mx1 postfix@-.service[450]: " TEXT, "mx1", 0},
        {"short-iso", ISO "+0000 mx1 " PF TEXT, "mx1", 0},
        {"short-iso-precise", ISO ".123456+00:00 mx1 " PF TEXT, "mx1", 0},
        {"short-unix", "1795511647.123456 mx1 " PF TEXT, "mx1", 0},
        {"short-monotonic", "[  123.456789] mx1 " PF TEXT, "mx1", -1},
        {"short-delta", "[  123.456789 <    0.001000 >] mx1 " PF TEXT, "mx1", -1},
        {"short, --no-hostname", "Nov 24 09:14:07 " PF TEXT, NULL, 0},
        {"cat", TEXT, NULL, -1},
        {"export",
         "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1795511647123456\n_HOSTNAME=mx1\n"
         "SYSLOG_IDENTIFIER=postfix/smtp\nMESSAGE=" TEXT "\n\n",
         "mx1", 0},
        {"json", "{" RECORD ",\"MESSAGE\":\"" TEXT "\"}", "mx1", 0},
        {"json-seq", "\x1e{" RECORD ",\"MESSAGE\":\"" TEXT "\"}", "mx1", 0},
        {"json-sse", "data: {" RECORD ",\"MESSAGE\":\"" TEXT "\"}\n\n", "mx1", 0},
        {"a list", "[{" RECORD ",\"MESSAGE\":\"" TEXT "\"}]", "mx1", 0},
        {"json-pretty", "{\n\t\"MESSAGE\" : \"" TEXT "\",\n\t" RECORD "\n}\n", "mx1", 0},
        {"a field that was set twice", "{" RECORD ",\"MESSAGE\":[\"" TEXT "\",\"other\"]}", "mx1", 0},
    };
    (void)state;
    expect_all(rows, ROWS(rows));
}

/* What is no UTF-8 is a list of numbers in JSON, and has its length in front in the export format. */
static void of_the_journal_as_bytes(void **state) {
    g_autoptr(GString) json = g_string_new("{" RECORD ",\"MESSAGE\":[");
    g_autoptr(GString) binary =
        g_string_new("__REALTIME_TIMESTAMP=1795511647123456\n_HOSTNAME=mx1\nMESSAGE\n");
    uint64_t length = GUINT64_TO_LE(strlen(TEXT));
    struct row rows[2] = {{"json: bytes", NULL, "mx1", 0}, {"export: bytes", NULL, "mx1", 0}};
    (void)state;
    const char *text = TEXT;
    for (size_t i = 0; text[i]; i++)
        g_string_append_printf(json, "%s%d", i ? ", " : "", text[i]);
    rows[0].text = g_string_append(json, "]}\n")->str;
    expect_bounce(&rows[0]);
    g_string_append_len(binary, (const char *)&length, 8);
    g_string_append(binary, TEXT "\nSYSLOG_IDENTIFIER=postfix/smtp\n\n");
    struct log_reader r = {.lines = 0};
    struct slice bytes = {binary->str, binary->len};
    struct log_input input = {.bytes = bytes, .header = bytes, .now = NOW};
    log_read(&r, &input);
    expect_number(rows[1].frame, (long long)r.facts.count, 1);
    expect_text(rows[1].frame, r.facts.events[0].recipient, "ann@example.net");
    log_reader_free(&r);
}

/* Containers: docker/compose, moby, Kubernetes' CRI, boky/postfix. */
static void of_containers(void **state) {
    static const struct row rows[] = {
        {"docker compose logs", "mail-1  | " BSD PF TEXT, "mx1", 0},
        {"docker compose logs -t", "mail-1  | " ISO ".123456789Z " BSD PF TEXT, "mx1", 0},
        {"docker service logs", "mail.1.k3x@node1    | " BSD PF TEXT, "mx1", 0},
        {"docker logs -t", ISO ".123456789Z " BSD PF TEXT, "mx1", 0},
        {"docker's json-file",
         "{\"log\":\"" BSD PF TEXT "\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-24T09:20:00.1Z\"}", "mx1",
         0},
        {"docker's json-file, around cat",
         "{\"log\":\"" TEXT "\\n\",\"stream\":\"stdout\",\"time\":\"" ISO ".1Z\"}", NULL, 0},
        {"docker's syslog driver", "Nov 24 09:20:00 node1 docker/mail[1]: " BSD PF TEXT, "mx1", 0},
        {"Kubernetes' CRI", "2026-11-24T09:20:00.123456789Z stdout F " BSD PF TEXT, "mx1", 0},
        {"CRI around boky/postfix", ISO ".123456789Z stdout F " ISO ".123456+00:00 INFO    " PF TEXT, NULL,
         0},
        {"stern: pod and container", "postfix-wqlf5 postfix " ISO "+00:00 mx1 " PF TEXT, "mx1", 0},
        {"logcli: the labels of a stream",
         ISO "Z {filename=\"/var/log/mail }.log\", job=\"mail\"} " BSD PF TEXT, "mx1", 0},
        {"Logstash's rubydebug", "       \"message\" => \"" BSD PF TEXT "\",", "mx1", 0},
        {"kubectl logs --prefix", "[pod/mail-0/postfix] " BSD PF TEXT, "mx1", 0},
        {"boky/postfix", ISO ".123456+00:00 INFO    " PF TEXT, NULL, 0},
        {"docker compose logs: alone in its file",
         "app-1  | " BSD PF TEXT "\napp-2  | postfix/master[1]: x\n", "mx1", 0},
        {"docker compose logs: a project called web", "web_postfix_1  | " BSD PF TEXT, "mx1", 0},
        {"kubectl logs --prefix: a pod says more than its container", "[pod/postfix-0/app] " BSD PF TEXT,
         "mx1", 0},
        {"logcli: a container", ISO "Z {app=\"x\", container=\"mailu-smtp\"} " BSD PF TEXT, "mx1", 0},
        {"GELF: the image says more than the container",
         "{\"version\":\"1.1\",\"host\":\"node1\",\"short_message\":\"" BSD PF TEXT
         "\",\"timestamp\":1795512000.1,\"_container_name\":\"app\",\"_image_name\":\"boky/postfix:v4\"}",
         "mx1", 0},
        {"Kubernetes: the pod says more than the container",
         "{\"log\":\"" BSD PF TEXT
         "\",\"kubernetes\":{\"container_name\":\"app\",\"pod_name\":\"postfix-0\"}}",
         "mx1", 0},
        {"fly logs", ISO "Z app[4d891c45a7d587] fra [info]" PF TEXT, NULL, 0},
        {"fly logs, with milliseconds", " " ISO ".806 app[dc01b687] fra [info] " BSD PF TEXT, "mx1", 0},
        {"heroku logs", ISO ".123801+00:00 app[mail.1]: " PF TEXT, NULL, 0},
        {"VictoriaLogs",
         "{\"_time\":\"" ISO "Z\",\"_msg\":\"" TEXT
         "\",\"format\":\"rfc3164\",\"hostname\":\"mx1\",\"app_name\":\"postfix/smtp\"}",
         "mx1", 0},
        {"boky/postfix by docker's syslog driver",
         ISO "+00:00 node1 smtp-out[904]: " ISO ".241165+00:00 INFO    " PF TEXT, "node1", 0},
    };
    (void)state;
    expect_all(rows, ROWS(rows));
}

#define IN_TEXT "\"" BSD PF TEXT "\""

/* What collectors write and what stores of logs export. */
static void of_collectors(void **state) {
    static const struct row rows[] = {
        {"Filebeat (ECS)",
         "{\"@timestamp\":\"2026-11-24T09:20:00.000Z\",\"message\":" IN_TEXT
         ",\"host\":{\"name\":\"shipper\"},\"log\":{\"file\":{\"path\":\"/var/log/mail.log\"}}}",
         "mx1", 0},
        {"Filebeat's syslog input",
         "{\"@timestamp\":\"" ISO ".000Z\",\"message\":\"" TEXT
         "\",\"process\":{\"name\":\"postfix/smtp\",\"pid\":450},\"host\":{\"hostname\":\"mx1\"}}",
         "mx1", 0},
        {"Filebeat, flat names",
         "{\"@timestamp\":\"" ISO ".000Z\",\"message\":\"" TEXT
         "\",\"process.name\":\"postfix/smtp\",\"host.name\":\"mx1\"}",
         "mx1", 0},
        {"Logstash's syslog input",
         "{\"@timestamp\":\"" ISO
         ".000Z\",\"program\":\"postfix/smtp\",\"logsource\":\"mx1\",\"message\":\"" TEXT "\"}",
         "mx1", 0},
        {"Elasticsearch's hits",
         "{\"_index\":\"mail\",\"_source\":{\"@timestamp\":\"2026-11-24T09:20:00Z\",\"message\":" IN_TEXT
         "}}",
         "mx1", 0},
        {"rsyslog's jsonmesg",
         "{\"msg\":\" " TEXT "\",\"rawmsg\":\"<22>" BSD PF TEXT "\",\"timereported\":\"" ISO
         "Z\",\"hostname\":\"mx1\",\"syslogtag\":\"postfix/smtp[450]:\",\"programname\":\"postfix\"}",
         "mx1", 0},
        {"rsyslog, a template of one's own",
         "{\"timereported\":\"" ISO
         "+00:00\",\"hostname\":\"mx1\",\"syslogtag\":\"postfix/smtp[450]:\",\"msg\":\" " TEXT "\"}",
         "mx1", 0},
        {"rsyslog's cookie", BSD PF "@cee: {\"msg\":\"" TEXT "\",\"program\":\"postfix/smtp\"}", "mx1", 0},
        {"syslog-ng's format-json",
         "{\"PROGRAM\":\"postfix/smtp\",\"PID\":\"450\",\"MESSAGE\":\"" TEXT
         "\",\"HOST\":\"mx1\",\"DATE\":\"Nov 24 09:14:07\"}",
         "mx1", 0},
        {"Fluentd's syslog parser",
         "{\"host\":\"mx1\",\"ident\":\"postfix/smtp\",\"pid\":\"450\",\"message\":\"" TEXT
         "\",\"time\":1795511647}",
         "mx1", 0},
        {"Fluent Bit's tail", "{\"date\":1795512000.123456,\"log\":" IN_TEXT "}", "mx1", 0},
        {"Vector's syslog source",
         "{\"appname\":\"postfix/smtp\",\"hostname\":\"mx1\",\"message\":\"" TEXT
         "\",\"procid\":450,\"timestamp\":\"" ISO "Z\"}",
         "mx1", 0},
        {"GELF 1.1",
         "{\"version\":\"1.1\",\"host\":\"mx1\",\"short_message\":\"" TEXT
         "\",\"timestamp\":1795511647.123,\"level\":6,\"_application_name\":\"postfix/smtp\"}",
         "mx1", 0},
        {"GELF around a program",
         "{\"version\":\"1.1\",\"host\":\"mx1\",\"short_message\":\"" PF TEXT
         "\",\"timestamp\":1795511647.123}",
         "mx1", 0},
        {"rsyslog's programname",
         "{\"timereported\":\"" ISO "Z\",\"hostname\":\"mx1\",\"programname\":\"postfix\",\"msg\":\"" TEXT
         "\"}",
         "mx1", 0},
        {"GELF around a line",
         "{\"version\":\"1.1\",\"host\":\"node1\",\"short_message\":" IN_TEXT
         ",\"timestamp\":1795512000.123}",
         "mx1", 0},
        {"CloudWatch's events, one a line",
         "{\"timestamp\":1795512000123,\"message\":" IN_TEXT ",\"ingestionTime\":1795512001000}", "mx1", 0},
        {"CloudWatch's Insights, CSV", "@timestamp,@message\n2026-11-24 09:20:00.000," IN_TEXT "\n", "mx1",
         0},
        {"aws logs filter-log-events",
         "{\n    \"events\": [\n        {\n            \"logStreamName\": \"mx1\",\n            "
         "\"timestamp\": "
         "1795512000123,\n            \"message\": " IN_TEXT
         ",\n            \"eventId\": \"1\"\n        }\n    ],\n    \"searchedLogStreams\": []\n}\n",
         "mx1", 0},
        {"a subscription of CloudWatch",
         "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"1\",\"subscriptionFilters\":[\"x\"],\"logEvents\":[{"
         "\"id\":\"1\","
         "\"timestamp\":1795512000123,\"message\":" IN_TEXT "}]}",
         "mx1", 0},
        {"Splunk's CSV",
         "\"_raw\",\"_time\",\"host\",\"source\"\n" IN_TEXT
         ",\"2026-11-24T09:20:00.000+0000\",mx9,\"/var/log/mail.log\"\n",
         "mx1", 0},
        {"Splunk's CSV, other columns first",
         "\"_time\",source,\"_raw\"\n\"2026-11-24T09:20:00.000+0000\",\"/var/log/mail.log\"," IN_TEXT "\n",
         "mx1", 0},
        {"CSV with semicolons", "timestamp;source;message\n2026-11-24T09:20:00Z;x;" IN_TEXT "\n", "mx1", 0},
        {"Splunk's JSON",
         "{\"preview\":false,\"offset\":0,\"result\":{\"_raw\":" IN_TEXT
         ",\"_time\":\"2026-11-24 09:20:00.000 UTC\"}}",
         "mx1", 0},
        {"logcli -o jsonl",
         "{\"labels\":{\"job\":\"mail\"},\"line\":" IN_TEXT ",\"timestamp\":\"2026-11-24T09:20:00Z\"}", "mx1",
         0},
        {"Google Cloud's entries", "{\"textPayload\":" IN_TEXT ",\"timestamp\":\"2026-11-24T09:20:00Z\"}",
         "mx1", 0},
        {"Azure's Syslog table",
         "{\"TimeGenerated\":\"2026-11-24T09:20:00Z\",\"EventTime\":\"" ISO
         "Z\",\"HostName\":\"mx1\",\"ProcessName\":\"postfix/smtp\",\"SyslogMessage\":\"" TEXT "\"}",
         "mx1", 0},
        {"Filebeat around docker's json-file",
         "{\"@timestamp\":\"2026-11-24T09:20:00Z\",\"message\":\"{\\\"log\\\":\\\"" BSD PF TEXT
         "\\\\n\\\",\\\"stream\\\":\\\"stdout\\\",\\\"time\\\":\\\"2026-11-24T09:19:00Z\\\"}\"}",
         "mx1", 0},
    };
    (void)state;
    expect_all(rows, ROWS(rows));
}

/* What is left of mails, terminals, editors and other programs. */
static void pasted(void **state) {
    static const struct row rows[] = {
        {"emphasis of Markdown", "*Nov 24 09:14:07* mx1 " PF TEXT, "mx1", 0},
        {"a line of it", "**" BSD PF TEXT "**", "mx1", 0},
        {"code of Markdown that goes on", "`" BSD PF TEXT, "mx1", 0},
        {"facility and level in front: a tail of several logs", "mail.info: " BSD PF TEXT, "mx1", 0},
        {"a list of a program: its lines end in commas, and none is broken",
         "  \"" BSD
         "postfix/smtp[450]: connect to mx.example.net[192.0.2.7]:25: timed out\",\n  \"" BSD PF TEXT "\",\n",
         "mx1", 0},
        {"broken where it was pasted",
         BSD PF ID
         ": to=<ann@example.net>, \nrelay=mx.example.net[192.0.2.7]:25,\ndelay=1.2, delays=0.1/0/0.6/0.5, "
         "dsn=5.1.1, status=bounced (host\nmx.example.net[192.0.2.7] said: 550 5.1.1 no mailbox)\n",
         "mx1", 0},
        {"broken behind the queue id, and quoted",
         "> " BSD PF ID ":\n> to=<ann@example.net>, relay=mx.example.net[192.0.2.7]:25, delay=1.2, "
         "delays=0.1/0/0.6/0.5,\n>   dsn=5.1.1, status=bounced (host mx.example.net[192.0.2.7] said: 550 "
         "5.1.1\n> no "
         "mailbox)\n",
         "mx1", 0},
        {"entities of a page",
         BSD PF ID
         ": to=&lt;ann@example.net&gt;, relay=mx.example.net[192.0.2.7]:25, delay=1.2, "
         "delays=0.1/0/0.6/0.5, dsn=5.1.1, status=bounced (host mx.example.net[192.0.2.7] said: 550 "
         "5.1.1 no mailbox)",
         "mx1", 0},
        {"a mark of a page", "[HTML]" BSD PF TEXT, "mx1", 0},
        {"a remark of a shell", "    # " BSD PF TEXT, "mx1", 0},
        {"a remark without a blank", "#" BSD PF TEXT, "mx1", 0},
        {"marks of a page around an address",
         BSD PF ID ": to=<[EMAIL=\"ann@example.net\"]ann@[COLOR=#0066cc]example.net[/COLOR][/EMAIL]>, "
                   "relay=mx.example.net[192.0.2.7]:25, delay=1.2, delays=0.1/0/0.6/0.5, dsn=5.1.1, "
                   "status=bounced (host mx.example.net[192.0.2.7] said: 550 5.1.1 no mailbox)",
         "mx1", 0},
        {"an item of a list", "- " BSD PF TEXT, "mx1", 0},
        {"a sign of a program that shows lines", "  \xe2\x9d\x8c " BSD PF TEXT, "mx1", 0},
        {"doubled blanks",
         BSD PF ID ":  to=<ann@example.net>,  relay=mx.example.net[192.0.2.7]:25,  delay=1.2, "
                   "delays=0.1/0/0.6/0.5,  dsn=5.1.1,  status=bounced (host mx.example.net[192.0.2.7] said: "
                   "550 5.1.1 no mailbox)",
         "mx1", 0},
        {"quoted", "> " BSD PF TEXT, "mx1", 0},
        {"quoted twice", "> > " BSD PF TEXT, "mx1", 0},
        {"host and program alone", "mx1 " PF TEXT, "mx1", -1},
        {"a remark", "// " BSD PF TEXT, "mx1", 0},
        {"a remark without a blank", "    //" BSD PF TEXT, "mx1", 0},
        {"indented", "    " BSD PF TEXT, "mx1", 0},
        {"indented by a tab", "\t" BSD PF TEXT, "mx1", 0},
        {"in quotation marks", "\"" BSD PF TEXT "\"", "mx1", 0},
        {"a string of a list", "  \"" BSD PF TEXT "\",", "mx1", 0},
        {"coloured: docker compose", "\x1b[36mmail-1  | \x1b[0m" BSD PF TEXT, "mx1", 0},
        {"coloured: grep", "Nov 24 \x1b[01;31m\x1b[K09:14:07\x1b[m\x1b[K mx1 " PF TEXT, "mx1", 0},
        {"grep, several files", "/var/log/mail.log:" BSD PF TEXT, "mx1", 0},
        {"grep -n", "12:" BSD PF TEXT, "mx1", 0},
        {"grep -n, several files", "mail.log.1:12:" BSD PF TEXT, "mx1", 0},
        {"grep -C, several files", "mail.log-" BSD PF TEXT, "mx1", 0},
        {"grep, ISO", "mail.log-20261124:" ISO "Z mx1 " PF TEXT, "mx1", 0},
        {"grep, JSON", "a.json:{\"log\":\"" BSD PF TEXT "\\n\",\"time\":\"" ISO "Z\"}", "mx1", 0},
        {"cat -n", "    12\t" BSD PF TEXT, "mx1", 0},
        {"a byte order mark", "\xef\xbb\xbf" BSD PF TEXT, "mx1", 0},
        {"lines of Windows", BSD PF TEXT "\r\n", "mx1", 0},
    };
    (void)state;
    expect_all(rows, ROWS(rows));
}

/* Files of collectors, what they show, and what they answer. */
static void in_files_of_collectors(void **state) {
    static const struct row rows[] = {
        {"Fluentd, out_file",
         ISO "+00:00\tmail.postfix\t{\"host\":\"mx1\",\"ident\":\"postfix/"
             "smtp\",\"pid\":\"450\",\"message\":\"" TEXT "\"}",
         "mx1", 0},
        {"Fluentd, stdout",
         "2026-11-24 09:14:07.000000000 +0000 mail.postfix: "
         "{\"host\":\"mx1\",\"ident\":\"postfix/smtp\",\"pid\":\"450\",\"message\":\"" TEXT "\"}",
         "mx1", 0},
        {"Fluent Bit, stdout", "[0] mail: [[1795511647.000000000, {}], {\"log\"=>\"" BSD PF TEXT "\"}]",
         "mx1", 0},
        {"the same before version 2",
         "[0] tail.0: [1795511647.000000000, {\"log\"=>\"" BSD PF TEXT "\", \"tag\"=>\"x\"}]", "mx1", 0},
        {"the same without its number",
         "kube.mail: [[1795511647.000000000, {}], {\"stream\"=>\"stdout\", \"log\"=>\"" BSD PF TEXT "\"}]",
         "mx1", 0},
        {"aws logs get-log-events --output text", "EVENTS\t1795511648001\t" PF TEXT "\t1795511647123", NULL,
         0},
        {"aws logs filter-log-events --output text",
         "EVENTS\t37294857193048571930485719304857193048571930485719304857\t1795511648001\tmail/postfix/"
         "0a1b\t" BSD PF TEXT "\t1795511647123",
         "mx1", 0},
        {"Papertrail's archives",
         "781120\t" ISO "Z\t2026-11-24T09:14:09Z\t4242\tmx1\t192.0.2.10\tMail\tInfo\tpostfix/smtp\t" TEXT,
         "mx1", 0},
        {"journalctl -o verbose", VERBOSE, "mx1", 0},
        {"Loki's answer",
         "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[{\"stream\":{\"job\":"
         "\"mail\"},"
         "\"values\":[[\"1795511647000000000\",\"" BSD PF TEXT "\"]]}]}}",
         "mx1", 0},
        {"strings of a list", "[\"" BSD PF TEXT "\"]", "mx1", 0},
        {"strings of a list, with escapes",
         "[\n  \"" BSD PF ID
         ": to=\\u003cann@example.net\\u003e, relay=mx.example.net[192.0.2.7]:25, delay=1.2, "
         "delays=0.1/0/0.6/0.5, dsn=5.1.1, status=bounced (host mx.example.net[192.0.2.7] said: 550 5.1.1 no "
         "mailbox)\"\n]\n",
         "mx1", 0},
        {"Google Cloud: jsonPayload",
         "[{\"insertId\":\"a\",\"jsonPayload\":{\"message\":\"" TEXT
         "\",\"ident\":\"postfix/smtp\",\"host\":\"mx1\"},\"logName\":\"projects/p/logs/"
         "syslog\",\"timestamp\":\"" ISO "Z\"}]",
         "mx1", 0},
        {"Graylog's answer",
         "{\"messages\":[{\"index\":\"graylog_1\",\"message\":{\"timestamp\":\"" ISO
         ".000Z\",\"source\":\"mx1\",\"application_name\":\"postfix/smtp\",\"message\":\"" TEXT
         "\"}}],\"total_results\":1}",
         "mx1", 0},
        {"OpenTelemetry",
         "{\"resourceLogs\":[{\"resource\":{},\"scopeLogs\":[{\"scope\":{},\"logRecords\":[{\"timeUnixNano\":"
         "\"1795511647000000000\",\"body\":{\"stringValue\":\"" BSD PF TEXT "\"}}]}]}]}",
         "mx1", 0},
        {"Datadog, CSV",
         "Date,Host,Service,Message\n\"" ISO ".000Z\",\"mx1\",\"postfix\",\"" BSD PF TEXT "\"\n", "mx1", 0},
    };
    (void)state;
    expect_all(rows, ROWS(rows));
}

#define WRAPPED                                                                                              \
    "Nov 24 09:14:07 mx1 postfix/smtp[450]: B7C2E91D04: to=<ann@example.net>, relay=m\n"                     \
    "x.example.net[192.0.2.7]:25, delay=1.2, delays=0.1/0/0.6/0.5, dsn=5.1.1, status=\n"                     \
    "bounced (host mx.example.net[192.0.2.7] said: 550 5.1.1 no mailbox)\n"
#define SHOWN                                                                                                \
    ID ": to=&lt;ann@example.net&gt;, relay=mx.example.net[192.0.2.7]:25, delay=1.2, delays=0.1/0/0.6/0.5, " \
       "dsn=5.1.1, status=bounced (host mx.example.net[192.0.2.7] said: 550 5.1.1 no mailbox)"
#define MARKED(address)                                                                                      \
    BSD PF ID ": to=<" address ">, relay=mx.example.net[192.0.2.7]:25, delay=1.2, delays=0.1/0/0.6/0.5, "    \
              "dsn=5.1.1, status=bounced (host mx.example.net[192.0.2.7] said: 550 5.1.1 no mailbox)"

/* Kept in a sheet, on a page, in a terminal, in a table. */
static void kept_elsewhere(void **state) {
    static const struct row rows[] = {
        {"a sheet, ;", "\"" BSD PF TEXT "\";;;\r\n", "mx1", 0},
        {"a sheet, a comma", BSD PF TEXT ",,\r\n", "mx1", 0},
        {"a terminal of 80 columns", WRAPPED, "mx1", 0},
        {"a page", "<!DOCTYPE html>\n<html><body><pre>" BSD PF SHOWN "</pre></body></html>\n", "mx1", 0},
        {"a page in one line", "<html><body>" BSD PF SHOWN "<br />" BSD PF "x: y<br></body></html>", "mx1",
         0},
        {"a paragraph of a page, broken",
         "<p>Nov 24 09:14:07 mx1 postfix/smtp[450]: B7C2E91D04:\n  to=&lt;ann@example.net>, "
         "relay=mx.example.net[192.0.2.7]:25, delay=1.2,\n  delays=0.1/0/0.6/0.5, dsn=5.1.1, status=bounced "
         "(host\n"
         "  mx.example.net[192.0.2.7] said: 550 5.1.1\n  no mailbox)</p>\n",
         "mx1", 0},
        {"a block of Markdown", "```" BSD PF TEXT "\n", "mx1", 0},
        {"a row of mysql", "|  7 | 2026-11-24 09:14:07 | mx1  | postfix/smtp[450]: | " TEXT " |\n", "mx1", 0},
        {"a row of Markdown", "| Nov 24 09:14:07 | mx1 | " PF TEXT " |\n", "mx1", 0},
        {"a line of diff", "+" BSD PF TEXT, "mx1", 0},
        {"a numbered line", "   12 " BSD PF TEXT, "mx1", 0},
        {"an item of a numbered list", "3. " BSD PF TEXT, "mx1", 0},
        {"blanks of a page",
         "Nov\xc2\xa0"
         "24 09:14:07\xc2\xa0mx1 " PF TEXT,
         "mx1", 0},
        {"an address with its link", MARKED("ann@example.net<mailto:ann@example.net>"), "mx1", 0},
        {"an address with its link, Markdown", MARKED("[ann@example.net](mailto:ann@example.net)"), "mx1", 0},
        {"an archive of a list", MARKED("ann at example.net"), "mx1", 0},
    };
    (void)state;
    expect_all(rows, ROWS(rows));
}

/* What looks like a frame, but says something else: the line is left to whose it is. */
static void leaves_others(void **state) {
    static const struct {
        const char *line, *program, *message;
    } rows[] = {
        {"2026-11-24 09:14:07 1pXYZa-0001Ab-2C ** |/usr/bin/vacation: failed", "",
         "1pXYZa-0001Ab-2C ** |/usr/bin/vacation: failed"},
        {"2026-11-24 09:14:07 Warning: purging the environment", "", "Warning: purging the environment"},
        {BSD "exim[1]: 2026-11-24 09:14:07 1pXYZa-0001Ab-2C Completed", "exim",
         "2026-11-24 09:14:07 1pXYZa-0001Ab-2C Completed"},
        {"{\"event\":\"bounced\",\"recipient\":\"a@b.example\",\"message\":\"550 no\"}", "",
         "{\"event\":\"bounced\",\"recipient\":\"a@b.example\",\"message\":\"550 no\"}"},
        {BSD "myapp[1]: {\"message\":\"hello\"}", "myapp", "{\"message\":\"hello\"}"},
        /* who carries no lines of others wrote down what somebody sent it */
        {BSD "web[3]: " BSD PF TEXT, "web", BSD PF TEXT},
        {BSD "web[3]: " PF TEXT, "web", PF TEXT},
        {BSD "shop[3]: {\"message\":\"" PF TEXT "\"}", "shop", "{\"message\":\"" PF TEXT "\"}"},
        {BSD "webmail[3]: " BSD PF TEXT, "webmail", BSD PF TEXT},
        {"{\"log\":\"" PF TEXT "\",\"kubernetes\":{\"container_name\":\"webapp\"}}", "",
         "{\"log\":\"" PF TEXT "\",\"kubernetes\":{\"container_name\":\"webapp\"}}"},
        {"{\"textPayload\":\"" PF TEXT "\",\"logName\":\"projects/p/logs/nginx\"}", "",
         "{\"textPayload\":\"" PF TEXT "\",\"logName\":\"projects/p/logs/nginx\"}"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct frames frames = {.prefix_len = 0};
        struct stamps stamps = {.now = NOW};
        struct arena arena = {0};
        struct log_line line;
        frame_take(&frames, &stamps, slice_of(rows[i].line), &arena, &line);
        expect_text(rows[i].line, line.program, rows[i].program);
        expect_text(rows[i].line, line.message, rows[i].message);
        frames_free(&frames);
        arena_free(&arena);
    }
}

/* Each with its length in front, and nothing between them. */
static void counted_without_line_ends(void **state) {
    static const char *const records[] = {"<22>1 " ISO "Z mx1 postfix/smtp 450 - - " TEXT,
                                          "<22>1 " ISO "Z mx1 postfix/qmgr 11 - - " ID ": removed"};
    g_autofree char *text =
        g_strdup_printf("%zu %s%zu %s", strlen(records[0]), records[0], strlen(records[1]), records[1]);
    struct row row = {"octet counts, no line ends", text, "mx1", 0};
    (void)state;
    expect_bounce(&row);
}

/* No more layers are taken off than FRAME_DEPTH, and each end of the input is one. */
static void is_bounded(void **state) {
    g_autoptr(GString) deep = g_string_new(NULL);
    struct row row = {.frame = "as deep as may be", .host = "mx1"};
    (void)state;
    for (int i = 0; i + 1 < FRAME_DEPTH; i++)
        g_string_append(deep, "mx  | ");
    g_string_append(deep, BSD PF TEXT);
    row.text = deep->str;
    expect_bounce(&row);
    g_string_prepend(deep, "mx  | ");
    struct log_reader r = {.lines = 0};
    struct log_input input = {.bytes = {deep->str, deep->len}, .header = {deep->str, deep->len}, .now = NOW};
    log_read(&r, &input);
    expect_number("deeper", (long long)r.facts.count, 0);
    expect_number("deeper", (long long)r.facts.unparsed, 1);
    log_reader_free(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(in_headers_of_syslog),
                                       cmocka_unit_test(of_the_journal),
                                       cmocka_unit_test(of_the_journal_as_bytes),
                                       cmocka_unit_test(of_containers),
                                       cmocka_unit_test(of_collectors),
                                       cmocka_unit_test(pasted),
                                       cmocka_unit_test(in_files_of_collectors),
                                       cmocka_unit_test(kept_elsewhere),
                                       cmocka_unit_test(leaves_others),
                                       cmocka_unit_test(counted_without_line_ends),
                                       cmocka_unit_test(is_bounded)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
