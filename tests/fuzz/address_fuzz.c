/* Any bytes as addresses of mailboxes and hosts: what is found is a piece of the text, and is what it is said
 * to be. */
#include "parsers/base/address.h"

#include "analyze/chain/trust.h"
#include "parsers/base/ip.h"
#include "parsers/base/organisation.h"
#include "tests/fuzz/hold.h"

static void check_ip(struct slice text, struct arena *arena) {
    struct ip ip, again;
    struct network network;
    if (ip_parse(text, &ip)) {
        HOLDS(ip_parse(ip_text(arena, &ip), &again) && again.family == ip.family);
        HOLDS(memcmp(ip.bytes, again.bytes, sizeof ip.bytes) == 0);
        ip_reverse_name(arena, &ip);
    }
    if (network_parse(text, &network))
        HOLDS(network_holds(&network, &network.ip));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    struct slice text = {(const char *)data, size};
    struct slice found = address_in_text(text), ip = address_ip_in_text(text);
    hold_within(found, text);
    HOLDS(!found.len || memchr(found.ptr, '@', found.len));
    if (g_utf8_validate(text.ptr, (gssize)text.len, NULL))
        hold_utf8(found);
    hold_within(ip, text);
    HOLDS(!ip.len || address_is_ip(ip));
    hold_within(address_strip(text), text);
    hold_within(address_unbracket(text), text);
    hold_within(address_in_brackets(text), text);
    hold_within(address_domain(text), text);
    address_is_valid(text);
    address_is_host(text);
    check_ip(text, &arena);
    char *entry = arena_string(&arena, text);
    const char *const entries[] = {entry};
    const struct trust_list list = {entries, 1};
    if (trust_entry_is_valid(entry))
        trust_holds(&list, text);
    arena_free(&arena);
    return 0;
}
