/* What a report on logs is made with: see log_writing.h. */
#include "analyze/log_writing.h"

#include "analyze/worker.h"

#define PASSED_ON 65536 /* bytes at once */

/* Lines are many and short: they are passed on in pieces. */
void log_append(void *context, const char *bytes, size_t length) {
    struct writing_log *w = context;
    g_string_append_len(w->line, bytes, (gssize)length);
    if (w->line->len < PASSED_ON)
        return;
    w->request->sink(w->request->context, w->line->str, w->line->len);
    g_string_truncate(w->line, 0);
}

void log_add_problem(void *context, const char *path, int error, const char *damage) {
    log_problems_add(&((struct writing_log *)context)->problems, path, error, damage);
}

bool log_is_report(const struct log_request *r) {
    return !r->stage.partial && r->stage.emit == STAGE_ALL;
}

bool log_reads_stages(const struct log_request *r) {
    return r->stage.merge || r->stage.from == STAGE_EVENTS;
}

/* The summary of mails is one report, in every format. */
bool log_writes_records(const struct log_request *r) {
    return r->format->is_records && !r->mail;
}

/* People who do not ask for more are not told who was busiest, and a line for each delivery tells nobody; a
 * stage counts it for all. */
bool log_wants_busiest(const struct log_request *r) {
    bool is_told = !log_writes_records(r) && (r->worker->why->options.verbose || !r->format->medium);
    return is_told || !log_is_report(r);
}
