/* Which format is it? The header fields that tell, and the start of the text, are put together as
 * lines ("From: …"), and the formats' patterns are tried on them. Of several formats that fit, the
 * one that asks for more wins: more conditions first, then more characters that must be there. */
#include "parsers/bounce/bounce.h"

#include "parsers/base/text.h"

#include <glib.h>

#define PROFILE_BODY   ((size_t)6 << 10)
#define PROFILE_FIELDS 120
#define PROFILE_VALUE  300

/* Fields that say nothing of the kind of message, or much of other things. */
static const char *const passed_over[] = {"received", "dkim-signature", "arc-", "authentication-results",
                                          "x-ms-exchange", "x-google-dkim", "x-gm-message-state", "x-ymailisg",
                                          "domainkey-signature", "x-received", NULL};

static bool is_telling(struct slice name) {
    for (const char *const *p = passed_over; *p; p++)
        if (slice_starts_nocase(name, slice_of(*p)))
            return false;
    return true;
}

static struct slice profile_build(const struct message *message, struct slice human, struct arena *arena) {
    GString *out = g_string_sized_new(8192);
    struct slice header = message->parts->header;
    struct field f;
    for (int fields = 0; fields < PROFILE_FIELDS && header.len && field_next(&header, &f);) {
        if (!is_telling(f.name))
            continue;
        struct slice value = text_decode_header(arena, slice_upto(slice_trim(f.raw), PROFILE_VALUE));
        g_string_append_len(out, f.name.ptr, (gssize)f.name.len);
        g_string_append(out, ": ");
        g_string_append_len(out, value.ptr, (gssize)value.len);
        g_string_append_c(out, '\n');
        fields++;
    }
    g_string_append_c(out, '\n');
    human = slice_upto(human, PROFILE_BODY);
    while (human.len && (human.ptr[human.len - 1] & 0x80)) /* no half character at the cut */
        human.len--;
    g_string_append_len(out, human.ptr, (gssize)human.len);
    struct slice profile = arena_copy(arena, (struct slice){out->str, out->len});
    g_string_free(out, TRUE);
    return profile;
}

/* Which of the three a format competes to be: see struct recognised. */
enum place { PLACE_BOUNCE, PLACE_NOTICE, PLACE_GENERIC };

struct contest {
    struct matcher *matcher;
    struct slice profile;
    const struct format *best[3];
    unsigned strength[3];
};

static enum place place_of(const struct format *f) {
    if (f->kind && strcmp(f->kind, "bounce") != 0)
        return PLACE_NOTICE;
    return f->rank && strcmp(f->rank, "last") == 0 ? PLACE_GENERIC : PLACE_BOUNCE;
}

static bool meets_all(struct contest *c, const struct rule_pattern *list, unsigned *strength) {
    struct pattern_match match;
    for (; list && list->regex; list++) {
        if (!matcher_try(c->matcher, list, c->profile, 0, &match))
            return false;
        *strength += 1000 + list->need.weight;
    }
    return true;
}

static void consider(struct contest *c, const struct candidate *candidate) {
    struct pattern_match match;
    const struct format *f = candidate->entry;
    enum place place = place_of(f);
    unsigned strength = 1000 + candidate->pattern->need.weight;
    const struct format *best = c->best[place];
    if (!matcher_try(c->matcher, candidate->pattern, c->profile, 0, &match) || !meets_all(c, f->also, &strength))
        return;
    if (best && (c->strength[place] > strength || (c->strength[place] == strength && strcmp(best->id, f->id) <= 0)))
        return;
    c->best[place] = f;
    c->strength[place] = strength;
}

struct recognised format_recognise(struct matcher *matcher, const struct message *message, struct slice human,
                                   struct arena *arena) {
    struct contest c = {.matcher = matcher, .profile = profile_build(message, human, arena)};
    struct candidate *list;
    size_t count = matcher_candidates(matcher, RULES_FORMATS, match_text(arena, c.profile), &list);
    for (size_t i = 0; i < count; i++)
        if (place_of(list[i].entry) != PLACE_GENERIC)
            consider(&c, &list[i]);
    for (size_t i = 0; i < count && !c.best[PLACE_BOUNCE]; i++)
        if (place_of(list[i].entry) == PLACE_GENERIC)
            consider(&c, &list[i]);
    return (struct recognised){c.best[PLACE_BOUNCE], c.best[PLACE_NOTICE], c.best[PLACE_GENERIC]};
}
