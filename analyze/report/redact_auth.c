/* Pseudonyms in what was verified: see redact.h. */
#include "analyze/report/redact.h"

#include "analyze/verdict/verify.h"

/* What is quoted from the message, as a subject before it got a tag, goes altogether. */
static void redact_quoted(struct slice *text, struct arena *arena) {
    char *out = arena_open(arena, text->len + 1);
    size_t used = 0;
    bool is_quoted = false;
    for (size_t i = 0; i < text->len; i++) {
        bool is_mark = text->ptr[i] == '"';
        if (!is_quoted || is_mark)
            out[used++] = text->ptr[i];
        is_quoted ^= is_mark;
    }
    *text = arena_close(arena, out, used);
    redact_text(text, arena);
}

static void redact_spf(struct spf_verdict *spf, struct arena *arena) {
    redact_text(&spf->explanation, arena);
    redact_text(&spf->reason, arena);
    for (struct spf_step *s = spf->steps; s; s = s->next)
        redact_text(&s->text, arena);
}

void redact_verification(struct verification *v, struct arena *arena) {
    redact_text(&v->auth.transaction.sender, arena);
    redact_spf(&v->auth.spf, arena);
    redact_spf(&v->auth.helo, arena);
    for (struct dkim_verdict *d = v->auth.dkim; d; d = d->next)
        redact_quoted(&d->likely, arena);
    redact_quoted(&v->auth.arc.likely, arena);
    for (struct check *c = v->auth.checks.first; c; c = c->next)
        redact_quoted(&c->text, arena);
    for (struct difference *d = v->differences; d; d = d->next)
        redact_quoted(&d->text, arena);
}

void redact_findings(struct finding *finding, struct arena *arena) {
    for (; finding; finding = finding->next)
        redact_quoted(&finding->text, arena);
}
