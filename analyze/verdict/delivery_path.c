/* Whose way is told: see delivery_path.h. */
#include "analyze/verdict/delivery_path.h"

#include "analyze/chain/chain_build.h"
#include "parsers/base/date.h"
#include "parsers/message/trace.h"

static int64_t date_of(const struct trace *trace) {
    return trace->date.len ? date_parse(slice_trim(trace->date)) : -1;
}

static void read_path(struct delivery_path *path, struct message *message, struct field_list header,
                      enum chain_source source, const struct trust_list *trust, struct matcher *matcher) {
    trace_read(&path->trace, message, header, matcher);
    chain_build(&path->chain, &path->trace, date_of(&path->trace), source, trust, matcher, message->arena);
}

void report_rebuild_paths(struct report *report, struct message *message, const struct bounce *bounce,
                          struct matcher *matcher, const struct trust_list *trust) {
    const struct field_list returned = {.rest = bounce->returned_header};
    read_path(&report->carrier, message, message->fields, CHAIN_RECEIVED, trust, matcher);
    report->is_about_another = bounce->kind == KIND_BOUNCE || bounce->kind == KIND_COMPLAINT ||
                               (bounce->kind == KIND_REPORT && !report->feedback);
    if (!report->is_about_another) {
        report->mail = report->carrier;
        return;
    }
    read_path(&report->mail, message, returned, CHAIN_RETURNED, trust, matcher);
}
