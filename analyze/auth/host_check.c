/* The client: its address, its name by reverse DNS, and the name that it gives itself. See check.h. */
#include "analyze/auth/check.h"

#include "parsers/base/address.h"
#include "parsers/base/organisation.h"

#include <stdio.h>
#include <sys/socket.h>

#define MOST_OF_NAMES 10 /* names of one address that are followed */

/* --- names that look as if nobody chose them --- */

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
        return "it holds the address itself";
    if (ip->family && holds_hex(name, ip))
        return "it holds the address itself, in hexadecimal";
    unsigned numbers[2];
    if (numbers_in(first, numbers, 2) && has_generic_word(name))
        return "it is named as dynamic or unassigned addresses are";
    return NULL;
}

/* --- reverse DNS --- */

static struct slice list_names(struct arena *arena, const struct dns_record *first) {
    struct slice text = SLICE_EMPTY;
    unsigned count = 0;
    for (const struct dns_record *r = first; r; r = r->next)
        if (count++ < 3)
            text = arena_printf(arena, "%.*s%s%.*s", S(text), text.len ? ", " : "",
                                S(dns_name_show(arena, r->host)));
    return count > 3 ? arena_printf(arena, "%.*s and %u more", S(text), count - 3) : text;
}

static void set_generic(struct check_list *list, const struct transaction *s, struct slice name,
                        const char *why) {
    struct slice ip = ip_text(list->arena, &s->ip);
    struct check *c = check_add(
        list, "ptr", CHECK_WARNING, "generic", ip,
        TEXT(list, "%.*s is %.*s, and leads back; but the name looks generic: %s", S(ip), S(name), why));
    check_remedy(
        list, c,
        SLICE("Have whoever owns the address block give it a name of yours, as mail.your-domain, and use "
              "the same name in HELO."));
}

/* The first name that leads back decides; none: why the first does not. */
static void judge_names(struct check_list *list, const struct transaction *s,
                        const struct dns_record *first) {
    struct slice ip = ip_text(list->arena, &s->ip);
    enum dns_status status = DNS_NODATA;
    unsigned names = 0;
    for (const struct dns_record *r = first; r && names < MOST_OF_NAMES; r = r->next, names++) {
        struct host_addresses back = host_addresses(list->resolver, r->host);
        struct slice name = dns_name_show(list->arena, r->host);
        const char *why = name_is_generic(r->host, &s->ip);
        if (dns_is_open(back.status))
            status = back.status;
        if (!host_has_address(&back, &s->ip))
            continue;
        if (why)
            set_generic(list, s, name, why);
        else
            check_add(list, "ptr", CHECK_PASS, "pass", ip,
                      TEXT(list, "%.*s is %.*s, and that name leads back to it", S(ip), S(name)));
        return;
    }
    struct slice all = list_names(list->arena, first);
    if (dns_is_open(status)) {
        check_add(list, "ptr", CHECK_UNCHECKED, "unchecked", ip,
                  TEXT(list, "%.*s is %.*s; whether that leads back is not known: %s", S(ip), S(all),
                       dns_status_words(status)));
        return;
    }
    struct check *c =
        check_add(list, "ptr", CHECK_FAIL, "mismatch", ip,
                  TEXT(list, "%.*s has the name %.*s, which does not lead back to it", S(ip), S(all)));
    check_remedy(list, c,
                 TEXT(list,
                      "Give %.*s an address record (A, or AAAA for IPv6) with %.*s; or have the reverse name "
                      "changed to one that has it.",
                      S(all), S(ip)));
}

void check_reverse(struct check_list *list, const struct transaction *s) {
    if (!s->ip.family)
        return;
    struct slice ip = ip_text(list->arena, &s->ip);
    struct dns_answer answer = dns_lookup(list->resolver, ip_reverse_name(list->arena, &s->ip), DNS_PTR);
    if (answer.status == DNS_FOUND) {
        judge_names(list, s, answer.records);
    } else if (dns_is_none(answer.status)) {
        struct check *c = check_add(list, "ptr", CHECK_FAIL, "none", ip,
                                    TEXT(list, "%.*s has no reverse DNS (PTR)", S(ip)));
        check_remedy(
            list, c,
            TEXT(list,
                 "Ask whoever owns the address block (the hosting provider) to set a PTR record for %.*s "
                 "that names the mail server, and give that name an address record back.",
                 S(ip)));
    } else {
        check_add(
            list, "ptr", CHECK_UNCHECKED, answer.status == DNS_UNKNOWN ? "unchecked" : "temperror", ip,
            TEXT(list, "the reverse DNS of %.*s is not known: %s", S(ip), dns_status_words(answer.status)));
    }
}

/* --- HELO --- */

static void fail_helo(struct check_list *list, struct slice helo, const char *result, struct slice text) {
    struct check *c = check_add(list, "helo", CHECK_FAIL, result, helo, text);
    check_remedy(
        list, c,
        SLICE("Set the server's HELO name (Postfix: smtp_helo_name, Exim: primary_hostname) to its full "
              "name in the DNS, which leads to its address."));
}

static void judge_helo_addresses(struct check_list *list, const struct transaction *s) {
    struct host_addresses all = host_addresses(list->resolver, s->helo);
    struct slice ip = ip_text(list->arena, &s->ip);
    if (dns_is_open(all.status))
        check_add(
            list, "helo", CHECK_UNCHECKED, "unchecked", s->helo,
            TEXT(list, "the address of %.*s is not known: %s", S(s->helo), dns_status_words(all.status)));
    else if (!all.count)
        fail_helo(list, s->helo, "not-found",
                  TEXT(list, "the server calls itself %.*s, and that name has no address", S(s->helo)));
    else if (s->ip.family && !host_has_address(&all, &s->ip)) {
        struct check *c = check_add(
            list, "helo", CHECK_WARNING, "other-address", s->helo,
            TEXT(list, "the server calls itself %.*s, whose address is not %.*s", S(s->helo), S(ip)));
        check_remedy(list, c,
                     TEXT(list, "Give %.*s an address record with %.*s too, or use the name that it has.",
                          S(s->helo), S(ip)));
    } else {
        check_add(list, "helo", CHECK_PASS, "pass", s->helo,
                  TEXT(list, "the server calls itself %.*s, %s", S(s->helo),
                       s->ip.family ? "and that name leads to its address" : "and that name has an address"));
    }
}

void check_helo(struct check_list *list, const struct transaction *s) {
    struct slice helo = s->helo;
    if (!helo.len)
        return;
    bool is_literal = helo.ptr[0] == '[';
    if (is_literal || address_is_ip(helo))
        fail_helo(list, helo, "address",
                  TEXT(list, "the server calls itself by an address (%.*s), not by a name", S(helo)));
    else if (!address_is_host(helo) || host_is_internal(helo))
        fail_helo(
            list, helo, "invalid",
            TEXT(list, "the server calls itself %.*s, which is no full name in the public DNS", S(helo)));
    else
        judge_helo_addresses(list, s);
}
