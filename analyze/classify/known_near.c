/* What somebody may have meant: see known_near.h. */
#include "analyze/classify/known_near.h"

#include "analyze/classify/known_name.h"
#include "parsers/base/nearest.h"

#include <glib.h>
#include <string.h>

#define MOST_SUGGESTED  4
#define LONG_WORD       5 /* bytes: a letter apart from such a one, a name is meant */
#define SHORTEST_SPOKEN 3 /* bytes */
#define MOST_SPEAKING   8 /* pages: a word that stands in more leads nowhere */

/* What of an entry is compared with a word: the texts of a cause, topic, provider or list. */
struct chapter {
    const char *id, *title;
    const char *const *names;
};

static struct chapter chapter_of(enum rule_kind kind, const void *entry) {
    switch (kind) {
    case RULES_CAUSES: {
        const struct cause *c = entry;
        return (struct chapter){c->id, c->title, c->names};
    }
    case RULES_TOPICS: {
        const struct topic *t = entry;
        return (struct chapter){t->id, t->title, t->names};
    }
    case RULES_PROVIDERS: {
        const struct provider *p = entry;
        return (struct chapter){p->id, p->name, p->names};
    }
    default: {
        const struct blocklist *b = entry;
        return (struct chapter){b->id, b->name, b->zones};
    }
    }
}

static const enum rule_kind kinds[] = {RULES_CAUSES, RULES_TOPICS, RULES_PROVIDERS, RULES_BLOCKLISTS};

typedef void each_chapter(void *context, struct chapter chapter);

static void walk(const struct rulebase *rules, bool only_causes, each_chapter *each, void *context) {
    for (size_t k = 0; k < (only_causes ? 1 : G_N_ELEMENTS(kinds)); k++)
        for (size_t i = 0; i < rules->lists[kinds[k]].count; i++)
            each(context, chapter_of(kinds[k], rules->lists[kinds[k]].items[i]));
}

/* --- by meaning --- */

struct meaning {
    struct slice word;
    const char **names;
    size_t count, most;
    size_t best; /* words that the best share with it */
};

static void offer_meaning(void *context, struct chapter c) {
    struct meaning *m = context;
    size_t shared = MAX(name_shares(m->word, slice_of(c.id)), name_shares(m->word, slice_of(c.title)));
    for (const char *const *name = c.names; name && *name; name++)
        shared = MAX(shared, name_shares(m->word, slice_of(*name)));
    if (!shared || shared < m->best)
        return;
    if (shared > m->best)
        m->count = 0;
    m->best = shared;
    if (m->count < m->most)
        m->names[m->count++] = c.id;
}

/* --- by spelling --- */

/* What stands behind the dot of a cause is what people remember of it. */
static struct slice last_word(const char *id) {
    struct slice s = slice_of(id);
    size_t dot = slice_find_char(s, '.');
    return dot < s.len ? slice_from(s, dot + 1) : s;
}

static void offer_spelling(void *context, struct chapter c) {
    struct nearest *near = context;
    nearest_offer(near, slice_of(c.id), c.id);
    nearest_offer(near, last_word(c.id), c.id);
    for (const char *const *name = c.names; name && *name; name++)
        nearest_offer(near, slice_of(*name), c.id);
}

static void offer_categories(struct nearest *near, const struct rulebase *rules) {
    for (size_t i = 0; i < rules->lists[RULES_CAUSES].count; i++) {
        struct slice category = known_category(rules->lists[RULES_CAUSES].items[i]);
        g_autofree char *name = g_strndup(category.ptr, category.len);
        nearest_offer(near, category, g_intern_string(name));
    }
}

size_t known_nearest(const struct rulebase *rules, struct slice word, bool only_causes, const char **names,
                     size_t most) {
    struct nearest near = {.word = word, .names = names, .most = most};
    walk(rules, only_causes, offer_spelling, &near);
    offer_categories(&near, rules);
    nearest_settle(&near);
    if (near.count && near.distances[0] <= 1 && word.len >= LONG_WORD)
        return near.count;
    const char *meant[NEAREST_MOST];
    struct meaning meaning = {.word = word, .names = meant, .most = MIN(most, G_N_ELEMENTS(meant))};
    walk(rules, only_causes, offer_meaning, &meaning);
    if (!meaning.count)
        return near.count;
    memcpy(names, meant, meaning.count * sizeof *names);
    return meaning.count;
}

/* --- where it is spoken of --- */

static bool speaks(struct slice word, const char *text) {
    return text && name_within(slice_of(text), word);
}

static bool some_speaks(struct slice word, const char *const *texts) {
    for (; texts && *texts; texts++)
        if (speaks(word, *texts))
            return true;
    return false;
}

static bool topic_speaks(const struct topic *t, struct slice word) {
    bool found = speaks(word, t->summary);
    for (const struct topic_part *const *part = t->parts; *part && !found; part++)
        found = speaks(word, (*part)->title) || some_speaks(word, (*part)->text) ||
                some_speaks(word, (*part)->steps);
    return found;
}

static bool cause_speaks(const struct cause *c, struct slice word) {
    return speaks(word, c->meaning) || some_speaks(word, c->remedy) || some_speaks(word, c->background);
}

static bool provider_speaks(const struct provider *p, struct slice word) {
    bool found = speaks(word, p->tool) || some_speaks(word, p->asks);
    for (const struct provider_advice *const *advice = p->advice; advice && *advice && !found; advice++)
        found = some_speaks(word, (*advice)->remedy);
    return found;
}

static bool entry_speaks(enum rule_kind kind, const void *entry, struct slice word) {
    switch (kind) {
    case RULES_CAUSES:
        return cause_speaks(entry, word);
    case RULES_TOPICS:
        return topic_speaks(entry, word);
    default:
        return provider_speaks(entry, word);
    }
}

struct known_pages known_speaking(const struct rulebase *rules, struct slice word) {
    static const struct known speakers[] = {{.kind = KNOWN_TOPIC, .list = RULES_TOPICS},
                                            {.kind = KNOWN_CAUSE, .list = RULES_CAUSES},
                                            {.kind = KNOWN_PROVIDER, .list = RULES_PROVIDERS}};
    struct known_pages found = {.count = 0};
    for (size_t k = 0; k < G_N_ELEMENTS(speakers) && word.len >= SHORTEST_SPOKEN; k++) {
        const struct rule_list *list = &rules->lists[speakers[k].list];
        for (size_t i = 0; i < list->count; i++) {
            if (!entry_speaks(speakers[k].list, list->items[i], word))
                continue;
            if (found.count == MOST_SPEAKING)
                return (struct known_pages){.count = 0};
            found.pages[found.count] = speakers[k];
            found.pages[found.count++].entry = list->items[i];
        }
    }
    return found;
}

static void append_names(GString *text, const char *before, const char **names, size_t count,
                         const char *last) {
    for (size_t i = 0; i < count; i++)
        g_string_append_printf(text, "%s`%s`", !i ? before : i + 1 < count ? ", " : last, names[i]);
}

char *known_suggestion(const struct rulebase *rules, struct slice word, bool only_causes) {
    const char *names[MOST_SUGGESTED];
    GString *text = g_string_new(NULL);
    size_t count = known_nearest(rules, word, only_causes, names, G_N_ELEMENTS(names));
    append_names(text, "; did you mean ", names, count, " or ");
    g_string_append(text, count ? "?" : "");
    return g_string_free(text, FALSE);
}
