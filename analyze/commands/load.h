/* From options to the library. */
#ifndef MAILWHY_LOAD_H
#define MAILWHY_LOAD_H

#include "analyze/commands/options.h"

/* Append the files of rules.d to those of --rules, unless --no-config. False: something is wrong with them,
 * and has been said: exit STATUS_CONFIG. */
bool options_add_rules_folder(struct options *options);

/* Load the rules and snapshots that the options name, or say what is wrong with them (the result is then
 * NULL: exit STATUS_CONFIG). The options must outlive the result. */
struct mailwhy *options_load(struct options *options);

/* The same, with the DNS files in memory and not read: why_read_dns (analyze/internal.h) does that, in
 * the sandbox of each process that needs them. */
struct mailwhy *options_load_unread(struct options *options);

/* Say what is wrong with the DNS files, where several processes are to read them in silence: one of its own
 * reads them, in a sandbox. STATUS_CONFIG: something is. */
int options_check_dns(const struct options *options, struct mailwhy *why);

#endif
