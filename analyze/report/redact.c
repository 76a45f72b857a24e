/* Pseudonyms: see redact.h. A pseudonym is a letter and 32 bits of a keyless hash: it hides a name
 * from a reader of the ticket, not from someone who can guess the name and hash it. */
#include "analyze/report/redact.h"

#include "analyze/deliveries/search.h"

#include <glib.h>

#define TOKEN_LEAST 20 /* shorter words are no tokens */

static unsigned hash_of(struct slice s) {
    unsigned hash = 2166136261U;
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)ascii_lower(s.ptr[i])) * 16777619U;
    return hash;
}

static bool is_local_char(char c) {
    return ascii_is_alnum(c) || (unsigned char)c >= 0x80 || (c && strchr("!#$%&'*+-/=?^_`{|}~.\"", c));
}

static bool is_token_char(char c) {
    return ascii_is_alnum(c) || (c && strchr("+/=_-", c));
}

/* A long word of letters and digits mixed, as trackers and queue tokens are; host names have dots. */
static size_t token_length(struct slice s) {
    size_t n = 0;
    size_t digits = 0;
    while (n < s.len && is_token_char(s.ptr[n]))
        digits += ascii_is_digit(s.ptr[n++]);
    bool in_name = n < s.len && s.ptr[n] == '.';
    return n >= TOKEN_LEAST && digits >= 4 && !in_name ? n : 0;
}

static void redact_word(GString *out, struct slice word) {
    size_t at = slice_find_char(word, '@');
    size_t start = at;
    while (start > 0 && is_local_char(word.ptr[start - 1]))
        start--;
    if (at < word.len && start < at) {
        g_string_append_len(out, word.ptr, (gssize)start);
        g_string_append_printf(out, "u%08x", hash_of((struct slice){word.ptr + start, at - start}));
        g_string_append_c(out, '@');
        redact_word(out, slice_from(word, at + 1));
        return;
    }
    for (size_t i = 0; i < word.len;) {
        size_t token = i == 0 || !is_token_char(word.ptr[i - 1]) ? token_length(slice_from(word, i)) : 0;
        if (token)
            g_string_append_printf(out, "t%08x", hash_of(slice_upto(slice_from(word, i), token)));
        else
            g_string_append_c(out, word.ptr[i]);
        i += token ? token : 1;
    }
}

void redact_text(struct slice *text, struct arena *arena) {
    GString *out = g_string_sized_new(text->len);
    struct slice rest = *text;
    struct slice word;
    while (slice_next_word(&rest, &word)) {
        if (out->len)
            g_string_append_c(out, ' ');
        redact_word(out, word);
    }
    if (text->len)
        *text = arena_copy(arena, (struct slice){out->str, out->len});
    g_string_free(out, TRUE);
}

/* "Bob Miller <bob@example.org>": the name goes too. */
static void redact_mailbox(struct slice *text, struct arena *arena) {
    size_t open = slice_find_char(*text, '<');
    if (open < text->len)
        *text = slice_from(*text, open);
    redact_text(text, arena);
}

static void redact_notes(struct note *note, struct arena *arena) {
    for (; note; note = note->next)
        redact_text(&note->text, arena);
}

static void redact_path(struct delivery_path *path, struct arena *arena) {
    for (struct hop *h = path->trace.hops; h; h = h->next) {
        struct slice *const texts[] = {&h->text, &h->recipient, &h->sender, &h->user, &h->local, &h->id};
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            redact_text(texts[i], arena);
    }
    for (struct claim *c = path->trace.claims; c; c = c->next) {
        redact_text(&c->comment, arena);
        redact_text(&c->reason, arena);
        for (struct property *p = c->properties; p; p = p->next)
            redact_text(&p->value, arena);
    }
    for (struct field_note *m = path->trace.field_notes; m; m = m->next)
        redact_text(&m->text, arena);
    for (struct signature *s = path->trace.signatures; s; s = s->next)
        redact_text(&s->identity, arena);
    for (size_t i = 0; i < path->chain.count; i++)
        redact_notes(path->chain.hops[i].problems.first, arena);
    redact_notes(path->chain.reasons.first, arena);
    redact_notes(path->chain.story.first, arena);
    redact_notes(path->chain.problems.first, arena);
}

/* The stories are shared by all reports: this one gets redacted copies. */
static void redact_log(struct confirmation *c, struct arena *arena) {
    for (; c; c = c->next) {
        struct log_story *story = ARENA_NEW(arena, struct log_story);
        *story = *c->story;
        struct log_try **end = &story->tries;
        redact_text(&story->delivery.sender, arena);
        redact_text(&story->delivery.recipient, arena);
        for (const struct log_try *t = c->story->tries; t; t = t->next) {
            struct log_try *copy = ARENA_NEW(arena, struct log_try);
            *copy = *t;
            redact_text(&copy->reply, arena);
            *end = copy;
            end = &copy->next;
        }
        c->story = story;
    }
}

void report_redact(struct report *report, struct arena *arena) {
    struct identity *m = &report->message;
    if (m->subject.len)
        m->subject = arena_printf(arena, "s%08x", hash_of(m->subject));
    redact_text(&m->message_id, arena);
    redact_mailbox(&m->from, arena);
    redact_mailbox(&m->to, arena);
    redact_text(&m->sender, arena);
    redact_path(&report->mail, arena);
    if (report->is_about_another)
        redact_path(&report->carrier, arena);
    if (report->verification)
        redact_verification(report->verification, arena);
    for (struct verdict *v = report->verdicts; v; v = v->next) {
        redact_text(&v->recipient, arena);
        redact_log(v->log, arena);
        redact_text(&v->reply.text, arena);
        for (struct entity *e = v->entities; e; e = e->next)
            redact_text(&e->value, arena);
        for (struct evidence *e = v->evidence; e; e = e->next)
            redact_text(&e->text, arena);
        redact_findings(v->checks, arena);
    }
}
