/* Postfix: "postfix/smtp[123]: QUEUEID: to=<…>, relay=…, status=… (…)". Instances write their own name
 * before the slash, a service may stand between ("postfix/submission/smtpd"). Daemons are rows. */
#define _GNU_SOURCE
#include "parsers/base/scan.h"
#include "parsers/log/postfix_delivery.h"
#include "parsers/log/postfix_session.h"
#include "parsers/log/postfix_words.h"

struct daemon {
    const char *name;
    size_t length;
    enum line_result (*read)(struct log_facts *f, const struct log_line *line, struct slice id,
                             struct slice text);
};

static int64_t number_behind(struct slice s, const char *key) {
    size_t at = postfix_find(s, key);
    return at < s.len ? slice_number(slice_from(s, at + strlen(key)), NULL) : -1;
}

static void end_open(struct log_facts *f, const struct log_line *line, struct slice id,
                     enum log_status status) {
    struct log_event *e = log_event_add(f, LOG_ENDED, line);
    e->queue_id = id;
    e->status = (unsigned char)status;
}

static enum line_result read_qmgr(struct log_facts *f, const struct log_line *line, struct slice id,
                                  struct slice text) {
    if (id.len && slice_equal(text, SLICE("removed"))) {
        log_event_add(f, LOG_DONE, line)->queue_id = id;
        return LINE_EVENT;
    }
    if (!id.len || !starts(text, "from="))
        return postfix_pass(f, "a notice of the queue manager", line);
    struct slice rest = slice_from(text, 5);
    struct slice sender = postfix_take_address(&rest);
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = id;
    e->sender = sender;
    bool is_expired = starts(rest, "status=expired") || starts(rest, "status=force-expired");
    if (is_expired && !memchr(rest.ptr, '>', rest.len)) { /* else it may be the sender's words */
        e->size = e->recipients = -1;
        end_open(f, line, id, LOG_GIVEN_UP);
        return LINE_EVENT;
    }
    e->size = starts(rest, "size=") ? slice_number(slice_from(rest, 5), NULL) : number_behind(rest, "size=");
    int64_t recipients = number_behind(rest, "nrcpt=");
    e->recipients = recipients > 0 ? (int)recipients : 0;
    return LINE_EVENT;
}

/* "sender non-delivery notification: 4Fq2xR": nothing is made of it, and no kind of line counted. */
static enum line_result read_bounce(struct log_facts *f, const struct log_line *line, struct slice id,
                                    struct slice text) {
    if (!id.len || !slice_has(text, "notification: "))
        return postfix_pass(f, "a notice of bounce", line);
    return LINE_PASSED;
}

/* What the administrator did with it. */
static enum line_result read_postsuper(struct log_facts *f, const struct log_line *line, struct slice id,
                                       struct slice text) {
    if (id.len && slice_equal(text, SLICE("placed on hold"))) {
        end_open(f, line, id, LOG_HELD);
        return LINE_EVENT;
    }
    if (id.len && slice_equal(text, SLICE("requeued"))) { /* it comes back under another queue id */
        log_event_add(f, LOG_MOVED, line)->queue_id = id;
        return LINE_EVENT;
    }
    if (!id.len || !slice_equal(text, SLICE("removed")))
        return postfix_pass(f, "an action of postsuper", line);
    end_open(f, line, id, LOG_DISCARDED);
    log_event_add(f, LOG_DONE, line)->queue_id = id;
    return LINE_EVENT;
}

/* How many letters and digits it begins with, and whether small letters are among them. */
static size_t word_length(struct slice s, bool *has_small) {
    size_t i = 0;
    *has_small = false;
#ifdef __SSE2__
    for (; i + 16 <= s.len; i += 16) {
        __m128i bytes = _mm_loadu_si128((const void *)(s.ptr + i));
        __m128i small = scan_is_between(bytes, 'a', 'z');
        __m128i other = _mm_or_si128(scan_is_between(bytes, '0', '9'), scan_is_between(bytes, 'A', 'Z'));
        unsigned gaps = 0xffff & ~(unsigned)_mm_movemask_epi8(_mm_or_si128(small, other));
        unsigned word = gaps ? (gaps & -gaps) - 1 : 0xffff;
        *has_small |= ((unsigned)_mm_movemask_epi8(small) & word) != 0;
        if (gaps)
            return i + (size_t)__builtin_ctz(gaps);
    }
#endif
    for (; i < s.len && ascii_is_alnum(s.ptr[i]); i++)
        *has_small |= s.ptr[i] >= 'a';
    return i;
}

static enum line_result read_pickup(struct log_facts *f, const struct log_line *line, struct slice id,
                                    struct slice text) {
    if (!id.len || !starts(text, "uid="))
        return postfix_pass(f, "a local submission", line);
    struct log_event *e = log_event_add(f, LOG_CLIENT, line);
    e->queue_id = id;
    e->uid = slice_number(slice_from(text, 4), NULL);
    struct slice before = slice_from(text, slice_find_last_nocase(text, SLICE("> orig_id=")) + 10);
    bool has_small;
    if (before.len && word_length(before, &has_small) == before.len) { /* postsuper -r put it here */
        e = log_event_add(f, LOG_MOVED, line);
        e->queue_id = before;
        e->next_queue_id = id;
    }
    return LINE_EVENT;
}

static enum line_result read_nothing(struct log_facts *f, const struct log_line *line, struct slice id,
                                     struct slice text) {
    (void)id;
    (void)text;
    return postfix_pass(f, "a service of Postfix that says nothing of deliveries", line);
}

#define NAME(text) text, sizeof(text) - 1

static const struct daemon daemons[] = {
    {NAME("smtp"), postfix_read_delivery},
    {NAME("qmgr"), read_qmgr},
    {NAME("smtpd"), postfix_read_smtpd},
    {NAME("cleanup"), postfix_read_cleanup},
    {NAME("lmtp"), postfix_read_delivery},
    {NAME("local"), postfix_read_delivery},
    {NAME("virtual"), postfix_read_delivery},
    {NAME("pipe"), postfix_read_delivery},
    {NAME("error"), postfix_read_delivery},
    {NAME("retry"), postfix_read_delivery},
    {NAME("discard"), postfix_read_delivery},
    {NAME("postscreen"), postfix_read_smtpd},
    {NAME("nqmgr"), read_qmgr},
    {NAME("bounce"), read_bounce},
    {NAME("pickup"), read_pickup},
    {NAME("postsuper"), read_postsuper},
    {NAME("anvil"), read_nothing},
    {NAME("dnsblog"), read_nothing},
    {NAME("master"), read_nothing},
    {NAME("scache"), read_nothing},
    {NAME("tlsproxy"), read_nothing},
    {NAME("tlsmgr"), read_nothing},
    {NAME("verify"), read_nothing},
    {NAME("trivial-rewrite"), read_nothing},
    {NAME("proxymap"), read_nothing},
    {NAME("postfix-script"), read_nothing},
    {NAME("postdrop"), read_nothing},
    {NAME("sendmail"), read_nothing},
    {NAME("postqueue"), read_nothing},
    {NAME("flush"), read_nothing},
    {NAME("showq"), read_nothing},
    {NAME("spawn"), read_nothing},
    {NAME("postlog"), read_nothing},
    {NAME("qmqpd"), read_nothing},
    {NAME("oqmgr"), read_qmgr},
    {NAME("postmap"), read_nothing},
    {NAME("postalias"), read_nothing},
    {NAME("submission"), postfix_read_smtpd},
    {NAME("policyd-spf"), read_nothing},
    {NAME("postlogd"), read_nothing},
    {NAME("postmulti"), read_nothing},
    {NAME("postconf"), read_nothing},
    {NAME("trace"), read_bounce},
    {NAME("defer"), read_bounce},
};

static const struct daemon *find_daemon(struct slice name) {
    for (size_t i = 0; i < sizeof daemons / sizeof *daemons; i++)
        if (daemons[i].length == name.len && daemons[i].name[0] == name.ptr[0] &&
            memcmp(name.ptr, daemons[i].name, name.len) == 0)
            return &daemons[i];
    return NULL;
}

/* "9C1D02B4:to=<bob@example.org>", as somebody left it */
static bool lost_blank(struct slice behind) {
    return starts(behind, "to=<") || starts(behind, "from=<");
}

/* "4Fq2xR6hLmz9rJ: ", "NOQUEUE: ": taken off the text. */
static struct slice take_id(struct slice *text) {
    bool has_small;
    size_t i = word_length(slice_upto(*text, 40), &has_small);
    bool is_word = has_small && i < 10;                               /* "warning: ", "fatal: " */
    bool is_short = i < 5 && !starts(slice_from(*text, i), ": to=<"); /* none, but one that somebody hid */
    bool has_id = i && !is_short && !is_word && i + 1 < text->len && text->ptr[i] == ':';
    if (!has_id || (text->ptr[i + 1] != ' ' && !lost_blank(slice_from(*text, i + 1))))
        return SLICE_EMPTY;
    struct slice id = slice_upto(*text, i);
    *text = slice_from(*text, i + 1 + (text->ptr[i + 1] == ' '));
    while (text->len && text->ptr[0] == ' ') /* pages double blanks */
        *text = slice_from(*text, 1);
    return id;
}

/* What somebody wrote in place of an id, "<queue-id>: to=<…", "****: reject: …", is taken off. */
static void skip_hidden_id(struct slice *text) {
    static const char *const begin[] = {
        "to=<", "reject: ", "milter-reject: ", "milter-discard: ", "milter-hold: ", "discard: ", "hold: "};
    size_t word = slice_find_char(slice_upto(*text, 40), ' ');
    if (word < 2 || word >= text->len || text->ptr[word - 1] != ':' || starts(*text, "warning:") ||
        starts(*text, "error:") || starts(*text, "fatal:") || starts(*text, "panic:"))
        return;
    struct slice rest = slice_from(*text, word + 1);
    for (size_t i = 0; i < sizeof begin / sizeof *begin; i++)
        if (starts(rest, begin[i])) {
            *text = rest;
            return;
        }
}

static enum line_result postfix_read(struct log_facts *f, const struct log_line *line) {
    struct slice program = line->program;
    const char *slash = program.len ? memrchr(program.ptr, '/', program.len) : NULL;
    if (!slash)
        return LINE_NOT_MINE;
    const struct daemon *daemon = find_daemon(slice_from(program, (size_t)(slash - program.ptr) + 1));
    if (!daemon)
        return starts(program, "postfix") ? postfix_pass(f, "a program beside Postfix", line) : LINE_NOT_MINE;
    struct slice text = line->message;
    struct slice id = take_id(&text);
    if (!id.len)
        skip_hidden_id(&text);
    if (!id.len && daemon->read != read_nothing && starts(text, "warning: ") &&
        daemon->read != postfix_read_smtpd)
        return postfix_pass(f, "a warning", line);
    size_t before = f->count;
    bool is_delivery =
        id.len && starts(text, "to="); /* also of qmgr and cleanup, which refuse or put off themselves */
    return log_noted(f, line, id, before,
                     is_delivery ? postfix_read_delivery(f, line, id, text)
                                 : daemon->read(f, line, id, text));
}

const struct dialect dialect_postfix = {.name = "postfix", .read = postfix_read};
