/* What terms of SPF that are written wrong were meant to be: see spf_meant.h. */
#include "analyze/auth/spf_meant.h"

#include "analyze/auth/spf_networks.h"
#include "parsers/base/address.h"
#include "parsers/base/nearest.h"
#include "parsers/dns/spf_record.h"
#include "parsers/dns/typed.h"

#include <string.h>

#define MOST_OF_TERM       400 /* bytes of one that may be several */
#define MOST_OF_LIST       50  /* of its parts */
#define SHORTEST_SLIP      5
#define MOST_WRONG_LETTERS 2

/* The host of "https://host/". */
static struct slice host_in(struct slice text) {
    size_t at = slice_find(text, SLICE("://"));
    text = slice_from(text, at < text.len ? at + 3 : 0);
    return slice_upto(text, slice_find_char(text, '/'));
}

static bool is_one_of(struct slice name, const char *const *names) {
    for (; *names; names++)
        if (slice_equal_nocase(name, slice_of(*names)))
            return true;
    return false;
}

/* "redirect" of "redirct": the long name that a word is a slip of; NULL: of none. */
static const char *slip_of(struct slice word) {
    static const char *const names[] = {"include", "redirect", "exists"};
    const char *near[1];
    struct nearest n = {.word = word, .names = near, .most = 1};
    for (size_t i = 0; word.len >= SHORTEST_SLIP && i < sizeof names / sizeof *names; i++)
        nearest_offer(&n, slice_of(names[i]), names[i]);
    return n.count && n.distances[0] <= MOST_WRONG_LETTERS ? near[0] : NULL;
}

static struct slice with_name(struct slice sign, struct slice name, struct slice argument,
                              struct arena *arena) {
    static const char *const networks[] = {"ip", "ip4", "ip6", "ipv4", "ipv6", "ip-4", "a", "host", NULL};
    static const char *const includes[] = {"include", "includes", "inc", "incl", "spf", NULL};
    static const char *const hosts[] = {"ip", "ip4", "ip6", "ipv4", "ipv6", "a", "mx", "host", NULL};
    static const char *const alls[] = {"al", "alll", "aall", "any", NULL};
    struct slice found = SLICE_EMPTY;
    const char *slip = slip_of(name);
    name = slip ? slice_of(slip) : name;
    if (is_one_of(name, networks))
        found = spf_networks_meant(sign, argument, arena);
    if (!found.len && is_one_of(name, includes))
        found =
            spf_terms_if_right(arena_printf(arena, "%.*sinclude:%.*s", S(sign), S(host_in(argument))), arena);
    if (!found.len && slice_equal_nocase(name, SLICE("redirect")))
        found = spf_terms_if_right(arena_printf(arena, "redirect=%.*s", S(host_in(argument))), arena);
    if (!found.len && is_one_of(name, hosts) && argument.len)
        found = spf_terms_if_right(arena_printf(arena, "%.*s%s:%.*s", S(sign),
                                                slice_equal_nocase(name, SLICE("mx")) ? "mx" : "a",
                                                S(host_in(argument))),
                                   arena);
    if (!found.len && slice_equal_nocase(name, SLICE("exists")))
        found = spf_terms_if_right(arena_printf(arena, "%.*sexists:%.*s", S(sign), S(argument)), arena);
    if (!found.len && !argument.len)
        found = spf_terms_if_right(
            arena_printf(arena, "%.*s%.*s", S(sign), S(is_one_of(name, alls) ? SLICE("all") : name)), arena);
    return found;
}

/* "include=host": a modifier that does not exist, which receivers pass over (RFC 7208 section 6); or
 * "include:a,b" and "include:https://host", which they take for one name. */
static bool is_misread(struct slice term) {
    static const char *const names[] = {"ip4", "ip6",    "a",  "mx",  "include",
                                        "ptr", "exists", "ip", "all", NULL};
    static const char *const modifiers[] = {"redirect", "exp", NULL};
    size_t equals = slice_find_char(term, '=');
    struct slice name = slice_upto(term, equals);
    if (slice_find_char(term, ',') < term.len && slice_find_char(term, '%') == term.len)
        return true; /* no name has a comma */
    if (slice_find(term, SLICE("://")) < term.len)
        return true;
    return equals < term.len && !is_one_of(name, modifiers) && (is_one_of(name, names) || slip_of(name));
}

/* Does a term begin here that stands behind another without a blank: where strings were put together? */
static bool begins_term(struct slice rest) {
    static const char *const starts[] = {"include:", "ip4:", "ip6:", "exists:", "redirect="};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (slice_starts_nocase(rest, slice_of(starts[i])))
            return true;
    return rest.len == 4 && ascii_is_any(rest.ptr[0], "+-?~") &&
           slice_starts_nocase(slice_from(rest, 1), SLICE("all"));
}

/* Terms that stand together, each of them right, with blanks between; empty: it is something else. */
static struct slice taken_apart(struct slice term, struct arena *arena) {
    struct slice out = SLICE_EMPTY;
    size_t start = 0;
    for (size_t i = 1; i <= term.len; i++) {
        bool is_sign = i < term.len && ascii_is_any(term.ptr[i - 1], "+-?~");
        if (i < term.len && (is_sign || !begins_term(slice_from(term, i))))
            continue;
        struct slice part = slice_upto(slice_from(term, start), i - start);
        if (!spf_terms_if_right(part, arena).len)
            return SLICE_EMPTY;
        out = arena_printf(arena, "%.*s%s%.*s", S(out), start ? " " : "", S(part));
        start = i;
    }
    return out.len > term.len ? out : SLICE_EMPTY;
}

/* "-all" and what stands behind it without a blank, where that is a term; "all" of "all" alone. */
static struct slice all_apart(struct slice term, struct arena *arena) {
    if (term.len < 5 || !ascii_is_any(term.ptr[0], "+-?~") ||
        !slice_starts_nocase(slice_from(term, 1), SLICE("all")) || ascii_is_any(term.ptr[4], ":=/"))
        return SLICE_EMPTY;
    struct slice rest = slice_from(term, 4);
    struct spf_record r;
    bool is_term = rest.len >= SHORTEST_SLIP && spf_terms_parse(rest, arena, &r) &&
                   (r.terms || r.redirect || r.exp || slice_equal_nocase(rest, SLICE("v=spf1")));
    return is_term ? arena_printf(arena, "%.4s %.*s", term.ptr, S(rest)) : slice_upto(term, 4);
}

/* The braces that macros have (RFC 7208 section 7.1), where they were left out or are round ones. */
static struct slice with_braces(struct slice term, struct arena *arena) {
    struct slice out = SLICE_EMPTY;
    size_t start = 0;
    for (size_t i = 0; i + 1 < term.len; i++) {
        char letter = term.ptr[i + 1];
        bool is_round = letter == '(' && slice_find_char(slice_from(term, i), ')') < term.len - i;
        bool is_bare =
            ascii_is_any(letter, "slodiphv") && (i + 2 == term.len || !ascii_is_alnum(term.ptr[i + 2]));
        if (term.ptr[i] != '%' || (!is_round && !is_bare))
            continue;
        size_t len = is_round ? slice_find_char(slice_from(term, i), ')') - 2 : 1;
        out = arena_printf(arena, "%.*s%.*s%%{%.*s}", S(out), (int)(i - start), term.ptr + start, (int)len,
                           term.ptr + i + 1 + is_round);
        i += len + (is_round ? 2 : 0);
        start = i + 1;
    }
    return start ? arena_printf(arena, "%.*s%.*s", S(out), S(slice_from(term, start))) : term;
}

/* A term without what stands around it, its sign before it and once. */
static struct slice stripped(struct slice term, struct arena *arena) {
    while (term.len && ascii_is_any(term.ptr[term.len - 1], "\"',;."))
        term.len--;
    while (term.len && ascii_is_any(term.ptr[0], "\"',;"))
        term = slice_from(term, 1);
    while (term.len > 1 && ascii_is_any(term.ptr[0], "+-?~") && ascii_is_any(term.ptr[1], "+-?~"))
        term = slice_from(term, 1);
    if (term.len == 4 && ascii_is_any(term.ptr[0], "_=*!") && slice_ends_nocase(term, SLICE("all")))
        term = arena_printf(arena, "-%.*s", S(slice_from(term, 1)));
    if (term.len > 1 && ascii_is_any(term.ptr[term.len - 1], "+-?~") && !ascii_is_any(term.ptr[0], "+-?~"))
        term = arena_printf(arena, "%c%.*s", term.ptr[term.len - 1], S(slice_upto(term, term.len - 1)));
    return term;
}

static struct slice one_mended(struct slice term, struct arena *arena) {
    if (spf_terms_if_right(term, arena).len && !is_misread(term))
        return term;
    struct slice apart = term.len < MOST_OF_TERM ? taken_apart(term, arena) : SLICE_EMPTY;
    if (!apart.len)
        apart = all_apart(term, arena);
    if (apart.len)
        return apart;
    term = stripped(term, arena);
    if (term.len < MOST_OF_TERM)
        term = with_braces(term, arena);
    if (spf_terms_if_right(term, arena).len && !is_misread(term))
        return term;
    size_t sign_len = term.len && ascii_is_any(term.ptr[0], "+-?~") ? 1 : 0;
    struct slice sign = slice_upto(term, sign_len);
    struct slice body = slice_from(term, sign_len);
    struct slice found = spf_networks_meant(sign, body, arena);
    size_t end = 0;
    while (end < body.len && !ascii_is_any(body.ptr[end], ":="))
        end++;
    if (!found.len)
        found = with_name(sign, slice_upto(body, end), slice_from(body, end + 1), arena);
    return found;
}

static size_t list_end(struct slice rest) {
    size_t end = 0;
    while (end < rest.len && !ascii_is_any(rest.ptr[end], ",;|"))
        end++;
    return end;
}

/* "ip4:a,b" is meant as "ip4:a ip4:b": what has no name of its own has that of the one before it. */
static struct slice list_mended(struct slice term, struct arena *arena) {
    struct slice out = SLICE_EMPTY;
    struct slice name = SLICE_EMPTY;
    for (unsigned i = 0; i < MOST_OF_LIST && term.len; i++) {
        struct slice part = slice_upto(term, list_end(term));
        term = slice_from(term, part.len + 1);
        size_t colon = slice_find_char(part, ':');
        struct slice found = one_mended(part, arena);
        if (name.len && (!found.len || slice_equal(found, part)) && colon == part.len &&
            slice_find_char(part, '.') < part.len)
            found = one_mended(arena_printf(arena, "%.*s:%.*s", S(name), S(part)), arena);
        else if (colon < part.len)
            name = slice_upto(part, colon);
        if (found.len)
            out = arena_printf(arena, "%.*s%s%.*s", S(out), out.len ? " " : "", S(found));
    }
    return out;
}

struct slice spf_term_mended(struct slice term, struct arena *arena) {
    if (spf_terms_if_right(term, arena).len && !is_misread(term))
        return SLICE_EMPTY;
    term = text_as_typed(term, arena);
    while (term.len && ascii_is_any(term.ptr[0], ",;|"))
        term = slice_from(term, 1);
    bool is_list = term.len < MOST_OF_TERM && list_end(term) + 1 < term.len && list_end(term) > 0;
    return is_list ? list_mended(term, arena) : one_mended(term, arena);
}
