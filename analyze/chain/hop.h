/* One hop of a chain: whose host wrote it, who the client was, and what is noted of it. */
#ifndef MAILWHY_HOP_H
#define MAILWHY_HOP_H

#include "parsers/facts.h"
#include "parsers/rules/matcher.h"

enum hop_trust {
    HOP_UNVERIFIED, /* written outside: anybody could have written it */
    HOP_BOUNDARY,   /* written by a host of the receiving side about a client outside */
    HOP_OWN         /* written by a host of the receiving side about another one */
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
    const struct provider *provider; /* NULL: none that is known */
};

struct chain_hop {
    const struct hop *hop;
    struct side writer, helo,
        name; /* of the host that wrote the field; as the client calls itself; its name */
    enum hop_trust trust;
    bool has_delay;
    int64_t delay; /* seconds since the hop before; below zero where the clocks disagree */
    struct note_list problems;
};

const char *hop_trust_name(enum hop_trust trust);

/* How people name a hop's writer and its client: the best name there is. */
struct slice hop_writer(const struct hop *hop);
struct slice hop_client(const struct hop *hop);

/* Did the writer confirm the client's name by DNS, both ways? */
bool hop_client_is_confirmed(const struct hop *hop);

/* Was it handed over by LMTP, which is not spoken to strangers (RFC 2033 section 5)? */
bool hop_is_lmtp(const struct hop *hop);

/* Was it fetched from a mailbox, by POP3 or IMAP? */
bool hop_is_collected(const struct hop *hop);

/* Names of both for sentences: never empty, and what the client only calls itself is told to be that. */
struct slice hop_client_words(const struct hop *hop, struct arena *arena);
struct slice hop_writer_words(const struct hop *hop);

void note_add(struct note_list *list, struct arena *arena, unsigned line, struct slice text);

/* The sides that were looked up last: hosts come again from hop to hop. */
struct side_cache {
    const struct matcher *matcher;
    struct arena *arena;
    struct side known[4];
    unsigned next;
};

struct side side_of(struct side_cache *cache, struct slice host);

/* Do two hosts belong to one organisation or one provider? */
bool is_same_side(const struct side *one, const struct side *other);

#endif
