/* Names and small parts of reports: see report.h. */
#include "analyze/verdict/report.h"

#include "analyze/classify/entity.h"

#include <glib.h>

const char *kind_name(enum input_kind kind) {
    static const char *const names[] = {"none",      "message",    "bounce", "auto-reply", "complaint",
                                        "challenge", "transcript", "event",  "report"};
    _Static_assert(G_N_ELEMENTS(names) == KIND_REPORT + 1, "a name for each");
    return names[kind];
}

const char *asked_name(enum asked asked) {
    static const char *const names[] = {"authentic", "spam", "delay", "route"};
    _Static_assert(G_N_ELEMENTS(names) == ASKED, "a name for each");
    return names[asked];
}

const char *confidence_name(enum confidence c) {
    static const char *const names[] = {"guess", "guess", "likely", "certain"};
    _Static_assert(G_N_ELEMENTS(names) == CONFIDENCES, "a name for each");
    return names[c];
}

bool verdict_is_delivered(const struct verdict *v) {
    static const char *const causes[] = {"notice.delivered", "notice.relayed", "notice.expanded"};
    for (size_t i = 0; i < G_N_ELEMENTS(causes); i++)
        if (strcmp(v->cause->id, causes[i]) == 0)
            return true;
    return false;
}

bool verdict_is_silent(const struct verdict *v) {
    bool is_answer = v->reply.code && v->reply.command.len;
    return !is_answer && cause_is_of(verdict_root_cause(v)->id, "network");
}

bool verdict_is_senders(const struct verdict *v) {
    return strcmp(v->fixer, "sender-operator") == 0 || strcmp(v->fixer, "author") == 0;
}

bool verdict_hits_service(const struct verdict *v) {
    static const char *const causes[] = {"blocklist", "reputation.ip", "reputation.network", "identity"};
    if (!v->client_of || v->client_of == v->provider)
        return false;
    const char *cause = verdict_root_cause(v)->id;
    for (size_t i = 0; i < G_N_ELEMENTS(causes); i++)
        if (cause_is_of(cause, causes[i]))
            return true;
    bool counts_address = entity_value(v->entities, SLICE("ip")).len > 0; /* "Messages from 192.0.2.1 …" */
    return counts_address && strcmp(cause, "rate.limited") == 0;
}

const char *trust_name(enum trust t) {
    static const char *const names[] = {"unverified", "remote", "own"};
    _Static_assert(G_N_ELEMENTS(names) == TRUST_OWN + 1, "a name for each");
    return names[t];
}

const char *refuser_name(enum refuser refuser) {
    static const char *const names[] = {
        [REFUSER_OPEN] = NULL,         [REFUSER_ANOTHER] = NULL,         [REFUSER_NAMED] = "named",
        [REFUSER_WORDS] = "words",     [REFUSER_LOOPBACK] = "loopback",  [REFUSER_REASON] = "reason",
        [REFUSER_PROGRAM] = "program", [REFUSER_SAME_SIDE] = "same-side"};
    _Static_assert(G_N_ELEMENTS(names) == REFUSERS, "a name for each");
    return names[refuser];
}

bool refuser_is_reporter(enum refuser refuser) {
    return refuser >= REFUSER_LOOPBACK;
}

const char *agreement_name(enum agreement agreement) {
    static const char *const names[] = {"neutral", "supports", "contradicts"};
    _Static_assert(G_N_ELEMENTS(names) == AGREEMENT_CONTRADICTS + 1, "a name for each");
    return names[agreement];
}

const struct cause *verdict_root_cause(const struct verdict *v) {
    return v->underlying ? v->underlying : v->cause;
}

void verdict_add_evidence(struct verdict *v, struct evidence evidence, struct arena *arena) {
    struct evidence **end = &v->evidence;
    while (*end)
        end = &(*end)->next;
    *end = ARENA_NEW(arena, struct evidence);
    **end = evidence;
    (*end)->next = NULL;
}

void verdict_add_finding(struct verdict *v, const struct check_kind *check, struct slice result,
                         enum agreement agreement, struct slice text, struct arena *arena) {
    struct finding **end = &v->checks;
    while (*end)
        end = &(*end)->next;
    *end = ARENA_NEW(arena, struct finding);
    **end = (struct finding){NULL, check, result, agreement, text, SLICE_EMPTY};
}
