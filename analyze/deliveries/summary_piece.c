/* Which pieces are put together: see summary_piece.h. */
#include "analyze/deliveries/summary_piece.h"

#include "parsers/base/hash.h"

/* It is called after the first of its logs; what is said is a problem, but where nothing is wrong. */
static void say_of_piece(struct summary_reading *r, struct slice rest, const char *what, bool is_wrong) {
    struct summary_reading names = *r;
    names.rest = slice_from(rest, 1);
    bool has_name = rest.len && rest.ptr[0] == 'N';
    struct slice name = has_name ? summary_take_text(&names) : SLICE("a piece without a name");
    GPtrArray *texts = is_wrong ? r->notes->problems : r->notes->notes;
    if (texts)
        g_ptr_array_add(texts, g_strdup_printf("%.*s: %s", (int)MIN(name.len, 4096), name.ptr, what));
    if (is_wrong && r->notes->status)
        *r->notes->status = MAX(*r->notes->status, r->notes->damage);
}

/* With which it was made; false: with others. */
static bool is_made_alike(struct summary_reading *r, struct summary_reading *head) {
    struct pieces *pieces = &r->summary->pieces;
    uint64_t rules = summary_take_number(head);
    struct slice filters = summary_take_text(head);
    r->is_bad |= head->is_bad;
    if (r->is_bad)
        return false;
    if (!pieces->filters)
        pieces->filters = g_strndup(filters.ptr, filters.len);
    bool has_rules = rules == r->notes->rules;
    bool has_filters = slice_equal(filters, slice_of(pieces->filters));
    if (!has_rules || !has_filters)
        say_of_piece(r, head->rest,
                     has_rules ? "was made with other filters than the others: it is left out"
                               : "was made with other rules: it is left out",
                     true);
    return has_rules && has_filters;
}

bool summary_piece_is_wanted(struct summary_reading *r) {
    struct summary_reading head = *r;
    g_autoptr(GArray) logs = g_array_new(FALSE, TRUE, sizeof(struct log_identity));
    for (; head.rest.len && head.rest.ptr[0] == 'F' && !head.is_bad;) {
        head.rest = slice_from(head.rest, 1);
        struct log_identity log = {.head = summary_take_number(&head)};
        log.bytes = summary_take_number(&head);
        g_array_append_val(logs, log);
    }
    r->is_bad |= !head.rest.len || head.rest.ptr[0] != 'H';
    head.rest = slice_from(head.rest, 1);
    if (!is_made_alike(r, &head))
        return false;
    enum piece_met met = pieces_meet(&r->summary->pieces, logs);
    if (met == PIECE_KNOWN)
        say_of_piece(r, head.rest, "another piece counts all of it already: it is counted once", false);
    if (met == PIECE_OVERLAPS)
        say_of_piece(r, head.rest, "another piece counts a part of it, too: what both have is counted twice",
                     true);
    if (met != PIECE_KNOWN)
        pieces_add(&r->summary->pieces, logs);
    return met != PIECE_KNOWN;
}

bool summary_piece_take(struct summary_reading *r, struct slice *bytes) {
    if (!slice_equal(slice_upto(*bytes, sizeof SUMMARY_MAGIC - 1), SLICE(SUMMARY_MAGIC)))
        return false;
    r->rest = slice_from(*bytes, sizeof SUMMARY_MAGIC - 1);
    uint64_t length = summary_take_number(r);
    if (r->is_bad || r->rest.len < SUMMARY_CHECK || length > r->rest.len - SUMMARY_CHECK)
        return false;
    uint64_t check = 0;
    for (int i = 0; i < SUMMARY_CHECK; i++)
        check |= (uint64_t)(unsigned char)r->rest.ptr[length + (size_t)i] << (8 * i);
    *bytes = slice_from(r->rest, length + SUMMARY_CHECK);
    r->rest = slice_upto(r->rest, length);
    return hash_alike(r->rest.ptr, r->rest.len, 0) == check;
}
