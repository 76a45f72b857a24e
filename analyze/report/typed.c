/* Values whose type their name tells: see typed.h. */
#include "analyze/report/typed.h"

#include <glib.h>

struct row {
    const char *name;
    enum value_type type;
};

/* What is in no row is a stranger's text. */
static const struct row entities[] = {{"ip", VALUE_NETWORK}, {"domain", VALUE_HOST}, {"host", VALUE_HOST}};
static const struct row properties[] = {{"smtp.auth", VALUE_USER}, {"policy.iprev", VALUE_NETWORK}};

static struct value typed(const struct row *rows, size_t count, struct slice name, struct slice value) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal_nocase(slice_of(rows[i].name), name))
            return as_type(rows[i].type, value);
    return as_stranger(value);
}

struct value typed_entity(const struct entity *e) {
    return typed(entities, G_N_ELEMENTS(entities), slice_of(e->name), e->value);
}

struct value typed_property(const struct property *p) {
    return typed(properties, G_N_ELEMENTS(properties), p->name, p->value);
}
