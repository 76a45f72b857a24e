/* The Public Suffix List: see public_suffix.h. */
#include "parsers/base/public_suffix.h"

#include <libpsl.h>

const char *registrable_domain(const char *host) {
    return psl_registrable_domain(psl_builtin(), host);
}

bool registry_is_known(const char *name) {
    return psl_is_public_suffix2(psl_builtin(), name, PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE);
}
