/* JSON as jansson reads it: see hold.h. */
#include "tests/fuzz/hold.h"

#include <jansson.h>

void hold_json(struct slice text) {
    json_error_t error;
    json_t *value = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &error);
    if (!value)
        fprintf(stderr, "%s, at byte %d\n", error.text, error.position);
    HOLDS(value);
    json_decref(value);
}
