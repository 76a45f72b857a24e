/* Making outside text safe and comparable. */
#ifndef MAILWHY_TEXT_H
#define MAILWHY_TEXT_H

#include "parsers/base/arena.h"

#include <stdint.h>

/* Valid UTF-8 with every white-space run folded to one space; bytes that are not UTF-8 become U+FFFD, NUL
 * bytes and a byte order mark in front are dropped. What cannot be seen stays in it, to be shown where the
 * text leaves (visible.h). Returns `s` itself when it is already so. */
struct slice text_clean_line(struct arena *arena, struct slice s);

/* As text_clean_line, but keeps line breaks (CRLF and lone CR become LF) and leading blanks. */
struct slice text_clean_block(struct arena *arena, struct slice s);

/* Typographic quotes and apostrophes as ASCII has them, which mail servers write and programs for text
 * replace (U+2018, U+2019, U+201C, U+201D). Returns `s` itself where it has none. */
struct slice text_plain_quotes(struct arena *arena, struct slice s);

/* At most `most` bytes, without half a character at the cut (where `s` is UTF-8). */
struct slice text_upto(struct slice s, size_t most);

/* The same, with … in place of what was cut: at most `most` bytes and that. For texts that are shown. */
struct slice text_short(struct arena *arena, struct slice s, size_t most);

/* A stranger's text on one line, clean and short: as text_clean_line and text_short make it. */
struct slice text_shown(struct arena *arena, struct slice s, size_t most);

/* A number with its digits in groups of three: 12,345, where `between` is a comma. */
struct slice text_count(struct arena *arena, uint64_t count, struct slice between);

/* Lower case, for matching: ASCII fast, full Unicode where there is more. `s` is valid UTF-8. */
struct slice text_fold_case(struct arena *arena, struct slice s);

/* Bytes of `charset` as UTF-8 (a copy in the arena). An unknown charset or undecodable bytes
 * leave the text as it is. */
struct slice text_to_utf8(struct arena *arena, struct slice s, const char *charset);

/* RFC 2047 words decoded, cleaned to one line. */
struct slice text_decode_header(struct arena *arena, struct slice s);

#endif
