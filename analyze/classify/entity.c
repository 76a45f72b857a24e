/* Entities: see entity.h. */
#include "analyze/classify/entity.h"

#include "parsers/base/address.h"

#include <glib.h>

struct collecting {
    struct entity **end;
    struct arena *arena;
};

static void add_entity(struct collecting *c, const char *name, struct slice value) {
    struct entity *e = ARENA_NEW(c->arena, struct entity);
    e->name = name;
    e->value = slice_trim(value);
    *c->end = e;
    c->end = &e->next;
}

static void take_entity(void *context, const char *name, struct slice text) {
    struct collecting *c = context;
    if (text.len)
        add_entity(c, arena_string(c->arena, slice_of(name)), text);
}

const struct entity *entity_find(const struct entity *e, struct slice name) {
    while (e && !slice_equal(slice_of(e->name), name))
        e = e->next;
    return e;
}

struct slice entity_value(const struct entity *list, struct slice name) {
    const struct entity *e = entity_find(list, name);
    return e ? e->value : SLICE_EMPTY;
}

/* Words behind which a reply names whom to write to, and local parts that are nobody's own. */
static const struct slice contact_words[] = {
    SLICE("contact"),       SLICE("mailto:"),       SLICE("write to"),   SLICE("please email"),
    SLICE("please e-mail"), SLICE("contact us at"), SLICE("contact us"), SLICE("department at")};
static const struct slice contact_names[] = {SLICE("postmaster"), SLICE("abuse"),      SLICE("delist"),
                                             SLICE("unblock"),    SLICE("removal"),    SLICE("support"),
                                             SLICE("noc"),        SLICE("hostmaster"), SLICE("helpdesk")};

/* "<abuse@example.com>: Recipient address rejected": what the server repeats, whatever its name. */
static bool is_repeated(struct slice before, struct slice after) {
    return slice_ends_nocase(before, SLICE("<")) &&
           (slice_starts_nocase(after, SLICE(">:")) || slice_starts_nocase(after, SLICE(">...")));
}

/* "User support@example.com has exceeded …": whom the reply speaks of, not whom to write to. */
static bool is_spoken_of(struct slice before) {
    static const struct slice words[] = {
        SLICE("user"), SLICE("account"), SLICE("mailbox"), SLICE("sender"), SLICE("recipient"), SLICE("from"),
        SLICE("for"),  SLICE("by"),      SLICE("to="),     SLICE("from:"),  SLICE("rcpt to:")};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        struct slice rest = slice_upto(before, before.len >= words[i].len ? before.len - words[i].len : 0);
        if (slice_ends_nocase(before, words[i]) && (!rest.len || !ascii_is_alnum(rest.ptr[rest.len - 1])))
            return true;
    }
    return false;
}

static bool is_contact(struct slice address, struct slice before, struct slice after) {
    if (is_repeated(before, after))
        return false;
    while (before.len && strchr(" <(\"'", before.ptr[before.len - 1]))
        before.len--;
    for (size_t i = 0; i < G_N_ELEMENTS(contact_words); i++)
        if (slice_ends_nocase(before, contact_words[i]))
            return true;
    if (is_spoken_of(before))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(contact_names); i++)
        if (slice_starts_nocase(address, contact_names[i]))
            return true;
    return false;
}

/* The address that the reply tells the sender to write to. */
static void add_contact(struct collecting *c, struct slice words) {
    struct slice rest = words;
    for (struct slice address; (address = address_in_text(rest)).len;) {
        struct slice before = {rest.ptr, (size_t)(address.ptr - rest.ptr)};
        rest = slice_from(rest, before.len + address.len);
        if (is_contact(address, before, rest)) {
            add_entity(c, "contact", address);
            return;
        }
    }
}

/* Addresses and pages that a reply names are worth showing whatever the rule. */
static void add_general_entities(struct collecting *c, const struct entity *known, struct slice words) {
    struct slice ip = address_ip_in_text(words);
    if (ip.len && !entity_find(known, SLICE("ip")))
        add_entity(c, "ip", ip);
    if (!entity_find(known, SLICE("contact")))
        add_contact(c, words);
    size_t http = slice_find_nocase(words, SLICE("http"));
    while (http < words.len && !entity_find(known, SLICE("url"))) {
        struct slice url = slice_from(words, http);
        size_t end = 0;
        while (end < url.len && !ascii_is_space(url.ptr[end]) && !strchr("<>\"'()[]", url.ptr[end]))
            end++;
        while (end && strchr(".,;:", url.ptr[end - 1]))
            end--;
        if (end > 10 &&
            (slice_starts_nocase(url, SLICE("http://")) || slice_starts_nocase(url, SLICE("https://"))))
            add_entity(c, "url", slice_upto(url, end));
        words = slice_from(url, end ? end : 4);
        http = slice_find_nocase(words, SLICE("http"));
    }
}

/* The port of submission (RFC 8314) that an error names, as "smtp.example.com:587" or "port: 465": then it is
 * no mail server that failed to reach another, but a program that cannot reach its relay. */
static void add_port(struct collecting *c, struct slice words) {
    static const struct slice ports[] = {SLICE("587"), SLICE("465"), SLICE("2525")};
    for (size_t i = 0; i < G_N_ELEMENTS(ports); i++)
        for (size_t at = 0; at < words.len;) {
            size_t begin = at + slice_find(slice_from(words, at), ports[i]);
            struct slice near = slice_upto(words, begin);
            struct slice before = slice_trim(slice_from(near, near.len > 8 ? near.len - 8 : 0));
            bool is_named = slice_ends_nocase(before, SLICE(":")) || slice_ends_nocase(before, SLICE("port"));
            at = begin + ports[i].len;
            bool ends = at >= words.len || !(ascii_is_alnum(words.ptr[at]) || words.ptr[at] == '.');
            if (begin < words.len && ends && is_named) {
                add_entity(c, "port", ports[i]);
                return;
            }
        }
}

/* What a reply prints of a check: "Spf= Pass", "DKIM = did not pass", "SPF [example.org] with ip: [192.0.2.1]
 * = did not pass". `words` begins behind the check's name and ends before the next one's. */
static const char *printed_result(struct slice words) {
    static const struct {
        struct slice word;
        const char *result;
    } results[] = {
        {SLICE("pass"), "pass"},       {SLICE("did not pass"), "fail"}, {SLICE("fail"), "fail"},
        {SLICE("softfail"), "fail"},   {SLICE("hardfail"), "fail"},     {SLICE("none"), "none"},
        {SLICE("neutral"), "neutral"}, {SLICE("permerror"), "error"},   {SLICE("temperror"), "error"}};
    struct slice value = slice_trim(slice_from(words, MIN(slice_find_char(words, '=') + 1, words.len)));
    for (size_t i = 0; i < G_N_ELEMENTS(results); i++)
        if (slice_starts_nocase(value, results[i].word))
            return results[i].result;
    return NULL;
}

/* The results that a reply prints become entities of the checks' names; where SPF or DKIM passed and DMARC
 * did not, they passed for another domain than that of the From field: "aligned" is no. */
#define NEAR_CHECK 200 /* bytes in which the result of a check stands */
static void add_results(struct collecting *c, const struct entity *const *known, struct slice words) {
    static const char *const checks[] = {"spf", "dkim", "dmarc"};
    const char *found[G_N_ELEMENTS(checks)] = {NULL};
    for (size_t k = 0; k < G_N_ELEMENTS(checks); k++) {
        struct slice check = slice_of(checks[k]);
        struct slice rest = words;
        for (size_t at; !found[k] && (at = slice_find_nocase(rest, check)) < rest.len;) {
            const char *found_at = rest.ptr + at;
            bool begins = found_at == words.ptr || !ascii_is_alnum(found_at[-1]);
            rest = slice_from(rest, at + check.len);
            struct slice after = slice_upto(rest, NEAR_CHECK);
            for (size_t other = 0; other < G_N_ELEMENTS(checks); other++)
                after = slice_upto(after, slice_find_nocase(after, slice_of(checks[other])));
            found[k] = begins ? printed_result(after) : NULL;
        }
    }
    for (size_t k = 0; k < G_N_ELEMENTS(checks); k++)
        if (found[k] && !entity_find(*known, slice_of(checks[k])))
            add_entity(c, checks[k], slice_of(found[k]));
    bool passed = (found[0] && strcmp(found[0], "pass") == 0) || (found[1] && strcmp(found[1], "pass") == 0);
    if (passed && found[2] && strcmp(found[2], "fail") == 0)
        add_entity(c, "aligned", SLICE("no"));
}

struct entity *entities_collect(const struct reply_rule *rule, const struct pattern_match *match,
                                struct slice words, struct arena *arena) {
    struct entity *first = NULL;
    struct collecting c = {&first, arena};
    if (match)
        pattern_each_group(match, take_entity, &c);
    for (const char *const *set = rule ? rule->set : NULL; set && *set; set += 2)
        if (!entity_find(first, slice_of(set[0])))
            add_entity(&c, set[0], slice_of(set[1]));
    add_general_entities(&c, first, words);
    add_port(&c, words);
    add_results(&c, (const struct entity *const *)&first, words);
    return first;
}
