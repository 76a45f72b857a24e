/* Received fields: see received.h. The client is read by the anchored forms (received_form.h); where none
 * fits, all clauses are found by their key words (from, by, via, with, id, for) in whatever order they come,
 * for people. What programs say in comments is read by received_comment.c. */
#include "parsers/message/received.h"

#include "parsers/base/address.h"
#include "parsers/base/date.h"
#include "parsers/message/received_comment.h"
#include "parsers/message/received_form.h"
#include "parsers/message/token.h"

#define FROM_WORDS      6  /* kept of the from clause; more are not looked at */
#define LONGEST_ADDRESS 64 /* with its zone, and what stands before it */

struct reading {
    struct hop *hop;
    struct arena *arena;
    enum clause clause;
    struct slice from[FROM_WORDS];
    size_t from_count;
    struct slice date, date_before; /* behind the last semicolon, and behind the one before it */
    struct slice day;               /* from the last word that is a day, of the week or whole */
    struct slice pending;           /* a word that may belong to the next one */
    bool is_behind_user;            /* in the same clause: see received_comment.h */
};

static const struct {
    const char *word;
    enum clause clause;
} clauses[] = {{"from", IN_FROM}, {"by", IN_BY}, {"via", IN_VIA},
               {"with", IN_WITH}, {"id", IN_ID}, {"for", IN_FOR}};

static enum clause clause_of(struct slice word) {
    if (word.len < 2 || word.len > 4)
        return IN_NOTHING;
    for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++)
        if (slice_equal_nocase(word, slice_of(clauses[i].word)))
            return clauses[i].clause;
    return IN_NOTHING;
}

static bool is_day(struct slice word) {
    static const char days[] = "montuewedthufrisatsun";
    if (word.len == 10 && slice_number(word, NULL) > 1969 && word.ptr[4] == '-' && word.ptr[7] == '-')
        return true; /* 2026-11-24 */
    if (word.len == 4 && word.ptr[3] == ',')
        word.len = 3;
    for (size_t i = 0; word.len == 3 && i < 21; i += 3)
        if (slice_equal_nocase(word, (struct slice){days + i, 3}))
            return true;
    return false;
}

static void extend(struct slice *text, struct slice word) {
    if (!text->ptr)
        *text = word;
    else if (word.ptr == text->ptr + text->len + 1)
        text->len = (size_t)(word.ptr + word.len - text->ptr);
}

static void take_by(struct hop *hop, struct slice word) {
    struct ip ip;
    struct slice text;
    struct slice port;
    while (word.len > 1 && strchr(",.", word.ptr[word.len - 1]))
        word.len--;
    hop->by = word;
    if (received_address(word, &ip, &text, &port))
        hop->by_ip = text;
}

/* "ESMTP/TLS/DHE-RSA-AES256-SHA" */
static void take_with(struct hop *hop, struct slice word) {
    size_t slash = slice_find_char(word, '/');
    if (slice_equal_nocase(word, SLICE("STARTTLS")))
        hop->is_tls = true;
    if (hop->with.ptr && word.ptr != hop->with.ptr + hop->with.len + 1)
        return;
    if (!hop->with.ptr && slice_starts_nocase(slice_from(word, slash), SLICE("/TLS"))) {
        hop->is_tls = true;
        hop->tls_cipher = slice_from(word, slash + 5);
        word = slice_upto(word, slash);
    }
    extend(&hop->with, word);
}

static bool has_clause(const struct reading *r, enum clause clause) {
    switch (clause) {
    case IN_FROM:
        return r->from_count > 0;
    case IN_BY:
        return r->hop->by.len > 0;
    case IN_ID:
        return r->hop->id.len > 0;
    case IN_FOR:
        return r->hop->recipient.len > 0;
    default:
        return false;
    }
}

/* Returns whether it is what its clause names: an id or a mailbox, whatever it looks like. */
static bool take_word(struct reading *r, struct slice word) {
    struct hop *hop = r->hop;
    bool has_value = has_clause(r, r->clause);
    switch (r->clause) {
    case IN_FROM:
        if (r->from_count < FROM_WORDS)
            r->from[r->from_count++] = word;
        break;
    case IN_BY:
        if (!hop->by.len)
            take_by(hop, word);
        else if (slice_equal(word, SLICE("TLS")))
            hop->is_tls = true;
        break;
    case IN_VIA:
        extend(&hop->via, word);
        break;
    case IN_WITH:
        take_with(hop, word);
        break;
    case IN_ID:
        if (!hop->id.len)
            hop->id = address_unbracket(word);
        break;
    case IN_FOR:
        if (!hop->recipient.len)
            hop->recipient = address_strip(word);
        break;
    case IN_NOTHING:
    case IN_DATE:
        break;
    }
    return !has_value && has_clause(r, r->clause);
}

static void read_word(struct reading *r, struct slice word) {
    enum clause next = clause_of(word);
    if (r->pending.len && received_word(r->hop, r->pending, word)) {
        r->pending = SLICE_EMPTY;
        return;
    }
    r->pending = SLICE_EMPTY;
    if (next != IN_NOTHING && r->clause != IN_DATE) {
        r->clause = has_clause(r, next) ? IN_NOTHING : next;
        r->is_behind_user = false;
        return;
    }
    if (is_day(word))
        r->day = (struct slice){word.ptr, (size_t)(r->hop->text.ptr + r->hop->text.len - word.ptr)};
    if (!take_word(r, word) && r->clause != IN_FROM)
        r->pending = word;
}

static void read_clauses(struct reading *r, struct slice text) {
    struct tokens tokens = {.rest = text};
    for (struct token t = token_next(&tokens); t.kind != TOKEN_END; t = token_next(&tokens)) {
        switch (t.kind) {
        case TOKEN_WORD:
            read_word(r, t.text);
            break;
        case TOKEN_COMMENT:
            if (!r->is_behind_user)
                r->is_behind_user = received_comment(r->hop, r->clause, t.text, r->arena);
            break;
        case TOKEN_SEMICOLON:
            r->date_before = r->date;
            r->date = tokens.rest;
            r->clause = r->hop->by.len ? IN_DATE : IN_NOTHING;
            break;
        case TOKEN_END:
            break;
        }
    }
    if (r->pending.len)
        received_word(r->hop, r->pending, SLICE_EMPTY);
}

static void read_time(struct reading *r) {
    struct hop *hop = r->hop;
    hop->time = r->date.len ? date_parse(r->date) : -1;
    if (hop->time == -1 && r->date_before.len)
        hop->time = date_parse(r->date_before);
    if (hop->time == -1 && r->day.len)
        hop->time = date_parse(r->day);
}

static bool is_unknown(struct slice word) {
    return slice_equal_nocase(word, SLICE("unknown")) || slice_equal_nocase(word, SLICE("unverified"));
}

/* The address may stand among the words: "from [192.0.2.1]", "from host [192.0.2.1]:25". */
static void find_address(struct reading *r) {
    for (size_t i = 0; i < r->from_count && !r->hop->ip.len; i++)
        received_address(r->from[i], &r->hop->address, &r->hop->ip, &r->hop->port);
}

static bool speaks_smtp(struct slice with) {
    return slice_find_nocase(with, SLICE("SMTP")) < with.len ||
           slice_find_nocase(with, SLICE("LMTP")) < with.len;
}

/* Who the client is: the first word is what it called itself, or, where a comment says that, its name. */
static void read_client(struct reading *r) {
    struct hop *hop = r->hop;
    struct ip ip;
    struct slice text;
    struct slice port;
    struct slice first = r->from_count ? r->from[0] : SLICE_EMPTY;
    find_address(r);
    if (!first.len)
        return;
    bool is_address = received_address(first, &ip, &text, &port);
    if (hop->helo.len) {
        hop->is_name_missing |= is_unknown(first);
        if (is_address && !slice_equal(text, hop->ip))
            hop->proxy = text;
        if (!hop->name.len && !is_address && !is_unknown(first))
            hop->name = first;
        return;
    }
    for (size_t i = 1; i < r->from_count && !hop->ip.len; i++)
        extend(&first, r->from[i]); /* "mail pickup service" */
    bool is_exim = slice_starts_nocase(hop->software, SLICE("Exim"));
    if (is_exim && hop->ip.len && !hop->name.len && address_is_host(first))
        hop->name = first; /* Exim writes the verified name first, and the HELO only where it differs */
    bool is_network = hop->ip.len || hop->name.len || speaks_smtp(hop->with);
    bool is_user = !hop->local.len || slice_starts_nocase(hop->local, SLICE("uid "));
    if (is_user && !is_network && slice_find_char(first, '.') == first.len)
        hop->local = first;
    else if (slice_equal_nocase(hop->with, SLICE("local")) && !hop->ip.len)
        hop->local = hop->local.len ? hop->local : first;
    else if (!(is_address && hop->helo.len == 0 && r->from_count == 1 && hop->ip.ptr == text.ptr))
        hop->helo = first;
}

/* The words of the registry (RFC 3848, RFC 6531): S for TLS, A for authentication. */
static void read_protocol(struct hop *hop, struct slice word) {
    if (slice_starts_nocase(word, SLICE("UTF8")))
        word = slice_from(word, 4);
    if (slice_equal_nocase(word, SLICE("HTTPS")))
        hop->is_tls = true;
    size_t mtp = slice_find_nocase(word, SLICE("MTP"));
    if (mtp > 2 || mtp == word.len || word.len > mtp + 5)
        return;
    for (struct slice tail = slice_from(word, mtp + 3); tail.len; tail = slice_from(tail, 1)) {
        hop->is_tls |= ascii_lower(tail.ptr[0]) == 's';
        hop->is_authenticated |= ascii_lower(tail.ptr[0]) == 'a';
    }
}

/* Programs that write a name only where its address and the address its name agree. */
static bool checks_names(struct slice software) {
    static const char *const programs[] = {"Postfix", "Exim", "8.", "Postcow", "Sun ", "Oracle "};
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        if (slice_starts_nocase(software, slice_of(programs[i])))
            return true;
    return false;
}

/* Protocols by which mail is handed over inside one system, where no address is written: nobody outside can
 * have the program write them. */
static bool is_hand_over(struct slice with) {
    static const char *const protocols[] = {"LMTP",         "local", "HTTP", "mapi", "Microsoft SMTPSVC",
                                            "spam-scanned", "bsmtp"};
    for (size_t i = 0; i < sizeof protocols / sizeof *protocols; i++)
        if (slice_starts_nocase(with, slice_of(protocols[i])))
            return true;
    return false;
}

/* The holes of the form that fits. */
static void take_client(struct reading *r, const struct form_client *c) {
    struct hop *hop = r->hop;
    struct ip ip;
    struct slice text;
    struct slice port;
    bool is_nameless = is_unknown(c->name) || slice_equal(c->name, SLICE("<unknown>"));
    hop->helo = c->helo;
    hop->port = c->port;
    hop->user = c->user;
    hop->is_authenticated = c->user.len > 0;
    hop->is_name_doubtful = c->is_name_doubtful;
    hop->is_name_missing = is_nameless;
    received_address(c->ip, &hop->address, &hop->ip, &text);
    if (received_address(c->name, &ip, &text, &port))
        hop->proxy = slice_equal(text, hop->ip) ? SLICE_EMPTY : text;
    else if (!is_nameless)
        hop->name = c->name.len > 1 && c->name.ptr[c->name.len - 1] == '.'
                        ? slice_upto(c->name, c->name.len - 1)
                        : c->name;
    for (struct slice rest = c->local, word; slice_next_word(&rest, &word);)
        r->from[r->from_count++] = word;
}

static void read_form(struct reading *r, const struct form_reading *form) {
    struct hop *hop = r->hop;
    take_client(r, &form->client);
    read_clauses(r, form->tail);
    if (r->from_count)
        read_client(r);
    bool is_exim = slice_starts_nocase(hop->software, SLICE("Exim"));
    if (is_exim && !hop->helo.len)
        hop->helo = hop->name; /* Exim writes the HELO only where it differs from the verified name */
    hop->is_anchored = form->fit == FIT_WHOLE;
    hop->is_client_known = true;
    hop->is_name_checked = checks_names(hop->software);
    bool is_here = !form->has_from || form->client.here.len || is_hand_over(hop->with) ||
                   slice_starts_nocase(hop->software, SLICE("mailgateway ")); /* iCloud's, behind its MX */
    hop->is_handed_over = hop->is_anchored && !hop->ip.len && is_here;
}

/* How long is what may be an address, from here on? */
static size_t address_run(struct slice s) {
    size_t n = 0;
    while (n < s.len && n < LONGEST_ADDRESS && s.ptr[n] &&
           (ascii_is_alnum(s.ptr[n]) || strchr(".:%", s.ptr[n])))
        n++;
    return n;
}

/* Does another address stand there than the one that was read? A literal in the place of the HELO is none,
 * nor is the number of a version: "id 14.3.123.3". */
static bool has_other_address(const struct hop *hop) {
    struct slice text = hop->text;
    for (size_t at = 0, next; at < text.len; at = next) {
        struct ip ip;
        size_t n = address_run(slice_from(text, at));
        struct slice run = slice_upto(slice_from(text, at), n);
        next = at + n + 1;
        bool is_one = ip_parse(run, &ip) || ip_parse(slice_upto(run, slice_find_char(run, ':')), &ip);
        if (!is_one || ip_is_same(&ip, &hop->address))
            continue;
        bool is_literal = at > 0 && text.ptr + at - 1 == hop->helo.ptr && hop->helo.ptr < hop->ip.ptr;
        bool is_version = at > 2 && slice_equal_nocase((struct slice){text.ptr + at - 3, 3}, SLICE("id "));
        if (!is_literal && !is_version)
            return true;
    }
    return false;
}

/* For people only: a login or TLS is not told, for words of the client may tell them. Nor is a client's name
 * and address where the field holds a second one: either may be its own word. */
static void read_leniently(struct reading *r) {
    struct hop *hop = r->hop;
    read_clauses(r, hop->text);
    read_client(r);
    if (hop->ip.len && has_other_address(hop))
        hop->ip = hop->port = hop->name = hop->proxy = SLICE_EMPTY;
    hop->address.family = 0;
}

bool received_parse(struct slice value, struct arena *arena, struct hop *hop) {
    *hop = (struct hop){.text = value, .time = -1};
    struct reading r = {.hop = hop, .arena = arena};
    struct form_reading form = received_form_read(value);
    if (form.fit == FIT_NONE)
        read_leniently(&r);
    else
        read_form(&r, &form);
    read_time(&r);
    for (struct slice rest = hop->with, word; slice_next_word(&rest, &word);)
        read_protocol(hop, word);
    if (form.fit != FIT_WHOLE) {
        hop->is_tls = hop->is_authenticated = false;
        hop->user = SLICE_EMPTY;
    }
    if (!hop->is_tls)
        hop->tls_version = hop->tls_cipher = SLICE_EMPTY;
    return hop->by.len || hop->helo.len || hop->name.len || hop->ip.len || hop->local.len;
}
