/* A session of SMTP as somebody pasted it: see session.h. */
#include "parsers/bounce/session.h"

#include "parsers/base/address.h"
#include "parsers/base/ip.h"
#include "parsers/base/smtp_reply.h"

#include <glib.h>

#define MOST_BLANKS 40 /* between a mark and what is said */
#define LONG_MARK   15 /* "SERVER -> CLIENT: ": no words of anybody's look like it, whatever follows */

enum speaker { SERVER, CLIENT, EITHER /* what stands behind the mark tells it */ };

struct side {
    struct slice mark;
    enum speaker speaker;
    bool may_stand_within; /* behind what a logger puts at the start of a line */
};

/* How programs mark who speaks. Sources, seen 2026-11-26: swaks (jetmore/swaks issue 15, and the sessions it
 * prints: "<-  ", "<** ", "<~  ", " -> ", " ~> "); Exim smtp_out.c ("  SMTP<< %s");
 * Sendmail, as its transcripts and sessions of -v are quoted in public threads (">>> RCPT To:<", "<<< 550");
 * PHPMailer/PHPMailer:src/SMTP.php ("SERVER -> CLIENT: "; issue 2076: an older one,
 * "SMTP -> FROM SERVER:"); python/cpython:Lib/smtplib.py, getreply
 * ("reply:"); RFC 5321 appendix D ("S: ", "C: "), which MailKit and nodemailer print too (nodemailer issue
 * 1081; issue 145: an older one, "└──"); "< " and "> " as curl -v prints them; swiftmailer's logger, "<< "
 * and
 * ">> " (nextcloud/data_request issue 7); roundcube issue 6393 ("Recv: "); dokuwiki-plugin-smtp issue 38
 * ("Got: ", "Sent: "); Manuel Lemos' class smtp ("S 250 ", "C EHLO": mike-koch/Mods-for-HESK issue 116, seen
 * 2026-11-28). */
static const struct side sides[] = {
    {SLICE("<** "), SERVER, false},
    {SLICE("<~* "), SERVER, false},
    {SLICE("<-- "), SERVER, false},
    {SLICE("<-  "), SERVER, false},
    {SLICE("<~  "), SERVER, false},
    {SLICE("<- "), SERVER, false},
    {SLICE("<~ "), SERVER, false},
    {SLICE("SMTP<< "), SERVER, true},
    {SLICE("SERVER -> CLIENT: "), SERVER, true},
    {SLICE("SMTP -> FROM SERVER:"), SERVER, false},
    {SLICE("S: "), SERVER, true},
    {SLICE("<<< "), SERVER, true},
    {SLICE("<< "), SERVER, true},
    {SLICE("reply: b'"), SERVER, true},
    {SLICE("Recv: "), SERVER, true},
    {SLICE("Got: "), SERVER, true},
    {SLICE("└──"), EITHER, false},
    {SLICE("< "), SERVER, false},
    {SLICE("-> "), CLIENT, false},
    {SLICE("~> "), CLIENT, false},
    {SLICE("SMTP>> "), CLIENT, true},
    {SLICE("SMTP(close)>> "), CLIENT, true},
    {SLICE(">>> "), CLIENT, true},
    {SLICE(">> "), CLIENT, true},
    {SLICE("CLIENT -> SERVER: "), CLIENT, true},
    {SLICE("C: "), CLIENT, true},
    {SLICE("send: '"), CLIENT, true},
    {SLICE("Send: "), CLIENT, true},
    {SLICE("Sent: "), CLIENT, true},
    {SLICE("> "), CLIENT, false},
    {SLICE("S "), EITHER, false},
    {SLICE("C "), EITHER, false},
};

/* Without the time and the process id that Exim and Sendmail print before the mark ("12:00:00  1234   SMTP<<
 * 550"). */
static struct slice without_stamp(struct slice s) {
    for (int words = 0; words < 3; words++) {
        size_t n = 0;
        while (n < s.len && (ascii_is_digit(s.ptr[n]) || strchr(":-.", s.ptr[n])) && s.ptr[n])
            n++;
        if (!n || n >= s.len || !ascii_is_space(s.ptr[n]))
            break;
        s = slice_trim(slice_from(s, n));
    }
    return s;
}

static const struct side *side_at(struct slice s) {
    for (size_t i = 0; i < G_N_ELEMENTS(sides); i++)
        if (s.len > sides[i].mark.len && slice_starts_nocase(s, sides[i].mark))
            return &sides[i];
    return NULL;
}

/* The first mark in the line, from `from` on, that stands behind a blank and before what its side says. */
static size_t side_within(struct slice line, size_t from) {
    for (size_t at = MAX(from, 1); at < line.len; at++) {
        const struct side *side = ascii_is_space(line.ptr[at - 1]) && strchr("<>SsCcRrGg", line.ptr[at])
                                      ? side_at(slice_from(line, at))
                                      : NULL;
        if (!side || !side->may_stand_within)
            continue;
        struct slice said = slice_trim(slice_upto(slice_from(line, at + side->mark.len), MOST_BLANKS));
        if (side->mark.len >= LONG_MARK ||
            (side->speaker == SERVER ? reply_line_code(said) > 0 : command_canonical(said).len > 0))
            return at;
    }
    return line.len;
}

/* Take the mark off a line; NULL: it bears none. */
static const struct side *take_side(struct slice *line) {
    struct slice s = without_stamp(slice_trim(*line));
    const struct side *side = side_at(s);
    if (!side) {
        s = slice_from(s, side_within(s, 1));
        side = side_at(s);
    }
    if (side)
        *line = slice_trim(slice_from(s, side->mark.len));
    return side;
}

struct reading {
    struct session *session;
    struct slice command;  /* the last, canonical */
    struct slice argument; /* what followed it */
    int code;              /* of the reply that is read; 0: none is open */
    int best;              /* strength of the refusal in `session` */
    struct slice taken;    /* the recipient that was taken last */
    struct slice tls;      /* the reply that was ready for TLS, if it was the last */
    unsigned takings;
    unsigned replies;
    bool has_marks; /* a line says who speaks */
    bool is_marked; /* the reply that is read has such a mark */
    bool is_over;   /* the client said QUIT, with which a program ends what failed */
    GString *lines;
    GString *own; /* what the program said itself since the last mark */
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

/* The address of ":<a@b> NOTIFY=…", as it stands behind "RCPT TO"; empty: it has no domain. */
static struct slice path_address(struct slice argument) {
    size_t open = slice_find_char(argument, '<');
    size_t colon = argument.len && argument.ptr[0] == ':';
    struct slice path = slice_from(argument, open < argument.len ? open + 1 : colon);
    path = first_word(slice_upto(path, slice_find_char(path, '>')));
    return address_domain(path).len ? path : SLICE_EMPTY;
}

/* Whom the refusal that was just read is about. */
static struct slice refused_recipient(const struct reading *r) {
    if (slice_equal(r->command, SLICE("RCPT TO")))
        return path_address(r->argument);
    bool is_mail = slice_equal(r->command, SLICE("DATA")) || slice_equal(r->command, SLICE("end of DATA"));
    return is_mail && r->takings == 1 ? r->taken : SLICE_EMPTY;
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
    bool is_ready = r->code == 220 && slice_equal(r->command, SLICE("STARTTLS"));
    r->tls = is_ready ? reply : SLICE_EMPTY;
    s->offers_tls |= is_ready;
    if (r->code == 235)
        s->has_login = true;
    if (r->code == 250 && slice_equal(r->command, SLICE("EHLO")))
        note_ehlo(r, reply);
    if (r->code == 250 && slice_equal(r->command, SLICE("HELO")))
        s->helo = first_word(r->argument);
    if (r->code == 354) /* RFC 5321 section 4.1.1.4: what is said next answers the mail */
        r->command = SLICE("end of DATA");
    if (is_rcpt && (r->code == 250 || r->code == 251)) {
        s->taken = reply;
        r->taken = path_address(r->argument);
        r->takings++;
        s->taken_domain = address_domain(r->taken);
    }
    if (r->code == 250 &&
        (slice_equal(r->command, SLICE("DATA")) || slice_equal(r->command, SLICE("end of DATA"))))
        s->taken = reply;
}

static void close_reply(struct reading *r) {
    struct slice lines = {r->lines->str, r->lines->len};
    if (r->code) {
        lines = slice_trim(arena_copy(r->arena, lines));
        note_reply(r, lines);
    }
    int strong = r->has_marks && !r->is_marked ? 1 : strength(r->code, lines); /* 1: the program sums it up */
    if (r->code >= 400 && strong > r->best) {
        r->best = strong;
        r->session->refusal = lines;
        r->session->command = r->command;
        r->session->recipient = refused_recipient(r);
    }
    r->code = 0;
    g_string_truncate(r->lines, 0);
}

static void add_reply_line(struct reading *r, struct slice line, int code, bool is_marked) {
    if (!r->is_over)
        g_string_truncate(r->own, 0);
    if (r->code != code)
        close_reply(r);
    r->is_marked = is_marked || (r->code && r->is_marked);
    r->code = code;
    r->has_marks |= is_marked;
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

/* Where marks tell who speaks, what has none is the program's. */
static void note_own_words(struct reading *r, struct slice words) {
    words = without_stamp(words);
    if (!words.len || !r->has_marks || r->is_over || ascii_is_digit(words.ptr[0]))
        return; /* a stamp alone, too */
    g_string_append_len(r->own, words.ptr, (gssize)words.len);
    g_string_append_c(r->own, '\n');
}

static void read_line(struct reading *r, struct slice line) {
    bool is_at_start = line.len && !ascii_is_space(line.ptr[0]);
    struct slice whole = line;
    const struct side *side = take_side(&line);
    bool may_answer = side ? side->speaker != CLIENT : is_at_start || r->code;
    int code = may_answer ? reply_line_code(slice_trim(line)) : 0;
    if (code) {
        add_reply_line(r, slice_trim(line), code, side != NULL);
        return;
    }
    if (r->code && !side && slice_trim(line).len && !command_typed(slice_trim(line)).len) {
        g_string_append_len(r->lines, line.ptr, (gssize)line.len); /* somebody's program wrapped the reply */
        g_string_append_c(r->lines, '\n');
        return;
    }
    struct slice command = !side || side->speaker != SERVER ? command_typed(slice_trim(line)) : SLICE_EMPTY;
    if (note_other(r, whole) || !command.len) {
        if (!side)
            note_own_words(r, slice_trim(line));
        return;
    }
    close_reply(r);
    r->is_over = slice_equal_nocase(command, SLICE("QUIT"));
    r->session->tls_given_up = r->is_over ? r->tls : SLICE_EMPTY;
    r->tls = SLICE_EMPTY;
    if (!r->is_over)
        g_string_truncate(r->own, 0);
    r->command = arena_copy(r->arena, command);
    r->argument = slice_trim(arena_copy(r->arena, slice_from(slice_trim(line), MIN(command.len, line.len))));
    r->session->commands++;
}

/* Where Sendmail's own line begins behind what it quotes of the server ("<<< 550 Relay denied 550 5.1.1
 * <b@example.org>... User unknown"): its words for the code, whatever was refused. */
static size_t own_line_within(struct slice part) {
    struct slice words = part;
    const struct side *side = take_side(&words);
    size_t start = (size_t)(words.ptr - part.ptr);
    if (!side || !slice_equal(side->mark, SLICE("<<< ")) || reply_line_code(words) < 400 || words.len < 5 ||
        words.ptr[3] != ' ')
        return part.len;
    int enhanced[3];
    for (size_t at = start + 5; at < part.len; at++) {
        struct slice s = slice_upto(slice_from(part, at), MOST_BLANKS);
        int code = part.ptr[at - 1] == ' ' ? reply_line_code(s) : 0;
        if (code >= 400 && s.len > 4 && enhanced_parse(slice_from(s, 4), enhanced) &&
            enhanced[0] == code / 100)
            return at;
    }
    return part.len;
}

static void read_part(struct reading *r, struct slice part) {
    size_t own = own_line_within(part);
    read_line(r, slice_upto(part, own));
    if (own < part.len)
        read_line(r, slice_from(part, own));
}

static bool is_of_stamp(struct slice word) {
    bool has_digit = false;
    for (size_t i = 0; i < word.len; i++) {
        if (!ascii_is_digit(word.ptr[i]) && !strchr(":-./", word.ptr[i]))
            return false;
        has_digit |= ascii_is_digit(word.ptr[i]);
    }
    return has_digit;
}

/* Without the time that ends it, with a day before it or not: that is of what follows in the same line. */
static struct slice without_last_stamp(struct slice s) {
    struct slice left = s;
    for (unsigned words = 0; words < 2; words++) {
        left = slice_trim(left);
        size_t start = left.len;
        while (start && !ascii_is_space(left.ptr[start - 1]))
            start--;
        struct slice word = slice_from(left, start);
        bool is_time = slice_find_char(word, ':') < word.len;
        if (!is_of_stamp(word) || is_time == (words > 0))
            break;
        left = s = slice_upto(left, start);
    }
    return s;
}

/* What was said in turn may stand in one line, where a page or a table took the line ends away. */
static void read_lines_in(struct reading *r, struct slice line) {
    size_t first = side_within(line, 1);
    bool is_marked = side_at(without_stamp(slice_trim(line)));
    if (!is_marked && side_within(line, first + 1) == line.len)
        first = line.len; /* behind what a logger put there, one side says something */
    read_part(r, first < line.len ? without_last_stamp(slice_upto(line, first)) : line);
    for (size_t next; first < line.len; first = next) {
        next = side_within(line, first + 1);
        struct slice part = slice_upto(slice_from(line, first), next - first);
        read_part(r, next < line.len ? without_last_stamp(part) : part);
    }
}

bool session_read(struct session *session, struct slice text, struct arena *arena) {
    *session = (struct session){0};
    struct reading r = {
        .session = session, .arena = arena, .lines = g_string_new(NULL), .own = g_string_new(NULL)};
    for (struct slice line; slice_next_line(&text, &line);)
        read_lines_in(&r, line);
    close_reply(&r);
    session->ending = arena_copy(arena, (struct slice){r.own->str, r.own->len});
    g_string_free(r.lines, TRUE);
    g_string_free(r.own, TRUE);
    return (session->refusal.len && (session->commands || r.has_marks)) ||
           (session->commands > 1 && r.replies > 1);
}
