/* The engine where it is linked in: see engine.h. */
#include "analyze/auth/engine.h"

const struct engine *engine(void) {
    return &engine_table;
}
