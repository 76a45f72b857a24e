/* The way of a message, rebuilt from its trace fields: the hops in the order in which the mail went,
 * since when they can be believed, what is odd about them, and what happened on the way. */
#ifndef MAILWHY_CHAIN_H
#define MAILWHY_CHAIN_H

#include "analyze/chain/hop.h"
#include "parsers/facts.h"

struct chain_claim {
    const struct claim *claim;
    enum trust trust;
};

/* Who may have written the header. */
enum chain_source {
    CHAIN_RECEIVED, /* the message itself, as its recipient's system stored it */
    CHAIN_RETURNED  /* came back inside a report: as good as the report */
};

struct chain {
    struct chain_hop *hops; /* the first is where the mail began */
    size_t count;
    const struct chain_hop *boundary; /* NULL: the mail did not come from outside, or nothing is believed */
    bool is_inside;                   /* every hop is a host of the receiving side */
    bool is_assumed; /* no host is named as the receiving side's: the topmost hop was taken for one */
    struct note_list reasons;  /* for the boundary */
    struct note_list problems; /* of the chain as a whole, and of its hops again */
    struct note_list story;    /* forwarding, lists, loops: what explains broken SPF and DKIM */
    struct chain_claim *claims;
    size_t claim_count;
    const struct field_note *field_notes;
    unsigned filter_end;  /* fields between the boundary's and this position are of the receiving host's own
                             filter; 0: none */
    unsigned filter_note; /* where that filter put the host's id below all that came with the mail; 0: not */
    bool is_list, is_forwarded;
    bool is_way_shown; /* what says so is believed; else anybody can have written it */
};

#endif
