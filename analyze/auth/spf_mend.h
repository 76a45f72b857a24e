/* SPF records as they should be: merged, with terms that are written wrong put right, and flattened. */
#ifndef MAILWHY_SPF_MEND_H
#define MAILWHY_SPF_MEND_H

#include "analyze/auth/spf_tree.h"

#define SPF_MOST_LEFT_OUT 40

/* Terms of a record that lead to nothing, or in a circle; and what is to stand in the place of each, empty:
 * nothing. */
struct spf_left_out {
    struct slice terms[SPF_MOST_LEFT_OUT];
    struct slice instead[SPF_MOST_LEFT_OUT];
    size_t count;
};

/* One record made of all that stand at a name (RFC 7208 section 3.2): each term once, wrong ones as they were
 * meant, `all` at the end; +all and ?all, which let everybody pass, become ~all; ptr and networks that are
 * too large to be meant are left out, and those of `left_out`. `unread`: a text that was meant to be a
 * record, and is none to receivers, or more terms ("ip4:192.0.2.1"); may be empty. */
struct slice spf_mend(const struct dns_record *records, const struct spf_left_out *left_out,
                      struct slice unread, struct resolver *resolver);

/* A network that no sender means: more addresses than of a /16, or of a /32 of IPv6. */
#define HUGE_PREFIX4 16
#define HUGE_PREFIX6 32
bool spf_network_is_huge(const struct spf_term *term);

/* Take the next term off the words of a record: "include: host" and "- all" are one. */
bool spf_word_next(struct slice *rest, struct arena *arena, struct slice *word);

/* All records at a name, else `unread`, as one that can be read: wrong terms as they were meant, or left out.
 * What is right by syntax stays as it is and where it is, whatever else is wrong with it. */
struct slice spf_as_meant(const struct dns_record *r, struct slice unread, struct arena *arena);

/* The networks of a whole tree as records that need no look-up but those for their own parts: the first is
 * for the domain, each further one for "_spf1.domain", …. Returns how many; 0: it cannot be made of networks
 * alone, or is too long. */
#define SPF_MOST_PARTS 9
size_t spf_flatten(const struct spf_tree *tree, struct resolver *resolver,
                   struct slice parts[SPF_MOST_PARTS + 1]);

/* Is it the word that a record begins with? */
bool spf_is_version(struct slice word);

/* Is it the word that a record of another kind begins with ("v=DMARC1;")? */
bool spf_is_other_version(struct slice word);

#endif
