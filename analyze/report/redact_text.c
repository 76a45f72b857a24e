/* Free text under --redact: see redact_text.h, and redact.h for the rules. One pass from left to right; at
 * each place the finders are tried in turn, and the first that takes something decides. */
#include "analyze/report/redact_text.h"

#include "analyze/report/quotes.h"
#include "analyze/report/redact_address.h"
#include "analyze/report/redact_field.h"
#include "analyze/report/redact_file.h"
#include "analyze/report/redact_host.h"
#include "analyze/report/redact_id.h"
#include "analyze/report/redact_keyed.h"
#include "analyze/report/redact_known.h"
#include "analyze/report/redact_link.h"
#include "analyze/report/redact_mention.h"
#include "analyze/report/redact_phone.h"
#include "analyze/report/redact_user.h"

#define LONGEST_LOCAL 128 /* bytes; RFC 5321 section 4.5.3.1.1 allows 64 */

/* A host's name in which a person is named. */
static size_t take_host(const struct scan *s, size_t at) {
    size_t length = word_length(slice_from(s->text, at));
    struct slice host = scan_part(s, at, at + length);
    if (!s->out || slice_find_char(host, '.') == length || slice_find_char(host, '+') < length ||
        scan_is_fixed_in_link(s, at))
        return 0;
    redact_host(s->names, host, s->out);
    return length;
}

/* Behind the sign of an address. */
static size_t take_domain(const struct scan *s, size_t at) {
    size_t length = word_length(slice_from(s->text, at));
    if (s->out)
        redact_domain(s->names, scan_part(s, at, at + length), s->out);
    return length;
}

/* Also behind a plus, as in bounces+bob, but no further than a local part goes: each looks at all of the
 * word. */
static bool begins_word(const struct scan *s, size_t at) {
    size_t from = at;
    if (at > 1 && scan_char_before(s, at) == '.' && s->text.ptr[at - 2] == '/')
        return true; /* a hidden file */
    if (scan_char_before(s, at) != '+')
        return !is_word_char(scan_char_before(s, at));
    while (from && at - from <= LONGEST_LOCAL && is_word_char(s->text.ptr[from - 1]))
        from--;
    return at - from <= LONGEST_LOCAL;
}

static size_t take(struct scan *s, size_t at) {
    size_t taken;
    scan_note_link(s, at);
    if ((taken = scan_take_login(s, at)) || (taken = scan_take_keyed(s, at)) ||
        (taken = scan_take_header_field(s, at)) || (taken = scan_take_subject(s, at)) ||
        (taken = scan_take_user_field(s, at)) || (taken = scan_take_user_numbers(s, at)) ||
        (taken = scan_take_phone(s, at)) || (taken = scan_take_script(s, at)) ||
        (taken = scan_take_link_person(s, at)) || (taken = scan_take_link_part(s, at)) ||
        (taken = scan_take_encoded_word(s, at)) || (taken = scan_take_references(s, at)) ||
        (taken = scan_take_quoted_address(s, at)) || (taken = scan_take_address(s, at)) ||
        (taken = scan_take_folder(s, at)) || (taken = scan_take_attachment(s, at)))
        return taken;
    bool is_word = begins_word(s, at) && word_length(slice_from(s->text, at));
    if (is_word && (taken = scan_take_mention(s, at)))
        return taken;
    if (is_word && scan_char_before(s, at) == '@')
        return take_domain(s, at);
    if (is_word && ((taken = scan_take_property(s, at)) || (taken = scan_take_announced_user(s, at)) ||
                    (taken = scan_take_name(s, at)) || (taken = scan_take_id(s, at)) ||
                    (taken = scan_take_mailbox(s, at)) || (taken = scan_take_form(s, at)) ||
                    (taken = scan_take_joined(s, at)) || (taken = scan_take_directory_name(s, at))))
        return taken;
    if ((taken = scan_take_token(s, at)))
        return taken;
    return is_word ? take_host(s, at) : 0;
}

/* Bytes to keep where nothing was found: up to the end of letters and digits, for nothing begins among them.
 */
static size_t keep_length(const struct scan *s, size_t at) {
    size_t end = at + 1;
    if (ascii_is_alnum(scan_char_at(s, at)))
        while (end < s->text.len && ascii_is_alnum(scan_char_at(s, end)))
            end++;
    return end - at;
}

static void run(struct scan *s) {
    for (size_t at = 0; at < s->text.len;) {
        size_t length = take(s, at);
        if (!length) {
            length = keep_length(s, at);
            scan_keep(s, at, at + length);
        }
        at += length;
    }
}

/* `out`: NULL where names are only collected. */
static void begin(struct names *names, struct slice text, GString *out, bool is_reply) {
    run(&(struct scan){.names = names,
                       .text = quotes_plain(text, &names->arena),
                       .out = out,
                       .is_reply = is_reply,
                       .run = run});
}

void redact_text(struct names *names, struct slice text, GString *out) {
    begin(names, text, out, false);
}

void redact_text_collect(struct names *names, struct slice text) {
    begin(names, text, NULL, false);
}

void redact_reply(struct names *names, struct slice text, GString *out) {
    begin(names, text, out, true);
}

void redact_reply_collect(struct names *names, struct slice text) {
    begin(names, text, NULL, true);
}
