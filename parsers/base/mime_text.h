/* What GMime knows of text in mail (in a module: module.h). Others use text.h and message.h. */
#ifndef MAILWHY_MIME_TEXT_H
#define MAILWHY_MIME_TEXT_H

#include "parsers/base/arena.h"
#include "parsers/base/module.h"

/* GMime is set up, once; what uses it directly calls this first. */
void mime_begin(void) IN_MODULE;

/* GMime keeps the names of all character sets that it is asked for, as long as the process lives: forget
 * them. For processes with one thread. */
void mime_forget(void) IN_MODULE;

/* base64, else quoted-printable, decoded; bytes that belong to neither are passed over. */
struct slice mime_decode(struct arena *arena, struct slice raw, bool is_base64) IN_MODULE;

/* A character set by the name that iconv has for it. Static text, or `charset` itself. */
const char *mime_charset(const char *charset) IN_MODULE;

/* RFC 2047 words decoded, as far as encoded_words.h allows; what is no such word stays as it is. */
struct slice mime_decode_header(struct arena *arena, struct slice s) IN_MODULE;

#endif
