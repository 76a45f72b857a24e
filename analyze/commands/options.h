/* What the command line asks for. */
#ifndef MAILWHY_OPTIONS_H
#define MAILWHY_OPTIONS_H

#include "analyze/commands/command.h"
#include "analyze/deliveries/filters.h"
#include "analyze/log_stage.h"
#include "analyze/mailwhy.h"
#include "parsers/log/stamp.h"

#include <glib.h>

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
struct configuration; /* config_values.h */

/* Inputs that are open already, each with the name by which reports speak of it. */
struct given_input {
    char *name;
    int fd;
};

#define ASK_SECONDS   120  /* for all of it, unless the options say otherwise */
#define ASK_QUESTIONS 5000 /* the same */

#define PAGE_MIB     25 /* of one request to the page, unless the options say otherwise */
#define PAGE_SECONDS 30 /* for it and its report, as above */

/* How far the DNS is asked for one capture. */
struct asking {
    unsigned seconds, questions;
    bool only_public; /* also where a name server is named: no name of private use */
};

enum show { SHOW_NOTHING, SHOW_HELP, SHOW_VERSION }; /* instead of running the command */

/* Each member is set by a row of option_table.c. The lists hold texts (const char *). */
struct options {
    const struct command *program, *command; /* the table of commands, and the one to run */
    struct mailwhy_options library;
    const struct mailwhy_format *format;
    enum color color;
    enum show show;
    GString *asked; /* the options as they were given, for the foot of reports; freed with the options */
    GString
        *verify; /* `mailwhy verify` with those of them that it takes, for a shell; freed with the options */
    const char *output; /* NULL: standard output */
    GPtrArray *rule_files, *trusted, *logs, *dns_files, *dns_after_files;
    GPtrArray *folder_files; /* of rules.d, once options_rule_files has listed them; freed with the options */
    GPtrArray *own;          /* domains and addresses of the user */
    GPtrArray *domains, *selectors;         /* of an audit, as are the next three */
    const char *ip, *helo, *audited_sender; /* NULL: not given */
    const char *server;                     /* that `dns capture` and `verify` ask; NULL: the system's */
    const char *save;                       /* where `verify` keeps the snapshot; NULL: nowhere */
    struct asking asking;
    unsigned jobs;
    bool quiet, isolate, no_sandbox, no_config, no_second_opinion, no_pager;
    bool asks_dns;                   /* visitors of the page may have the DNS asked */
    unsigned most_mib, most_seconds; /* of one request to the page */
    size_t most_reported;            /* bytes of the reports on several inputs; 0: no bound */
    bool summary;                    /* of many inputs, and nothing else */
    bool lines;                      /* the lines of each mail's story, too */
    bool pipe;                       /* a mail system reads the exit status: see pipe_guard.h */
    struct log_filters filters;
    const char *since, *until;           /* as they were written; NULL: any time */
    const char *tz;                      /* NULL: the system's zone is assumed */
    struct zone *zone;                   /* that, read; for commands that take --tz */
    struct log_clock clock;              /* the zone, and the year that was given */
    struct log_stage stage;              /* of `log` */
    unsigned top;                        /* rows per table of a log report */
    int progress;                        /* 1 yes, 0 no, -1 when standard error is a terminal */
    struct configuration *configuration; /* what set these; freed with the options */
    const char *const *arguments;
    size_t argument_count;
    const GArray *given,
        *given_logs; /* struct given_input: in place of the arguments, and of `logs`; NULL: none */
};

/* The defaults. Texts and arguments belong to the command line or the configuration,
 * the lists to the options. */
void options_init(struct options *options);
void options_clear(struct options *options);

#endif
