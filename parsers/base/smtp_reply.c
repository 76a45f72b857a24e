/* SMTP replies as they stand in reports and logs (RFC 5321 section 4.2, RFC 2034, RFC 3463):
 * continuation lines are joined, repeated codes dropped, what stands around is passed over. */
#include "parsers/base/smtp_reply.h"

#include "parsers/base/decimal.h"
#include "parsers/base/text.h"

#include <glib.h>

/* "558A42D609B6: ": an id of Postfix's queue, whose digits are no code. */
static bool is_queue_id(struct slice s) {
    size_t n = 0;
    while (n < s.len && g_ascii_isxdigit(s.ptr[n]))
        n++;
    return n > 3 && n < s.len && s.ptr[n] == ':';
}

/* "203.0.113.7 does not like recipient": an address, whose first number is no code. */
static bool is_address(struct slice s) {
    size_t numbers = 0;
    for (size_t at = 0, digits = 0; numbers < 4; at += digits + 1) {
        int number = slice_number(slice_from(s, at), &digits);
        if (number < 0 || number > 255 || (numbers && s.ptr[at - 1] != '.'))
            return false;
        numbers++;
    }
    return true;
}

int reply_code(struct slice s) {
    size_t digits = 0;
    int code = slice_number(s, &digits);
    return digits == 3 && code >= 200 && code < 600 && !is_queue_id(s) && !is_address(s) ? code : 0;
}

int reply_line_code(struct slice s) {
    int code = reply_code(s);
    bool ends = s.len <= 3 || ascii_is_space(s.ptr[3]) || s.ptr[3] == '-';
    return code && ends ? code : 0;
}

/* The ports of submission (RFC 8314 section 7) are no codes that any server sends. */
static bool is_submission(struct slice number) {
    number = slice_upto(number, 3);
    return slice_equal(number, SLICE("465")) || slice_equal(number, SLICE("587"));
}

/* "smtp.example.com:587" */
static bool is_behind_host(struct slice s, size_t at) {
    return at > 1 && s.ptr[at - 1] == ':' && (ascii_is_alnum(s.ptr[at - 2]) || s.ptr[at - 2] == ']') &&
           is_submission(slice_from(s, at));
}

#define LONGEST_PATH 200 /* bytes before a number that are looked through */

/* "AbstractSmtpTransport.php:445", "/srv/app/mail.js:550": the number of a line of a program. */
static bool is_line_of_source(struct slice s, size_t at) {
    static const struct slice ends[] = {SLICE(".php:"),  SLICE(".py:"), SLICE(".js:"), SLICE(".ts:"),
                                        SLICE(".java:"), SLICE(".cs:"), SLICE(".rb:"), SLICE(".go:")};
    struct slice before = slice_upto(s, at);
    if (!at || s.ptr[at - 1] != ':')
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (slice_ends_nocase(before, ends[i]))
            return true;
    for (size_t back = 1; back < at && back < LONGEST_PATH && !ascii_is_space(s.ptr[at - 1 - back]); back++)
        if (strchr("/\\", s.ptr[at - 1 - back]))
            return true;
    return false;
}

/* "port 465", "'port' => 587", "smtpPort: '465'" */
static bool is_behind_port(struct slice s, size_t at) {
    static const struct slice word = SLICE("port");
    bool is_known = is_submission(slice_from(s, at));
    while (at && (ascii_is_space(s.ptr[at - 1]) || strchr(":=#>\"'", s.ptr[at - 1])))
        at--;
    return at >= word.len && slice_starts_nocase(slice_from(s, at - word.len), word) &&
           (is_known || at == word.len || !ascii_is_alnum(s.ptr[at - word.len - 1]));
}

bool reply_is_other_number(struct slice s, size_t at) {
    return is_behind_host(s, at) || is_line_of_source(s, at) || is_behind_port(s, at);
}

size_t enhanced_parse(struct slice s, int code[3]) {
    size_t at = 0;
    int value[3];
    for (int i = 0; i < 3; i++) {
        size_t n;
        value[i] = slice_number(slice_from(s, at), &n);
        if (value[i] < 0 || n > 3 || (i == 0 && (n != 1 || !strchr("245", s.ptr[0]))))
            return 0;
        at += n;
        if (i < 2 && (at >= s.len || s.ptr[at++] != '.'))
            return 0;
    }
    if (at < s.len &&
        (ascii_is_alnum(s.ptr[at]) || (s.ptr[at] == '.' && at + 1 < s.len && ascii_is_digit(s.ptr[at + 1]))))
        return 0;
    memcpy(code, value, sizeof value);
    return at;
}

struct slice enhanced_write(const int code[3], char out[ENHANCED_TEXT_SIZE]) {
    char *end = out;
    for (int i = 0; i < 3 && code[0]; i++) {
        if (i)
            *end++ = '.';
        end = decimal_write(end, (unsigned)code[i]);
    }
    *end = '\0';
    return (struct slice){out, (size_t)(end - out)};
}

struct slice enhanced_text(struct arena *arena, const int code[3]) {
    char text[ENHANCED_TEXT_SIZE];
    struct slice written = enhanced_write(code, text);
    return written.len ? arena_copy(arena, written) : SLICE_EMPTY;
}

static int code_at(struct slice s, size_t at) {
    if (at + 3 > s.len || !strchr("245", s.ptr[at]) || !ascii_is_digit(s.ptr[at + 1]) ||
        !ascii_is_digit(s.ptr[at + 2]))
        return 0;
    if (s.ptr[at + 1] > '7' || (at + 3 < s.len && (ascii_is_alnum(s.ptr[at + 3]) || s.ptr[at + 3] == '.')))
        return 0;
    return (s.ptr[at] - '0') * 100 + (s.ptr[at + 1] - '0') * 10 + (s.ptr[at + 2] - '0');
}

/* A code and what it says in quotes, as Cisco's gateways pass on a reply: "5.1.0 - Unknown address error
 * 550-'5.1.1 no such user'". */
static bool is_quoted(struct slice s, size_t at) {
    return at + 4 < s.len && s.ptr[at + 3] == '-' && s.ptr[at + 4] == '\'';
}

/* Where does the reply itself begin? A code at the start, or the first one that stands after a
 * mark that programs put before a reply they quote. */
static size_t find_code(struct slice s, int *code) {
    for (size_t at = 0; at < s.len && at < 600; at++) {
        if (!ascii_is_digit(s.ptr[at]) || (at > 0 && ascii_is_alnum(s.ptr[at - 1])))
            continue;
        bool marked = at == 0 || strchr("'\"#<[(:", s.ptr[at - 1]) ||
                      (at > 1 && s.ptr[at - 1] == ' ' && strchr(":;>,-=", s.ptr[at - 2])) || is_quoted(s, at);
        bool followed = at + 3 >= s.len || strchr(" -\t:;,'", s.ptr[at + 3]);
        int found = marked && followed && !reply_is_other_number(s, at) ? code_at(s, at) : 0;
        if (found) {
            *code = found;
            return at;
        }
    }
    return s.len;
}

/* An enhanced code anywhere: "(#5.1.1)", "ERROR_CODE :5.2.1". */
static void find_enhanced(struct slice s, int code[3]) {
    for (size_t at = 0; at + 5 <= s.len && code[0] == 0; at++)
        if (s.ptr[at + 1] == '.' && strchr("245", s.ptr[at]) &&
            (at == 0 || (!ascii_is_alnum(s.ptr[at - 1]) && s.ptr[at - 1] != '.' && s.ptr[at - 1] != '-')))
            enhanced_parse(slice_from(s, at), code);
}

struct joiner {
    char *out;
    size_t used;
    int code;
    bool continued; /* a "550-" was seen: a bare "550" is the last line's */
};

/* Is the word a continuation mark, "550-" or "550-5.7.26" or "550-text"? Gives what is left of it. */
static bool strip_continuation(struct joiner *j, struct slice *word) {
    if (code_at(slice_upto(*word, 3), 0) != j->code)
        return false;
    if (word->len > 3 && word->ptr[3] == '-') {
        j->continued = true;
        *word = slice_from(*word, 4);
        return true;
    }
    if (word->len == 3 && j->continued) {
        *word = SLICE_EMPTY;
        return true;
    }
    return false;
}

static void join_words(struct joiner *j, struct slice s, const int enhanced[3]) {
    struct slice word;
    bool after_mark = true; /* the enhanced code right after a mark repeats the first one */
    while (slice_next_word(&s, &word)) {
        int again[3] = {0};
        bool mark = j->code && strip_continuation(j, &word);
        size_t used = mark || after_mark ? enhanced_parse(word, again) : 0;
        if (used && memcmp(again, enhanced, sizeof again) == 0)
            word = slice_from(word, used);
        after_mark = mark && word.len == 0;
        if (word.len == 0)
            continue;
        if (j->used)
            j->out[j->used++] = ' ';
        memcpy(j->out + j->used, word.ptr, word.len);
        j->used += word.len;
    }
}

/* Exim's log writes "\n" where a line of the reply ended: "550-one\n550 two". */
static struct slice without_written_ends(struct slice s, struct arena *arena) {
    char *copy = NULL;
    for (size_t i = 0; i + 1 < s.len; i++)
        if (s.ptr[i] == '\\' && s.ptr[i + 1] == 'n' && code_at(s, i + 2)) {
            copy = copy ? copy : arena_string(arena, s);
            copy[i] = copy[i + 1] = ' ';
        }
    return copy ? (struct slice){copy, s.len} : s;
}

/* Some programs put the code before a reply that has it: "550 550 5.1.1 …". */
static struct slice without_repeated_code(struct slice body, int code) {
    while (code_at(body, 0) == code && body.len > 3 && body.ptr[3] == ' ')
        body = slice_trim(slice_from(body, 4));
    return body;
}

static void reply_body(struct reply *reply, struct slice body, struct arena *arena) {
    body = without_repeated_code(without_written_ends(slice_trim(body), arena), reply->code);
    bool continued = body.len && body.ptr[0] == '-';
    if (body.len && strchr("-:", body.ptr[0])) /* "550-first line", "550: text" */
        body = slice_trim(slice_from(body, 1));
    if (continued && body.len && body.ptr[0] == '\'')
        body = slice_from(body, 1);
    size_t used = enhanced_parse(body, reply->enhanced);
    if (!used && body.len && body.ptr[0] == '#')
        used = enhanced_parse(slice_from(body, 1), reply->enhanced)
                   ? 1 + enhanced_parse(slice_from(body, 1), reply->enhanced)
                   : 0;
    struct joiner j = {arena_open(arena, body.len), 0, reply->code, continued};
    join_words(&j, slice_from(body, used), reply->enhanced);
    reply->text = arena_close(arena, j.out, j.used);
    if (!reply->enhanced[0])
        find_enhanced(reply->text, reply->enhanced);
}

/* No words: nothing, or no more than what closes a parenthesis. */
static bool says_nothing(struct slice s) {
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_space(s.ptr[i]) && !strchr(")]}>\"'.,;", s.ptr[i]))
            return false;
    return true;
}

void reply_parse(struct reply *reply, struct slice text, struct arena *arena) {
    *reply = (struct reply){0};
    text = text_clean_line(arena, text);
    size_t at = find_code(text, &reply->code);
    if (reply->code) {
        /* What stands before the code is kept when it says more than who is speaking. */
        reply_body(reply, slice_from(text, at + 3), arena);
        if (says_nothing(reply->text) && at > 0)
            reply->text = slice_trim(slice_upto(text, at));
        return;
    }
    size_t used = enhanced_parse(text, reply->enhanced);
    reply->text = slice_trim(slice_from(text, used));
    if (!reply->enhanced[0])
        find_enhanced(reply->text, reply->enhanced);
}

static const struct {
    const char *written, *name;
} commands[] = {
    {"rcpt", "RCPT TO"},
    {"mail from", "MAIL FROM"},
    {"mail", "MAIL FROM"},
    {"end of data", "end of DATA"},
    {"final data", "end of DATA"},
    {"end-of-data", "end of DATA"},
    {"sending data", "end of DATA"},
    {"data", "DATA"},
    {"bdat", "BDAT"},
    {"initial connection", "CONNECT"},
    {"connect", "CONNECT"},
    {"banner", "CONNECT"},
    {"ehlo", "EHLO"},
    {"helo", "HELO"},
    {"lhlo", "LHLO"},
    {"starttls", "STARTTLS"},
    {"auth", "AUTH"},
    {"vrfy", "VRFY"},
    {"text", "end of DATA"},
    {"pipelined", "pipelined"},
    {"quit", "QUIT"},
    {"rset", "RSET"},
    {"message-body", "end of DATA"},
    {"greeting", "CONNECT"},
};

struct slice command_canonical(struct slice s) {
    s = slice_trim(s);
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        if (slice_starts_nocase(s, slice_of(commands[i].written)))
            return slice_of(commands[i].name);
    return SLICE_EMPTY;
}

struct slice command_typed(struct slice line) {
    static const struct {
        const char *verb, *next; /* next: the word that has to follow; NULL: none is asked for */
        size_t most_words;       /* behind the verb */
    } verbs[] = {{"mail", "from", 8}, {"rcpt", "to", 8}, {"data", NULL, 0},     {"bdat", NULL, 2},
                 {"ehlo", NULL, 1},   {"helo", NULL, 1}, {"lhlo", NULL, 1},     {"vrfy", NULL, 2},
                 {"auth", NULL, 2},   {"quit", NULL, 0}, {"starttls", NULL, 0}, {"rset", NULL, 0}};
    struct slice rest = slice_trim(line);
    struct slice word;
    if (!slice_next_word(&rest, &word))
        return SLICE_EMPTY;
    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++) {
        if (!slice_equal_nocase(word, slice_of(verbs[i].verb)))
            continue;
        size_t words = 0;
        bool follows = !verbs[i].next || slice_starts_nocase(slice_trim(rest), slice_of(verbs[i].next));
        while (words <= verbs[i].most_words && slice_next_word(&rest, &word))
            words++;
        return follows && words <= verbs[i].most_words ? command_canonical(line) : SLICE_EMPTY;
    }
    return SLICE_EMPTY;
}
