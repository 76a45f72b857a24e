/* One pass over a text: which of many patterns can match it? */
#ifndef MAILWHY_LITERAL_SCAN_H
#define MAILWHY_LITERAL_SCAN_H

#include "parsers/rules/literal_index.h"

/* Call `found` once for every pattern that can match `text` (case folded), in no order. */
typedef void literal_found(void *context, size_t pattern);
struct literal_scan; /* scratch of one thread */
struct literal_scan *literal_scan_new(const struct literal_index *index);
void literal_scan_free(struct literal_scan *scan);
void literal_scan_text(struct literal_scan *scan, struct slice text, literal_found *found, void *context);

#endif
