/* What the DNS data say today of what many reports of receivers tell of. */
#ifndef MAILWHY_PRESENT_RECORD_SUMS_H
#define MAILWHY_PRESENT_RECORD_SUMS_H

#include "analyze/report/page.h"
#include "analyze/report/writer.h"
#include "analyze/verdict/record_sums.h"

/* At most `top` of them; nothing where nothing was held against the DNS. */
void present_record_sums(struct page *page, const struct record_sums *sums, size_t top);

/* All, as the list "today". */
void write_record_sums(struct writer *writer, const struct record_sums *sums);

#endif
