/* See step_parts.h. */
#include "analyze/verdict/step_parts.h"

#include <glib.h>

#define PERMANENT "permanent"
#define TEMPORARY "temporary"
#define SOFTWARE  "software"
#define DEEPEST   4 /* parts inside each other */

struct step_part {
    struct slice condition, words;
    size_t length; /* with its braces */
};

static bool is_condition(struct slice s) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-.!=";
    for (size_t i = 0; i < s.len; i++)
        if (!strchr(allowed, s.ptr[i]))
            return false;
    return s.len > 0;
}

/* The part that begins `s`; it ends at its own brace, other braces stand in it in pairs. */
static bool read_part(struct slice s, struct step_part *part) {
    size_t depth = 0;
    size_t end = 0;
    if (!s.len || s.ptr[0] != '{')
        return false;
    size_t colon = slice_find(s, SLICE(": "));
    if (colon >= s.len || !is_condition(slice_from(slice_upto(s, colon), 1)))
        return false;
    for (; end < s.len; end++) {
        depth += s.ptr[end] == '{';
        depth -= s.ptr[end] == '}';
        if (!depth)
            break;
    }
    part->condition = slice_from(slice_upto(s, colon), 1);
    part->words = slice_from(slice_upto(s, end), colon + 2);
    part->length = end + 1;
    return true;
}

/* A setting of a program is told where that program reports, and where it is not known which does. */
static bool is_reporter(const struct verdict *v, struct slice program) {
    return !v->software || slice_equal(slice_of(v->software), program);
}

static bool holds(const struct verdict *v, struct slice condition) {
    size_t equals = slice_find_char(condition, '=');
    if (equals >= condition.len)
        return v->is_permanent == slice_equal(condition, SLICE(PERMANENT));
    if (slice_equal(slice_upto(condition, equals), SLICE(SOFTWARE)))
        return is_reporter(v, slice_from(condition, equals + 1));
    bool is_not = equals && condition.ptr[equals - 1] == '!';
    struct slice value = entity_value(v->entities, slice_upto(condition, equals - is_not));
    return slice_equal_nocase(value, slice_from(condition, equals + 1)) != is_not;
}

/* When a part holds, where no verdict decides. */
static void say_when(GString *out, struct slice condition) {
    if (slice_find(condition, SLICE(SOFTWARE "=")) == 0)
        return; /* its words name the program */
    if (slice_equal(condition, SLICE(TEMPORARY)))
        g_string_append(out, "While it is temporary: ");
    else if (slice_equal(condition, SLICE(PERMANENT)))
        g_string_append(out, "Once it is permanent: ");
    else if (slice_find_char(condition, '!') >= condition.len)
        g_string_append_printf(out, "Where the reply says %.*s: ", S(condition));
}

static bool append_parts(GString *out, const struct verdict *v, struct slice text, unsigned depth) {
    bool is_any = false;
    struct step_part part;
    while (text.len) {
        size_t used = MAX(slice_find_char(text, '{'), 1);
        if (depth < DEEPEST && read_part(text, &part)) {
            is_any = true;
            used = part.length;
            if (!v)
                say_when(out, part.condition);
            if (!v || holds(v, part.condition))
                append_parts(out, v, part.words, depth + 1);
        } else {
            g_string_append_len(out, text.ptr, (gssize)used);
        }
        text = slice_from(text, used);
    }
    return is_any;
}

struct slice step_applicable(const struct verdict *v, struct arena *arena, const char *template) {
    g_autoptr(GString) out = g_string_new(NULL);
    bool is_cut = append_parts(out, v, slice_of(template), 0);
    struct slice step = slice_trim((struct slice){out->str, out->len});
    char *copy = arena_string(arena, step);
    if (is_cut)
        *copy = (char)g_ascii_toupper(*copy);
    return (struct slice){copy, step.len};
}

bool steps_only_wait(const char *const *list) {
    bool waits = false;
    for (; list && *list; list++) {
        if (strstr(*list, "{" PERMANENT ": "))
            return false;
        waits |= strstr(*list, "{" TEMPORARY ": ") != NULL;
    }
    return waits;
}
