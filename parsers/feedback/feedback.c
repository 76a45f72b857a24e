/* Where the report is, and of which kind: see feedback.h. */
#include "parsers/feedback/feedback.h"

#include "parsers/base/decompress.h"
#include "parsers/base/zip.h"
#include "parsers/feedback/dmarc_xml.h"
#include "parsers/feedback/tls_json.h"
#include "parsers/message/problem.h"

#include <glib.h>

#define MOST_LOOKED_AT 8 /* parts of a message that could be a report */

/* The bytes without their packing, in the arena where they were packed. */
static struct slice unpacked(struct message *m, struct slice bytes) {
    struct slice plain = SLICE_EMPTY;
    const char *wrong = NULL;
    if (zip_begins(bytes))
        wrong = zip_first(bytes, LIMIT_FEEDBACK_BYTES, &plain);
    else if (is_compressed(bytes))
        wrong = decompress(bytes, &plain);
    else
        return bytes;
    if (wrong)
        problem_add(&m->problems, m->arena, true, 0, wrong);
    struct slice kept = arena_copy(m->arena, plain);
    g_free((char *)plain.ptr);
    return kept;
}

static struct slice without_mark(struct slice text) {
    bool has_mark = text.len >= 3 && memcmp(text.ptr, "\xef\xbb\xbf", 3) == 0;
    return slice_trim(slice_from(text, has_mark ? 3 : 0));
}

/* Names of elements may have a prefix, so the root is told by the end of its name. */
static bool looks_like_dmarc(struct slice text) {
    struct slice start = slice_upto(text, 2000);
    return start.len && start.ptr[0] == '<' &&
           (slice_find(start, SLICE("feedback")) < start.len ||
            slice_find(start, SLICE("report_metadata")) < start.len);
}

static bool looks_like_tls(struct slice text) {
    return text.len && text.ptr[0] == '{' && slice_find(text, SLICE("\"policies\"")) < text.len;
}

static bool read_text(struct feedback *f, struct message *m, struct slice text) {
    text = without_mark(text);
    if (looks_like_tls(text) && tls_json_read(f, text, m->arena)) {
        f->kind = FEEDBACK_TLS;
        return true;
    }
    if (!looks_like_dmarc(text))
        return false;
    const char *wrong = FROM_MODULE(MODULE_XML, dmarc_xml_read)(f, text, m->arena);
    f->kind = f->organisation.len || f->rows || f->policy.domain.len ? FEEDBACK_DMARC : FEEDBACK_NONE;
    if (wrong && (f->kind != FEEDBACK_NONE || slice_find(text, SLICE("<feedback")) < text.len))
        problem_add(&m->problems, m->arena, true, 0, wrong);
    return f->kind != FEEDBACK_NONE;
}

static bool may_be_report(const struct part *part) {
    static const char *const types[] = {"application/", "text/xml"};
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
        if (part->type && strncmp(part->type, types[i], strlen(types[i])) == 0)
            return true;
    return false;
}

/* Is it worth to be decoded as a whole? */
static bool begins_well(const struct part *part, struct arena *arena) {
    struct slice start = encoding_decode(slice_upto(part->body, 1024), part->encoding, arena);
    struct slice text = without_mark(start);
    return zip_begins(start) || is_compressed(start) || looks_like_dmarc(text) ||
           (text.len && text.ptr[0] == '{');
}

bool feedback_is_bare(struct slice bytes) {
    return zip_begins(bytes) || looks_like_dmarc(without_mark(bytes)) || looks_like_tls(without_mark(bytes));
}

bool feedback_read(struct feedback *feedback, struct slice bytes, struct message *m) {
    unsigned looked_at = 0;
    *feedback = (struct feedback){.begin = -1, .end = -1};
    if (feedback_is_bare(bytes))
        return read_text(feedback, m, unpacked(m, bytes));
    for (const struct part *p = m->parts; p && looked_at < MOST_LOOKED_AT; p = p->next) {
        if (!p->body.len || !may_be_report(p) || !begins_well(p, m->arena))
            continue;
        looked_at++;
        if (read_text(feedback, m,
                      unpacked(m, encoding_decode(slice_upto(p->body, 2 * LIMIT_FEEDBACK_BYTES), p->encoding,
                                                  m->arena))))
            return true;
    }
    return false;
}
