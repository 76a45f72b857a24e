/* A rulebase: see rules.h. */
#include "parsers/rules/rules.h"

#include "parsers/base/smtp_reply.h"

#include <string.h>

void rulebase_free(struct rulebase *base) {
    arena_free(&base->arena);
    *base = (struct rulebase){0};
}

const struct cause *rulebase_cause(const struct rulebase *base, const char *id) {
    const struct rule_list *list = &base->lists[RULES_CAUSES];
    for (size_t i = 0; i < list->count; i++)
        if (string_equal(((const struct cause *)list->items[i])->id, id))
            return list->items[i];
    return NULL;
}

const struct provider *rulebase_provider(const struct rulebase *base, const char *id) {
    const struct rule_list *list = &base->lists[RULES_PROVIDERS];
    for (size_t i = 0; i < list->count && id; i++)
        if (string_equal(((const struct provider *)list->items[i])->id, id))
            return list->items[i];
    return NULL;
}

const struct provider *rulebase_provider_or(const struct rulebase *base, const char *id,
                                            const struct provider *known) {
    const struct provider *named = rulebase_provider(base, id);
    for (const char *const *one = named && known ? named->one_of : NULL; one && *one; one++)
        if (strcmp(*one, known->id) == 0)
            return known;
    return named;
}

bool cause_is_of(const char *cause, const char *word) {
    size_t length = strlen(word);
    return strncmp(word, cause, length) == 0 && (cause[length] == '\0' || cause[length] == '.');
}

bool rulebase_has_cause(const struct rulebase *base, const char *word) {
    const struct rule_list *causes = &base->lists[RULES_CAUSES];
    for (size_t i = 0; i < causes->count; i++)
        if (cause_is_of(((const struct cause *)causes->items[i])->id, word))
            return true;
    return false;
}

const struct reader_text *rulebase_reader(const struct rulebase *base, const char *cause) {
    const struct rule_list *list = &base->lists[RULES_READERS];
    const struct reader_text *wider = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct reader_text *text = list->items[i];
        if (strcmp(text->id, cause) == 0)
            return text;
        if (cause_is_of(cause, text->id))
            wider = text;
    }
    return wider;
}

static const struct inbound_text *inbound_of(const struct rule_list *list, const char *cause) {
    const struct inbound_text *wider = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct inbound_text *text = list->items[i];
        if (strcmp(text->id, cause) == 0)
            return text;
        if (cause_is_of(cause, text->id))
            wider = text;
    }
    return wider;
}

const struct inbound_text *rulebase_inbound(const struct rulebase *base, const char *cause) {
    if (!base)
        return NULL;
    const struct rule_list *list = &base->lists[RULES_INBOUND];
    const struct inbound_text *text = inbound_of(list, cause);
    return text ? text : inbound_of(list, "unknown.unclassified");
}

/* Does the reply hold the word? A number in it goes on to no other digit: 5.7.1 is not in 5.7.11. */
static bool is_held(struct slice reply, struct slice word) {
    for (size_t at = 0; word.len && at + word.len <= reply.len;) {
        at += slice_find_nocase(slice_from(reply, at), word);
        if (at >= reply.len)
            return false;
        at += word.len;
        bool goes_on = at < reply.len && ascii_is_digit(reply.ptr[at]);
        if (!goes_on || !ascii_is_digit(word.ptr[word.len - 1]))
            return true;
    }
    return false;
}

static bool is_about(const struct provider_advice *a, struct slice reply) {
    bool holds = !a->says;
    for (const char *const *word = a->says; word && *word && !holds; word++)
        holds = is_held(reply, slice_of(*word));
    return holds;
}

const struct provider_advice *provider_advise(const struct provider *provider, const char *cause,
                                              const int code[3], struct slice words, struct arena *arena) {
    const struct provider_advice *wider = NULL;
    struct slice reply = SLICE_EMPTY; /* put together where an advice asks for it */
    for (const struct provider_advice *const *a = provider ? provider->advice : NULL; a && *a; a++)
        for (const char *const *word = (*a)->cause; *word; word++) {
            if (!cause_is_of(cause, *word))
                continue;
            if ((*a)->says && !reply.len)
                reply = arena_printf(arena, "%.*s %.*s", S(enhanced_text(arena, code)), S(words));
            bool fits = is_about(*a, reply);
            if (fits && strcmp(*word, cause) == 0)
                return *a;
            if (fits && !wider)
                wider = *a;
        }
    return wider;
}
