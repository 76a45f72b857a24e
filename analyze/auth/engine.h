/* What verifies mail, from its module: see engine_table.h. */
#ifndef MAILWHY_ENGINE_H
#define MAILWHY_ENGINE_H

#include "analyze/auth/engine_table.h"

/* Loads the module at the first call. */
const struct engine *engine(void);

#endif
