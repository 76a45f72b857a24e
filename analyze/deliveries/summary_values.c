/* Values of what was counted elsewhere: see summary_values.h. */
#include "analyze/deliveries/summary_values.h"

#include "analyze/deliveries/event_lines.h"
#include "parsers/rules/packed.h"

uint64_t summary_take_number(struct summary_reading *r) {
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && r->rest.len; shift += 7) {
        unsigned char byte = (unsigned char)r->rest.ptr[0];
        r->rest = slice_from(r->rest, 1);
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return number;
    }
    r->is_bad = true;
    return 0;
}

uint64_t summary_take_upto(struct summary_reading *r, uint64_t most) {
    uint64_t number = summary_take_number(r);
    r->is_bad |= number > most;
    return number > most ? 0 : number;
}

int64_t summary_take_time(struct summary_reading *r) {
    return (int64_t)summary_take_upto(r, LATEST_TIME) - 1;
}

struct slice summary_take_text(struct summary_reading *r) {
    uint64_t len = summary_take_upto(r, r->rest.len);
    len = MIN(len, r->rest.len); /* the length itself took bytes */
    struct slice text = slice_upto(r->rest, len);
    r->rest = slice_from(r->rest, len);
    return text;
}

void summary_add_counts(struct summary_reading *r, uint64_t *of, size_t count) {
    for (size_t i = 0; i < count; i++)
        of[i] += summary_take_number(r);
}

uint32_t summary_take_named(struct summary_reading *r, const GArray *named) {
    uint64_t number = summary_take_number(r);
    r->is_bad |= number >= named->len;
    return number < named->len ? g_array_index(named, uint32_t, number) : 0;
}

static const struct rule_list *list_of(const struct summary_reading *r, int kind) {
    const struct rulebase *rules = r->summary->rules ? r->summary->rules : &builtin_rules;
    return &rules->lists[kind];
}

static const struct cause *find_cause(struct summary_reading *r, struct slice id) {
    const struct rule_list *list = list_of(r, RULES_CAUSES);
    for (size_t i = 0; i < list->count; i++) {
        const struct cause *cause = rule_list_entry(list, i);
        if (slice_equal(id, slice_of(cause->id)))
            return cause;
    }
    r->is_bad = true;
    return NULL;
}

const struct provider *summary_take_provider(struct summary_reading *r) {
    struct slice id = summary_take_text(r);
    const struct rule_list *list = list_of(r, RULES_PROVIDERS);
    for (size_t i = 0; id.len && i < list->count; i++) {
        const struct provider *provider = rule_list_entry(list, i);
        if (slice_equal(id, slice_of(provider->id)))
            return provider;
    }
    r->is_bad |= id.len > 0;
    return NULL;
}

static const struct reply_rule *take_rule(struct summary_reading *r) {
    struct slice id = summary_take_text(r);
    const struct rule_list *list = list_of(r, RULES_REPLIES);
    if (!id.len)
        return NULL;
    if (!r->by_id) {
        r->by_id = g_hash_table_new(g_str_hash, g_str_equal);
        for (size_t i = list->count; i-- > 0;) {
            const struct reply_rule *rule = rule_list_entry(list, i);
            g_hash_table_insert(r->by_id, (gpointer)rule->id, (gpointer)rule);
        }
    }
    g_autofree char *name = g_strndup(id.ptr, id.len);
    const struct reply_rule *rule = g_hash_table_lookup(r->by_id, name);
    r->is_bad |= !rule;
    return rule;
}

/* Who mends it is a word of the rules. */
static const char *take_fixer(struct summary_reading *r, const struct reply_rule *rule) {
    struct slice fixer = summary_take_text(r);
    const struct rule_list *list = list_of(r, RULES_CAUSES);
    if (!fixer.len)
        return NULL;
    if (rule && rule->fixer && slice_equal(fixer, slice_of(rule->fixer)))
        return rule->fixer;
    for (size_t i = 0; i < list->count; i++) {
        const struct cause *cause = rule_list_entry(list, i);
        if (slice_equal(fixer, slice_of(cause->fixer)))
            return cause->fixer;
        if (cause->given_up_fixer && slice_equal(fixer, slice_of(cause->given_up_fixer)))
            return cause->given_up_fixer;
    }
    r->is_bad = true;
    return NULL;
}

const struct cause *summary_take_cause(struct summary_reading *r) {
    struct slice id = summary_take_text(r);
    return id.len ? find_cause(r, id) : NULL;
}

static struct reply_class take_class(struct summary_reading *r) {
    struct reply_class c = {.cause = summary_take_cause(r)};
    if (!c.cause)
        return c;
    c.underlying = summary_take_cause(r);
    c.rule = take_rule(r);
    c.provider = summary_take_provider(r);
    c.fixer = take_fixer(r, c.rule);
    c.is_permanent = summary_take_upto(r, 1);
    c.confidence = (enum confidence)summary_take_upto(r, CONFIDENCES - 1);
    return c;
}

bool summary_take_sample(struct summary_reading *r, struct log_sample *s) {
    *s = (struct log_sample){.reply = SLICE_EMPTY};
    if (!summary_take_upto(r, 1))
        return false;
    s->reply = summary_take_text(r);
    s->host = summary_take_text(r);
    s->queue_id = summary_take_text(r);
    s->recipient = summary_take_text(r);
    s->time = summary_take_time(r);
    s->domain = summary_take_named(r, r->domains);
    s->outcome = (enum outcome)summary_take_upto(r, OUTCOMES - 1);
    s->class = take_class(r);
    return !r->is_bad;
}
