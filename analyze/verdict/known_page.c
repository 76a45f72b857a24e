/* Whose page a reply names: see known_page.h. */
#include "analyze/verdict/known_page.h"

#include "parsers/base/address.h"
#include "parsers/base/host.h"

struct slice page_host(struct slice url) {
    size_t slashes = slice_find(url, SLICE("//"));
    struct slice host = slice_from(url, slashes < url.len ? slashes + 2 : 0);
    for (const char *end = "/?#"; *end; end++)
        host = slice_upto(host, slice_find_char(host, *end));
    size_t colon = slice_find_char(host, ':');
    size_t port = colon;
    while (++port < host.len)
        if (!ascii_is_digit(host.ptr[port]))
            return SLICE_EMPTY;
    host = slice_upto(host, colon);
    for (size_t i = 0; i < host.len; i++)
        if (!ascii_is_alnum(host.ptr[i]) && !strchr("-._", host.ptr[i]))
            return SLICE_EMPTY;
    return host;
}

/* "google.com" of "support.google.com", but no "co.uk": what is left has a name of more than three letters.
 * Without the public suffix list, whose library cannot be loaded where a reply is read. */
static struct slice without_first_label(struct slice host) {
    struct slice rest = slice_from(host, MIN(slice_find_char(host, '.') + 1, host.len));
    size_t dot = slice_find_char(rest, '.');
    return dot > 3 && dot < rest.len ? rest : host;
}

static bool is_page_of_host(struct slice host, struct slice known) {
    known = slice_from(known, known.len && known.ptr[0] == '.');
    return host_is_within(host, known) || host_is_within(host, without_first_label(known));
}

static bool is_page_of(struct slice host, const char *known) {
    return known && is_page_of_host(host, page_host(slice_of(known)));
}

static bool is_page_of_any(struct slice host, const char *const *list) {
    while (list && *list && !is_page_of(host, *list))
        list++;
    return list && *list;
}

/* Did anybody but the report itself say who the recipient and the refusing host are? */
static bool is_report_vouched_for(const struct verdict *v) {
    for (const struct evidence *e = v->evidence; e; e = e->next)
        if (e->trust != TRUST_UNVERIFIED)
            return true;
    return false;
}

static bool is_page_of_other_side(const struct verdict *v, struct slice host) {
    struct slice recipients = address_domain(v->recipient);
    return is_report_vouched_for(v) && (host_is_within(host, recipients) || is_page_of_host(host, v->host));
}

bool page_is_known(const struct verdict *v, struct slice host) {
    const struct provider *p = v->provider;
    const struct blocklist *l = v->blocklist;
    return host.len && (is_page_of_other_side(v, host) ||
                        (p && (is_page_of_any(host, p->hosts) || is_page_of(host, p->page) ||
                               is_page_of(host, p->form) || is_page_of(host, p->tool))) ||
                        (l && (is_page_of(host, l->lookup) || is_page_of(host, l->removal) ||
                               is_page_of_any(host, l->zones))) ||
                        is_page_of_any(host, v->rule ? v->rule->links : NULL) ||
                        is_page_of_any(host, verdict_root_cause(v)->links));
}

/* Pages that replies still name and that are gone: openspf.org since 2019
 * (Exim/exim:doc/doc-docbook/spec.xfpt), and Hotmail's, in whose place is
 * sendersupport.olc.protection.outlook.com (MicrosoftDocs/microsoft-365-docs issue 6123, 2021). */
bool page_is_gone(struct slice host) {
    static const struct slice gone[] = {SLICE("openspf.org"), SLICE("openspf.net"), SLICE("mail.live.com")};
    for (size_t i = 0; i < G_N_ELEMENTS(gone); i++)
        if (host_is_within(host, gone[i]))
            return true;
    return false;
}
