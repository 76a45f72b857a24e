/* Features of a reply, from which the second opinion learns: see opinion.h.
 * A reply becomes words: what differs from mail to mail (addresses, hosts, pages, numbers, ids) is replaced
 * by a mark for its kind. Of these come words, pairs, triples, runs of RUN characters, what the words mean
 * (concepts.h) and pairs of that, each hashed to one of FEATURE_BUCKETS. Integers only; neither locale nor
 * compiler matters. The work grows with the length of the text, of which the first LIMIT_FEATURE_TEXT bytes
 * are read. */
#ifndef MAILWHY_FEATURES_H
#define MAILWHY_FEATURES_H

#include "parsers/base/slice.h"

#include <stdbool.h>
#include <stdint.h>

#define FEATURE_BUCKETS    32768u
#define RUN                4 /* characters: those of 3 and of 5 beside them taught no more, and cost twice as much */
#define LIMIT_FEATURE_TEXT ((size_t)512)
#define CONCEPTS_READ      ((size_t)64)
#define CONCEPTS_NEAR      4
#define FEATURES_MOST      (4 * LIMIT_FEATURE_TEXT + 128 + CONCEPTS_READ * (1 + CONCEPTS_NEAR))

/* The same for every reply with the same words, whatever stands for addresses, numbers and the like: a hash
 * of them in their order (FNV-1a). 0: there are fewer than WORDS_LEAST, too few to tell one reply by. */
#define WORDS_LEAST 4
uint64_t features_identity(struct slice folded);

/* What the words of a reply are, and what of them is understood. */
struct wording {
    uint64_t identity; /* features_identity */
    size_t concepts;   /* meanings in it, at most CONCEPTS_READ; one that stands beside itself counts once */
    bool has_subject;  /* one of them is a thing of mail (concept_is_subject) */
    size_t of_words;   /* features of codes, words and meanings; those of runs stand behind them */
};

/* The reply's codes (0: none) and its text in lower case (text_fold_case). Returns how many buckets were
 * written; one may come more than once. `wording` may be NULL. */
size_t features_of(int code, const int enhanced[3], struct slice folded, uint16_t buckets[FEATURES_MOST],
                   struct wording *wording);

#endif
