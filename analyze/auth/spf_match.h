/* Whether a term of an SPF record matches the client (RFC 7208 section 5). */
#ifndef MAILWHY_SPF_MATCH_H
#define MAILWHY_SPF_MATCH_H

#include "analyze/auth/spf_run.h"
#include "parsers/dns/spf_record.h"

enum spf_match {
    SPF_NO_MATCH,
    SPF_MATCH,
    SPF_MATCH_UNKNOWN, /* the snapshot does not say */
    SPF_MATCH_TEMPERROR,
    SPF_MATCH_PERMERROR
};

/* What it found is a step of the trace, but for a match. */
enum spf_match spf_match_term(const struct spf_frame *f, const struct spf_term *t);

#endif
