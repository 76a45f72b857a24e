/* From the lines of a log to stories. Each is told in words:
 *
 *     sent 9C1D02B4 ann@example.com>bob@example.org x2 out: 250 ok */
#include "analyze/deliveries/join.h"
#include "parsers/log/reader.h"
#include "tests/table.h"

#include <glib.h>
#include <stdio.h>

#define NOW 1796083200 /* 2026-12-01T00:00:00Z */

static const struct cause greylisted = {.id = "rate.greylisted"};
static const struct reply_class judged = {.cause = &greylisted};
static const struct cause waiting = {.id = "notice.delayed"};
static const struct reply_class waits = {.cause = &waiting};

static void write_story(void *context, const struct delivery *d) {
    GString *out = context;
    g_string_append_printf(out, "%s %.*s %.*s>%.*s", outcome_name(d->outcome), S(d->queue_id), S(d->sender),
                           S(d->recipient));
    if (d->original.len)
        g_string_append_printf(out, " (%.*s)", S(d->original));
    g_string_append_printf(out, " x%u %s", d->attempts, direction_name(d->direction));
    if (d->reply.len)
        g_string_append_printf(out, ": %.*s", S(d->reply));
    if (d->untold)
        g_string_append_printf(out, ", %u untold", d->untold);
    g_string_append_c(out, '\n');
}

static void write_try(void *context, const struct delivery *d) {
    g_string_append_printf(context, "try %s %.*s %.*s\n", outcome_name(d->outcome), S(d->queue_id),
                           S(d->recipient));
}

struct options {
    bool wants_stories, wants_tries;
    size_t limit_open, limit_awaited, limit_open_bytes;
    uint64_t *late; /* where it is put; NULL: nowhere */
};

static GString *join_text(const char *text, struct options options, uint64_t *forgotten,
                          struct totals *totals) {
    GString *out = g_string_new(NULL);
    struct join_options join_options = {.wants_stories = options.wants_stories,
                                        .limit_open = options.limit_open,
                                        .limit_open_bytes = options.limit_open_bytes,
                                        .limit_awaited = options.limit_awaited,
                                        .has_hosts = options.limit_awaited > 0,
                                        .delivered = write_story,
                                        .tried = options.wants_tries ? write_try : NULL,
                                        .context = out};
    struct join *join = join_new(totals, &join_options);
    struct log_reader reader = {.facts.wants_stories = options.wants_stories,
                                .facts.wants_named = options.wants_stories};
    struct log_input input = {.bytes = slice_of(text), .header = slice_of(text), .now = NOW};
    log_read(&reader, &input);
    for (size_t i = 0; i < reader.facts.count; i++) {
        const struct log_event *e = &reader.facts.events[i];
        bool is_sent = e->kind == LOG_ATTEMPT && e->status == LOG_SENT;
        struct judged_event event = {.event = e,
                                     .class = is_sent                ? NULL
                                              : e->kind == LOG_WAITS ? &waits
                                                                     : &judged,
                                     .line = e->line + 1};
        join_event(join, &event);
    }
    join_end(join);
    *forgotten = join_forgotten(join);
    if (options.late)
        *options.late = join_late(join);
    join_free(join);
    log_reader_free(&reader);
    return out;
}

static void expect_stories(const char *text, struct options options, const char *expected) {
    struct totals totals;
    uint64_t forgotten;
    totals_init(&totals);
    GString *actual = join_text(text, options, &forgotten, &totals);
    expect_text(text, (struct slice){actual->str, actual->len}, expected);
    g_string_free(actual, TRUE);
    totals_free(&totals);
}

#define LINE(host, second, text) "Nov 24 09:14:" second " " host " " text
#define FROM(host, second, id, address)                                                                      \
    LINE(host, second, "postfix/qmgr[1]: " id ": from=<" address ">, size=9, nrcpt=1 (queue active)")
#define TO(host, second, id, address, relay, status, reply)                                                  \
    LINE(host, second,                                                                                       \
         "postfix/smtp[1]: " id ": to=<" address ">, relay=" relay ", dsn=4.0.0, status=" status " (" reply  \
         ")")
#define OWN_FILE(second, text)                                                                               \
    "Nov 24 09:14:" second " lmtp(bob@example.org)<1><abd>: Info: sieve: msgid=<z>: " text
#define REMOVED(host, second, id) LINE(host, second, "postfix/qmgr[1]: " id ": removed")
#define MX                        "mx.example.org[192.0.2.25]:25"
#define FILTER                    "127.0.0.1[127.0.0.1]:10024"
#define STORE                     "mail[private/dovecot-lmtp]"
#define NEXT_HOST                 "out.example.com[198.51.100.2]:25"
#define SENDMAIL(second, text)    LINE("mail", second, "sendmail[1]: 5AO9E7xY000012: " text)
#define QMAIL(second, text)       LINE("mail", second, "qmail: " text)
#define EXIM                      "2026-11-24 09:14:07 1pXYZa-0001Ab-2C "

#define ONE "2026-11-24 09:14:07 "

#define MOST_LINES 12

struct row {
    const char *lines[MOST_LINES];
    const char *expected;
};

/* As sent in the end, given up, refused; one story per recipient. */
static const struct row outcomes[] = {
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", MX, "deferred", "450 4.2.0 wait"),
      TO("mail", "03", "9C1D02B4", "bob@example.org", MX, "sent", "250 ok"),
      REMOVED("mail", "04", "9C1D02B4")},
     "sent 9C1D02B4 ann@example.com>bob@example.org x2 out: 250 ok\n"},
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", MX, "sent", "250 ok"),
      TO("mail", "03", "9C1D02B4", "carl@example.org", MX, "bounced", "550 no"),
      REMOVED("mail", "04", "9C1D02B4")},
     "sent 9C1D02B4 ann@example.com>bob@example.org x1 out: 250 ok\n"
     "bounced 9C1D02B4 ann@example.com>carl@example.org x1 out: 550 no\n"},
    /* what was deferred is expired, what was sent stays so */
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", MX, "deferred", "450 wait"),
      TO("mail", "03", "9C1D02B4", "carl@example.org", MX, "sent", "250 ok"),
      LINE("mail", "04",
           "postfix/qmgr[1]: 9C1D02B4: from=<ann@example.com>, status=expired, returned to sender"),
      REMOVED("mail", "05", "9C1D02B4")},
     "expired 9C1D02B4 ann@example.com>bob@example.org x1 out: 450 wait\n"
     "sent 9C1D02B4 ann@example.com>carl@example.org x1 out: 250 ok\n"},
    /* the lines of its tries are not here */
    {{LINE("mail", "04",
           "postfix/qmgr[1]: 9C1D02B4: from=<ann@example.com>, status=expired, returned to sender"),
      REMOVED("mail", "05", "9C1D02B4")},
     "expired 9C1D02B4 ann@example.com> x0 local\n"},
    /* the administrator ended it: nothing is tried any more, also not for whom nothing was tried yet */
    {{EXIM "<= ann@example.com H=(x) [192.0.2.9] P=esmtp S=1",
      EXIM "== bob@example.org R=x T=y defer (-53): "
           "retry time not reached",
      EXIM "removed by root", EXIM "Completed"},
     "discarded 1pXYZa-0001Ab-2C ann@example.com>bob@example.org x0 local: removed by root\n"},
    {{EXIM "<= ann@example.com H=(x) [192.0.2.9] P=esmtp S=1",
      EXIM
      "== bob@example.org R=x T=remote_smtp defer (111): Connection refused H=mx.example.org [192.0.2.25]",
      EXIM "cancelled by root", EXIM "Completed"},
     "bounced 1pXYZa-0001Ab-2C ann@example.com>bob@example.org x1 out: Connection refused\n"},
    {{EXIM "<= ann@example.com H=(x) [192.0.2.9] P=esmtp S=1",
      EXIM "=> carl@example.org R=x T=remote_smtp H=mx.example.org [192.0.2.25] C=\"250 ok\"",
      EXIM "removed by root", EXIM "Completed"},
     "sent 1pXYZa-0001Ab-2C ann@example.com>carl@example.org x1 out: 250 ok\n"},
    /* the administrator queued it anew, under another queue id, which tells the rest */
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", MX, "deferred", "450 wait"),
      TO("mail", "02", "9C1D02B4", "eve@example.org", MX, "sent", "250 ok"),
      LINE("mail", "03", "postfix/postsuper[7]: 9C1D02B4: requeued"),
      LINE("mail", "04", "postfix/pickup[8]: 9C1D02B5: uid=105 from=<ann@example.com> orig_id=9C1D02B4"),
      FROM("mail", "04", "9C1D02B5", "ann@example.com"),
      TO("mail", "05", "9C1D02B5", "bob@example.org", MX, "sent", "250 ok"),
      REMOVED("mail", "05", "9C1D02B5")},
     "sent 9C1D02B4 ann@example.com>eve@example.org x1 out: 250 ok\n"
     "sent 9C1D02B5 ann@example.com>bob@example.org x1 out: 250 ok\n"},
    {{TO("mail", "02", "9C1D02B4", "bob@example.org", MX, "deferred", "450 wait"),
      LINE("mail", "04", "postfix/pickup[8]: 9C1D02B5: uid=105 from=<ann@example.com> orig_id=9C1D02B4"),
      TO("mail", "05", "9C1D02B5", "bob@example.org", MX, "sent", "250 ok")},
     "sent 9C1D02B5 >bob@example.org x1 out: 250 ok\n"},
    /* Exim's log of one message, and then of another one */
    {{"$ sudo exim -Mvl 1pXYZa-0001Ab-2C", ONE "Received from ann@example.com U=ann P=local S=687",
      ONE "mx.example.org [192.0.2.25] Connection refused",
      ONE "bob@example.org R=dnslookup T=remote_smtp defer (111): Connection refused",
      ONE "carl: local_delivery transport succeeded",
      ONE "dora@example.org <dora@example.com>: remote_smtp transport succeeded",
      ONE "routing failed for eve@example.net: Unrouteable address",
      ONE "bob@example.org R=dnslookup T=remote_smtp defer (-53): retry time not reached for any host",
      ONE "Received from <> R=1pXYZa-0001Ab-2C U=exim P=local S=9",
      ONE "ann@example.com R=dnslookup T=remote_smtp: retry timeout exceeded"},
     "deferred  ann@example.com>bob@example.org x1 out: Connection refused\n"
     "sent  ann@example.com>carl x1 local\n"
     "sent  ann@example.com>dora@example.org (dora@example.com) x1 local\n"
     "bounced  ann@example.com>eve@example.net x1 local:  Unrouteable address\n"
     "expired  >ann@example.com x1 out: retry timeout exceeded\n"},
    /* what a server or the sender wrote there ends nothing */
    {{ONE "Received from ann@example.com U=ann P=local S=687",
      ONE "mx.example.org [192.0.2.25]: 450 bob@example.org: x transport succeeded",
      ONE "H=mx.example.org [192.0.2.25]: 450 x transport succeeded",
      ONE
      "bob@example.org R=dnslookup T=remote_smtp defer (-45): SMTP error: 450 eve@example.net: x transport "
      "succeeded"},
     "deferred  ann@example.com>bob@example.org x1 out: SMTP error: 450 eve@example.net: x transport "
     "succeeded\n"},
    /* the same words in a main log name no mail */
    {{EXIM "<= ann@example.com H=x [198.51.100.9] S=9",
      ONE "Received from eve@example.net U=eve P=local S=687",
      ONE "bob@example.org: local_delivery transport succeeded"},
     ""},
    /* where Dovecot put it, with the mail system's line and without */
    {{LINE("mail", "02",
           "dovecot: lmtp(bob@example.org)<1><abd>: sieve: msgid=<z>: stored mail into mailbox 'Junk'")},
     "sent  >bob@example.org x1 local: stored mail into mailbox 'Junk'\n"},
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      LINE("mail", "02",
           "dovecot: lmtp(bob@example.org)<1><abd>: sieve: msgid=<z>: stored mail into mailbox 'Junk'"),
      TO("mail", "03", "9C1D02B4", "bob@example.org", "mail[private/dovecot-lmtp]", "sent",
         "250 2.0.0 <bob@example.org> abd Saved"),
      REMOVED("mail", "04", "9C1D02B4")},
     "sent 9C1D02B4 ann@example.com>bob@example.org x1 out: stored mail into mailbox 'Junk'\n"},
    /* its own file names no host, and its line may stand behind the mail system's, or behind the end */
    {{OWN_FILE("02", "fileinto action: stored mail into mailbox 'Junk'"),
      TO("mail", "03", "9C1D02B4", "bob@example.org", STORE, "sent", "250 2.0.0 <bob@example.org> abd Saved"),
      REMOVED("mail", "04", "9C1D02B4")},
     "sent 9C1D02B4 >bob@example.org x1 out: stored mail into mailbox 'Junk'\n"},
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", STORE, "sent", "250 2.0.0 <bob@example.org> abd Saved"),
      OWN_FILE("03", "discarded message"), REMOVED("mail", "04", "9C1D02B4")},
     "discarded 9C1D02B4 ann@example.com>bob@example.org x1 out: discarded message\n"},
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", STORE, "sent", "250 2.0.0 <bob@example.org> abd Saved"),
      TO("mail", "02", "9C1D02B4", "eve@example.org", STORE, "sent", "250 2.0.0 <eve@example.org> abe Saved"),
      REMOVED("mail", "03", "9C1D02B4"), OWN_FILE("04", "discarded message")},
     "discarded 9C1D02B4 ann@example.com>bob@example.org x1 out: discarded message\n"
     "sent 9C1D02B4 ann@example.com>eve@example.org x1 out: 250 2.0.0 <eve@example.org> abe Saved\n"},
    /* the store is another host, of whatever network */
    {{LINE("mail", "01",
           "postfix/lmtp[1]: 9C1D02B4: to=<bob@example.org>, relay=store.example.org[198.51.100.5]:24, "
           "dsn=2.0.0, "
           "status=sent (250 2.0.0 <bob@example.org> abd Saved)"),
      REMOVED("mail", "01", "9C1D02B4"),
      LINE("store", "01", "dovecot: lmtp(bob@example.org)<1><abd>: sieve: msgid=<z>: discarded message")},
     "discarded 9C1D02B4 >bob@example.org x1 out: discarded message\n"},
    /* that of another delivery is one of its own */
    {{TO("mail", "02", "9C1D02B4", "bob@example.org", STORE, "sent", "250 2.0.0 <bob@example.org> abe Saved"),
      REMOVED("mail", "03", "9C1D02B4"), OWN_FILE("04", "discarded message")},
     "sent 9C1D02B4 >bob@example.org x1 out: 250 2.0.0 <bob@example.org> abe Saved\n"
     "discarded  >bob@example.org x1 local: discarded message\n"},
    /* still in the queue at the end of the log, and without a beginning */
    {{TO("mail", "01", "9C1D02B4", "bob@example.org", MX, "deferred", "450 wait")},
     "deferred 9C1D02B4 >bob@example.org x1 out: 450 wait\n"},
    /* why a host could not be tried: it counts where the line behind it, which says who is meant, is not
     * there, unless the message is gone */
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      LINE("mail", "02",
           "postfix/smtp[1]: 9C1D02B4: host mx.example.org[192.0.2.25] refused to talk to me: 554 no")},
     "deferred 9C1D02B4 ann@example.com> x0 out: host mx.example.org[192.0.2.25] refused to talk to me: 554 "
     "no\n"},
    {{LINE("mail", "01", "postfix/smtp[1]: 9C1D02B4: host mx.example.org[192.0.2.25] said: 451 wait"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", MX, "deferred", "451 wait"),
      LINE("mail", "03", "postfix/smtp[1]: 9C1D02B4: host mx.example.org[192.0.2.25] said: 451 wait")},
     "deferred 9C1D02B4 >bob@example.org x1 out: 451 wait\n"},
    {{LINE("mail", "01", "postfix/smtp[1]: 9C1D02B4: host mx.example.org[192.0.2.25] said: 451 wait"),
      REMOVED("mail", "02", "9C1D02B4")},
     ""},
    /* a line that a log has twice, the second behind the one that says that the message is gone; another try,
     * recipient or outcome is not the same */
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", MX, "sent", "250 ok"),
      TO("mail", "02", "9C1D02B4", "carl@example.org", MX, "sent", "250 ok"),
      REMOVED("mail", "03", "9C1D02B4"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", MX, "sent", "250 ok"),
      TO("mail", "02", "9C1D02B4", "carl@example.org", MX, "sent", "250 ok"),
      REMOVED("mail", "03", "9C1D02B4")},
     "sent 9C1D02B4 ann@example.com>bob@example.org x1 out: 250 ok\n"
     "sent 9C1D02B4 ann@example.com>carl@example.org x1 out: 250 ok\n"},
    {{TO("mail", "02", "9C1D02B4", "bob@example.org", MX, "sent", "250 ok"),
      REMOVED("mail", "03", "9C1D02B4"),
      TO("mail", "04", "9C1D02B4", "bob@example.org", MX, "sent", "250 ok"),
      REMOVED("mail", "04", "9C1D02B4"),
      TO("mail", "04", "9C1D02B4", "bob@example.org", MX, "bounced", "550 no")},
     "sent 9C1D02B4 >bob@example.org x1 out: 250 ok\n"
     "sent 9C1D02B4 >bob@example.org x1 out: 250 ok\n"
     "bounced 9C1D02B4 >bob@example.org x1 out: 550 no\n"},
    /* the same of a mail that a filter threw away */
    {{TO("mail", "02", "9C1D02B4", "bob@example.org", FILTER, "sent",
         "250 2.7.0 Ok, discarded, id=15303-02 - spam"),
      REMOVED("mail", "03", "9C1D02B4"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", FILTER, "sent",
         "250 2.7.0 Ok, discarded, id=15303-02 - spam")},
     "sent 9C1D02B4 >bob@example.org x1 out: 250 2.7.0 Ok, discarded, id=15303-02 - spam\n"},
    /* nothing was tried: there is no story */
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"), REMOVED("mail", "02", "9C1D02B4")}, ""},
    /* what this host refused */
    {{LINE("mail", "01",
           "postfix/smtpd[3]: NOQUEUE: reject: RCPT from x[203.0.113.4]: 554 no; from=<a@example.net> "
           "to=<b@example.com> proto=SMTP helo=<x>"),
      LINE("mail", "02", "last message repeated 3 times")},
     "rejected  a@example.net>b@example.com x1 in: 554 no\n"
     "rejected  a@example.net>b@example.com x3 in: 554 no\n"},
    /* an address as the sender wrote it is part of the story */
    {{EXIM "<= ann@example.com H=x [198.51.100.9] S=9", EXIM "=> bob <sales@example.com> R=local T=maildir",
      EXIM "Completed"},
     "sent 1pXYZa-0001Ab-2C ann@example.com>sales@example.com (sales@example.com) x1 local\n"},
};

static const struct row queue_ids[] = {
    /* two recipients, and lines of one: of the other nothing is known; of a mail without any nothing is said
     */
    {{LINE("mail", "01", "postfix/qmgr[1]: 9C1D0B1: from=<ann@example.com>, size=9, nrcpt=2 (queue active)"),
      TO("mail", "02", "9C1D0B1", "bob@example.org", MX, "sent", "250 ok"), REMOVED("mail", "03", "9C1D0B1"),
      LINE("mail", "04", "postfix/qmgr[1]: 9C1D0B2: from=<ann@example.com>, size=9, nrcpt=2 (queue active)"),
      REMOVED("mail", "05", "9C1D0B2")},
     "sent 9C1D0B1 ann@example.com>bob@example.org x1 out: 250 ok, 1 untold\n"},
    /* used again when its message is gone */
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", MX, "sent", "250 ok"),
      REMOVED("mail", "03", "9C1D02B4"), FROM("mail", "04", "9C1D02B4", "dora@example.com"),
      TO("mail", "05", "9C1D02B4", "bob@example.org", MX, "bounced", "550 no"),
      REMOVED("mail", "06", "9C1D02B4")},
     "sent 9C1D02B4 ann@example.com>bob@example.org x1 out: 250 ok\n"
     "bounced 9C1D02B4 dora@example.com>bob@example.org x1 out: 550 no\n"},
    /* the same on two hosts */
    {{FROM("a", "01", "9C1D02B4", "ann@example.com"), FROM("b", "02", "9C1D02B4", "dora@example.com"),
      TO("a", "03", "9C1D02B4", "bob@example.org", MX, "sent", "250 a"),
      TO("b", "04", "9C1D02B4", "bob@example.org", MX, "bounced", "550 b"), REMOVED("a", "05", "9C1D02B4"),
      REMOVED("b", "06", "9C1D02B4")},
     "sent 9C1D02B4 ann@example.com>bob@example.org x1 out: 250 a\n"
     "bounced 9C1D02B4 dora@example.com>bob@example.org x1 out: 550 b\n"},
    /* a content filter gives the mail back to this host: only what became of that counts */
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"), FROM("mail", "02", "7D2E03C5", "ann@example.com"),
      TO("mail", "03", "9C1D02B4", "bob@example.org", FILTER, "sent", "250 2.0.0 Ok: queued as 7D2E03C5"),
      REMOVED("mail", "04", "9C1D02B4"),
      TO("mail", "05", "7D2E03C5", "bob@example.org", MX, "bounced", "550 no"),
      REMOVED("mail", "06", "7D2E03C5")},
     "bounced 7D2E03C5 ann@example.com>bob@example.org x1 out: 550 no\n"},
    /* the same, and its mail left the queue before the line that says so; another host's is another */
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"), FROM("mail", "02", "7D2E03C5", "ann@example.com"),
      TO("mail", "03", "7D2E03C5", "bob@example.org", MX, "sent", "250 ok"),
      REMOVED("mail", "03", "7D2E03C5"),
      TO("mail", "03", "9C1D02B4", "bob@example.org", FILTER, "sent", "250 2.0.0 Ok: queued as 7D2E03C5"),
      REMOVED("mail", "04", "9C1D02B4")},
     "sent 7D2E03C5 ann@example.com>bob@example.org x1 out: 250 ok\n"},
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"), FROM("mail", "02", "7D2E03C5", "ann@example.com"),
      TO("mail", "03", "7D2E03C5", "bob@example.org", MX, "sent", "250 ok"),
      REMOVED("mail", "03", "7D2E03C5"),
      TO("mail", "03", "9C1D02B4", "bob@example.org", MX, "sent", "250 2.0.0 Ok: queued as 7D2E03C5"),
      REMOVED("mail", "04", "9C1D02B4")},
     "sent 7D2E03C5 ann@example.com>bob@example.org x1 out: 250 ok\n"
     "sent 9C1D02B4 ann@example.com>bob@example.org x1 out: 250 2.0.0 Ok: queued as 7D2E03C5\n"},
    /* a filter that is not in the log: that was its delivery */
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", FILTER, "sent", "250 Ok: queued as 7D2E03C5"),
      REMOVED("mail", "03", "9C1D02B4")},
     "sent 9C1D02B4 ann@example.com>bob@example.org x1 out: 250 Ok: queued as 7D2E03C5\n"},
    /* another host of the log took it, from the same sender */
    {{FROM("out", "01", "7D2E03C5", "ann@example.com"), FROM("in", "02", "9C1D02B4", "ann@example.com"),
      TO("in", "03", "9C1D02B4", "bob@example.org", NEXT_HOST, "sent", "250 Ok: queued as 7D2E03C5"),
      REMOVED("in", "04", "9C1D02B4"), TO("out", "05", "7D2E03C5", "bob@example.org", MX, "sent", "250 ok"),
      REMOVED("out", "06", "7D2E03C5")},
     "sent 7D2E03C5 ann@example.com>bob@example.org x1 out: 250 ok\n"},
    /* an id of that name from another sender is another mail */
    {{FROM("out", "01", "7D2E03C5", "eve@example.com"), FROM("in", "02", "9C1D02B4", "ann@example.com"),
      TO("in", "03", "9C1D02B4", "bob@example.org", NEXT_HOST, "sent", "250 Ok: queued as 7D2E03C5"),
      REMOVED("in", "04", "9C1D02B4")},
     "sent 9C1D02B4 ann@example.com>bob@example.org x1 out: 250 Ok: queued as 7D2E03C5\n"},
};

#define UUID                 "930E3B02-4254-4499-8294-70044A00835D"
#define HARAKA(second, text) LINE("mail", second, "haraka[1]: " text)

static const struct row other_systems[] = {
    /* Sendmail has no line for the end of a message: it is over when all its recipients are */
    {{SENDMAIL("01", "from=<ann@example.com>, size=9, nrcpts=2"),
      SENDMAIL("02",
               "to=<bob@example.org>, relay=mx.example.org. [192.0.2.25], dsn=4.2.0, stat=Deferred: 450 x"),
      SENDMAIL("03", "to=<carl@example.org>, relay=mx.example.org. [192.0.2.25], dsn=5.1.1, stat=550 no"),
      SENDMAIL("04", "to=<bob@example.org>, relay=mx.example.org. [192.0.2.25], dsn=2.0.0, stat=Sent"),
      SENDMAIL("05", "to=<dora@example.org>, dsn=2.0.0, stat=Sent")},
     "sent 5AO9E7xY000012 ann@example.com>bob@example.org x2 out: Sent\n"
     "bounced 5AO9E7xY000012 ann@example.com>carl@example.org x1 out: 550 no\n"
     "sent 5AO9E7xY000012 >dora@example.org x1 local: Sent\n"},
    /* tries of qmail have names of their own, and end in another order than they began */
    {{QMAIL("01", "info msg 4711: bytes 9 from <ann@example.com> qp 1 uid 2"),
      QMAIL("02", "starting delivery 7: msg 4711 to remote bob@example.org"),
      QMAIL("03", "starting delivery 8: msg 4711 to local carl@example.com"),
      QMAIL("04", "delivery 8: success: did_0+0+1/"), QMAIL("05", "delivery 7: deferral: 192.0.2.25_busy/"),
      QMAIL("06", "starting delivery 9: msg 4711 to remote bob@example.org"),
      QMAIL("07", "delivery 9: failure: 192.0.2.25_no/"), QMAIL("08", "end msg 4711")},
     "sent 4711 ann@example.com>carl@example.com x1 local: did 0+0+1/\n"
     "bounced 4711 ann@example.com>bob@example.org x2 out: 192.0.2.25 no/\n"},
    /* the end of a try whose beginning is not in the log */
    {{QMAIL("05", "delivery 7: failure: 192.0.2.25_no/")}, "bounced delivery 7 > x1 out: 192.0.2.25 no/\n"},
    /* Courier: what was answered stands in front of how it ended */
    {{LINE("mail", "01", "courierd: started,id=A1,from=<ann@example.com>"),
      LINE("mail", "02", "courieresmtp: id=A1,from=<ann@example.com>,addr=<bob@example.org>: 550 no"),
      LINE("mail", "03", "courieresmtp: id=A1,from=<ann@example.com>,addr=<bob@example.org>,status: failure"),
      LINE("mail", "04", "courierd: completed,id=A1")},
     "bounced A1 ann@example.com>bob@example.org x1 local: 550 no\n"},
    /* a success, which it tells twice */
    {{LINE("mail", "01", "courierd: started,id=A1,from=<ann@example.com>"),
      LINE("mail", "02", "courieresmtp: id=A1,from=<ann@example.com>,addr=<bob@example.org>: 250 ok"),
      LINE("mail", "02",
           "courieresmtp: id=A1,from=<ann@example.com>,addr=<bob@example.org>,size=9,success: delivered: mx"),
      LINE("mail", "02",
           "courieresmtp: id=A1,from=<ann@example.com>,addr=<bob@example.org>,size=9,status: success"),
      LINE("mail", "04", "courierd: completed,id=A1")},
     "sent A1 ann@example.com>bob@example.org x1 local: 250 ok\n"},
    /* Haraka tells how a domain's delivery ended: those of it who are not known to be refused have it */
    {{HARAKA("01", "[NOTICE] [" UUID ".1] [core] sender <ann@example.com> code=CONT msg=\"\""),
      HARAKA("02", "[NOTICE] [" UUID ".1] [core] recipient <bob@example.org> code=OK msg=\"\""),
      HARAKA("02", "[NOTICE] [" UUID ".1] [core] recipient <carl@example.org> code=OK msg=\"\""),
      HARAKA("02", "[NOTICE] [" UUID ".1] [core] recipient <dora@example.net> code=OK msg=\"\""),
      HARAKA("03", "[NOTICE] [" UUID ".1.1] [outbound] recipient <carl@example.org> rejected: 550 no"),
      HARAKA("04", "[NOTICE] [" UUID ".1.1] [outbound] delivered file=1 domain=example.org response=\"Ok\" "
                   "delay=1 rcpts=1/0/1"),
      HARAKA("05", "[INFO] [" UUID ".1.2] [outbound] Temp failing 1 for 64 seconds: Tried all MXs")},
     "sent " UUID ".1 ann@example.com>bob@example.org x1 out: Ok\n"
     "bounced " UUID ".1 ann@example.com>carl@example.org x1 out: 550 no\n"
     "deferred " UUID ".1 ann@example.com>dora@example.net x1 out: Tried all MXs\n"},
    /* a plugin wrote the recipient anew: of the domain that it was delivered for nobody was named */
    {{HARAKA("02", "[NOTICE] [" UUID ".1] [core] recipient <bob@example.org> code=OK msg=\"\""),
      HARAKA("04", "[NOTICE] [" UUID ".1.1] [outbound] delivered file=1 domain=example.net response=\"Ok\" "
                   "delay=1 rcpts=1/0/0")},
     "sent " UUID ".1 >@example.net x1 out: Ok\n"},
    {{HARAKA("04", "[NOTICE] [" UUID ".1.1] [outbound] delivered file=1 domain=example.org response=\"Ok\" "
                   "delay=1 rcpts=1/0/0")},
     "sent " UUID ".1 >@example.org x1 out: Ok\n"},
    /* Exim does not try it yet: it waits, whether a try is in the log or not */
    {{"2026-11-24 09:00:01 1pXYZa-0001Ab-2C == bob@example.org R=r T=t defer (-53): retry time not reached "
      "for "
      "any host",
      "2026-11-24 09:00:02 1pXYZb-0001Ab-2C == eve@example.org R=r T=t defer (110): Connection timed out",
      "2026-11-24 09:00:03 1pXYZb-0001Ab-2C == eve@example.org R=r T=t defer (-53): retry time not reached "
      "for "
      "any host"},
     "deferred 1pXYZa-0001Ab-2C >bob@example.org x0 local: retry time not reached for any host\n"
     "deferred 1pXYZb-0001Ab-2C >eve@example.org x1 local: Connection timed out\n"},
    /* nullmailer names nobody, or only behind the beginning */
    {{LINE("mail", "01", "nullmailer[1]: Starting delivery: protocol: smtp host: mx file: 17.9"),
      LINE("mail", "01", "nullmailer[1]: From: <ann@example.com> to: <bob@example.org>"),
      LINE("mail", "02", "nullmailer[2]: smtp: Failed: 553 no"),
      LINE("mail", "02", "nullmailer[1]: Moving message 17.9 into failed"),
      LINE("mail", "03", "nullmailer[1]: Starting delivery: protocol: smtp host: mx file: 17.10"),
      LINE("mail", "04", "nullmailer[3]: smtp: Succeeded: 250 Ok")},
     "bounced 17.9 >bob@example.org x1 out: 553 no\n"
     "sent 17.10 > x1 out: 250 Ok\n"},
};

static char *text_of(const char *const *lines) {
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < MOST_LINES && lines[i]; i++)
        g_string_append_printf(text, "%s\n", lines[i]);
    return g_string_free(text, FALSE);
}

static void expect_rows(const struct row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        g_autofree char *text = text_of(rows[i].lines);
        expect_stories(text, (struct options){.wants_stories = true}, rows[i].expected);
    }
}

#define PMG(second, text) LINE("mail", second, "pmg-smtp-filter[1]: 2C225C6817C7EEE1481: " text)
#define CISCO             "Tue Nov 24 09:14:07 2026 Info: "
#define HOLD(second, id)                                                                                     \
    LINE("mail", second,                                                                                     \
         "postfix/cleanup[1]: " id ": hold: header Received: from x from h[192.0.2.9]; "                     \
         "from=<ann@example.com> to=<bob@example.org> proto=ESMTP helo=<h>: held")
#define LMTP(second, text)                                                                                   \
    LINE("mail", second, "dovecot: lmtp(bob@example.org)<1><sEs>: sieve: msgid=<a@b>: " text)

/* One recipient, however many queues and filters told of it. */
static const struct row filtered[] = {
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      LINE("mail", "02",
           "postfix/local[1]: 9C1D02B4: to=<bob@example.com>, relay=local, dsn=2.0.0, status=sent (forwarded "
           "as 7D2E03C5)"),
      REMOVED("mail", "02", "9C1D02B4"), FROM("mail", "02", "7D2E03C5", "ann@example.com"),
      TO("mail", "03", "7D2E03C5", "bob@example.org", MX, "bounced", "550 no"),
      REMOVED("mail", "04", "7D2E03C5")},
     "bounced 7D2E03C5 ann@example.com>bob@example.org x1 out: 550 no\n"},
    /* of the queue that it went on to the log says nothing: it is not lost */
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      LINE("mail", "02",
           "postfix/local[1]: 9C1D02B4: to=<bob@example.com>, relay=local, dsn=2.0.0, status=sent (forwarded "
           "as 7D2E03C5)"),
      REMOVED("mail", "02", "9C1D02B4")},
     "sent 9C1D02B4 ann@example.com>bob@example.com x1 local: forwarded as 7D2E03C5\n"},
    /* a filter on another host, whose mail comes back only then; and one whose mail does not */
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", "10.0.0.5[10.0.0.5]:10024", "sent",
         "250 ok: queued as 7D2E03C5"),
      REMOVED("mail", "02", "9C1D02B4"), FROM("mail", "02", "7D2E03C5", "ann@example.com"),
      TO("mail", "03", "7D2E03C5", "bob@example.org", MX, "sent", "250 ok"),
      REMOVED("mail", "04", "7D2E03C5")},
     "sent 7D2E03C5 ann@example.com>bob@example.org x1 out: 250 ok\n"},
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", "10.0.0.5[10.0.0.5]:10024", "sent",
         "250 ok: queued as 7D2E03C5"),
      REMOVED("mail", "02", "9C1D02B4")},
     "sent 9C1D02B4 ann@example.com>bob@example.org x1 out: 250 ok: queued as 7D2E03C5\n"},
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      PMG("02", "moved mail for <bob@example.org> to spam quarantine - B2B2B2B202 (rule: Spam)"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", FILTER, "sent", "250 2.5.0 OK (2C225C6817C7EEE1481)"),
      REMOVED("mail", "02", "9C1D02B4")},
     "held 9C1D02B4 ann@example.com>bob@example.org x1 out: moved mail for <bob@example.org> to spam "
     "quarantine - B2B2B2B202 (rule: Spam)\n"},
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      PMG("02", "accept mail to <bob@example.org> (7D2E03C5) (rule: default-accept)"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", FILTER, "sent", "250 2.5.0 OK (2C225C6817C7EEE1481)"),
      REMOVED("mail", "02", "9C1D02B4"), FROM("mail", "02", "7D2E03C5", "ann@example.com"),
      TO("mail", "03", "7D2E03C5", "bob@example.org", MX, "sent", "250 ok"),
      REMOVED("mail", "04", "7D2E03C5")},
     "sent 7D2E03C5 ann@example.com>bob@example.org x1 out: 250 ok\n"},
    /* the same in files of their own, one behind the other: its verdict comes late, or never */
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", FILTER, "sent", "250 2.5.0 OK (2C225C6817C7EEE1481)"),
      REMOVED("mail", "02", "9C1D02B4"),
      PMG("02", "accept mail to <bob@example.org> (7D2E03C5) (rule: default-accept)"),
      FROM("mail", "02", "7D2E03C5", "ann@example.com"),
      TO("mail", "03", "7D2E03C5", "bob@example.org", MX, "sent", "250 ok"),
      REMOVED("mail", "04", "7D2E03C5")},
     "sent 7D2E03C5 ann@example.com>bob@example.org x1 out: 250 ok\n"},
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", FILTER, "sent", "250 2.5.0 OK (2C225C6817C7EEE1481)"),
      REMOVED("mail", "02", "9C1D02B4"), PMG("02", "block mail to <bob@example.org> (rule: Virus)")},
     "discarded  >bob@example.org x1 local: block mail to <bob@example.org> (rule: Virus)\n"},
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", FILTER, "sent", "250 2.5.0 OK (2C225C6817C7EEE1481)"),
      REMOVED("mail", "02", "9C1D02B4")},
     "sent 9C1D02B4 ann@example.com>bob@example.org x1 out: 250 2.5.0 OK (2C225C6817C7EEE1481)\n"},
    /* sa-exim's line and Exim's, or its alone */
    {{"2026-11-24 09:14:07 1pXYZa-0001Ab-2C SA: Action: silently tossed message: score=9 (x). From <a@b> "
      "(host=h "
      "[192.0.2.9]) for bob@example.org",
      "2026-11-24 09:14:07 1pXYZa-0001Ab-2C <= ann@example.com H=h [192.0.2.9] P=esmtp S=9",
      "2026-11-24 09:14:07 1pXYZa-0001Ab-2C => blackhole (local_scan() discarded recipients)",
      "2026-11-24 09:14:07 1pXYZa-0001Ab-2C Completed"},
     "discarded 1pXYZa-0001Ab-2C ann@example.com> x1 local: silently tossed message: score=9\n"},
    {{"2026-11-24 09:14:07 1pXYZa-0001Ab-2C SA: Action: silently tossed message: score=9 (x). From <a@b> "
      "(host=h "
      "[192.0.2.9]) for bob@example.org"},
     "discarded  >bob@example.org x1 local: silently tossed message: score=9\n"},
    /* a recipient of IronPort's is a number; what is put off goes on under the same */
    {{CISCO "MID 4 ICID 5 From: <ann@example.com>", CISCO "MID 4 ICID 5 RID 0 To: <bob@example.org>",
      CISCO "MID 4 ICID 5 RID 1 To: <eve@example.org>",
      CISCO "Delayed: DCID 5 MID 4 to RID 0 - 4.1.0 - Unknown address error ('466', ['full'])[]",
      CISCO "Bounced: DCID 3 MID 4 to RID 1 - 5.1.0 - Unknown address error ('550', ['no']) []",
      CISCO "Message done DCID 16 MID 4 to RID [0]", CISCO "Message finished MID 4 done"},
     "sent 4 ann@example.com>bob@example.org x2 out: 466 full\n"
     "bounced 4 ann@example.com>eve@example.org x1 local: 550 no\n"},
    {{CISCO "MID 4 ICID 5 From: <ann@example.com>", CISCO "MID 4 ICID 5 RID 0 To: <bob@example.org>",
      CISCO "Message aborted MID 4 Dropped by amp", CISCO "Message finished MID 4 done"},
     "discarded 4 ann@example.com>bob@example.org x1 local: Dropped by amp\n"},
    {{HOLD("01", "9C1D02B4")}, "held 9C1D02B4 ann@example.com>bob@example.org x1 local: held\n"},
    {{HOLD("01", "9C1D02B4"), LINE("mail", "02", "MailScanner[1]: Requeue: 9C1D02B4.A1B2C to 7D2E03C5"),
      FROM("mail", "02", "7D2E03C5", "ann@example.com"),
      TO("mail", "03", "7D2E03C5", "bob@example.org", MX, "sent", "250 ok"),
      REMOVED("mail", "04", "7D2E03C5")},
     "sent 7D2E03C5 ann@example.com>bob@example.org x1 out: 250 ok\n"},
    {{HOLD("01", "9C1D02B4"),
      LINE("mail", "02", "MailScanner[1]: Spam Actions: message 9C1D02B4.A1B2C actions are delete")},
     "discarded 9C1D02B4 ann@example.com>bob@example.org x1 local: held\n"},
    /* released: the queue manager takes it */
    {{HOLD("01", "9C1D02B4"), FROM("mail", "02", "9C1D02B4", "ann@example.com"),
      TO("mail", "03", "9C1D02B4", "bob@example.org", MX, "sent", "250 ok"),
      REMOVED("mail", "04", "9C1D02B4")},
     "sent 9C1D02B4 ann@example.com>bob@example.org x2 out: 250 ok\n"},
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"), LMTP("02", "marked message to be discarded"),
      LINE("mail", "02",
           "postfix/lmtp[1]: 9C1D02B4: to=<bob@example.org>, relay=m[private/lmtp], dsn=2.0.0, status=sent "
           "(250 2.0.0 <bob@example.org> sEs Saved)"),
      REMOVED("mail", "02", "9C1D02B4")},
     "discarded 9C1D02B4 ann@example.com>bob@example.org x1 out: marked message to be discarded\n"},
    /* the queue that took it is in the log, and tells of nobody */
    {{FROM("mail", "01", "9C1D02B4", "ann@example.com"), FROM("mail", "02", "7D2E03C5", "ann@example.com"),
      TO("mail", "03", "9C1D02B4", "bob@example.org", FILTER, "sent", "250 2.0.0 Ok: queued as 7D2E03C5"),
      REMOVED("mail", "04", "9C1D02B4")},
     "sent 7D2E03C5 ann@example.com>bob@example.org x1 local\n"},
    /* amavis says what it did, and Postfix that amavis took it */
    {{LINE(
          "mail", "01",
          "amavis[1]: (03491-01) Blocked SPAM {DiscardedInbound}, <ann@example.com> -> <bob@example.org>, x"),
      TO("mail", "02", "9C1D02B4", "bob@example.org", FILTER, "sent",
         "250 2.7.0 Ok, discarded, id=03491-01 - spam")},
     "discarded 9C1D02B4 >bob@example.org x1 out: Blocked SPAM {DiscardedInbound}\n"},
    {{LMTP("02", "marked message to be discarded"), LMTP("03", "marked message to be discarded")},
     "discarded  >bob@example.org x1 local: marked message to be discarded\n"
     "discarded  >bob@example.org x1 local: marked message to be discarded\n"},
    {{SENDMAIL("01", "<bob@example.org>... User unknown"),
      SENDMAIL("02", "from=<ann@example.com>, size=1, class=0, nrcpts=0, relay=[192.0.2.45]")},
     "rejected 5AO9E7xY000012 ann@example.com>bob@example.org x1 in: User unknown\n"},
    /* OpenSMTPD's session, whose refusals are no tries of ours */
    {{"Nov 24 09:14:01 mail smtpd[2]: 1e722991167e2b80 smtp connected address=203.0.113.4 host=x",
      "Nov 24 09:14:02 mail smtpd[2]: 1e722991167e2b80 smtp failed-command command=\"RCPT "
      "TO:<bob@example.org>\" result=\"550 Invalid recipient\"",
      "Nov 24 09:14:03 mail smtpd[2]: 1e722991167e2b80 smtp disconnected reason=quit"},
     "rejected 1e722991167e2b80 >bob@example.org x1 in: 550 Invalid recipient\n"},
    /* and before 5.7 */
    {{"Nov 24 09:14:01 mail smtpd[2]: smtp-in: New session 7818378b78e6ffe0 from host x [203.0.113.4]",
      "Nov 24 09:14:02 mail smtpd[2]: smtp-in: Failed command on session 7818378b78e6ffe0: \"RCPT "
      "TO:<bob@example.org>\" => 550 Invalid recipient",
      "Nov 24 09:14:03 mail smtpd[2]: smtp-in: Closing session 7818378b78e6ffe0"},
     "rejected 7818378b78e6ffe0 >bob@example.org x1 in: 550 Invalid recipient\n"},
};

static void joins_tries(void **state) {
    (void)state;
    expect_rows(outcomes, ROWS(outcomes));
}

static void joins_by_queue_id(void **state) {
    (void)state;
    expect_rows(queue_ids, ROWS(queue_ids));
}

static void joins_other_systems(void **state) {
    (void)state;
    expect_rows(other_systems, ROWS(other_systems));
}

static void joins_filters(void **state) {
    (void)state;
    expect_rows(filtered, ROWS(filtered));
}

static void tells_tries(void **state) {
    static const char *const lines[MOST_LINES] = {
        TO("mail", "01", "9C1D02B4", "bob@example.org", MX, "deferred", "450 wait"),
        TO("mail", "02", "9C1D02B4", "bob@example.org", MX, "sent", "250 ok")};
    g_autofree char *text = text_of(lines);
    (void)state;
    expect_stories(text, (struct options){.wants_stories = false, .wants_tries = true},
                   "try deferred 9C1D02B4 bob@example.org\n"
                   "try sent 9C1D02B4 bob@example.org\n"
                   "sent 9C1D02B4 >bob@example.org x2 out: 450 wait\n");
}

/* More recipients than are gone through one by one. */
static void joins_many_recipients(void **state) {
    g_autoptr(GString) text = g_string_new(FROM("mail", "01", "9C1D02B4", "ann@example.com") "\n");
    g_autoptr(GString) expected = g_string_new(NULL);
    (void)state;
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 100; i++)
            g_string_append_printf(text, TO("mail", "02", "9C1D02B4", "r%d@example.org", MX, "%s", "x") "\n",
                                   i, round ? "sent" : "deferred");
    for (int i = 0; i < 100; i++)
        g_string_append_printf(expected, "sent 9C1D02B4 ann@example.com>r%d@example.org x2 out: x\n", i);
    expect_stories(text->str, (struct options){.wants_stories = true}, expected->str);
}

static void closes_the_oldest_beyond_a_limit(void **state) {
    static const char *const lines[MOST_LINES] = {
        TO("mail", "01", "9C1D02B1", "bob@example.org", MX, "deferred", "1"),
        TO("mail", "02", "9C1D02B2", "bob@example.org", MX, "deferred", "2"),
        TO("mail", "03", "9C1D02B3", "bob@example.org", MX, "deferred", "3"),
        TO("mail", "04", "9C1D02B1", "bob@example.org", MX, "sent", "4")};
    g_autofree char *text = text_of(lines);
    struct totals totals;
    uint64_t forgotten;
    (void)state;
    totals_init(&totals);
    GString *actual =
        join_text(text, (struct options){.wants_stories = true, .limit_open = 2}, &forgotten, &totals);
    assert_string_equal(actual->str, "deferred 9C1D02B1 >bob@example.org x1 out: 1\n"
                                     "deferred 9C1D02B2 >bob@example.org x1 out: 2\n"
                                     "deferred 9C1D02B3 >bob@example.org x1 out: 3\n"
                                     "sent 9C1D02B1 >bob@example.org x1 out: 4\n");
    expect_number("forgotten", (long long)forgotten, 2);
    g_string_free(actual, TRUE);
    totals_free(&totals);
}

/* Of one message ever more recipients are told, with long names. */
static void closes_what_is_too_large(void **state) {
    g_autoptr(GString) text = g_string_new(NULL);
    struct totals totals;
    uint64_t forgotten;
    (void)state;
    totals_init(&totals);
    for (unsigned i = 0; i < 1000; i++)
        g_string_append_printf(text,
                               "Nov 24 09:14:04 mail postfix/smtp[1]: 9C1D02B1: to=<u%u-%0200d@example.org>, "
                               "relay=mx[192.0.2.1]:25, delay=1, dsn=4.0.0, status=deferred (later)\n",
                               i, 0);
    GString *actual = join_text(text->str, (struct options){.limit_open_bytes = 100000}, &forgotten, &totals);
    assert_in_range(forgotten, 4, 10); /* each recipient takes some 600 bytes */
    unsigned told = 0;
    for (const char *c = actual->str; *c; c++)
        told += *c == '\n';
    expect_number("recipients", told, 1000);
    g_string_free(actual, TRUE);
    totals_free(&totals);
}

#define HANDED(second, id, next)                                                                             \
    TO("in", second, id, "bob@example.org", NEXT_HOST, "sent", "250 Ok: queued as " next)

/* The lines of two hosts in any order; of what waited too long it is said that it counts twice. */
static void finds_where_mail_went_on(void **state) {
    static const struct {
        const char *lines[MOST_LINES];
        size_t limit;
        const char *expected;
        unsigned late;
    } rows[] = {
        {{FROM("in", "01", "9C1D0A1", "ann@example.com"), HANDED("02", "9C1D0A1", "9C1D0B1"),
          REMOVED("in", "02", "9C1D0A1"), FROM("out", "02", "9C1D0B1", "ANN@example.com"),
          TO("out", "03", "9C1D0B1", "bob@example.org", MX, "bounced", "no"),
          REMOVED("out", "03", "9C1D0B1")},
         9,
         "bounced 9C1D0B1 ANN@example.com>bob@example.org x1 out: no\n",
         0},
        {{FROM("out", "02", "9C1D0B1", "ann@example.com"),
          TO("out", "03", "9C1D0B1", "bob@example.org", MX, "bounced", "no"), REMOVED("out", "03", "9C1D0B1"),
          FROM("in", "01", "9C1D0A1", "ann@example.com"), HANDED("02", "9C1D0A1", "9C1D0B1"),
          REMOVED("in", "02", "9C1D0A1")},
         9,
         "bounced 9C1D0B1 ann@example.com>bob@example.org x1 out: no\n",
         0},
        /* a queue id that is used again while its mail waits */
        {{FROM("in", "01", "9C1D0A1", "ann@example.com"), HANDED("02", "9C1D0A1", "9C1D0B1"),
          REMOVED("in", "02", "9C1D0A1"), FROM("in", "03", "9C1D0A1", "eve@example.com"),
          TO("in", "03", "9C1D0A1", "bob@example.org", MX, "sent", "ok"), REMOVED("in", "03", "9C1D0A1"),
          FROM("out", "02", "9C1D0B1", "ann@example.com"),
          TO("out", "03", "9C1D0B1", "bob@example.org", MX, "bounced", "no"),
          REMOVED("out", "03", "9C1D0B1")},
         9,
         "sent 9C1D0A1 eve@example.com>bob@example.org x1 out: ok\n"
         "bounced 9C1D0B1 ann@example.com>bob@example.org x1 out: no\n",
         0},
        /* another sender's; the day before */
        {{FROM("in", "01", "9C1D0A1", "ann@example.com"), HANDED("02", "9C1D0A1", "9C1D0B1"),
          REMOVED("in", "02", "9C1D0A1"), FROM("out", "02", "9C1D0B1", "eve@example.com"),
          TO("out", "03", "9C1D0B1", "bob@example.org", MX, "sent", "ok"), REMOVED("out", "03", "9C1D0B1")},
         9,
         "sent 9C1D0B1 eve@example.com>bob@example.org x1 out: ok\n"
         "sent 9C1D0A1 ann@example.com>bob@example.org x1 out: 250 Ok: queued as 9C1D0B1\n",
         0},
        {{"Nov 22 09:14:00 out postfix/qmgr[1]: 9C1D0B1: from=<ann@example.com>, size=9, nrcpt=1 (queue "
          "active)",
          REMOVED("out", "03", "9C1D0B1"), FROM("in", "01", "9C1D0A1", "ann@example.com"),
          HANDED("02", "9C1D0A1", "9C1D0B1"), REMOVED("in", "02", "9C1D0A1")},
         9,
         "sent 9C1D0A1 ann@example.com>bob@example.org x1 out: 250 Ok: queued as 9C1D0B1\n",
         0},
        {{FROM("in", "01", "9C1D0A1", "ann@example.com"), HANDED("02", "9C1D0A1", "9C1D0B1"),
          REMOVED("in", "02", "9C1D0A1"), FROM("in", "01", "9C1D0A2", "ann@example.com"),
          HANDED("02", "9C1D0A2", "9C1D0B2"), REMOVED("in", "02", "9C1D0A2"),
          FROM("out", "02", "9C1D0B1", "ann@example.com"),
          TO("out", "03", "9C1D0B1", "bob@example.org", MX, "sent", "ok"),
          FROM("out", "02", "9C1D0B2", "ann@example.com"),
          TO("out", "03", "9C1D0B2", "bob@example.org", MX, "sent", "ok")},
         1,
         "sent 9C1D0A1 ann@example.com>bob@example.org x1 out: 250 Ok: queued as 9C1D0B1\n"
         "sent 9C1D0B1 ann@example.com>bob@example.org x1 out: ok\n"
         "sent 9C1D0B2 ann@example.com>bob@example.org x1 out: ok\n",
         1}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autofree char *text = text_of(rows[i].lines);
        uint64_t late;
        expect_stories(text,
                       (struct options){.wants_stories = true, .limit_awaited = rows[i].limit, .late = &late},
                       rows[i].expected);
        expect_number(text, (long long)late, rows[i].late);
    }
}

/* A mail of many recipients that waits under one queue id, or under as many; and mails that wait for the
 * same. */
static void waits_for_many(void **state) {
    g_autoptr(GString) text = g_string_new(NULL);
    (void)state;
    for (int i = 0; i < 300; i++) {
        g_string_append_printf(text, FROM("in", "01", "9C1A%04X", "ann@example.com") "\n", i);
        g_string_append_printf(text, HANDED("02", "9C1A%04X", "9C1B%04X") "\n", i, i % 2 ? 1 : i);
        g_string_append_printf(
            text,
            TO("in", "02", "9C1A%04X", "c@example.org", NEXT_HOST, "sent", "250 Ok: queued as 9C1B%04X") "\n",
            i, i % 2 ? 1 : i);
        g_string_append_printf(text, REMOVED("in", "03", "9C1A%04X") "\n", i);
    }
    for (int i = 0; i < 300; i++)
        g_string_append_printf(text, FROM("out", "04", "9C1B%04X", "ann@example.com") "\n", i);
    struct totals totals;
    uint64_t forgotten;
    totals_init(&totals);
    GString *told = join_text(text->str, (struct options){.limit_awaited = 1000}, &forgotten, &totals);
    unsigned sent = 0;
    for (const char *at = told->str; (at = strchr(at, '\n')) != NULL; at++)
        sent++;
    /* Of those that wait for one only the last one may have gone on; those who did are told of where they
     * went. */
    expect_number("sent", sent, 149 * 2 + 151 * 2);
    expect_number("forwarded", (long long)totals.forwarded, 151 * 2);
    g_string_free(told, TRUE);
    totals_free(&totals);
}

static void counts_failures(void **state) {
    static const char *const lines[MOST_LINES] = {
        LINE("mail", "01", "smtpd[1]: x smtp authentication user=a result=permfail"),
        LINE("mail", "02", "last message repeated 3 times"),
        LINE("mail", "03", "smtpd[1]: x smtp disconnected reason=timeout"),
        LINE("mail", "04", "dovecot: imap-login: TLS handshaking: SSL_accept() failed")};
    g_autofree char *text = text_of(lines);
    struct totals totals;
    uint64_t forgotten;
    (void)state;
    totals_init(&totals);
    g_string_free(join_text(text, (struct options){.limit_open = 0}, &forgotten, &totals), TRUE);
    expect_number("logins", (long long)totals.logins, 4);
    expect_number("lost", (long long)totals.lost, 1);
    expect_number("tls", (long long)totals.tls, 1);
    totals_free(&totals);
}

struct kept {
    const struct reply_class *class;
    struct slice client, message_id;
    int64_t size;
    char text[64];
};

static void keep(void *context, const struct delivery *d) {
    struct kept *k = context;
    k->class = d->class;
    k->size = d->size;
    snprintf(k->text, sizeof k->text, "%.*s %.*s %.*s %.*s", S(d->client), S(d->client_ip), S(d->user),
             S(d->message_id));
}

/* The class of a refusal stays: through the line that gives up, and where it was sent in the end. */
static void keeps_class_and_client(void **state) {
    static const struct reply_class expired = {.cause = &greylisted, .is_permanent = true};
    struct log_event events[] = {
        {.kind = LOG_CLIENT,
         .client = SLICE("web"),
         .client_ip = SLICE("198.51.100.9"),
         .user = SLICE("ann")},
        {.kind = LOG_MESSAGE_ID, .message_id = SLICE("x@example.com")},
        {.kind = LOG_QUEUED, .sender = SLICE("ann@example.com"), .size = 99, .recipients = 1},
        {.kind = LOG_ATTEMPT, .status = LOG_DEFERRED, .text = SLICE("450 wait")},
        {.kind = LOG_ATTEMPT, .status = LOG_GIVEN_UP, .text = SLICE("too old"), .is_last = true},
    };
    struct totals totals;
    struct kept kept = {.class = NULL};
    struct join_options options = {.wants_stories = true, .delivered = keep, .context = &kept};
    (void)state;
    totals_init(&totals);
    struct join *join = join_new(&totals, &options);
    for (size_t i = 0; i < ROWS(events); i++) {
        events[i].queue_id = SLICE("9C1D02B4");
        struct judged_event event = {.event = &events[i],
                                     .class = i == 3   ? &judged
                                              : i == 4 ? &expired
                                                       : NULL};
        join_event(join, &event);
    }
    assert_ptr_equal(kept.class, &judged);
    assert_string_equal(kept.text, "web 198.51.100.9 ann x@example.com");
    expect_number("size", kept.size, 99);
    join_free(join);
    join_free(NULL);
    totals_free(&totals);
}

/* Those for whom a mail came in are told of while it is in the queue, unless somebody else was tried for
 * them. */
static void tells_for_whom_a_mail_came_in(void **state) {
    static const char came_in[] =
        EXIM "<= ann@example.com H=x [198.51.100.9] P=esmtp S=9 id=m@example.com for bob@example.org "
             "Eve@example.org info@example.org\n";
    (void)state;
    expect_stories(came_in, (struct options){.wants_stories = true},
                   "deferred 1pXYZa-0001Ab-2C ann@example.com>bob@example.org x0 local\n"
                   "deferred 1pXYZa-0001Ab-2C ann@example.com>Eve@example.org x0 local\n"
                   "deferred 1pXYZa-0001Ab-2C ann@example.com>info@example.org x0 local\n");
    g_autofree char *tried = g_strconcat(came_in,
                                         EXIM "=> eve@example.org R=local T=maildir\n" EXIM
                                              "=> carl <info@example.org> R=local T=maildir\n",
                                         NULL);
    expect_stories(tried, (struct options){.wants_stories = true},
                   "deferred 1pXYZa-0001Ab-2C ann@example.com>bob@example.org x0 local\n"
                   "sent 1pXYZa-0001Ab-2C ann@example.com>eve@example.org x1 local\n"
                   "sent 1pXYZa-0001Ab-2C ann@example.com>info@example.org (info@example.org) x1 local\n");
    g_autofree char *done = g_strconcat(tried, EXIM "Completed\n", NULL);
    expect_stories(done, (struct options){.wants_stories = true},
                   "sent 1pXYZa-0001Ab-2C ann@example.com>eve@example.org x1 local\n"
                   "sent 1pXYZa-0001Ab-2C ann@example.com>info@example.org (info@example.org) x1 local\n");
}

/* Mails that came in, of which nothing more is told, neither a try nor their end. */
static void counts_what_is_open(void **state) {
    static const struct {
        const char *log;
        uint64_t open, done;
    } rows[] = {
        {EXIM "<= ann@example.com U=ann P=local S=9 for bob@example.org\n", 1, 0},
        {EXIM "<= ann@example.com U=ann P=local S=9\n" EXIM "Completed\n", 0, 1},
        {EXIM "<= ann@example.com U=ann P=local S=9\n" EXIM "=> bob@example.org R=local T=maildir\n", 0, 0},
        {LINE("mail", "01", "postfix/qmgr[1]: 9C1D0B1: from=<a@b.example>, size=9, nrcpt=2 (queue active)") "\n" LINE(
             "mail", "02",
             "postfix/qmgr[1]: 9C1D0B2: from=<a@b.example>, size=9, nrcpt=1 (queue active)") "\n" REMOVED("ma"
                                                                                                          "i"
                                                                                                          "l",
                                                                                                          "0"
                                                                                                          "5",
                                                                                                          "9C"
                                                                                                          "1D"
                                                                                                          "0B"
                                                                                                          "2"),
         1, 1},
        {LINE("mail", "01", "postfix/cleanup[1]: 9C1D0B1: message-id=<x@b.example>"), 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct totals totals;
        uint64_t forgotten;
        totals_init(&totals);
        g_string_free(join_text(rows[i].log, (struct options){.wants_stories = false}, &forgotten, &totals),
                      TRUE);
        expect_number(rows[i].log, (long long)totals.open, (long long)rows[i].open);
        expect_number(rows[i].log, (long long)totals.done, (long long)rows[i].done);
        totals.outcomes
            .of[OUTCOME_SENT]++; /* where the end of mails is told nowhere, many are never told of */
        expect_number(rows[i].log, (long long)totals_open(&totals),
                      (long long)(rows[i].done ? rows[i].open : 0));
        totals.outcomes.of[OUTCOME_SENT]--;
        totals_free(&totals);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(counts_what_is_open),
                                       cmocka_unit_test(tells_for_whom_a_mail_came_in),
                                       cmocka_unit_test(joins_tries),
                                       cmocka_unit_test(joins_by_queue_id),
                                       cmocka_unit_test(joins_other_systems),
                                       cmocka_unit_test(tells_tries),
                                       cmocka_unit_test(joins_many_recipients),
                                       cmocka_unit_test(closes_the_oldest_beyond_a_limit),
                                       cmocka_unit_test(closes_what_is_too_large),
                                       cmocka_unit_test(closes_what_is_too_large),
                                       cmocka_unit_test(finds_where_mail_went_on),
                                       cmocka_unit_test(waits_for_many),
                                       cmocka_unit_test(counts_failures),
                                       cmocka_unit_test(joins_filters),
                                       cmocka_unit_test(keeps_class_and_client)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
