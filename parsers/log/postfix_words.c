/* See postfix_words.h. */
#include "parsers/log/postfix_words.h"

enum line_result postfix_pass(struct log_facts *f, const char *kind, const struct log_line *line) {
    return log_pass(f, &dialect_postfix, kind, line);
}

struct slice postfix_take_bare(struct slice *rest, const char *ends) {
    size_t len = 0;
    while (len < rest->len && !strchr(ends, rest->ptr[len] ? rest->ptr[len] : ends[0]))
        len++;
    struct slice address = slice_upto(*rest, len);
    *rest = slice_from(*rest, len);
    return address;
}

struct slice postfix_take_address(struct slice *rest) {
    struct slice address = starts(*rest, "<") ? log_take_bracketed(rest, ",") : postfix_take_bare(rest, ",");
    if (rest->len && rest->ptr[0] == ',')
        *rest = slice_from(*rest, 1);
    while (rest->len && rest->ptr[0] == ' ')
        *rest = slice_from(*rest, 1);
    return address;
}

bool postfix_read_tls(struct log_facts *f, const struct log_line *line, struct slice text, const char *mark) {
    size_t at = postfix_find(slice_upto(text, 60), mark);
    if (at >= text.len || at >= 60)
        return false;
    struct slice rest = slice_from(text, at + strlen(mark));
    size_t version = postfix_find(rest, ": TLSv");
    if (version >= rest.len)
        version = postfix_find(rest, ": SSLv");
    if (version >= rest.len)
        return false;
    struct slice word = slice_from(rest, version + 2);
    struct log_event *e = log_event_add(f, LOG_TLS_USED, line);
    e->text = slice_upto(word, slice_find_char(word, ' '));
    e->is_remote = mark[sizeof " TLS connection established " - 1] == 't';
    return true;
}
