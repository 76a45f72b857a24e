/* Names of the DNS (RFC 1035 sections 2.3 and 5.1), as snapshot.h keeps them: labels in lower case, joined by
 * dots, without the last dot; a dot inside a label as "\.", a backslash as "\\". */
#ifndef MAILWHY_DNS_NAME_H
#define MAILWHY_DNS_NAME_H

#include "parsers/base/arena.h"

/* From presentation format, with or without the last dot. false: no name of at most 255 bytes with labels of
 * 1 to 63. */
bool dns_name_parse(struct slice text, struct arena *arena, struct slice *name);

/* From the bytes of a mail, where only dots count; false as above. */
bool dns_name_of(struct slice raw, struct arena *arena, struct slice *name);

/* From the bytes that go over the network (RFC 1035 section 3.1), without compression. */
struct slice dns_name_of_wire(const unsigned char *wire, size_t len, struct arena *arena);

/* In presentation format, without the last dot; dns_name_parse reads it back. Where it begins a line for `dig
 * -f`, it is no option. */
struct slice dns_name_show(struct arena *arena, struct slice name);

/* The byte that the escape at *i stands for (RFC 1035 section 5.1); moves *i to its last character. */
char dns_unescape(struct slice text, size_t *i);

/* A name of other scripts as it goes over the wire: in A-labels (RFC 5890 section 2.3.2.1), without a last
 * dot and in lower case. What is no such name stays as it is. `raw` may be any bytes. */
struct slice dns_name_to_ascii(struct slice raw, struct arena *arena);

/* The name above: without its first label; empty for the root. */
struct slice dns_name_parent(struct slice name);

#endif
