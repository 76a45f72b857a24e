/* What a word means: see known.h. */
#include "analyze/classify/known.h"

#include "analyze/classify/lookup.h"
#include "parsers/base/nearest.h"
#include "parsers/rules/packed.h"

#include <glib.h>

#define MOST_SUGGESTED 4

static const char *const kind_words[RULE_KINDS] = {[RULES_CAUSES] = "causes",
                                                   [RULES_PROVIDERS] = "providers",
                                                   [RULES_BLOCKLISTS] = "lists",
                                                   [RULES_TOPICS] = "topics"};

/* Kinds that are found by id, in the order in which they are asked. */
static const struct {
    enum rule_kind list;
    enum known_kind kind;
} by_id[] = {{RULES_CAUSES, KNOWN_CAUSE},
             {RULES_TOPICS, KNOWN_TOPIC},
             {RULES_PROVIDERS, KNOWN_PROVIDER},
             {RULES_BLOCKLISTS, KNOWN_BLOCKLIST},
             {RULES_REPLIES, KNOWN_RULE}};

const char *known_kind_word(enum rule_kind kind) {
    return kind_words[kind];
}

static const char *id_of(const void *entry) {
    return ((const struct rule_head *)entry)->id;
}

static const void *entry_of_id(const struct rulebase *rules, enum rule_kind kind, struct slice id) {
    const struct rule_list *list = &rules->lists[kind];
    for (size_t i = 0; i < list->count; i++) {
        const void *entry = rule_list_entry(list, i);
        if (slice_equal_nocase(id, slice_of(id_of(entry))))
            return entry;
    }
    return NULL;
}

static struct slice category_of(const struct cause *cause) {
    struct slice id = slice_of(cause->id);
    return slice_upto(id, slice_find_char(id, '.'));
}

static bool is_category(const struct rulebase *rules, struct slice word) {
    const struct rule_list *causes = &rules->lists[RULES_CAUSES];
    for (size_t i = 0; i < causes->count; i++)
        if (slice_equal_nocase(word, category_of(causes->items[i])))
            return true;
    return false;
}

static bool names_topic(const struct topic *t, struct slice word) {
    for (const char *const *name = t->names; name && *name; name++)
        if (slice_equal_nocase(word, slice_of(*name)))
            return true;
    return false;
}

static const struct topic *topic_named(const struct rulebase *rules, struct slice word) {
    const struct rule_list *topics = &rules->lists[RULES_TOPICS];
    for (size_t i = 0; i < topics->count; i++)
        if (names_topic(topics->items[i], word))
            return topics->items[i];
    return NULL;
}

/* "Outlook.com / Hotmail": names with slashes or brackets between them, and what else people call it. */
static bool names_provider(const struct provider *p, struct slice word) {
    g_auto(GStrv) names = g_strsplit_set(p->name, "/()", -1);
    for (char **name = names; *name; name++)
        if (word.len && slice_equal_nocase(word, slice_trim(slice_of(*name))))
            return true;
    for (const char *const *name = p->names; name && *name; name++)
        if (slice_equal_nocase(word, slice_of(*name)))
            return true;
    return false;
}

/* Words of providers' names that name nobody by themselves. */
static bool is_common_word(const char *word) {
    static const char *const common[] = {"mail",    "email",     "secure", "security", "private", "services",
                                         "routing", "workspace", "cloud",  "assure",   "mailbox"};
    for (size_t i = 0; i < G_N_ELEMENTS(common); i++)
        if (g_ascii_strcasecmp(word, common[i]) == 0)
            return true;
    return strlen(word) < 3;
}

/* One word of its name, up to a dot: "ionos", "outlook". */
static bool has_in_name(const struct provider *p, struct slice word) {
    g_auto(GStrv) names = g_strsplit_set(p->name, "/() ,.", -1);
    for (char **name = names; *name; name++)
        if (!is_common_word(*name) && slice_equal_nocase(word, slice_of(*name)))
            return true;
    return false;
}

/* The label with which a zone of its begins: "zen" of zen.spamhaus.org. */
static const struct blocklist *blocklist_labelled(const struct rulebase *rules, struct slice word) {
    const struct rule_list *list = &rules->lists[RULES_BLOCKLISTS];
    for (size_t i = 0; i < list->count && word.len > 2; i++) {
        const struct blocklist *b = list->items[i];
        for (const char *const *z = b->zones; z && *z; z++)
            if (slice_equal_nocase(word, slice_upto(slice_of(*z), slice_find_char(slice_of(*z), '.'))))
                return b;
    }
    return NULL;
}

/* The entry whose id ends in the word, behind the dot of a cause ("arc") or the hyphen of a list ("css"),
 * where it is the only one. */
static const void *entry_ending_in(const struct rulebase *rules, enum rule_kind kind, char before,
                                   struct slice word) {
    const struct rule_list *list = &rules->lists[kind];
    const void *found = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const void *entry = rule_list_entry(list, i);
        struct slice id = slice_of(id_of(entry));
        if (!word.len || id.len <= word.len || !slice_ends_nocase(id, word) ||
            id.ptr[id.len - word.len - 1] != before)
            continue;
        if (found)
            return NULL;
        found = entry;
    }
    return found;
}

static const struct provider *provider_named(struct matcher *matcher, struct slice word) {
    const struct rule_list *providers = &matcher_rules(matcher)->lists[RULES_PROVIDERS];
    for (size_t i = 0; i < providers->count; i++)
        if (names_provider(providers->items[i], word))
            return providers->items[i];
    for (size_t i = 0; i < providers->count; i++)
        if (has_in_name(providers->items[i], word))
            return providers->items[i];
    return slice_find_char(word, '.') < word.len ? matcher_provider_of_host(matcher, word) : NULL;
}

/* The same with hyphens, as ids and names are written: "reverse dns"; NULL: it has no blank and no
 * underscore. */
static char *hyphened(struct slice word) {
    char *copy = g_strndup(word.ptr ? word.ptr : "", word.len);
    if (strpbrk(copy, " _"))
        return g_strdelimit(copy, " _", '-');
    g_free(copy);
    return NULL;
}

struct known known_find(struct matcher *matcher, struct slice word) {
    const struct rulebase *rules = matcher_rules(matcher);
    const void *found;
    for (size_t i = 0; i < G_N_ELEMENTS(by_id); i++)
        if ((found = entry_of_id(rules, by_id[i].list, word)))
            return (struct known){by_id[i].kind, found, by_id[i].list};
    for (enum rule_kind kind = 0; kind < RULE_KINDS; kind++)
        if (kind_words[kind] && slice_equal_nocase(word, slice_of(kind_words[kind])))
            return (struct known){KNOWN_KIND, NULL, kind};
    if (is_category(rules, word))
        return (struct known){KNOWN_CATEGORY, NULL, RULES_CAUSES};
    if ((found = topic_named(rules, word)))
        return (struct known){KNOWN_TOPIC, found, RULES_TOPICS};
    if ((found = blocklist_find(rules, word)))
        return (struct known){KNOWN_BLOCKLIST, found, RULES_BLOCKLISTS};
    if ((found = provider_named(matcher, word)))
        return (struct known){KNOWN_PROVIDER, found, RULES_PROVIDERS};
    if ((found = blocklist_labelled(rules, word)))
        return (struct known){KNOWN_BLOCKLIST, found, RULES_BLOCKLISTS};
    if ((found = entry_ending_in(rules, RULES_CAUSES, '.', word)))
        return (struct known){KNOWN_CAUSE, found, RULES_CAUSES};
    if ((found = entry_ending_in(rules, RULES_BLOCKLISTS, '-', word)))
        return (struct known){KNOWN_BLOCKLIST, found, RULES_BLOCKLISTS};
    g_autofree char *other = hyphened(word);
    if (other)
        return known_find(matcher, slice_of(other));
    return (struct known){KNOWN_NOTHING, NULL, RULES_CAUSES};
}

/* --- what is near --- */

/* What stands behind the dot of a cause is what people remember of it. */
static struct slice last_word(const char *id) {
    struct slice s = slice_of(id);
    size_t dot = slice_find_char(s, '.');
    return dot < s.len ? slice_from(s, dot + 1) : s;
}

static void offer_cause(struct nearest *near, const char *id) {
    g_autofree char *category = g_strndup(id, strcspn(id, "."));
    nearest_offer(near, last_word(id), id);
    nearest_offer(near, slice_of(category), g_intern_string(category));
}

size_t known_nearest(const struct rulebase *rules, struct slice word, bool only_causes, const char **names,
                     size_t most) {
    struct nearest near = {.word = word, .names = names, .most = most};
    for (size_t k = 0; k < G_N_ELEMENTS(by_id) && by_id[k].list != RULES_REPLIES; k++) {
        const struct rule_list *list = &rules->lists[by_id[k].list];
        for (size_t i = 0; i < list->count && (!only_causes || by_id[k].list == RULES_CAUSES); i++) {
            const char *id = id_of(rule_list_entry(list, i));
            nearest_offer(&near, slice_of(id), id);
            if (by_id[k].list == RULES_CAUSES)
                offer_cause(&near, id);
        }
    }
    for (size_t i = 0; !only_causes && i < rules->lists[RULES_TOPICS].count; i++) {
        const struct topic *t = rules->lists[RULES_TOPICS].items[i];
        for (const char *const *name = t->names; name && *name; name++)
            nearest_offer(&near, slice_of(*name), t->id);
    }
    nearest_settle(&near);
    return near.count;
}

char *known_suggestion(const struct rulebase *rules, struct slice word, bool only_causes) {
    const char *names[MOST_SUGGESTED];
    size_t count = known_nearest(rules, word, only_causes, names, G_N_ELEMENTS(names));
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < count; i++)
        g_string_append_printf(text, "%s`%s`",
                               !i              ? "; did you mean "
                               : i + 1 < count ? ", "
                                               : " or ",
                               names[i]);
    g_string_append(text, count ? "?" : "");
    return g_string_free(text, FALSE);
}
