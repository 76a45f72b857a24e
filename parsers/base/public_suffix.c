/* The Public Suffix List: see public_suffix.h. */
#include "parsers/base/public_suffix.h"

#include <libpsl.h>

const char *registrable_domain(const char *host) {
    return psl_registrable_domain(psl_builtin(), host);
}
