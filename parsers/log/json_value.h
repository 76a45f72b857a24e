/* Values of a JSON object as text. */
#ifndef MAILWHY_LOG_JSON_VALUE_H
#define MAILWHY_LOG_JSON_VALUE_H

#include "parsers/base/arena.h"

#include <jansson.h>

/* The string or whole number under `key`, copied; empty: there is none. `object` may be NULL. */
struct slice json_value_text(const json_t *object, const char *key, struct arena *arena);

/* That of the first of `keys` (up to NULL) that is not empty. */
struct slice json_value_any(const json_t *object, const char *const *keys, struct arena *arena);

#endif
