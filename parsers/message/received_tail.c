/* The end of a Received field: see received_tail.h. */
#include "parsers/message/received_tail.h"

#include "parsers/base/date.h"
#include "parsers/base/ip.h"
#include "parsers/message/token.h"

#define MOST_WORDS   8 /* of a protocol: "Microsoft SMTP Server" */
#define LONGEST_DATE 100

/* Notes on the session that stand before `by`. What else stands there may be words of the client. */
static const char *const session_notes[] = {
    "using ",
    "No client certificate",
    "Client did not present",
    "No SNI",
    "envelope-from",
    "envelope-sender",
    "TLS",
    "SSL",
    "Smtp Server",
    "encrypted",
    "version=",
    NULL,
};

/* The same, with a name under which the client has logged in or that its certificate bears. */
static const char *const login_notes[] = {
    "Client CN ",
    "Authenticated sender:",
    "authenticated",
    "AUTH:",
    "AUTH ",
    "uid ",
    "smtp-auth",
    "SquirrelMail authenticated user ",
    "user=",
    "User authenticated as ",
    NULL,
};

/* Notes that begin a field without a client. */
static const char *const local_notes[] = {"from ", "qmail ", "nullmailer ", "Authenticated sender:", NULL};

static const char *const no_notes[] = {NULL};
static const char *const *const notes[] = {
    [TAIL_OF_CLIENT] = no_notes, [TAIL_OF_SESSION] = session_notes, [TAIL_OF_LOCAL] = local_notes};

/* Notes that stand for the whole field, with the date. */
static const char *const whole_notes[] = {"qmail ", "nullmailer ", NULL};

/* What may follow `by` once, and of what words. */
enum word_kind { WORD_ID, WORD_PROTOCOL, WORD_MAILBOX };
#define ID        0
#define RECIPIENT 2
static const struct {
    struct slice key;
    enum word_kind kind;
} clauses[] = {
#define KEY(text)                                                                                            \
    { text, sizeof(text) - 1 }
    [ID] = {KEY("id"), WORD_ID}, {KEY("with"), WORD_PROTOCOL}, [RECIPIENT] = {KEY("for"), WORD_MAILBOX},
    {KEY("via"), WORD_PROTOCOL}, {KEY("over"), WORD_PROTOCOL}, {KEY("envelope-from"), WORD_MAILBOX},
    {KEY("pod-id"), WORD_ID}, /* Yahoo, since 2024 */
};
#define CLAUSES (sizeof clauses / sizeof *clauses)

/* Words that bear their value: "auth=yes user=alice" (OpenSMTPD). Behind them only its recipient stands. */
static const char *const pairs[] = {"auth=", "user=", NULL};

/* Could it be the comment in which a program writes its client, "name [address]" or "ident@address"? Then it
 * is no note, whatever it begins with: names and idents are the client's, and what looked like that comment
 * before it was what the client called itself. */
static bool may_be_client(struct slice comment) {
    struct ip ip;
    size_t word = comment.len;
    while (word > 0 && comment.ptr[word - 1] != '@' && !ascii_is_space(comment.ptr[word - 1]))
        word--;
    return slice_find_char(comment, '[') < comment.len || ip_parse(slice_from(comment, word), &ip);
}

static bool begins(struct slice s, const char *const *list) {
    for (; *list; list++)
        if (s.len && ascii_lower(s.ptr[0]) == ascii_lower(**list) && slice_starts_nocase(s, slice_of(*list)))
            return true;
    return false;
}

bool received_is_login(struct slice comment) {
    return begins(comment, login_notes);
}

bool received_is_note(struct slice comment) {
    return begins(comment, session_notes) || received_is_login(comment);
}

/* A mailbox was opened in it and not closed: its end, which the client wrote, would be another note. */
static bool is_cut(struct slice note) {
    size_t i = note.len;
    while (i > 0 && note.ptr[i - 1] != '<' && note.ptr[i - 1] != '>')
        i--;
    return i > 0 && note.ptr[i - 1] == '<';
}

/* The same of a quotation, as of the name in a certificate. */
static bool is_cut_quotation(struct slice note) {
    bool is_quoted = false;
    for (size_t i = 0; i < note.len; i++) {
        if (note.ptr[i] == '\\')
            i++;
        else
            is_quoted ^= note.ptr[i] == '"';
    }
    return is_quoted;
}

static bool is_note(struct slice comment, enum tail_kind kind) {
    bool is_one = kind == TAIL_OF_SESSION ? received_is_note(comment) && !may_be_client(comment)
                                          : begins(comment, notes[kind]);
    return is_one && !is_cut(comment);
}

/* Of names, numbers and ids: nothing that could open or close anything. */
static bool is_plain_word(struct slice word) {
    static const bool others[256] = {
        [' '] = true, ['\t'] = true, ['\n'] = true, ['\v'] = true, ['\f'] = true, ['\r'] = true,
        ['<'] = true, ['>'] = true,  ['"'] = true,  ['\\'] = true, [';'] = true,  ['('] = true,
        [')'] = true, ['['] = true,  [']'] = true,  ['\0'] = true};
    for (size_t i = 0; i < word.len; i++)
        if (others[(unsigned char)word.ptr[i]])
            return false;
    return word.len > 0;
}

static bool is_host_word(struct slice word) {
    struct ip ip;
    if (word.len > 2 && word.ptr[0] == '[' && word.ptr[word.len - 1] == ']')
        return ip_parse(slice_from(slice_upto(word, word.len - 1), 1), &ip);
    return is_plain_word(word);
}

/* A mailbox, also without domain, also in <>: nothing stands before or behind it. */
static bool is_mailbox_word(struct slice word, bool is_plain) {
    if (word.len > 1 && word.ptr[0] == '<' && word.ptr[word.len - 1] == '>') {
        word = slice_from(slice_upto(word, word.len - 1), 1);
        if (!word.len)
            return true;
    }
    if (!word.len || word.ptr[0] != '"')
        return is_plain_word(word) || (word.len && slice_find_char(word, '[') < word.len &&
                                       is_host_word(slice_from(word, slice_find_char(word, '@') + 1)));
    size_t local = is_plain ? 0 : slice_quoted_length(word);
    return local && local < word.len && word.ptr[local] == '@' && is_host_word(slice_from(word, local + 1));
}

static bool is_id_word(struct slice word, bool is_plain) {
    return is_plain_word(word) || (word.len > 2 && word.ptr[0] == '<' && is_mailbox_word(word, is_plain));
}

/* A date, and behind it at most its zone's name and the sender (PowerMTA). */
static bool is_date(struct slice s) {
    size_t comment = slice_find_char(s, '(');
    struct slice date = slice_trim(slice_upto(s, comment));
    for (size_t i = 0; i < date.len; i++)
        if (!ascii_is_alnum(date.ptr[i]) && !strchr(" \t,:+-.=/", date.ptr[i]))
            return false;
    struct tokens tokens = {.rest = slice_from(s, comment)};
    for (struct token t = token_next(&tokens); t.kind != TOKEN_END; t = token_next(&tokens)) {
        bool is_zone = t.kind == TOKEN_COMMENT && t.text.len < 40;
        for (size_t i = 0; is_zone && i < t.text.len; i++)
            is_zone = ascii_is_alnum(t.text.ptr[i]) || strchr(" +-._:", t.text.ptr[i]);
        bool is_sender = t.kind == TOKEN_COMMENT && slice_starts_nocase(t.text, SLICE("envelope-from "));
        if (tokens.is_unbalanced || (!is_zone && !is_sender))
            return false;
    }
    return date.len <= LONGEST_DATE && date_parse(date) != -1;
}

struct tail {
    struct tokens tokens;
    bool is_plain;
    bool has_by, has_pair, has_clause[CLAUSES];
    size_t now; /* the clause that is being read; CLAUSES: none */
    size_t words;
};

static size_t clause_of(struct slice word) {
    size_t i = 0;
    while (i < CLAUSES && !slice_equal_nocase(word, clauses[i].key))
        i++;
    return i;
}

/* "ESMTPS", "Microsoft", "TLS1.3", "LMTP:": of a protocol's name, but not the beginning of another field. */
static bool is_protocol_word(struct slice word) {
    for (size_t i = 0; i < word.len; i++)
        if (!ascii_is_alnum(word.ptr[i]) && !strchr("-+_./:=,!", word.ptr[i]))
            return false;
    return word.len > 0 && !slice_equal_nocase(word, SLICE("by")) && !slice_equal_nocase(word, SLICE("from"));
}

static bool fits_clause(const struct tail *t, struct slice word) {
    switch (clauses[t->now].kind) {
    case WORD_PROTOCOL:
        return t->words < MOST_WORDS && is_protocol_word(word);
    case WORD_ID:
        return t->words == 0 && is_id_word(word, t->is_plain);
    case WORD_MAILBOX:
        return t->words == 0 && is_mailbox_word(word, t->is_plain);
    }
    return false;
}

static bool take_word(struct tail *t, struct slice word) {
    size_t next = clause_of(word);
    bool needs_word = t->now < CLAUSES && t->words == 0;
    if (!needs_word && next < CLAUSES) {
        bool may_come_again = clauses[next].kind == WORD_PROTOCOL; /* "with ESMTP with STARTTLS" */
        bool may_be_of_user = t->has_pair && clauses[next].kind != WORD_MAILBOX;
        if ((t->has_clause[next] && !may_come_again) || may_be_of_user)
            return false;
        t->has_clause[next] = true;
        t->now = next;
        t->words = 0;
        return true;
    }
    if (t->now == CLAUSES || !fits_clause(t, word)) {
        t->has_pair |= begins(word, pairs);
        return begins(word, pairs) && !t->has_clause[RECIPIENT] && is_plain_word(word);
    }
    t->words++;
    return true;
}

/* Something was opened and never closed: no program writes that. */
static bool is_damaged(const struct tokens *t) {
    return t->is_unbalanced || t->is_angle_open || t->is_quote_open;
}

/* Behind a clause nobody's name and address are written: where they stand, what came before was words of the
 * client. */
static bool is_second_client(const struct tail *t, struct slice comment) {
    static const char *const senders[] = {"envelope-from ", "envelope-sender ", NULL};
    bool is_behind = t->now < CLAUSES;
    return is_behind && may_be_client(comment) && !begins(comment, senders);
}

/* Up to the host behind `by`, or, in a field of its own, up to the semicolon. */
static bool read_by(struct tail *t, enum tail_kind kind) {
    bool is_whole = false;
    for (;;) {
        struct token token = token_next(&t->tokens);
        if (is_damaged(&t->tokens))
            return false;
        if (token.kind == TOKEN_COMMENT) {
            if (!is_note(token.text, kind))
                return false;
            is_whole = kind == TAIL_OF_LOCAL && begins(token.text, whole_notes);
        } else if (token.kind == TOKEN_WORD && slice_equal_nocase(token.text, SLICE("by"))) {
            token = token_next(&t->tokens);
            t->has_by = token.kind == TOKEN_WORD && is_host_word(token.text);
            return t->has_by;
        } else if (token.kind == TOKEN_WORD && slice_equal_nocase(token.text, SLICE("id")) &&
                   !t->has_clause[ID]) {
            t->has_clause[ID] = true; /* DragonFly */
            token = token_next(&t->tokens);
            if (token.kind != TOKEN_WORD || !is_plain_word(token.text))
                return false;
        } else {
            return is_whole && token.kind == TOKEN_SEMICOLON;
        }
    }
}

bool received_tail_is_whole(struct slice tail, enum tail_kind kind, bool is_plain) {
    struct tail t = {.tokens = {.rest = tail}, .is_plain = is_plain, .now = CLAUSES};
    if (!read_by(&t, kind))
        return false;
    while (t.has_by) {
        struct token token = token_next(&t.tokens);
        if (is_damaged(&t.tokens) || token.kind == TOKEN_END)
            return false;
        if (token.kind == TOKEN_SEMICOLON)
            break;
        if (token.kind == TOKEN_WORD && !take_word(&t, token.text))
            return false;
        if (token.kind == TOKEN_COMMENT &&
            (is_second_client(&t, token.text) || is_cut(token.text) || is_cut_quotation(token.text)))
            return false;
    }
    return is_date(t.tokens.rest);
}
