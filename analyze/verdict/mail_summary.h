/* Many reports on mails, summed up: how many of what kind, whose deliveries they tell of, and an index of
 * them. The deliveries are counted as those of logs are (totals.h), with these where there are any: a
 * recipient of whom several sources tell counts once. Memory is bound by the number of reports, some hundred
 * bytes for each, not by what was read. */
#ifndef MAILWHY_MAIL_SUMMARY_H
#define MAILWHY_MAIL_SUMMARY_H

#include "analyze/deliveries/filters.h"
#include "analyze/deliveries/totals.h"
#include "analyze/verdict/mail_facts.h"
#include "analyze/verdict/record_sums.h"
#include "analyze/verdict/sender_sums.h"
#include "analyze/verdict/tls_sums.h"

#define LIMIT_INDEX      50000  /* reports that the index lists */
#define LIMIT_SAME_MAILS 500000 /* recipients that are told from those of other reports and of logs */

/* A line of the index: a report. */
struct mail_row {
    struct mail_report report;
    uint64_t input;                 /* its number, from 0 */
    struct slice recipient;         /* the first; empty: none */
    const struct cause *cause;      /* of the first verdict; NULL: there is none */
    enum outcome outcome;           /* the same */
    bool is_delivery;               /* the same */
    struct slice from, to, subject; /* the same: for --redact */
};

struct mail_summary {
    struct arena arena; /* rows and keys */
    const struct rulebase *rules;
    struct slice facts;     /* the caller's: blocks of a struct mail_block and what its input says */
    uint64_t inputs;        /* that there are, without those that are logs: the caller's */
    uint64_t read, reports; /* inputs that something is told of */
    uint64_t kinds[KIND_REPORT + 1];
    uint64_t unread;            /* inputs of which nothing could be read */
    uint64_t doubtful;          /* reports that may be of no bounce at all */
    uint64_t repeated;          /* deliveries that another report tells of in the same words */
    uint64_t outdated;          /* that were still waiting, as another report tells what became of them */
    uint64_t in_logs;           /* that the logs tell of too */
    struct sender_sums senders; /* of DMARC reports */
    struct tls_sums sessions;   /* of TLS reports */
    struct record_sums today;   /* of both, held against the DNS */
    struct mail_row *rows;
    size_t row_count, row_room;
    struct hash_table keys;
};

/* What stands in front of what one input says. */
struct mail_block {
    uint64_t input, length;
};

/* Read what the reports say; `facts` outlives the summary. */
void mail_summary_read(struct mail_summary *summary, struct slice facts, const struct rulebase *rules);
void mail_summary_free(struct mail_summary *summary);

/* A delivery that a log tells: may it be counted? Not where it says that a mail was sent which came back, as
 * a report tells. To be asked of each, before those of the reports are counted. */
bool mail_summary_passes(struct mail_summary *summary, const struct delivery *d);

/* Count the deliveries of the reports that the filters let pass and that no log told of. */
void mail_summary_count(struct mail_summary *summary, struct totals *totals,
                        const struct log_filters *filters, const struct matcher *matcher);

/* How a report is called in the index: "7", and in a mailbox "7.2". */
void mail_label(char *label, size_t size, uint64_t input, const struct mail_report *report, bool has_inputs);

#endif
