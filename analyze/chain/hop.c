/* Hops and the sides that they belong to: see hop.h. */
#include "analyze/chain/hop.h"

#include "parsers/base/filled.h"
#include "parsers/base/organisation.h"

const char *hop_trust_name(enum hop_trust trust) {
    static const char *const names[] = {"unverified", "boundary", "own"};
    _Static_assert(sizeof names / sizeof *names == HOP_OWN + 1, "a name for each");
    return names[trust];
}

void note_add(struct note_list *list, struct arena *arena, unsigned line, struct slice text) {
    struct note *note = ARENA_NEW(arena, struct note);
    *note = (struct note){NULL, text, line};
    *(list->end ? list->end : &list->first) = note;
    list->end = &note->next;
}

struct slice hop_writer(const struct hop *hop) {
    bool is_vague = !hop->by.len || host_is_internal(hop->by);
    return is_vague && hop->by_name.len ? hop->by_name : hop->by.len ? hop->by : hop->by_ip;
}

struct slice hop_client(const struct hop *hop) {
    if (hop->name.len && !hop->is_name_doubtful)
        return hop->name;
    return hop->helo.len ? hop->helo : hop->ip.len ? hop->ip : hop->local;
}

bool hop_client_is_confirmed(const struct hop *hop) {
    return hop->is_client_known && hop->name.len && hop->is_name_checked && !hop->is_name_doubtful;
}

bool hop_is_collected(const struct hop *hop) {
    return slice_starts_nocase(hop->with, SLICE("POP3")) || slice_starts_nocase(hop->with, SLICE("IMAP"));
}

bool hop_is_lmtp(const struct hop *hop) {
    return hop->is_anchored && slice_starts_nocase(hop->with, SLICE("LMTP"));
}

struct slice hop_client_words(const struct hop *hop, struct arena *arena) {
    struct slice who = hop->name.len && !hop->is_name_doubtful ? hop->name : SLICE_EMPTY;
    if (who.len && hop->ip.len)
        return arena_printf(arena, "%.*s [%.*s]", S(who), S(hop->ip));
    if (who.len)
        return who;
    if (hop->ip.len && hop->helo.len && !slice_equal(hop->helo, hop->ip))
        return arena_printf(arena, "%.*s, which calls itself %.*s", S(hop->ip), S(hop->helo));
    if (hop->ip.len)
        return hop->ip;
    if (hop->helo.len)
        return arena_printf(arena, "a client that calls itself %.*s", S(hop->helo));
    return hop->local.len ? filled_mark(arena, FILLED_USER, hop->local) : SLICE("a client that is not named");
}

struct slice hop_writer_words(const struct hop *hop) {
    struct slice writer = hop_writer(hop);
    return writer.len ? writer : SLICE("a host that is not named");
}

struct side side_of(struct side_cache *cache, struct slice host) {
    const size_t most = sizeof cache->known / sizeof *cache->known;
    if (!host.len)
        return (struct side){0};
    for (size_t i = 0; i < most; i++)
        if (slice_equal_nocase(cache->known[i].host, host))
            return (struct side){host, cache->known[i].provider};
    struct side side = {host, matcher_provider_of_host(cache->matcher, host)};
    cache->known[cache->next++ % most] = side;
    return side;
}

bool is_same_side(const struct side *one, const struct side *other) {
    if (!one->host.len || !other->host.len)
        return false;
    return slice_equal_nocase(one->host, other->host) ||
           (one->provider && one->provider == other->provider) ||
           organisation_is_same(one->host, other->host);
}
