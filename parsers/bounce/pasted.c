/* The reply in a text that somebody pasted: see pasted.h. First the forms by which programs print a reply are
 * looked for, then a session, line by line; else the strongest place in the words is taken. */
#include "parsers/bounce/pasted.h"

#include "parsers/base/smtp_reply.h"
#include "parsers/bounce/about_mail.h"
#include "parsers/bounce/session.h"
#include "parsers/message/field.h"

#include <glib.h>

#define LONGEST_ADDRESS ((size_t)320) /* bytes of an address that a program names */

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
        if (form->needs_code && !is_refusal(reply_line_code(text)))
            continue;
        p->reply = quoted(text, form->end, arena);
        return p->reply.len > 0;
    }
    return false;
}

/* A tuple of Python behind its '(', as 550, b'5.1.1 …' (python/cpython:Lib/smtplib.py, SMTPResponseException:
 * code and message are its arguments; seen 2026-11-25). Empty: it is none that refuses. */
static struct slice tuple_reply(struct slice text, struct arena *arena) {
    int code = reply_code(text);
    struct slice rest = slice_from(text, 3);
    if (!is_refusal(code) || !rest.len || rest.ptr[0] != ',')
        return SLICE_EMPTY;
    rest = slice_trim(slice_from(rest, 1));
    rest = slice_from(rest, rest.len && rest.ptr[0] == 'b');
    if (!rest.len || (rest.ptr[0] != '\'' && rest.ptr[0] != '"'))
        return SLICE_EMPTY;
    struct slice words = quoted(slice_from(rest, 1), slice_upto(rest, 1), arena);
    return arena_printf(arena, "%d %.*s", code, S(words));
}

static bool read_tuple(struct pasted *p, struct slice text, struct arena *arena) {
    for (size_t at; !p->reply.len && (at = slice_find_char(text, '(')) < text.len;) {
        text = slice_from(text, at + 1);
        p->reply = tuple_reply(text, arena);
    }
    return p->reply.len > 0;
}

/* The address of "'bob@example.org': " before the '(' at `at`; empty: none. */
static struct slice key_before(struct slice text, size_t at) {
    struct slice before = slice_trim(slice_upto(text, at));
    char quote = before.len > 3 ? before.ptr[before.len - 2] : '\0';
    if (!quote || before.ptr[before.len - 1] != ':' || !strchr("'\"", quote))
        return SLICE_EMPTY;
    size_t end = before.len - 2;
    size_t start = end;
    while (start && end - start < LONGEST_ADDRESS && before.ptr[start - 1] != quote)
        start--;
    struct slice key = slice_upto(slice_from(before, start), end - start);
    return start && before.ptr[start - 1] == quote && slice_find_char(key, '@') < key.len ? key : SLICE_EMPTY;
}

size_t pasted_refusals(struct slice text, struct event_reply *refusals, size_t most, struct arena *arena) {
    size_t count = 0;
    text = slice_upto(text, LIMIT_PASTED);
    for (size_t from = 0; count < most;) {
        size_t at = from + slice_find_char(slice_from(text, from), '(');
        if (at >= text.len)
            break;
        from = at + 1;
        struct slice address = key_before(text, at);
        struct slice reply = address.len ? tuple_reply(slice_from(text, from), arena) : SLICE_EMPTY;
        if (reply.len)
            refusals[count++] = (struct event_reply){reply, address, NULL};
    }
    return count;
}

/* Exceptions of .NET, the inner ones behind "--->"
 * (dotnet/runtime:src/libraries/System.Net.Mail/src/Resources/ Strings.resx, MailServerResponse; seen
 * 2026-11-26): what the server said, else what the innermost says. */
static bool read_dotnet(struct pasted *p, struct slice text) {
    static const struct slice response = SLICE("The server response was: ");
    static const struct slice inner = SLICE("---> ");
    static const struct slice type_end = SLICE(": ");
    struct slice last = SLICE_EMPTY;
    size_t at = slice_find(text, SLICE("System.Net.Mail.Smtp"));
    if (at >= text.len)
        return false;
    for (struct slice rest = slice_from(text, at); (at = slice_find(rest, inner)) < rest.len;)
        last = rest = slice_from(rest, at + inner.len);
    last = slice_from(last, slice_find(last, type_end) + type_end.len);
    for (struct slice rest = text; (at = slice_find(rest, response)) < rest.len;) {
        rest = slice_from(rest, at + response.len);
        last = rest.len && rest.ptr && !ascii_is_space(rest.ptr[0]) ? rest : last;
    }
    last = slice_upto(last, slice_find_char(last, '\n'));
    last = slice_upto(last, slice_find(last, SLICE(" --->")));
    p->reply = slice_trim(slice_upto(last, slice_find(last, SLICE("   at "))));
    return p->reply.len > 0;
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

/* "MAIL FROM command failed,WORDS,550,5.7.1", which PHPMailer puts behind the address of the sender
 * (PHPMailer/PHPMailer:src/PHPMailer.php, smtpSend: implode(',', getError()); seen 2026-11-26). */
static bool read_phpmailer_list(struct pasted *p, struct slice text, struct arena *arena) {
    static const struct slice mark = SLICE(" command failed,");
    size_t at = slice_find(text, mark);
    struct slice words = slice_from(text, at + mark.len);
    for (size_t i = 0; words.ptr && i + 3 < words.len; i++) {
        struct slice after = slice_from(words, i + 1);
        bool ends = after.len == 3 || !ascii_is_alnum(after.ptr[3]) || after.ptr[3] == 'S';
        if (words.ptr[i] != ',' || !ends || !is_refusal(reply_code(slice_upto(after, 3))))
            continue;
        struct slice enhanced = slice_from(after, after.len > 3 && after.ptr[3] == ',' ? 4 : after.len);
        size_t length = 0;
        while (enhanced.ptr && length < enhanced.len &&
               (ascii_is_digit(enhanced.ptr[length]) || enhanced.ptr[length] == '.'))
            length++;
        p->reply =
            arena_printf(arena, "%.*s %.*s%s%.*s", S(slice_upto(after, 3)), S(slice_upto(enhanced, length)),
                         length ? " " : "", S(slice_trim(slice_upto(words, i))));
        return i > 0;
    }
    return false;
}

static bool read_forms(struct pasted *p, struct slice text, struct arena *arena) {
    if (read_tuple(p, text, arena) || read_phpmailer(p, text, arena) || read_phpmailer_list(p, text, arena) ||
        read_dotnet(p, text))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(quotings); i++)
        if (read_quoting(p, text, &quotings[i], arena))
            return true;
    return false;
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
    int code = reply_line_code(s);
    if (!is_refusal(code) || reply_is_port(text, at) ||
        (at && (ascii_is_alnum(text.ptr[at - 1]) || strchr(".-/", text.ptr[at - 1]))))
        return 0;
    int enhanced[3];
    if (enhanced_parse(slice_trim(slice_from(s, 4)), enhanced) && enhanced[0] == code / 100)
        return 3;
    bool is_marked = at == 0 || strchr("\n'\"(<[", text.ptr[at - 1]) ||
                     (at > 1 && text.ptr[at - 1] == ' ' && strchr(":;>,-=", text.ptr[at - 2]));
    return is_marked ? 2 : 0;
}

#define MOST_LINES  60 /* of a reply that somebody wrapped */
#define LEAST_WRAP  50 /* bytes of a line that was wrapped because the next word did not fit */
#define WRAP_COLUMN 68

/* A reply whose lines somebody's program wrapped. */
struct wrapped {
    int code;
    bool is_open; /* the last code in it was "550-": more is to come */
    struct slice last;
};

/* Which form does the last code of the reply on the line have? */
static void note_codes(struct wrapped *w, struct slice line) {
    for (size_t at = 0; at + 3 < line.len; at++)
        if (reply_code(slice_upto(slice_from(line, at), 3)) == w->code &&
            (at == 0 || line.ptr[at - 1] == ' '))
            w->is_open = line.ptr[at + 3] == '-';
    w->last = line;
}

static bool goes_on(const struct wrapped *w, struct slice line) {
    struct slice rest = line;
    struct slice word = SLICE_EMPTY;
    slice_next_word(&rest, &word);
    if (!word.len || command_typed(line).len)
        return false;
    bool did_not_fit = w->last.len >= LEAST_WRAP && w->last.len + 1 + word.len > WRAP_COLUMN;
    return w->is_open || reply_line_code(line) == w->code || did_not_fit;
}

/* The reply at the start of `text`: its first line, and those that go on from it. */
static struct slice whole_reply(struct slice text, struct arena *arena) {
    struct wrapped w = {.code = reply_line_code(text)};
    struct slice line = SLICE_EMPTY;
    char *copy = arena_open(arena, text.len + MOST_LINES + 1);
    size_t used = 0;
    for (unsigned lines = 0; lines < MOST_LINES && slice_next_line(&text, &line); lines++) {
        line = slice_trim(line);
        if (lines && !goes_on(&w, line))
            break;
        if (lines)
            copy[used++] = reply_line_code(line) == w.code ? '\n' : ' ';
        memcpy(copy + used, line.ptr, line.len);
        used += line.len;
        note_codes(&w, line);
    }
    return arena_close(arena, copy, used);
}

/* JavaMail puts the inner exception behind the words of the outer one (the same reply once more). */
static struct slice without_nested(struct slice reply) {
    return slice_trim(slice_upto(reply, slice_find(reply, SLICE("nested exception is"))));
}

/* The strongest place in the text at which a reply begins; where it is marked by no more than its code, only
 * among words about mail. Its length: none. */
static size_t strongest_place(struct slice text) {
    bool is_about_mail = text.len <= SHORT_TEXT || (text.len <= MOST_OF_PASTED && speaks_of_mail(text));
    size_t from = text.len;
    int best = 0;
    for (struct slice rest = text; rest.len && best < 3;) {
        struct slice paragraph = next_paragraph(&rest);
        size_t start = (size_t)(paragraph.ptr - text.ptr);
        int least = is_about_mail || speaks_of_mail(paragraph) ? 1 : 3;
        for (size_t at = start; at < start + paragraph.len && best < 3; at++) {
            int found = text.ptr[at] == '4' || text.ptr[at] == '5' ? strength_at(text, at) : 0;
            if (found > best && found >= least) {
                best = found;
                from = at;
            }
        }
    }
    return from;
}

static bool read_words(struct pasted *p, struct slice text, struct arena *arena) {
    text = unwrapped(text, arena);
    size_t from = strongest_place(text);
    if (from == text.len)
        return false;
    struct slice reply = whole_reply(slice_from(text, from), arena);
    char opened = from ? text.ptr[from - 1] : '\0';
    size_t closed = opened == '"' || opened == '\'' ? slice_find_char(reply, opened) : reply.len;
    p->reply = without_nested(slice_upto(reply, closed > 20 ? closed : reply.len));
    return true;
}

bool pasted_read(struct pasted *pasted, struct slice text, struct arena *arena) {
    *pasted = (struct pasted){.is_anchored = true};
    text = slice_upto(text, LIMIT_PASTED);
    struct session session;
    if (read_forms(pasted, text, arena))
        return true;
    if (session_read(&session, text, arena) && session.refusal.len) {
        pasted->reply = session.refusal;
        pasted->command = session.command;
        return true;
    }
    pasted->is_anchored = false;
    return read_words(pasted, text, arena);
}

bool pasted_is_list(struct slice text) {
    unsigned refusals = 0;
    unsigned others = 0; /* what only one text has: answers that say yes, commands, lines that go on */
    for (struct slice line; slice_next_line(&text, &line);) {
        int code = reply_line_code(line);
        bool goes_on =
            line.len && (ascii_is_space(line.ptr[0]) || (code && line.len > 3 && line.ptr[3] == '-'));
        refusals += !goes_on && is_refusal(code);
        others += goes_on || (code && !is_refusal(code)) || (!code && command_typed(line).len);
    }
    return refusals > 1 && others < refusals;
}

/* Does a field in the header have one of these names, or one that begins so? */
static bool has_field(struct slice header, const struct slice *names, size_t count, bool is_whole) {
    struct field f;
    while (header.len && field_next(&header, &f))
        for (size_t i = 0; i < count; i++)
            if (is_whole ? slice_equal_nocase(f.name, names[i]) : slice_starts_nocase(f.name, names[i]))
                return true;
    return false;
}

bool pasted_header_is_mail(struct slice header) {
    static const struct slice names[] = {SLICE("from"),
                                         SLICE("to"),
                                         SLICE("date"),
                                         SLICE("subject"),
                                         SLICE("received"),
                                         SLICE("return-path"),
                                         SLICE("message-id"),
                                         SLICE("mime-version"),
                                         SLICE("content-type"),
                                         SLICE("delivered-to"),
                                         SLICE("sender"),
                                         SLICE("reply-to"),
                                         SLICE("x-failed-recipients")};
    return has_field(header, names, G_N_ELEMENTS(names), true);
}

bool pasted_header_may_be_mail(struct slice header) {
    static const struct slice starts[] = {SLICE("x-"),          SLICE("arc-"),        SLICE("dkim"),
                                          SLICE("domainkey"),   SLICE("list-"),       SLICE("resent-"),
                                          SLICE("auth"),        SLICE("received"),    SLICE("content-"),
                                          SLICE("in-reply-to"), SLICE("references"),  SLICE("auto-submitted"),
                                          SLICE("envelope-to"), SLICE("feedback-id"), SLICE("precedence")};
    return has_field(header, starts, G_N_ELEMENTS(starts), false);
}
