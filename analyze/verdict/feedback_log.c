/* Reports of receivers and one's own logs: see feedback_log.h. Only what follows from both is said: a report
 * counts mails by the address that they came from, and most logs do not say from which of its addresses a
 * mail went out. */
#include "analyze/verdict/feedback_log.h"

#include "analyze/chain/hop.h"
#include "parsers/base/address.h"
#include "parsers/base/host.h"
#include "parsers/base/ip.h"
#include "parsers/base/organisation.h"
#include "parsers/base/text.h"

#include <inttypes.h>

#define MOST_OF_NAME 100 /* bytes of a name in a sentence */
#define DAY          86400

struct comparing {
    struct report *report;
    const struct sent_mails *sent;
    const struct sent_mail *one;
    const struct trust_list *own;
    const struct matcher *matcher;
    struct arena *arena;
    struct slice name;          /* of the receiver, in words */
    uint64_t mails, recipients; /* that the log delivered to it */
    uint64_t elsewhere;         /* recipients at other hosts */
    bool is_receiver_known;
    uint64_t all, ours; /* mails that the report counts; of these from addresses known as ours */
    uint64_t alike;     /* of all: with an envelope sender of the domain, as those that the log counts */
    bool has_own_address;
};

#define SAY(c, ...) note_add(&(c)->report->feedback_log, (c)->arena, 0, arena_printf((c)->arena, __VA_ARGS__))

/* Does the host belong to who bears that name, a domain? */
static bool is_host_of(struct comparing *c, struct slice host, struct slice domain) {
    const struct provider *p = matcher_provider_of_host(c->matcher, domain);
    return domain.len && address_is_host(domain) &&
           ((p && p == matcher_provider_of_host(c->matcher, host)) ||
            slice_equal_nocase(organisation_of(c->arena, domain), organisation_of(c->arena, host)));
}

static void count_log(struct comparing *c) {
    const struct feedback *f = c->report->feedback;
    struct slice contact = address_domain(f->contact);
    for (const struct sent_receiver *r = c->one->receivers; r; r = r->next) {
        if (!is_host_of(c, r->relay, contact) && !is_host_of(c, r->relay, f->organisation)) {
            c->elsewhere += r->recipients;
            continue;
        }
        c->is_receiver_known = true;
        c->mails += r->mails;
        c->recipients += r->recipients;
    }
    c->is_receiver_known |= matcher_provider_of_host(c->matcher, contact) ||
                            matcher_provider_of_host(c->matcher, f->organisation);
    c->elsewhere += c->one->left_out;
}

static bool is_our_address(const struct comparing *c, struct slice text) {
    struct ip ip, ours;
    if (!ip_parse(text, &ip))
        return false;
    for (const struct sent_address *a = c->one->addresses; a; a = a->next)
        if (ip_parse(a->ip, &ours) && ip_is_same(&ours, &ip))
            return true;
    return c->own && trust_holds(c->own, text);
}

/* The domain of the row's envelope sender; empty: the report does not say it. */
static struct slice envelope_of(const struct feedback_row *row) {
    const struct feedback_result *r = row->results;
    while (r && (r->is_dkim || slice_equal_nocase(r->scope, SLICE("helo"))))
        r = r->next;
    return row->envelope_from.len ? row->envelope_from : r ? r->domain : SLICE_EMPTY;
}

static void count_report(struct comparing *c) {
    c->has_own_address = c->one->addresses != NULL;
    for (const struct feedback_row *row = c->report->feedback->rows; row; row = row->next) {
        uint64_t mails = row->count > 0 ? (uint64_t)row->count : 0;
        bool is_ours = is_our_address(c, row->ip);
        c->all += mails;
        c->ours += is_ours ? mails : 0;
        c->alike += host_is_within(envelope_of(row), c->one->domain) ? mails : 0;
        c->has_own_address |= is_ours;
    }
}

/* Does the log begin behind the report's beginning, or end before its end, by more than a quiet hour? */
static bool is_part(const struct comparing *c) {
    const struct sent_mail *t = c->one;
    return c->sent->log_first == -1 || c->sent->log_first > t->begin + DAY / 24 ||
           c->sent->log_last < t->end - DAY / 24;
}

/* By their addresses, whatever their envelope sender is. */
static void tell_addresses(struct comparing *c) {
    SAY(c,
        "of all %" PRIu64 " that the report counts, %" PRIu64
        " came from addresses that the log or --trust names as yours",
        c->all, c->ours);
    if (c->ours == c->all)
        return;
    if (c->one->addresses && !c->one->unplaced && !c->one->left_out)
        SAY(c,
            "the other %" PRIu64
            " did not come to %.*s through this log: another server, a forwarder or a forger sent them",
            c->all - c->ours, S(c->name));
    else
        SAY(c,
            "the other %" PRIu64 " were sent by another server, a forwarder or a forger, or from addresses "
            "of yours that are not named",
            c->all - c->ours);
}

/* By their number: more cannot have come from here than went there. */
static void tell_number(struct comparing *c) {
    if (c->alike > c->recipients)
        SAY(c,
            "so some %" PRIu64 " of these did not come to %.*s through this log: another server, a forwarder "
            "or a forger sent them",
            c->alike - c->recipients, S(c->name));
    else
        SAY(c, "by their number all of these can have come through this log; from which of your addresses a "
               "mail went out it does not say (Exim's +outgoing_interface does, and --trust names them)");
}

static void tell(struct comparing *c) {
    const struct sent_mail *t = c->one;
    if (!c->is_receiver_known) {
        SAY(c,
            "which hosts are those of %.*s is not known here: the log delivered mail with an envelope sender "
            "of %.*s to %" PRIu64 " recipients elsewhere in that time",
            S(c->name), S(t->domain), c->elsewhere);
    } else {
        SAY(c,
            "the log says that %" PRIu64
            " mail%s with an envelope sender of %.*s went to %.*s in that time, to %" PRIu64
            " recipient%s; the report counts %" PRIu64 " with such a sender, and %" PRIu64 " with others",
            c->mails, c->mails == 1 ? "" : "s", S(t->domain), S(c->name), c->recipients,
            c->recipients == 1 ? "" : "s", c->alike, c->all - c->alike);
        if (t->handed_on)
            SAY(c,
                "mail to %" PRIu64
                " more recipients went on to a relay: to whom that gave it, this log does not say",
                t->handed_on);
    }
    if (is_part(c))
        SAY(c, "the log does not have all of that time: what is missing may be in another file");
    if (c->has_own_address)
        tell_addresses(c);
    else if (c->is_receiver_known && !is_part(c) && !t->handed_on && !t->left_out)
        tell_number(c);
}

void feedback_hold_logs(struct report *report, const struct sent_mails *sent, const struct trust_list *own,
                        const struct matcher *matcher, struct arena *arena) {
    const struct feedback *f = report->feedback;
    struct comparing c = {.report = report,
                          .sent = sent,
                          .own = own,
                          .matcher = matcher,
                          .arena = arena,
                          .name = text_shown(arena, f ? f->organisation : SLICE_EMPTY, MOST_OF_NAME)};
    c.one = f ? sent_mails_find(sent, f->policy.domain, f->begin, f->end) : NULL;
    if (!c.one || f->kind != FEEDBACK_DMARC)
        return;
    if (!c.name.len)
        c.name = SLICE("the receiver");
    count_log(&c);
    count_report(&c);
    tell(&c);
}
