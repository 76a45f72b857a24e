/* What a word means: see known.h. */
#include "analyze/classify/known.h"

#include "analyze/classify/known_name.h"
#include "analyze/classify/lookup.h"
#include "parsers/rules/packed.h"

#include <glib.h>

static const char *const kind_words[RULE_KINDS] = {[RULES_CAUSES] = "causes",
                                                   [RULES_PROVIDERS] = "providers",
                                                   [RULES_BLOCKLISTS] = "lists",
                                                   [RULES_TOPICS] = "topics"};

/* Kinds whose pages are found by id. A rule is asked for last: people hold "timeout" and "dane" as words,
 * which are ids of rules too. */
static const struct {
    enum rule_kind list;
    enum known_kind kind;
    const char *word; /* which says that it is one of these: "rule timeout" */
} by_id[] = {{RULES_CAUSES, KNOWN_CAUSE, "cause"},
             {RULES_TOPICS, KNOWN_TOPIC, "topic"},
             {RULES_PROVIDERS, KNOWN_PROVIDER, "provider"},
             {RULES_BLOCKLISTS, KNOWN_BLOCKLIST, "list"},
             {RULES_REPLIES, KNOWN_RULE, "rule"}};

#define BY_ID_RULES (G_N_ELEMENTS(by_id) - 1)

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

struct slice known_category(const struct cause *cause) {
    struct slice id = slice_of(cause->id);
    return slice_upto(id, slice_find_char(id, '.'));
}

static bool is_category(const struct rulebase *rules, struct slice word) {
    const struct rule_list *causes = &rules->lists[RULES_CAUSES];
    for (size_t i = 0; i < causes->count; i++)
        if (slice_equal_nocase(word, known_category(causes->items[i])))
            return true;
    return false;
}

/* "Outlook.com / Hotmail": names with slashes or brackets between them, and what else people call it. */
static bool names_provider(const struct provider *p, struct slice word) {
    g_auto(GStrv) names = g_strsplit_set(p->name, "/()", -1);
    for (char **name = names; *name; name++)
        if (name_agrees(word, slice_of(*name)))
            return true;
    return name_among(word, p->names);
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

static const struct provider *provider_nearly_named(struct matcher *matcher, struct slice word) {
    const struct rule_list *providers = &matcher_rules(matcher)->lists[RULES_PROVIDERS];
    for (size_t i = 0; i < providers->count; i++)
        if (has_in_name(providers->items[i], word))
            return providers->items[i];
    return slice_find_char(word, '.') < word.len ? matcher_provider_of_host(matcher, word) : NULL;
}

/* --- pages --- */

static void take(struct known_pages *found, enum known_kind kind, const void *entry, enum rule_kind list) {
    for (size_t i = 0; i < found->count; i++)
        if (found->pages[i].kind == kind && found->pages[i].entry == entry)
            return;
    if (found->count < KNOWN_MOST)
        found->pages[found->count++] = (struct known){kind, entry, list};
}

static struct known_pages one_page(enum known_kind kind, const void *entry, enum rule_kind list) {
    struct known_pages found = {.count = 0};
    if (kind == KNOWN_CATEGORY || kind == KNOWN_KIND || entry)
        take(&found, kind, entry, list);
    return found;
}

/* The other names of a cause or topic, beside its id and its title. */
static const char *const *names_of(enum rule_kind kind, const void *entry) {
    return kind == RULES_CAUSES ? ((const struct cause *)entry)->names : ((const struct topic *)entry)->names;
}

static const char *title_of(enum rule_kind kind, const void *entry) {
    return kind == RULES_CAUSES ? ((const struct cause *)entry)->title : ((const struct topic *)entry)->title;
}

/* A field is shown whole on the page of a topic that names it. */
static bool shows_field(enum rule_kind kind, const void *entry, struct slice word) {
    const char *const *field = kind == RULES_TOPICS ? ((const struct topic *)entry)->fields : NULL;
    for (; field && *field; field++)
        if (slice_equal_nocase(word, slice_of(*field)))
            return true;
    return false;
}

static void take_chapters_named(struct known_pages *found, const struct rulebase *rules, size_t k,
                                struct slice word) {
    const struct rule_list *list = &rules->lists[by_id[k].list];
    for (size_t i = 0; i < list->count; i++) {
        const void *entry = list->items[i];
        if (name_agrees(word, slice_of(id_of(entry))) ||
            name_agrees(word, slice_of(title_of(by_id[k].list, entry))) ||
            name_among(word, names_of(by_id[k].list, entry)) || shows_field(by_id[k].list, entry, word))
            take(found, by_id[k].kind, entry, by_id[k].list);
    }
}

static void take_providers_named(struct known_pages *found, const struct rulebase *rules, struct slice word) {
    const struct rule_list *list = &rules->lists[RULES_PROVIDERS];
    for (size_t i = 0; i < list->count; i++)
        if (names_provider(list->items[i], word))
            take(found, KNOWN_PROVIDER, list->items[i], RULES_PROVIDERS);
}

/* The causes of a category whose name other pages bear too. */
static void take_category(struct known_pages *found, const struct rulebase *rules, struct slice word) {
    const struct rule_list *causes = &rules->lists[RULES_CAUSES];
    for (size_t i = 0; i < causes->count; i++)
        if (slice_equal_nocase(word, known_category(causes->items[i])))
            take(found, KNOWN_CAUSE, causes->items[i], RULES_CAUSES);
}

static struct known_pages find_named(struct matcher *matcher, struct slice word) {
    const struct rulebase *rules = matcher_rules(matcher);
    struct known_pages found = {.count = 0};
    take_chapters_named(&found, rules, 0, word);
    take_chapters_named(&found, rules, 1, word);
    take_providers_named(&found, rules, word);
    const struct blocklist *list = blocklist_find(rules, word);
    if (list)
        take(&found, KNOWN_BLOCKLIST, list, RULES_BLOCKLISTS);
    if (is_category(rules, word)) {
        if (!found.count)
            return one_page(KNOWN_CATEGORY, NULL, RULES_CAUSES);
        take_category(&found, rules, word);
    }
    const struct header_rule *const *fields = matcher_header_rules(matcher, word);
    if (fields && !found.count)
        take(&found, KNOWN_FIELD, fields[0], RULES_HEADERS);
    return found;
}

/* What bears only a part of that name. */
static struct known_pages find_part(struct matcher *matcher, struct slice word) {
    const struct rulebase *rules = matcher_rules(matcher);
    const void *found;
    if ((found = provider_nearly_named(matcher, word)))
        return one_page(KNOWN_PROVIDER, found, RULES_PROVIDERS);
    if ((found = blocklist_labelled(rules, word)))
        return one_page(KNOWN_BLOCKLIST, found, RULES_BLOCKLISTS);
    return one_page(KNOWN_BLOCKLIST, entry_ending_in(rules, RULES_BLOCKLISTS, '-', word), RULES_BLOCKLISTS);
}

/* With hyphens, as ids are written: "uceprotect level 3". */
static struct known_pages find_part_hyphened(struct matcher *matcher, struct slice word) {
    g_autofree char *copy = g_strndup(word.ptr ? word.ptr : "", word.len);
    if (!strpbrk(copy, " _"))
        return (struct known_pages){.count = 0};
    return find_part(matcher, slice_of(g_strdelimit(copy, " _", '-')));
}

static struct known_pages find_id(const struct rulebase *rules, struct slice id) {
    struct known_pages found = {.count = 0};
    for (size_t i = 0; i < BY_ID_RULES; i++) {
        const void *entry = entry_of_id(rules, by_id[i].list, id);
        if (entry)
            take(&found, by_id[i].kind, entry, by_id[i].list);
    }
    return found;
}

/* "rule timeout", "list barracuda": the one of that kind. */
static struct known_pages find_of_kind(const struct rulebase *rules, struct slice words) {
    size_t blank = slice_find_char(words, ' ');
    for (size_t i = 0; i < G_N_ELEMENTS(by_id) && blank < words.len; i++)
        if (slice_is_nocase(slice_upto(words, blank), by_id[i].word))
            return one_page(by_id[i].kind,
                            entry_of_id(rules, by_id[i].list, slice_trim(slice_from(words, blank))),
                            by_id[i].list);
    return (struct known_pages){.count = 0};
}

struct known_pages known_find(struct matcher *matcher, struct slice word) {
    const struct rulebase *rules = matcher_rules(matcher);
    struct known_pages found = find_id(rules, word);
    for (enum rule_kind kind = 0; kind < RULE_KINDS && !found.count; kind++)
        if (kind_words[kind] && slice_equal_nocase(word, slice_of(kind_words[kind])))
            return one_page(KNOWN_KIND, NULL, kind);
    if (!found.count)
        found = find_of_kind(rules, word);
    if (!found.count)
        found = find_named(matcher, word);
    if (!found.count)
        found = one_page(KNOWN_CAUSE, entry_ending_in(rules, RULES_CAUSES, '.', word), RULES_CAUSES);
    if (!found.count)
        found = one_page(KNOWN_RULE, entry_of_id(rules, RULES_REPLIES, word), RULES_REPLIES);
    if (!found.count)
        found = find_part(matcher, word);
    return found.count ? found : find_part_hyphened(matcher, word);
}

char *known_name(const struct rulebase *rules, struct known known) {
    const char *id = id_of(known.entry);
    struct known_pages same = find_id(rules, slice_of(id));
    for (size_t i = 0; i < BY_ID_RULES; i++)
        if (by_id[i].kind == known.kind && same.count > 1)
            return g_strdup_printf("%s %s", by_id[i].word, id);
    return g_strdup(id);
}

/* How many words of an entry's longest name stand in the text. */
static size_t longest_within(struct slice text, const char *id, const char *const *names) {
    size_t most = name_within(text, slice_of(id));
    for (; names && *names; names++)
        most = MAX(most, name_within(text, slice_of(*names)));
    return most;
}

struct known_pages known_within(const struct rulebase *rules, struct slice text) {
    struct known_pages found = {.count = 0};
    size_t most = 1;
    for (size_t k = 0; k < 2; k++) {
        const struct rule_list *list = &rules->lists[by_id[k].list];
        for (size_t i = 0; i < list->count; i++) {
            const void *entry = list->items[i];
            size_t words = longest_within(text, id_of(entry), names_of(by_id[k].list, entry));
            if (words < most)
                continue;
            if (words > most)
                found.count = 0;
            most = words;
            take(&found, by_id[k].kind, entry, by_id[k].list);
        }
    }
    return found;
}
