/* The name that the client gives itself (RFC 5321 section 4.1.1.1): is it a name, and does it lead to the
 * client? */
#include "analyze/auth/helo_check.h"

#include "analyze/auth/helo_audit.h"
#include "parsers/base/address.h"
#include "parsers/base/organisation.h"

#include <sys/socket.h>

static struct check *fail_helo(struct check_list *list, struct slice helo, const char *result,
                               struct slice text) {
    struct check *c = check_add(list, &helo_check, CHECK_FAIL, result, helo, text);
    check_remedy(
        list, c,
        SLICE("Set the server's HELO name (Postfix: smtp_helo_name, Exim: primary_hostname) to its full "
              "name in the DNS, which must resolve to its address."));
    return c;
}

static void judge_helo_addresses(struct check_list *list, const struct transaction *s) {
    struct host_addresses all = host_addresses(list->resolver, s->helo);
    struct slice ip = ip_text(list->arena, &s->ip);
    if (dns_is_open(all.status))
        check_add(
            list, &helo_check, CHECK_UNCHECKED, "unchecked", s->helo,
            TEXT(list, "the address of %.*s is not known: %s", S(s->helo), dns_status_words(all.status)));
    else if (!all.count) {
        struct check *c =
            fail_helo(list, s->helo, "not-found",
                      TEXT(list, "the server calls itself %.*s, and that name has no address", S(s->helo)));
        if (s->ip.family)
            check_propose(list, c, s->helo, s->ip.family == AF_INET6 ? "AAAA" : "A", ip);
    } else if (s->ip.family && !host_has_address(&all, &s->ip)) {
        struct check *c = check_add(
            list, &helo_check, CHECK_WARNING, "other-address", s->helo,
            TEXT(list, "the server calls itself %.*s, whose address is not %.*s", S(s->helo), S(ip)));
        check_remedy(list, c,
                     TEXT(list, "Give %.*s an address record with %.*s too, or use a name that has one.",
                          S(s->helo), S(ip)));
        check_propose(list, c, s->helo, s->ip.family == AF_INET6 ? "AAAA" : "A", ip);
    } else {
        check_add(
            list, &helo_check, CHECK_PASS, "pass", s->helo,
            TEXT(list, "the server calls itself %.*s, %s", S(s->helo),
                 s->ip.family ? "and that name resolves to its address" : "and that name has an address"));
    }
}

static void check_helo(struct check_context *context) {
    struct check_list *list = &context->auth->checks;
    const struct transaction *s = &context->auth->transaction;
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
            TEXT(list, "the server calls itself %.*s, which is not a full name in the public DNS", S(helo)));
    else
        judge_helo_addresses(list, s);
}

/* A host's name has letters, digits and hyphens (RFC 5321 section 4.1.2). Postfix takes underscores; Exim
 * refuses them where helo_allow_chars does not allow them (git.exim.org, doc/doc-docbook/spec.xfpt). */
static void judge_letters(struct check_list *list, struct slice helo) {
    if (!address_is_host(helo) || slice_find_char(helo, '_') == helo.len)
        return;
    struct check *c = check_add(
        list, &helo_check, CHECK_WARNING, "underscore", helo,
        TEXT(list,
             "the server calls itself %.*s, and a host's name has no underscore (RFC 5321 section 4.1.2): "
             "Exim refuses it as it comes, other servers take it",
             S(helo)));
    check_remedy(list, c, SLICE("Call the server by a name of letters, digits and hyphens."));
}

static void audit_helo(struct check_context *context) {
    judge_letters(&context->auth->checks, context->auth->transaction.helo);
    helo_audit(context->auth, &helo_check);
}

const struct check_kind helo_check = {.id = "helo", .label = "HELO", .run = check_helo, .audit = audit_helo};
