/* The structure that Received, Authentication-Results and their like share: words, comments in
 * parentheses, quoted strings, semicolons (RFC 5322 section 3.2). Damaged nesting is read as far as it
 * goes; every text is read in linear time. */
#ifndef MAILWHY_TOKEN_H
#define MAILWHY_TOKEN_H

#include "parsers/base/slice.h"

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_COMMENT, TOKEN_SEMICOLON };

struct token {
    enum token_kind kind;
    struct slice text; /* a comment without its outer parentheses; a word with its quotes or brackets */
};

struct tokens {
    struct slice rest;
    bool is_unbalanced;     /* a parenthesis was never closed: from then on comments do not nest */
    const char *bare_until; /* up to here no comment is closed */
    bool is_angle_open;     /* a < was never closed: from then on it is an ordinary character */
    bool is_quote_open;     /* the same of a quote */
};

/* The next token. A word goes to the next blank, semicolon or parenthesis outside quotes and <>. */
struct token token_next(struct tokens *tokens);

/* Take words off the inside of a comment: parted by blanks and commas, without the parentheses of
 * comments inside it. */
bool token_comment_word(struct slice *rest, struct slice *word);

/* Without the quotes of a quoted string; backslashes stay. */
struct slice token_unquote(struct slice s);

#endif
