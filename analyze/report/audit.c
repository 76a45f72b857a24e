/* Audits as text and JSON: see audit.h. */
#include "analyze/report/audit.h"

#include "analyze/auth/check_kinds.h"
#include "analyze/auth/spf_check.h"
#include "analyze/report/form.h"
#include "analyze/report/json.h"
#include "analyze/version.h"
#include "parsers/base/text.h"

static void audit_json(GString *out, const struct audit *audit, struct arena *arena) {
    struct json j = {out, false};
    json_open(&j, NULL, '{');
    json_text(&j, "mailwhy", MAILWHY_VERSION);
    json_number(&j, "schema", 1);
    json_open(&j, "input", '{');
    json_text(&j, "kind", "audit");
    json_string(&j, "domain", audit->domain);
    json_slice(&j, "ip", ip_text(arena, &audit->auth.transaction.ip));
    json_slice(&j, "helo", audit->auth.transaction.helo);
    json_slice(&j, "sender", audit->auth.transaction.sender);
    json_close(&j, '}');
    json_open(&j, "auth", '{');
    auth_checks_json(&j, &audit->auth, arena);
    json_close(&j, '}');
    checks_json(&j, audit->auth.checks.first);
    dns_json(&j, &audit->auth, arena);
    json_close(&j, '}');
}

static const char *outcome_word(enum check_outcome outcome) {
    static const char *const words[] = {"passed", "FAILED", "warning", "unknown"};
    return words[outcome];
}

static void present_row(struct page *p, const struct audit *a, const struct check_kind *kind,
                        struct arena *arena) {
    const char *label = kind->label;
    for (const struct check *c = check_first(&a->auth.checks, kind); c; c = check_next(c)) {
        p->medium->row(p, label, arena_printf(arena, "%s: %.*s", outcome_word(c->outcome), S(c->text)));
        label = "";
        if (kind == &spf_check && slice_equal_nocase(c->subject, a->auth.spf.domain))
            present_spf_steps(p, &a->auth.spf, arena);
    }
}

static size_t count_outcomes(const struct audit *a, enum check_outcome outcome) {
    size_t count = 0;
    for (const struct check *c = a->auth.checks.first; c; c = c->next)
        count += c->outcome == outcome;
    return count;
}

static void present_remedies(struct page *p, const struct audit *a) {
    const char *label = "What to do";
    unsigned number = 0;
    for (const struct check *c = a->auth.checks.first; c; c = c->next)
        for (const struct remedy *r = c->remedies; r; r = r->next, label = "")
            p->medium->step(p, label, ++number, r->text);
}

static void present_audit(struct page *p, const struct audit *a, struct arena *arena) {
    size_t failed = count_outcomes(a, CHECK_FAIL);
    size_t unknown = count_outcomes(a, CHECK_UNCHECKED);
    struct slice ip = ip_text(arena, &a->auth.transaction.ip);
    const char *verdict = failed    ? "would not be trusted everywhere"
                          : unknown ? "cannot be judged fully"
                                    : "would be trusted";
    p->medium->title(p,
                     arena_printf(arena, "Mail from %.*s, sent from %.*s, %s", S(a->domain), S(ip), verdict),
                     failed    ? EMPHASIS_BAD
                     : unknown ? EMPHASIS_WARN
                               : EMPHASIS_GOOD);
    p->medium->row(p, "In short",
                   arena_printf(arena, "%zu passed, %zu failed, %zu to look at, %zu unknown",
                                count_outcomes(a, CHECK_PASS), failed, count_outcomes(a, CHECK_WARNING),
                                unknown));
    for (size_t i = 0; i < check_kind_count; i++)
        if (!check_kinds[i]->is_of_message)
            present_row(p, a, check_kinds[i], arena);
    present_remedies(p, a);
    present_missing(p, &a->auth, arena);
}

/* --- side by side --- */

/* The worst that was found of one kind, in a word. */
static const struct check *worst(const struct audit *a, const struct check_kind *kind) {
    static const enum check_outcome order[] = {CHECK_FAIL, CHECK_WARNING, CHECK_UNCHECKED, CHECK_PASS};
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
        for (const struct check *c = check_first(&a->auth.checks, kind); c; c = check_next(c))
            if (c->outcome == order[i])
                return c;
    return NULL;
}

static struct slice cell(const struct audit *a, const struct check_kind *kind, struct arena *arena) {
    const struct check *c = worst(a, kind);
    if (!c)
        return SLICE("-");
    return c->outcome == CHECK_PASS && slice_equal(c->result, SLICE("pass"))
               ? SLICE("passed")
               : arena_printf(arena, "%s (%.*s)", outcome_word(c->outcome), S(c->result));
}

static void present_differences(struct page *p, const struct audit *audits, size_t count,
                                struct arena *arena) {
    const char *label = "They differ in";
    for (size_t k = 0; k < check_kind_count; k++) {
        const struct check_kind *kind = check_kinds[k];
        struct slice first = cell(&audits[0], kind, arena);
        bool differs = false;
        for (size_t i = 1; i < count; i++)
            differs |= !slice_equal(first, cell(&audits[i], kind, arena));
        for (size_t i = 0; differs && i < count; i++) {
            const struct check *c = worst(&audits[i], kind);
            p->medium->row(p, label,
                           arena_printf(arena, "%s of %.*s: %.*s", kind->label, S(audits[i].domain),
                                        S(c ? c->text : SLICE("nothing to check"))));
            label = "";
        }
    }
    if (*label)
        p->medium->row(p, "They differ in", SLICE("nothing that was checked"));
}

static void present_table(struct page *p, const struct audit *audits, size_t count, struct arena *arena) {
    const char **heads = arena_alloc(arena, (count + 1) * sizeof *heads);
    struct table t = {heads, count + 1, count + 1,
                      arena_alloc(arena, (count + 1) * check_kind_count * sizeof(struct slice)), 0};
    struct slice *next = t.cells;
    heads[0] = "";
    for (size_t i = 0; i < count; i++)
        heads[i + 1] = arena_string(arena, text_upto(audits[i].domain, 60));
    for (size_t k = 0; k < check_kind_count; k++) {
        if (check_kinds[k]->is_of_message)
            continue;
        t.rows++;
        *next++ = slice_of(check_kinds[k]->label);
        for (size_t i = 0; i < count; i++)
            *next++ = cell(&audits[i], check_kinds[k], arena);
    }
    p->medium->title(p, SLICE("Side by side"), EMPHASIS_NONE);
    p->medium->table(p, &t);
    present_differences(p, audits, count, arena);
}

static void present_audits(struct page *p, const struct audit *audits, size_t count, struct arena *arena) {
    p->medium->begin(p);
    if (count > 1)
        present_table(p, audits, count, arena);
    for (size_t i = 0; i < count; i++)
        present_audit(p, &audits[i], arena);
    p->medium->end(p);
}

static void structure_audit(const struct writing *w, const void *what) {
    const struct audit_list *list = what;
    for (size_t i = 0; i < list->count; i++) {
        if (i && w->format->separator)
            g_string_append(w->scratch->out, w->format->separator);
        audit_json(w->scratch->out, &list->audits[i], &w->scratch->arena);
        g_string_append(w->scratch->out, w->format->is_records ? "\n" : "");
    }
}

static void page_audit(struct page *p, const void *what, struct arena *arena) {
    const struct audit_list *list = what;
    present_audits(p, list->audits, list->count, arena);
}

const struct report_form form_audit = {structure_audit, page_audit};
