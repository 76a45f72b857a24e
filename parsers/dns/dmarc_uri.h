/* The addresses of DMARC reports: the lists of rua= and ruf= (RFC 9989 sections 4.6 and 4.8), and of rua= in
 * TLS-RPT (RFC 8460 section 3). */
#ifndef MAILWHY_DMARC_URI_H
#define MAILWHY_DMARC_URI_H

#include "parsers/base/slice.h"

struct dmarc_uri {
    struct slice text;    /* one of the list, without blanks around */
    struct slice address; /* of mailto:, without query and "!10m" (obsolete, to be ignored) */
    struct slice domain;  /* of the address; of https: the host */
    bool is_valid;        /* a URI (RFC 3986), and of mailto: one with an address */
    bool is_mail;         /* mailto: */
    bool is_bare_address; /* an address without the "mailto:" that it needs */
    bool is_misspelt;     /* an address behind another scheme: "maito:jo@a.example"; `address` is that */
    bool has_size;        /* "!" follows */
    bool is_size;         /* and a size behind it: "10m" (RFC 7489 section 6.2) */
};

/* Take the next off a list with commas; false: no more. */
bool dmarc_uri_next(struct slice *list, struct dmarc_uri *uri);

#endif
