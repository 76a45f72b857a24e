/* What others say they found about who sent a message. Nothing is verified here. */
#ifndef MAILWHY_AUTH_RESULTS_H
#define MAILWHY_AUTH_RESULTS_H

#include "parsers/facts.h"

/* Methods and properties of one field, together. Of more the rest is left out, and *has_more is set (it is
 * never cleared). */
#define LIMIT_RESULTS 500

/* Authentication-Results (RFC 8601 section 2.2), and with its instance in front ARC-Authentication-Results
 * (RFC 8617 section 4.1.1); also without authserv-id, as Microsoft writes it. One claim per method; a field
 * that says only `none` gives one claim with the method "none". `value` is unfolded and clean. Returns the
 * claims in their order; NULL: nothing was understood. */
struct claim *auth_results_parse(struct slice value, struct arena *arena, bool *has_more);

/* Received-SPF (RFC 7208 section 9.1): one claim, or NULL. */
struct claim *received_spf_parse(struct slice value, struct arena *arena, bool *has_more);

#endif
