/* Which format is it? The header fields that tell, and the start of the text, are put together as
 * lines ("From: …"), and the formats' patterns are tried on them. Of several formats that fit, the
 * one that asks for more wins: more conditions first, then more characters that must be there. */
#include "parsers/bounce/recognise.h"

#include "parsers/base/text.h"
#include "parsers/message/field.h"
#include "parsers/rules/format_words.h"

#include <glib.h>

#define PROFILE_BODY   ((size_t)4 << 10)
#define PROFILE_FIELDS 120
#define PROFILE_VALUE  300

/* Fields that say nothing of the kind of message, or much of other things. */
static const struct slice passed_over[] = {SLICE("received"),
                                           SLICE("dkim-signature"),
                                           SLICE("arc-"),
                                           SLICE("authentication-results"),
                                           SLICE("x-ms-exchange"),
                                           SLICE("x-google-dkim"),
                                           SLICE("x-gm-message-state"),
                                           SLICE("x-ymailisg"),
                                           SLICE("domainkey-signature"),
                                           SLICE("x-received")};

static bool is_telling(struct slice name) {
    for (size_t i = 0; i < G_N_ELEMENTS(passed_over); i++)
        if (slice_starts_nocase(name, passed_over[i]))
            return false;
    return true;
}

struct profile_line {
    struct slice name, value;
};

static size_t collect_lines(const struct message *message, struct arena *arena, struct profile_line *lines) {
    struct field_list left = message->fields;
    struct field f;
    size_t count = 0;
    while (count < PROFILE_FIELDS && field_list_next(&left, &f))
        if (is_telling(f.name))
            lines[count++] = (struct profile_line){
                f.name, text_decode_header(arena, slice_upto(slice_trim(f.raw), PROFILE_VALUE))};
    return count;
}

static char *append(char *out, struct slice s) {
    return s.len ? (char *)memcpy(out, s.ptr, s.len) + s.len : out;
}

static struct slice profile_build(const struct message *message, struct slice human, struct arena *arena) {
    struct profile_line lines[PROFILE_FIELDS];
    size_t count = collect_lines(message, arena, lines);
    human = text_upto(human, PROFILE_BODY);
    size_t most = human.len + 1;
    for (size_t i = 0; i < count; i++)
        most += lines[i].name.len + lines[i].value.len + 3;
    char *profile = arena_open(arena, most);
    char *end = profile;
    for (size_t i = 0; i < count; i++) {
        end = append(append(end, lines[i].name), SLICE(": "));
        end = append(append(end, lines[i].value), SLICE("\n"));
    }
    end = append(append(end, SLICE("\n")), human);
    return arena_close(arena, profile, (size_t)(end - profile));
}

struct contest {
    struct matcher *matcher;
    struct slice profile;
    struct recognised found;
    unsigned strength[MOST_FORMATS];
    unsigned notice_strength;
};

static bool is_notice(const struct format *f) {
    return format_kind(f) != FORMAT_BOUNCE;
}

static bool meets_all(struct contest *c, const struct rule_pattern *list, unsigned *strength) {
    struct pattern_match match;
    for (; list && list->regex; list++) {
        if (!matcher_try(c->matcher, list, c->profile, 0, &match))
            return false;
        *strength += 1000 + list->weight;
    }
    return true;
}

/* An automatic answer may also be a complaint or a challenge: those formats go before. */
static bool is_plain_answer(const struct format *f) {
    return format_kind(f) == FORMAT_AUTO_REPLY;
}

static bool beats(const struct format *f, unsigned strength, const struct format *other, unsigned than) {
    if (!other || format_is_last(f) != format_is_last(other))
        return !other || format_is_last(other);
    if (is_plain_answer(f) != is_plain_answer(other))
        return is_plain_answer(other);
    return strength > than || (strength == than && strcmp(f->id, other->id) < 0);
}

static void add_bounce(struct contest *c, const struct format *f, unsigned strength) {
    const struct format **list = c->found.bounces;
    size_t at = MOST_FORMATS;
    for (size_t i = 0; i < MOST_FORMATS && list[i]; i++)
        if (list[i] == f) { /* another of its patterns: only the best counts */
            if (c->strength[i] >= strength)
                return;
            memmove(&list[i], &list[i + 1], (MOST_FORMATS - i) * sizeof *list);
            memmove(&c->strength[i], &c->strength[i + 1], (MOST_FORMATS - i - 1) * sizeof *c->strength);
        }
    while (at > 0 && beats(f, strength, list[at - 1], c->strength[at - 1]))
        at--;
    if (at == MOST_FORMATS)
        return;
    memmove(&list[at + 1], &list[at], (MOST_FORMATS - at - 1) * sizeof *list);
    memmove(&c->strength[at + 1], &c->strength[at], (MOST_FORMATS - at - 1) * sizeof *c->strength);
    list[at] = f;
    c->strength[at] = strength;
}

static void consider(struct contest *c, const struct candidate *candidate) {
    struct pattern_match match;
    const struct format *f = candidate->entry;
    unsigned strength = 1000 + candidate->pattern->weight;
    if (!matcher_try(c->matcher, candidate->pattern, c->profile, 0, &match) ||
        !meets_all(c, f->also, &strength))
        return;
    if (!is_notice(f)) {
        add_bounce(c, f, strength);
    } else if (beats(f, strength, c->found.notice, c->notice_strength)) {
        c->found.notice = f;
        c->notice_strength = strength;
    }
}

struct recognised format_recognise(struct matcher *matcher, const struct message *message, struct slice human,
                                   struct arena *arena) {
    struct contest c = {.matcher = matcher, .profile = profile_build(message, human, arena)};
    struct candidate *list;
    size_t count = matcher_candidates(matcher, RULES_FORMATS, match_text(arena, c.profile), &list);
    for (size_t i = 0; i < count; i++)
        if (!format_is_last(list[i].entry))
            consider(&c, &list[i]);
    for (size_t i = 0; i < count && !c.found.bounces[0]; i++)
        if (format_is_last(list[i].entry))
            consider(&c, &list[i]);
    return c.found;
}
