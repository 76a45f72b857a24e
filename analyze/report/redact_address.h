/* Addresses, and what stands where a mailbox stands, in a text under --redact (redact_scan.h). */
#ifndef MAILWHY_REDACT_ADDRESS_H
#define MAILWHY_REDACT_ADDRESS_H

#include "analyze/report/redact_scan.h"

/* An address that begins here, or one whose local part is quoted: the local part is hidden, the sign is kept.
 * The bytes are those of both. */
size_t scan_take_address(const struct scan *s, size_t at);
size_t scan_take_quoted_address(const struct scan *s, size_t at);

/* user=bob, to=<bob>, "user":"bob": what a log, a comment or JSON calls a mailbox. The bytes are those with
 * the name of the property. */
size_t scan_take_property(const struct scan *s, size_t at);

/* Collect a local part, with the mailboxes that are named inside it. */
void redact_collect_local(struct names *names, struct slice local);

/* Collect kimmiller and kmiller of Kim Miller. */
void redact_collect_joined(struct names *names, enum name_kind kind, struct slice first, struct slice last,
                           struct slice whole);

/* kim of "…/cn=Recipients/cn=kim": how Exchange names a mailbox by its place in the directory. */
size_t scan_take_directory_name(const struct scan *s, size_t at);

#endif
