/* The provider that somebody's own words name: see spoken.h. */
#include "analyze/classify/spoken.h"

#include "parsers/base/smtp_reply.h"

#include <glib.h>

/* Is a name of Latin letters a part of a longer one there ("gmailify")? Other scripts part no words. */
static bool is_within_word(struct slice text, size_t at, size_t length) {
    size_t end = at + length;
    bool is_before = at && ascii_is_alnum(text.ptr[at]) &&
                     (ascii_is_alnum(text.ptr[at - 1]) || strchr("@._-", text.ptr[at - 1]));
    bool is_behind = end < text.len && ascii_is_alnum(text.ptr[end - 1]) && ascii_is_alnum(text.ptr[end]);
    return is_before || is_behind;
}

/* Do the words before it say that the mail goes there? */
static bool is_goal(struct slice before) {
    static const struct slice words[] = {SLICE(" to "),      SLICE(" to a "), SLICE(" to my "), SLICE(" an "),
                                         SLICE(" an eine "), SLICE(" à "),    SLICE(" a "),     SLICE("给"),
                                         SLICE("到"),        SLICE(" to an ")};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (slice_ends_nocase(before, words[i]))
            return true;
    return false;
}

static bool is_spoken(struct slice text, struct slice name) {
    for (size_t at = 0; (at += slice_find_nocase(slice_from(text, at), name)) < text.len; at += name.len)
        if (!is_within_word(text, at, name.len) && !is_goal(slice_upto(text, at)))
            return true;
    return false;
}

const struct provider *provider_spoken_of(const struct rulebase *rules, struct slice text) {
    const struct rule_list *list = &rules->lists[RULES_PROVIDERS];
    const struct provider *found = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct provider *p = list->items[i];
        for (const char *const *name = p->spoken; name && *name; name++) {
            if (!is_spoken(text, slice_of(*name)))
                continue;
            if (found && found != p)
                return NULL;
            found = p;
        }
    }
    return found;
}
