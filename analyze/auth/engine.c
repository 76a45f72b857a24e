/* The engine from its module: see engine.h. */
#include "analyze/auth/engine.h"

const struct engine *engine(void) {
    return FROM_MODULE(MODULE_VERIFY, engine_table);
}
