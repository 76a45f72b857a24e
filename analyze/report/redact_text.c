/* Free text under --redact: see redact_text.h, and redact.h for the rules. One pass from left to right; at
 * each place the finders are tried in turn, and the first that takes something decides. */
#include "analyze/report/redact_text.h"

#include "analyze/report/common_words.h"
#include "analyze/report/local_part.h"
#include "analyze/report/redact_form.h"
#include "analyze/report/redact_host.h"
#include "analyze/report/redact_token.h"

#include <glib.h>

#define TOKEN_LEAST        20 /* shorter words are no tokens */
#define TOKEN_LEAST_DIGITS 4
#define VALUE_LEAST        12 /* of the value of a parameter in a link */
#define VALUE_LEAST_DIGITS 3
#define ID_LEAST           5   /* of what is announced as an id */
#define QUEUE_ID_LEAST     8   /* of what stands where logs write one */
#define BASE64_LEAST       12  /* shorter parts of links are not decoded */
#define MOST_DECODED       3   /* layers of encoding in a link */
#define LONGEST_QUOTED     128 /* bytes of a quoted local part */

struct scan {
    struct names *names;
    struct slice text;
    GString *out;    /* NULL: collect */
    bool is_reply;   /* its form tells names too */
    size_t url_end;  /* before it, a link is being read */
    size_t url_path; /* where its host ends */
    unsigned depth;  /* how often what is read was decoded */
};

static void run(struct scan *s);

static char char_at(const struct scan *s, size_t at) {
    return at < s->text.len ? s->text.ptr[at] : '\0';
}

static char char_before(const struct scan *s, size_t at) {
    return at ? s->text.ptr[at - 1] : '\0';
}

static struct slice part(const struct scan *s, size_t from, size_t to) {
    return (struct slice){s->text.ptr + from, to - from};
}

static void hide(const struct scan *s, enum name_kind kind, struct slice text) {
    char pseudonym[PSEUDONYM_SIZE];
    if (!s->out)
        return;
    names_pseudonym(s->names, kind, text, pseudonym);
    g_string_append(s->out, pseudonym);
}

static void keep(const struct scan *s, size_t from, size_t to) {
    if (s->out)
        g_string_append_len(s->out, s->text.ptr + from, (gssize)(to - from));
}

/* --- links --- */

static void note_link(struct scan *s, size_t at) {
    static const char *const schemes[] = {"http://", "https://", "ftp://"};
    if (at < s->url_end || is_word_char(char_before(s, at)))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++)
        if (slice_starts_nocase(slice_from(s->text, at), slice_of(schemes[i]))) {
            s->url_end = at;
            while (s->url_end < s->text.len && !ascii_is_space(char_at(s, s->url_end)) &&
                   !strchr("<>\"", char_at(s, s->url_end)))
                s->url_end++;
            s->url_path = at + strlen(schemes[i]);
            while (s->url_path < s->url_end && !strchr("/?#", char_at(s, s->url_path)))
                s->url_path++;
        }
}

/* The host of a link, and what its page is called there (#reason): they name no person. */
static bool is_fixed_in_link(const struct scan *s, size_t at) {
    if (at >= s->url_end || s->depth)
        return false;
    for (size_t i = at; i > s->url_path && !strchr("=&?/", char_at(s, i - 1)); i--)
        if (char_at(s, i - 1) == '#')
            return true;
    return at < s->url_path;
}

/* --- addresses --- */

static bool is_local_char(const struct scan *s, size_t at) {
    char c = char_at(s, at);
    if (ascii_is_alnum(c) || (unsigned char)c >= 0x80)
        return true;
    return c && strchr(at < s->url_end ? "!$'*+-^_`{|}~.%" : "!#$%&'*+-/=?^_`{|}~.", c);
}

static bool is_one_of(struct slice name, const char *const *names) {
    for (; *names; names++)
        if (slice_equal_nocase(name, slice_of(*names)))
            return true;
    return false;
}

/* "user=", "smtp.auth=", …: what stands behind is a user or mailbox, never a host. */
static bool is_user_property(struct slice name) {
    static const char *const names[] = {"user",     "login",   "sasl_username", "ruser",         "u",
                                        "username", "ctladdr", "orig_to",       "x-original-to", "smtp.auth",
                                        "auth_id",  "authid",  "sasl_user",     "account",       NULL};
    return is_one_of(name, names);
}

/* "smtp.mailfrom=", "user=", … before a local part: it belongs to the text around it. */
static bool is_property(struct slice name) {
    static const char *const names[] = {"to", "from", "rcpt", "sender", "recipient", "envelope-from", NULL};
    return is_user_property(name) || is_one_of(name, names) || slice_starts_nocase(name, SLICE("smtp.")) ||
           slice_starts_nocase(name, SLICE("header."));
}

/* Where the local part really begins in a run of characters that may stand in one. */
static size_t local_begin(const struct scan *s, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (char_at(s, i) == '=' && is_property(part(s, from, i))) {
            from = i + 1;
            break;
        }
    while (from < to && strchr("!#$%&'*+/=?^`{|}~.-", char_at(s, from)))
        from++;
    return from;
}

/* Ways to write the sign of an address where it would not be taken for one; the length, 0: none. A host's
 * name must follow, or it is something else ("size=4096"). */
static size_t spelled_at(const struct scan *s, size_t at) {
    static const struct {
        const char *sign;
        bool has_blanks; /* may stand around it */
    } signs[] = {{"(at)", true},   {"[at]", true},    {"{at}", true},      {"<at>", true},
                 {"&#64;", false}, {"&#x40;", false}, {"&commat;", false}, {"%40", false},
                 {"=40", false},   {"%2540", false},  {"\\u0040", false},  {"\\x40", false}};
    size_t blank = at;
    while (char_at(s, blank) == ' ')
        blank++;
    if (!char_at(s, blank) || !strchr(blank > at ? "([{<" : "([{<&%=\\", char_at(s, blank)))
        return 0; /* as nearly everywhere */
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        size_t from = signs[i].has_blanks ? blank : at;
        if (!slice_starts_nocase(slice_from(s->text, from), slice_of(signs[i].sign)))
            continue;
        size_t host = from + strlen(signs[i].sign);
        while (signs[i].has_blanks && char_at(s, host) == ' ')
            host++;
        struct slice word = slice_from(s->text, host);
        word = slice_upto(word, word_length(word));
        if (word.len && slice_find_char(word, '.') < word.len && !ascii_is_digit(word.ptr[0]))
            return from + strlen(signs[i].sign) - at;
    }
    return 0;
}

static void add_user(void *names, struct slice part) {
    names_add(names, NAME_USER, part, false);
}

void redact_text_collect_joined(struct names *names, enum name_kind kind, struct slice first,
                                struct slice last, struct slice whole) {
    if (!first.len || last.len < 2 || slice_find_char(last, ' ') < last.len)
        return;
    names_add_form(names, kind, arena_printf(&names->arena, "%.*s%.*s", S(first), S(last)), whole);
    names_add_form(names, kind, arena_printf(&names->arena, "%c%.*s", first.ptr[0], S(last)), whole);
}

void redact_text_collect_local(struct names *names, struct slice local) {
    if (common_words_are_role(local))
        return;
    names_add(names, NAME_USER, local, false);
    local_part_inner(local, add_user, names);
    if (!local_part_is_name(local) || !names_is_telling(names, local))
        return;
    char *words = arena_string(&names->arena, local);
    for (char *c = words; *c; c++)
        if (strchr("._-", *c))
            *c = ' ';
    names_add_form(names, NAME_USER, slice_of(words), local);
    struct slice first = slice_upto(slice_of(words), slice_find_char(slice_of(words), ' '));
    redact_text_collect_joined(names, NAME_USER, first, slice_from(slice_of(words), first.len + 1), local);
}

/* An address that begins here: its local part is hidden, the sign is kept. Returns the bytes of both. */
static size_t take_address(const struct scan *s, size_t at) {
    size_t end = at;
    size_t sign = 0;
    if (!is_local_char(s, at) || (at && is_local_char(s, at - 1)))
        return 0;
    while (is_local_char(s, end) && !(sign = spelled_at(s, end)))
        end++;
    if (!sign)
        sign = char_at(s, end) == '@' ? 1 : spelled_at(s, end);
    size_t begin = sign ? local_begin(s, at, end) : end;
    if (begin == end)
        return 0;
    size_t domain = end + sign;
    domain += word_length(slice_from(s->text, domain));
    if (sign == 1 && common_words_are_role(part(s, begin, end)) &&
        !names_is_party(s->names, part(s, begin, domain))) {
        keep(s, at, end + sign);
        return end + sign - at;
    }
    if (!s->out)
        redact_text_collect_local(s->names, part(s, begin, end));
    keep(s, at, begin);
    hide(s, NAME_USER, part(s, begin, end));
    keep(s, end, end + sign);
    return end + sign - at;
}

/* "bob miller"@example.org */
static size_t take_quoted_address(const struct scan *s, size_t at) {
    size_t end = at + 1;
    if (char_at(s, at) != '"')
        return 0;
    while (end < s->text.len && end - at < LONGEST_QUOTED && char_at(s, end) != '"')
        end += char_at(s, end) == '\\' ? 2 : 1;
    if (char_at(s, end) != '"' || char_at(s, end + 1) != '@')
        return 0;
    if (!s->out)
        redact_text_collect_local(s->names, part(s, at + 1, end));
    hide(s, NAME_USER, part(s, at + 1, end));
    keep(s, end + 1, end + 2);
    return end + 2 - at;
}

/* --- what stands where a mailbox stands --- */

/* user=bob, to=<bob>, "user":"bob": what a log, a comment or JSON calls a mailbox. Returns the bytes with the
 * name of the property. */
static size_t take_property(const struct scan *s, size_t at) {
    size_t name = word_length(slice_from(s->text, at));
    if (at < s->url_end || !name || !(char_at(s, at + name) == '=' || char_at(s, at + name) == '"'))
        return 0;
    bool is_user = is_user_property(part(s, at, at + name));
    bool is_json = is_user && char_at(s, at + name) == '"' && char_at(s, at + name + 1) == ':';
    if (!(is_json || (char_at(s, at + name) == '=' && is_property(part(s, at, at + name)))))
        return 0;
    size_t begin = at + name + 1 + is_json;
    while (char_at(s, begin) && strchr(is_json ? " \"" : "<\"'", char_at(s, begin)))
        begin++;
    size_t length = word_length(slice_from(s->text, begin));
    struct slice word = part(s, begin, begin + length);
    bool is_address = char_at(s, begin + length) == '@' || char_at(s, begin + length) == '%';
    bool may_be_host = !is_user && slice_find_char(word, '.') < length;
    if (!length || is_address || may_be_host || spelled_at(s, begin + length) || names_is_number(word) ||
        (length >= 4 && !names_is_telling(s->names, word)))
        return 0;
    if (!s->out)
        redact_text_collect_local(s->names, word);
    keep(s, at, begin);
    hide(s, NAME_USER, word);
    return begin + length - at;
}

/* <bob>, "bob", 'bob', name=bob, bob=example.org@… */
static bool stands_as_mailbox(const struct scan *s, size_t at, size_t end) {
    static const char pairs[] = "<>\"\"''``";
    char before = char_before(s, at);
    char after = char_at(s, end);
    for (const char *p = pairs; *p; p += 2)
        if (before == p[0] && after == p[1])
            return true;
    struct slice behind = slice_from(s->text, end + 1);
    size_t host = after == '=' ? word_length(behind) : 0;
    return before == '=' || slice_find_char(slice_upto(behind, host), '.') < host;
}

/* --- what was collected --- */

/* A word of the rules or a host, for which a subject would not be known. */
static bool is_telling_of_refusal(const struct scan *s, struct slice word) {
    return word.len >= 4 && names_is_readable(s->names, word);
}

static bool is_subject_known(const struct scan *s, const struct name *name) {
    for (struct slice rest = name->words, word; slice_next_word(&rest, &word);)
        if (names_is_telling(s->names, word))
            return true;
    return false;
}

static bool holds_no_readable(const struct scan *s, struct slice words) {
    for (struct slice rest = words, word; slice_next_word(&rest, &word);)
        if (is_telling_of_refusal(s, word))
            return false;
    return true;
}

/* How far words that stay readable go from `at`: at least two of the rules, or a host. 0: none do. */
static size_t readable_run(const struct scan *s, size_t at, size_t end) {
    size_t strong = 0;
    size_t last = at;
    for (size_t i = at; i < end;) {
        size_t length = word_length(slice_from(s->text, i));
        struct slice word = part(s, i, i + length);
        if (length && !names_is_readable(s->names, word) && !names_is_number(word))
            break;
        bool is_host = slice_find_char(word, '.') < length;
        strong += is_host ? 2 : length && is_telling_of_refusal(s, word);
        i += length ? length : 1;
        if (length)
            last = i;
    }
    return strong >= 2 ? last - at : 0;
}

/* A subject, but for words in it that make a refusal readable: a sender may write one's words into it. */
static void hide_subject(const struct scan *s, const struct name *name, size_t at, size_t end) {
    size_t done = at;
    bool is_said = false;
    while (at < end) {
        size_t length = word_length(slice_from(s->text, at));
        size_t run = length ? readable_run(s, at, end) : 0;
        if (run || (length && !is_said))
            keep(s, done, at);
        if (run)
            keep(s, at, at + run);
        else if (length && !is_said)
            g_string_append(s->out, name->pseudonym);
        is_said = length ? !run : is_said;
        at += run ? run : length ? length : 1;
        done = length ? at : done;
    }
}

static bool is_quoted(const struct scan *s, size_t at, size_t end) {
    char before = char_before(s, at);
    return before && strchr("\"'`", before) && char_at(s, end) == before;
}

static bool take_subject(const struct scan *s, const struct name *name, size_t at, size_t end) {
    bool is_announced = form_is_subject(slice_upto(s->text, at));
    if (is_announced || (is_quoted(s, at, end) && holds_no_readable(s, name->words))) {
        g_string_append(s->out, name->pseudonym);
        return true;
    }
    if (!is_subject_known(s, name))
        return false;
    hide_subject(s, name, at, end);
    return true;
}

/* One word, or a name of several. */
static bool is_hidden(const struct scan *s, const struct name *name, size_t at, size_t end) {
    struct slice word = part(s, at, end);
    bool is_phrase = slice_find_char(name->words, ' ') < name->words.len;
    if (name->kind == NAME_SUBJECT && at < s->url_end && char_before(s, at) != '=')
        return false; /* one word of many in a link */
    if (is_phrase || name->is_anywhere)
        return !names_is_ordinary(s->names, name);
    if (names_is_readable(s->names, word) || names_is_number(word))
        return names_is_telling(s->names, word);
    return names_is_telling(s->names, word) || stands_as_mailbox(s, at, end) ||
           form_is_announced(slice_upto(s->text, at)) ||
           (name->kind != NAME_SUBJECT && word.len > 1 &&
            (form_is_capital(word) || form_is_in_path(s->text, at, end)));
}

static size_t take_name(const struct scan *s, size_t at) {
    size_t taken = 0;
    const struct name *name = s->out ? names_at(s->names, slice_from(s->text, at), &taken) : NULL;
    struct slice first = slice_from(s->text, at);
    first = slice_upto(first, word_length(first));
    if (s->out && !name && (taken = slice_find_char(first, '+')) < first.len) /* bob+tag */
        name = names_find(s->names, slice_upto(first, taken));
    if (!name || is_fixed_in_link(s, at))
        return 0;
    if (name->kind == NAME_SUBJECT && slice_find_char(name->words, ' ') < name->words.len)
        return take_subject(s, name, at, at + taken) ? taken : 0;
    if (!is_hidden(s, name, at, at + taken))
        return 0;
    g_string_append(s->out, name->pseudonym);
    return taken;
}

/* zoe_miller, Z.Miller: a word that holds a word of a name, and is no host. */
static size_t take_joined(const struct scan *s, size_t at) {
    struct slice word = slice_from(s->text, at);
    word = slice_upto(word, word_length(word));
    size_t end = 0;
    if (!s->out || at < s->url_end || names_is_readable(s->names, word) || names_is_server(s->names, word))
        return 0;
    bool has_dot = slice_find_char(word, '.') < word.len;
    for (size_t from = 0; from < word.len; from = end + 1) {
        end = from;
        while (end < word.len && !strchr(has_dot ? "." : "_-", word.ptr[end]))
            end++;
        struct slice piece = slice_upto(slice_from(word, from), end - from);
        bool counts = has_dot ? end == word.len : piece.len < word.len;
        const struct name *name = counts ? names_find(s->names, piece) : NULL;
        if (name && (name->kind == NAME_USER || name->kind == NAME_PERSON) &&
            names_is_telling(s->names, piece)) {
            g_string_append(s->out, name->pseudonym);
            return word.len;
        }
    }
    return 0;
}

/* What only its place in a reply tells to be a name. */
static size_t take_form(const struct scan *s, size_t at) {
    enum name_kind kind;
    size_t length = s->is_reply && at >= s->url_end ? form_name_at(s->names, s->text, at, &kind) : 0;
    if (!length)
        return 0;
    if (!s->out)
        names_add(s->names, kind, part(s, at, at + length), false);
    hide(s, kind, part(s, at, at + length));
    return length;
}

/* --- host names and tokens --- */

/* A host's name in which a person is named. */
static size_t take_host(const struct scan *s, size_t at) {
    size_t length = word_length(slice_from(s->text, at));
    struct slice host = part(s, at, at + length);
    if (!s->out || slice_find_char(host, '.') == length || slice_find_char(host, '+') < length ||
        is_fixed_in_link(s, at))
        return 0;
    redact_host(s->names, host, s->out);
    return length;
}

/* Behind the sign of an address. */
static size_t take_domain(const struct scan *s, size_t at) {
    size_t length = word_length(slice_from(s->text, at));
    if (s->out)
        redact_domain(s->names, part(s, at, at + length), s->out);
    return length;
}

static bool is_token_char(char c) {
    return ascii_is_alnum(c) || (c && strchr("+/=_-", c));
}

/* A long word of letters and digits mixed, as trackers and queue tokens are; host names have dots. */
static size_t take_token(const struct scan *s, size_t at) {
    size_t end = at;
    if (at < s->url_end || !is_token_char(char_at(s, at)) || is_token_char(char_before(s, at)))
        return 0;
    while (is_token_char(char_at(s, end)))
        end++;
    struct slice word = part(s, at, end);
    bool is_reference =
        char_before(s, at) == '[' && token_has_mixed_case(word); /* [zgXM4kKhM2qPKdWn0jz8Zg.uk10] */
    if (!(token_is_random(word, TOKEN_LEAST, TOKEN_LEAST_DIGITS) || token_is_hexadecimal(word)) ||
        (char_at(s, end) == '.' && word_length(slice_from(s->text, end + 1)) && !is_reference))
        return 0;
    hide(s, NAME_TOKEN, part(s, at, end));
    return end - at;
}

/* A word encoded for a header (RFC 2047): names and subjects stand in it. */
static size_t take_encoded_word(const struct scan *s, size_t at) {
    struct slice rest = slice_from(s->text, at);
    if (char_at(s, at) != '=' || char_at(s, at + 1) != '?')
        return 0;
    size_t end = 2;
    for (unsigned marks = 0; marks < 2 && end < rest.len && !ascii_is_space(rest.ptr[end]); end++)
        marks += rest.ptr[end] == '?';
    while (end < rest.len && rest.ptr[end] != '?' && !ascii_is_space(rest.ptr[end]))
        end++;
    if (char_at(s, at + end) != '?' || char_at(s, at + end + 1) != '=')
        return 0;
    hide(s, NAME_TOKEN, slice_upto(rest, end + 2));
    return end + 2;
}

/* --- ids --- */

static bool has_digit(struct slice word) {
    for (size_t i = 0; i < word.len; i++)
        if (ascii_is_digit(word.ptr[i]))
            return true;
    return false;
}

/* 4Fq2xR6hLmz9rJ: or 1abCde-0003Xy-5T: letters and digits, and upper case, as no ordinary word has them. */
static bool looks_like_queue_id(struct slice word) {
    bool has_letter = false;
    for (size_t i = 0; i < word.len; i++) {
        if (!ascii_is_alnum(word.ptr[i]) && word.ptr[i] != '-')
            return false;
        has_letter |= ascii_is_alpha(word.ptr[i]);
    }
    return word.len >= QUEUE_ID_LEAST && has_letter && has_digit(word);
}

/* "queued as 4Fq2xR", "4Fq2xR6hLmz9rJ: to=<…>": ids of messages that nobody told before. */
static size_t take_id(const struct scan *s, size_t at) {
    static const char *const words[] = {
        "queued as ", "queued as: ",  "queue id ",    "queue id: ",  "queue-id ",   "queue-id: ", "queueid=",
        "qid=",       "msgid=",       "message-id: ", "message-id=", "message id ", "msg id ",    " id ",
        " id=",       "queued mail ", "internalid=",  "trace id ",   "reference "};
    size_t length = word_length(slice_from(s->text, at));
    struct slice word = part(s, at, at + length);
    bool is_id;
    bool is_google = slice_starts_nocase(slice_from(s->text, at + length), SLICE(" - gsmtp")) ||
                     slice_starts_nocase(slice_from(s->text, at + length), SLICE(" - gcdp"));
    if (at < s->url_end || length < ID_LEAST || !has_digit(word) ||
        (!is_google && slice_find_char(word, '.') < length))
        return 0;
    is_id = is_google;
    struct slice before = slice_upto(s->text, at);
    while (before.len && strchr("<(\"'#", before.ptr[before.len - 1]))
        before.len--;
    for (size_t i = 0; i < G_N_ELEMENTS(words) && !is_id; i++)
        is_id = slice_ends_nocase(before, slice_of(words[i]));
    struct slice line = slice_trim(slice_upto(s->text, at));
    bool begins = !line.len || line.ptr[line.len - 1] == ':';
    is_id |= begins && char_at(s, at + length) == ':' && char_at(s, at + length + 1) == ' ' &&
             looks_like_queue_id(word);
    if (!is_id)
        return 0;
    if (!s->out)
        names_add(s->names, NAME_IDENTIFIER, word, true);
    hide(s, NAME_IDENTIFIER, word);
    return length;
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
    run(&(struct scan){
        .names = s->names, .text = text, .out = out, .url_end = text.len, .depth = s->depth + 1});
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

/* A part of a link in which somebody is named only once it is decoded. */
static size_t take_link_part(const struct scan *s, size_t at) {
    size_t end = at;
    if (at >= s->url_end || !at || !strchr("/=", char_before(s, at)) || s->depth >= MOST_DECODED)
        return 0;
    while (end < s->url_end && !ends_part(char_at(s, end)))
        end++;
    while (end > at && strchr(".,)", char_at(s, end - 1)))
        end--;
    struct slice text = part(s, at, end);
    if (is_link_token(s, text, char_before(s, at) == '=')) {
        hide(s, NAME_TOKEN, text);
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
        hide(s, NAME_TOKEN, text);
    arena_free(&arena);
    return is_hidden ? end - at : 0;
}

static size_t take(struct scan *s, size_t at) {
    size_t taken;
    note_link(s, at);
    if ((taken = take_link_part(s, at)) || (taken = take_encoded_word(s, at)) ||
        (taken = take_quoted_address(s, at)) || (taken = take_address(s, at)))
        return taken;
    bool begins = !is_word_char(char_before(s, at)) || char_before(s, at) == '+'; /* bounces+bob */
    bool is_word = begins && word_length(slice_from(s->text, at));
    if (is_word && char_before(s, at) == '@')
        return take_domain(s, at);
    if (is_word && ((taken = take_property(s, at)) || (taken = take_name(s, at)) ||
                    (taken = take_id(s, at)) || (taken = take_form(s, at)) || (taken = take_joined(s, at))))
        return taken;
    if ((taken = take_token(s, at)))
        return taken;
    return is_word ? take_host(s, at) : 0;
}

/* Bytes to keep where nothing was found: up to the end of letters and digits, for nothing begins among them.
 */
static size_t keep_length(const struct scan *s, size_t at) {
    size_t end = at + 1;
    if (ascii_is_alnum(char_at(s, at)))
        while (end < s->text.len && ascii_is_alnum(char_at(s, end)))
            end++;
    return end - at;
}

static void run(struct scan *s) {
    for (size_t at = 0; at < s->text.len;) {
        size_t length = take(s, at);
        if (!length) {
            length = keep_length(s, at);
            keep(s, at, at + length);
        }
        at += length;
    }
}

void redact_text(struct names *names, struct slice text, GString *out) {
    run(&(struct scan){.names = names, .text = text, .out = out});
}

void redact_text_collect(struct names *names, struct slice text) {
    run(&(struct scan){.names = names, .text = text});
}

void redact_reply(struct names *names, struct slice text, GString *out) {
    run(&(struct scan){.names = names, .text = text, .out = out, .is_reply = true});
}

void redact_reply_collect(struct names *names, struct slice text) {
    run(&(struct scan){.names = names, .text = text, .is_reply = true});
}
