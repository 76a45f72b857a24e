/* Names that people have elsewhere than in mail: see redact_mention.h. */
#include "analyze/report/redact_mention.h"

#include "analyze/report/redact_form.h"
#include "analyze/report/redact_host.h"

#include <glib.h>

/* The sign stands where nothing before it is an address's: at the begin, behind a blank, bracket or quote. */
static bool is_behind_sign(const struct scan *s, size_t at) {
    char before = at > 1 ? s->text.ptr[at - 2] : '\0';
    char outside = at > 2 ? s->text.ptr[at - 3] : '\0';
    if (scan_char_before(s, at) != '@')
        return false;
    bool is_quote = before == '"' || before == '\'' || before == '`';
    return !before || ascii_is_space(before) || before == '(' || before == '[' || before == '<' ||
           (is_quote && (!outside || ascii_is_space(outside)));
}

/* "skype: kim", "sip:kim" */
static bool is_behind_network(const struct scan *s, size_t at) {
    static const char *const words[] = {"sip",     "sips",     "skype",   "xmpp",     "im",
                                        "acct",    "callto",   "msnim",   "telegram", "signal",
                                        "twitter", "whatsapp", "threema", "discord",  "instagram"};
    struct slice before = slice_upto(s->text, at);
    while (before.len && before.ptr[before.len - 1] == ' ')
        before.len--;
    if (!before.len || before.ptr[before.len - 1] != ':')
        return false;
    before.len--;
    return scan_ends_with_one(before, words, G_N_ELEMENTS(words));
}

/* example.org!kim */
static bool is_behind_host(const struct scan *s, size_t at) {
    size_t end = at ? at - 1 : 0;
    size_t from = end;
    if (scan_char_before(s, at) != '!')
        return false;
    while (from && is_word_char(s->text.ptr[from - 1]))
        from--;
    return from < end && redact_is_host(s->names, scan_part(s, from, end));
}

size_t scan_take_mention(const struct scan *s, size_t at) {
    size_t length = word_length(slice_from(s->text, at));
    struct slice word = scan_part(s, at, at + length);
    if (!at || at < s->url_end || scan_char_at(s, at + length) == '@' ||
        !(is_behind_sign(s, at) || is_behind_network(s, at) || is_behind_host(s, at)) ||
        redact_is_host(s->names, word) || !form_may_be_name(s->names, word))
        return 0;
    scan_hide_name(s, NAME_USER, word);
    return length;
}
