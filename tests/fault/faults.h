/* What fault.py and fail_alloc.c tell each other: a file of this form, as fault.py packs it. */
#pragma once

#include <stdint.h>

enum fault_kind { FAULT_MALLOC, FAULT_CALLOC, FAULT_REALLOC, FAULT_ALIGNED, FAULT_STRDUP, FAULT_KINDS };

struct faults {
    uint64_t wanted;   /* which kind fails */
    uint64_t from, to; /* from which call to which; none: they are counted */
    _Atomic uint64_t fired;
    _Atomic uint64_t counts[FAULT_KINDS];
};
