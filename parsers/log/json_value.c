/* Values of a JSON object: see json_value.h. */
#include "parsers/log/json_value.h"

struct slice json_value_text(const json_t *object, const char *key, struct arena *arena) {
    const json_t *value = json_object_get(object, key);
    if (json_is_string(value))
        return arena_copy(arena, (struct slice){json_string_value(value), json_string_length(value)});
    if (json_is_integer(value))
        return arena_printf(arena, "%lld", (long long)json_integer_value(value));
    return SLICE_EMPTY;
}

struct slice json_value_any(const json_t *object, const char *const *keys, struct arena *arena) {
    struct slice text = SLICE_EMPTY;
    for (; *keys && !text.len; keys++)
        text = json_value_text(object, *keys, arena);
    return text;
}
