/* The Public Suffix List: see public_suffix.h. */
#include "parsers/base/public_suffix.h"

#include <libpsl.h>
#include <string.h>

#define MOST_LABELS 8 /* of a public suffix; the longest today have five */

const char *registrable_domain(const char *host) {
    return psl_registrable_domain(psl_builtin(), host);
}

/* The labels that both end in, of `host`. */
static const char *shared_end(const char *host, const char *other) {
    const char *a = host + strlen(host);
    const char *b = other + strlen(other);
    const char *shared = a;
    while (a > host && b > other && a[-1] == b[-1]) {
        a--;
        b--;
        if ((a == host || a[-1] == '.') && (b == other || b[-1] == '.'))
            shared = a;
    }
    return shared;
}

/* Is the host, or what is left of it without some of the labels before its last `length` bytes, a public
 * suffix? */
static bool has_longer_suffix(const char *host, size_t length) {
    const char *at = host + strlen(host) - length;
    for (unsigned labels = 0; at > host && labels < MOST_LABELS; labels++) {
        for (at--; at > host && at[-1] != '.'; at--)
            ;
        if (psl_is_public_suffix(psl_builtin(), at))
            return true;
    }
    return false;
}

bool registrant_is_same(const char *host, const char *other) {
    const char *shared = shared_end(host, other);
    size_t length = strlen(shared);
    return length && !psl_is_public_suffix(psl_builtin(), shared) && !has_longer_suffix(host, length) &&
           !has_longer_suffix(other, length);
}

bool registry_is_known(const char *name) {
    return psl_is_public_suffix2(psl_builtin(), name, PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE);
}
