/* The judgement on one try to deliver to one recipient, from all that is told of it. Reports and logs are
 * judged by the same function. */
#ifndef MAILWHY_JUDGE_H
#define MAILWHY_JUDGE_H

#include "analyze/classify/classify.h"
#include "parsers/facts.h"

/* What is told of one try, and by whom. */
struct attempt {
    const struct recipient *told;  /* reply, sentence, status, command, host, action */
    const char *software;          /* that tells it; NULL: not known */
    struct slice reporter;         /* the host that tells it; may be empty */
    struct slice human;            /* the whole report in words; may be empty */
    bool is_only_recipient;        /* of the report, so that `human` is about this one */
    const struct provider *spoken; /* whose server it was by somebody's words (spoken.h), where nothing else
                                      tells it; NULL: not known */
};

/* Judge a try. `reply` becomes the reply as it was read. Everything is allocated from `arena`. */
struct judgement attempt_judge(const struct attempt *attempt, struct reply *reply, struct matcher *matcher,
                               struct arena *arena);

/* What a text that stands by itself tells of a try: a bare reply, or the words of a log line. It may quote
 * the reply ("host mx.example.net said: 550 …"). `status` may be NULL; `host` is who answered, or empty. */
void attempt_read_text(struct recipient *told, struct slice text, struct slice host, const int status[3],
                       struct matcher *matcher, struct arena *arena);

/* Become the judgement that the outcome itself decides: a cause of notice.yaml (`notice.delivered`), certain.
 * Entities and provider are kept. */
void judgement_set_notice(struct judgement *judgement, const char *cause, const struct rulebase *rules);

#endif
