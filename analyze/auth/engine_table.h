/* The table that the module offers; others ask engine() for it. */
#ifndef MAILWHY_ENGINE_TABLE_H
#define MAILWHY_ENGINE_TABLE_H

#include "analyze/auth/engine.h"
#include "parsers/base/module.h"

extern const struct engine engine_table IN_MODULE;

#endif
