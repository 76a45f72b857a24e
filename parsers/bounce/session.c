/* A session of SMTP as somebody pasted it: see session.h. */
#include "parsers/bounce/session.h"

#include "parsers/base/address.h"
#include "parsers/base/ip.h"
#include "parsers/base/smtp_reply.h"

#include <glib.h>

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

struct reading {
    struct session *session;
    struct slice command;  /* the last, canonical */
    struct slice argument; /* what followed it */
    int code;              /* of the reply that is read; 0: none is open */
    int best;              /* strength of the refusal in `session` */
    unsigned replies;
    bool has_marks; /* a line says who speaks */
    GString *lines;
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

static struct slice first_word(struct slice s) {
    struct slice word = SLICE_EMPTY;
    slice_next_word(&s, &word);
    return word;
}

/* The domain of "RCPT TO:<a@b> NOTIFY=…". */
static struct slice path_domain(struct slice argument) {
    size_t open = slice_find_char(argument, '<');
    struct slice path = slice_from(argument, open < argument.len ? open + 1 : 0);
    path = slice_upto(path, slice_find_char(path, '>'));
    return address_domain(first_word(path));
}

static void note_ehlo(struct reading *r, struct slice reply) {
    struct session *s = r->session;
    s->helo = first_word(r->argument);
    s->answered = s->answered.len ? s->answered : first_word(slice_from(reply, 4));
    s->extensions = true;
    if (slice_find_nocase(reply, SLICE("STARTTLS")) < reply.len)
        s->offers_tls = true;
}

/* What a whole reply tells beside what it refuses. */
static void note_reply(struct reading *r, struct slice reply) {
    struct session *s = r->session;
    bool is_rcpt = slice_equal(r->command, SLICE("RCPT TO"));
    if (r->code == 220 && !r->command.len && !s->banner.len)
        s->banner = first_word(slice_from(reply, 4));
    if (r->code == 220 && slice_equal(r->command, SLICE("STARTTLS")))
        s->offers_tls = true;
    if (r->code == 235)
        s->has_login = true;
    if (r->code == 250 && slice_equal(r->command, SLICE("EHLO")))
        note_ehlo(r, reply);
    if (r->code == 250 && slice_equal(r->command, SLICE("HELO")))
        s->helo = first_word(r->argument);
    if (is_rcpt && (r->code == 250 || r->code == 251)) {
        s->taken = reply;
        s->taken_domain = path_domain(r->argument);
    }
    if (r->code == 250 && slice_starts_nocase(r->command, SLICE("DATA")))
        s->taken = reply;
}

static void close_reply(struct reading *r) {
    struct slice lines = {r->lines->str, r->lines->len};
    if (r->code) {
        lines = slice_trim(arena_copy(r->arena, lines));
        note_reply(r, lines);
    }
    if (r->code >= 400 && strength(r->code, lines) > r->best) {
        r->best = strength(r->code, lines);
        r->session->refusal = lines;
        r->session->command = r->command;
    }
    r->code = 0;
    g_string_truncate(r->lines, 0);
}

static void add_reply_line(struct reading *r, struct slice line, int code) {
    if (r->code != code)
        close_reply(r);
    r->code = code;
    g_string_append_len(r->lines, line.ptr, (gssize)line.len);
    g_string_append_c(r->lines, '\n');
    r->replies++;
    if (line.len < 4 || line.ptr[3] != '-')
        close_reply(r);
}

/* "Connected to mx.example.org." (telnet), "Connected to mx.example.org (192.0.2.1) port 25" (swaks, curl),
 * and reverse DNS as dig and host print it. False: it is none of these. */
static bool note_other(struct reading *r, struct slice line) {
    static const struct {
        struct slice mark;
        bool is_name; /* of reverse DNS */
    } rows[] = {
        {SLICE("Connected to "), false}, {SLICE("domain name pointer "), true}, {SLICE(" PTR "), true}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        size_t at = slice_find(line, rows[i].mark);
        if (at >= line.len)
            continue;
        struct slice name = first_word(slice_from(line, at + rows[i].mark.len));
        while (name.len && strchr(".,:", name.ptr[name.len - 1]))
            name.len--;
        struct ip ip;
        if (rows[i].is_name)
            r->session->reverse = arena_copy(r->arena, name);
        else if (!ip_parse(name, &ip))
            r->session->connected = arena_copy(r->arena, name);
        return true;
    }
    return false;
}

static void read_line(struct reading *r, struct slice line) {
    bool is_at_start = line.len && !ascii_is_space(line.ptr[0]);
    struct slice whole = line;
    const struct side *side = take_side(&line);
    r->has_marks |= side != NULL;
    bool may_answer = side ? side->is_server : is_at_start || r->code;
    int code = may_answer ? reply_line_code(slice_trim(line)) : 0;
    if (code) {
        add_reply_line(r, slice_trim(line), code);
        return;
    }
    if (r->code && !side && slice_trim(line).len && !command_typed(slice_trim(line)).len) {
        g_string_append_len(r->lines, line.ptr, (gssize)line.len); /* somebody's program wrapped the reply */
        g_string_append_c(r->lines, '\n');
        return;
    }
    struct slice command = !side || !side->is_server ? command_typed(slice_trim(line)) : SLICE_EMPTY;
    if (note_other(r, whole) || !command.len)
        return;
    close_reply(r);
    r->command = arena_copy(r->arena, command);
    r->argument = slice_trim(arena_copy(r->arena, slice_from(slice_trim(line), MIN(command.len, line.len))));
    r->session->commands++;
}

bool session_read(struct session *session, struct slice text, struct arena *arena) {
    *session = (struct session){0};
    struct reading r = {.session = session, .arena = arena, .lines = g_string_new(NULL)};
    for (struct slice line; slice_next_line(&text, &line);)
        read_line(&r, line);
    close_reply(&r);
    g_string_free(r.lines, TRUE);
    return (session->refusal.len && (session->commands || r.has_marks)) ||
           (session->commands > 1 && r.replies > 1);
}
