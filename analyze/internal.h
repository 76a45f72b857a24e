/* What the commands of the program use of the library beside its public header. */
#ifndef MAILWHY_INTERNAL_H
#define MAILWHY_INTERNAL_H

#include "analyze/chain/trust.h"
#include "analyze/deliveries/search.h"
#include "analyze/dns_files.h"
#include "analyze/mailwhy.h"
#include "analyze/report/language.h"
#include "analyze/report/names.h"
#include "analyze/report/reader.h"
#include "analyze/report/redact_key.h"
#include "analyze/verdict/report.h"
#include "analyze/verdict/side.h"

struct mailwhy {
    struct mailwhy_options options;
    struct rulebase rules;
    uint64_t rules_number; /* for what the files of rules say; 0: the built-in ones alone */
    struct ruleset *set;
    struct trust_list trust;
    struct own_names own;
    struct snapshot *snapshot; /* NULL: there are no DNS files */
    struct dns_files dns;
    struct snapshot *after; /* a later one; NULL: there is none */
    struct dns_files dns_after;
    const struct log_search *search;   /* stories found in logs (--log); NULL: none were asked for */
    struct common_words *common_words; /* NULL: nothing is to be hidden */
    struct redact_key redact_key;
    struct redaction redaction;
    enum reader reader;
    const struct language *language; /* NULL: English */
    const char *asked;               /* the options, as they were given; NULL: none */
    const char *verify;              /* the command that asks the DNS; NULL: none */
    const char *notice;              /* that stands in every report; NULL: none */
};

/* mailwhy_new, which loads modules when they are first used: where one is missing, the process ends then. */
struct mailwhy *why_new(const struct mailwhy_options *options);

/* why_new in two steps: all but the DNS files, whose bytes are taken into memory; and these, by a process
 * that has entered its sandbox meanwhile (each that needs them does so). False: something is wrong with one;
 * `complain` is told what where `is_aloud`. */
struct mailwhy *why_new_unread(const struct mailwhy_options *options);
bool why_read_dns(struct mailwhy *why, bool is_aloud);

/* Tell whoever uses the library what is wrong. */
void why_complain(const struct mailwhy *why, const char *text);

#endif
