/* The summary of many inputs: see present_summary.h. */
#include "analyze/report/present_summary.h"

#include "analyze/report/present_record_sums.h"
#include "analyze/report/present_senders.h"
#include "analyze/report/present_tls_sums.h"
#include "analyze/verdict/mail_summary.h"

#include <assert.h>
#include <string.h>

#define MOST_COLUMNS      5  /* providers beside the causes */
#define MOST_OF_RECIPIENT 60 /* bytes */
#define MOST_OF_NAME      120

/* --- the inputs --- */

static const enum words kind_labels[] = {[KIND_NONE] = LABEL_KIND_NONE,
                                         [KIND_MESSAGE] = LABEL_KIND_MESSAGE,
                                         [KIND_BOUNCE] = LABEL_KIND_BOUNCE,
                                         [KIND_AUTO_REPLY] = LABEL_KIND_AUTO_REPLY,
                                         [KIND_COMPLAINT] = LABEL_KIND_COMPLAINT,
                                         [KIND_CHALLENGE] = LABEL_KIND_CHALLENGE,
                                         [KIND_TRANSCRIPT] = LABEL_KIND_TRANSCRIPT,
                                         [KIND_EVENT] = LABEL_KIND_EVENT,
                                         [KIND_REPORT] = LABEL_KIND_REPORT};
static_assert(G_N_ELEMENTS(kind_labels) == KIND_REPORT + 1, "a label for each kind");

static uint64_t unread_of(const struct mail_summary *m) {
    return m->unread + (m->inputs > m->read ? m->inputs - m->read : 0);
}

void present_mail_inputs(struct page *p, const struct log_tables *t) {
    const struct mail_summary *m = t->mail;
    if (!m)
        return;
    page_row(p, word(LABEL_INPUTS),
             page_say(p, SAY_INPUTS_REPORTS, as_count(m->inputs), as_count(m->reports)));
    struct value kinds = NO_LABEL;
    for (size_t i = 0; i <= KIND_REPORT; i++)
        if (m->kinds[i])
            kinds = page_join(p, kinds, ", ",
                              page_say(p, SAY_DOMAIN_COUNT, word(kind_labels[i]), as_count(m->kinds[i])));
    page_row_known(p, NO_LABEL, kinds);
    if (unread_of(m))
        page_row(p, word(LABEL_ERROR), page_say(p, SAY_INPUTS_UNREAD, as_count(unread_of(m))));
    if (m->doubtful)
        page_row(p, NO_LABEL, page_say(p, SAY_MAILS_DOUBTFUL, as_count(m->doubtful)));
    if (m->in_logs)
        page_row(p, NO_LABEL, page_say(p, SAY_MAILS_IN_LOGS, as_count(m->in_logs)));
    if (m->repeated)
        page_row(p, NO_LABEL, page_say(p, SAY_MAILS_REPEATED, as_count(m->repeated)));
    if (m->outdated)
        page_row(p, NO_LABEL, page_say(p, SAY_MAILS_OUTDATED, as_count(m->outdated)));
}

/* --- causes and providers --- */

static uint64_t failed_at(const struct log_cause_row *row, const struct totals *totals,
                          const struct provider *provider) {
    uint64_t failed = 0;
    for (size_t i = 0; i < row->domain_count; i++)
        if (totals->domains[row->domains[i].b].provider == provider)
            failed += counts_failed(&row->domains[i].counts);
    return failed;
}

void present_cause_providers(struct page *p, const struct log_tables *t) {
    struct value heads[MOST_COLUMNS + 3];
    const struct provider *providers[MOST_COLUMNS];
    size_t columns = 0;
    const struct totals *totals = &t->summary->totals;
    for (size_t i = 0; i < t->provider_count && columns < MOST_COLUMNS; i++)
        if (counts_failed(&t->providers[i].counts)) {
            providers[columns] = t->providers[i].provider;
            heads[columns] = as_ours(providers[columns]->id);
            columns++;
        }
    size_t rows = MIN(t->cause_count, t->top);
    if (!columns || !rows)
        return;
    heads[columns] = word(HEAD_ELSEWHERE);
    heads[columns + 1] = word(HEAD_ALL);
    heads[columns + 2] = word(HEAD_CAUSE);
    struct table table = page_table_headed(p, heads, columns + 3, columns + 2, rows);
    page_section(p, word(SECTION_CAUSE_PROVIDERS));
    for (size_t i = 0; i < rows; i++) {
        const struct log_cause_row *row = &t->causes[i];
        uint64_t rest = counts_failed(&row->counts);
        for (size_t k = 0; k < columns; k++) {
            uint64_t failed = failed_at(row, totals, providers[k]);
            rest -= failed;
            page_cell(p, &table, as_count(failed));
        }
        page_cell(p, &table, as_count(rest));
        page_cell(p, &table, as_count(counts_failed(&row->counts)));
        page_cell(p, &table, as_ours(row->cause->cause->id));
    }
    page_table_end(p, &table);
}

void write_cause_providers(struct writer *w, const struct log_cause_row *row, const struct totals *totals) {
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    write_object(w, "providers");
    for (size_t i = 0; i < row->domain_count; i++) {
        const struct provider *provider = totals->domains[row->domains[i].b].provider;
        if (provider && g_hash_table_add(seen, (gpointer)provider))
            write_value(w, provider->id, as_count(failed_at(row, totals, provider)));
    }
    write_object_end(w);
}

/* --- the index --- */

static struct slice label_of(const struct mail_row *row, const struct log_tables *t, struct arena *arena) {
    char label[48];
    mail_label(label, sizeof label, row->input, &row->report, t->names->len > 1);
    return arena_copy(arena, slice_of(label));
}

static struct value what_it_says(struct page *p, const struct mail_row *row) {
    static const enum words outcomes[] = {
        [OUTCOME_SENT] = LABEL_SENT,           [OUTCOME_BOUNCED] = LABEL_BOUNCED,
        [OUTCOME_EXPIRED] = LABEL_EXPIRED,     [OUTCOME_DEFERRED] = LABEL_DEFERRED,
        [OUTCOME_DISCARDED] = LABEL_DISCARDED, [OUTCOME_HELD] = LABEL_HELD};
    static_assert(G_N_ELEMENTS(outcomes) == RECIPIENT_OUTCOMES, "words for each outcome");
    if (row->report.is_unread)
        return word(SAY_REPORT_UNREAD);
    if (!row->is_delivery)
        return row->cause ? as_ours(row->cause->id) : as_ours(kind_name(row->report.kind));
    struct value outcome = word(outcomes[row->outcome]);
    return row->cause && outcome_is_failure(row->outcome)
               ? page_say(p, SAY_NAME_AND_TEXT, outcome, as_ours(row->cause->id))
               : outcome;
}

static struct value recipient_of(struct page *p, const struct mail_row *row) {
    struct value recipient = upto(as_address(row->recipient), MOST_OF_RECIPIENT);
    return row->report.verdicts > 1
               ? page_say(p, SAY_AND_OTHERS, recipient, as_count(row->report.verdicts - 1))
               : recipient;
}

static size_t same_start(const char *a, const char *b, size_t most) {
    size_t length = 0;
    while (length < most && a[length] && a[length] == b[length])
        length++;
    return length;
}

/* Bytes of the folder in which all inputs are. A pseudonym is one of the whole name. */
static size_t common_folder(const struct page *p, const struct log_tables *t) {
    const char *first = t->names->len > 1 && !p->outlet.redactor ? t->names->pdata[0] : "";
    size_t length = strlen(first);
    for (guint i = 1; i < t->names->len && length; i++)
        length = same_start(first, t->names->pdata[i], length);
    while (length && first[length - 1] != '/')
        length--;
    return length;
}

static struct value place_of(struct page *p, const struct mail_row *row, const struct log_tables *t,
                             size_t folder) {
    if (t->names->len == 1)
        return page_say(p, SAY_AT_LINE_NUMBER, as_number(row->report.line));
    struct value name =
        row->input < t->names->len
            ? upto(as_file(slice_of((const char *)t->names->pdata[row->input] + folder)), MOST_OF_NAME)
            : NO_LABEL;
    return row->report.is_one_of_several ? page_say(p, SAY_NAME_AND_LINE, name, as_number(row->report.line))
                                         : name;
}

void present_index(struct page *p, const struct log_tables *t) {
    static const enum words heads[] = {HEAD_NUMBER, HEAD_RESULT, LABEL_RECIPIENT, HEAD_INPUT};
    const struct mail_summary *m = t->mail;
    if (!m || !m->row_count || !t->has_index)
        return;
    struct table table = page_table(p, heads, G_N_ELEMENTS(heads), 3, m->row_count);
    size_t folder = common_folder(p, t);
    page_section(p, word(SECTION_INDEX));
    if (t->names->len == 1)
        page_row(p, word(LABEL_FOLDER), as_file(slice_of(t->names->pdata[0])));
    else if (folder)
        page_row(p, word(LABEL_FOLDER), as_file(slice_upto(slice_of(t->names->pdata[0]), folder)));
    for (size_t i = 0; i < m->row_count; i++) {
        const struct mail_row *row = &m->rows[i];
        page_cell(p, &table, as_type(VALUE_REPORT, label_of(row, t, p->outlet.arena)));
        page_cell(p, &table, what_it_says(p, row));
        page_cell(p, &table, recipient_of(p, row));
        page_cell(p, &table, place_of(p, row, t, folder));
    }
    page_table_end(p, &table);
    if (m->reports > m->row_count)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE, as_count(m->reports - m->row_count)));
}

void present_dmarc_reports(struct page *p, const struct log_tables *t) {
    if (!t->mail)
        return;
    present_senders(p, &t->mail->senders, t->top);
    present_tls_sums(p, &t->mail->sessions, t->top);
    present_record_sums(p, &t->mail->today, 3 * t->top);
}

/* --- as structure --- */

void write_mail_inputs(struct writer *w, const struct log_tables *t) {
    const struct mail_summary *m = t->mail;
    if (!m)
        return;
    write_object(w, "reports");
    write_value(w, "inputs", as_count(m->inputs));
    write_value(w, "reports", as_count(m->reports));
    write_object(w, "kinds");
    for (enum input_kind k = 0; k <= KIND_REPORT; k++)
        if (m->kinds[k])
            write_value(w, kind_name(k), as_count(m->kinds[k]));
    write_object_end(w);
    write_value(w, "unread", as_count(unread_of(m)));
    write_value(w, "doubtful", as_count(m->doubtful));
    write_value(w, "repeated", as_count(m->repeated));
    write_value(w, "outdated", as_count(m->outdated));
    write_value(w, "in_logs", as_count(m->in_logs));
    write_object_end(w);
    write_senders(w, &m->senders, t->top);
    write_tls_sums(w, &m->sessions, t->top);
    write_record_sums(w, &m->today);
}

void write_index(struct writer *w, const struct log_tables *t) {
    const struct mail_summary *m = t->mail;
    if (!m)
        return;
    write_list(w, "index");
    for (size_t i = 0; i < m->row_count; i++) {
        const struct mail_row *row = &m->rows[i];
        write_object(w, NULL);
        write_value(w, "n", as_type(VALUE_REPORT, label_of(row, t, w->outlet.arena)));
        if (row->input < t->names->len)
            write_value(w, "name", as_file(slice_of(t->names->pdata[row->input])));
        if (row->report.is_one_of_several)
            write_value(w, "line", as_number(row->report.line));
        write_known(w, "kind", as_ours(kind_name(row->report.kind)));
        write_known(w, "recipient", as_address(row->recipient));
        if (row->report.verdicts > 1)
            write_value(w, "recipients", as_count(row->report.verdicts));
        write_known(w, "outcome", as_ours(row->is_delivery ? outcome_name(row->outcome) : NULL));
        write_known(w, "cause", as_ours(row->cause ? row->cause->id : NULL));
        write_object_end(w);
    }
    write_list_end(w);
}
