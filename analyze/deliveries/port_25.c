/* A closed port 25: see port_25.h. */
#include "analyze/deliveries/port_25.h"

#include "parsers/rules/matcher.h"

#define MOST_LOOKED_AT 100 /* domains of a row that are looked up: those that it hits most */

bool cause_is_without_connection(const struct cause *cause) {
    return strcmp(cause->id, "network.timeout") == 0 || strcmp(cause->id, "network.unreachable") == 0;
}

static bool is_without_connection(const struct log_cause_row *row) {
    bool is_network = cause_is_without_connection(row->cause->cause);
    struct slice reply = row->cause->sample.reply;
    return is_network && slice_find_nocase(reply, SLICE("connect")) < reply.len;
}

static bool is_of_provider(const struct log_tables *tables, const struct domain *domain) {
    return domain->provider || matcher_provider_of_host(tables->matcher, domain->name);
}

/* Did mail for that row's domains get an answer from a provider, though no good one? */
static bool is_answered(const struct log_tables *tables, const struct log_cause_row *row) {
    if (!totals_cause_answers(row->cause->cause))
        return false;
    for (size_t i = 0; i < MIN(row->domain_count, MOST_LOOKED_AT); i++)
        if (is_of_provider(tables, &tables->summary->totals.domains[row->domains[i].b]))
            return true;
    return false;
}

/* Of what was not asked for nothing is known but whether anybody answered. */
static bool is_any_reached(const struct log_tables *tables) {
    const struct totals *totals = &tables->summary->totals;
    for (uint32_t i = 0; i < totals->domain_count; i++)
        if (totals->domains[i].provider && totals->domains[i].received.of[OUTCOME_SENT])
            return true;
    for (size_t i = 0; i < tables->cause_count; i++)
        if (is_answered(tables, &tables->causes[i]))
            return true;
    return tables->is_filtered && totals->reached;
}

bool log_port_25_closed(const struct log_tables *tables, const struct log_cause_row *row) {
    const struct totals *totals = &tables->summary->totals;
    if (!tables->matcher || !is_without_connection(row) || is_any_reached(tables))
        return false;
    for (size_t i = 0; i < MIN(row->domain_count, MOST_LOOKED_AT); i++) {
        const struct domain *d = &totals->domains[row->domains[i].b];
        if (!d->received.of[OUTCOME_SENT] && matcher_provider_of_host(tables->matcher, d->name))
            return true;
    }
    return false;
}

#define FEWEST_DOMAINS 2

bool log_port_25_doubtful(const struct log_tables *tables) {
    uint32_t first = 0;
    size_t domains = 0;
    if (tables->summary->totals.reached)
        return false;
    for (size_t i = 0; i < tables->cause_count; i++) {
        const struct log_cause_row *row = &tables->causes[i];
        for (size_t k = 0; is_without_connection(row) && k < row->domain_count && domains < FEWEST_DOMAINS;
             k++) {
            domains += !domains || row->domains[k].b != first;
            first = row->domains[k].b;
        }
    }
    return domains >= FEWEST_DOMAINS;
}
