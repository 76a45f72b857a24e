/* The reply in a text that somebody pasted: see pasted.h. First the forms by which programs print a reply are
 * looked for, then a session, line by line; else the strongest place in the words is taken. */
#include "parsers/bounce/pasted.h"

#include "parsers/base/html_text.h"
#include "parsers/base/smtp_reply.h"
#include "parsers/message/field.h"

#include <glib.h>

/* --- forms of programs --- */

struct quoting {
    const char *program;
    struct slice before; /* what stands before the reply */
    struct slice end;
    bool needs_code; /* the words may stand before other things than a reply */
};

/* Sources, seen 2026-11-25: nodemailer/nodemailer:lib/smtp-connection/index.js (the property `response` of
 * its errors, as util.inspect and JSON print it); symfony/mailer SmtpTransport ("with message");
 * PHPMailer/PHPMailer:src/PHPMailer.php ('smtp_detail', which is followed by the code and what is more);
 * http://www.ihmars.com/Irism/techtipOE550.htm (Outlook Express, seen 2026-11-26). */
static const struct quoting quotings[] = {
    {"nodemailer", SLICE("response: '"), SLICE("'"), true},
    {"nodemailer", SLICE("response: \""), SLICE("\""), true},
    {"nodemailer", SLICE("\"response\":\""), SLICE("\""), true},
    {"nodemailer", SLICE("\"response\": \""), SLICE("\""), true},
    {"Symfony Mailer", SLICE("with message \""), SLICE("\""), true},
    {"Outlook Express", SLICE("Server Response: '"), SLICE("', Port"), true},
    {"Outlook Express", SLICE("server response: '"), SLICE("', Port"), true},
};

static bool is_code_end(struct slice s, size_t at) {
    return !s.ptr || at >= s.len || ascii_is_space(s.ptr[at]) || s.ptr[at] == '-';
}

/* The code at the start of `s`, 200 to 599; 0: there is none. */
static int code_of(struct slice s) {
    int code = reply_code(s);
    return code && is_code_end(s, 3) ? code : 0;
}

static bool is_refusal(int code) {
    return code >= 400;
}

/* Text up to `end`, with what stands for line ends in strings of programs as line ends. */
static struct slice quoted(struct slice s, struct slice end, struct arena *arena) {
    char *copy = arena_open(arena, s.len + 1);
    size_t used = 0;
    for (size_t at = 0; s.ptr && at < s.len && !slice_starts_nocase(slice_from(s, at), end); at++) {
        char c = s.ptr[at];
        if (c == '\\' && at + 1 < s.len) {
            c = s.ptr[++at];
            c = c == 'n' || c == 'r' ? '\n' : c == 't' ? ' ' : c;
        }
        copy[used++] = c;
    }
    return slice_trim(arena_close(arena, copy, used));
}

static bool read_quoting(struct pasted *p, struct slice text, const struct quoting *form,
                         struct arena *arena) {
    for (size_t at; (at = slice_find(text, form->before)) < text.len;) {
        text = slice_from(text, at + form->before.len);
        if (form->needs_code && !is_refusal(code_of(text)))
            continue;
        p->reply = quoted(text, form->end, arena);
        return p->reply.len > 0;
    }
    return false;
}

/* Tuples of Python, (550, b'5.1.1 …') (python/cpython:Lib/smtplib.py, SMTPResponseException: code and message
 * are its arguments; seen 2026-11-25). */
static bool read_tuple(struct pasted *p, struct slice text, struct arena *arena) {
    for (size_t at; (at = slice_find_char(text, '(')) < text.len;) {
        text = slice_from(text, at + 1);
        int code = reply_code(text);
        struct slice rest = slice_from(text, 3);
        if (!is_refusal(code) || !rest.len || rest.ptr[0] != ',')
            continue;
        rest = slice_trim(slice_from(rest, 1));
        rest = slice_from(rest, rest.len && rest.ptr[0] == 'b');
        if (!rest.len || (rest.ptr[0] != '\'' && rest.ptr[0] != '"'))
            continue;
        struct slice words = quoted(slice_from(rest, 1), slice_upto(rest, 1), arena);
        p->reply = arena_printf(arena, "%d %.*s", code, S(words));
        return true;
    }
    return false;
}

/* "Detail: … SMTP code: 550 Additional SMTP info: 5.7.1" (PHPMailer/PHPMailer:src/PHPMailer.php, setLanguage;
 * seen 2026-11-26). */
static bool read_phpmailer(struct pasted *p, struct slice text, struct arena *arena) {
    static const struct slice mark = SLICE("SMTP code: ");
    static const struct slice more = SLICE("Additional SMTP info: ");
    static const struct slice detail = SLICE("Detail: ");
    size_t at = slice_find(text, mark);
    struct slice after = slice_from(text, at + mark.len);
    int code = at < text.len ? reply_code(after) : 0;
    if (!is_refusal(code))
        return false;
    struct slice before = slice_upto(text, at);
    size_t start = slice_find(before, detail);
    struct slice words =
        start < before.len ? slice_trim(slice_from(before, start + detail.len)) : SLICE_EMPTY;
    size_t info = slice_find(after, more);
    struct slice enhanced = slice_from(after, info + more.len);
    int codes[3];
    size_t length = info < after.len ? enhanced_parse(enhanced, codes) : 0;
    p->reply = arena_printf(arena, "%d %.*s%s%.*s", code, S(slice_upto(enhanced, length)), length ? " " : "",
                            S(words));
    return words.len > 0;
}

static bool read_forms(struct pasted *p, struct slice text, struct arena *arena) {
    if (read_tuple(p, text, arena) || read_phpmailer(p, text, arena))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(quotings); i++)
        if (read_quoting(p, text, &quotings[i], arena))
            return true;
    return false;
}

/* --- sessions --- */

struct side {
    struct slice mark;
    bool is_server;
};

/* How programs mark who speaks. Sources, seen 2026-11-26: swaks (jetmore/swaks issue 15, and the sessions it
 * prints: "<-  ", "<** ", "<~  ", " -> ", " ~> "); Exim smtp_out.c ("  SMTP<< %s");
 * Sendmail, as its transcripts and sessions of -v are quoted in public threads (">>> RCPT To:<", "<<< 550");
 * PHPMailer/PHPMailer:src/SMTP.php ("SERVER -> CLIENT: "); python/cpython:Lib/smtplib.py, getreply
 * ("reply:"); RFC 5321 appendix D ("S: ", "C: "); "< " and "> " as curl -v prints them. */
static const struct side sides[] = {
    {SLICE("<** "), true},
    {SLICE("<~* "), true},
    {SLICE("<-- "), true},
    {SLICE("<-  "), true},
    {SLICE("<~  "), true},
    {SLICE("<- "), true},
    {SLICE("<~ "), true},
    {SLICE("SMTP<< "), true},
    {SLICE("SERVER -> CLIENT: "), true},
    {SLICE("S: "), true},
    {SLICE("<<< "), true},
    {SLICE("reply: b'"), true},
    {SLICE("< "), true},
    {SLICE("-> "), false},
    {SLICE("~> "), false},
    {SLICE("SMTP>> "), false},
    {SLICE("SMTP(close)>> "), false},
    {SLICE(">>> "), false},
    {SLICE("CLIENT -> SERVER: "), false},
    {SLICE("C: "), false},
    {SLICE("send: '"), false},
    {SLICE("> "), false},
};

/* Without the time and the process id that Exim and Sendmail print before the mark ("12:00:00  1234   SMTP<<
 * 550"). */
static struct slice without_stamp(struct slice s) {
    for (int words = 0; words < 3; words++) {
        size_t n = 0;
        while (n < s.len && (ascii_is_digit(s.ptr[n]) || strchr(":-.", s.ptr[n])) && s.ptr[n])
            n++;
        if (!n || n >= s.len || s.ptr[n] != ' ')
            break;
        s = slice_trim(slice_from(s, n));
    }
    return s;
}

/* Take the mark off a line; NULL: it bears none. */
static const struct side *take_side(struct slice *line) {
    struct slice s = without_stamp(slice_trim(*line));
    for (size_t i = 0; i < G_N_ELEMENTS(sides); i++)
        if (s.len > sides[i].mark.len && memcmp(s.ptr, sides[i].mark.ptr, sides[i].mark.len) == 0) {
            *line = slice_trim(slice_from(s, sides[i].mark.len));
            return &sides[i];
        }
    return NULL;
}

struct session {
    struct slice command;    /* the last */
    struct slice start, end; /* the reply that is read: its first and its last line */
    int code;                /* of it; 0: none is open */
    int best;                /* strength of the reply in `pasted` */
    unsigned commands, marked, replies;
    GString *lines;
    struct pasted *pasted;
    struct arena *arena;
};

/* How much a refusal tells: a command out of order or not known only follows from another, or is no failure.
 */
static int strength(int code, struct slice words) {
    int enhanced[3] = {0};
    size_t length = enhanced_parse(slice_trim(slice_from(words, 4)), enhanced);
    if (code == 503 || code == 502 || code == 500 || (length && enhanced[1] == 5 && enhanced[2] == 1))
        return 1;
    return length ? 3 : 2;
}

static void close_reply(struct session *s) {
    struct slice lines = {s->lines->str, s->lines->len};
    if (is_refusal(s->code) && strength(s->code, lines) > s->best) {
        s->best = strength(s->code, lines);
        s->pasted->reply = slice_trim(arena_copy(s->arena, lines));
        s->pasted->command = s->command;
    }
    s->code = 0;
    g_string_truncate(s->lines, 0);
}

static void add_reply_line(struct session *s, struct slice line, int code) {
    if (s->code != code)
        close_reply(s);
    s->code = code;
    g_string_append_len(s->lines, line.ptr, (gssize)line.len);
    g_string_append_c(s->lines, '\n');
    s->replies++;
    if (line.len < 4 || line.ptr[3] != '-')
        close_reply(s);
}

static void read_session_line(struct session *s, struct slice line) {
    bool is_at_start = line.len && !ascii_is_space(line.ptr[0]);
    const struct side *side = take_side(&line);
    bool may_answer = side ? side->is_server : is_at_start || s->code;
    int code = may_answer ? code_of(slice_trim(line)) : 0;
    if (code) {
        s->marked += side != NULL;
        add_reply_line(s, slice_trim(line), code);
        return;
    }
    struct slice command = !side || !side->is_server ? command_canonical(slice_trim(line)) : SLICE_EMPTY;
    if (!command.len)
        return;
    close_reply(s);
    s->command = arena_copy(s->arena, command);
    s->commands++;
}

/* A reply on a line of its own that begins with its code. */
static bool read_session(struct pasted *p, struct slice text, struct arena *arena) {
    struct session s = {.pasted = p, .arena = arena, .lines = g_string_new(NULL)};
    for (struct slice line; slice_next_line(&text, &line);)
        read_session_line(&s, line);
    close_reply(&s);
    g_string_free(s.lines, TRUE);
    return s.best > 0;
}

/* --- words --- */

/* Lines that go on are joined: those that are indented and are no frame of a stack. */
static struct slice unwrapped(struct slice text, struct arena *arena) {
    char *copy = arena_open(arena, text.len + 1); /* for each line taken, one line end at most is added */
    size_t used = 0;
    for (struct slice line; slice_next_line(&text, &line);) {
        struct slice words = slice_trim(line);
        bool goes_on =
            words.len && used && ascii_is_space(line.ptr[0]) && !slice_starts_nocase(words, SLICE("at ")) &&
            !slice_starts_nocase(words, SLICE("File ")) && !slice_starts_nocase(words, SLICE("code: ")) &&
            !slice_starts_nocase(words, SLICE("... "));
        if (used)
            copy[used++] = goes_on ? ' ' : '\n';
        if (words.len)
            memcpy(copy + used, words.ptr, words.len);
        used += words.len;
    }
    return arena_close(arena, copy, used);
}

/* How strongly does a reply begin at `at`? With an enhanced code behind, wherever it stands; without one,
 * where a mark that programs put before a reply stands before it, or at the start of a line. 0: none begins.
 */
static int strength_at(struct slice text, size_t at) {
    struct slice s = slice_upto(slice_from(text, at), 32);
    int code = code_of(s);
    if (!is_refusal(code) || (at && (ascii_is_alnum(text.ptr[at - 1]) || strchr(".-/", text.ptr[at - 1]))))
        return 0;
    int enhanced[3];
    if (enhanced_parse(slice_trim(slice_from(s, 4)), enhanced) && enhanced[0] == code / 100)
        return 3;
    bool is_marked = at == 0 || strchr("\n'\"(<[", text.ptr[at - 1]) ||
                     (at > 1 && text.ptr[at - 1] == ' ' && strchr(":;>,-=", text.ptr[at - 2]));
    return is_marked ? 2 : 0;
}

static bool read_words(struct pasted *p, struct slice text, struct arena *arena) {
    text = unwrapped(text, arena);
    int best = 0;
    size_t from = 0;
    for (size_t at = 0; at < text.len && best < 3; at++) {
        int found = text.ptr[at] == '4' || text.ptr[at] == '5' ? strength_at(text, at) : 0;
        if (found > best) {
            best = found;
            from = at;
        }
    }
    struct slice reply = slice_from(text, from);
    char opened = from ? text.ptr[from - 1] : '\0';
    size_t end = slice_find_char(reply, '\n');
    if (opened == '"' || opened == '\'') {
        size_t closed = slice_find_char(slice_upto(reply, end), opened);
        end = closed > 20 ? MIN(end, closed) : end;
    }
    p->reply = slice_trim(slice_upto(reply, end));
    return best > 0;
}

bool pasted_read(struct pasted *pasted, struct slice text, struct arena *arena) {
    *pasted = (struct pasted){.is_anchored = true};
    text = slice_upto(text, LIMIT_PASTED);
    if (read_forms(pasted, text, arena) || read_session(pasted, text, arena))
        return true;
    pasted->is_anchored = false;
    return read_words(pasted, text, arena);
}

struct slice pasted_text(struct slice text, struct arena *arena) {
    static const char *const marks[] = {"&lt;", "&quot;", "&#39;", "&amp;", "&#x27;", "<br", "</"};
    text = slice_upto(text, LIMIT_PASTED);
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (slice_find_nocase(text, slice_of(marks[i])) < text.len)
            return html_to_text(arena, text);
    return text;
}

bool pasted_is_list(struct slice text) {
    unsigned refusals = 0;
    unsigned others = 0; /* what only one text has: answers that say yes, commands, lines that go on */
    for (struct slice line; slice_next_line(&text, &line);) {
        int code = code_of(line);
        bool goes_on =
            line.len && (ascii_is_space(line.ptr[0]) || (code && line.len > 3 && line.ptr[3] == '-'));
        refusals += !goes_on && is_refusal(code);
        others += goes_on || (code && !is_refusal(code)) || (!code && command_canonical(line).len);
    }
    return refusals > 1 && others < refusals;
}

bool pasted_header_is_mail(struct slice header) {
    static const char *const names[] = {"from",
                                        "to",
                                        "date",
                                        "subject",
                                        "received",
                                        "return-path",
                                        "message-id",
                                        "mime-version",
                                        "content-type",
                                        "delivered-to",
                                        "sender",
                                        "reply-to",
                                        "x-failed-recipients"};
    struct field f;
    while (header.len && field_next(&header, &f))
        for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
            if (slice_equal_nocase(f.name, slice_of(names[i])))
                return true;
    return false;
}
