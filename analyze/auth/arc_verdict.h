/* What validating an ARC chain (RFC 8617) came to. */
#ifndef MAILWHY_ARC_VERDICT_H
#define MAILWHY_ARC_VERDICT_H

#include "parsers/message/field.h"
#include "parsers/message/message.h"

#define ARC_MOST_SETS 50 /* RFC 8617 section 4.2.1 */

enum arc_result { ARC_NONE, ARC_PASS, ARC_FAIL, ARC_UNCHECKED, ARC_RESULTS };

/* What one intermediary added. */
struct arc_set {
    struct field results, message, seal; /* empty names: there is none */
    struct slice domain;                 /* that sealed */
};

struct arc_verdict {
    enum arc_result result;
    unsigned instances;
    struct arc_set *sets; /* `instances` of them, at most ARC_MOST_SETS */
    struct slice reason;
    struct slice likely;  /* what change would explain it; may be empty */
    unsigned oldest_pass; /* the first set since which the message is unchanged; 0: none */
};

const char *arc_result_name(enum arc_result result);

#endif
