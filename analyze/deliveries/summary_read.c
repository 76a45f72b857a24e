/* What was counted elsewhere: see summary_read.h. */
#include "analyze/deliveries/summary_read.h"

#include "analyze/deliveries/event_lines.h"
#include "parsers/base/hash.h"
#include "parsers/rules/packed.h"

struct reading {
    struct log_summary *summary;
    const struct summary_notes *notes;
    struct slice rest;
    bool is_bad;
    GArray *domains, *causes; /* uint32_t: the numbers here of those that were named */
    GHashTable *rules;        /* by id; NULL: not needed yet */
};

static uint64_t take(struct reading *r) {
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

static uint64_t take_upto(struct reading *r, uint64_t most) {
    uint64_t number = take(r);
    r->is_bad |= number > most;
    return number > most ? 0 : number;
}

static int64_t take_time(struct reading *r) {
    return (int64_t)take_upto(r, LATEST_TIME) - 1;
}

static struct slice take_text(struct reading *r) {
    uint64_t len = take_upto(r, r->rest.len);
    len = MIN(len, r->rest.len); /* the length itself took bytes */
    struct slice text = slice_upto(r->rest, len);
    r->rest = slice_from(r->rest, len);
    return text;
}

static void add_counts(struct reading *r, uint64_t *of, size_t count) {
    for (size_t i = 0; i < count; i++)
        of[i] += take(r);
}

/* The number here of a domain or cause that was named. */
static uint32_t take_named(struct reading *r, const GArray *named) {
    uint64_t number = take(r);
    r->is_bad |= number >= named->len;
    return number < named->len ? g_array_index(named, uint32_t, number) : 0;
}

static const struct rule_list *list_of(const struct reading *r, int kind) {
    const struct rulebase *rules = r->summary->rules ? r->summary->rules : &builtin_rules;
    return &rules->lists[kind];
}

static const struct cause *find_cause(struct reading *r, struct slice id) {
    const struct rule_list *list = list_of(r, RULES_CAUSES);
    for (size_t i = 0; i < list->count; i++) {
        const struct cause *cause = rule_list_entry(list, i);
        if (slice_equal(id, slice_of(cause->id)))
            return cause;
    }
    r->is_bad = true;
    return NULL;
}

static const struct provider *take_provider(struct reading *r) {
    struct slice id = take_text(r);
    const struct rule_list *list = list_of(r, RULES_PROVIDERS);
    for (size_t i = 0; id.len && i < list->count; i++) {
        const struct provider *provider = rule_list_entry(list, i);
        if (slice_equal(id, slice_of(provider->id)))
            return provider;
    }
    r->is_bad |= id.len > 0;
    return NULL;
}

static const struct reply_rule *take_rule(struct reading *r) {
    struct slice id = take_text(r);
    const struct rule_list *list = list_of(r, RULES_REPLIES);
    if (!id.len)
        return NULL;
    if (!r->rules) {
        r->rules = g_hash_table_new(g_str_hash, g_str_equal);
        for (size_t i = list->count; i-- > 0;) {
            const struct reply_rule *rule = rule_list_entry(list, i);
            g_hash_table_insert(r->rules, (gpointer)rule->id, (gpointer)rule);
        }
    }
    g_autofree char *name = g_strndup(id.ptr, id.len);
    const struct reply_rule *rule = g_hash_table_lookup(r->rules, name);
    r->is_bad |= !rule;
    return rule;
}

/* Who mends it is a word of the rules. */
static const char *take_fixer(struct reading *r, const struct reply_rule *rule) {
    struct slice fixer = take_text(r);
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

static const struct cause *take_any_cause(struct reading *r) {
    struct slice id = take_text(r);
    return id.len ? find_cause(r, id) : NULL;
}

static struct reply_class take_class(struct reading *r) {
    struct reply_class c = {.cause = take_any_cause(r)};
    if (!c.cause)
        return c;
    c.underlying = take_any_cause(r);
    c.rule = take_rule(r);
    c.provider = take_provider(r);
    c.fixer = take_fixer(r, c.rule);
    c.is_permanent = take_upto(r, 1);
    c.confidence = (enum confidence)take_upto(r, CONFIDENCES - 1);
    return c;
}

/* False: there is none. */
static bool take_sample(struct reading *r, struct log_sample *s) {
    *s = (struct log_sample){.reply = SLICE_EMPTY};
    if (!take_upto(r, 1))
        return false;
    s->reply = take_text(r);
    s->host = take_text(r);
    s->queue_id = take_text(r);
    s->recipient = take_text(r);
    s->time = take_time(r);
    s->domain = take_named(r, r->domains);
    s->outcome = (enum outcome)take_upto(r, OUTCOMES - 1);
    s->class = take_class(r);
    return !r->is_bad;
}

static void add_sample(struct reading *r, struct log_sample *into) {
    struct totals *t = &r->summary->totals;
    struct log_sample s;
    if (take_sample(r, &s))
        log_sample_add(into, &s, &t->arena, &t->scratch);
}

static void take_set_aside(struct reading *r) {
    struct totals *t = &r->summary->totals;
    struct log_sample s;
    if (take_sample(r, &s))
        log_samples_add(&t->set_aside, &s, &t->arena, &t->scratch);
}

static void take_lines(struct reading *r) {
    struct log_summary *s = r->summary;
    int64_t first = take_time(r);
    int64_t last = take_time(r);
    int offset = (int)((int64_t)take_upto(r, 1 << 21) - (1 << 20));
    log_summary_note_times(s, first, last, offset);
    s->has_local |= take_upto(r, 1);
    for (size_t i = 0; summary_counter(s, i); i++)
        *summary_counter(s, i) += take(r);
}

static void take_system(struct reading *r) {
    struct slice id = take_text(r);
    bool is_dialect = take_upto(r, 1);
    uint64_t lines = take(r);
    const char *name;
    uint64_t unused;
    for (size_t i = is_dialect ? 0 : LOG_DIALECTS; (name = log_summary_system(r->summary, i, &unused)); i++)
        if (slice_equal(id, slice_of(name))) {
            *(i < LOG_DIALECTS ? &r->summary->dialect_lines[i]
                               : &r->summary->export_records[i - LOG_DIALECTS]) += lines;
            return;
        }
    r->is_bad = true;
}

/* Names that stand for good: those of dialects and of kinds of exports. */
static const char *known_name(struct reading *r, struct slice word) {
    const char *name;
    uint64_t unused;
    if (slice_equal(word, SLICE("?")))
        return "?";
    for (size_t i = 0; (name = log_summary_system(r->summary, i, &unused)); i++)
        if (slice_equal(word, slice_of(name)))
            return name;
    r->is_bad = true;
    return NULL;
}

static void take_kind(struct reading *r) {
    struct line_kind k = {.key = NULL};
    k.dialect = known_name(r, take_text(r));
    struct slice trouble = take_text(r);
    k.trouble = line_kinds_trouble(trouble);
    r->is_bad |= trouble.len && !k.trouble;
    k.name = take_text(r);
    k.is_known = take_upto(r, 1);
    k.count = take(r);
    k.first = take(r);
    k.raw = take_text(r);
    k.sample = take_text(r);
    if (!r->is_bad)
        line_kinds_merge_one(&r->summary->kinds, &k);
}

static void take_domain(struct reading *r) {
    struct totals *t = &r->summary->totals;
    uint32_t number = totals_domain(t, take_text(r));
    g_array_append_val(r->domains, number);
    totals_provide(&t->domains[number], take_provider(r));
    add_counts(r, t->domains[number].received.of, RECIPIENT_OUTCOMES);
    add_counts(r, t->domains[number].sent.of, RECIPIENT_OUTCOMES);
}

static void take_cause(struct reading *r) {
    struct totals *t = &r->summary->totals;
    const struct cause *cause = find_cause(r, take_text(r));
    if (!cause)
        return;
    uint32_t number = totals_cause(t, cause);
    struct cause_count *c = &t->causes[number];
    g_array_append_val(r->causes, number);
    c->recipients += take(r);
    c->attempts += take(r);
    c->inbound += take(r);
    int64_t first = take_time(r);
    if (first != -1 && (c->first == -1 || first < c->first))
        c->first = first;
    add_sample(r, &c->sample);
    add_sample(r, &c->inbound_sample);
}

static void take_tally(struct reading *r) {
    struct totals *t = &r->summary->totals;
    enum summary_map map = (enum summary_map)take_upto(r, MAPS - 1);
    bool is_of_cause = map == MAP_BY_DOMAIN || map == MAP_BY_SENDER;
    bool is_of_domain = is_of_cause || map == MAP_MATRIX;
    uint32_t a = is_of_cause    ? take_named(r, r->causes)
                 : is_of_domain ? take_named(r, r->domains)
                                : (uint32_t)take_upto(r, UINT32_MAX);
    uint32_t b = is_of_domain ? take_named(r, r->domains) : (uint32_t)take_upto(r, 0);
    uint64_t c = take_upto(r, map == MAP_MATRIX ? r->causes->len : 0);
    if (r->is_bad)
        return;
    struct tally *tally =
        totals_tally(t, summary_map(t, map), a, b, c ? g_array_index(r->causes, uint32_t, c - 1) + 1 : 0);
    add_counts(r, tally->counts.of, map == MAP_REJECTS ? 1 : RECIPIENT_OUTCOMES);
    struct log_sample s;
    if (take_sample(r, &s))
        log_sample_add(totals_sample_of(t, tally), &s, &t->arena, &t->scratch);
}

static void take_ranked(struct reading *r) {
    struct ranked row = {.first = -1};
    size_t ranking = take_upto(r, RANKINGS - 1);
    struct slice name = take_text(r);
    add_counts(r, row.of, RECIPIENT_OUTCOMES);
    row.messages = take(r);
    row.bytes = take(r);
    row.times = take(r);
    row.hit = take(r);
    row.unknown = take(r);
    row.clients = take(r);
    row.first = take_time(r);
    row.first_hit = take_time(r);
    uint64_t cause = take_upto(r, r->causes->len);
    if (cause)
        row.top_hit = r->summary->totals.causes[g_array_index(r->causes, uint32_t, cause - 1)].cause;
    if (!r->is_bad)
        ranked_add(ranking_of(&r->summary->totals.rankings[ranking], name, 0), &row);
}

static void take_delays(struct reading *r) {
    struct totals *t = &r->summary->totals;
    size_t part = take_upto(r, DELAY_PARTS);
    const struct provider *provider = take_provider(r);
    r->is_bad |= (part == DELAY_PARTS) != (provider != NULL);
    if (r->is_bad)
        return;
    struct delays unused = {.count = 0};
    struct delays *d = provider ? totals_provider_delays(t, provider) : totals_delays(t, &t->delays[part]);
    d = d ? d : &unused;
    d->count += take(r);
    uint32_t most = (uint32_t)take_upto(r, UINT32_MAX);
    d->most = MAX(d->most, most);
    uint64_t bucket;
    while ((bucket = take_upto(r, DELAY_BUCKETS)))
        d->of[bucket - 1] += (uint32_t)take(r);
}

static void take_note(struct reading *r, GPtrArray *texts) {
    struct slice text = take_text(r);
    if (texts)
        g_ptr_array_add(texts, g_strndup(text.ptr, text.len));
}

static void take_status(struct reading *r) {
    int status = (int)take_upto(r, 255);
    const int *known = r->notes->statuses;
    while (known && *known && *known != status)
        known++;
    r->is_bad |= known && *known != status;
    if (r->notes->status && !r->is_bad)
        *r->notes->status = MAX(*r->notes->status, status);
}

static void take_record(struct reading *r, char letter) {
    switch (letter) {
    case 'F': /* with these it was looked at already */
        take(r);
        take(r);
        break;
    case 'H':
        take(r);
        take_text(r);
        break;
    case 'N':
        take_note(r, r->notes->names);
        break;
    case 'P':
        take_note(r, r->notes->problems);
        break;
    case 'O':
        take_note(r, r->notes->notes);
        break;
    case 'X':
        take_status(r);
        break;
    case 'L':
        take_lines(r);
        break;
    case 'S':
        take_system(r);
        break;
    case 'E':
        r->summary->dialect_lines[DIALECT_export] += take(r);
        break;
    case 'K':
        take_kind(r);
        break;
    case 'd':
        take_domain(r);
        break;
    case 'c':
        take_cause(r);
        break;
    case 'a':
        take_set_aside(r);
        break;
    case 't':
        take_tally(r);
        break;
    case 'p':
        r->summary->totals.rankings[take_upto(r, RANKINGS - 1)].is_pruned = true;
        break;
    case 'r':
        take_ranked(r);
        break;
    case 'y':
        take_delays(r);
        break;
    default:
        r->is_bad = true;
    }
}

/* --- is the piece one of those that are put together? --- */

/* It is called after the first of its logs; what is said is a problem, but where nothing is wrong. */
static void say_of_piece(struct reading *r, struct slice rest, const char *what, bool is_wrong) {
    struct reading names = *r;
    names.rest = slice_from(rest, 1);
    bool has_name = rest.len && rest.ptr[0] == 'N';
    struct slice name = has_name ? take_text(&names) : SLICE("a piece without a name");
    GPtrArray *texts = is_wrong ? r->notes->problems : r->notes->notes;
    if (texts)
        g_ptr_array_add(texts, g_strdup_printf("%.*s: %s", (int)MIN(name.len, 4096), name.ptr, what));
    if (is_wrong && r->notes->status)
        *r->notes->status = MAX(*r->notes->status, r->notes->damage);
}

/* With which it was made; false: with others. */
static bool is_made_alike(struct reading *r, struct reading *head) {
    struct pieces *pieces = &r->summary->pieces;
    uint64_t rules = take(head);
    struct slice filters = take_text(head);
    r->is_bad |= head->is_bad;
    if (r->is_bad)
        return false;
    if (!pieces->filters)
        pieces->filters = g_strndup(filters.ptr, filters.len);
    bool has_rules = rules == r->notes->rules;
    bool has_filters = slice_equal(filters, slice_of(pieces->filters));
    if (!has_rules || !has_filters)
        say_of_piece(r, head->rest,
                     has_rules ? "was made with other filters than the others: it is left out"
                               : "was made with other rules: it is left out",
                     true);
    return has_rules && has_filters;
}

/* The records that come first say which logs were read, and with what. False: it is not taken. */
static bool is_wanted(struct reading *r) {
    struct reading head = *r;
    g_autoptr(GArray) logs = g_array_new(FALSE, TRUE, sizeof(struct log_identity));
    for (; head.rest.len && head.rest.ptr[0] == 'F' && !head.is_bad;) {
        head.rest = slice_from(head.rest, 1);
        struct log_identity log = {.head = take(&head)};
        log.bytes = take(&head);
        g_array_append_val(logs, log);
    }
    r->is_bad |= !head.rest.len || head.rest.ptr[0] != 'H';
    head.rest = slice_from(head.rest, 1);
    if (!is_made_alike(r, &head))
        return false;
    enum piece_met met = pieces_meet(&r->summary->pieces, logs);
    if (met == PIECE_KNOWN)
        say_of_piece(r, head.rest, "another piece counts all of it already: it is counted once", false);
    if (met == PIECE_OVERLAPS)
        say_of_piece(r, head.rest, "another piece counts a part of it, too: what both have is counted twice",
                     true);
    if (met != PIECE_KNOWN)
        pieces_add(&r->summary->pieces, logs);
    return met != PIECE_KNOWN;
}

/* The records of the piece with which the bytes begin, which are taken off; false: it is cut or damaged. */
static bool take_piece(struct reading *r, struct slice *bytes) {
    if (!slice_equal(slice_upto(*bytes, sizeof SUMMARY_MAGIC - 1), SLICE(SUMMARY_MAGIC)))
        return false;
    r->rest = slice_from(*bytes, sizeof SUMMARY_MAGIC - 1);
    uint64_t length = take(r);
    if (r->is_bad || r->rest.len < SUMMARY_CHECK || length > r->rest.len - SUMMARY_CHECK)
        return false;
    uint64_t check = 0;
    for (int i = 0; i < SUMMARY_CHECK; i++)
        check |= (uint64_t)(unsigned char)r->rest.ptr[length + (size_t)i] << (8 * i);
    *bytes = slice_from(r->rest, length + SUMMARY_CHECK);
    r->rest = slice_upto(r->rest, length);
    return hash_alike(r->rest.ptr, r->rest.len, 0) == check;
}

static void take_records(struct reading *r) {
    g_array_set_size(r->domains, 0);
    g_array_set_size(r->causes, 0);
    while (r->rest.len && !r->is_bad) {
        char letter = r->rest.ptr[0];
        r->rest = slice_from(r->rest, 1);
        take_record(r, letter);
    }
}

bool summary_read(struct log_summary *s, const struct summary_notes *notes, struct slice bytes) {
    struct reading r = {.summary = s,
                        .notes = notes,
                        .is_bad = !bytes.len,
                        .domains = g_array_new(FALSE, FALSE, sizeof(uint32_t)),
                        .causes = g_array_new(FALSE, FALSE, sizeof(uint32_t))};
    while (bytes.len && !r.is_bad) {
        r.is_bad |= !take_piece(&r, &bytes);
        if (!r.is_bad && is_wanted(&r))
            take_records(&r);
    }
    g_array_free(r.domains, TRUE);
    g_array_free(r.causes, TRUE);
    if (r.rules)
        g_hash_table_destroy(r.rules);
    return !r.is_bad;
}
