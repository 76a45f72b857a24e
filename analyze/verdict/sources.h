/* Who sends in the name of a domain, by what its DMARC aggregate report says: each address with how it
 * stands. */
#ifndef MAILWHY_SOURCES_H
#define MAILWHY_SOURCES_H

#include "parsers/feedback/feedback_facts.h"

/* From what needs nothing to what has to be looked at first. */
enum standing {
    STANDING_PASSES,       /* DMARC passes */
    STANDING_FORWARDED,    /* it fails, and the receiver says that a forwarder or list explains it */
    STANDING_UNKNOWN,      /* nothing passes, for no domain: a forger, or a server that no record knows */
    STANDING_SPF_MISSING,  /* SPF of the domain itself does not allow the address */
    STANDING_OTHER_DOMAIN, /* something passes, but for a domain of others: a service that sends as this one,
                              or a forger */
    STANDING_KEY_BROKEN,   /* a signature of the domain itself does not verify */
    STANDING_SPF_BROKEN,   /* the SPF record of the domain itself is wrong (permerror) */
    STANDING_STRICT,       /* something passes for a domain of the same owner: strict alignment refuses it */
    STANDING_CONTRADICTED, /* something passes for the domain, and is aligned as it asks: it should have
                              passed */
    STANDINGS
};

struct source {
    const struct feedback_row *row; /* one of its rows: the first */
    enum standing standing;
    int64_t messages;
    bool lacks_spf;               /* SPF of the domain itself does not allow the address either */
    struct slice domain;          /* whose result made the standing; may be empty */
    struct slice broken_selector; /* of a signature of the domain itself that does not verify, where SPF alone
                                   * makes it pass; else empty */
};

struct sources {
    struct source *list; /* most messages first */
    size_t count;
    int64_t messages, passed;
    int64_t of_standing[STANDINGS]; /* messages */
};

void sources_find(struct sources *sources, const struct feedback *feedback, struct arena *arena);

const char *standing_name(enum standing standing);

#endif
