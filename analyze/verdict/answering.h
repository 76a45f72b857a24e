/* What the answers to the questions about a message that arrived are made with; a file for each question. */
#ifndef MAILWHY_ANSWERING_H
#define MAILWHY_ANSWERING_H

#include "analyze/verdict/report.h"

struct answering {
    const struct report *report;
    struct answer *answer; /* that is being made */
    struct arena *arena;
    bool is_trust_named; /* --trust says which hosts are one's own, so what they wrote is sure */
};

#define UNVERIFIED " (anyone could have written this field)"

#define NO_RECEIVED_GIVEN "no Received field was given; the whole header has them"

/* A reason of the answer; `line` 0: of no one line. */
#define BECAUSE(a, line, ...)                                                                                \
    note_add(&(a)->answer->because, (a)->arena, (line), arena_printf((a)->arena, __VA_ARGS__))

/* The answer itself: result, how sure, the sentence. */
#define ANSWER(a, word, sure, ...)                                                                           \
    do {                                                                                                     \
        (a)->answer->result = (word);                                                                        \
        (a)->answer->confidence = (sure);                                                                    \
        (a)->answer->text = arena_printf((a)->arena, __VA_ARGS__);                                           \
    } while (0)

/* How sure is what the receiving side's own hosts wrote? */
static inline enum confidence answering_own(const struct answering *a) {
    return a->is_trust_named ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY;
}

/* Does a reason of this answer begin so, or the answer say it? */
bool answering_is_told(const struct answering *a, struct slice text);

/* Is the domain the one of the From field, or of the same organisation? */
bool answering_is_aligned(struct answering *a, struct slice from, struct slice domain);

/* What a verifier's words on DKIM mean, where they are known: once. */
void answering_tell_dkim(struct answering *a, unsigned line, struct slice reason);

/* The domain that a claim speaks of, by the first of its properties that are named here (NULL at the end). */
struct slice claim_domain(const struct claim *c, const char *const *names);

#endif
