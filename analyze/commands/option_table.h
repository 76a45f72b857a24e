/* The options of all commands, a row each. The parser (options_read.c), --help, the manual page and the
 * completions are made from these rows: a new option is a row in option_table.c, and the place where it is
 * used. */
#ifndef MAILWHY_OPTION_TABLE_H
#define MAILWHY_OPTION_TABLE_H

#include "analyze/commands/option_kinds.h"

extern const char *const option_groups[OPTION_GROUPS];

extern const struct option_row option_rows[];
extern const size_t option_count;

/* Who takes it: its commands, and `config` where it is a key of the configuration. */
unsigned option_takers(const struct option_row *row);

/* The row of that name that a command takes, or NULL. */
const struct option_row *option_find(const char *name, unsigned command_bit);

/* Append what the row's argument may be: "auto, always or never", "a number from 1 to 1024". */
void option_expected(const struct option_row *row, GString *out);

/* Append the help text with what follows from the row: the words to choose from, the default, that it can be
 * repeated. */
void option_help(const struct option_row *row, GString *out);

#endif
