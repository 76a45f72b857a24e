/* SPF records that no receiver reads: see spf_lost.h. */
#include "analyze/auth/spf_lost.h"

#include "parsers/dns/spf_record.h"
#include "parsers/dns/typed.h"

#define MOST_OF_BARE 1000 /* bytes of a text that is tried as a record */

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

/* Terms without the version, up to `all`; or those of Sender ID. */
static bool is_bare_record(struct slice text, struct arena *arena) {
    struct spf_record record;
    if (slice_starts_nocase(text, SLICE("spf2.0/")))
        return true;
    return text.len < MOST_OF_BARE && slice_find_nocase(text, SLICE("all")) + 3 == text.len &&
           spf_record_parse(arena_printf(arena, "v=spf1 %.*s", S(text)), arena, &record);
}

static const struct dns_record *record_of(struct dns_answer answer) {
    const struct dns_record *r = answer.records;
    while (r && !spf_record_is(r->text))
        r = r->next;
    return r;
}

struct spf_lost spf_find_lost(struct dns_answer answer, struct slice domain, struct resolver *resolver) {
    const struct dns_record *right = record_of(answer);
    for (const struct dns_record *r = answer.records; r; r = r->next)
        if (!spf_record_is(r->text) && (is_like_record(r->text, resolver->arena) ||
                                        (!right && is_bare_record(r->text, resolver->arena))))
            return (struct spf_lost){.text = r->text};
    if (right || (answer.status != DNS_FOUND && !dns_is_none(answer.status)))
        return (struct spf_lost){0};
    struct slice name = arena_printf(resolver->arena, "_spf.%.*s", S(domain));
    const struct dns_record *other = record_of(dns_lookup(resolver, name, DNS_TXT));
    return other ? (struct spf_lost){.text = other->text, .name = name} : (struct spf_lost){0};
}
