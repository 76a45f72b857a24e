/* Anchored forms: see received_form.h.
 *
 * A form is a text with holes. A blank stands for one or more blanks, <…> for something
 * that may be missing, {…} for a hole. What the client says of itself (helo, ident) ends at the first blank,
 * bracket, quote or semicolon: no program that checks it lets those through, and so it cannot reach into what
 * the program says. Some programs let everything through. Then the same forms are tried once more, with one
 * hole that holds anything, as far as it goes: from the end of the field the program's own words are found,
 * so that the client is known all the same, but nothing below such a field is believed. */
#include "parsers/message/received_form.h"

#include "parsers/base/ip.h"
#include "parsers/message/received_tail.h"
#include "parsers/message/token.h"

#define WIDE_WINDOW 4096 /* bytes at the end of a field in which a hole that holds anything may end */
#define MOST_HOLES  2    /* with words of the client, in one form */
#define WIDE_TRIES  32   /* how often what follows it is read */

/* Programs that write the address before the client's words: behind it those cannot forge one. */
enum writer { ANY, EXIM, COMMUNIGATE, ECELERITY, CHASQUID, WRITERS };
static const char *const writers[] = {[ANY] = "",
                                      [EXIM] = "Exim ",
                                      [COMMUNIGATE] = "CommuniGate ",
                                      [ECELERITY] = "ecelerity ",
                                      [CHASQUID] = "chasquid"};

static const struct form {
    const char *text;
    enum writer writer; /* ANY: whoever has no forms of its own */
    bool is_bare; /* nothing encloses the address, or the client's words stand behind it: a hole that holds
                     anything would prove nothing, and a comment behind it may be the client that a form has
                     not understood */
} forms[] = {
#define FORM(writer, text)                                                                                   \
    { text, writer, false }
#define BARE(writer, text)                                                                                   \
    { text, writer, true }
#include "parsers/message/received_forms.def"
};

struct matching {
    struct slice text;
    struct form_client client;
    enum writer writer;
    size_t end;
    bool is_bare;    /* the form */
    unsigned wide;   /* which of the holes with words of the client holds anything, from 1; 0: none */
    unsigned behind; /* how many of those are behind us */
    unsigned tries;
    size_t login; /* where the first note stands that holds words of the client */
};

static bool is_word_char(char c) {
    switch (c) {
    case '(':
    case ')':
    case '<':
    case '>':
    case ';':
    case '"':
    case '\\':
        return false;
    default:
        return !ascii_is_space(c);
    }
}

static size_t word_length(struct slice s) {
    size_t n = 0;
    while (n < s.len && is_word_char(s.ptr[n]))
        n++;
    return n;
}

static size_t run_length(struct slice s, const char *others) {
    size_t n = 0;
    while (n < s.len && s.ptr[n] && (ascii_is_alnum(s.ptr[n]) || strchr(others, s.ptr[n])))
        n++;
    return n;
}

/* Up to the last @ of the word, where there is one: neither name nor address holds any. */
static size_t ident_length(struct slice s) {
    size_t n = word_length(s);
    for (size_t i = n; i > 0; i--)
        if (s.ptr[i - 1] == '@')
            return i - 1;
    return n;
}

/* No word of a form is a host's name: "(EHLO [192.0.2.1])" holds what the client calls itself. */
static bool is_keyword(struct slice s) {
    static const struct slice keywords[] = {SLICE("HELO"),  SLICE("EHLO"), SLICE("LHLO"), SLICE("account"),
                                            SLICE("ident"), SLICE("port"), SLICE("helo")};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (slice_equal_nocase(s, keywords[i]))
            return true;
    return false;
}

static size_t name_length(struct slice s) {
    const struct slice nameless = SLICE("<unknown>"); /* OpenSMTPD */
    if (slice_starts_nocase(s, nameless))
        return nameless.len;
    size_t n = run_length(s, ".-_:");
    return is_keyword(slice_upto(s, n)) ? 0 : n;
}

static size_t address_length(struct slice s, const char *others) {
    struct ip ip;
    size_t n = run_length(s, others);
    return ip_parse(slice_upto(s, n), &ip) ? n : 0;
}

static size_t ip_length(struct slice s) {
    return address_length(s, ".:%");
}

/* Behind it a colon and a port stand. */
static size_t v4_length(struct slice s) {
    return address_length(s, ".");
}

static size_t port_length(struct slice s) {
    size_t n = 0;
    while (n < s.len && n < 5 && ascii_is_digit(s.ptr[n]))
        n++;
    return n;
}

static size_t first_of(struct slice s, const char *const *words) {
    for (; *words; words++)
        if (slice_starts_nocase(s, slice_of(*words)))
            return strlen(*words);
    return 0;
}

static size_t verb_length(struct slice s) {
    return first_of(s, (const char *const[]){"HELO", "EHLO", "LHLO", NULL});
}

static size_t forged_length(struct slice s) {
    return first_of(s, (const char *const[]){"may be forged", NULL});
}

static size_t here_length(struct slice s) {
    return first_of(s, (const char *const[]){"localhost", "local", "unix socket", NULL});
}

/* What a mail system calls its own hand-over, else one word. */
static size_t local_length(struct slice s) {
    size_t n = first_of(s, (const char *const[]){"mail pickup service", NULL});
    if (n)
        return n;
    n = word_length(s);
    struct slice behind = slice_from(s, n);
    return n + first_of(behind, (const char *const[]){" named unknown", NULL}); /* Gmail's API */
}

static const struct hole {
    const char *name;
    size_t member; /* of struct form_client; NONE: it is not kept */
    size_t (*length)(struct slice s);
    bool is_of_client; /* the client's own words */
} holes[] = {
#define NONE (~(size_t)0)
    {"helo}", offsetof(struct form_client, helo), word_length, true},
    {"ident}", NONE, ident_length, true},
    {"name}", offsetof(struct form_client, name), name_length, false},
    {"ip}", offsetof(struct form_client, ip), ip_length, false},
    {"v4}", offsetof(struct form_client, ip), v4_length, false},
    {"port}", offsetof(struct form_client, port), port_length, false},
    {"verb}", NONE, verb_length, false},
    {"forged}", NONE, forged_length, false},
    {"method}", NONE, word_length, false},
    {"user}", offsetof(struct form_client, user), word_length, false},
    {"here}", offsetof(struct form_client, here), here_length, false},
    {"local}", offsetof(struct form_client, local), local_length, false},
};

static const struct hole *find_hole(const char *name) {
    const struct hole *hole = holes;
    while (hole->name[0] != name[0] || strncmp(hole->name, name, strlen(hole->name)) != 0)
        hole++;
    return hole;
}

static bool match_from(struct matching *m, const char *form, size_t at);

static bool fill_hole(struct matching *m, const char *form, size_t at, const struct hole *hole, size_t len) {
    struct form_client before = m->client;
    m->behind += hole->is_of_client;
    if (hole->member != NONE)
        *(struct slice *)(void *)((char *)&m->client + hole->member) =
            slice_upto(slice_from(m->text, at), len);
    m->client.is_name_doubtful |= hole->length == forged_length;
    if (match_from(m, form + strlen(hole->name), at + len))
        return true;
    m->client = before;
    m->behind -= hole->is_of_client;
    return false;
}

/* The hole may end wherever the form goes on; as far behind as it can. */
static bool widen_hole(struct matching *m, const char *form, size_t at, const struct hole *hole) {
    const char *behind = form + strlen(hole->name);
    char next = behind[strspn(behind, ">")];
    size_t first = m->text.len > at + WIDE_WINDOW ? m->text.len - WIDE_WINDOW : at + 1;
    for (size_t end = m->text.len; end-- > first && m->tries < WIDE_TRIES;)
        if ((next == ' ' || !next ? ascii_is_space(m->text.ptr[end])
                                  : next == '<' || m->text.ptr[end] == next) &&
            fill_hole(m, form, at, hole, end - at))
            return true;
    return false;
}

static bool match_hole(struct matching *m, const char *form, size_t at) {
    const struct hole *hole = find_hole(form);
    if (hole->is_of_client && m->wide == m->behind + 1)
        return widen_hole(m, form, at, hole);
    size_t len = hole->length(slice_from(m->text, at));
    return len && at + len <= m->text.len && fill_hole(m, form, at, hole, len);
}

/* Does the name stand anywhere in the field? If not, no need to look whether the writer says it. */
static bool is_named(struct slice field, enum writer writer) {
    return writer != ANY && slice_find(field, slice_of(writers[writer])) < field.len;
}

/* Which program says that it wrote the field? */
static enum writer writer_of(struct slice tail) {
    bool has_name = false;
    for (enum writer w = ANY + 1; w < WRITERS; w++)
        has_name |= is_named(tail, w);
    if (!has_name)
        return ANY;
    struct tokens tokens = {.rest = tail};
    for (struct token t = token_next(&tokens); t.kind != TOKEN_END; t = token_next(&tokens))
        for (enum writer w = ANY + 1; t.kind == TOKEN_COMMENT && w < WRITERS; w++)
            if (slice_starts_nocase(t.text, slice_of(writers[w])))
                return w;
    return ANY;
}

/* Does the address stand in a note on the session, whose words are the client's too, or behind a login, whose
 * words may be? */
static bool is_in_note(const struct matching *m) {
    if (m->client.ip.len && (size_t)(m->client.ip.ptr - m->text.ptr) > m->login)
        return true;
    size_t open = m->client.ip.len ? (size_t)(m->client.ip.ptr - m->text.ptr) : 0;
    while (open > 0 && m->text.ptr[open - 1] != '(')
        open--;
    return open > 0 && received_is_note(slice_from(m->text, open));
}

static bool match_end(struct matching *m, size_t at) {
    if (at >= m->text.len || !ascii_is_space(m->text.ptr[at]) || m->behind < m->wide)
        return false;
    m->tries++;
    m->end = at;
    struct slice tail = slice_from(m->text, at);
    enum tail_kind kind = m->writer == ANY && !m->is_bare ? TAIL_OF_SESSION : TAIL_OF_CLIENT;
    return !(m->wide && is_in_note(m)) && received_tail_is_whole(tail, kind, m->wide > 0) &&
           writer_of(tail) == m->writer;
}

static size_t blanks_at(struct slice text, size_t at) {
    size_t n = 0;
    while (at + n < text.len && ascii_is_space(text.ptr[at + n]))
        n++;
    return n;
}

/* `form` from here on is that of the text from `at` on. Called anew for each hole and each part that may be
 * missing: no deeper than a form is long. */
static bool match_from(struct matching *m, const char *form, size_t at) {
    for (; *form; form++) {
        if (*form == '{')
            return match_hole(m, form + 1, at);
        if (*form == '<') {
            struct form_client before = m->client;
            if (match_from(m, form + 1, at))
                return true;
            m->client = before;
            form = strchr(form, '>');
        } else if (*form == ' ') {
            size_t blanks = blanks_at(m->text, at);
            if (!blanks)
                return false;
            at += blanks;
        } else if (*form != '>') {
            bool is_there = at < m->text.len &&
                            (m->text.ptr[at] == *form || ascii_lower(m->text.ptr[at]) == ascii_lower(*form));
            if (!is_there)
                return false;
            at++;
        }
    }
    return match_end(m, at);
}

static size_t find_login(struct slice client) {
    size_t at = 0;
    while (at < client.len && !(client.ptr[at] == '(' && received_is_login(slice_from(client, at + 1))))
        at++;
    return at;
}

static bool read_by_forms(struct form_reading *r, struct slice client, unsigned wide) {
    size_t login = wide ? find_login(client) : 0;
    bool may_write[WRITERS] = {[ANY] = true};
    for (enum writer w = ANY + 1; w < WRITERS; w++)
        may_write[w] = is_named(client, w);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!may_write[forms[i].writer] || (wide && forms[i].is_bare))
            continue;
        struct matching m = {.text = client,
                             .writer = forms[i].writer,
                             .is_bare = forms[i].is_bare,
                             .wide = wide,
                             .login = login};
        if (!match_from(&m, forms[i].text, 0))
            continue;
        r->client = m.client;
        r->tail = slice_from(client, m.end);
        return true;
    }
    return false;
}

/* The address of a field that begins as the forms do that write it first: "192.0.2.1 (EHLO ", "unknown
 * [192.0.2.1] (HELO ", "[192.0.2.1] (helo=". Empty: it does not. */
static struct slice leading_address(struct slice client) {
    size_t n = ip_length(client);
    struct slice ip = slice_upto(client, n);
    if (!n) {
        n = name_length(client);
        client = slice_from(client, n + blanks_at(client, n));
        n = client.len && *client.ptr == '[' ? ip_length(slice_from(client, 1)) : 0;
        ip = slice_upto(slice_from(client, 1), n);
        n = n ? n + 2 : 0;
    }
    struct slice behind = slice_from(client, n + blanks_at(client, n));
    bool is_form = n && behind.len && *behind.ptr == '(' && verb_length(slice_from(behind, 1));
    return is_form ? ip : SLICE_EMPTY;
}

/* Behind such an address the client may have written what looks like another: then nothing can be said of it.
 * 127.0.0.1 is what Yahoo writes of a hand-over of its own. */
static bool is_ambiguous(struct slice client, const struct form_client *read) {
    struct slice first = leading_address(client);
    return first.len && !slice_equal(first, read->ip) && !slice_equal(first, SLICE("127.0.0.1"));
}

struct form_reading received_form_read(struct slice value) {
    const struct slice from = SLICE("from");
    struct form_reading r = {.tail = value};
    size_t blanks = slice_starts_nocase(value, from) ? blanks_at(value, from.len) : 0;
    if (!blanks) {
        r.fit = received_tail_is_whole(value, TAIL_OF_LOCAL, false) ? FIT_WHOLE : FIT_NONE;
        return r;
    }
    struct slice client = slice_from(value, from.len + blanks);
    r.has_from = true;
    if (read_by_forms(&r, client, 0))
        r.fit = FIT_WHOLE;
    for (unsigned wide = 1; wide <= MOST_HOLES && r.fit == FIT_NONE; wide++)
        if (read_by_forms(&r, client, wide))
            r.fit = FIT_CLIENT;
    if (r.fit != FIT_NONE && is_ambiguous(client, &r.client))
        r = (struct form_reading){.tail = value, .has_from = true};
    return r;
}
