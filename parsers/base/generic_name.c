/* Names that look as if nobody chose them: see generic_name.h. */
#include "parsers/base/generic_name.h"

#include <glib.h>
#include <stdio.h>
#include <sys/socket.h>

#define WORD(text)                                                                                           \
    { text, sizeof(text) - 1 }

static bool has_generic_word(struct slice name) {
    static const struct slice words[] = {
        WORD("dyn"),      WORD("dynamic"),     WORD("dhcp"),  WORD("pool"),   WORD("dsl"),
        WORD("adsl"),     WORD("ppp"),         WORD("pppoe"), WORD("dial"),   WORD("dialup"),
        WORD("cable"),    WORD("broadband"),   WORD("cust"),  WORD("client"), WORD("clients"),
        WORD("customer"), WORD("fiber"),       WORD("ftth"),  WORD("vdsl"),   WORD("wireless"),
        WORD("mobile"),   WORD("residential"), WORD("catv"),  WORD("ip"),     WORD("users"),
        WORD("hsd"),      WORD("unassigned")};
    size_t from = 0;
    for (size_t i = 0; i <= name.len; i++) {
        if (i < name.len && ascii_is_alpha(name.ptr[i]))
            continue;
        struct slice word = {name.ptr + from, i - from};
        from = i + 1;
        for (size_t w = 0; w < G_N_ELEMENTS(words); w++)
            if (slice_equal_nocase(word, words[w]))
                return true;
    }
    return false;
}

/* Numbers in a name, in order, leading zeros apart. */
static size_t numbers_in(struct slice name, unsigned *numbers, size_t most) {
    size_t count = 0;
    for (size_t i = 0; i < name.len && count < most;) {
        unsigned number = 0;
        size_t digits = 0;
        for (; i < name.len && ascii_is_digit(name.ptr[i]); i++, digits++)
            number = number < 100000 ? number * 10 + (unsigned)(name.ptr[i] - '0') : number;
        if (digits)
            numbers[count++] = number;
        else
            i++;
    }
    return count;
}

/* At least three parts of an IPv4 address, side by side, in either order. */
static bool holds_address(struct slice name, const struct ip *ip) {
    unsigned numbers[16];
    size_t count = numbers_in(name, numbers, G_N_ELEMENTS(numbers));
    for (size_t i = 0; i + 3 <= count; i++)
        for (size_t k = 0; k < 2; k++) {
            const unsigned char *b = ip->bytes + k;
            if ((numbers[i] == b[0] && numbers[i + 1] == b[1] && numbers[i + 2] == b[2]) ||
                (numbers[i] == b[2] && numbers[i + 1] == b[1] && numbers[i + 2] == b[0]))
                return true;
        }
    return false;
}

static bool holds_hex(struct slice name, const struct ip *ip) {
    char hex[33] = "";
    size_t bytes = ip->family == AF_INET6 ? 8 : 4;
    for (size_t i = 0; i < bytes; i++)
        snprintf(hex + 2 * i, 3, "%02x", ip->bytes[i + (ip->family == AF_INET6 ? 8U : 0U)]);
    return slice_find_nocase(name, slice_of(hex)) < name.len;
}

const char *name_is_generic(struct slice name, const struct ip *ip) {
    struct slice first = slice_upto(name, slice_find_char(name, '.'));
    if (ip->family == AF_INET && holds_address(name, ip))
        return "it contains the address itself";
    if (ip->family && holds_hex(name, ip))
        return "it contains the address itself, in hexadecimal";
    unsigned numbers[2];
    if (numbers_in(first, numbers, 2) && has_generic_word(name))
        return "it looks like the names of dynamic or unassigned addresses";
    return NULL;
}
