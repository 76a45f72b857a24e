/* See client_of.h. */
#include "analyze/verdict/client_of.h"

#include "analyze/classify/entity.h"
#include "parsers/base/address.h"
#include "parsers/base/host.h"

static bool is_of_name(char c) {
    return ascii_is_alnum(c) || c == '-' || c == '.' || c == '_';
}

/* The host that stands before its address: "Client host mx.example.net[192.0.2.1]", "(mx.example.net)
 * [192.0.2.1]"; empty: none does. */
static struct slice named_client(struct slice words, struct slice ip) {
    size_t end = slice_find(words, ip);
    if (!ip.len || end >= words.len)
        return SLICE_EMPTY;
    while (end && strchr("[( ", words.ptr[end - 1]))
        end--;
    end -= end && words.ptr[end - 1] == ')';
    size_t start = end;
    while (start && is_of_name(words.ptr[start - 1]))
        start--;
    struct slice name = {words.ptr + start, end - start};
    return address_is_host(name) ? name : SLICE_EMPTY;
}

static bool is_relay_of(const struct provider *p, struct slice host) {
    const char *const *relay = p->relays;
    while (relay && *relay && !host_is_within(host, slice_from(slice_of(*relay), **relay == '.')))
        relay++;
    return relay && *relay;
}

const struct provider *service_refused(const struct verdict *v, struct slice reporter,
                                       const struct matcher *matcher) {
    const struct provider *p = matcher_provider_of_host(matcher, reporter);
    if (p && (!p->relays || is_relay_of(p, reporter)))
        return p;
    struct slice client = named_client(v->reply.text, entity_value(v->entities, SLICE("ip")));
    p = client.len ? matcher_provider_of_host(matcher, client) : NULL;
    return p && is_relay_of(p, client) ? p : NULL;
}
