/* What usually goes wrong with key records of DKIM on their way into the DNS. */
#ifndef MAILWHY_KEY_DAMAGE_H
#define MAILWHY_KEY_DAMAGE_H

#include "parsers/base/arena.h"

/* What a text at SELECTOR._domainkey that is no usable key looks like: "a wildcard gives the SPF record in
 * its place", "it was cut at 255 bytes"; empty: nothing that is known. */
struct slice key_damage(struct slice text, struct arena *arena);

/* The record without what damaged it: backslashes, quotation marks, blanks in the key, the lines BEGIN and
 * END of a file; empty: it is no key then either. */
struct slice key_mended(struct slice text, struct arena *arena);

#endif
