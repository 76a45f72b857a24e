/* Addresses of mailboxes and hosts as they stand in reports. */
#ifndef MAILWHY_ADDRESS_H
#define MAILWHY_ADDRESS_H

#include "parsers/base/slice.h"

/* Without angle brackets, "mailto:", route, comment and the quotes some programs put around it all. */
struct slice address_strip(struct slice s);

/* "<x>" as x, whatever x is (an address, a message id); anything else as it is. */
struct slice address_unbracket(struct slice s);

/* What stands in the first angle brackets of a text, up to its end where they are not closed. A NULL address
 * where there are none; "<>" gives an empty slice that has one. */
struct slice address_in_brackets(struct slice text);

/* Is it an address with a domain (or a quoted local part)? */
bool address_is_valid(struct slice s);

/* The first address inside a line of text; empty when there is none. */
struct slice address_in_text(struct slice line);

/* The address of the first mailbox in a field as From (RFC 5322 section 3.4): what stands in angle brackets
 * outside of quoted strings and comments, else the first address there. A name that looks like an address is
 * none. Of the raw field: encoded words could decode to brackets. */
struct slice address_of_mailbox(struct slice field);

/* Take the next address off a list of mailboxes (RFC 5322 section 3.4): what stands in angle brackets, else
 * an address outside of quotes and comments. What has no address is passed over; false: no more. */
bool address_next(struct slice *list, struct slice *address);

/* The domain: after the last @; empty when there is none. */
struct slice address_domain(struct slice address);

/* Is the whole slice an IPv4 or IPv6 address? */
bool address_is_ip(struct slice s);

/* The first IP address in a text, bare or in brackets; empty when there is none. */
struct slice address_ip_in_text(struct slice text);

/* Does it look like a host name with at least one dot? */
bool address_is_host(struct slice s);

#endif
