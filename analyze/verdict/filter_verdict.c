/* Which filter's verdict speaks: see filter_verdict.h. */
#include "analyze/verdict/filter_verdict.h"

#include "analyze/chain/boundary.h"
#include "parsers/base/filled.h"
#include "parsers/message/trace.h"

bool note_is_of(const struct field_note *n, const char *kind) {
    return strcmp(n->kind, kind) == 0;
}

bool note_is_own(const struct answering *a, const struct field_note *n) {
    return field_note_trust(&a->report->mail.chain, n) == TRUST_OWN;
}

bool is_same_filter(const struct field_note *one, const struct field_note *other) {
    size_t brand = strcspn(one->rule->id, "-");
    return strncmp(one->rule->id, other->rule->id, brand + 1) == 0;
}

void filter_hosts_find(const struct answering *a, struct filter_hosts *hosts) {
    const struct chain *chain = &a->report->mail.chain;
    *hosts = (struct filter_hosts){.a = a};
    size_t looked_at = 0;
    for (const struct field_note *n = a->report->mail.trace.field_notes; n; n = n->next) {
        if (!note_is_of(n, "filter") || !n->value.len || looked_at++ >= MOST_HOSTS_NAMED)
            continue;
        for (size_t i = chain->count; i-- > 0;)
            if (slice_equal_nocase(n->value, hop_writer(chain->hops[i].hop))) {
                hosts->named[hosts->count].note = n;
                hosts->named[hosts->count++].near = i + 1;
                break;
            }
    }
}

/* 0: its filter names no host, or none of the header's. */
static size_t nearness(const struct filter_hosts *hosts, const struct field_note *verdict) {
    size_t near = 0;
    for (size_t i = 0; i < hosts->count; i++)
        if (is_same_filter(verdict, hosts->named[i].note) && hosts->named[i].near > near)
            near = hosts->named[i].near;
    return near;
}

/* Does no host stand between the two? */
static bool is_side_by_side(const struct answering *a, const struct field_note *one,
                            const struct field_note *other) {
    for (const struct hop *h = a->report->mail.trace.hops; h; h = h->next)
        if ((h->position < one->position) != (h->position < other->position))
            return false;
    return true;
}

static bool is_nameless(const struct field_note *n) {
    return strncmp(n->rule->id, "spam-", strlen("spam-")) == 0 && !n->has_score;
}

const struct field_note *filter_verdict(const struct filter_hosts *hosts, const char *kind, bool own) {
    const struct field_note *first = NULL;
    size_t near = 0;
    for (const struct field_note *n = hosts->a->report->mail.trace.field_notes; n; n = n->next) {
        if (!note_is_of(n, kind) || note_is_own(hosts->a, n) != own)
            continue;
        size_t its_near = own ? 0 : nearness(hosts, n);
        bool has_more = its_near == near && first &&
                        ((n->has_score && !first->has_score) ||
                         (is_nameless(first) && !is_nameless(n) && is_side_by_side(hosts->a, first, n)));
        if (!first || its_near > near || has_more) {
            first = n;
            near = its_near;
        }
    }
    return first;
}

struct slice note_login(const struct field_note *n) {
    struct slice rest = n->text;
    struct slice piece;
    enum filled kind;
    while (note_is_of(n, "origin") && filled_next(&rest, &piece, &kind))
        if (kind == FILLED_USER && slice_find_char(piece, '@') < piece.len)
            return piece;
    return SLICE_EMPTY;
}

/* The host below the boundary whose id rspamd noted; NULL: none. */
static const struct hop *host_of_rspamd(const struct answering *a) {
    const struct chain *chain = &a->report->mail.chain;
    for (const struct filter_id *f = a->report->mail.trace.filter_ids; f; f = f->next)
        for (size_t i = 0; i < chain->count && strcmp(f->field, FILTER_RSPAMD) == 0; i++)
            if (f->id.len && chain->hops[i].trust == HOP_UNVERIFIED && hop_writer(chain->hops[i].hop).len &&
                slice_equal(f->id, chain->hops[i].hop->id))
                return chain->hops[i].hop;
    return NULL;
}

/* "X-GND-" of X-GND-Status: the maker of a filter begins the names of its fields so. */
static struct slice family(struct slice field) {
    struct slice rest = slice_from(field, 2);
    size_t end = slice_starts_nocase(field, SLICE("X-")) ? slice_find_char(rest, '-') : rest.len;
    return end < rest.len ? slice_upto(field, end + 3) : SLICE_EMPTY;
}

void tell_sender_side(struct answering *a, const struct field_note *verdict) {
    const struct hop *host =
        strncmp(verdict->rule->id, "rspamd-", strlen("rspamd-")) == 0 ? host_of_rspamd(a) : NULL;
    struct slice its = family(verdict->field);
    if (host)
        BECAUSE(a, verdict->line,
                "rspamd noted the id that %.*s had given the mail: it judged what goes out there, on the "
                "sender's side" UNVERIFIED,
                S(hop_writer_words(host)));
    for (const struct field_note *n = a->report->mail.trace.field_notes; n && !host && its.len; n = n->next)
        if (slice_equal_nocase(family(n->field), its) && note_login(n).len) {
            BECAUSE(a, n->line,
                    "it notes a login beside that verdict: it judged what its own customer sent, on the "
                    "sender's side" UNVERIFIED);
            return;
        }
}
