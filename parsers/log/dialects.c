/* The table of dialects: see dialects.h. */
#define _GNU_SOURCE
#include "parsers/log/dialects.h"

#include "parsers/base/scan.h"
#include "parsers/log/dialect.h"

#include <inttypes.h>

const struct dialect *const log_dialects[LOG_DIALECTS] = {
#define DIALECT(name) &dialect_##name,
#include "parsers/log/dialects.def"
#undef DIALECT
};

enum line_result log_name_unknown(struct log_facts *f, const struct dialect *dialect, const char *kind,
                                  struct slice word, const struct log_line *line) {
    log_facts_add_unknown_as(f, line, dialect->name, kind, word);
    return LINE_PASSED;
}

struct slice log_own_id(struct log_facts *f) {
    return arena_printf(&f->chunk, "%c%" PRIu64 ".%" PRIu32, LOG_ID_END, f->number, f->line);
}

struct slice log_verdict_id(struct log_facts *f, struct slice id) {
    return arena_printf(&f->chunk, "%cfilter %.*s", LOG_ID_END, S(id));
}

struct slice log_store_id(struct log_facts *f, struct slice id) {
    return arena_printf(&f->chunk, "%c%ctore %.*s", LOG_ID_END, LOG_STORE_MARK, S(id));
}

struct slice log_verdict_of(struct log_facts *f, struct slice reply) {
    static const char saved[] = " Saved";
    struct slice start = slice_upto(reply, 200);
    bool may_be_saved = reply.len && ascii_lower(reply.ptr[reply.len - 1]) == 'd';
    if (!may_be_saved && scan_either(start, ',', '(') == start.len) /* as most are */
        return SLICE_EMPTY;
    struct slice amavis = slice_from(start, slice_find(start, SLICE(" Ok, ")));
    if (amavis.len) {
        struct slice discarded = slice_between(amavis, " Ok, discarded, id=", " - ");
        amavis = discarded.len ? discarded : slice_between(amavis, " Ok, id=", ", ");
    }
    if (amavis.len)
        return log_verdict_id(f, amavis);
    size_t open = slice_find(slice_upto(reply, 16), SLICE(" OK ("));
    if (open < 16 && reply.len > open + 15 && reply.ptr[reply.len - 1] == ')')
        return log_verdict_id(f, slice_upto(slice_from(reply, open + 5), reply.len - open - 6));
    if (reply.len <= sizeof saved || !slice_ends_nocase(reply, SLICE(saved)))
        return SLICE_EMPTY;
    struct slice session = slice_upto(reply, reply.len - (sizeof saved - 1));
    const char *blank = memrchr(session.ptr, ' ', session.len);
    return blank ? log_store_id(f, slice_from(session, (size_t)(blank - session.ptr) + 1)) : SLICE_EMPTY;
}

const char *log_dialect_name(size_t number) {
    return number < LOG_DIALECTS ? log_dialects[number]->name : NULL;
}
