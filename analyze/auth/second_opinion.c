/* Which libraries are asked: see second_opinion.h. */
#include "analyze/auth/second_opinion.h"

#include "analyze/auth/dkim_second.h"
#include "analyze/auth/spf_second.h"

#include <glib.h>

struct second_opinion {
    struct opinion_process *process;
    const struct snapshot *snapshot;
    void (*begin)(void *context); /* reads the snapshot, in the process; NULL: it is read */
    void *context;
    struct arena arena; /* of the process, for one question */
};

/* Each question is answered with a resolver of its own, on the snapshot that the process was born with. */
static size_t answer_with(opinion_answerer *answerer, struct second_opinion *opinion, struct slice question,
                          unsigned char *answer) {
    struct resolver resolver;
    arena_reset(&opinion->arena);
    resolver_init(&resolver, opinion->snapshot, &opinion->arena);
    size_t size = answerer(&resolver, question, answer);
    resolver_close(&resolver);
    return size;
}

static size_t answer_spf(void *opinion, struct slice question, unsigned char *answer) {
    return answer_with(spf_second_answer, opinion, question, answer);
}

static size_t answer_dkim(void *opinion, struct slice question, unsigned char *answer) {
    return answer_with(dkim_second_answer, opinion, question, answer);
}

enum { SPF, DKIM, KINDS };
static opinion_answerer *const answerers[KINDS] = {[SPF] = answer_spf, [DKIM] = answer_dkim};

static void begin_opinion(void *context) {
    struct second_opinion *opinion = context;
    if (opinion->begin)
        opinion->begin(opinion->context);
}

struct second_opinion *second_opinion_new(const struct snapshot *snapshot, void (*begin)(void *context),
                                          void *context) {
    struct second_opinion *opinion = g_new0(struct second_opinion, 1);
    *opinion = (struct second_opinion){.snapshot = snapshot, .begin = begin, .context = context};
    opinion->process = opinion_process_new(answerers, KINDS, begin_opinion, opinion, OPINION_SECONDS * 1000);
    return opinion;
}

void second_opinion_free(struct second_opinion *opinion) {
    if (!opinion)
        return;
    opinion_process_free(opinion->process);
    g_free(opinion);
}

void second_opinion_of_spf(struct second_opinion *opinion, const struct spf_query *query, struct arena *arena,
                           struct spf_verdict *verdict) {
    if (opinion)
        spf_second_ask(opinion->process, SPF, query, arena, verdict);
}

bool second_opinion_ask_dkim(struct second_opinion *opinion, const struct mail_bytes *mail, int64_t when) {
    return opinion && dkim_second_ask(opinion->process, DKIM, mail, when);
}

void second_opinion_hear_dkim(struct second_opinion *opinion, struct arena *arena,
                              struct dkim_verdict *first) {
    dkim_second_hear(opinion->process, arena, first);
}
