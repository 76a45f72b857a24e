/* Authentication-Results and Received-SPF: see auth_results.h. */
#include "parsers/message/auth_results.h"

#include "parsers/base/address.h"
#include "parsers/base/text.h"
#include "parsers/message/token.h"

#define MOST_OF_KEY   200 /* bytes of each part of a key that is written in parts */
#define MOST_PARTS    8   /* of such a key */
#define MIN_LENGTH(n) ((n) < MOST_OF_KEY ? (n) : MOST_OF_KEY)

struct reading {
    struct arena *arena;
    struct claim *first, **end;
    struct claim *claim;              /* of this segment; NULL: none yet */
    struct property *orphans;         /* said before any method: they belong to the next claim */
    struct property **properties_end; /* of the claim, else of the orphans */
    size_t count;                     /* claims and properties so far */
    bool *has_more;
    struct slice by;
    unsigned instance;
    struct slice key; /* waits for its value */
    bool is_unheard;  /* what follows is of a result that is not believed */
    unsigned key_parts;
    bool has_equals, is_none;
};

static struct reading begin(struct arena *arena, bool *has_more) {
    return (struct reading){.arena = arena, .has_more = has_more};
}

static bool is_full(struct reading *r) {
    *r->has_more |= r->count == LIMIT_RESULTS;
    return r->count == LIMIT_RESULTS;
}

static void add_property(struct reading *r, struct slice name, struct slice value) {
    if (value.len > 1 && value.ptr[0] == '<' && value.ptr[value.len - 1] == '>') /* Zoho: header.from=<a@b> */
        value = slice_upto(slice_from(value, 1), value.len - 2);
    if (is_full(r))
        return;
    struct property *p = ARENA_NEW(r->arena, struct property);
    *p = (struct property){NULL, name, value};
    if (!r->claim && !r->orphans)
        r->properties_end = &r->orphans;
    *r->properties_end = p;
    r->properties_end = &p->next;
    r->count++;
}

/* NULL where there are too many. What was said before it, of no claim, is said of this one. */
static struct claim *add_claim(struct reading *r, struct slice method, struct slice result) {
    if (is_full(r))
        return NULL;
    struct claim *c = ARENA_NEW(r->arena, struct claim);
    c->method = text_fold_case(r->arena, slice_upto(method, slice_find_char(method, '/')));
    c->result = text_fold_case(r->arena, result);
    c->properties = r->orphans;
    if (!r->orphans)
        r->properties_end = &c->properties;
    r->orphans = NULL;
    r->count++;
    *r->end = c;
    r->end = &c->next;
    return c;
}

/* Methods are words of the registry or begin with x-; what else stands before a method is said of it. */
static bool is_method(struct slice name) {
    static const char *const known[] = {"spf",       "dkim",       "dmarc",     "arc",         "auth",
                                        "iprev",     "domainkeys", "sender-id", "dkim-adsp",   "smime",
                                        "dkim-atps", "dnswl",      "vbr",       "rrvs",        "compauth",
                                        "bimi",      "hardfail",   "policy",    "dkim-policy", "dkim-align",
                                        "ptr",       "openpgp",    "pgp",       "tls",         "fcrdns"};
    name = slice_upto(name, slice_find_char(name, '/'));
    if (slice_starts_nocase(name, SLICE("x-")))
        return true;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (slice_equal_nocase(name, slice_of(known[i])))
            return true;
    return false;
}

static bool is_result(struct slice word) {
    static const char *const known[] = {"pass",      "fail",          "none",    "neutral",
                                        "softfail",  "hardfail",      "policy",  "temperror",
                                        "permerror", "bestguesspass", "discard", "nxdomain"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (slice_equal_nocase(word, slice_of(known[i])))
            return true;
    return false;
}

/* FortiMail has no semicolon between two methods. What follows the first may stand in its address too, which
 * a sender chose: so a result that passed is not believed there, and what it says is said of no method. */
static bool begins_without_semicolon(struct reading *r, struct slice name, struct slice value) {
    static const char *const methods[] = {"spf", "dkim", "dmarc", "arc", "iprev"};
    for (size_t i = 0; r->claim && i < sizeof methods / sizeof *methods; i++)
        if (slice_equal_nocase(name, slice_of(methods[i])) && is_result(value))
            return true;
    return false;
}

static void take_pair(struct reading *r, struct slice name, struct slice value) {
    value = token_unquote(value);
    if (begins_without_semicolon(r, name, value)) {
        r->is_unheard =
            slice_equal_nocase(value, SLICE("pass")) || slice_equal_nocase(value, SLICE("bestguesspass"));
        r->claim = r->is_unheard ? r->claim : add_claim(r, name, value);
    } else if (r->is_unheard)
        return;
    else if (r->claim && slice_equal_nocase(name, SLICE("reason")))
        r->claim->reason = value;
    else if (r->claim)
        add_property(r, name, value);
    else if (slice_equal(name, SLICE("i")) && !r->first)
        r->instance = (unsigned)(slice_number(value, NULL) > 0 ? slice_number(value, NULL) : 0);
    else if (is_method(name) || is_result(value))
        r->claim = add_claim(r, name, value);
    else
        add_property(r, name, value);
}

/* A word that is part of no pair: the authserv-id, its version, or `none`. */
static void take_bare(struct reading *r, struct slice word) {
    if (slice_equal_nocase(word, SLICE("none")))
        r->is_none = true;
    else if (!r->by.len && !r->claim && (!r->first || address_is_host(word)))
        r->by = token_unquote(word);
}

static void flush_key(struct reading *r) {
    if (r->key.len && r->has_equals)
        take_pair(r, r->key, SLICE_EMPTY);
    else if (r->key.len)
        take_bare(r, r->key);
    r->key = SLICE_EMPTY;
    r->has_equals = false;
}

static void take_value(struct reading *r, struct slice value) {
    if (!value.len) {
        r->has_equals = true;
        return;
    }
    take_pair(r, r->key, value);
    r->key = SLICE_EMPTY;
    r->has_equals = false;
}

/* Does the word go on with the key: "dkim" "/" "1", "policy" "." "expired"? */
static bool continues_key(const struct reading *r, struct slice word) {
    if (!r->key.len || r->has_equals)
        return false;
    char last = r->key.ptr[r->key.len - 1];
    if (r->key_parts == MOST_PARTS)
        return false;
    return last == '/' || last == '.' || word.ptr[0] == '/' || word.ptr[0] == '.';
}

/* Blanks and comments may stand around every = / and . (RFC 8601 section 2.2: CFWS). */
static void read_word(struct reading *r, struct slice word) {
    if (r->key.len && r->has_equals) {
        take_value(r, word);
        return;
    }
    if (r->key.len && word.ptr[0] == '=') {
        take_value(r, slice_from(word, 1));
        return;
    }
    unsigned parts = 1;
    if (continues_key(r, word)) {
        parts = r->key_parts + 1;
        word = arena_printf(r->arena, "%.*s%.*s", (int)MIN_LENGTH(r->key.len), r->key.ptr,
                            (int)MIN_LENGTH(word.len), word.ptr);
        r->key = SLICE_EMPTY;
    }
    flush_key(r);
    size_t equals = word.ptr[0] == '"' ? word.len : slice_find_char(word, '=');
    r->key = slice_upto(word, equals);
    r->key_parts = parts;
    if (equals < word.len && equals > 0)
        take_value(r, slice_from(word, equals + 1));
}

static void end_segment(struct reading *r) {
    flush_key(r);
    r->claim = NULL;
    r->is_unheard = false;
}

static void finish(struct reading *r) {
    if (!r->first && r->is_none)
        add_claim(r, SLICE("none"), SLICE("none"));
    for (struct claim *c = r->first; c; c = c->next) {
        c->by = r->by;
        c->instance = r->instance;
    }
}

static void read_pairs(struct reading *r, struct tokens *tokens) {
    for (struct token t = token_next(tokens); t.kind != TOKEN_END; t = token_next(tokens)) {
        if (t.kind == TOKEN_WORD)
            read_word(r, t.text);
        else if (t.kind == TOKEN_SEMICOLON)
            end_segment(r);
        else if (r->claim && !r->claim->comment.len)
            r->claim->comment = t.text;
    }
    end_segment(r);
}

struct claim *auth_results_parse(struct slice value, struct arena *arena, bool *has_more) {
    struct reading r = begin(arena, has_more);
    struct tokens tokens = {.rest = value};
    r.end = &r.first;
    read_pairs(&r, &tokens);
    finish(&r);
    return r.first;
}

/* Who checked: receiver=, else the name that the comment begins with ("google.com: domain of …"). */
static struct slice spf_writer(const struct claim *c) {
    for (const struct property *p = c->properties; p; p = p->next)
        if (slice_equal_nocase(p->name, SLICE("receiver")))
            return p->value;
    struct slice name = slice_upto(c->comment, slice_find_char(c->comment, ':'));
    return name.len < c->comment.len && address_is_host(name) ? name : SLICE_EMPTY;
}

/* The envelope sender, or its domain, in the comment that RFC 4408 section 7 gave as an example and that
 * Yahoo, Microsoft and Gmail write: "domain of example.net designates 192.0.2.5 as permitted sender". Empty
 * where the word is in quotes, for such a local part may hold the words behind it. */
static struct slice spf_sender_in_comment(struct slice comment) {
    const struct slice before = SLICE("domain of ");
    const struct slice changing = SLICE("transitioning ");
    size_t at = slice_find(comment, before);
    struct slice rest = at < comment.len ? slice_from(comment, at + before.len) : SLICE_EMPTY;
    if (slice_starts_nocase(rest, changing))
        rest = slice_from(rest, changing.len);
    struct slice word = slice_upto(rest, slice_find_char(rest, ' '));
    rest = slice_from(rest, word.len);
    bool is_form = slice_starts_nocase(rest, SLICE(" designates ")) ||
                   slice_starts_nocase(rest, SLICE(" does not designate ")) ||
                   slice_starts_nocase(rest, SLICE(" discourages use of "));
    struct slice domain = slice_find_char(word, '@') < word.len ? address_domain(word) : word;
    return is_form && address_is_host(domain) && slice_find_char(word, '"') == word.len ? word : SLICE_EMPTY;
}

/* Does it say already whose record was looked at? */
static bool names_spf_identity(const struct claim *c) {
    for (const struct property *p = c->properties; p; p = p->next)
        if (slice_equal_nocase(p->name, SLICE("envelope-from")) ||
            slice_equal_nocase(p->name, SLICE("identity")))
            return true;
    return false;
}

struct claim *received_spf_parse(struct slice value, struct arena *arena, bool *has_more) {
    struct reading r = begin(arena, has_more);
    struct tokens tokens = {.rest = value};
    r.end = &r.first;
    struct token result = token_next(&tokens);
    if (result.kind != TOKEN_WORD || slice_find_char(result.text, '=') < result.text.len)
        return NULL;
    struct claim *claim = add_claim(&r, SLICE("spf"), result.text);
    r.claim = claim;
    for (struct token t = token_next(&tokens); t.kind != TOKEN_END; t = token_next(&tokens)) {
        if (t.kind == TOKEN_WORD)
            read_word(&r, t.text);
        else if (t.kind == TOKEN_SEMICOLON)
            flush_key(&r);
        else if (!claim->comment.len)
            claim->comment = t.text;
    }
    flush_key(&r);
    struct slice sender = spf_sender_in_comment(claim->comment);
    if (sender.len && !names_spf_identity(claim))
        add_property(&r, SLICE("envelope-from"), sender);
    for (struct property *p = claim->properties; p; p = p->next)
        p->value = address_strip(p->value);
    claim->by = spf_writer(claim);
    return claim;
}
