/* The table of checks: see check_kinds.h. */
#include "analyze/auth/check_kinds.h"

#define POINT_TO_CHECK_KIND(name) &name##_check,
const struct check_kind *const check_kinds[] = {CHECK_KINDS(POINT_TO_CHECK_KIND)};
const size_t check_kind_count = G_N_ELEMENTS(check_kinds);

const struct check_kind *check_kind_find(const char *id) {
    for (size_t i = 0; i < check_kind_count; i++)
        if (strcmp(check_kinds[i]->id, id) == 0)
            return check_kinds[i];
    return NULL;
}
