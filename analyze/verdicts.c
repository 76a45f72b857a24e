/* Verdicts one by one: see mailwhy.h. */
#include "analyze/report/json.h"
#include "analyze/sized.h"
#include "analyze/worker.h"

#define FIELD(path, type, member)                                                                            \
    { path, type, offsetof(struct mailwhy_verdict, member) }

static const struct record_field fields[] = {
    FIELD("input.kind", RECORD_TEXT, kind),
    FIELD("recipient", RECORD_TEXT, recipient),
    FIELD("outcome", RECORD_TEXT, outcome),
    FIELD("cause", RECORD_TEXT, cause),
    FIELD("title", RECORD_TEXT, title),
    FIELD("underlying", RECORD_TEXT, underlying),
    FIELD("fixer", RECORD_TEXT, fixer),
    FIELD("action", RECORD_TEXT, action),
    FIELD("confidence", RECORD_TEXT, confidence),
    FIELD("reply.text", RECORD_TEXT, reply),
    FIELD("reply.enhanced", RECORD_TEXT, enhanced),
    FIELD("reply.code", RECORD_INT, code),
    FIELD("rejected_by.host", RECORD_TEXT, host),
    FIELD("rejected_by.ip", RECORD_TEXT, ip),
    FIELD("rejected_by.provider", RECORD_TEXT, provider),
    FIELD("rule.id", RECORD_TEXT, rule),
    FIELD("permanent", RECORD_INT, permanent),
    FIELD("score", RECORD_INT, score),
    FIELD("retry_after_s", RECORD_LONG, retry_after_s),
    FIELD("", RECORD_LINE, json),
};

int mailwhy_judge(struct mailwhy_worker *worker, const struct mailwhy_input *input) {
    records_begin(&worker->records);
    return mailwhy_explain(worker, input, &format_ndjson, records_append, &worker->records);
}

int mailwhy_judge_reply(struct mailwhy_worker *worker, const char *text, size_t length) {
    records_begin(&worker->records);
    return mailwhy_explain_reply(worker, text, length, &format_ndjson, records_append, &worker->records);
}

bool mailwhy_next(struct mailwhy_worker *worker, struct mailwhy_verdict *verdict) {
    struct mailwhy_verdict found = {.size = sizeof found};
    return verdict->size >= sizeof verdict->size &&
           records_next(&worker->records, fields, G_N_ELEMENTS(fields), &found) &&
           sized_give(verdict, &found, sizeof found);
}
