/* Where no change that was tried explains a failure: what is known of it all the same, nothing guessed. */
#ifndef MAILWHY_DKIM_NARROW_H
#define MAILWHY_DKIM_NARROW_H

#include "analyze/auth/header_fields.h"
#include "analyze/auth/mail_bytes.h"
#include "parsers/facts.h"

/* Of a header: what is signed and missing, what differs from the copies that the signature (`own`) kept, and
 * which of the signed fields are changed most often on the way. */
struct slice dkim_narrow_header(const struct header_fields *fields, struct slice own,
                                const struct signature *s, struct arena *arena);

/* Of a body: how much was signed, what filters leave in it, and where by the ARC sets it was still whole. */
struct slice dkim_narrow_body(const struct header_fields *fields, const struct mail_bytes *mail,
                              const struct signature *s, struct arena *arena);

#endif
