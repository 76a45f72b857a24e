/* Counting deliveries: see counting.h. */
#include "analyze/deliveries/counting.h"

#include "parsers/base/hash.h"

static void offer_sample(struct totals *t, struct log_sample *s, const struct delivery *d) {
    if (d->reply.len)
        log_sample_offer(s, d, &t->arena, &t->scratch);
}

static void count_failure(struct totals *t, const struct delivery *d) {
    unsigned number = totals_cause(t, delivery_cause(d));
    struct cause_count *cause = &t->causes[number];
    cause->recipients++;
    if (d->last != -1 && (cause->first == -1 || d->last < cause->first))
        cause->first = d->last;
    offer_sample(t, &t->causes[number].sample, d);
    totals_tally(t, &t->by_domain, number, d->domain, 0)->counts.of[d->outcome]++;
    totals_tally(t, &t->by_sender, number, d->sender_domain, 0)->counts.of[d->outcome]++;
    struct tally *cell = totals_tally(t, &t->matrix, d->sender_domain, d->domain, number + 1);
    cell->counts.of[d->outcome]++;
    /* A difference between senders rests on such replies; of small domains there may be very many. */
    size_t most = t->domains[d->domain].provider ? MOST_SAMPLES : LIMIT_SAMPLES;
    bool is_kept = cell->sample || t->sample_count < most;
    if (d->reply.len && delivery_hits_sender(d) && is_kept)
        offer_sample(t, totals_sample_of(t, cell), d);
}

/* The step of the timeline; false: the time is not known, or no time of a log. */
static bool step_of(int64_t time, uint32_t *number) {
    *number = (uint32_t)(time / TIMELINE_SECONDS);
    return time >= 0 && time / TIMELINE_SECONDS <= (int64_t)UINT32_MAX - 1;
}

static void count_time(struct totals *t, int64_t time, enum outcome outcome) {
    uint32_t number;
    if (!step_of(time, &number))
        return;
    if (!t->step || t->step->a != number)
        t->step = totals_tally(t, &t->timeline, number, 0, 0);
    t->step->counts.of[outcome]++;
}

static void find_row(struct totals *t, enum rankings ranking, struct slice name) {
    struct ranking *r = &t->rankings[ranking];
    t->of_message[ranking] = name.len ? ranking_of(r, name, t->last_message) : NULL;
}

/* The account that handed it in, and the sender: mostly they are the same, and counted once for both. */
static void find_who_sent(struct totals *t, const struct delivery *d) {
    bool is_own = t->wants_busiest && d->user.len && slice_equal(d->user, d->sender);
    struct ranked **account = &t->of_message[RANKING_ACCOUNTS];
    find_row(t, RANKING_SENDERS, is_own || !t->wants_busiest ? SLICE_EMPTY : d->sender);
    find_row(t, RANKING_ACCOUNTS, is_own ? SLICE_EMPTY : d->user);
    if (is_own)
        *account = ranking_of(&t->own, d->user, t->last_message);
    if (*account && d->client_ip.len)
        ranked_note_client(*account, d->client_ip);
}

/* A message begins: whom its recipients count for, but what each has of its own. */
static void count_message(struct totals *t, const struct delivery *d) {
    char uid[16];
    if (d->uid >= 0)
        g_snprintf(uid, sizeof uid, "%d", d->uid);
    t->last_message = d->message + 1;
    find_who_sent(t, d);
    find_row(t, RANKING_UIDS, d->uid < 0 ? SLICE_EMPTY : slice_of(uid));
    find_row(t, RANKING_SCRIPTS, d->script);
    t->messages++;
    t->bytes += d->size > 0 ? (uint64_t)d->size : 0;
}

static void count_ranked(struct totals *t, const struct delivery *d) {
    for (size_t i = 0; i <= RANKING_SENDERS; i++)
        if (t->of_message[i])
            ranked_count(t->of_message[i], d);
    if (d->local_ip.len)
        ranked_count(ranking_of(&t->rankings[RANKING_ADDRESSES], d->local_ip, t->last_message), d);
    if (t->wants_busiest)
        ranked_count(ranking_of(&t->rankings[RANKING_RECIPIENTS], d->recipient, t->last_message), d);
}

static void count_delay(struct totals *t, const struct delivery *d) {
    const uint32_t times[] = {[DELAY_ALL] = d->delay,
                              [DELAY_QUEUE] = LOG_NO_DELAY,
                              [DELAY_CONNECTING] = d->connecting,
                              [DELAY_SENDING] = d->sending};
    if (d->outcome != OUTCOME_SENT || d->delay == LOG_NO_DELAY)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(times); i++)
        if (times[i] != LOG_NO_DELAY)
            delays_count(totals_delays(t, &t->delays[i]), times[i]);
    if (d->connecting != LOG_NO_DELAY && d->sending != LOG_NO_DELAY) {
        uint64_t spent = (uint64_t)d->connecting + d->sending;
        delays_count(totals_delays(t, &t->delays[DELAY_QUEUE]),
                     d->delay > spent ? d->delay - (uint32_t)spent : 0);
    }
    if (d->relay.len && t->domains[d->domain].delays)
        delays_count(t->domains[d->domain].delays, d->delay);
}

/* Most mail to a domain goes to the relay that took the last one. */
static void ask_provider(struct totals *t, struct domain *domain, struct slice relay,
                         const struct matcher *matcher) {
    uint64_t hash = hash_bytes(relay.ptr, relay.len, 0) | 1;
    if (hash == domain->relay)
        return;
    const struct provider *provider = matcher_provider_of_host(matcher, relay);
    if (provider != domain->asked || !domain->relay)
        domain->delays = provider ? totals_provider_delays(t, provider) : NULL;
    domain->relay = hash;
    domain->asked = provider;
    totals_provide(domain, provider);
}

/* Does the cause show that one's own relay answered, and not who takes the mail of the recipient's domain? */
static bool is_at_own_relay(const struct delivery *d) {
    static const char *const causes[] = {"access.login-required", "sender-system"};
    for (size_t i = 0; d->class && i < G_N_ELEMENTS(causes); i++)
        if (cause_is_of(delivery_cause(d)->id, causes[i]))
            return true;
    return false;
}

/* Did another host answer? What is delivered here says nothing of the way out. */
static bool is_reached(const struct delivery *d) {
    if (d->outcome == OUTCOME_SENT)
        return d->direction == DIRECTION_OUT;
    return d->class && totals_cause_answers(delivery_cause(d));
}

void totals_note_unasked(struct totals *t, const struct delivery *d) {
    t->reached += d->outcome != OUTCOME_REJECTED && is_reached(d);
}

void totals_count(struct totals *t, const struct delivery *d, const struct matcher *matcher) {
    struct domain *domain = &t->domains[d->domain];
    bool is_of_domain = !is_at_own_relay(d);
    t->outcomes.of[d->outcome]++;
    t->handed_on += d->is_handed_on;
    t->maybe_twice += delivery_maybe_twice(d);
    t->reached += is_reached(d);
    domain->received.of[d->outcome]++;
    if (d->relay.len && matcher && is_of_domain)
        ask_provider(t, domain, d->relay, matcher);
    if (d->provider && is_of_domain)
        totals_provide(domain, d->provider);
    t->domains[d->sender_domain].sent.of[d->outcome]++;
    totals_tally(t, &t->matrix, d->sender_domain, d->domain, 0)->counts.of[d->outcome]++;
    count_time(t, d->last, d->outcome);
    for (int i = 0; i < LOG_STATUSES; i++)
        t->attempts[i == LOG_GIVEN_UP ? LOG_BOUNCED : i] += d->tries[i];
    if (d->class)
        t->causes[totals_cause(t, delivery_cause(d))].attempts += d->attempts - d->tries[LOG_SENT];
    if (outcome_is_failure(d->outcome) && d->class)
        count_failure(t, d);
    if (d->outcome == OUTCOME_DISCARDED || d->outcome == OUTCOME_HELD)
        log_samples_offer(&t->set_aside, d, &t->arena, &t->scratch);
    count_delay(t, d);
    if (t->last_message != d->message + 1)
        count_message(t, d);
    t->bytes_delivered += d->outcome == OUTCOME_SENT && d->size > 0 ? (uint64_t)d->size : 0;
    count_ranked(t, d);
}

static void count_name(struct totals *t, enum rankings ranking, struct slice name, unsigned times,
                       int64_t time) {
    if (!name.len)
        return;
    struct ranked *row = ranking_of(&t->rankings[ranking], name, 0);
    row->times += times;
    if (time != -1 && (row->first == -1 || time < row->first))
        row->first = time;
}

void totals_count_login(struct totals *t, const struct log_event *e, unsigned times) {
    t->logins += times;
    count_name(t, RANKING_LOGIN_CLIENTS, e->client_ip, times, e->time);
    count_name(t, RANKING_LOGIN_USERS, e->user, times, e->time);
}

void totals_count_tls(struct totals *t, const struct log_event *e) {
    count_name(t, e->is_remote ? RANKING_TLS_OUT : RANKING_TLS_IN, e->text, 1, e->time);
}

void totals_count_reject(struct totals *t, const struct delivery *d) {
    count_name(t, RANKING_REJECTED, d->client_ip.len ? d->client_ip : d->client, d->attempts, d->last);
    uint32_t step;
    if (step_of(d->last, &step))
        totals_tally(t, &t->rejects, step, 0, 0)->times += d->attempts;
    t->rejected += d->attempts;
    if (!d->class)
        return;
    struct cause_count *c = &t->causes[totals_cause(t, delivery_cause(d))];
    c->inbound += d->attempts;
    offer_sample(t, &c->inbound_sample, d);
}
