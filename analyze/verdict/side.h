/* On whose side of a delivery the reader stands, by the domains and addresses that are their own (--own). */
#ifndef MAILWHY_SIDE_H
#define MAILWHY_SIDE_H

#include "analyze/chain/trust.h"
#include "analyze/verdict/own_names.h"
#include "analyze/verdict/report.h"

/* Sets report->stance, and that of its verdicts, once all else is known. Of `bounce`, as it was read, counts
 * to whom it was sent, and which address a recipient had first. */
void report_take_side(struct report *report, const struct bounce *bounce, const struct own_names *own,
                      const struct trust_list *trust, struct arena *arena);

const char *own_side_name(enum own_side side);

#endif
