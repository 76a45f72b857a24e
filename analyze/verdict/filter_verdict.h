/* Which of the verdicts that spam filters left in a header speaks, where several stand there. */
#ifndef MAILWHY_FILTER_VERDICT_H
#define MAILWHY_FILTER_VERDICT_H

#include "analyze/verdict/answering.h"

#define MOST_HOSTS_NAMED 8

/* The hosts of the header's Received fields on which filters say that they ran. */
struct filter_hosts {
    const struct answering *a;
    struct {
        const struct field_note *note;
        size_t near; /* the number of the host's hop from the sender's side, from 1 */
    } named[MOST_HOSTS_NAMED];
    size_t count;
};

void filter_hosts_find(const struct answering *a, struct filter_hosts *hosts);

bool note_is_of(const struct field_note *n, const char *kind);
bool note_is_own(const struct answering *a, const struct field_note *n);

/* Are both of one filter, by how the ids of their rules begin? */
bool is_same_filter(const struct field_note *one, const struct field_note *other);

/* The note of the kind that the receiving side wrote (`own`), or that it did not write; NULL: there is none.
 * Of several: of those that it did not write the one of the filter that ran nearest to the recipient; then
 * the topmost with points, else the topmost. One that names no filter (X-Spam-Flag) yields to one that does,
 * where no Received field stands between them. */
const struct field_note *filter_verdict(const struct filter_hosts *hosts, const char *kind, bool own);

/* The login of which a note tells, as an address; empty: none. */
struct slice note_login(const struct field_note *n);

/* What shows that a filter of the sender's side wrote the verdict, as a reason; nothing where nothing does.
 * Whoever wrote that field could have written this too, and gains nothing by it. */
void tell_sender_side(struct answering *a, const struct field_note *verdict);

#endif
