/* Received fields (RFC 5321 section 4.4, and what mail systems really write). */
#ifndef MAILWHY_RECEIVED_H
#define MAILWHY_RECEIVED_H

#include "parsers/facts.h"

/* Read one field; `value` is its body, unfolded and clean, and slices in `hop` point into it.
 * Returns false when it names no host, no address and no local origin: the time and the text of the hop
 * are filled in all the same. */
bool received_parse(struct slice value, struct arena *arena, struct hop *hop);

/* received_comment.c: what a comment says, in the from clause (the client), the by clause (the server)
 * or elsewhere. */
enum clause { IN_NOTHING, IN_FROM, IN_BY, IN_VIA, IN_WITH, IN_ID, IN_FOR, IN_DATE };
void received_comment(struct hop *hop, enum clause clause, struct slice comment, struct arena *arena);

/* A word outside comments that bears its own meaning, as "auth=yes" or "envelope-from <a@b>"; `next` is
 * taken when the word needs a second one. Returns whether it did. */
bool received_word(struct hop *hop, struct slice word, struct slice next);

/* "TLSv1.2:ECDHE-RSA-AES128-GCM-SHA256:128", "TLS1_2": fills in version and cipher. */
bool received_tls(struct hop *hop, struct slice word);

/* An address as it stands there: in brackets or bare, with a port behind it or inside. */
bool received_address(struct slice word, struct ip *ip, struct slice *text, struct slice *port);

#endif
