/* Links under --redact: see redact_link.h. */
#include "analyze/report/redact_link.h"

#include "analyze/report/common_words.h"
#include "analyze/report/redact_host.h"
#include "analyze/report/redact_token.h"

#include <glib.h>

#define VALUE_LEAST        12 /* of the value of a parameter in a link */
#define VALUE_LEAST_DIGITS 3
#define BASE64_LEAST       12   /* shorter parts of links are not decoded */
#define MOST_DECODED       3    /* layers of encoding in a link */
#define LONGEST_KEY        24   /* bytes of the name of what announces a person */
#define LONGEST_PART       1024 /* bytes of one that are looked back at */

/* Where the host begins in "scheme://host", or "www.example.org/page" without a scheme, from `at` on;
 * SIZE_MAX: no link begins there. */
static size_t link_host(const struct scan *s, size_t at) {
    size_t end = at;
    while (ascii_is_alnum(scan_char_at(s, end)) || (end > at && scan_char_at(s, end) == '+'))
        end++;
    if (end > at && slice_starts_nocase(slice_from(s->text, end), SLICE("://")))
        return end + 3 - at;
    size_t length = ascii_is_alnum(scan_char_at(s, at)) ? word_length(slice_from(s->text, at)) : 0;
    bool is_host = length && scan_char_at(s, at + length) == '/' &&
                   ascii_is_alpha(scan_char_at(s, at + length + 1)) &&
                   redact_is_host(s->names, scan_part(s, at, at + length));
    return is_host ? 0 : SIZE_MAX;
}

void scan_note_link(struct scan *s, size_t at) {
    char before = scan_char_before(s, at);
    if (at < s->url_end || is_word_char(before) || before == '/' || before == '\\' ||
        !ascii_is_alnum(scan_char_at(s, at)))
        return;
    size_t host = link_host(s, at);
    if (host == SIZE_MAX)
        return;
    s->url_end = at;
    while (s->url_end < s->text.len && !ascii_is_space(scan_char_at(s, s->url_end)) &&
           !strchr("<>\"", scan_char_at(s, s->url_end)))
        s->url_end++;
    s->url_path = at + host;
    while (s->url_path < s->url_end && !strchr("/?#", scan_char_at(s, s->url_path)))
        s->url_path++;
}

bool scan_is_fixed_in_link(const struct scan *s, size_t at) {
    if (at >= s->url_end || s->depth)
        return false;
    size_t least = at - MIN(at - MIN(at, s->url_path), LONGEST_PART);
    for (size_t i = at; i > least && !strchr("=&?/", scan_char_at(s, i - 1)); i--)
        if (scan_char_at(s, i - 1) == '#')
            return true;
    return at < s->url_path;
}

/* --- parts of links --- */

static bool ends_part(char c) {
    return !c || strchr("/?&=;#<>\" ", c);
}

static int hexadecimal(char c) {
    return g_ascii_xdigit_value(c);
}

/* Without its percent signs and pluses. */
static struct slice decode_percent(struct slice text, struct arena *arena) {
    char *out = arena_open(arena, text.len);
    size_t used = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '%' && i + 2 < text.len && hexadecimal(text.ptr[i + 1]) >= 0 &&
            hexadecimal(text.ptr[i + 2]) >= 0) {
            out[used++] = (char)(hexadecimal(text.ptr[i + 1]) * 16 + hexadecimal(text.ptr[i + 2]));
            i += 2;
        } else {
            out[used++] = text.ptr[i] == '+' ? ' ' : text.ptr[i];
        }
    return arena_close(arena, out, used);
}

/* A text in base64 (RFC 4648, both alphabets); empty where it is none. */
static struct slice decode_base64(struct slice text, struct arena *arena) {
    char *copy = arena_string(arena, text);
    gsize length = 0;
    for (char *c = copy; *c; c++) {
        if (!ascii_is_alnum(*c) && !strchr("+/-_=", *c))
            return SLICE_EMPTY;
        *c = *c == '-' ? '+' : *c == '_' ? '/' : *c;
    }
    gint state = 0;
    guint save = 0;
    length = g_base64_decode_step(copy, text.len, (guchar *)copy, &state, &save);
    bool is_text = length && g_utf8_validate(copy, (gssize)length, NULL);
    return is_text ? (struct slice){copy, length} : SLICE_EMPTY;
}

/* What is to be read of a decoded part, hidden; a text of the same bytes where nothing is. */
static struct slice hide_decoded(const struct scan *s, struct slice text, struct arena *arena) {
    g_autoptr(GString) out = s->out ? g_string_sized_new(text.len) : NULL;
    s->run(&(struct scan){.names = s->names,
                          .text = text,
                          .out = out,
                          .url_end = text.len,
                          .depth = s->depth + 1,
                          .run = s->run});
    return out ? arena_copy(arena, (struct slice){out->str, out->len}) : text;
}

static void append_encoded(GString *out, struct slice text) {
    for (size_t i = 0; i < text.len; i++)
        if (ascii_is_alnum(text.ptr[i]) || strchr("-._~", text.ptr[i]))
            g_string_append_c(out, text.ptr[i]);
        else
            g_string_append_printf(out, "%%%02X", (unsigned char)text.ptr[i]);
}

/* The value of a parameter, or a part of the path, that nobody chose: who has it may do what it is for. */
static bool is_link_token(const struct scan *s, struct slice text, bool is_value) {
    bool has_letter = false;
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_alnum(text.ptr[i]) && !strchr("-_.~=", text.ptr[i]))
            return false;
        has_letter |= ascii_is_alpha(text.ptr[i]);
    }
    if (names_is_readable(s->names, text) || (!has_letter && text.len < TOKEN_LEAST))
        return false;
    return token_is_hexadecimal(text) || (is_value ? token_is_random(text, VALUE_LEAST, VALUE_LEAST_DIGITS)
                                                   : token_is_random(text, TOKEN_LEAST, TOKEN_LEAST_DIGITS));
}

/* --- parts that name somebody --- */

static size_t part_end(const struct scan *s, size_t at) {
    size_t end = at;
    while (end < s->url_end && !ends_part(scan_char_at(s, end)))
        end++;
    while (end > at && strchr(".,)'", scan_char_at(s, end - 1)))
        end--;
    return end;
}

/* The part of the path before the slash behind which `at` is, or the name of the parameter before the "=". */
static struct slice part_before(const struct scan *s, size_t at) {
    size_t end = at - 1;
    size_t from = end;
    while (from && end - from < LONGEST_KEY && !strchr("/?&=;#%:(\"' \n", s->text.ptr[from - 1]))
        from--;
    return scan_part(s, from, end);
}

static bool is_person_announced(const struct scan *s, size_t at) {
    static const char *const folders[] = {"u", "user", "users", "unsubscribe", "unsub", "optout", "profile",
                                          "member", "members", "account", "accounts", "mailbox", "people",
                                          "person", "staff", "employee", "employees", "in", "home",
                                          "preferences", "subscriber", "recipient",
                                          /* whose pages are those of persons */
                                          "t.me", "wa.me", "twitter.com", "x.com", "instagram.com"};
    static const char *const keys[] = {"to",     "recipient", "recipients", "rcpt",      "mail",    "email",
                                       "e-mail", "name",      "fullname",   "full_name", "uid",     "contact",
                                       "addr",   "address",   "from",       "sender",    "for",     "mailto",
                                       "member", "owner",     "userid",     "user_id",   "customer"};
    bool is_value = scan_char_before(s, at) == '=';
    struct slice before = part_before(s, at);
    return is_value ? common_words_among(before, keys, G_N_ELEMENTS(keys))
                    : common_words_among(before, folders, G_N_ELEMENTS(folders));
}

/* Is it neither a number, a host nor a page's ordinary name? */
static bool may_name_person(const struct scan *s, struct slice part) {
    for (size_t at = 0; at < part.len;) {
        size_t length = word_length(slice_from(part, at));
        struct slice word = slice_upto(slice_from(part, at), length);
        if (redact_is_host(s->names, word) && !redact_is_page(word))
            return false;
        at += length ? length : 1;
    }
    return scan_is_peculiar(s, part);
}

size_t scan_take_link_person(const struct scan *s, size_t at) {
    char before = scan_char_before(s, at);
    if (at >= s->url_end || at <= s->url_path || !before || !strchr("/=", before))
        return 0;
    size_t from = at + (scan_char_at(s, at) == '~' || scan_char_at(s, at) == '@');
    size_t end = part_end(s, from);
    struct slice part = scan_part(s, from, end);
    if (!part.len || slice_find_char(part, '@') < part.len ||
        slice_find_nocase(part, SLICE("%40")) < part.len || !may_name_person(s, part))
        return 0;
    bool is_written_so = before == '=' && redact_is_dotted_name(s->names, part);
    if (from == at && !is_person_announced(s, at) && !is_written_so)
        return 0;
    scan_keep(s, at, from);
    scan_hide(s, NAME_USER, part);
    return end - at;
}

size_t scan_take_link_part(const struct scan *s, size_t at) {
    if (at >= s->url_end || !at || !strchr("/=", scan_char_before(s, at)) || s->depth >= MOST_DECODED)
        return 0;
    size_t end = part_end(s, at);
    struct slice text = scan_part(s, at, end);
    if (is_link_token(s, text, scan_char_before(s, at) == '=')) {
        scan_hide(s, NAME_TOKEN, text);
        return end - at;
    }
    bool is_percent = slice_find_char(text, '%') < text.len || slice_find_char(text, '+') < text.len;
    if (!is_percent && text.len < BASE64_LEAST)
        return 0;
    struct arena arena = {0};
    struct slice decoded = is_percent ? decode_percent(text, &arena) : decode_base64(text, &arena);
    struct slice hidden = hide_decoded(s, decoded, &arena);
    bool is_hidden = s->out && !slice_equal(decoded, hidden);
    if (is_hidden && is_percent)
        append_encoded(s->out, hidden);
    else if (is_hidden)
        scan_hide(s, NAME_TOKEN, text);
    arena_free(&arena);
    return is_hidden ? end - at : 0;
}
