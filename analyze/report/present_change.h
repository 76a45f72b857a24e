/* What exactly is to be changed: the steps of the checks that bear a refusal out, and the records as they
 * should be, as structure and for people. */
#ifndef MAILWHY_PRESENT_CHANGE_H
#define MAILWHY_PRESENT_CHANGE_H

#include "analyze/auth/check.h"
#include "analyze/report/page.h"
#include "analyze/report/writer.h"
#include "analyze/verdict/report.h"

/* Nothing where no check bears the refusal out, where a later snapshot shows that it was mended, and of
 * backscatter, whose sender's address was forged: who sent it is not to be let in. */
void write_change(struct writer *w, const struct report *r, const struct verdict *v);
void present_change(struct page *p, const struct report *r, const struct verdict *v);

/* A record as zone files write it: of TXT alone the value is in quotation marks. */
struct value record_line(struct page *p, const struct proposal *proposal);

/* Several faults of one record are mended by one: was it proposed by one of the checks before? */
bool is_proposed_before(const struct proposal *proposal, const struct check *first);

#endif
