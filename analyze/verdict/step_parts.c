/* See step_parts.h. */
#include "analyze/verdict/step_parts.h"

#include "analyze/auth/check_kind.h"

#include <glib.h>

#define PERMANENT "permanent"
#define TEMPORARY "temporary"
#define PROGRAM   "program"
#define SERVER    "server"
#define SOFTWARE  "software"
#define DNS       "dns."
#define LISTING   "listing"
#define MAILBOXES "mailboxes"
#define PROVIDER  "provider"
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

/* The port of submission that a reply names is one that programs and relays use. */
static bool is_of_program(const struct verdict *v) {
    return v->is_of_program || entity_value(v->entities, SLICE("port")).len;
}

/* What the check found on the DNS snapshot; empty: it was not asked. */
static struct slice found_in_dns(const struct verdict *v, struct slice check) {
    const struct finding *f = v->checks;
    while (f && !slice_equal(slice_of(f->check->id), check))
        f = f->next;
    return f ? f->result : SLICE_EMPTY;
}

/* Which of a family of lists it is: "css" of spamhaus-css, or of the answer "CSS, recent spam …" on the
 * snapshot; empty: not known. */
static struct slice listing_of(const struct verdict *v) {
    struct slice id = slice_of(v->blocklist ? v->blocklist->id : NULL);
    struct slice last = slice_from(id, MIN(slice_find_char(id, '-') + 1, id.len));
    for (const struct finding *f = v->checks; f; f = f->next)
        if (f->means.len)
            return f->means;
    return slice_equal(last, SLICE("zen")) ? SLICE_EMPTY : last;
}

static struct slice value_of(const struct verdict *v, struct slice name) {
    if (slice_equal(name, SLICE(LISTING)))
        return listing_of(v);
    if (slice_equal(name, SLICE(PROVIDER)))
        return slice_of(v->provider ? v->provider->id : NULL);
    if (slice_equal(name, SLICE(MAILBOXES)))
        return slice_of(v->provider ? v->provider->mailboxes : NULL);
    return slice_find(name, SLICE(DNS)) == 0 ? found_in_dns(v, slice_from(name, strlen(DNS)))
                                             : entity_value(v->entities, name);
}

static bool holds(const struct verdict *v, struct slice condition) {
    size_t equals = slice_find_char(condition, '=');
    if (slice_equal(condition, SLICE(PROGRAM)) || slice_equal(condition, SLICE(SERVER)))
        return is_of_program(v) == slice_equal(condition, SLICE(PROGRAM));
    if (equals >= condition.len)
        return v->is_permanent == slice_equal(condition, SLICE(PERMANENT));
    if (slice_equal(slice_upto(condition, equals), SLICE(SOFTWARE)))
        return is_reporter(v, slice_from(condition, equals + 1));
    bool is_not = equals && condition.ptr[equals - 1] == '!';
    struct slice value = value_of(v, slice_upto(condition, equals - is_not));
    return slice_equal_nocase(value, slice_from(condition, equals + 1)) != is_not;
}

/* Without a verdict no DNS was asked: what holds then is what is not said of a certain result. */
static bool is_of_result(struct slice condition) {
    return slice_find(condition, SLICE(DNS)) == 0 && slice_find_char(condition, '!') >= condition.len;
}

/* When a part holds, where no verdict decides. */
static void say_when(GString *out, struct slice condition) {
    static const struct {
        struct slice condition;
        const char *words;
    } rows[] = {{SLICE(TEMPORARY), "While it is temporary: "},
                {SLICE(PERMANENT), "Once it is permanent: "},
                {SLICE(PROGRAM), "In a mail program or script: "},
                {SLICE(SERVER), "Between mail servers: "},
                {SLICE(MAILBOXES "=public"), "Where everybody may have a mailbox: "}};
    bool is_unknown = condition.len && condition.ptr[condition.len - 1] == '='; /* as it is without a reply */
    if (slice_find(condition, SLICE(SOFTWARE "=")) == 0 || slice_find(condition, SLICE(DNS)) == 0 ||
        slice_find(condition, SLICE(LISTING "=")) == 0 || is_unknown)
        return; /* its words say it */
    if (slice_find_char(condition, '!') < condition.len)
        return;
    if (out->len && !ascii_is_space(out->str[out->len - 1]))
        g_string_append_c(out, ' ');
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (slice_equal(condition, rows[i].condition)) {
            g_string_append(out, rows[i].words);
            return;
        }
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
            bool is_told = v ? holds(v, part.condition) : !is_of_result(part.condition);
            if (!v)
                say_when(out, part.condition);
            if (is_told)
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
