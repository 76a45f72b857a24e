/* Do the addresses that reports go to take mail? See report_address_audit.h. */
#include "analyze/auth/report_address_audit.h"

#include "parsers/base/text.h"

#define MOST_SHOWN 200 /* bytes of a domain */

/* Why nothing can be delivered there; NULL: it can, or nobody knows. */
static const char *why_not(struct check_list *list, const struct report_address *at) {
    struct dns_answer mx = dns_lookup(list->resolver, at->domain, DNS_MX);
    if (mx.status == DNS_NXDOMAIN)
        return "does not exist";
    if (mx.status == DNS_FOUND && mx.records && !mx.records->next && mx.records->host.len == 0)
        return "says that it accepts no mail at all (null MX, RFC 7505)";
    if (mx.status != DNS_NODATA || at->is_agreed)
        return NULL;
    struct host_addresses own = host_addresses(list->resolver, at->domain);
    return !own.count && dns_is_none(own.status) ? "has neither an MX nor an address" : NULL;
}

void report_address_audit(struct check_list *list, const struct check_kind *kind,
                          const struct report_address *at) {
    if (slice_equal_nocase(at->domain, at->subject))
        return;
    for (const struct check *c = check_first(list, kind); c; c = check_next(c))
        if (slice_equal(c->result, SLICE("report-domain")) && slice_equal_nocase(c->subject, at->domain))
            return;
    const char *why = why_not(list, at);
    struct slice shown = text_shown(list->arena, at->domain, MOST_SHOWN);
    if (!why)
        return;
    struct check *c =
        check_add(list, kind, CHECK_FAIL, "report-domain", at->domain,
                  TEXT(list, "%s= of the %s record of %.*s sends reports to %.*s, which %s: none arrives",
                       at->tag, at->record, S(at->subject), S(shown), why));
    check_remedy(list, c, SLICE("Name an address that takes mail, or let its domain take it."));
}
