/* Many TLS reports, for people and programs: see present_tls_sums.h. */
#include "analyze/report/present_tls_sums.h"

#include "analyze/report/present_feedback.h"

#define MOST_OF_NAME 200
#define MOST_OF_TYPE 60

static struct value name(struct slice text) {
    return upto(as_host(text), MOST_OF_NAME);
}

static const struct tls_sum *at(const struct tls_sums *s, size_t i) {
    return s->list->pdata[i];
}

/* Behind the sum of a domain its failures follow: how many. */
static size_t failures_behind(const struct tls_sums *s, size_t i) {
    size_t end = i + 1;
    while (end < s->list->len && at(s, end)->type.len &&
           slice_equal_nocase(at(s, end)->domain, at(s, i)->domain))
        end++;
    return end - i - 1;
}

struct tls_total {
    size_t domains;
    int64_t secured, failed;
};

static struct tls_total total_of(const struct tls_sums *s) {
    struct tls_total total = {0};
    for (size_t i = 0; i < s->list->len; i++)
        if (!at(s, i)->type.len) {
            total.domains++;
            total.secured += at(s, i)->secured;
            total.failed += at(s, i)->failed;
        }
    return total;
}

static void present_domain(struct page *p, const struct tls_sums *s, size_t i, size_t top) {
    static const enum words heads[] = {HEAD_SESSIONS, HEAD_FAILURE, HEAD_MX_HOST};
    size_t count = failures_behind(s, i);
    size_t shown = MIN(count, top);
    const struct tls_sum *domain = at(s, i);
    page_section(p, page_say(p, SECTION_TLS_OF, name(domain->domain)));
    page_row(p, word(LABEL_IN_SHORT),
             page_say(p, SAY_TLS_SESSIONS, as_count(domain->secured), as_count(domain->failed)));
    unsigned number = 0;
    for (size_t k = 0; k < shown; k++)
        if (k == 0 || !slice_equal_nocase(at(s, i + k)->type, at(s, i + 1 + k)->type)) {
            struct value label = number ? NO_LABEL : word(LABEL_WHAT_TO_DO);
            struct value advice = tls_advice(p, at(s, i + 1 + k)->type, domain->domain);
            page_step(p, label, ++number, value_is_known(advice) ? advice : word(SAY_TLS_OTHER_SUMS));
        }
    if (!shown)
        return;
    struct table t = page_table(p, heads, G_N_ELEMENTS(heads), 2, shown);
    for (size_t k = 1; k <= shown; k++) {
        const struct tls_sum *failure = at(s, i + k);
        page_cell(p, &t, as_count(failure->failed));
        page_cell(p, &t, upto(as_stranger(failure->type), MOST_OF_TYPE));
        page_cell(p, &t, failure->host.len ? name(failure->host) : word(SAY_NOT_APPLICABLE));
    }
    page_table_end(p, &t);
    if (shown < count)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE, as_count(count - shown)));
}

void present_tls_sums(struct page *p, const struct tls_sums *s, size_t top) {
    size_t told = 0;
    if (!s->list)
        return;
    struct tls_total total = total_of(s);
    tls_sums_sort(s);
    page_section(p, word(SECTION_TLS_REPORTS));
    page_row(p, word(LABEL_IN_SHORT),
             page_say(p, SAY_TLS_REPORTS, as_count(s->once.reports), as_count(total.domains),
                      as_count(total.secured), as_count(total.failed)));
    if (s->once.repeated)
        page_row(p, NO_LABEL, page_say(p, SAY_DMARC_REPEATED, as_count(s->once.repeated)));
    if (s->once.differing)
        page_row(p, NO_LABEL, page_say(p, SAY_REPORTS_DIFFER, as_count(s->once.differing)));
    for (size_t i = 0; i < s->list->len && told < top; i++)
        if (!at(s, i)->type.len) {
            present_domain(p, s, i, top);
            told++;
        }
    if (total.domains > told)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE_ROWS_DOMAINS, as_count(total.domains - told)));
}

/* --- as structure --- */

static void write_failure(struct writer *w, const struct tls_sum *failure) {
    write_object(w, NULL);
    write_known(w, "type", upto(as_stranger(failure->type), MOST_OF_TYPE));
    write_known(w, "host", name(failure->host));
    write_value(w, "sessions", as_count(failure->failed));
    write_object_end(w);
}

static void write_domain(struct writer *w, const struct tls_sums *s, size_t i, size_t top) {
    size_t count = failures_behind(s, i);
    write_object(w, NULL);
    write_value(w, "domain", name(at(s, i)->domain));
    write_value(w, "secured", as_count(at(s, i)->secured));
    write_value(w, "failed", as_count(at(s, i)->failed));
    write_list(w, "failures");
    for (size_t k = 1; k <= MIN(count, top); k++)
        write_failure(w, at(s, i + k));
    write_list_end(w);
    if (count > top)
        write_value(w, "failures_left_out", as_count(count - top));
    write_object_end(w);
}

void write_tls_sums(struct writer *w, const struct tls_sums *s, size_t top) {
    if (!s->list)
        return;
    struct tls_total total = total_of(s);
    tls_sums_sort(s);
    write_object(w, "tls");
    write_value(w, "reports", as_count(s->once.reports));
    write_value(w, "repeated", as_count(s->once.repeated));
    write_value(w, "differing", as_count(s->once.differing));
    write_value(w, "secured", as_count(total.secured));
    write_value(w, "failed", as_count(total.failed));
    write_list(w, "domains");
    for (size_t i = 0; i < s->list->len; i++)
        if (!at(s, i)->type.len)
            write_domain(w, s, i, top);
    write_list_end(w);
    write_object_end(w);
}
