/* The steps of an evaluation of SPF, as the report shows them, its reason, and its count of look-ups. */
#ifndef MAILWHY_SPF_TRACE_H
#define MAILWHY_SPF_TRACE_H

#include "analyze/auth/spf_run.h"
#include "parsers/dns/spf_record.h"

#define SPF_MOST_OF_STEP 400 /* bytes of a step that are kept */

/* Add a step, whose text lives in the arena of the run. It is counted, but not kept, beyond SPF_MOST_STEPS.
 */
void spf_add_step(const struct spf_frame *f, bool is_decisive, struct slice text);

#define SPF_STEP(f, is_decisive, ...)                                                                        \
    spf_add_step((f), (is_decisive), arena_printf((f)->run->arena, __VA_ARGS__))

/* Set why the evaluation ends as it does: the first reason stays. */
void spf_set_reason(const struct spf_frame *f, struct slice text);

#define SPF_REASON(f, ...) spf_set_reason((f), arena_printf((f)->run->arena, __VA_ARGS__))

/* The way of a record that a term leads to; only the last parts of a long one are shown. */
struct slice spf_way_to(const struct spf_frame *f, const struct spf_term *t);

/* The address of the client. */
struct slice spf_client_text(const struct spf_frame *f);

/* Count a term that asks the DNS (RFC 7208 section 4.6.4). Returns false, with a step and the reason, when
 * there are too many. */
bool spf_count_lookup(const struct spf_frame *f, const struct spf_term *t);

#endif
