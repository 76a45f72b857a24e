/* What was read and counted: see log_summary.h. */
#include "analyze/deliveries/log_summary.h"

#include "parsers/log/unread.h"
#include "parsers/rules/packed.h"

void log_summary_init(struct log_summary *sum, const struct rulebase *rules) {
    *sum = (struct log_summary){.rules = rules, .first = -1, .last = -1};
    totals_init(&sum->totals);
}

void log_summary_sort(struct log_summary *sum, unsigned jobs) {
    line_kinds_sort(&sum->kinds);
    totals_sort(&sum->totals, jobs);
}

/* Of lines of the same time in several zones the one that is furthest west. */
void log_summary_note_times(struct log_summary *sum, int64_t first, int64_t last, int first_offset) {
    bool is_first = first != -1 && (sum->first == -1 || first < sum->first);
    if (is_first || (first != -1 && first == sum->first && first_offset < sum->first_offset)) {
        sum->first = first;
        sum->first_offset = first_offset;
    }
    sum->last = MAX(sum->last, last);
}

void log_summary_free(struct log_summary *sum) {
    totals_free(&sum->totals);
    line_kinds_free(&sum->kinds);
    pieces_free(&sum->pieces);
}

/* The dialects, then the kinds of exports, which stand for one of them. */
const char *log_summary_system(const struct log_summary *sum, size_t i, uint64_t *lines) {
    const struct rule_list *kinds = &(sum->rules ? sum->rules : &builtin_rules)->lists[RULES_EXPORTS];
    *lines = 0;
    if (i < LOG_DIALECTS) {
        *lines = i == DIALECT_export ? 0 : sum->dialect_lines[i];
        return log_dialect_name(i);
    }
    i -= LOG_DIALECTS;
    if (i >= MIN(kinds->count, LOG_EXPORT_KINDS))
        return NULL;
    *lines = sum->export_records[i];
    return ((const struct export_kind *)rule_list_entry(kinds, i))->id;
}

uint64_t log_summary_known_lines(const struct log_summary *sum) {
    uint64_t known = 0;
    for (int i = 0; i < LOG_DIALECTS; i++)
        known += i == DIALECT_other_programs ? 0 : sum->dialect_lines[i];
    if (sum->unparsed) { /* the head of a table of which no row was understood is not enough */
        known -= sum->dialect_lines[DIALECT_export];
        for (size_t i = 0; i < LOG_EXPORT_KINDS; i++)
            known += sum->export_records[i];
    }
    return known;
}

/* Whose lines most of those are that are not understood, else of those that tell of no mail. */
char *log_summary_unread(const struct log_summary *sum) {
    const struct line_kind *most = NULL;
    const char *system = NULL;
    for (const struct line_kind *k = sum->kinds.first; k; k = k->next) {
        const char *found = k->is_known ? NULL : log_unread_system(k->raw);
        if (found && (!system || k->count > most->count)) {
            system = found;
            most = k;
        }
    }
    if (system)
        return g_strdup_printf("this is a log of %s, which is not read", system);
    for (const struct line_kind *k = sum->kinds.first; k; k = k->next)
        if (k->is_known && (!most || k->count > most->count))
            most = k;
    return most && !sum->unparsed ? g_strdup_printf("no line tells of mail: most are of %.*s", S(most->name))
                                  : NULL;
}
