/* See sources.h. */
#include "analyze/verdict/sources.h"

#include "parsers/base/organisation.h"

#include <glib.h>
#include <stdlib.h>

const char *standing_name(enum standing standing) {
    static const char *const names[] = {"passes",     "forwarded",  "unknown", "spf-missing", "other-domain",
                                        "key-broken", "spf-broken", "strict",  "contradicted"};
    _Static_assert(G_N_ELEMENTS(names) == STANDINGS, "a name for each");
    return names[standing];
}

static bool is_pass(struct slice result) {
    return slice_equal_nocase(result, SLICE("pass"));
}

/* Do receivers say that they know why it failed? RFC 7489 appendix C, RFC 9990 section 3.1.1.6. */
static bool is_explained(const struct feedback_row *row) {
    static const struct slice reasons[] = {SLICE("forwarded"), SLICE("trusted_forwarder"),
                                           SLICE("mailing_list")};
    for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++)
        if (slice_equal_nocase(row->reason, reasons[i]))
            return true;
    return slice_equal_nocase(row->reason, SLICE("local_policy")) &&
           slice_find_nocase(row->comment, SLICE("arc=pass")) < row->comment.len;
}

struct judging {
    struct slice domain, organisation;
    const struct feedback_policy *policy;
    struct arena *arena;
};

static bool is_own(const struct judging *j, struct slice domain) {
    return domain.len && (slice_equal_nocase(domain, j->domain) ||
                          slice_equal_nocase(organisation_of(j->arena, domain), j->organisation));
}

/* Is a result for a domain of the same owner aligned as the policy asks? */
static bool is_aligned(const struct judging *j, const struct feedback_result *r) {
    struct slice mode = r->is_dkim ? j->policy->adkim : j->policy->aspf;
    return slice_equal_nocase(r->domain, j->domain) || !slice_equal_nocase(mode, SLICE("s"));
}

static enum standing standing_of(const struct judging *j, const struct feedback_result *r, bool own) {
    if (is_pass(r->result) && slice_equal_nocase(r->scope, SLICE("helo")))
        return STANDING_UNKNOWN; /* DMARC looks at MAIL FROM (RFC 9989 section 4.4.2) */
    if (is_pass(r->result))
        return !own ? STANDING_OTHER_DOMAIN : is_aligned(j, r) ? STANDING_CONTRADICTED : STANDING_STRICT;
    if (!own || (r->is_dkim && slice_equal_nocase(r->result, SLICE("none"))))
        return STANDING_UNKNOWN;
    if (r->is_dkim)
        return STANDING_KEY_BROKEN;
    return slice_equal_nocase(r->result, SLICE("permerror")) ? STANDING_SPF_BROKEN : STANDING_SPF_MISSING;
}

/* Does SPF of the domain itself not allow the address, whatever else is wrong? */
static bool lacks_spf(const struct judging *j, const struct feedback_row *row) {
    for (const struct feedback_result *r = row->results; r; r = r->next)
        if (!r->is_dkim && standing_of(j, r, is_own(j, r->domain)) == STANDING_SPF_MISSING)
            return true;
    return false;
}

/* The selector of a signature of the domain itself that does not verify, and that SPF makes up for. */
static struct slice broken_selector(const struct judging *j, const struct feedback_row *row) {
    for (const struct feedback_result *r = is_pass(row->dkim) ? NULL : row->results; r; r = r->next)
        if (r->is_dkim && r->selector.len && standing_of(j, r, is_own(j, r->domain)) == STANDING_KEY_BROKEN)
            return r->selector;
    return SLICE_EMPTY;
}

static enum standing judge(const struct judging *j, const struct feedback_row *row, struct slice *domain) {
    enum standing standing = STANDING_UNKNOWN;
    if (is_pass(row->dkim) || is_pass(row->spf))
        return STANDING_PASSES;
    if (is_explained(row))
        return STANDING_FORWARDED;
    for (const struct feedback_result *r = row->results; r; r = r->next) {
        bool own = is_own(j, r->domain);
        enum standing found = standing_of(j, r, own);
        if (found > standing) {
            standing = found;
            *domain = r->domain;
        }
    }
    return standing;
}

static int compare_kind(const void *one, const void *other) {
    const struct source *a = one;
    const struct source *b = other;
    int order = slice_compare(a->row->ip, b->row->ip);
    order = order ? order : (int)a->standing - (int)b->standing;
    order = order ? order : slice_compare(a->broken_selector, b->broken_selector);
    return order ? order : slice_compare(a->domain, b->domain);
}

static int compare_messages(const void *one, const void *other) {
    const struct source *a = one;
    const struct source *b = other;
    return a->messages < b->messages ? 1 : a->messages > b->messages ? -1 : compare_kind(one, other);
}

/* Rows that stand alike become one. */
static void merge(struct sources *s) {
    size_t kept = 0;
    qsort(s->list, s->count, sizeof *s->list, compare_kind);
    for (size_t i = 0; i < s->count; i++) {
        if (kept && compare_kind(&s->list[kept - 1], &s->list[i]) == 0) {
            s->list[kept - 1].messages += s->list[i].messages;
            s->list[kept - 1].lacks_spf |= s->list[i].lacks_spf;
        } else {
            s->list[kept++] = s->list[i];
        }
    }
    s->count = kept;
    qsort(s->list, s->count, sizeof *s->list, compare_messages);
}

void sources_find(struct sources *sources, const struct feedback *feedback, struct arena *arena) {
    struct judging j = {.arena = arena, .policy = &feedback->policy};
    *sources = (struct sources){0};
    sources->list =
        arena_alloc(arena, (MIN(feedback->row_count, LIMIT_FEEDBACK_ROWS) + 1) * sizeof *sources->list);
    for (const struct feedback_row *row = feedback->rows; row; row = row->next) {
        struct source *s = &sources->list[sources->count++];
        j.domain = row->header_from.len ? row->header_from : feedback->policy.domain;
        j.organisation = organisation_of(arena, j.domain);
        *s = (struct source){.row = row, .messages = CLAMP(row->count, 0, INT32_MAX)};
        s->standing = judge(&j, row, &s->domain);
        s->lacks_spf = s->standing == STANDING_KEY_BROKEN && lacks_spf(&j, row);
        s->broken_selector = s->standing == STANDING_PASSES ? broken_selector(&j, row) : SLICE_EMPTY;
        sources->messages += s->messages;
        sources->passed += s->standing == STANDING_PASSES ? s->messages : 0;
        sources->of_standing[s->standing] += s->messages;
    }
    merge(sources);
}
