/* The one engine for bounces that are only text. The formats are data (rules/bounces); a format says
 * how its report ends, how a recipient begins, and where host, command and reply stand. */
#include "parsers/bounce/textual.h"

#include "parsers/base/address.h"
#include "parsers/base/smtp_reply.h"
#include "parsers/base/text.h"
#include "parsers/bounce/copied.h"
#include "parsers/bounce/recipients.h"
#include "parsers/rules/format_words.h"

#include <glib.h>

#define LIMIT_BLOCK   ((size_t)16 << 10) /* what is said of one recipient */
#define MOST_PATTERNS 16                 /* recipient patterns of one format */

struct slice format_report(struct matcher *matcher, const struct format *format, struct slice human,
                           struct slice *returned) {
    struct pattern_match match;
    *returned = SLICE_EMPTY;
    if (format->returned && matcher_first(matcher, format->returned, human, &match)) {
        *returned = (struct slice){match.whole.ptr + match.whole.len,
                                   (size_t)(human.ptr + human.len - match.whole.ptr) - match.whole.len};
        human.len = (size_t)(match.whole.ptr - human.ptr);
    } else {
        human = text_before_copy(human, returned);
    }
    if (format->begin && matcher_first(matcher, format->begin, human, &match))
        human = slice_from(human, (size_t)(match.whole.ptr - human.ptr) + match.whole.len);
    return human;
}

/* Each of a format's recipient patterns with the match that it has next: a pattern is searched for
 * again only when its match has been passed, so that all of them together stay linear. */
struct finder {
    struct matcher *matcher;
    struct slice text;
    const struct rule_pattern *list;
    struct pattern_match next[MOST_PATTERNS];
    bool is_done[MOST_PATTERNS], is_found[MOST_PATTERNS];
};

static size_t offset_in(struct slice text, const char *p) {
    return (size_t)(p - text.ptr);
}

static bool finder_next(struct finder *f, size_t from, struct pattern_match *match) {
    int best = -1;
    for (int i = 0; i < MOST_PATTERNS && f->list[i].regex; i++) {
        if (f->is_found[i] && offset_in(f->text, f->next[i].whole.ptr) < from)
            f->is_found[i] = false;
        if (!f->is_found[i] && !f->is_done[i]) {
            f->is_found[i] = matcher_try(f->matcher, &f->list[i], f->text, from, &f->next[i]);
            f->is_done[i] = !f->is_found[i];
        }
        if (f->is_found[i] && (best < 0 || f->next[i].whole.ptr < f->next[best].whole.ptr))
            best = i;
    }
    if (best < 0)
        return false;
    *match = f->next[best];
    return true;
}

struct taking {
    struct recipient *r;
    struct arena *arena;
    struct slice recipient;
    struct slice text;    /* in which it is found */
    enum action told;     /* what the words say that became of this recipient */
    enum action told_all; /* the same of all of them */
    bool is_held;         /* it waits until somebody decides */
};

static void set_once(struct slice *member, struct slice value) {
    if (member->len == 0)
        *member = value;
}

static void take_diagnostic(struct recipient *r, struct slice text) {
    if (r->diagnostic.len || !text.len)
        return;
    r->diagnostic = text;
    r->where = "text of the report";
}

static void take_host(struct taking *t, struct slice text) {
    if (address_is_ip(text))
        set_once(&t->r->ip, text);
    else if (address_is_host(text))
        set_once(&t->r->host, text);
}

static void take_ip(struct taking *t, struct slice text) {
    set_once(&t->r->ip, address_ip_in_text(text));
}

static void take_command(struct taking *t, struct slice text) {
    set_once(&t->r->command, command_canonical(text));
}

/* The mark that ends a sentence is none of the address (RFC 5321 section 4.1.2: a domain ends in no dot). */
static struct slice without_stop(struct slice address) {
    while (address.len > 1 && strchr(".,;!?", address.ptr[address.len - 1]))
        address.len--;
    return address;
}

static void take_recipient(struct taking *t, struct slice text) {
    set_once(&t->recipient, without_stop(address_strip(text)));
}

static void take_original(struct taking *t, struct slice text) {
    set_once(&t->r->original, address_strip(text));
}

static void take_status(struct taking *t, struct slice text) {
    if (t->r->status[0] == 0)
        enhanced_parse(text, t->r->status);
}

/* A reply with "550-" at its start goes on in the lines behind it up to one with "550 " (RFC 5321 section
 * 4.2.1), however far a pattern reached. */
static struct slice with_its_lines(struct slice reply, struct slice text) {
    int code = reply_line_code(reply);
    bool is_within =
        reply.ptr && text.ptr && reply.ptr >= text.ptr && reply.ptr + reply.len <= text.ptr + text.len;
    bool is_open = code && is_within && reply.len > 3 && reply.ptr[3] == '-' &&
                   slice_find_char(reply, '\n') == reply.len;
    struct slice rest = slice_from(text, is_open ? offset_in(text, reply.ptr) + reply.len : text.len);
    struct slice line;
    slice_next_line(&rest, &line); /* what is left of its own */
    while (is_open && slice_next_line(&rest, &line) && reply_line_code(slice_trim(line)) == code) {
        line = slice_trim(line);
        reply.len = (size_t)(line.ptr + line.len - reply.ptr);
        is_open = line.len > 3 && line.ptr[3] == '-';
    }
    return reply;
}

static void take_reply(struct taking *t, struct slice text) {
    take_diagnostic(t->r, with_its_lines(text, t->text));
}

/* Of several outcomes that a text tells, the one that promises least counts. */
static void tell(enum action *told, enum action action) {
    static const int caution[] = {[ACTION_UNKNOWN] = 0, [ACTION_DELIVERED] = 1, [ACTION_EXPANDED] = 2,
                                  [ACTION_RELAYED] = 3, [ACTION_DELAYED] = 4,   [ACTION_FAILED] = 5};
    if (caution[action] > caution[*told])
        *told = action;
}

/* What a format's patterns may name: a piece of the text, or that this became of the mail. */
static const struct {
    const char *name;
    void (*take)(struct taking *t, struct slice text); /* NULL: an outcome */
    enum action action;
    bool is_of_all, is_held;
} groups[] = {{"reply", take_reply, ACTION_UNKNOWN, false, false},
              {"host", take_host, ACTION_UNKNOWN, false, false},
              {"ip", take_ip, ACTION_UNKNOWN, false, false},
              {"command", take_command, ACTION_UNKNOWN, false, false},
              {"recipient", take_recipient, ACTION_UNKNOWN, false, false},
              {"original", take_original, ACTION_UNKNOWN, false, false},
              {"status", take_status, ACTION_UNKNOWN, false, false},
              {"delayed", NULL, ACTION_DELAYED, true, false},
              {"held", NULL, ACTION_DELAYED, true, true},
              {"delivered", NULL, ACTION_DELIVERED, false, false},
              {"relayed", NULL, ACTION_RELAYED, false, false},
              {"expanded", NULL, ACTION_EXPANDED, false, false},
              {"all_delivered", NULL, ACTION_DELIVERED, true, false},
              {"all_relayed", NULL, ACTION_RELAYED, true, false}};

static void take_group(void *context, const char *name, struct slice text) {
    struct taking *t = context;
    for (size_t i = 0; i < G_N_ELEMENTS(groups); i++) {
        if (strcmp(name, groups[i].name) != 0)
            continue;
        if (groups[i].take)
            groups[i].take(t, slice_trim(text));
        else
            tell(groups[i].is_of_all ? &t->told_all : &t->told, groups[i].action);
        t->is_held |= groups[i].is_held;
    }
}

static void take_phrase(void *context, const void *entry, const struct rule_pattern *pattern,
                        const struct pattern_match *match) {
    (void)entry;
    (void)pattern;
    pattern_each_group(match, take_group, context);
}

/* Returns what the phrases say that became of the recipient. */
static enum action apply(struct recipient *r, struct matcher *matcher, const struct rule_pattern *own,
                         struct slice text, struct arena *arena) {
    struct taking t = {.r = r, .arena = arena, .text = text};
    struct pattern_match match;
    text = text_upto(text, LIMIT_BLOCK);
    for (; own && own->regex; own++)
        if (matcher_try(matcher, own, text, 0, &match))
            pattern_each_group(&match, take_group, &t);
    matcher_scan(matcher, RULES_PHRASES, match_text(arena, text), take_phrase, &t);
    return t.told;
}

void phrases_apply(struct recipient *r, struct matcher *matcher, const struct rule_pattern *own,
                   struct slice text, struct arena *arena) {
    apply(r, matcher, own, text, arena);
}

/* Does a code say that it was refused? Then no words make it a success. */
static bool is_refused(const struct recipient *r) {
    return r->status[0] >= 4 || reply_code(slice_trim(r->diagnostic)) >= 400;
}

/* Where what is said of a recipient ends: at the format's mark, or at an empty line. */
static struct slice cut_block(struct matcher *matcher, const struct format *format, struct slice block) {
    struct pattern_match match;
    block = text_upto(block, LIMIT_BLOCK);
    if (format->end) {
        if (matcher_first(matcher, format->end, block, &match))
            block.len = offset_in(block, match.whole.ptr);
        return block;
    }
    struct slice rest = block;
    struct slice line;
    bool has_text = false;
    while (slice_next_line(&rest, &line)) {
        bool is_blank = slice_trim(line).len == 0;
        if (is_blank && has_text)
            return slice_upto(block, offset_in(block, line.ptr));
        has_text |= !is_blank;
    }
    return block;
}

static size_t blank_before(struct slice s) {
    return (size_t)(slice_trim(s).ptr - s.ptr);
}

/* What one block says, kept apart until it is known of whom. */
static struct recipient *read_block(struct bounce *bounce, struct matcher *matcher,
                                    const struct format *format, const struct pattern_match *head,
                                    struct slice block, struct arena *arena) {
    struct recipient found = {.last_attempt = -1, .retry_until = -1};
    struct taking t = {.r = &found, .arena = arena};
    pattern_each_group(head, take_group, &t);
    /* A reply that begins on the recipient's own line goes on in the block. */
    if (found.diagnostic.len && found.diagnostic.ptr > head->whole.ptr)
        found.diagnostic.len = offset_in(found.diagnostic, block.ptr + block.len);
    struct slice inline_reply = found.diagnostic;
    found.diagnostic = SLICE_EMPTY;
    if (format_joins(format) == FORMAT_JOINS_BLOCK) {
        inline_reply = text_clean_line(arena, inline_reply);
        block = text_clean_line(arena, block);
    }
    struct slice words = inline_reply.len ? inline_reply : block;
    enum action told = apply(&found, matcher, format->find, words, arena);
    found.sentence = inline_reply.len ? inline_reply : slice_trim(block);
    struct recipient *r = recipient_find(bounce, t.recipient);
    if (!r && bounce->has_report && bounce->count == 1)
        r = bounce->recipients; /* the report proper names one recipient: this is about that one */
    if (!r)
        r = recipient_find_or_add(bounce, t.recipient, arena);
    if (!r)
        return NULL;
    set_once(&r->host, found.host);
    set_once(&r->ip, found.ip);
    set_once(&r->command, found.command);
    set_once(&r->sentence, found.sentence);
    if (r->status[0] == 0)
        memcpy(r->status, found.status, sizeof r->status);
    take_diagnostic(r, found.diagnostic);
    if (r->action == ACTION_UNKNOWN)
        r->action = told && !is_refused(r) ? told : format_action(format);
    return r;
}

size_t format_read(struct bounce *bounce, struct matcher *matcher, const struct format *format,
                   struct slice report, unsigned first_line, struct arena *arena) {
    struct line_counter lines = {report.ptr, first_line};
    size_t blocks = 0;
    if (!format->recipient)
        return 0;
    struct finder f = {.matcher = matcher, .text = report, .list = format->recipient};
    struct pattern_match head;
    struct pattern_match following;
    recipients_index(bounce, arena);
    bool found = finder_next(&f, 0, &head);
    while (found) {
        blocks++;
        size_t start = offset_in(report, head.whole.ptr) + head.whole.len;
        found = finder_next(&f, head.whole.len ? start : start + 1, &following);
        size_t stop = found ? offset_in(report, following.whole.ptr) : report.len;
        struct slice block = {report.ptr + start, stop - start};
        struct recipient *r =
            read_block(bounce, matcher, format, &head, cut_block(matcher, format, block), arena);
        unsigned line = line_counter_at(&lines, head.whole.ptr + blank_before(head.whole));
        if (r && !r->line)
            r->line = line;
        head = following;
    }
    return blocks;
}

void format_tell_outcome(struct bounce *bounce, struct slice subject, struct matcher *matcher,
                         struct arena *arena) {
    struct recipient nobody = {.last_attempt = -1, .retry_until = -1};
    struct taking t = {.r = &nobody, .arena = arena};
    struct slice human = text_upto(bounce->human, LIMIT_BLOCK);
    struct slice head = arena_printf(arena, "Subject: %.*s\n", S(subject));
    char *whole = arena_open(arena, head.len + human.len);
    memcpy(whole, head.ptr, head.len);
    if (human.len)
        memcpy(whole + head.len, human.ptr, human.len);
    struct slice text = arena_close(arena, whole, head.len + human.len);
    matcher_scan(matcher, RULES_PHRASES, match_text(arena, text), take_phrase, &t);
    for (struct recipient *r = bounce->recipients; r && t.told_all; r = r->next) {
        bool is_open = r->action == ACTION_UNKNOWN || r->action == ACTION_FAILED;
        if (t.told_all == ACTION_DELAYED || (is_open && !is_refused(r)))
            r->action = t.told_all;
        r->is_held = t.is_held;
    }
}
