/* How much shows that a mail without the fields of a report is a bounce, and not a person's mail or a notice
 * with the words of one. Reports go out with the null sender (RFC 5321 section 4.5.5) and name whom the mail
 * did not reach, or return it (RFC 3464 section 2); whoever runs a mail system also writes as postmaster of
 * other things. */
#ifndef MAILWHY_LIKENESS_H
#define MAILWHY_LIKENESS_H

#include "parsers/bounce/named.h"

/* Of a bounce that was read. `is_known`: by a format that is not of last resort, which found the recipients
 * that it asks for. */
enum likeness likeness_of(struct reading *r, bool is_known);

#endif
