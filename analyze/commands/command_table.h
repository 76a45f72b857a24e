/* The commands of mailwhy, a row each: a new command is a row in command_table.c, its bit in command.h and
 * its file. */
#ifndef MAILWHY_COMMAND_TABLE_H
#define MAILWHY_COMMAND_TABLE_H

#include "analyze/commands/command.h"

extern const struct command mailwhy_program;

#endif
