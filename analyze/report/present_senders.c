/* Many DMARC reports, for people and programs: see present_senders.h. */
#include "analyze/report/present_senders.h"

#include "analyze/report/present_feedback.h"

#define MOST_OF_NAME 200

static struct value name(struct slice text) {
    return upto(as_host(text), MOST_OF_NAME);
}

static void present_domain(struct page *p, const struct domain_sources *d, size_t top) {
    static const enum words heads[] = {HEAD_MESSAGES, HEAD_STANDING, HEAD_ADDRESS, HEAD_BY_DOMAIN};
    const struct sources *s = &d->sources;
    size_t shown = MIN(s->count, top);
    page_section(p, page_say(p, SECTION_SENDERS_OF, name(d->domain)));
    page_row(p, word(LABEL_IN_SHORT),
             page_say(p, SAY_DMARC_SHORT, as_count(s->messages), as_count(s->passed),
                      as_count(s->messages - s->passed)));
    present_source_steps(p, s);
    struct table t = page_table(p, heads, G_N_ELEMENTS(heads), 3, shown);
    for (size_t i = 0; i < shown; i++) {
        const struct source *one = &s->list[i];
        page_cell(p, &t, as_count(one->messages));
        page_cell(p, &t, standing_words(one->standing));
        page_cell(p, &t, upto(as_network(one->row->ip), 60));
        page_cell(p, &t, one->domain.len ? name(one->domain) : word(SAY_NOT_APPLICABLE));
    }
    page_table_end(p, &t);
    if (shown < s->count)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE, as_count(s->count - shown)));
}

void present_senders(struct page *p, const struct sender_sums *sums, size_t top) {
    size_t domains;
    if (!sums->list)
        return;
    const struct domain_sources *all = sender_sums_by_domain(sums, &domains, p->outlet.arena);
    page_section(p, word(SECTION_DMARC_REPORTS));
    page_row(p, word(LABEL_IN_SHORT),
             page_say(p, SAY_DMARC_REPORTS, as_count(sums->once.reports), as_count(domains),
                      as_count(sums->messages), as_count(sums->messages - sums->passed)));
    if (sums->once.repeated)
        page_row(p, NO_LABEL, page_say(p, SAY_DMARC_REPEATED, as_count(sums->once.repeated)));
    if (sums->once.differing)
        page_row(p, NO_LABEL, page_say(p, SAY_REPORTS_DIFFER, as_count(sums->once.differing)));
    if (sums->left_out)
        page_row(p, NO_LABEL, page_say(p, SAY_DMARC_LEFT_OUT, as_count(sums->left_out)));
    for (size_t i = 0; i < MIN(domains, top); i++)
        present_domain(p, &all[i], top);
    if (domains > top)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE_ROWS_DOMAINS, as_count(domains - top)));
}

/* --- as structure --- */

static void write_source(struct writer *w, const struct source *s) {
    write_object(w, NULL);
    write_value(w, "messages", as_count(s->messages));
    write_known(w, "standing", as_ours(standing_name(s->standing)));
    write_known(w, "ip", as_network(s->row->ip));
    write_known(w, "domain", name(s->domain));
    write_object_end(w);
}

static void write_domain(struct writer *w, const struct domain_sources *d, size_t top) {
    write_object(w, NULL);
    write_value(w, "domain", name(d->domain));
    write_value(w, "messages", as_count(d->sources.messages));
    write_value(w, "passed", as_count(d->sources.passed));
    write_list(w, "sources");
    for (size_t i = 0; i < MIN(d->sources.count, top); i++)
        write_source(w, &d->sources.list[i]);
    write_list_end(w);
    if (d->sources.count > top)
        write_value(w, "sources_left_out", as_count(d->sources.count - top));
    write_object_end(w);
}

void write_senders(struct writer *w, const struct sender_sums *sums, size_t top) {
    size_t domains;
    if (!sums->list)
        return;
    const struct domain_sources *all = sender_sums_by_domain(sums, &domains, w->outlet.arena);
    write_object(w, "dmarc");
    write_value(w, "reports", as_count(sums->once.reports));
    write_value(w, "repeated", as_count(sums->once.repeated));
    write_value(w, "differing", as_count(sums->once.differing));
    write_value(w, "messages", as_count(sums->messages));
    write_value(w, "passed", as_count(sums->passed));
    write_list(w, "domains");
    for (size_t i = 0; i < domains; i++)
        write_domain(w, &all[i], top);
    write_list_end(w);
    write_object_end(w);
}
