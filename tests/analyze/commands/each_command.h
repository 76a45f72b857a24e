/* Every command of the table, for tests that hold for each. */
#ifndef MAILWHY_TESTS_EACH_COMMAND_H
#define MAILWHY_TESTS_EACH_COMMAND_H

#include "analyze/commands/command_table.h"

static inline void each_command(const struct command *command, void (*test)(const struct command *)) {
    if (command->summary)
        test(command);
    for (const struct command *c = command->commands; c && c->name; c++)
        each_command(c, test);
}

#endif
