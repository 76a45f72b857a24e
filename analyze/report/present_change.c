/* What exactly is to be changed: see present_change.h. */
#include "analyze/report/present_change.h"

#include "analyze/auth/check_kind.h"
#include "analyze/auth/spf_check.h"
#include "analyze/report/present_fixed.h"
#include "analyze/report/structure_auth.h"
#include "analyze/verdict/genuine.h"
#include "analyze/verdict/verification.h"
#include "parsers/dns/name.h"

#include <string.h>

#define MOST_OF_STRING 255 /* bytes of one string of a TXT record (RFC 1035 section 3.3.14) */

/* --- records --- */

static void append_string(GString *out, struct slice text) {
    for (size_t i = 0; i < text.len; i++) {
        if (i % MOST_OF_STRING == 0)
            g_string_append(out, i ? "\" \"" : "\"");
        if (text.ptr[i] == '"' || text.ptr[i] == '\\')
            g_string_append_c(out, '\\');
        g_string_append_c(out, text.ptr[i]);
    }
    g_string_append_c(out, '"');
}

struct value record_line(struct page *p, const struct proposal *r) {
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "%.*s. IN %s ", S(dns_name_show(p->outlet.arena, r->name)), r->type);
    if (strcmp(r->type, "TXT") == 0)
        append_string(out, r->text);
    else
        g_string_append_len(out, r->text.ptr, (gssize)r->text.len);
    struct slice line = arena_copy(p->outlet.arena, (struct slice){out->str, out->len});
    g_string_free(out, TRUE);
    return as_stranger(line);
}

bool is_proposed_before(const struct proposal *p, const struct check *c) {
    for (; c; c = c->next)
        for (const struct proposal *r = c->proposals; r; r = r->next) {
            if (r == p)
                return false;
            if (slice_equal(r->name, p->name) && slice_equal(r->text, p->text))
                return true;
        }
    return false;
}

/* --- of a verdict --- */

/* Does it bear the refusal out? */
static bool bears_out(const struct check *c, const struct verdict *v) {
    if (c->outcome != CHECK_FAIL && c->outcome != CHECK_WARNING)
        return false;
    if (c->kind == &spf_check && v->is_redirected) /* who forwards is no part of the sender's domain */
        return false;
    for (const struct finding *f = v->checks; f; f = f->next)
        if (f->agreement == AGREEMENT_SUPPORTS && f->check == c->kind && slice_equal(f->result, c->result))
            return true;
    return false;
}

/* The first check from `c` on that bears the refusal out and says what to change; NULL: none. */
static const struct check *next_change(const struct check *c, const struct verdict *v) {
    while (c && !(c->remedies && bears_out(c, v)))
        c = c->next;
    return c;
}

static const struct check *first_change(const struct report *r, const struct verdict *v) {
    const struct verification *of = r->verification;
    if (!of || report_is_backscatter(r) || reason_now(r, v) == FIXED_NOW)
        return NULL;
    return next_change(of->auth.checks.first, v);
}

void write_change(struct writer *w, const struct report *r, const struct verdict *v) {
    const struct check *first = first_change(r, v);
    if (!first)
        return;
    write_list(w, "to_change");
    for (const struct check *c = first; c; c = next_change(c->next, v)) {
        write_object(w, NULL);
        write_known(w, "check", as_ours(c->kind->id));
        write_known(w, "subject", as_host(c->subject));
        write_check_remedies(w, c);
        write_object_end(w);
    }
    write_list_end(w);
}

void present_change(struct page *p, const struct report *r, const struct verdict *v) {
    const struct check *first = first_change(r, v);
    unsigned number = 0;
    bool is_begun = false;
    for (const struct check *c = first; c; c = next_change(c->next, v))
        for (const struct remedy *m = c->remedies; m; m = m->next, number++)
            page_step(p, number ? NO_LABEL : word(LABEL_TO_CHANGE), number + 1, as_sentence(m->text));
    for (const struct check *c = first; c; c = next_change(c->next, v))
        for (const struct proposal *m = c->proposals; m; m = m->next) {
            if (is_proposed_before(m, first))
                continue;
            if (!is_begun)
                page_section(p, word(SECTION_PROPOSALS));
            is_begun = true;
            page_copy(p, record_line(p, m));
        }
}
