/* Words in a reply that a stranger chose, which a server repeats: the name that a client greeted with, an
 * address, a subject. They say nothing of why the mail was refused. */
#ifndef MAILWHY_STRANGER_H
#define MAILWHY_STRANGER_H

#include "parsers/base/slice.h"

/* Does the match lie inside an address, or in brackets that hold what a server repeats (<bob@example.org>:,
 * <HELO>), or is it the head of a longer name of a host? Then these are the words of whoever chose that. */
bool is_repeated(struct slice text, struct slice match);

/* Does the match lie inside a page's address? Its words are names, such as "dsl" in a path. */
bool is_in_page(struct slice text, struct slice match);

/* Is the match a part of the name of a host, of a machine or of an address's domain? */
bool is_part_of_name(struct slice text, struct slice match);

/* The words around the match that a stranger may have chosen as well as the server: a quotation, what stands
 * behind "Subject:", an address that it ends in, a single word, as a name or a code is, or the name among
 * several words; empty: none. */
struct slice perhaps_chosen(struct slice text, struct slice match);

/* Does the word stand where servers name a host or a domain: at the beginning (RFC 5321 section 4.2), behind
 * "host", "from" and the like, before an address in brackets? */
bool is_place_of_name(struct slice text, struct slice word);

/* Does the word stand where nothing but a host's name stands: behind "host" or "H=" and before its address in
 * brackets, behind FQDN=, H= or CN=? Whatever it says, it is what that host is called. */
bool is_name_alone(struct slice text, struct slice word);

#endif
