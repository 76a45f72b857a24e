/* What a receiver reports about a domain's mail: see present_feedback.h. */
#include "analyze/report/present_feedback.h"

#include "analyze/auth/check_kind.h"
#include "analyze/verdict/sources.h"
#include "analyze/verdict/verification.h"
#include "parsers/base/address.h"
#include "parsers/base/organisation.h"

#define MOST_SOURCES 20  /* rows of a table; -v shows all */
#define MOST_OF_CODE 120 /* bytes of what a sender says of a failure */
#define MOST_NAMED   5   /* addresses in a sentence */
#define MOST_STEPS   10  /* on failures of TLS */

static struct value period(struct page *p, const struct feedback *f) {
    return f->begin >= 0 && f->end >= 0 ? page_say(p, SAY_PERIOD, as_time(f->begin), as_time(f->end))
                                        : NO_LABEL;
}

/* Who wrote it is known of a mail that is what it claims to be alone; a file shows nothing. */
static void present_writer(struct page *p, const struct report *r) {
    const struct answer *authentic = r->answers ? &r->answers[ASKED_AUTHENTIC] : NULL;
    bool is_shown = authentic && authentic->text.len && strcmp(authentic->result, "yes") == 0;
    page_row(p, word(LABEL_SHOWN),
             is_shown ? page_say(p, SAY_FEEDBACK_SHOWN, as_host(address_domain(r->mail.trace.from)))
                      : word(SAY_FEEDBACK_NOT_SHOWN));
}

static void present_origin(struct page *p, const struct report *r) {
    const struct feedback *f = r->feedback;
    page_row_known(p, word(LABEL_PERIOD), period(p, f));
    page_row_known(p, word(LABEL_REPORTED_BY),
                   f->contact.len ? page_say(p, SAY_NAME_WITH_DETAIL, as_stranger(f->organisation),
                                             as_address(f->contact))
                                  : as_stranger(f->organisation));
    present_writer(p, r);
    page_row_known(p, word(LABEL_REPORT_ID), as_identifier(f->id));
}

/* --- DMARC --- */

struct value standing_words(enum standing standing) {
    static const enum words words[STANDINGS] = {[STANDING_PASSES] = SAY_STANDING_PASSES,
                                                [STANDING_FORWARDED] = SAY_STANDING_FORWARDED,
                                                [STANDING_UNKNOWN] = SAY_STANDING_UNKNOWN,
                                                [STANDING_SPF_MISSING] = SAY_STANDING_SPF_MISSING,
                                                [STANDING_OTHER_DOMAIN] = SAY_STANDING_OTHER_DOMAIN,
                                                [STANDING_KEY_BROKEN] = SAY_STANDING_KEY_BROKEN,
                                                [STANDING_SPF_BROKEN] = SAY_STANDING_SPF_BROKEN,
                                                [STANDING_STRICT] = SAY_STANDING_STRICT,
                                                [STANDING_CONTRADICTED] = SAY_STANDING_CONTRADICTED};
    return word(words[standing]);
}

static struct value addresses(struct page *p, const struct sources *s, enum standing standing) {
    struct value text = NO_LABEL;
    size_t found = 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->list[i].standing == standing && found++ < MOST_NAMED) {
            struct value ip = as_network(s->list[i].row->ip);
            struct value one = s->list[i].domain.len
                                   ? page_say(p, SAY_NAME_WITH_DETAIL, ip, as_host(s->list[i].domain))
                                   : ip;
            text = page_join(p, text, ", ", one);
        }
    return found > MOST_NAMED ? page_join(p, text, " ", page_say(p, SAY_MORE, as_count(found - MOST_NAMED)))
                              : text;
}

/* Of those whose signature does not verify, which SPF does not allow either. */
static struct value without_spf(struct page *p, const struct sources *s) {
    struct value text = NO_LABEL;
    size_t found = 0;
    for (size_t i = 0; i < s->count && found < MOST_NAMED; i++)
        if (s->list[i].lacks_spf && ++found)
            text = page_join(p, text, ", ", as_network(s->list[i].row->ip));
    return value_is_known(text) ? page_say(p, SAY_SOURCE_SPF_TOO, text) : NO_LABEL;
}

static void present_source_step(struct page *p, unsigned *number, struct value step) {
    page_step(p, *number ? NO_LABEL : word(LABEL_WHAT_TO_DO), *number + 1, step);
    ++*number;
}

/* What passes, and still has something to mend. */
static void present_broken_selectors(struct page *p, const struct sources *s, unsigned *number) {
    unsigned left = MOST_NAMED;
    for (size_t i = 0; i < s->count && left; i++)
        if (s->list[i].broken_selector.len && left--)
            present_source_step(p, number,
                                page_say(p, SAY_SOURCE_BY_SPF_ALONE, as_count(s->list[i].messages),
                                         as_selector(s->list[i].broken_selector),
                                         as_network(s->list[i].row->ip)));
}

void present_source_steps(struct page *p, const struct sources *s) {
    static const enum words advice[STANDINGS] = {[STANDING_PASSES] = NO_WORDS,
                                                 [STANDING_FORWARDED] = SAY_SOURCE_FORWARDED,
                                                 [STANDING_UNKNOWN] = SAY_SOURCE_UNKNOWN,
                                                 [STANDING_SPF_MISSING] = SAY_SOURCE_SPF_MISSING,
                                                 [STANDING_KEY_BROKEN] = SAY_SOURCE_KEY_BROKEN,
                                                 [STANDING_SPF_BROKEN] = SAY_SOURCE_SPF_BROKEN,
                                                 [STANDING_STRICT] = SAY_SOURCE_STRICT,
                                                 [STANDING_CONTRADICTED] = SAY_SOURCE_CONTRADICTED,
                                                 [STANDING_OTHER_DOMAIN] = SAY_SOURCE_OTHER_DOMAIN};
    bool is_told[STANDINGS] = {[STANDING_PASSES] = true};
    unsigned number = 0;
    for (int most = 0; most >= 0;) {
        most = -1;
        for (int k = 0; k < STANDINGS; k++)
            if (!is_told[k] && s->of_standing[k] > 0 &&
                (most < 0 || s->of_standing[k] > s->of_standing[most]))
                most = k;
        if (most < 0)
            break;
        is_told[most] = true;
        struct value step =
            page_say(p, advice[most], as_count(s->of_standing[most]), addresses(p, s, (enum standing)most));
        if (most == STANDING_KEY_BROKEN)
            step = page_join(p, step, " ", without_spf(p, s));
        present_source_step(p, &number, step);
    }
    present_broken_selectors(p, s, &number);
}

static void present_policy(struct page *p, const struct feedback_policy *policy) {
    struct value text = page_say(p, SAY_TAG, as_ours("p"), as_stranger(policy->p));
    const struct {
        const char *tag;
        struct slice value;
    } tags[] = {{"sp", policy->sp},     {"np", policy->np},   {"adkim", policy->adkim},
                {"aspf", policy->aspf}, {"pct", policy->pct}, {"t", policy->testing}};
    for (size_t i = 0; i < G_N_ELEMENTS(tags); i++)
        if (tags[i].value.len)
            text = page_join(p, text, "; ",
                             page_say(p, SAY_TAG, as_ours(tags[i].tag), as_stranger(tags[i].value)));
    if (policy->p.len)
        page_row(p, word(LABEL_POLICY), text);
}

static void present_sources(struct page *p, const struct sources *s) {
    static const enum words heads[] = {HEAD_ADDRESS, HEAD_MESSAGES,    HEAD_STANDING, HEAD_SPF,
                                       HEAD_DKIM,    HEAD_DISPOSITION, HEAD_REASON};
    size_t shown = p->style.verbose || s->count < MOST_SOURCES ? s->count : MOST_SOURCES;
    page_section(p, word(SECTION_SOURCES));
    struct table t = page_table(p, heads, G_N_ELEMENTS(heads), 6, shown);
    for (size_t i = 0; i < shown; i++) {
        const struct feedback_row *row = s->list[i].row;
        page_cell(p, &t, upto(as_network(row->ip), 60));
        page_cell(p, &t, as_count(s->list[i].messages));
        page_cell(p, &t, standing_words(s->list[i].standing));
        page_cell(p, &t, upto(as_stranger(row->spf), 20));
        page_cell(p, &t, upto(as_stranger(row->dkim), 20));
        page_cell(p, &t, upto(as_stranger(row->disposition), 20));
        page_cell(p, &t,
                  s->list[i].domain.len ? upto(as_host(s->list[i].domain), 100)
                                        : upto(as_stranger(row->reason), 60));
    }
    page_table_end(p, &t);
    if (shown < s->count)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE_HIDDEN, as_count(s->count - shown)));
}

static void present_dmarc(struct page *p, const struct report *r) {
    const struct feedback *f = r->feedback;
    struct sources s;
    sources_find(&s, f, p->outlet.arena);
    bool is_bad = s.passed + s.of_standing[STANDING_FORWARDED] < s.messages;
    struct value of = f->policy.domain.len
                          ? page_say(p, TITLE_DMARC_REPORT, upto(as_stranger(f->organisation), 100),
                                     as_host(f->policy.domain))
                          : page_say(p, TITLE_DMARC_REPORT_BARE, upto(as_stranger(f->organisation), 100));
    struct value result =
        s.passed < s.messages
            ? page_say(p, SAY_SOME_FAILED, as_count(s.messages - s.passed), as_count(s.messages))
            : page_say(p, SAY_NONE_FAILED, as_count(s.messages));
    page_title(p, page_say(p, TITLE_WITH_CAUSE, of, result), is_bad ? EMPHASIS_WARN : EMPHASIS_GOOD);
    present_source_steps(p, &s);
    present_origin(p, r);
    present_policy(p, &f->policy);
    if (s.count)
        present_sources(p, &s);
    if (f->has_more)
        page_row(p, NO_LABEL, page_say(p, SAY_ROWS_NOT_READ, as_count(f->row_count - LIMIT_FEEDBACK_ROWS)));
}

/* --- TLS --- */

/* Result types of RFC 8460 section 4.3, and what each asks for. */
static const struct {
    struct slice type;
    enum words words;
} tls_types[] = {
    {SLICE("starttls-not-supported"), SAY_TLS_NO_STARTTLS},
    {SLICE("certificate-host-mismatch"), SAY_TLS_HOST_MISMATCH},
    {SLICE("certificate-expired"), SAY_TLS_EXPIRED},
    {SLICE("certificate-not-trusted"), SAY_TLS_NOT_TRUSTED},
    {SLICE("tlsa-invalid"), SAY_TLS_TLSA},
    {SLICE("dnssec-invalid"), SAY_TLS_DNSSEC},
    {SLICE("dane-required"), SAY_TLS_DANE},
    {SLICE("sts-policy-fetch-error"), SAY_TLS_STS_FETCH},
    {SLICE("sts-policy-invalid"), SAY_TLS_STS_POLICY},
    {SLICE("sts-webpki-invalid"), SAY_TLS_STS_WEBPKI},
};

struct value tls_advice(struct page *p, struct slice type, struct slice domain) {
    for (size_t i = 0; i < G_N_ELEMENTS(tls_types); i++)
        if (slice_equal_nocase(type, tls_types[i].type))
            return page_say(p, tls_types[i].words, as_host(domain));
    return NO_LABEL;
}

/* Of a kind that asks for nothing the sender may still say why (RFC 8460 section 4.3, validation-failure). */
static struct value advice_of(struct page *p, const struct tls_policy *policy, const struct tls_failure *f) {
    struct value advice = tls_advice(p, f->type, policy->domain);
    if (value_is_known(advice))
        return advice;
    for (const struct tls_failure *same = f; same; same = same->next)
        if (same->code.len && slice_equal_nocase(same->type, f->type))
            return page_say(p, SAY_TLS_CODE, upto(as_stranger(same->code), MOST_OF_CODE));
    return word(SAY_TLS_OTHER);
}

/* The hosts and addresses of all failures of this type. */
static struct value seen_at(struct page *p, const struct tls_failure *failures, struct slice type) {
    struct value text = NO_LABEL;
    size_t found = 0;
    for (const struct tls_failure *f = failures; f && found < MOST_NAMED; f = f->next) {
        struct value at = f->receiver_host.len ? as_host(f->receiver_host) : as_network(f->receiver_ip);
        if (slice_equal_nocase(f->type, type) && value_is_known(at) && ++found)
            text = page_join(p, text, ", ", at);
    }
    return text;
}

static void present_tls_step(struct page *p, unsigned number, const struct tls_policy *policy,
                             const struct tls_failure *f) {
    struct value advice = advice_of(p, policy, f);
    struct value at = seen_at(p, policy->details, f->type);
    page_step(p, number ? NO_LABEL : word(LABEL_WHAT_TO_DO), number + 1,
              value_is_known(at) ? page_say(p, SAY_TLS_SEEN_AT, advice, at) : advice);
}

/* What each kind of failure asks for, once for a domain. */
static void present_tls_steps(struct page *p, const struct feedback *f) {
    unsigned number = 0;
    for (const struct tls_policy *policy = f->policies; policy; policy = policy->next)
        for (const struct tls_failure *d = policy->details; d && number < MOST_STEPS; d = d->next) {
            const struct tls_failure *same = policy->details;
            while (!slice_equal_nocase(same->type, d->type))
                same = same->next;
            if (same == d)
                present_tls_step(p, number, policy, d);
            number += same == d;
        }
}

static void present_failures(struct page *p, const struct tls_policy *policy) {
    size_t shown = 0;
    for (const struct tls_failure *f = policy->details; f; f = f->next, shown++) {
        if (shown >= MOST_SOURCES && !p->style.verbose)
            continue;
        struct value at = f->receiver_host.len ? as_host(f->receiver_host) : as_network(f->receiver_ip);
        struct value what = page_say(p, SAY_TLS_FAILURE, as_count(f->count), as_stranger(f->type));
        if (f->code.len)
            what = page_say(p, SAY_WITH_CODE, what, upto(as_stranger(f->code), MOST_OF_CODE));
        page_row(p, word(LABEL_FAILURE),
                 value_is_known(at) ? page_join(p, what, " ", page_say(p, SAY_AT_HOST, at)) : what);
    }
    if (shown > MOST_SOURCES && !p->style.verbose)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE_HIDDEN, as_count(shown - MOST_SOURCES)));
}

static void present_tls(struct page *p, const struct report *r) {
    const struct feedback *f = r->feedback;
    int64_t failures = 0;
    int64_t successes = 0;
    for (const struct tls_policy *policy = f->policies; policy; policy = policy->next) {
        failures += policy->failures;
        successes += policy->successes;
    }
    struct value of = page_say(p, TITLE_TLS_REPORT, upto(as_stranger(f->organisation), 100),
                               f->policies ? as_host(f->policies->domain) : NO_LABEL);
    struct value result =
        failures ? page_say(p, SAY_SOME_UNSECURED, as_count(failures), as_count(successes + failures))
                 : page_say(p, SAY_NONE_UNSECURED, as_count(successes));
    page_title(p, page_say(p, TITLE_WITH_CAUSE, of, result), failures ? EMPHASIS_WARN : EMPHASIS_GOOD);
    present_tls_steps(p, f);
    present_origin(p, r);
    for (const struct tls_policy *policy = f->policies; policy; policy = policy->next) {
        page_section(p, page_say(p, SECTION_TLS_POLICY, as_host(policy->domain), as_stranger(policy->type)));
        page_row(p, word(LABEL_SESSIONS),
                 page_say(p, SAY_TLS_SESSIONS, as_count(policy->successes), as_count(policy->failures)));
        present_failures(p, policy);
    }
}

/* --- one message that failed (RFC 6591, RFC 9991) --- */

static bool says(struct slice text, const char *word) {
    return slice_equal_nocase(text, slice_of(word));
}

static bool is_one_organisation(struct slice one, struct slice other) {
    struct arena arena = {0};
    bool is_one = slice_equal_nocase(organisation_of(&arena, one), organisation_of(&arena, other));
    arena_free(&arena);
    return is_one;
}

/* A word of a failure report, in words; one that is not registered as it stands. */
struct registered {
    const char *word;
    enum words words;
};

static struct value in_words(struct slice text, const struct registered *rows, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (says(slice_trim(text), rows[i].word))
            return word(rows[i].words);
    return as_stranger(text);
}

/* Auth-Failure (RFC 6591 section 3.3; dmarc: RFC 7489 section 7.3). */
static struct value failed_words(struct slice text) {
    static const struct registered rows[] = {
        {"dmarc", SAY_FAILED_DMARC},         {"spf", SAY_FAILED_SPF},
        {"signature", SAY_FAILED_SIGNATURE}, {"bodyhash", SAY_FAILED_BODY_HASH},
        {"revoked", SAY_FAILED_REVOKED},     {"adsp", SAY_FAILED_ADSP}};
    return in_words(text, rows, G_N_ELEMENTS(rows));
}

/* Delivery-Result (RFC 6591 section 3.2.2). */
static struct value result_words(struct slice text) {
    static const struct registered rows[] = {{"delivered", SAY_RESULT_DELIVERED},
                                             {"spam", SAY_RESULT_SPAM},
                                             {"policy", SAY_RESULT_POLICY},
                                             {"reject", SAY_RESULT_REJECT},
                                             {"other", SAY_RESULT_OTHER}};
    return in_words(text, rows, G_N_ELEMENTS(rows));
}

static void present_failure(struct page *p, const struct report *r) {
    const struct complaint *c = &r->complaint;
    /* NetEase lists what failed; a signature of others is aligned with nothing, whatever is listed */
    bool is_of_others = c->dkim_domain.len && c->reported_domain.len &&
                        !is_one_organisation(c->dkim_domain, c->reported_domain);
    bool is_none = says(c->alignment, "none");
    bool is_aligned = c->alignment.len && !is_none && !is_of_others;
    struct value by = c->reporting_mta.len ? as_host(c->reporting_mta) : as_stranger(c->user_agent);
    page_title(p,
               c->failed.len
                   ? page_say(p, TITLE_FAILURE_REPORT, failed_words(c->failed), as_host(c->reported_domain))
                   : page_say(p, TITLE_FAILURE_REPORT_BARE, as_host(c->reported_domain)),
               EMPHASIS_WARN);
    page_row(p, word(LABEL_WHAT_TO_DO), word(is_aligned ? SAY_FAILURE_ALIGNED : SAY_FAILURE_FORGED));
    page_row_known(p, word(LABEL_SENT_FROM), as_network(c->source_ip));
    page_row_known(p, word(LABEL_DELIVERY_RESULT), result_words(c->delivery));
    page_row_known(p, word(LABEL_ALIGNMENT),
                   is_none ? word(SAY_ALIGNED_NONE) : as_stranger(is_aligned ? c->alignment : SLICE_EMPTY));
    page_row_known(p, word(LABEL_SIGNED_BY), as_host(c->dkim_domain));
    page_row_known(p, word(LABEL_RESULTS), upto(as_stranger(c->results), 400));
    page_row_known(p, word(LABEL_REPORTED_BY), by);
    present_writer(p, r);
}

/* What the DNS says of it today, with what to do. */
static void present_today(struct page *p, const struct check_list *records) {
    const struct check_kind *kind = NULL;
    if (!records->first)
        return;
    page_section(p, word(SECTION_TODAY));
    for (const struct check *c = records->first; c; c = c->next) {
        page_row(p, c->kind == kind ? NO_LABEL : as_ours(c->kind->label), as_sentence(c->text));
        kind = c->kind;
        for (const struct remedy *remedy = c->remedies; remedy; remedy = remedy->next)
            page_row(p, NO_LABEL, as_sentence(remedy->text));
    }
}

void present_feedback(struct page *p, const struct report *r) {
    if (!r->feedback) {
        present_failure(p, r);
        return;
    }
    if (r->feedback->kind == FEEDBACK_TLS)
        present_tls(p, r);
    else
        present_dmarc(p, r);
    for (const struct note *n = r->feedback_log.first; n; n = n->next)
        page_row(p, n == r->feedback_log.first ? word(LABEL_LOG) : NO_LABEL, as_sentence(n->text));
    if (r->verification)
        present_today(p, &r->verification->records);
}
