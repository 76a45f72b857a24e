/* Words that no person chose: tokens of links, of trackers and of queues. */
#ifndef MAILWHY_REDACT_TOKEN_H
#define MAILWHY_REDACT_TOKEN_H

#include "parsers/base/slice.h"

/* Is it of `least` bytes or more, with `digits` digits or more, and are its letters mostly no words? Names of
 * hosts (AM0PR01MB1234), of articles (360001-Why-was-my-mail-blocked) and codes are none. */
bool token_is_random(struct slice word, size_t least, size_t digits);

/* 08DC123456789ABC: hexadecimal digits alone, twelve or more, with letters among them. */
bool token_is_hexadecimal(struct slice word);

/* zgXM4kKhM2qPKdWn0jz8Zg: upper behind lower case, as base64 has it. */
bool token_has_mixed_case(struct slice word);

/* Is it the base64 (RFC 4648, both alphabets) of a text with an address in it? */
bool token_holds_address(struct slice word);

#endif
