/* Did a mail that names own names as its sender pass through their hands? Anybody can write a From, a
 * Received field and a Reporting-MTA: what counts is what a believed host saw (SECURITY.md). */
#ifndef MAILWHY_OWN_HAND_H
#define MAILWHY_OWN_HAND_H

#include "analyze/chain/trust.h"
#include "analyze/verdict/own_names.h"
#include "analyze/verdict/report.h"

struct own_hand {
    enum stance_ground ground;
    struct slice server; /* one's own that handled it; empty: none is known */
};

/* `is_received`: the report is of a message that lies on one's own side, where only what is believed counts.
 */
struct own_hand own_hand_find(const struct report *report, bool is_received, const struct own_names *own,
                              const struct trust_list *trust);

#endif
