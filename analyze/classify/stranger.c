/* Words that strangers choose: see stranger.h. */
#include "analyze/classify/stranger.h"

#include "parsers/base/host.h"
#include "parsers/base/smtp_reply.h"

#include <glib.h>
#include <string.h>

#define MOST_OF_ADDRESS                                                                                      \
    320 /* bytes around a match in which its address is looked for (RFC 5321 section 4.5.3.1) */

static bool is_angle(char c) {
    return c == '<' || c == '>';
}

static bool is_apart(char c) {
    static const bool marks[256] = {
        ['\0'] = true, ['<'] = true, ['>'] = true,  ['('] = true, [')'] = true, ['['] = true,
        [']'] = true,  ['"'] = true, ['\''] = true, [','] = true, [';'] = true};
    return ascii_is_space(c) || marks[(unsigned char)c];
}

static bool holds_any(struct slice s, bool (*is)(char)) {
    size_t i = 0;
    while (i < s.len && !is(s.ptr[i]))
        i++;
    return i < s.len;
}

/* Does it end in the name of a host that goes on behind what looks like its end, as "zen.spamhaus" does in
 * "zen.spamhaus.org.evil.example"? */
static bool is_head_of_name(struct slice text, size_t end) {
    static const struct slice tops[] = {SLICE(".org"), SLICE(".net"), SLICE(".com")};
    for (;; end++) {
        while (end < text.len && (ascii_is_alnum(text.ptr[end]) || text.ptr[end] == '-'))
            end++;
        if (end + 1 >= text.len || text.ptr[end] != '.' || !ascii_is_alnum(text.ptr[end + 1]))
            return false;
        for (size_t i = 0; i < G_N_ELEMENTS(tops); i++)
            if (slice_ends_nocase(slice_upto(text, end), tops[i]))
                return true;
    }
}

/* Is it the name that the client greeted with, as in "HELO zen.spamhaus.org is not your name"? */
static bool is_greeting(struct slice text, size_t start) {
    static const struct slice commands[] = {SLICE("helo"), SLICE("ehlo")};
    while (start && !ascii_is_space(text.ptr[start - 1]))
        start--;
    struct slice before = slice_trim(slice_upto(text, start));
    while (before.len && strchr("<([\"'=:", before.ptr[before.len - 1]))
        before.len--;
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        if (slice_ends_nocase(slice_trim(before), commands[i]))
            return true;
    return false;
}

/* Does it begin as the reply of another server does that Exchange passes on: "<mx.example.org #5.1.1 smtp;550
 * 5.1.1 …>" (an index of public repository files, ids 57752053092 and 57566549685; seen 2026-11-28)? */
static bool is_passed_on(struct slice inner) {
    int codes[3];
    size_t mark = slice_find(inner, SLICE(" #"));
    struct slice code = slice_from(inner, mark + 2);
    size_t length = mark < inner.len ? enhanced_parse(code, codes) : 0;
    return length && slice_starts_nocase(slice_from(code, length), SLICE(" smtp;"));
}

/* Is it the name of a host beside its address, as Postfix writes it, or a local part, as in "from
 * zen.spamhaus.org[192.0.2.1]", "[CS01]@example.org"? */
static bool is_beside_address(struct slice text, size_t end) {
    struct slice behind = slice_from(text, end);
    while (behind.len && (ascii_is_alnum(behind.ptr[0]) || strchr("-._", behind.ptr[0])))
        behind = slice_from(behind, 1);
    return behind.len > 1 &&
           (behind.ptr[0] == '@' || (behind.ptr[0] == '[' && ascii_is_digit(behind.ptr[1])));
}

/* Inside the nearest < and >, with nothing but a host, an address or other words that the server repeats? A
 * page may stand there too, and another server's reply. */
static bool is_in_angles(struct slice text, size_t start, size_t end, size_t least, size_t most) {
    while (start > least && !is_angle(text.ptr[start - 1]))
        start--;
    while (end < most && !is_angle(text.ptr[end]))
        end++;
    return start > 0 && text.ptr[start - 1] == '<' && end < most && text.ptr[end] == '>' &&
           !slice_starts_nocase(slice_from(text, start), SLICE("http")) &&
           !slice_starts_nocase(slice_from(text, start), SLICE("URL:http")) && /* RFC 3986, appendix C */
           !is_passed_on(slice_from(slice_upto(text, end), start));
}

/* A part of one address? */
static bool is_in_address(struct slice text, size_t start, size_t end, size_t least, size_t most) {
    while (start > least && !is_apart(text.ptr[start - 1]))
        start--;
    while (end < most && !is_apart(text.ptr[end]))
        end++;
    return memchr(text.ptr + start, '@', end - start) != NULL;
}

bool is_repeated(struct slice text, struct slice match) {
    size_t start = (size_t)(match.ptr - text.ptr);
    size_t end = start + match.len;
    size_t least = start > MOST_OF_ADDRESS ? start - MOST_OF_ADDRESS : 0;
    size_t most = MIN(text.len, end + MOST_OF_ADDRESS);
    if (slice_find_char(match, '@') < match.len || slice_find_char(match, '<') < match.len ||
        slice_find_char(match, '>') < match.len)
        return false;
    return is_head_of_name(slice_upto(text, most), end) || is_in_angles(text, start, end, least, most) ||
           (!holds_any(match, ascii_is_space) && is_beside_address(slice_upto(text, most), end)) ||
           (!holds_any(match, is_apart) &&
            (is_in_address(text, start, end, least, most) || is_greeting(text, start)));
}

bool is_in_page(struct slice text, struct slice match) {
    size_t start = (size_t)(match.ptr - text.ptr);
    size_t least = start > MOST_OF_ADDRESS ? start - MOST_OF_ADDRESS : 0;
    while (start > least && !is_apart(text.ptr[start - 1]))
        start--;
    return slice_starts_nocase(slice_from(text, start), SLICE("http"));
}

/* Does the match begin inside a label of a host's name, as "spam" in "njbrspamp3.example.com"? */
static bool is_in_label(struct slice text, struct slice match) {
    size_t start = (size_t)(match.ptr - text.ptr);
    size_t end = start + match.len;
    if (start == 0 || !ascii_is_alnum(text.ptr[start - 1]) || holds_any(match, is_apart))
        return false;
    while (end < text.len && (ascii_is_alnum(text.ptr[end]) || text.ptr[end] == '-'))
        end++;
    return end + 1 < text.len && text.ptr[end] == '.' && ascii_is_alnum(text.ptr[end + 1]);
}

/* Is the match a part of a machine's name, as "spam" in "spam-gw:" or "antispam-cluster-3"? */
static bool is_in_machine(struct slice text, struct slice match) {
    size_t start = (size_t)(match.ptr - text.ptr);
    size_t end = start;
    while (start && !is_apart(text.ptr[start - 1]))
        start--;
    while (end < text.len && !is_apart(text.ptr[end]) && text.ptr[end] != ':')
        end++;
    return host_is_machine(slice_upto(slice_from(text, start), end - start));
}

/* Where the last word of a match of several begins; 0: it is one word, or ends with the word. */
static size_t cut_word(struct slice text, struct slice match) {
    size_t end = (size_t)(match.ptr - text.ptr) + match.len;
    size_t word = match.len;
    if (end >= text.len || is_apart(text.ptr[end]))
        return 0;
    while (word && !is_apart(match.ptr[word - 1]))
        word--;
    return word < match.len ? word : 0;
}

/* Does a match of several words end inside an address's domain, as "rejected: bob@antispam" does of
 * bob@antispam.example? */
static bool ends_in_address(struct slice text, struct slice match) {
    size_t word = cut_word(text, match);
    struct slice last = slice_from(match, word);
    return word && slice_find_char(last, '@') < last.len;
}

bool is_part_of_name(struct slice text, struct slice match) {
    return is_in_label(text, match) || is_in_machine(text, match) || ends_in_address(text, match);
}

#define LONGEST_QUOTATION 250 /* bytes from the match to its marks */

static struct slice between(struct slice text, size_t start, size_t end) {
    return slice_from(slice_upto(text, end), start);
}

/* The quotation that the match lies in. A mark behind a letter is an apostrophe. */
static struct slice quotation_around(struct slice text, size_t start, size_t end) {
    for (size_t i = start, n = 0; i > 0 && n < LONGEST_QUOTATION; i--, n++) {
        char mark = text.ptr[i - 1];
        bool opens = mark == '"' || (mark == '\'' && (i == 1 || !ascii_is_alnum(text.ptr[i - 2])));
        struct slice behind = slice_upto(slice_from(text, end), LONGEST_QUOTATION);
        size_t close = opens ? slice_find_char(behind, mark) : behind.len;
        if (close < behind.len)
            return between(text, i, end + close);
    }
    return SLICE_EMPTY;
}

/* Scripts without blanks write sentences so. */
static bool is_never_in_name(char c) {
    return ascii_is_space(c) || (c & 0x80) != 0;
}

static bool is_before_word(char c) {
    return ascii_is_space(c) || strchr("(<'\"=/", c);
}

static bool is_behind_word(char c) {
    return ascii_is_space(c) || strchr(")>'\"/[", c);
}

/* The word of a text around a place, without the marks that stand around it; of what is put as "H=mx1" that
 * behind the equals sign. */
static struct slice word_around(struct slice text, size_t start, size_t end) {
    while (start && !is_before_word(text.ptr[start - 1]))
        start--;
    while (end < text.len && !is_behind_word(text.ptr[end]))
        end++;
    while (start < end && strchr(",;:.", text.ptr[end - 1]))
        end--;
    return between(text, start, end);
}

/* Words, and heads of fields, behind which a host or a domain is named. */
static const struct slice announcing[] = {
    SLICE("host"),    SLICE("server"), SLICE("domain"), SLICE("domains"),  SLICE("name"),
    SLICE("helo"),    SLICE("ehlo"),   SLICE("from"),   SLICE("for"),      SLICE("to"),
    SLICE("relay"),   SLICE("H"),      SLICE("CN"),     SLICE("login to"), SLICE("SMTP-Server"),
    SLICE("nexthop"), SLICE("FQDN"),   SLICE("mx"),     SLICE("resolve")};

/* Without the marks between that and the name. */
static struct slice without_marks(struct slice before) {
    while (before.len && strchr(" \t([<'\"=:", before.ptr[before.len - 1]))
        before.len--;
    return before;
}

static bool is_behind_announcement(struct slice before) {
    before = without_marks(before);
    for (size_t i = 0; i < G_N_ELEMENTS(announcing); i++)
        if (slice_ends_nocase(before, announcing[i]))
            return true;
    return false;
}

/* One word with a dot, a digit, a hyphen or an equals sign inside: none that anyone may say, and no number.
 */
static bool is_one_name(struct slice word) {
    bool has_letter = false;
    bool has_mark = false;
    for (size_t i = 0; i < word.len; i++) {
        if (ascii_is_space(word.ptr[i]) || word.ptr[i] == ':')
            return false;
        has_letter = has_letter || ascii_is_alpha(word.ptr[i]);
        has_mark =
            has_mark || (i + 1 < word.len && (ascii_is_digit(word.ptr[i]) || strchr(".-=", word.ptr[i])));
    }
    return has_letter && has_mark;
}

bool is_place_of_name(struct slice text, struct slice word) {
    if (!is_one_name(word))
        return false;
    struct slice before = slice_upto(text, (size_t)(word.ptr - text.ptr));
    struct slice behind = slice_trim(slice_from(text, before.len + word.len));
    bool is_before_address = behind.len > 1 && behind.ptr[0] == '[' && ascii_is_digit(behind.ptr[1]);
    bool is_greeting_name =
        !slice_trim(before).len && ascii_is_alpha(*word.ptr) && slice_find_char(word, '.') < word.len;
    return is_greeting_name || is_before_address || is_behind_announcement(before);
}

/* "the server 'zen.example.org'" may be a list's. */
static bool is_behind_server(struct slice before) {
    return slice_ends_nocase(without_marks(before), SLICE("server"));
}

bool is_name_alone(struct slice text, struct slice word) {
    static const struct slice keys[] = {
        SLICE("H="),         SLICE("FQDN="), SLICE("CN="), SLICE("helo=<"), SLICE("AttemptedServerName="),
        SLICE("HELO host "), SLICE(" ehlo ")};
    if (!word.len || holds_any(word, is_never_in_name) || slice_find_char(word, '@') < word.len)
        return false; /* who is to be written to is no host */
    struct slice before = slice_upto(text, (size_t)(word.ptr - text.ptr));
    struct slice behind = slice_from(text, before.len + word.len);
    size_t blank = behind.len && behind.ptr[0] == ' ';
    bool is_before_address =
        behind.len > blank + 1 && behind.ptr[blank] == '[' && ascii_is_digit(behind.ptr[blank + 1]);
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        if (slice_ends_nocase(before, keys[i]))
            return true;
    return is_behind_announcement(before) &&
           (is_before_address || (is_one_name(word) && !is_behind_server(before)));
}

/* The name among several words of a match, where names stand. */
static struct slice name_within(struct slice text, struct slice match) {
    size_t begin = (size_t)(match.ptr - text.ptr);
    for (size_t i = 1; i + 1 < match.len; i++) {
        if (!strchr(".-=", match.ptr[i]) || !ascii_is_alnum(match.ptr[i - 1]) ||
            !ascii_is_alnum(match.ptr[i + 1]))
            continue;
        struct slice word = word_around(text, begin + i, begin + i + 1);
        if (is_place_of_name(text, word))
            return word;
    }
    return SLICE_EMPTY;
}

struct slice perhaps_chosen(struct slice text, struct slice match) {
    static const struct slice subject = SLICE("subject:");
    size_t start = (size_t)(match.ptr - text.ptr);
    size_t end = start + match.len;
    struct slice quoted = quotation_around(text, start, end);
    size_t field = slice_find_nocase(slice_upto(text, start), subject);
    if (quoted.len)
        return quoted;
    if (field < start)
        return slice_from(text, field + subject.len);
    size_t cut = cut_word(text, match);
    struct slice word = slice_from(match, cut);
    bool is_begun = cut && slice_find_char(word, '@') == word.len;
    if (is_in_page(text, word))
        return SLICE_EMPTY;
    if (!is_begun && holds_any(match, is_never_in_name))
        return name_within(text, match);
    word = word_around(text, (size_t)(word.ptr - text.ptr), end);
    return is_begun && slice_find_char(word, '@') == word.len ? SLICE_EMPTY : word;
}
