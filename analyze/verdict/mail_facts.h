/* What a report says of deliveries, as bytes: of many inputs each is read by a process that keeps nothing,
 * and another counts what all of them say (mail_summary.h). Whoever takes the bytes believes none; what makes
 * no sense is left out from there on. */
#ifndef MAILWHY_MAIL_FACTS_H
#define MAILWHY_MAIL_FACTS_H

#include "analyze/deliveries/delivery.h"
#include "analyze/verdict/report.h"

#define LIMIT_FACT_TEXT 400 /* bytes of each text that are handed over */

/* One report. */
struct mail_report {
    uint32_t place; /* among those of its input, from 1 */
    uint32_t line;  /* of the input, with which it begins */
    enum input_kind kind;
    uint8_t is_one_of_several; /* of its input, which is a mailbox */
    uint8_t is_unread;         /* nothing of the input could be read */
    uint8_t is_doubtful;       /* it may be no bounce at all, but has words of one */
    uint32_t verdicts;         /* that follow */
    uint32_t sources;          /* of a DMARC report, that follow these (sender_sums.h) */
    uint32_t sessions;         /* sums of a TLS report, that follow these (tls_sums.h) */
    uint32_t records;          /* what the DNS says of it today, that follow these (record_sums.h) */
};

/* One verdict: the delivery that it tells of, if it tells of one. The delivery points to `class`. */
struct mail_verdict {
    struct delivery delivery;
    struct reply_class class;
    bool is_delivery;
    struct slice from, to, subject; /* of the mail: what --redact hides in the words of its reply */
};

/* Append what a report says. `place`, `line` and what follows them as above. */
void mail_facts_write(GString *out, const struct report *report, struct mail_report head,
                      const struct rulebase *rules, struct arena *arena);

/* Take the next report, and its verdicts one by one, off the bytes; texts point into them. False: there is
 * none that is whole. */
bool mail_report_take(struct slice *bytes, struct mail_report *report);
bool mail_verdict_take(struct slice *bytes, struct mail_verdict *verdict, const struct rulebase *rules);

#endif
