/* The delivery path of a message in words and tables: see present_path.h. */
#include "analyze/report/present_path.h"

#include "analyze/chain/boundary.h"
#include "analyze/report/present_way.h"
#include "analyze/report/typed.h"
#include "parsers/base/date.h"

#define MOST_HOPS        30 /* shown; -v shows all */
#define MOST_CLAIMS      100
#define MOST_FIELD_NOTES 15
#define MOST_OF_ABOUT    400 /* bytes of what a claim is about */
#define BAR_CELLS        6

/* --- hops --- */

static struct value time_cell(struct page *p, const struct chain_hop *hop) {
    char text[24];
    if (hop->hop->time == -1)
        return word(SAY_NO_TIME);
    date_format(hop->hop->time, text);
    if (strlen(text) == 20) {
        text[10] = ' ';
        text[19] = '\0';
    }
    return as_type(VALUE_OURS, arena_copy(p->outlet.arena, slice_of(text)));
}

static int64_t longest_delay(const struct chain *chain) {
    int64_t longest = 0;
    for (size_t i = 0; i < chain->count; i++)
        if (chain->hops[i].has_delay && chain->hops[i].delay > longest)
            longest = chain->hops[i].delay;
    return longest;
}

/* A bar in eighths of a cell. `out` takes BAR_CELLS * 4 + 8 bytes. */
static void make_bar(char *out, int64_t delay, int64_t longest) {
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    static const char full[3] = {'\xe2', '\x96', '\x88'}; /* U+2588 */
    int64_t units = delay > 0 && longest > 0 ? (int64_t)((double)delay / (double)longest * BAR_CELLS * 8) : 0;
    for (int64_t cell = 0; cell < units / 8 && cell < BAR_CELLS; cell++, out += sizeof full)
        memcpy(out, full, sizeof full);
    memcpy(out, eighths[units % 8], strlen(eighths[units % 8]) + 1);
}

/* "+90 s" and a bar, where there is no picture of the way. */
static struct value delay_cell(struct page *p, const struct chain_hop *hop, int64_t longest) {
    char bar[BAR_CELLS * 4 + 8] = "";
    if (!hop->has_delay)
        return NO_LABEL;
    if (!page_has_pictures(p))
        make_bar(bar, hop->delay, longest);
    return as_type(VALUE_OURS,
                   arena_printf(p->outlet.arena, "%.*s %s", S(delay_text(p->outlet.arena, hop->delay)), bar));
}

static struct value tls_cell(const struct hop *h) {
    if (h->is_tls)
        return h->tls_version.len ? as_stranger(h->tls_version) : word(SAY_TLS_YES);
    return word(hop_is_local(h) ? SAY_NOT_APPLICABLE : SAY_TLS_NO);
}

/* Of whom it came: by name or address, how it called itself, as whom it was logged in. */
static struct value client_words(struct page *p, const struct hop *h) {
    struct slice name = hop_client(h);
    bool is_user = h->local.len && slice_equal(name, h->local);
    struct value client = is_user ? as_user(name) : as_host(name);
    if (!name.len)
        return word(SAY_NOT_GIVEN);
    bool is_greeting = h->ip.len && slice_equal(name, h->helo) && !slice_equal_nocase(name, h->name);
    if (is_greeting) /* no name was confirmed for the address */
        client = as_network(h->ip);
    else if (h->ip.len && slice_find(name, h->ip) == name.len)
        client = page_say(p, SAY_NAME_WITH_ADDRESS, client, as_network(h->ip));
    if (h->helo.len && (is_greeting || (h->name.len && !slice_equal_nocase(h->helo, name))) &&
        slice_find(h->helo, h->ip) == h->helo.len)
        client = page_join(p, client, " ", page_say(p, SAY_CALLS_ITSELF, as_host(h->helo)));
    if (h->user.len)
        client = page_join(p, client, "", page_say(p, SAY_LOGGED_IN_AS, as_user(h->user)));
    else if (h->is_authenticated)
        client = page_join(p, client, "", word(SAY_LOGGED_IN));
    return client;
}

static struct value way_cell(struct page *p, const struct hop *h) {
    struct value by = as_server(hop_writer(h));
    if (!value_is_known(by))
        by = as_stranger(h->software);
    if (!value_is_known(by) && !hop_client(h).len)
        return upto(as_stranger(h->text), 160);
    struct value way = page_say(p, SAY_FROM_TO, upto(client_words(p, h), 300),
                                value_is_known(by) ? upto(by, 200) : word(SAY_NOT_GIVEN));
    if (h->with.len && h->software.len)
        return page_join(
            p, way, " ",
            page_say(p, SAY_TWO_IN_PARENTHESES, as_stranger(h->with), upto(as_stranger(h->software), 40)));
    return h->with.len ? page_join(p, way, " ", page_say(p, SAY_IN_PARENTHESES, as_stranger(h->with))) : way;
}

static void present_hops(struct page *p, const struct chain *chain) {
    static const enum words heads[] = {NO_WORDS, HEAD_TIME, HEAD_DELAY, HEAD_TLS, HEAD_TRUST, HEAD_FROM_BY};
    size_t shown = p->style.verbose || chain->count <= MOST_HOPS ? chain->count : MOST_HOPS;
    size_t first = chain->count - shown; /* the newest are those that can be believed */
    struct table t = page_table(p, heads, G_N_ELEMENTS(heads), 5, shown);
    int64_t longest = longest_delay(chain);
    for (size_t i = first; i < chain->count; i++) {
        const struct chain_hop *hop = &chain->hops[i];
        page_cell(p, &t, as_number((int64_t)i + 1));
        page_cell(p, &t, time_cell(p, hop));
        page_cell(p, &t, delay_cell(p, hop, longest));
        page_cell(p, &t, tls_cell(hop->hop));
        page_cell(p, &t, as_ours(hop_trust_name(hop->trust)));
        page_cell(p, &t, way_cell(p, hop->hop));
    }
    page_table_end(p, &t);
    if (first)
        page_row(p, NO_LABEL, page_say(p, SAY_OLDER_HOPS, as_count(first)));
}

/* --- what was noticed --- */

static void present_notes(struct page *p, struct value label, const struct note *note) {
    for (const struct note *n = note; n; n = n->next)
        page_row(p, n == note ? label : NO_LABEL, page_at_line(p, n->line, as_note(n->text)));
}

static void present_anomalies(struct page *p, const struct chain *chain) {
    struct value label = word(LABEL_ANOMALY);
    for (size_t i = 0; i < chain->count; i++)
        if (chain->hops[i].problems.first) {
            present_notes(p, label, chain->hops[i].problems.first);
            label = NO_LABEL;
        }
    present_notes(p, label, chain->problems.first);
}

/* --- claims and signatures --- */

static struct value claim_words(struct page *p, const struct claim *c) {
    struct value text = NO_LABEL;
    for (const struct property *prop = c->properties; prop && text.text.len < 300; prop = prop->next)
        text = page_join(p, text, ", ",
                         page_say(p, SAY_PROPERTY, as_stranger(prop->name), typed_property(prop)));
    if (c->reason.len)
        text = page_join(p, text, "; ", page_say(p, SAY_REASON, as_stranger(c->reason)));
    else if (c->comment.len)
        text = page_join(p, text, " ", page_say(p, SAY_IN_PARENTHESES, as_stranger(c->comment)));
    return upto(text, MOST_OF_ABOUT);
}

static void present_claims(struct page *p, const struct chain *chain) {
    static const enum words heads[] = {HEAD_LINE,    HEAD_CHECK, HEAD_RESULT,
                                       HEAD_SAID_BY, HEAD_TRUST, HEAD_ABOUT};
    size_t shown = chain->claim_count < MOST_CLAIMS || p->style.verbose ? chain->claim_count : MOST_CLAIMS;
    struct table t = page_table(p, heads, G_N_ELEMENTS(heads), 5, shown);
    for (size_t i = 0; i < shown; i++) {
        const struct claim *c = chain->claims[i].claim;
        page_cell(p, &t, c->line ? as_number(c->line) : word(SAY_NOT_APPLICABLE));
        page_cell(p, &t, upto(as_stranger(c->method), 30));
        page_cell(p, &t, upto(as_stranger(c->result), 30));
        page_cell(p, &t, c->by.len ? upto(as_host(c->by), 60) : word(SAY_NOBODY_NAMED));
        page_cell(
            p, &t,
            word(chain->claims[i].trust == TRUST_OWN ? SAY_TRUST_OWN_SHORT : SAY_TRUST_UNVERIFIED_SHORT));
        page_cell(p, &t, claim_words(p, c));
    }
    page_table_end(p, &t);
}

static void present_signatures(struct page *p, const struct trace *trace) {
    struct value label = word(LABEL_DKIM);
    for (const struct signature *s = trace->signatures; s; s = s->next) {
        if (s->kind != SIGNATURE_DKIM)
            continue;
        page_row(
            p, label,
            page_at_line(p, s->line,
                         page_say(p, SAY_SIGNED_BY, upto(as_host(s->domain), 200),
                                  upto(as_selector(s->selector), 100), upto(as_stranger(s->algorithm), 30))));
        label = NO_LABEL;
    }
}

/* --- other fields --- */

static void present_field_notes(struct page *p, const struct delivery_path *path) {
    size_t shown = 0;
    size_t count = 0;
    for (const struct field_note *m = path->trace.field_notes; m; m = m->next, count++) {
        if (!p->style.verbose && shown >= MOST_FIELD_NOTES)
            continue;
        bool is_own = field_note_trust(&path->chain, m) == TRUST_OWN;
        struct value trust = word(is_own ? SAY_TRUST_OWN_SHORT : SAY_TRUST_UNVERIFIED_SHORT);
        struct value text = as_note(m->text);
        struct value field = as_stranger(m->field);
        page_row(p, shown++ ? NO_LABEL : word(LABEL_NOTED),
                 m->line ? page_say(p, SAY_HEADER_NOTE, text, field, as_number(m->line), trust)
                         : page_say(p, SAY_HEADER_NOTE_DECODED, text, field, trust));
    }
    if (count > shown)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE_HIDDEN, as_count(count - shown)));
}

/* What happened on the way stands with the answer to which way it came. */
static bool is_story_told(const struct report *r, const struct delivery_path *path) {
    const struct note *first = path->chain.story.first;
    const struct note *n = r->answers && path == &r->mail ? r->answers[ASKED_ROUTE].because.first : NULL;
    while (n && first && !slice_equal(n->text, first->text))
        n = n->next;
    return n != NULL;
}

static void present_path(struct page *p, const struct report *r, enum words title,
                         const struct delivery_path *path, const struct verdict *verdict, bool is_verified) {
    const struct chain *chain = &path->chain;
    if (!chain->count && !chain->claim_count && !path->trace.field_notes && !path->trace.signatures)
        return;
    page_section(p, word(title));
    present_way(p, chain, verdict);
    if (chain->count)
        present_hops(p, chain);
    present_notes(p, word(LABEL_TRUST), chain->reasons.first);
    if (!is_story_told(r, path))
        present_notes(p, word(LABEL_ON_THE_WAY), chain->story.first);
    present_anomalies(p, chain);
    bool has_signatures = path->trace.signatures && !is_verified;
    if (chain->claim_count || has_signatures)
        page_section(p, word(SECTION_CLAIMS));
    if (chain->claim_count)
        present_claims(p, chain);
    if (has_signatures)
        present_signatures(p, &path->trace);
    if (path->trace.field_notes)
        page_section_folded(p, word(SECTION_OTHER_HEADERS));
    present_field_notes(p, path);
}

void present_paths(struct page *p, const struct report *r) {
    present_path(p, r, r->is_about_another ? SECTION_PATH_ORIGINAL : SECTION_PATH, &r->mail, r->verdicts,
                 r->verification != NULL);
    if (r->is_about_another && p->style.verbose)
        present_path(p, r, SECTION_PATH_REPORT, &r->carrier, NULL, false);
}
