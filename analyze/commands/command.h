/* What a command is: a row of the table in command_table.c. */
#ifndef MAILWHY_COMMAND_H
#define MAILWHY_COMMAND_H

#include "analyze/status.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct options;

/* A command's bit: the rows of options (option_table.c) say with these which commands take an option. */
enum command_bit {
    COMMAND_INPUTS = 1 << 0, /* no command word: explain the inputs */
    COMMAND_REPLY = 1 << 1,
    COMMAND_LOG = 1 << 2,
    COMMAND_EXPLAIN = 1 << 3,
    COMMAND_RULES = 1 << 4,
    COMMAND_RULES_CHECK = 1 << 5,
    COMMAND_RULES_TEST = 1 << 6,
    COMMAND_RULES_LIST = 1 << 7,
    COMMAND_RULES_MISSING = 1 << 8,
    COMMAND_DNS = 1 << 9,
    COMMAND_DNS_NEEDS = 1 << 10,
    COMMAND_DNS_CAPTURE = 1 << 11,
    COMMAND_DNS_SHOW = 1 << 12,
    COMMAND_AUDIT = 1 << 13,
    COMMAND_HELP = 1 << 14,
    COMMAND_HIDDEN = 1 << 15,
    COMMAND_RULES_DRAFT = 1 << 16,
    COMMAND_VERIFY = 1 << 17,
    COMMAND_CONFIG = 1 << 18,
    COMMAND_CONFIG_INIT = 1 << 19,
    COMMAND_CGI = 1 << 20,
};
#define COMMAND_EVERY (~0u)

/* What a word of the command line can be: completions offer it. */
enum completion { COMPLETE_NOTHING, COMPLETE_FILES, COMPLETE_HOSTS, COMPLETE_CAUSES };

struct command {
    const char *name;     /* all its words, as "dns capture"; "" for the program itself */
    const char *synopsis; /* its lines without "mailwhy" and the name; options in brackets */
    const char *summary;  /* one line; NULL: hidden, other programs call it */
    unsigned bit;
    enum completion operands;
    int (*run)(struct options *options); /* returns an exit status; NULL: needs a sub-command */
    const struct command *commands;      /* sub-commands, up to one without a name; NULL: none */
};

/* The word by which it is called: the last one of its name. */
const char *command_word(const struct command *command);

/* The sub-command of that name, or NULL. */
const struct command *command_find(const struct command *parent, const char *word);

/* The word of the sub-command that is nearest to one that is none; NULL: none is near. */
const char *command_nearest(const struct command *parent, const char *word);

/* Append "check, test or list": the words of the sub-commands. */
void command_words(const struct command *parent, GString *out);

/* Say on standard error what is wrong with the command line, and where help is. Returns STATUS_USAGE. */
int usage_error(const struct command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
