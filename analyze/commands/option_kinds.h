/* A row of the table of options, and the kinds of values that rows have. */
#ifndef MAILWHY_OPTION_KINDS_H
#define MAILWHY_OPTION_KINDS_H

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

extern const struct option_kind option_kind_flag, option_kind_value, option_kind_text, option_kind_list,
    option_kind_rules, option_kind_word, option_kind_name, option_kind_format, option_kind_number,
    option_kind_when, option_kind_zone, option_kind_ip, option_kind_server, option_kind_names,
    option_kind_domains, option_kind_own, option_kind_hosts;

#endif
