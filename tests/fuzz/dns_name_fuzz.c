/* Any bytes as a name of the DNS: what is shown is read back as the same name. */
#include "parsers/dns/name.h"

#include "tests/fuzz/hold.h"

static void check(struct slice name, struct arena *arena) {
    struct slice shown = dns_name_show(arena, name), again;
    HOLDS(!name.len || (dns_name_parse(shown, arena, &again) && slice_equal(again, name)));
    HOLDS(!shown.len || (shown.ptr[0] != '-' && shown.ptr[0] != '+' && shown.ptr[0] != '@'));
    hold_visible(shown);
    HOLDS(!memchr(shown.ptr, ' ', shown.len) && !memchr(shown.ptr, '\n', shown.len));
    while (name.len) {
        struct slice parent = dns_name_parent(name);
        HOLDS(parent.len < name.len);
        name = parent;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    struct slice text = {(const char *)data, size}, name;
    if (dns_name_parse(text, &arena, &name))
        check(name, &arena);
    if (dns_name_of(text, &arena, &name))
        check(name, &arena);
    dns_name_of_wire(data, size, &arena);
    arena_free(&arena);
    return 0;
}
