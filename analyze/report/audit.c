/* Audits as structure and for people: see audit.h. */
#include "analyze/report/audit.h"

#include "analyze/auth/bulk_rules.h"
#include "analyze/auth/check_kinds.h"
#include "analyze/auth/spf_check.h"
#include "analyze/report/present_auth.h"
#include "analyze/report/present_change.h"
#include "analyze/report/present_fixed.h"
#include "analyze/report/structure_auth.h"
#include "analyze/version.h"

#define MOST_OF_HEAD 60 /* bytes of a domain above a column */

/* --- structure --- */

static void write_bulk(struct writer *w, const char *key, const struct auth *auth) {
    size_t count;
    const struct bulk_row *rows = bulk_judge(auth, &count);
    write_list(w, key);
    for (size_t i = 0; i < count; i++) {
        write_object(w, NULL);
        write_value(w, "requirement", as_ours(rows[i].requirement));
        write_value(w, "met", as_ours(bulk_answer_name(rows[i].answer)));
        write_known(w, "text", as_sentence(rows[i].text));
        write_list(w, "asked_by");
        for (size_t k = 0; k < BULK_RECEIVERS; k++)
            if (rows[i].asks[k])
                write_value(w, NULL, as_ours(bulk_receivers[k].id));
        write_list_end(w);
        write_list(w, "sources");
        for (size_t k = 0; k < BULK_RECEIVERS; k++)
            if (rows[i].asks[k])
                write_value(w, NULL, as_link(slice_of(bulk_receivers[k].source)));
        write_list_end(w);
        write_object_end(w);
    }
    write_list_end(w);
}

static void write_audit(struct writer *w, const struct audit *audit) {
    const struct transaction *s = &audit->auth.transaction;
    write_object(w, NULL);
    write_known(w, "mailwhy", as_ours(MAILWHY_VERSION));
    write_value(w, "schema", as_number(1));
    write_object(w, "input");
    write_known(w, "kind", as_ours("audit"));
    write_value(w, "domain", as_host(audit->domain));
    write_known(w, "ip", as_network(ip_text(w->outlet.arena, &s->ip)));
    write_known(w, "helo", as_host(s->helo));
    write_known(w, "sender", as_address(s->sender));
    write_object_end(w);
    write_object(w, "auth");
    write_auth_results(w, &audit->auth);
    write_object_end(w);
    write_checks(w, audit->auth.checks.first);
    write_bulk(w, "bulk_senders", &audit->auth);
    if (audit->after)
        write_bulk(w, "bulk_senders_after", audit->after);
    write_dns(w, &audit->auth);
    write_fixed(w, &audit->auth, audit->after);
    write_object_end(w);
    write_record_end(w);
}

static void structure_audit(struct writer *w, const void *what) {
    const struct audit_list *list = what;
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            write_separator(w);
        write_audit(w, &list->audits[i]);
    }
}

/* --- one audit --- */

static enum words outcome_words(enum check_outcome outcome) {
    static const enum words words[] = {[CHECK_PASS] = SAY_CHECK_WORDS_PASSED,
                                       [CHECK_FAIL] = SAY_CHECK_WORDS_FAILED,
                                       [CHECK_WARNING] = SAY_CHECK_WORDS_WARNING,
                                       [CHECK_UNCHECKED] = SAY_CHECK_WORDS_UNKNOWN};
    _Static_assert(G_N_ELEMENTS(words) == CHECK_OUTCOMES, "words for each outcome");
    return words[outcome];
}

static enum emphasis state_of(enum check_outcome outcome) {
    static const enum emphasis states[] = {[CHECK_PASS] = EMPHASIS_GOOD,
                                           [CHECK_FAIL] = EMPHASIS_BAD,
                                           [CHECK_WARNING] = EMPHASIS_WARN,
                                           [CHECK_UNCHECKED] = EMPHASIS_NONE};
    _Static_assert(G_N_ELEMENTS(states) == CHECK_OUTCOMES, "a state for each outcome");
    return states[outcome];
}

static void present_results(struct page *p, const struct audit *a, const struct check_kind *kind) {
    struct value label = as_ours(kind->label);
    bool has_steps = false;
    for (const struct check *c = check_first(&a->auth.checks, kind); c; c = check_next(c)) {
        page_row_in(p, label,
                    page_say(p, SAY_NAME_AND_TEXT, word(outcome_words(c->outcome)), as_sentence(c->text)),
                    state_of(c->outcome));
        label = NO_LABEL;
        if (kind == &spf_check && !has_steps && slice_equal_nocase(c->subject, a->auth.spf.domain)) {
            present_spf_steps(p, &a->auth.spf);
            present_spf_second(p, &a->auth.spf);
            has_steps = true;
        }
    }
}

static size_t count_outcomes(const struct audit *a, enum check_outcome outcome) {
    size_t count = 0;
    for (const struct check *c = a->auth.checks.first; c; c = c->next)
        count += c->outcome == outcome;
    return count;
}

static bool is_no_domain(const struct check *c) {
    return slice_equal(c->result, SLICE(CHECK_NO_DOMAIN));
}

/* Is it about a domain that does not exist, and says anything else of it? */
static bool is_of_no_domain(const struct audit *a, const struct check *c) {
    for (const struct check *other = a->auth.checks.first; other; other = other->next)
        if (is_no_domain(other) && slice_equal_nocase(other->subject, c->subject))
            return !is_no_domain(c);
    return false;
}

static void present_remedies(struct page *p, const struct audit *a) {
    unsigned number = 0;
    for (size_t i = 0; i < check_kind_count; i++) /* in the order of the results above */
        for (const struct check *c = check_first(&a->auth.checks, check_kinds[i]); c; c = check_next(c))
            for (const struct remedy *r = is_of_no_domain(a, c) ? NULL : c->remedies; r;
                 r = r->next, number++)
                page_step(p, number ? NO_LABEL : word(LABEL_WHAT_TO_DO), number + 1, as_sentence(r->text));
}

static void present_proposals(struct page *p, const struct audit *a) {
    bool is_begun = false;
    for (const struct check *c = a->auth.checks.first; c; c = c->next)
        for (const struct proposal *r = c->proposals; r; r = r->next) {
            if (is_proposed_before(r, a->auth.checks.first))
                continue;
            if (!is_begun)
                page_section(p, word(SECTION_PROPOSALS));
            is_begun = true;
            page_copy(p, record_line(p, r));
        }
}

/* Does the domain meet the rules for bulk senders? Who does not ask for something has "-". */
static void present_bulk(struct page *p, enum words section, const struct auth *auth) {
    static const enum words heads[] = {HEAD_GMAIL, HEAD_YAHOO, HEAD_MICROSOFT, HEAD_REQUIREMENT};
    _Static_assert(G_N_ELEMENTS(heads) == BULK_RECEIVERS + 1, "a head for each receiver");
    static const enum words labels[] = {[BULK_MISSED] = LABEL_BULK_MISSING, [BULK_UNKNOWN] = LABEL_NOT_KNOWN};
    size_t count;
    const struct bulk_row *rows = bulk_judge(auth, &count);
    struct table t = page_table(p, heads, G_N_ELEMENTS(heads), BULK_RECEIVERS, count);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < BULK_RECEIVERS; k++)
            page_cell(p, &t,
                      rows[i].asks[k] ? as_ours(bulk_answer_name(rows[i].answer)) : word(SAY_NOT_ASKED));
        page_cell(p, &t, as_ours(rows[i].requirement));
    }
    page_section(p, word(section));
    page_table_end(p, &t);
    for (enum bulk_answer answer = BULK_MISSED; answer <= BULK_UNKNOWN; answer++) {
        struct value label = word(labels[answer]);
        for (size_t i = 0; i < count; i++) {
            if (rows[i].answer != answer)
                continue;
            page_row(p, label,
                     page_say(p, SAY_NAME_AND_TEXT, as_ours(rows[i].requirement), as_sentence(rows[i].text)));
            label = NO_LABEL;
        }
    }
    for (size_t k = 0; k < BULK_RECEIVERS; k++)
        page_row(p, k ? NO_LABEL : word(LABEL_SOURCES), as_link(slice_of(bulk_receivers[k].source)));
}

static void present_audit(struct page *p, const struct audit *a) {
    size_t failed = count_outcomes(a, CHECK_FAIL);
    size_t unknown = count_outcomes(a, CHECK_UNCHECKED);
    struct slice ip = ip_text(p->outlet.arena, &a->auth.transaction.ip);
    page_title(p,
               page_say(p,
                        failed    ? SAY_AUDIT_NOT_TRUSTED
                        : unknown ? SAY_AUDIT_UNKNOWN
                                  : SAY_AUDIT_TRUSTED,
                        as_host(a->domain), as_network(ip)),
               failed    ? EMPHASIS_BAD
               : unknown ? EMPHASIS_WARN
                         : EMPHASIS_GOOD);
    page_row(p, word(LABEL_SUMMARY),
             page_say(p, SAY_AUDIT_SUMMARY, as_count(count_outcomes(a, CHECK_PASS)), as_count(failed),
                      as_count(count_outcomes(a, CHECK_WARNING)), as_count(unknown)));
    page_row_known(p, word(LABEL_DNS_OF), as_time(snapshot_taken(a->auth.resolver.snapshot)));
    for (size_t i = 0; i < check_kind_count; i++)
        if (!check_kinds[i]->is_of_message)
            present_results(p, a, check_kinds[i]);
    if (a->after)
        present_fixed(p, &a->auth, a->after);
    else
        present_remedies(p, a);
    const struct audit now = {a->domain, a->after ? *a->after : a->auth, NULL};
    present_bulk(p, SECTION_BULK, &a->auth);
    if (a->after)
        present_bulk(p, SECTION_BULK_AFTER, a->after);
    present_proposals(p, &now);
    present_missing(p, &now.auth);
}

/* --- side by side --- */

/* The worst that was found of one kind, in a word. */
static const struct check *worst(const struct audit *a, const struct check_kind *kind) {
    static const enum check_outcome order[] = {CHECK_FAIL, CHECK_WARNING, CHECK_UNCHECKED, CHECK_PASS};
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
        for (const struct check *c = check_first(&a->auth.checks, kind); c; c = check_next(c))
            if (c->outcome == order[i])
                return c;
    return NULL;
}

static struct value cell(struct page *p, const struct audit *a, const struct check_kind *kind) {
    const struct check *c = worst(a, kind);
    if (!c)
        return word(SAY_NOT_APPLICABLE);
    struct value outcome = word(outcome_words(c->outcome));
    bool is_plain = c->outcome == CHECK_PASS && slice_equal(c->result, SLICE("pass"));
    return is_plain ? outcome : page_say(p, SAY_NAME_WITH_DETAIL, outcome, as_stranger(c->result));
}

static enum emphasis cell_state(const struct audit *a, const struct check_kind *kind) {
    const struct check *c = worst(a, kind);
    return c ? state_of(c->outcome) : EMPHASIS_NONE;
}

static bool is_alike(const struct check *one, const struct check *other) {
    if (!one || !other)
        return one == other;
    return one->outcome == other->outcome && slice_equal(one->result, other->result);
}

static void present_differences(struct page *p, const struct audit_list *list) {
    struct value label = word(LABEL_DIFFERENCES);
    for (size_t k = 0; k < check_kind_count; k++) {
        const struct check_kind *kind = check_kinds[k];
        bool differs = false;
        for (size_t i = 1; i < list->count; i++)
            differs |= !is_alike(worst(&list->audits[0], kind), worst(&list->audits[i], kind));
        for (size_t i = 0; differs && i < list->count; i++) {
            const struct check *c = worst(&list->audits[i], kind);
            page_row(p, label,
                     page_say(p, SAY_DIFFERENCE, as_ours(kind->label), as_host(list->audits[i].domain),
                              c ? as_sentence(c->text) : word(SAY_NOTHING_TO_CHECK)));
            label = NO_LABEL;
        }
    }
    if (value_is_known(label))
        page_row(p, label, word(SAY_NO_DIFFERENCES));
}

static void present_table(struct page *p, const struct audit_list *list) {
    struct table t = page_table(p, NULL, list->count + 1, list->count + 1, check_kind_count);
    t.names = 0;
    page_cell(p, &t, NO_LABEL);
    for (size_t i = 0; i < list->count; i++)
        page_cell(p, &t, upto(as_host(list->audits[i].domain), MOST_OF_HEAD));
    for (size_t k = 0; k < check_kind_count; k++) {
        if (check_kinds[k]->is_of_message)
            continue;
        page_cell(p, &t, as_ours(check_kinds[k]->label));
        for (size_t i = 0; i < list->count; i++)
            page_cell_in(p, &t, cell(p, &list->audits[i], check_kinds[k]),
                         cell_state(&list->audits[i], check_kinds[k]));
    }
    page_title(p, word(TITLE_SIDE_BY_SIDE), EMPHASIS_NONE);
    page_table_end(p, &t);
    present_differences(p, list);
}

static void page_audit(struct page *p, const void *what) {
    const struct audit_list *list = what;
    page_begin(p);
    if (list->count > 1)
        present_table(p, list);
    for (size_t i = 0; i < list->count; i++)
        present_audit(p, &list->audits[i]);
    page_end(p);
}

const struct report_form form_audit = {.structure = structure_audit, .page = page_audit};
