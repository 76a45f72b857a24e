/* On whose side of a delivery the reader stands, by the domains and addresses that are their own (--own). */
#ifndef MAILWHY_SIDE_H
#define MAILWHY_SIDE_H

#include "analyze/chain/trust.h"
#include "analyze/verdict/report.h"

struct own_names {
    const char *const *entries; /* domains, with all below them, and mail addresses */
    size_t count;
};

/* The entry by which an address or a host is one's own; NULL: it is not. */
const char *own_names_find(const struct own_names *own, struct slice address);

/* Sets report->stance, and that of its verdicts, once all else is known. `addressee`: to whom a bounce was
 * sent; may be empty. */
void report_take_side(struct report *report, struct slice addressee, const struct own_names *own,
                      const struct trust_list *trust, struct arena *arena);

const char *own_side_name(enum own_side side);

#endif
