/* See dkim_reason.h. */
#include "analyze/verdict/dkim_reason.h"

#include <glib.h>

static const char body_differs[] =
    "the body hash differs: the text is not the one that was signed; it was changed after that (a footer, a "
    "scanner, long lines or line ends that a server rewrote), or was signed before it was complete";
static const char signature_differs[] =
    "the signature differs: a signed field was changed, or the key in the DNS is not the one that signed";
static const char has_no_key[] =
    "the DNS had no key under that selector: publish it, or sign with the selector that is published";

/* Words of Microsoft 365 and Gmail (PHPMailer/PHPMailer issue 892, nodemailer/nodemailer-dkim issue 9),
 * OpenDKIM (PHPMailer/PHPMailer issue 1352) and appmaildev.com (postalserver/postal issue 1219), seen
 * 2026-11-27; what they mean is RFC 6376 sections 3.7 and 6.1. */
static const struct {
    struct slice words;
    const char *meaning;
} rows[] = {
    {SLICE("body hash did not verify"), body_differs},
    {SLICE("wrong body hash"), body_differs},
    {SLICE("signature did not verify"), signature_differs},
    {SLICE("signature verification failed"), signature_differs},
    {SLICE("no key for signature"), has_no_key},
};

const char *dkim_reason_means(struct slice reason) {
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (slice_find_nocase(reason, rows[i].words) < reason.len)
            return rows[i].meaning;
    return NULL;
}
