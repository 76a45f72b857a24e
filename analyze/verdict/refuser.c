/* Who refused it: see refuser.h. */
#include "analyze/verdict/refuser.h"

#include "parsers/base/address.h"
#include "parsers/base/ip.h"
#include "parsers/base/organisation.h"

#include <glib.h>

/* How programs quote what a server told them without naming it. Sources: RFC 3464 section 2.3.5; Exim's "SMTP
 * error from remote mail server", qmail-remote.c "Remote host said", Exchange "Remote Server returned",
 * sendmail's usersmtp.c "while talking to", Postfix "said:", Gmail "the other server returned" (seen
 * 2026-11-27). */
bool refuser_quotes_another(struct slice words) {
    static const struct slice quotings[] = {
        SLICE("remote"),       SLICE("talking to"), SLICE(" said:"),           SLICE(" says:"),
        SLICE("other server"), SLICE("responded"),  SLICE("returned an error")};
    for (size_t i = 0; i < G_N_ELEMENTS(quotings); i++)
        if (slice_find_nocase(words, quotings[i]) < words.len)
            return true;
    return false;
}

/* Components of Exchange, which it names with its own reasons and quotes as those of a "remote server"
 * (learn.microsoft.com/exchange/mail-flow/non-delivery-reports-in-exchange-online, seen 2026-11-27). */
static bool is_of_exchange(const struct verdict *v) {
    static const struct slice components[] = {SLICE("RESOLVER."), SLICE("STOREDRV."), SLICE("ROUTING.")};
    if (!v->software || strcmp(v->software, "exchange") != 0)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(components); i++)
        if (slice_starts_nocase(v->reply.text, components[i]))
            return true;
    return false;
}

/* Nobody refused it: no server was reached, asked or found, or the mail is still tried or was given up. */
static bool is_of_nobody(const struct verdict *v) {
    static const char *const causes[] = {"network", "domain", "queue", "notice"};
    for (size_t i = 0; i < G_N_ELEMENTS(causes); i++)
        if (cause_is_of(verdict_root_cause(v)->id, causes[i]))
            return true;
    return false;
}

/* Does the answer name the reporter, as its client, or speak to a service that hands mail on? */
static bool is_to_reporter(const struct verdict *v, struct slice reporter) {
    return v->reply.code &&
           (slice_find_nocase(v->reply.text, reporter) < v->reply.text.len || verdict_hits_service(v));
}

static bool is_loopback(struct slice host, struct slice ip) {
    struct ip address;
    bool is_unnamed = !host.len || slice_equal_nocase(host, SLICE("localhost"));
    return is_unnamed && (ip.len ? ip_parse(ip, &address) && ip_is_loopback(&address) : host.len > 0);
}

/* A name without a domain is one of the reporter's own mailboxes. */
static bool is_of_domain(struct slice reporter, struct slice recipient) {
    struct slice domain = address_domain(recipient);
    if (recipient.len && slice_find_char(recipient, '@') == recipient.len)
        return true;
    return domain.len && (slice_equal_nocase(reporter, domain) || organisation_is_same(reporter, domain));
}

static enum refuser without_server(const struct building *b, const struct verdict *v,
                                   const struct recipient *told) {
    struct slice reporter = b->report->reporter;
    bool is_only = b->bounce->count == 1;
    bool is_told_apart = is_only || b->bounce->has_report || !b->quotes_another;
    if (is_of_nobody(v) || verdict_is_delivered(v))
        return REFUSER_OPEN;
    if (is_of_exchange(v))
        return REFUSER_REASON;
    if (is_to_reporter(v, reporter) || refuser_quotes_another(told->sentence) ||
        (b->quotes_another && is_only))
        return REFUSER_ANOTHER;
    if (told->is_own_reason)
        return REFUSER_REASON;
    /* Others write in the words of such a program, and leave out who answered: then a code stands there. */
    if (b->bounce->names_others && !v->reply.code && !told->command.len && is_told_apart)
        return REFUSER_PROGRAM;
    return is_of_domain(reporter, v->recipient) ? REFUSER_SAME_SIDE : REFUSER_OPEN;
}

static enum refuser find(const struct building *b, const struct verdict *v, const struct recipient *told) {
    struct slice reporter = b->report->reporter;
    bool is_host = address_is_host(reporter) || address_is_ip(reporter);
    if (is_host && is_loopback(v->host, v->ip) && (v->host.len || v->ip.len))
        return REFUSER_LOOPBACK;
    if (v->host.len || v->ip.len)
        return REFUSER_NAMED;
    enum refuser known = is_host ? without_server(b, v, told) : REFUSER_OPEN;
    bool is_others_word = known == REFUSER_SAME_SIDE && v->provider != v->sent_by;
    return v->provider && (is_others_word || !refuser_is_reporter(known)) ? REFUSER_WORDS : known;
}

void refuser_find(const struct building *b, struct verdict *v, const struct recipient *told) {
    v->refuser = find(b, v, told);
    if (!refuser_is_reporter(v->refuser))
        return;
    v->host = b->report->reporter;
    v->ip = SLICE_EMPTY;
    if (!v->provider)
        v->provider = v->sent_by;
}
