/* The way of a message as a picture: see present_way.h. */
#include "analyze/report/present_way.h"

#include "analyze/report/present_verdict.h"

#define MOST_STATIONS 14 /* the newest, which can be believed first */

struct slice delay_text(struct arena *arena, int64_t delay) {
    static const struct {
        long long below, divisor;
        const char *unit;
    } units[] = {{600, 1, "s"}, {36000, 60, "min"}, {864000, 3600, "h"}, {INT64_MAX, 86400, "days"}};
    long long seconds = delay < 0 ? -delay : delay;
    size_t i = 0;
    while (seconds >= units[i].below && i + 1 < G_N_ELEMENTS(units))
        i++;
    return arena_printf(arena, "%s%lld %s", delay < 0 ? "-" : "+", seconds / units[i].divisor, units[i].unit);
}

bool hop_is_local(const struct hop *h) {
    return h->local.len || !h->ip.len || ip_is_loopback(&h->address);
}

/* --- stations --- */

static struct station first_station(struct page *p, const struct chain_hop *hop) {
    const struct hop *h = hop->hop;
    struct slice name = hop_client(h);
    bool is_user = h->local.len && slice_equal(name, h->local);
    return (struct station){
        .name = page_text(p, name.len ? is_user ? as_user(name) : as_host(name) : word(SAY_NOT_GIVEN)),
        .detail = slice_equal(name, h->ip) ? SLICE_EMPTY : page_text(p, as_network(h->ip)),
        .is_believed = hop->trust == HOP_OWN};
}

static struct slice leg_words(struct page *p, const struct chain_hop *hop) {
    struct value delay =
        hop->has_delay ? as_type(VALUE_OURS, delay_text(p->outlet.arena, hop->delay)) : NO_LABEL;
    struct value tls = hop->hop->is_tls
                           ? hop->hop->tls_version.len ? as_stranger(hop->hop->tls_version) : word(HEAD_TLS)
                       : hop_is_local(hop->hop) ? NO_LABEL
                                                : word(SAY_WITHOUT_TLS);
    return page_text(p, page_join(p, delay, " · ", tls));
}

static struct station writer_station(struct page *p, const struct chain_hop *hop) {
    const struct hop *h = hop->hop;
    struct value by = as_server(hop_writer(h));
    return (struct station){.name = page_text(p, value_is_known(by) ? by : word(SAY_NOT_GIVEN)),
                            .detail = page_text(p, as_stranger(h->software)),
                            .leg = leg_words(p, hop),
                            .state = h->is_tls         ? EMPHASIS_GOOD
                                     : hop_is_local(h) ? EMPHASIS_NONE
                                                       : EMPHASIS_WARN,
                            .is_believed = hop->trust != HOP_UNVERIFIED};
}

/* Who did not take it: the last station itself, or one behind it. */
static void add_end(struct page *p, struct way *way, const struct chain *chain, const struct verdict *v) {
    struct station *last = &way->stations[way->count - 1];
    bool is_last = slice_equal_nocase(v->host, hop_writer(chain->hops[chain->count - 1].hop));
    if (!is_last && (v->host.len || v->ip.len || v->provider))
        last = &way->stations[way->count++];
    else if (!is_last)
        return;
    enum words what = verdict_is_silent(v)           ? SAY_LEG_NOT_REACHED
                      : verdict_is_held(v)           ? SAY_LEG_HELD
                      : v->outcome == ACTION_DELAYED ? SAY_LEG_NOT_YET
                                                     : SAY_LEG_REFUSED;
    if (!is_last) {
        last->name = page_text(p, v->host.len ? as_server(v->host)
                                  : v->ip.len ? as_network(v->ip)
                                              : as_ours(v->provider->name));
        last->detail = page_text(p, v->host.len ? as_network(v->ip) : NO_LABEL);
        last->is_believed = way->stations[way->count - 2].is_believed;
    }
    last->state = EMPHASIS_BAD;
    last->leg =
        page_text(p, v->reply.command.len ? page_say(p, SAY_LEG_AT, word(what), as_stranger(v->reply.command))
                                          : word(what));
}

static struct slice way_words(struct page *p, const struct way *way) {
    g_autoptr(GString) text = g_string_new(words_text(PICTURE_WAY));
    for (size_t i = 0; i < way->count; i++) {
        const struct station *s = &way->stations[i];
        g_string_append_printf(text, "%s%.*s", i ? " → " : " ", S(s->name));
        if (s->leg.len)
            g_string_append_printf(text, " (%.*s)", S(s->leg));
    }
    return arena_copy(p->outlet.arena, (struct slice){text->str, text->len});
}

void present_way(struct page *p, const struct chain *chain, const struct verdict *verdict) {
    if (!page_has_pictures(p) || !chain->count)
        return;
    size_t first = chain->count > MOST_STATIONS ? chain->count - MOST_STATIONS : 0;
    struct way way = {.stations = arena_alloc(p->outlet.arena, (MOST_STATIONS + 2) * sizeof(struct station))};
    way.stations[way.count++] = first_station(p, &chain->hops[first]);
    for (size_t i = first; i < chain->count; i++)
        way.stations[way.count++] = writer_station(p, &chain->hops[i]);
    if (verdict && !verdict_is_delivered(verdict))
        add_end(p, &way, chain, verdict);
    way.boundary = page_text(p, word(PICTURE_BOUNDARY));
    way.about = way_words(p, &way);
    page_way(p, &way);
}
