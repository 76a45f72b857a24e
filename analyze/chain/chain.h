/* The way of a message, rebuilt from its trace fields: the hops in the order in which the mail went,
 * since when they can be believed, what is odd about them, and what happened on the way. */
#ifndef MAILWHY_CHAIN_H
#define MAILWHY_CHAIN_H

#include "analyze/report/trust.h"
#include "parsers/facts.h"
#include "parsers/rules/matcher.h"

enum stand {
    STAND_UNVERIFIED, /* written outside: anybody could have written it */
    STAND_BOUNDARY,   /* written by a host of the receiving side about a client outside */
    STAND_OWN         /* written by a host of the receiving side about another one */
};

/* A sentence about the chain. */
struct note {
    struct note *next;
    struct slice text;
    unsigned line; /* 0: not of one line */
};

struct note_list {
    struct note *first, **end;
};

/* Whose host it is. */
struct side {
    struct slice host;
    struct slice organisation;       /* organisational domain; empty: not known */
    const struct provider *provider; /* NULL: none that is known */
};

struct chain_hop {
    const struct hop *hop;
    struct side writer, helo,
        name; /* of the host that wrote the field; as the client calls itself; its name */
    enum stand stand;
    bool has_delay;
    int64_t delay; /* seconds since the hop before; below zero where the clocks disagree */
    struct note_list problems;
};

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
    struct note_list reasons;         /* for the boundary */
    struct note_list problems;        /* of the chain as a whole, and of its hops again */
    struct note_list story;           /* forwarding, lists, loops: what explains broken SPF and DKIM */
    struct chain_claim *claims;
    size_t claim_count;
    bool is_list, is_forwarded;
};

/* Rebuild it. `trust` may name no host: then the boundary is inferred. `date` is that of the Date field, -1:
 * none. Slices live as long as the trace and the arena. */
void chain_build(struct chain *chain, const struct trace *trace, int64_t date, enum chain_source source,
                 const struct trust_list *trust, const struct matcher *matcher, struct arena *arena);

/* May a field that is no claim be believed? Only where it stands above the boundary. */
enum trust mark_trust(const struct chain *chain, const struct mark *mark);

const char *stand_name(enum stand stand);

/* How people name a hop's writer and its client: the best name there is. */
struct slice hop_writer(const struct hop *hop);
struct slice hop_client(const struct hop *hop);

/* Parts of chain_build, in their order. */
struct chain_building {
    struct chain *chain;
    const struct trace *trace;
    const struct trust_list *trust;
    const struct matcher *matcher;
    struct arena *arena;
    enum chain_source source;
    int64_t date;
    struct side known[4]; /* the last that were looked up: hosts come again from hop to hop */
    unsigned next_known;
};
void chain_find_boundary(struct chain_building *b); /* boundary.c */
void chain_judge_claims(struct chain_building *b);  /* boundary.c */
void chain_find_problems(struct chain_building *b); /* oddities.c */
void chain_tell_story(struct chain_building *b);    /* story.c */

void note_add(struct note_list *list, struct arena *arena, unsigned line, struct slice text);
#define NOTE(b, list, line, ...) note_add((list), (b)->arena, (line), arena_printf((b)->arena, __VA_ARGS__))

/* Do two hosts belong to one organisation or one provider? */
struct side side_of(struct chain_building *b, struct slice host);
bool is_same_side(const struct side *one, const struct side *other);

#endif
