/* What programs say in the comments of Received fields: see received_comment.h. Words that bear a meaning are
 * rows of a table; the others are addresses, names and the program itself. */
#include "parsers/message/received_comment.h"

#include "parsers/base/address.h"
#include "parsers/message/received_note.h"
#include "parsers/message/token.h"

enum meaning {
    MEANS_HELO,
    MEANS_PORT,
    MEANS_VERSION,
    MEANS_CIPHER,
    MEANS_SUITE,
    MEANS_SENDER,
    MEANS_USER,
    MEANS_AUTH,
    MEANS_FORGED,
    MEANS_SECURE,
    MEANS_NOTHING
};

/* A word and what it means: said as "word=value" or "word:value", or, with takes_next, of the word
 * behind it. */
#define WORD(text)                                                                                           \
    { text, sizeof(text) - 1 }

static const struct {
    struct slice word;
    enum meaning meaning;
    bool takes_next;
} words[] = {
    {WORD("helo"), MEANS_HELO, true},
    {WORD("ehlo"), MEANS_HELO, true},
    {WORD("lhlo"), MEANS_HELO, true},
    {WORD("port"), MEANS_PORT, false},
    {WORD("version"), MEANS_VERSION, false},
    {WORD("cipher"), MEANS_CIPHER, true},
    {WORD("tls"), MEANS_SUITE, true},
    {WORD("envelope-from"), MEANS_SENDER, true},
    {WORD("envelope-sender"), MEANS_SENDER, true},
    {WORD("account"), MEANS_USER, true},
    {WORD("user"), MEANS_USER, false},
    {WORD("smtp.auth"), MEANS_USER, false},
    {WORD("authenticated"), MEANS_AUTH, false},
    {WORD("auth"), MEANS_AUTH, false},
    {WORD("forged"), MEANS_FORGED, false},
    {WORD("using"), MEANS_NOTHING, false},
    {WORD("verified"), MEANS_NOTHING, false},
    {WORD("starttls"), MEANS_SECURE, false},
    {WORD("bits"), MEANS_NOTHING, false},
    {WORD("ident"), MEANS_NOTHING, false},
    {WORD("verify"), MEANS_NOTHING, false},
};

struct said {
    int row; /* of the table; -1: none */
    bool has_value;
    struct slice value;
};

static struct said word_look_up(struct slice word) {
    size_t n = 0;
    while (n < word.len && word.ptr[n] != '=')
        n++;
    struct slice key = slice_upto(word, n);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_equal_nocase(key, words[i].word))
            return (struct said){(int)i, n < word.len, slice_from(word, n + 1)};
    return (struct said){-1, false, SLICE_EMPTY};
}

static const struct {
    const char *spelling, *version;
} versions[] = {
    {"TLSv1.3", "TLSv1.3"},   {"TLS1_3", "TLSv1.3"}, {"TLS1.3", "TLSv1.3"}, {"TLSv1_3", "TLSv1.3"},
    {"TLSv1.2", "TLSv1.2"},   {"TLS1_2", "TLSv1.2"}, {"TLS1.2", "TLSv1.2"}, {"TLSv1_2", "TLSv1.2"},
    {"TLSv1.1", "TLSv1.1"},   {"TLS1_1", "TLSv1.1"}, {"TLS1.1", "TLSv1.1"}, {"TLSv1_1", "TLSv1.1"},
    {"TLSv1.0", "TLSv1"},     {"TLS1_0", "TLSv1"},   {"TLS1.0", "TLSv1"},   {"TLSv1", "TLSv1"},
    {"TLSv1/SSLv3", "TLSv1"}, {"TLS1", "TLSv1"},     {"SSLv3", "SSLv3"},    {"SSL3", "SSLv3"},
    {"SSLv2", "SSLv2"},       {"TLS", ""},           {"SSL", ""},
};

static void take_if_none(struct slice *into, struct slice value) {
    if (!into->len)
        *into = value;
}

/* "TLSv1.2:ECDHE-RSA-AES128-GCM-SHA256:128", "TLS1_2", and as OpenSSL describes a cipher (Axigen),
 * "ECDHE-RSA-AES128-GCM-SHA256:TLSv1.2:Kx=ECDH": fills in version and cipher. */
static bool read_tls(struct hop *hop, struct slice word) {
    size_t described = slice_find(word, SLICE(":Kx="));
    if (described < word.len) {
        take_if_none(&hop->tls_cipher, slice_upto(word, slice_find_char(word, ':')));
        word = slice_from(slice_upto(word, described), slice_find_char(word, ':') + 1);
    }
    size_t colon = slice_find_char(word, ':');
    struct slice version = slice_upto(word, colon);
    if (version.len < 3 || (ascii_lower(word.ptr[0]) != 't' && ascii_lower(word.ptr[0]) != 's'))
        return false;
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        if (!slice_equal_nocase(version, slice_of(versions[i].spelling)))
            continue;
        hop->is_tls = true;
        if (!hop->tls_version.len && versions[i].version[0])
            hop->tls_version = slice_of(versions[i].version);
        struct slice cipher = slice_from(word, colon + 1);
        if (colon < word.len && !hop->tls_cipher.len)
            hop->tls_cipher = slice_upto(cipher, slice_find_char(cipher, ':'));
        return true;
    }
    return false;
}

static struct slice without_brackets(struct slice s) {
    size_t close = slice_find_char(s, ']');
    return s.len && s.ptr[0] == '[' && close < s.len ? slice_from(slice_upto(s, close), 1) : s;
}

static void take_meaning(struct hop *hop, enum meaning meaning, struct slice value) {
    switch (meaning) {
    case MEANS_HELO:
        take_if_none(&hop->helo, value);
        break;
    case MEANS_PORT:
        take_if_none(&hop->port, value);
        break;
    case MEANS_VERSION:
        read_tls(hop, value);
        break;
    case MEANS_CIPHER:
        hop->is_tls = true;
        if (!read_tls(hop, value))
            take_if_none(&hop->tls_cipher, value);
        break;
    case MEANS_SUITE: /* "tls TLS_AES_128_GCM_SHA256", but not "TLS secured channel" */
        hop->is_tls = true;
        if (slice_find_char(value, '_') < value.len || slice_find_char(value, '-') < value.len)
            take_if_none(&hop->tls_cipher, value);
        break;
    case MEANS_SENDER:
        take_if_none(&hop->sender, address_strip(value));
        break;
    case MEANS_USER:
        take_if_none(&hop->user, token_unquote(value));
        hop->is_authenticated = true;
        break;
    case MEANS_AUTH:
        hop->is_authenticated = !slice_equal_nocase(value, SLICE("no"));
        break;
    case MEANS_FORGED:
        hop->is_name_doubtful = true;
        break;
    case MEANS_SECURE:
        hop->is_tls = true;
        break;
    case MEANS_NOTHING:
        break;
    }
}

bool received_word(struct hop *hop, struct slice word, struct slice next) {
    struct said said = word_look_up(word);
    if (said.row < 0)
        return false;
    bool takes = words[said.row].takes_next && !said.has_value && next.len;
    if (said.has_value || takes)
        take_meaning(hop, words[said.row].meaning, takes ? next : said.value);
    return takes;
}

bool received_address(struct slice word, struct ip *ip, struct slice *text, struct slice *port) {
    struct slice inside = without_brackets(word);
    bool has_brackets = inside.ptr != word.ptr;
    if (word.len > 2 && word.ptr[0] == '?' &&
        word.ptr[word.len - 1] == '?') /* so qmail and Gmail write brackets */
        inside = word = slice_from(slice_upto(word, word.len - 1), 1);
    struct slice behind = has_brackets ? slice_from(word, inside.len + 2) : SLICE_EMPTY;
    if (!word.len || !(has_brackets || ascii_is_digit(word.ptr[0]) || slice_find_char(word, ':') < word.len))
        return false;
    while (!has_brackets && inside.len && strchr(",.", inside.ptr[inside.len - 1]))
        inside.len--;
    if (!ip_parse(inside, ip)) { /* "192.0.2.1:25" */
        size_t colon = slice_find_char(inside, ':');
        if (!ip_parse(slice_upto(inside, colon), ip))
            return false;
        behind = slice_from(inside, colon);
        inside = slice_upto(inside, colon);
    }
    if (slice_starts_nocase(inside, SLICE("IPv6:")))
        inside = slice_from(inside, 5);
    if (slice_starts_nocase(inside, SLICE("::ffff:")) && slice_find_char(inside, '.') < inside.len)
        inside = slice_from(inside, 7);
    *text = slice_upto(inside, slice_find_char(inside, '%'));
    *port = behind.len > 1 && behind.ptr[0] == ':' ? slice_from(behind, 1) : SLICE_EMPTY;
    return true;
}

/* A comment, as far as it is read. */
struct comment {
    struct hop *hop;
    enum clause clause;
    struct arena *arena;
    struct slice name; /* a word that may be a host's name */
    struct ip address;
    struct slice ip, port;
    size_t others; /* words without a meaning of their own */
    bool has_brackets, has_meaning;
};

static struct slice without_dot(struct slice s) {
    return s.len > 1 && s.ptr[s.len - 1] == '.' ? slice_upto(s, s.len - 1) : s;
}

static void take_host(struct comment *c, struct slice word) {
    struct slice behind_at = word;
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] == '@')
            behind_at = slice_from(word, i + 1); /* "ident@host", "user@domain@192.0.2.1" */
    struct ip ip;
    struct slice text;
    struct slice port;
    if (received_address(behind_at, &ip, &text, &port)) {
        if (!c->ip.len) {
            c->address = ip;
            c->ip = text;
            c->port = port;
        }
    } else if (word.ptr[0] == '[') {
        c->has_brackets = true; /* an address that is none */
    } else {
        if (!c->others++)
            c->name = without_dot(behind_at);
    }
}

/* Of a client everything may be told behind its name. Any other comment is about what its first word is
 * about: where that means nothing, what comes later may be a mailbox, a user, or a name in a certificate. */
static void read_words(struct comment *c, struct slice comment) {
    struct slice word;
    struct slice next;
    for (bool is_first = true; token_comment_word(&comment, &word); is_first = false) {
        bool may_mean = is_first || c->has_meaning || c->clause == IN_FROM;
        struct said said = may_mean ? word_look_up(word) : (struct said){-1, false, SLICE_EMPTY};
        if (said.row < 0) {
            if (may_mean && read_tls(c->hop, word))
                c->has_meaning = true;
            else
                take_host(c, word);
            continue;
        }
        c->has_meaning = true;
        if (words[said.row].takes_next && !said.has_value)
            said.value = token_comment_word(&comment, &next) ? next : SLICE_EMPTY;
        take_meaning(c->hop, words[said.row].meaning, said.value);
    }
}

static void conclude_client(const struct comment *c) {
    struct hop *hop = c->hop;
    bool is_host = c->ip.len || c->has_brackets || (c->others == 1 && !c->has_meaning);
    if (c->ip.len && !hop->ip.len) {
        hop->ip = c->ip;
        hop->address = c->address;
        take_if_none(&hop->port, c->port);
    }
    if (slice_equal_nocase(c->name, SLICE("unknown")) || slice_equal_nocase(c->name, SLICE("unverified")))
        hop->is_name_missing = true;
    else if (is_host && slice_equal_nocase(c->name, SLICE("local")))
        take_if_none(&hop->local, SLICE("local"));
    else if (is_host && !hop->name.len)
        hop->name = c->name;
}

/* Programs that write their name directly behind `by` or not at all. */
static bool stands_behind_by(struct slice software) {
    static const struct slice names[] = {SLICE("Postfix"), SLICE("Postcow"), SLICE("8."), SLICE("Sun "),
                                         SLICE("Oracle ")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (slice_starts_nocase(software, names[i]))
            return true;
    return false;
}

static void conclude_server(const struct comment *c, struct slice comment) {
    struct hop *hop = c->hop;
    if (slice_ends_nocase(comment, SLICE(" encrypted"))) {
        take_meaning(hop, MEANS_CIPHER, c->name);
    } else if (c->ip.len && !c->has_meaning && !hop->by_ip.len) {
        hop->by_ip = c->ip;
        hop->by_name = c->name;
    } else if (c->others && !c->has_meaning && (c->clause == IN_BY || !stands_behind_by(comment))) {
        take_if_none(&hop->software, comment);
    }
}

/* "Postfix, from userid 0": the length of what stands before it; all of the comment, where it ends otherwise.
 */
static size_t find_userid(struct slice comment) {
    size_t at = slice_find_last(comment, SLICE(", from userid "));
    size_t digits;
    struct slice id = slice_from(comment, at + strlen(", from userid "));
    return slice_number(id, &digits) >= 0 && digits == id.len ? at : comment.len;
}

/* "qmail 28454 invoked by uid 48", "from root@localhost", "Postfix, from userid 0": written on the host
 * itself, without a connection. */
static bool read_local(struct hop *hop, enum clause clause, struct slice comment, struct arena *arena) {
    size_t invoked = slice_find(comment, SLICE(" invoked "));
    size_t userid = find_userid(comment);
    if (slice_starts_nocase(comment, SLICE("qmail ")) && invoked < comment.len) {
        hop->software = slice_upto(comment, 5);
        struct slice how = slice_from(comment, invoked + 9);
        take_if_none(&hop->local, slice_starts_nocase(how, SLICE("by ")) ? slice_from(how, 3) : how);
        return true;
    }
    if (userid < comment.len) {
        struct slice id = slice_from(comment, userid + strlen(", from userid "));
        take_if_none(&hop->local, arena_printf(arena, "uid %.*s", (int)id.len, id.ptr));
        take_if_none(&hop->software, slice_upto(comment, userid));
        return true;
    }
    if (slice_starts_nocase(comment, SLICE("from ")) && clause == IN_NOTHING && !hop->by.len) {
        take_if_none(&hop->local, slice_from(comment, 5));
        return true;
    }
    if (slice_starts_nocase(comment, SLICE("uid "))) {
        take_if_none(&hop->local, comment);
        return true;
    }
    return false;
}

/* A note with words of the client; of its TLS only which, for that there was any another word must say. */
static void take_note(struct hop *hop, struct note note) {
    bool is_tls = hop->is_tls;
    switch (note.kind) {
    case NOTE_OF_USER:
        hop->is_authenticated = true;
        take_if_none(&hop->user, token_unquote(note.value));
        for (struct slice word; token_comment_word(&note.session, &word);)
            read_tls(hop, word);
        break;
    case NOTE_OF_SENDER:
        take_meaning(hop, MEANS_SENDER, note.value);
        break;
    case NOTE_OF_OTHER:
    case NOTE_OF_NONE:
        break;
    }
    hop->is_tls = is_tls;
}

bool received_comment(struct hop *hop, enum clause clause, struct slice comment, struct arena *arena) {
    if (slice_starts_nocase(comment, SLICE("via ")) && clause != IN_FROM) {
        take_if_none(&hop->via, slice_from(comment, 4));
        return false;
    }
    struct note note = received_note(comment, hop->by.len > 0);
    struct comment c = {.hop = hop, .clause = clause, .arena = arena};
    take_note(hop, note);
    if (note.kind != NOTE_OF_NONE || (clause != IN_DATE && read_local(hop, clause, comment, arena)))
        return note.kind == NOTE_OF_USER && note.value.len > 0;
    read_words(&c, comment);
    if (clause == IN_FROM)
        conclude_client(&c);
    else if (clause == IN_BY || clause == IN_WITH)
        conclude_server(&c, comment);
    return false;
}
