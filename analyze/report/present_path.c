/* The way of a message in words and tables: see render.h. */
#include "analyze/report/render.h"

#include "analyze/chain/boundary.h"
#include "parsers/base/date.h"
#include "parsers/base/text.h"

#define MOST_HOPS        30 /* shown; -v shows all */
#define MOST_FIELD_NOTES 15
#define BAR_CELLS        6

static struct slice time_cell(const struct chain_hop *hop, struct arena *arena) {
    char text[24];
    if (hop->hop->time == -1)
        return SLICE("no time");
    date_format(hop->hop->time, text);
    if (strlen(text) == 20) {
        text[10] = ' ';
        text[19] = '\0';
    }
    return arena_copy(arena, slice_of(text));
}

static int64_t longest_delay(const struct chain *chain) {
    int64_t longest = 0;
    for (size_t i = 0; i < chain->count; i++)
        if (chain->hops[i].has_delay && chain->hops[i].delay > longest)
            longest = chain->hops[i].delay;
    return longest;
}

/* "+90 s" and a bar in eighths of a cell. */
static struct slice delay_cell(const struct chain_hop *hop, int64_t longest, struct arena *arena) {
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int64_t s = hop->delay;
    if (!hop->has_delay)
        return SLICE_EMPTY;
    int64_t units = s > 0 && longest > 0 ? (int64_t)((double)s / (double)longest * BAR_CELLS * 8) : 0;
    static const char full[3] = {'\xe2', '\x96', '\x88'}; /* U+2588 */
    char bar[BAR_CELLS * 4 + 8] = "";
    size_t used = 0;
    for (int64_t cell = 0; cell < units / 8 && cell < BAR_CELLS; cell++, used += 3)
        memcpy(bar + used, full, sizeof full);
    memcpy(bar + used, eighths[units % 8], strlen(eighths[units % 8]) + 1);
    const char *sign = s < 0 ? "-" : "+";
    long long a = s < 0 ? -s : s;
    if (a < 600)
        return arena_printf(arena, "%s%lld s %s", sign, a, bar);
    if (a < 36000)
        return arena_printf(arena, "%s%lld min %s", sign, a / 60, bar);
    if (a < 864000)
        return arena_printf(arena, "%s%lld h %s", sign, a / 3600, bar);
    return arena_printf(arena, "%s%lld days %s", sign, a / 86400, bar);
}

static struct slice tls_cell(const struct hop *h) {
    bool is_local = h->local.len || !h->ip.len || ip_is_loopback(&h->address);
    if (h->is_tls)
        return h->tls_version.len ? h->tls_version : SLICE("yes");
    return is_local ? SLICE("-") : SLICE("no");
}

static struct slice client_words(const struct hop *h, struct arena *arena) {
    struct slice name = hop_client(h);
    bool is_shown = slice_find(name, h->ip) < name.len;
    struct slice ip = h->ip.len && !is_shown ? arena_printf(arena, " [%.*s]", S(h->ip)) : SLICE_EMPTY;
    struct slice called = h->helo.len && h->name.len && !slice_equal_nocase(h->helo, name)
                              ? arena_printf(arena, " (calls itself %.*s)", S(h->helo))
                              : SLICE_EMPTY;
    struct slice user = h->user.len           ? arena_printf(arena, ", logged in as %.*s", S(h->user))
                        : h->is_authenticated ? SLICE(", logged in")
                                              : SLICE_EMPTY;
    if (!name.len)
        return SLICE("(not said)");
    return arena_printf(arena, "%.*s%.*s%.*s%.*s", S(name), S(ip), S(called), S(user));
}

static struct slice way_cell(const struct hop *h, struct arena *arena) {
    struct slice by = hop_writer(h);
    if (!by.len && h->software.len)
        by = h->software;
    struct slice how = h->with.len && h->software.len
                           ? arena_printf(arena, " (%.*s, %.*s)", S(h->with), S(text_upto(h->software, 40)))
                       : h->with.len ? arena_printf(arena, " (%.*s)", S(h->with))
                                     : SLICE_EMPTY;
    if (!by.len && !hop_client(h).len)
        return text_upto(h->text, 160);
    return arena_printf(arena, "%.*s → %.*s%.*s", S(text_upto(client_words(h, arena), 300)),
                        S(by.len ? text_upto(by, 200) : SLICE("(not said)")), S(how));
}

static void present_hops(struct page *p, const struct chain *chain, struct arena *arena) {
    static const char *const heads[] = {"", "Time (UTC)", "Delay", "TLS", "Trust", "From → by"};
    size_t shown = p->verbose || chain->count <= MOST_HOPS ? chain->count : MOST_HOPS;
    size_t first = chain->count - shown; /* the newest are those that can be believed */
    struct table t = {heads, 6, 5, arena_alloc(arena, shown * 6 * sizeof(struct slice)), shown};
    struct slice *cell = t.cells;
    int64_t longest = longest_delay(chain);
    for (size_t i = first; i < chain->count; i++) {
        const struct chain_hop *hop = &chain->hops[i];
        *cell++ = arena_printf(arena, "%zu", i + 1);
        *cell++ = time_cell(hop, arena);
        *cell++ = delay_cell(hop, longest, arena);
        *cell++ = tls_cell(hop->hop);
        *cell++ = slice_of(hop_trust_name(hop->trust));
        *cell++ = way_cell(hop->hop, arena);
    }
    p->medium->table(p, &t);
    if (first)
        p->medium->row(p, "", arena_printf(arena, "%zu older hops: -v shows them", first));
}

static void present_notes(struct page *p, const char *label, const struct note *note, struct arena *arena) {
    for (const struct note *n = note; n; n = n->next)
        p->medium->row(p, n == note ? label : "",
                       n->line ? arena_printf(arena, "line %u: %.*s", n->line, S(n->text)) : n->text);
}

static void present_problems(struct page *p, const struct chain *chain, struct arena *arena) {
    const char *label = "Odd";
    for (size_t i = 0; i < chain->count; i++)
        if (chain->hops[i].problems.first) {
            present_notes(p, label, chain->hops[i].problems.first, arena);
            label = "";
        }
    present_notes(p, label, chain->problems.first, arena);
}

static struct slice claim_words(const struct claim *c, struct arena *arena) {
    struct slice text = SLICE_EMPTY;
    for (const struct property *prop = c->properties; prop && text.len < 300; prop = prop->next)
        text = arena_printf(arena, "%.*s%s%.*s=%.*s", S(text), text.len ? ", " : "", S(prop->name),
                            S(prop->value));
    if (c->reason.len)
        text = arena_printf(arena, "%.*s%sreason: %.*s", S(text), text.len ? "; " : "", S(c->reason));
    else if (c->comment.len)
        text = arena_printf(arena, "%.*s%s(%.*s)", S(text), text.len ? " " : "", S(c->comment));
    return text_upto(text, 400);
}

static void present_claims(struct page *p, const struct chain *chain, struct arena *arena) {
    static const char *const heads[] = {"Line", "Check", "Result", "Said by", "Trust", "About"};
    size_t shown = chain->claim_count < 100 || p->verbose ? chain->claim_count : 100;
    struct table t = {heads, 6, 5, arena_alloc(arena, shown * 6 * sizeof(struct slice)), shown};
    struct slice *cell = t.cells;
    for (size_t i = 0; i < shown; i++) {
        const struct claim *c = chain->claims[i].claim;
        *cell++ = c->line ? arena_printf(arena, "%u", c->line) : SLICE("-");
        *cell++ = text_upto(c->method, 30);
        *cell++ = text_upto(c->result, 30);
        *cell++ = c->by.len ? text_upto(c->by, 60) : SLICE("(nobody named)");
        *cell++ = chain->claims[i].trust == TRUST_OWN ? SLICE("own") : SLICE("unverified");
        *cell++ = claim_words(c, arena);
    }
    p->medium->table(p, &t);
}

static void present_signatures(struct page *p, const struct trace *trace, struct arena *arena) {
    const char *label = "DKIM";
    for (const struct signature *s = trace->signatures; s; s = s->next) {
        if (s->kind != SIGNATURE_DKIM)
            continue;
        p->medium->row(p, label,
                       arena_printf(arena, "line %u: signed by %.*s (selector %.*s, %.*s); not verified here",
                                    s->line, S(text_upto(s->domain, 200)), S(text_upto(s->selector, 100)),
                                    S(text_upto(s->algorithm, 30))));
        label = "";
    }
}

static void present_field_notes(struct page *p, const struct delivery_path *path, struct arena *arena) {
    size_t shown = 0;
    size_t count = 0;
    for (const struct field_note *m = path->trace.field_notes; m; m = m->next, count++) {
        if (!p->verbose && shown >= MOST_FIELD_NOTES)
            continue;
        bool is_own = field_note_trust(&path->chain, m) == TRUST_OWN;
        p->medium->row(p, shown++ ? "" : "It is said",
                       arena_printf(arena, "%.*s (%.*s, line %u, %s)", S(m->text), S(m->field), m->line,
                                    is_own ? "own" : "unverified"));
    }
    if (count > shown)
        p->medium->row(p, "", arena_printf(arena, "and %zu more: -v shows them", count - shown));
}

static void present_path(struct page *p, const char *title, const struct delivery_path *path,
                         bool is_verified, struct arena *arena) {
    const struct chain *chain = &path->chain;
    if (!chain->count && !chain->claim_count && !path->trace.field_notes && !path->trace.signatures)
        return;
    p->medium->section(p, title);
    if (chain->count)
        present_hops(p, chain, arena);
    present_notes(p, "Trust", chain->reasons.first, arena);
    present_notes(p, "On the way", chain->story.first, arena);
    present_problems(p, chain, arena);
    bool has_signatures = path->trace.signatures && !is_verified;
    if (chain->claim_count || has_signatures)
        p->medium->section(p, "What others found about its sender");
    if (chain->claim_count)
        present_claims(p, chain, arena);
    if (has_signatures)
        present_signatures(p, &path->trace, arena);
    if (path->trace.field_notes)
        p->medium->section(p, "What other fields say");
    present_field_notes(p, path, arena);
}

void present_paths(struct page *p, const struct report *r, struct arena *arena) {
    present_path(p, r->is_about_another ? "The way of that mail" : "The way of the mail", &r->mail,
                 r->verification != NULL, arena);
    if (r->is_about_another && p->verbose)
        present_path(p, "The way of this report", &r->carrier, false, arena);
}
