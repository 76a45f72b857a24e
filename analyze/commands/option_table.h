/* The options of all commands, a row each. The parser (options_read.c), --help, the manual page and the
 * completions are made from these rows: a new option is a row in option_table.c, and the place where it is
 * used. */
#ifndef MAILWHY_OPTION_TABLE_H
#define MAILWHY_OPTION_TABLE_H

#include "analyze/commands/options.h"

/* The headings under which help and the manual list options, in order. */
enum option_group {
    GROUP_REPORT,
    GROUP_EVIDENCE,
    GROUP_AUDIT,
    GROUP_FILTERS,
    GROUP_STAGES,
    GROUP_PAGE,
    GROUP_GENERAL,
    OPTION_GROUPS
};
extern const char *const option_groups[OPTION_GROUPS];

struct option_row;

/* How the text of an argument becomes a value. Of an option without argument it is NULL on the command line,
 * and yes or no in the configuration. */
struct option_kind {
    /* Set the row's member of the options. Returns false when the text is none of what is expected. */
    bool (*set)(const struct option_row *row, const char *text, void *member);
    const char *expected; /* in words; NULL: anything, or what the row's words or numbers say */
    bool is_repeatable;
    bool adds_up; /* a list to which the command line and each file of the configuration add, in this order;
                     otherwise the first that gives a value decides */
};

/* Rows of one name are the same option, which means another thing to other commands: they agree in letter and
 * in whether there is an argument, and no command takes two of them. */
struct option_row {
    const char *name; /* without the dashes */
    char letter;      /* 0: none */
    enum option_group group;
    const char *argument; /* its name in help; NULL: takes none */
    enum completion complete;
    bool may_be_empty;   /* the argument */
    unsigned commands;   /* command_bit: who takes it */
    unsigned configured; /* for which of them the configuration's value counts; 0: it is no key there */
    const char *(*word)(size_t number); /* the words that the argument may be, up to NULL; 0: the default */
    const char *help;                   /* one line, as in a list: no capital, no full stop */
    const char *otherwise; /* what holds where it is not given; NULL: nothing to say, or the first word */
    const char *more;      /* whole sentences for the manual, `literal`; NULL: nothing more to say */
    const struct option_kind *kind;
    size_t member;         /* offset in struct options */
    long long least, most; /* of a number; least is also what an option without argument sets */
};

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
