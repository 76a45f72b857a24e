/* What of a header a signature covers (RFC 6376 sections 5.4, 5.4.2 and 8.15). */
#ifndef MAILWHY_DKIM_COVERAGE_H
#define MAILWHY_DKIM_COVERAGE_H

#include "analyze/auth/header_fields.h"

struct dkim_coverage {
    struct slice
        words; /* which important fields are there and not signed, which are oversigned; empty: neither */
    struct slice
        warning; /* a field that readers see stands there more often than it is signed; empty: none */
};

struct dkim_coverage dkim_cover(const struct header_fields *all, const struct signature *signature,
                                struct arena *arena);

#endif
