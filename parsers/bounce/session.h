/* A session of SMTP as programs print it, or as it stood in a terminal: who said what. */
#ifndef MAILWHY_SESSION_H
#define MAILWHY_SESSION_H

#include "parsers/base/arena.h"

/* Slices may point into the text. What is not there is empty. */
struct session {
    struct slice refusal;      /* the strongest refusal, its lines joined by line ends */
    struct slice command;      /* that it answers, canonical ("RCPT TO") */
    struct slice recipient;    /* who was refused: named by that RCPT TO, or the only one that was taken */
    struct slice banner;       /* the name in the greeting (RFC 5321 section 4.3.1) */
    struct slice answered;     /* the name in the answer to EHLO (section 4.1.1.1) */
    struct slice helo;         /* as the client called itself */
    struct slice connected;    /* the host that was connected to, by name */
    struct slice reverse;      /* a reverse name (PTR) that stands in the text */
    struct slice ending;       /* what the program itself wrote behind all that both sides said */
    struct slice tls_given_up; /* the reply that was ready for TLS, where the client said QUIT then: no
                                  handshake came about (RFC 3207 section 4.1) */
    struct slice taken;        /* the last reply by which a recipient or the mail was taken */
    struct slice taken_domain; /* of the last recipient that was taken */
    unsigned commands;
    bool extensions; /* EHLO was answered, so that what is not in the answer is not offered */
    bool offers_tls; /* STARTTLS (RFC 3207) */
    bool has_login;  /* the client logged in */
};

/* False: it is no session: neither a refusal, nor commands with their answers. Linear, whatever the bytes. */
bool session_read(struct session *session, struct slice text, struct arena *arena);

#endif
