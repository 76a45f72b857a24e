/* Commands: see command.h. */
#include "analyze/commands/command.h"

#include "analyze/commands/complain.h"
#include "parsers/base/nearest.h"

#include <stdarg.h>
#include <string.h>

const char *command_word(const struct command *command) {
    const char *space = strrchr(command->name, ' ');
    return space ? space + 1 : command->name;
}

const struct command *command_find(const struct command *parent, const char *word) {
    for (const struct command *c = parent->commands; c && c->name; c++)
        if (strcmp(command_word(c), word) == 0)
            return c;
    return NULL;
}

const char *command_nearest(const struct command *parent, const char *word) {
    const char *name = NULL;
    struct nearest near = {.word = slice_of(word), .names = &name, .most = 1};
    for (const struct command *c = parent->commands; c && c->name; c++)
        if (c->summary)
            nearest_offer(&near, slice_of(command_word(c)), command_word(c));
    return name;
}

void command_words(const struct command *parent, GString *out) {
    for (const struct command *c = parent->commands; c && c->name; c++)
        g_string_append_printf(out, "%s%s",
                               c == parent->commands ? ""
                               : c[1].name           ? ", "
                                                     : " or ",
                               command_word(c));
}

int usage_error(const struct command *command, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    bool is_named = command->name[0] != '\0';
    g_autofree char *text = g_strdup_printf("%s%s%s (mailwhy %s%s--help)", command->name,
                                            is_named ? ": " : "", what, command->name, is_named ? " " : "");
    complain(text);
    return STATUS_USAGE;
}
