/* SPF records that no receiver reads: see spf_lost.h. */
#include "analyze/auth/spf_lost.h"

#include "parsers/dns/spf_record.h"
#include "parsers/dns/typed.h"

#define MOST_OF_BARE 1000 /* bytes of a text that is tried as a record */
#define MOST_BEFORE  40   /* of a line before its text, without the name */

/* What begins nearly as a record does. */
static bool is_like_record(struct slice text, struct arena *arena) {
    static const char *const starts[] = {"v=spf", "v =spf",  "v= spf", "v = spf",
                                         "spf1",  "\"v=spf", "v:spf",  "=spf1"};
    text = slice_trim(text_as_typed(text, arena));
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (slice_starts_nocase(text, slice_of(starts[i])))
            return true;
    return false;
}

/* A line of a zone file, or of a form, in the place of its text: "@ IN TXT "v=spf1 …"". */
static bool is_line_of_record(struct slice text, struct slice domain) {
    size_t at = slice_find_nocase(text, SLICE("v=spf1 "));
    struct slice before = slice_upto(text, at);
    if (!before.ptr || at == text.len || at > MOST_BEFORE + domain.len)
        return false;
    while (before.len && strchr(" \t\"'=:(", before.ptr[before.len - 1]))
        before.len--;
    if (before.len && before.ptr[before.len - 1] == '.')
        before.len--;
    return before.len && before.len < at &&
           (slice_ends_nocase(before, SLICE("TXT")) || slice_ends_nocase(before, SLICE("SPF")) ||
            slice_ends_nocase(before, domain));
}

/* Terms without the version, up to `all`; or those of Sender ID. */
static bool is_bare_record(struct slice text, struct arena *arena) {
    struct spf_record record;
    if (slice_starts_nocase(text, SLICE("spf2.0/")))
        return true;
    return text.len < MOST_OF_BARE && slice_find_nocase(text, SLICE("all")) + 3 == text.len &&
           spf_terms_parse(text, arena, &record);
}

static const struct dns_record *record_of(struct dns_answer answer) {
    const struct dns_record *r = answer.records;
    while (r && !spf_record_is(r->text))
        r = r->next;
    return r;
}

struct spf_lost spf_find_lost(struct dns_answer answer, struct slice domain, struct resolver *resolver) {
    static const char *const others[] = {"_spf", "spf", "www"};
    const struct dns_record *right = record_of(answer);
    for (const struct dns_record *r = answer.records; r; r = r->next)
        if (!spf_record_is(r->text) &&
            (is_like_record(r->text, resolver->arena) ||
             (!right && (is_bare_record(r->text, resolver->arena) || is_line_of_record(r->text, domain)))))
            return (struct spf_lost){.text = r->text};
    if (right || (answer.status != DNS_FOUND && !dns_is_none(answer.status)))
        return (struct spf_lost){0};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct slice name = arena_printf(resolver->arena, "%s.%.*s", others[i], S(domain));
        const struct dns_record *other = record_of(dns_lookup(resolver, name, DNS_TXT));
        if (other && !slice_is_nocase(slice_trim(other->text), "v=spf1 -all"))
            return (struct spf_lost){.text = other->text, .name = name};
    }
    struct slice doubled = arena_printf(resolver->arena, "%.*s.%.*s", S(domain), S(domain));
    const struct dns_record *other = record_of(dns_lookup(resolver, doubled, DNS_TXT));
    return other ? (struct spf_lost){.text = other->text, .name = doubled} : (struct spf_lost){0};
}
