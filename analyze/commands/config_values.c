/* Values of the configuration: see config_values.h. */
#include "analyze/commands/config_values.h"

struct configuration *configuration_new(void) {
    struct configuration *c = g_new0(struct configuration, 1);
    c->values = g_array_new(FALSE, TRUE, sizeof(struct config_value));
    c->files = g_array_new(FALSE, TRUE, sizeof(struct config_file));
    return c;
}

void configuration_free(struct configuration *c) {
    if (!c)
        return;
    g_array_free(c->values, TRUE);
    g_array_free(c->files, TRUE);
    arena_free(&c->arena);
    g_free(c);
}

void configuration_note(struct configuration *c, const struct option_row *row, const char *text) {
    struct config_value value = {.row = row, .text = text};
    g_array_append_val(c->values, value);
}
