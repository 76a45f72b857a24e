/* The reply in a text that somebody pasted: see pasted.h. First the forms by which programs print a reply are
 * looked for, then a session, line by line; else the strongest place in the words is taken. */
#include "parsers/bounce/pasted.h"

#include "parsers/base/smtp_reply.h"
#include "parsers/bounce/about_mail.h"
#include "parsers/bounce/pasted_forms.h"
#include "parsers/bounce/pasted_text.h"
#include "parsers/bounce/pasted_unit.h"
#include "parsers/bounce/session.h"
#include "parsers/message/field.h"

#include <glib.h>

static bool is_refusal(int code) {
    return code >= 400;
}

/* Where the blanks before `at` begin, of which there are few. */
static size_t mark_before(struct slice text, size_t at) {
    size_t mark = at;
    while (mark && at - mark < 4 && text.ptr[mark - 1] == ' ')
        mark--;
    return mark;
}

/* "if code >= 500" */
static bool is_comparison(struct slice text, size_t end) {
    return end > 1 && text.ptr[end - 1] == '=' && strchr("<>=!", text.ptr[end - 2]);
}

/* A reply of which a program left the code away: "4.3.0 <b@example.org>: Temporary failure", where a line or
 * a quotation begins (stalwartlabs/stalwart issue 386, eM Client; seen 2026-11-26). A number of a version has
 * no words behind it that begin so. */
static bool is_without_code(struct slice text, size_t at) {
    int enhanced[3];
    struct slice s = slice_from(text, at);
    size_t length = !at || strchr("\n\"'", text.ptr[at - 1]) ? enhanced_parse(s, enhanced) : 0;
    struct slice words = slice_from(s, length + 1);
    return length && s.len > length && s.ptr[length] == ' ' && words.len &&
           (words.ptr[0] == '<' || (words.ptr[0] >= 'A' && words.ptr[0] <= 'Z'));
}

/* Does a colon stand directly before `at` that a blank parts from its label? ("ERROR CODE :550 - …", Zoho) */
static bool is_behind_lone_colon(struct slice text, size_t at) {
    return at > 1 && text.ptr[at - 1] == ':' && text.ptr[at - 2] == ' ';
}

/* How strongly does a reply begin at `at`? With an enhanced code behind, wherever it stands; without one,
 * where a mark that programs put before a reply stands before it, or at the start of a line. 0: none begins.
 */
static int strength_at(struct slice text, size_t at) {
    struct slice s = slice_upto(slice_from(text, at), 32);
    int code = reply_line_code(s);
    bool is_web = code > 400 && code < 406; /* RFC 9110 section 15.5: no mail server is known to say those */
    if (is_without_code(text, at))
        return 1;
    if (!is_refusal(code) || is_web || reply_is_other_number(text, at) ||
        (at && (ascii_is_alnum(text.ptr[at - 1]) || strchr(".-/", text.ptr[at - 1]))))
        return 0;
    int enhanced[3];
    if (enhanced_parse(slice_trim(slice_from(s, 4)), enhanced) && enhanced[0] == code / 100)
        return at && text.ptr[at - 1] == '<' ? 2
                                             : 3; /* Amazon SES quotes the last try's reply so in its own */
    size_t mark = mark_before(text, at);
    if (slice_ends_nocase(slice_upto(text, mark), SLICE("SMTP error")) &&
        ascii_is_alpha(s.ptr[MIN(4, s.len - 1)]))
        return 2; /* "SMTP error 550 Sender refused" */
    bool is_marked = mark == at
                         ? at == 0 || strchr("\n'\"(<[", text.ptr[at - 1]) || is_behind_lone_colon(text, at)
                         : !mark || (strchr(":;>,-=|\"\n", text.ptr[mark - 1]) && !is_comparison(text, mark));
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

/* No more than the code, or an enhanced one: the words stand on the next line. */
static bool is_bare(struct slice line) {
    int enhanced[3];
    return reply_code(line) ? line.len == 3 : line.len && enhanced_parse(line, enhanced) == line.len;
}

/* Words with which no reply ends, before a line that does not begin as a sentence does. */
static bool is_cut_off(struct slice line, struct slice next) {
    static const struct slice words[] = {SLICE(" using"), SLICE(" by"),   SLICE(" at"),   SLICE(" see"),
                                         SLICE(" from"),  SLICE(" the"),  SLICE(" of"),   SLICE(" for"),
                                         SLICE(" with"),  SLICE(" and"),  SLICE(" is"),   SLICE(" on"),
                                         SLICE(" to"),    SLICE(" your"), SLICE(" visit")};
    if (next.ptr[0] >= 'A' && next.ptr[0] <= 'Z')
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (slice_ends_nocase(line, words[i]))
            return true;
    return false;
}

static bool goes_on(const struct wrapped *w, struct slice line) {
    struct slice rest = line;
    struct slice word = SLICE_EMPTY;
    slice_next_word(&rest, &word);
    bool is_during = slice_ends_nocase(w->last, SLICE(" during")); /* a command: "during MAIL FROM" */
    if (!word.len || (command_typed(line).len && !is_during))
        return false;
    if (is_during || is_bare(w->last) || is_cut_off(w->last, word))
        return true;
    bool did_not_fit = w->last.len >= LEAST_WRAP && w->last.len + 1 + word.len > WRAP_COLUMN;
    return w->is_open || reply_line_code(line) == w->code || did_not_fit;
}

/* The reply at the start of `text`: its first line, and those that go on from it. */
static struct slice whole_reply(struct slice text, struct arena *arena) {
    struct wrapped w = {.code = reply_line_code(text)};
    struct slice line = SLICE_EMPTY;
    char *copy = arena_open(arena, text.len + MOST_LINES + 1);
    size_t used = 0;
    text = pasted_unit_next(&text);
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
    bool is_about_mail = is_short_and_told(text) || (text.len <= MOST_OF_PASTED && speaks_of_mail(text));
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

/* Does a library's name of a refusal stand before it, as "Net::SMTPFatalError: " of Ruby or
 * "SMTPSendFailedException: " of JavaMail does? Then the reply is what it prints, and the rest is a person's
 * (ruby/net-smtp:lib/net/smtp.rb; jakartaee/mail-api; seen 2026-11-27). */
static bool is_behind_exception(struct slice text, size_t at) {
    struct slice before = slice_trim(slice_upto(text, mark_before(text, at)));
    static const struct slice ends[] = {SLICE("Error:"), SLICE("Exception:"), SLICE("SMTPServerBusy:")};
    size_t start = before.len;
    while (start && before.len - start < 64 && !ascii_is_space(before.ptr[start - 1]))
        start--;
    struct slice name = slice_from(before, start);
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (slice_ends_nocase(name, ends[i]))
            return slice_find(name, SLICE("SMTP")) < name.len;
    return false;
}

/* The codes alone, at the end of a sentence: "Sender address rejected: not logged in (Diagnostic-Code: smtp;
 * 553 5.7.1)" (hardware/mailserver issue 329, seen 2026-11-27). */
static bool is_codes_alone(struct slice reply) {
    for (size_t i = 0; i < reply.len; i++)
        if (ascii_is_alpha(reply.ptr[i]) || (unsigned char)reply.ptr[i] >= 0x80)
            return false;
    return reply.len > 0;
}

/* Such codes, and behind them the words that stand before them on their line. */
static struct slice with_words_before(struct slice reply, struct slice before, struct arena *arena) {
    static const struct slice end = SLICE("\n");
    size_t line_end = slice_find_last(before, end);
    struct slice line = line_end < before.len ? slice_from(before, line_end + end.len) : before;
    size_t opened = slice_find_last(line, SLICE("("));
    if (slice_find_char(slice_from(line, opened), ')') == line.len - opened)
        line = slice_upto(line, opened); /* what announces the codes: "(Diagnostic-Code: smtp;" */
    line = slice_trim(line);
    while (reply.len && !ascii_is_digit(reply.ptr[reply.len - 1]))
        reply.len--;
    char *joined = arena_open(arena, reply.len + 1 + line.len);
    memcpy(joined, reply.ptr, reply.len);
    joined[reply.len] = ' ';
    memcpy(joined + reply.len + 1, line.ptr, line.len);
    return arena_close(arena, joined, reply.len + 1 + line.len);
}

/* The reply up to the mark that closes a quotation of it, without the backslashes before such marks in it
 * ('weren\'t', as Python and JavaScript print it); all of it where the mark stands near its start. */
static struct slice within_quotes(struct slice reply, char mark, struct arena *arena) {
    char *copy = arena_open(arena, reply.len);
    size_t used = 0;
    size_t at = 0;
    for (; at < reply.len && reply.ptr[at] != mark; at++) {
        at += reply.ptr[at] == '\\' && at + 1 < reply.len && reply.ptr[at + 1] == mark;
        copy[used++] = reply.ptr[at];
    }
    struct slice inside = arena_close(arena, copy, used);
    return at > 20 ? inside : reply;
}

#define FEW_WORDS ((size_t)12) /* bytes behind the codes: "error", "Fehler" */

/* The codes with which a reply begins. */
static struct slice codes_of(struct slice reply) {
    int enhanced[3];
    size_t length = reply_line_code(reply) ? strlen("550 ") : 0;
    return slice_trim(slice_upto(reply, length + enhanced_parse(slice_from(reply, length), enhanced)));
}

/* A title often holds the start of the reply, and the text below it the whole: where the words at `from`, or
 * the codes alone where hardly any words follow them, stand once more and go on there. */
static size_t place_of_whole(struct slice text, size_t from, struct slice reply) {
    size_t behind = from + reply.len;
    struct slice rest = slice_from(text, behind);
    struct slice codes = codes_of(reply);
    bool is_title = codes.len > strlen("550 5") && reply.len < codes.len + FEW_WORDS;
    struct slice start = is_title ? codes : reply;
    size_t again = slice_find(rest, start);
    struct slice next = slice_from(rest, again + start.len);
    bool goes_on = again < rest.len && next.len > 1 && next.ptr[0] == ' ' && ascii_is_alpha(next.ptr[1]);
    return goes_on ? behind + again : from;
}

static bool read_words(struct pasted *p, struct slice text, struct arena *arena) {
    text = pasted_plain(text, arena);
    size_t from = strongest_place(text);
    if (from == text.len)
        return false;
    struct slice reply = whole_reply(slice_from(text, from), arena);
    size_t whole = place_of_whole(text, from, reply);
    if (whole != from)
        reply = whole_reply(slice_from(text, from = whole), arena);
    size_t mark = mark_before(text, from);
    char opened = mark ? text.ptr[mark - 1] : '\0';
    if (opened == '"' || opened == '\'')
        reply = within_quotes(reply, opened, arena);
    p->reply = without_nested(reply);
    if (is_codes_alone(p->reply) && !slice_trim(slice_from(text, from + p->reply.len)).len)
        p->reply = with_words_before(p->reply, slice_upto(text, from), arena);
    p->reply = pasted_unclosed(p->reply);
    p->is_anchored = is_behind_exception(text, from);
    return true;
}

#define SHORT_FORM ((size_t)40) /* bytes: what somebody puts into a title */

/* A program's error, as a title has it, in whole. */
static struct slice whole_of_form(struct slice reply, struct slice text, struct arena *arena) {
    struct pasted words = {0};
    bool is_longer = reply.len <= SHORT_FORM && read_words(&words, text, arena) &&
                     words.reply.len > reply.len && words.reply.ptr[reply.len] == ' ' &&
                     slice_starts_nocase(words.reply, reply);
    return is_longer ? words.reply : reply;
}

bool pasted_read(struct pasted *pasted, struct slice text, struct arena *arena) {
    *pasted = (struct pasted){.is_anchored = true};
    text = slice_upto(text, LIMIT_PASTED);
    struct session session;
    bool is_form = form_read(&pasted->reply, &pasted->command, text, arena);
    if (is_form)
        pasted->reply = whole_of_form(pasted->reply, text, arena);
    bool is_session = session_read(&session, text, arena) && session.refusal.len;
    if (is_session && (!is_form || reply_code(session.refusal) == reply_code(pasted->reply)))
        pasted->command = session.command;
    if (is_session && !is_form)
        pasted->reply = session.refusal;
    if (is_form || is_session)
        return true;
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

bool pasted_begins_as_mail(struct slice text) {
    static const struct slice names[] = {SLICE("received"), SLICE("return-path"), SLICE("delivered-to"),
                                         SLICE("authentication-results")};
    struct slice block = next_paragraph(&text);
    struct slice rest = block;
    struct field first;
    return field_next(&rest, &first) && first.name.ptr == block.ptr &&
           has_field(block, names, G_N_ELEMENTS(names), true);
}

/* Is the line a field of the few that mail and panels both have ("Subject: …")? Then what it says is theirs.
 */
static bool is_shared_field(struct slice line) {
    static const struct slice names[] = {SLICE("from:"), SLICE("to:"), SLICE("subject:"), SLICE("date:"),
                                         SLICE("sender:")};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (slice_starts_nocase(line, names[i]))
            return true;
    return false;
}

/* Is it what Outlook shows of a mail in the place of its header ("From: … Sent: … To: …")? No mail has a
 * field of that name. */
static bool is_shown_header(struct slice text) {
    for (struct slice line; slice_next_line(&text, &line);)
        if (slice_starts_nocase(line, SLICE("Sent:")))
            return true;
        else if (!is_shared_field(line) || slice_starts_nocase(line, SLICE("Date:")))
            return false;
    return false;
}

bool pasted_is_labels(struct slice text) {
    static const struct slice machine[] = {SLICE("received"), SLICE("return-path"), SLICE("message-id"),
                                           SLICE("mime-version"), SLICE("content-type")};
    struct slice start = slice_upto(text, LIMIT_PASTED);
    if (is_shown_header(start))
        return strongest_place(start) < start.len;
    struct slice block = next_paragraph(&text);
    if (block.len > MOST_OF_PASTED || has_field(block, machine, G_N_ELEMENTS(machine), true))
        return false;
    for (struct slice line; slice_next_line(&block, &line);)
        if (!is_shared_field(line) && strongest_place(line) < line.len)
            return true;
    return false;
}
