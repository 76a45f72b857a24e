/* Many TLS reports, for people and programs. */
#ifndef MAILWHY_PRESENT_TLS_SUMS_H
#define MAILWHY_PRESENT_TLS_SUMS_H

#include "analyze/report/page.h"
#include "analyze/report/writer.h"
#include "analyze/verdict/tls_sums.h"

/* Nothing where no report was read. `top`: domains and failures that are shown of each. */
void present_tls_sums(struct page *page, const struct tls_sums *sums, size_t top);
void write_tls_sums(struct writer *writer, const struct tls_sums *sums, size_t top);

#endif
