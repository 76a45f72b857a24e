/* The forms in which programs print a reply that they were given: see pasted_forms.h. */
#include "parsers/bounce/pasted_forms.h"

#include "parsers/base/smtp_reply.h"
#include "parsers/bounce/about_mail.h"
#include "parsers/bounce/pasted_lettre.h"

#include <glib.h>

#define LONGEST_ADDRESS ((size_t)320) /* bytes of an address that a program names */

struct quoting {
    const char *program;
    struct slice before; /* what stands before the reply */
    struct slice end;
    bool needs_code; /* the words may stand before other things than a reply */
};

/* Sources, seen 2026-11-25: nodemailer/nodemailer:lib/smtp-connection/index.js (the property `response` of
 * its errors, as util.inspect and JSON print it); symfony/mailer SmtpTransport ("with message");
 * PHPMailer/PHPMailer:src/PHPMailer.php ('smtp_detail', which is followed by the code and what is more);
 * magicdude4eva/port25-bouncehandler issue 8 (PowerMTA's accounting: the reply is a field, dsnDiag, of a line
 * of CSV); http://www.ihmars.com/Irism/techtipOE550.htm (Outlook Express; both seen 2026-11-26), and the
 * pages of support.microsoft.com on 0x800CCC79 in Spanish, Portuguese and Swedish (seen 2026-11-27). */
static const struct quoting quotings[] = {
    {"nodemailer", SLICE("response: '"), SLICE("'"), true},
    {"nodemailer", SLICE("response: \""), SLICE("\""), true},
    {"nodemailer", SLICE("\"response\":\""), SLICE("\""), true},
    {"nodemailer", SLICE("\"response\": \""), SLICE("\""), true},
    {"Symfony Mailer", SLICE("with message \""), SLICE("\""), true},
    {"Symfony Mailer", SLICE("but got code \""), SLICE("\""), true}, /* without its message */
    {"PowerMTA", SLICE(",smtp;"), SLICE(","), true},
    {"PowerMTA", SLICE(",\"smtp;"), SLICE("\""), true},
    {"Magento", SLICE("Exception message was: "), SLICE("\n"), false},
    {"Outlook Express", SLICE("Server Response: '"), SLICE("', Port"), true},
    {"Outlook Express", SLICE("server response: '"), SLICE("', Port"), true},
    {"Outlook Express", SLICE("server response: \""), SLICE("\""), true},
    {"Outlook Express", SLICE("Respuesta del servidor: '"), SLICE("', Puerto"), true},
    {"Outlook Express", SLICE("Resposta do Servidor: '"), SLICE("', Porta"), true},
    {"Outlook Express", SLICE("Serversvar: '"), SLICE("', Port"), true},
};

static bool is_refusal(int code) {
    return code >= 400;
}

/* A quotation ends with the block of code that it stands in, and one that never ends with its paragraph. */
static struct slice upto_block(struct slice s, struct slice end) {
    static const char *const paragraphs[] = {"\n\n", "\n\r\n"};
    s = slice_upto(s, slice_find(s, SLICE("\n```")));
    for (size_t i = 0; i < G_N_ELEMENTS(paragraphs) && slice_find_nocase(s, end) == s.len; i++)
        s = slice_upto(s, slice_find(s, slice_of(paragraphs[i])));
    return s;
}

/* Text up to `end`, with what stands for line ends in strings of programs as line ends. */
static struct slice quoted(struct slice s, struct slice end, struct arena *arena) {
    s = upto_block(s, end);
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

#define CODE_DIGITS ((size_t)3)

/* Text up to the last `end` on its line, without quotes around its words. */
static struct slice quoted_line(struct slice s, struct slice end, struct arena *arena) {
    s = slice_upto(s, slice_find_char(s, '\n'));
    s = slice_upto(s, slice_find_last(s, end));
    char *copy = arena_string(arena, s);
    for (size_t i = 0; i < s.len; i++)
        copy[i] = copy[i] == '"' ? ' ' : copy[i];
    return slice_trim((struct slice){copy, s.len});
}

/* Words of a reply that refuses, or its code alone? */
static bool quotes_refusal(struct slice text, struct slice end) {
    bool is_code_alone = slice_starts_nocase(slice_from(text, CODE_DIGITS), end);
    return is_refusal(reply_line_code(is_code_alone ? slice_upto(text, CODE_DIGITS) : text));
}

static bool read_quoting(struct slice *found, struct slice text, const struct quoting *form,
                         struct arena *arena) {
    for (size_t at; (at = slice_find(text, form->before)) < text.len;) {
        text = slice_from(text, at + form->before.len);
        if (form->needs_code && !quotes_refusal(text, form->end))
            continue;
        *found = quoted(text, form->end, arena);
        if (found->len == CODE_DIGITS) /* "550 "envelope sender …" ": the server's own quotes */
            *found = quoted_line(text, form->end, arena);
        return found->len > 0;
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

/* Does what stands before a tuple print one? Source code has them too: "return (500, 'line too long')". */
static bool prints_tuple(struct slice before) {
    static const struct slice ends[] = {SLICE(":"), SLICE("Refused"), SLICE("Error"), SLICE("Exception")};
    before = slice_trim(slice_from(before, before.len > 20 ? before.len - 20 : 0));
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (slice_ends_nocase(before, ends[i]))
            return true;
    return !before.len;
}

static bool read_tuple(struct slice *found, struct slice text, struct arena *arena) {
    for (size_t from = 0, at;
         !found->len && (at = from + slice_find_char(slice_from(text, from), '(')) < text.len;) {
        from = at + 1;
        if (prints_tuple(slice_upto(text, at)))
            *found = tuple_reply(slice_from(text, from), arena);
    }
    return found->len > 0;
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

size_t form_refusals(struct slice text, struct event_reply *refusals, size_t most, struct arena *arena) {
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
            refusals[count++] = (struct event_reply){reply, address, SLICE("RCPT TO"), NULL};
    }
    return count;
}

/* What .NET says before a reply (dotnet/runtime:src/libraries/System.Net.Mail/src/Resources/Strings.resx,
 * MailServerResponse; seen 2026-11-26), also in the languages of its framework (an index of public repository
 * files, ids 22233798650, 39749963877, 43388727359, 11285887527, 41903536317, 38910422373, 30373284665,
 * 45768136855, 12069621554, 39596915890 and 45129043441; seen 2026-11-28). */
static const struct slice dotnet_marks[] = {
    SLICE("The server response was"),
    SLICE("La respuesta del servidor fue"),
    SLICE("A resposta do servidor foi"),
    SLICE("Die Serverantwort war"),
    SLICE("La réponse du serveur était"),
    SLICE("Risposta del server"),
    SLICE("Odpowiedź serwera"),
    SLICE("ответ сервера"),
    SLICE("Odpověď serveru"),
    SLICE("Sunucu yanıtı şöyleydi"),
    SLICE("サーバーの応答"),
    SLICE("服务器响应为"),
};

/* The next `mark` with its colon, as `find` finds it: `rest` becomes what stands behind it. */
static bool next_mark(struct slice *rest, struct slice mark, size_t (*find)(struct slice, struct slice)) {
    static const size_t blanks = 3; /* bytes before a colon: French has a blank there */
    for (size_t at; (at = find(*rest, mark)) < rest->len;) {
        *rest = slice_from(*rest, at + mark.len);
        size_t colon = slice_find_char(slice_upto(*rest, blanks + 1), ':');
        if (colon > blanks || colon >= rest->len)
            continue;
        *rest = slice_from(*rest, colon + 1);
        return true;
    }
    return false;
}

bool form_is_dotnet(struct slice text) {
    for (size_t i = 0; i < G_N_ELEMENTS(dotnet_marks); i++)
        if (next_mark(&(struct slice){text.ptr, text.len}, dotnet_marks[i], slice_find_nocase))
            return true;
    return false;
}

/* The last reply behind `mark`; empty: there is none. A quoted one belongs to another program. */
static struct slice behind_mark(struct slice text, struct slice mark) {
    struct slice last = SLICE_EMPTY;
    while (next_mark(&text, mark, slice_find)) {
        struct slice reply = slice_from(text, text.len && text.ptr[0] == ' ');
        if (reply.len && !ascii_is_space(reply.ptr[0]) && reply.ptr[0] != '\'')
            last = reply;
    }
    return last;
}

/* Exceptions of .NET, the inner ones behind "--->": what the server said, else what the innermost says. */
static bool read_dotnet(struct slice *found, struct slice text) {
    static const struct slice inner = SLICE("---> ");
    static const struct slice type_end = SLICE(": ");
    struct slice last = SLICE_EMPTY, said = SLICE_EMPTY;
    for (size_t i = 0; i < G_N_ELEMENTS(dotnet_marks) && !said.len; i++)
        said = behind_mark(text, dotnet_marks[i]);
    size_t at = slice_find(text, SLICE("System.Net.Mail.Smtp"));
    if (at >= text.len && !said.len)
        return false;
    for (struct slice rest = slice_from(text, at); (at = slice_find(rest, inner)) < rest.len;)
        last = rest = slice_from(rest, at + inner.len);
    last = said.len ? said : slice_from(last, slice_find(last, type_end) + type_end.len);
    last = slice_upto(last, slice_find_char(last, '\n'));
    last = slice_upto(last, slice_find(last, SLICE(" --->")));
    *found = slice_trim(slice_upto(last, slice_find(last, SLICE("   at "))));
    return found->len > 0;
}

/* "Detail: … SMTP code: 550 Additional SMTP info: 5.7.1" (PHPMailer/PHPMailer:src/PHPMailer.php, setLanguage;
 * seen 2026-11-26). */
static bool read_phpmailer(struct slice *found, struct slice text, struct arena *arena) {
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
    *found = arena_printf(arena, "%d %.*s%s%.*s", code, S(slice_upto(enhanced, length)), length ? " " : "",
                          S(words));
    return words.len > 0;
}

/* "MAIL FROM command failed,WORDS,550,5.7.1", which PHPMailer puts behind the address of the sender
 * (PHPMailer/PHPMailer:src/PHPMailer.php, smtpSend: implode(',', getError()); seen 2026-11-26). */
static bool read_phpmailer_list(struct slice *found, struct slice text, struct arena *arena) {
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
        *found =
            arena_printf(arena, "%.*s %.*s%s%.*s", S(slice_upto(after, 3)), S(slice_upto(enhanced, length)),
                         length ? " " : "", S(slice_trim(slice_upto(words, i))));
        return i > 0;
    }
    return false;
}

/* What CodeIgniter prints of each command: its own name for it, and the reply
 * (bcit-ci/CodeIgniter:system/libraries/Email.php, _send_command; issues 2289 and 6243; seen 2026-11-26). */
static bool read_codeigniter(struct slice *found, struct slice *command, struct slice text) {
    static const struct slice mark = SLICE("The following SMTP error was encountered: ");
    static const struct {
        struct slice name, command;
    } names[] = {{SLICE("hello: "), SLICE("EHLO")},
                 {SLICE("from: "), SLICE("MAIL FROM")},
                 {SLICE("to: "), SLICE("RCPT TO")},
                 {SLICE("data: "), SLICE("DATA")}};
    size_t at = slice_find(text, mark);
    struct slice reply = slice_from(text, at + mark.len);
    if (at == text.len || !is_refusal(reply_line_code(reply)))
        return false;
    *found = slice_trim(slice_upto(reply, slice_find_char(reply, '\n')));
    struct slice line = slice_trim(slice_upto(text, at));
    size_t end = slice_find_last(line, SLICE("\n"));
    line = slice_from(line, end < line.len ? end + 1 : 0);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (slice_starts_nocase(line, names[i].name))
            *command = names[i].command;
    return true;
}

/* Exim's log of what it answered to a command that it did not expect (fail2ban/fail2ban issue 1369, seen
 * 2026-11-26): the words stand behind the client's names and addresses. */
static bool read_exim_protocol_error(struct slice *found, struct slice text) {
    static const struct slice mark = SLICE("SMTP protocol error in \"");
    size_t at = slice_find(text, mark);
    struct slice rest = slice_from(text, at + mark.len);
    rest = slice_upto(rest, slice_find_char(rest, '\n'));
    size_t last = slice_find_last(rest, SLICE("]:"));
    if (at == text.len || last == rest.len)
        return false;
    rest = slice_from(rest, last);
    *found = slice_trim(slice_from(rest, slice_find_char(rest, ' ')));
    return found->len > 0;
}

/* Postfix's log of header_checks and body_checks: "reject: body #… from mx[ip]; from=<a@b> to=<c@d>
 * proto=ESMTP helo=<x>: 5.7.1 no". What it shows of the mail before that is the sender's words (an index of
 * public repository files, id 10888418976, seen 2026-11-27). */
static bool read_postfix_check(struct slice *found, struct slice text) {
    static const struct slice marks[] = {SLICE("reject: header "), SLICE("reject: body "),
                                         SLICE("reject: content ")};
    static const struct slice lasts[] = {SLICE(" helo=<"), SLICE(" to=<")};
    size_t at = text.len;
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        at = MIN(at, slice_find(text, marks[i]));
    struct slice line = slice_from(text, at);
    line = slice_upto(line, slice_find_char(line, '\n'));
    for (size_t i = 0; i < G_N_ELEMENTS(lasts); i++) {
        struct slice rest = slice_from(line, slice_find_last(line, lasts[i]));
        rest = slice_from(rest, slice_find(rest, SLICE(">: ")) + 3);
        int enhanced[3];
        if (enhanced_parse(rest, enhanced)) {
            *found = slice_trim(rest);
            return true;
        }
    }
    return false;
}

/* qmail's log, in which underscores stand for blanks and slashes for line ends:
 * "192.0.2.1_does_not_like_recipient./ Remote_host_said:_550_5.1.1_no_such_user/Giving_up_on_192.0.2.1./"
 * (what people quoted of it on lists, index ids 23537285975, 42783039307, 132139604, seen 2026-11-28). */
static bool read_qmail_log(struct slice *found, struct slice text, struct arena *arena) {
    static const struct slice mark = SLICE("Remote_host_said:_");
    struct slice said = slice_from(text, slice_find(text, mark) + mark.len);
    said = slice_upto(said, slice_find_char(said, '\n'));
    said = slice_upto(said, slice_find(said, SLICE("/Giving_up_on_")));
    if (!is_refusal(reply_code(said)))
        return false;
    char *copy = arena_string(arena, said);
    for (size_t i = 0; i < said.len; i++)
        if (copy[i] == '_')
            copy[i] = ' ';
        else if (copy[i] == '/' && (i + 1 == said.len || reply_code(slice_from(said, i + 1))))
            copy[i] = '\n';
    *found = slice_trim((struct slice){copy, said.len});
    return true;
}

bool form_read(struct slice *found, struct slice *command, struct slice text, struct arena *arena) {
    if (read_tuple(found, text, arena) || read_phpmailer(found, text, arena) ||
        read_phpmailer_list(found, text, arena) || read_dotnet(found, text) ||
        lettre_read(found, text, arena) || read_codeigniter(found, command, text) ||
        read_exim_protocol_error(found, text) || read_postfix_check(found, text) ||
        read_qmail_log(found, text, arena))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(quotings); i++)
        if (read_quoting(found, text, &quotings[i], arena))
            return true;
    return false;
}
