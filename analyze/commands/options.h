/* The command line. */
#ifndef MAILWHY_OPTIONS_H
#define MAILWHY_OPTIONS_H

#include "analyze/deliveries/deliveries.h"
#include "analyze/mailwhy.h"

#include <glib.h>

/* Exit statuses, after sysexits.h, because mail systems read them when mail is piped in. */
enum status {
    STATUS_OK = 0,
    STATUS_USAGE = 64,
    STATUS_DATA = 65,
    STATUS_NO_INPUT = 66,
    STATUS_BUG = 70,
    STATUS_OUTPUT = 74,
    STATUS_CONFIG = 78
};

struct options {
    struct mailwhy_options library;
    const struct mailwhy_format *format;
    const char *output; /* NULL: standard output */
    GPtrArray *rule_files, *trusted, *logs, *dns_files;
    GPtrArray *domains, *selectors; /* of audit */
    const char *ip, *helo, *server;
    unsigned jobs;
    bool quiet;
    struct log_filters filters;
    unsigned top; /* rows per table; 0: 10 */
    int progress; /* 1 yes, 0 no, -1 when standard error is a terminal */
    const char *const *arguments;
    size_t argument_count;
};

/* A command: what stands after `mailwhy`. Returns an exit status. */
struct command {
    const char *name;
    int (*run)(struct options *options);
};

int command_explain_inputs(struct options *options); /* no command word */
int command_reply(struct options *options);
int command_explain(struct options *options);
int command_rules(struct options *options);
int command_log(struct options *options);
int command_dns(struct options *options);
int command_audit(struct options *options);

/* Load the rules or say what is wrong with them (the result is then NULL: exit STATUS_CONFIG). */
struct mailwhy *options_load(const struct options *options);

#endif
