/* What to do, and where to read on: see advice.h. */
#include "analyze/verdict/advice.h"

#include "analyze/verdict/known_page.h"
#include "analyze/verdict/list_steps.h"
#include "analyze/verdict/passing_on_steps.h"
#include "analyze/verdict/step_parts.h"
#include "parsers/base/filled.h"
#include "parsers/base/ip.h"
#include "parsers/rules/rank.h"

#include <glib.h>

/* The first address that servers outside can see. */
static struct slice public_address(const struct entity *entities) {
    struct ip ip;
    const struct entity *e = entity_find(entities, SLICE("ip"));
    while (e && ip_parse(e->value, &ip) && ip_is_internal(&ip))
        e = entity_find(e->next, SLICE("ip"));
    return e ? e->value : SLICE_EMPTY;
}

/* What fills {name} of a step: an entity of the verdict. A page is filled in as {url} where it is known whose
 * it is, and as {page} by whoever says so beside it. */
static struct slice filling(const struct verdict *v, struct slice name) {
    const struct entity *entities = v ? v->entities : NULL;
    if (slice_equal(name, SLICE("service")))
        return v && v->client_of ? slice_of(v->client_of->name) : SLICE_EMPTY;
    if (slice_equal(name, SLICE("page")))
        return entity_value(entities, SLICE("url"));
    if (slice_equal(name, SLICE("original")))
        return v ? v->led_from : SLICE_EMPTY;
    struct slice value =
        slice_equal(name, SLICE("ip")) ? public_address(entities) : entity_value(entities, name);
    bool is_page = value.len && slice_equal(name, SLICE("url"));
    return is_page && !page_is_known(v, page_host(value)) ? SLICE_EMPTY : value;
}

/* Fill in {ip} and the like; a text whose entity is not known says the entity's kind in words. */
struct slice advice_fill(const struct verdict *v, struct arena *arena, const char *text) {
    static const struct {
        const char *name, *words;
    } unknown[] = {{"ip", "the sending address"},
                   {"domain", "the sending domain"},
                   {"list", "the block list"},
                   {"url", "the page named in the reply"},
                   {"limit", "the limit"},
                   {"host", "the host"},
                   {"contact", "the address named in the reply"}};
    g_autoptr(GString) out = g_string_new(NULL);
    for (const char *p = arena_string(arena, step_applicable(v, arena, text)); *p;) {
        const char *close = *p == '{' ? strchr(p, '}') : NULL;
        if (!close) {
            size_t plain = MAX(strcspn(p, "{"), 1);
            g_string_append_len(out, p, (gssize)plain);
            p += plain;
            continue;
        }
        struct slice name = {p + 1, (size_t)(close - p - 1)};
        struct slice value = filling(v, name);
        for (size_t i = 0; i < G_N_ELEMENTS(unknown) && !value.len; i++)
            if (slice_equal(name, slice_of(unknown[i].name)))
                g_string_append(out, unknown[i].words);
        value = filled_mark(arena, FILLED_STRANGER, value);
        g_string_append_len(out, value.len ? value.ptr : "", (gssize)value.len);
        p = close + 1;
    }
    return arena_copy(arena, (struct slice){out->str, out->len});
}

static void add_all(const struct verdict *v, struct arena *arena, const char *const *list, advice_add *add,
                    void *context) {
    for (; list && *list; list++) {
        struct slice text = advice_fill(v, arena, *list);
        if (text.len)
            add(context, text);
    }
}

static bool is_said(const char *const *list, const char *what) {
    while (list && *list && !strstr(*list, what))
        list++;
    return list && *list;
}

/* Does any of the steps hold of this verdict? */
static bool is_any(const struct verdict *v, struct arena *arena, const char *const *list) {
    while (list && *list && !step_applicable(v, arena, *list).len)
        list++;
    return list && *list;
}

/* What to do, and when that was seen, from what knows most about the case: the rule, the provider for this
 * cause, the cause. */
struct steps {
    const char *const *list;
    const char *seen;
};

static const struct provider_advice *provider_advice(const struct verdict *v, struct arena *arena) {
    return provider_advise(v->provider, verdict_root_cause(v)->id, v->reply.enhanced, v->reply.text, arena);
}

/* Where the address belongs to a service, what is said to those who run a server would only mislead. */
static const char *const steps_of_service[] = {
    "The address that was refused belongs to {service}, which sends for you and for others: only it can have "
    "the "
    "address delisted or its name in the DNS mended. Send its support this report.",
    "Send the mail again later; it mostly leaves by another address then.",
    "If it happens often, ask there for an address of your own, and look whether mail of your account causes "
    "it.",
    NULL};

/* Whoever logs in is known by that, and servers seldom look at the address from which he comes; a program
 * whose address was refused came without a login, or to the receivers themselves (RFC 6409 section 3.1). */
static const char step_of_login[] =
    "What was refused is the address that your program connects from. Let the program log in (SMTP AUTH, "
    "port 587 or 465) at the outgoing server of your mail provider, and hand no mail to the receivers "
    "themselves. If it does log in, show the reply to whoever runs that server.";

static bool is_program_to_log_in(const struct verdict *v) {
    static const char *const causes[] = {"blocklist", "reputation.ip", "reputation.network",
                                         "identity.ptr-missing", "identity.ptr-generic"};
    for (size_t i = 0; i < G_N_ELEMENTS(causes) && v->is_of_program; i++)
        if (cause_is_of(verdict_root_cause(v)->id, causes[i]))
            return !verdict_hits_service(v);
    return false;
}

/* Words that anybody's server may write: who refused knows better what is to be done there. */
static bool is_anybodys(const struct reply_rule *rule) {
    return rule->place.is_builtin && rule_level(rule) < LEVEL_EXACT && !rule->provider && !rule->written_by;
}

static struct steps steps(const struct verdict *v, struct arena *arena) {
    if (v->inbound)
        return (struct steps){v->inbound->steps, v->inbound->seen};
    if (verdict_hits_service(v))
        return (struct steps){steps_of_service, NULL};
    const struct cause *cause = verdict_root_cause(v);
    const char *const *passed_on = steps_behind_passing_on(v);
    if (passed_on)
        return (struct steps){passed_on, NULL};
    const struct provider_advice *there = provider_advice(v, arena);
    bool has_rules = v->rule && is_any(v, arena, v->rule->remedy);
    bool has_providers = there && is_any(v, arena, there->remedy);
    if (has_rules && !(has_providers && is_anybodys(v->rule)))
        return (struct steps){v->rule->remedy, v->rule->seen};
    if (is_list_known(v))
        return (struct steps){steps_of_list(v->blocklist, arena), v->blocklist->seen};
    if (has_providers)
        return (struct steps){there->remedy, there->seen};
    return (struct steps){cause->remedy, cause->seen};
}

/* Do the steps lead to that page? */
static bool is_leading_to(const char *const *step, const char *page) {
    struct slice host = page_host(slice_of(page));
    for (; step && *step; step++)
        if (slice_find_nocase(slice_of(*step), host) < strlen(*step))
            return true;
    return false;
}

/* Has the reply a page or an address among the steps? */
static bool is_place_named(const char *const *step) {
    static const char *const marks[] = {"http", "@", "{url}", "{contact}", "{page}"};
    for (; step && *step; step++)
        for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
            if (strstr(*step, marks[i]))
                return true;
    return false;
}

static bool is_link(const char *text) {
    return text && g_str_has_prefix(text, "http");
}

/* Has the reply named that place itself? A page beside the one that it names is another one where a provider
 * has its form elsewhere than its page for postmasters. */
static bool is_named_by_reply(const struct verdict *v, const char *place) {
    struct slice page = page_host(entity_value(v->entities, SLICE("url")));
    struct slice contact = entity_value(v->entities, SLICE("contact"));
    bool is_form = v->provider && place == v->provider->form;
    if (!is_link(place))
        return slice_equal_nocase(contact, slice_of(place));
    if (is_form && !slice_equal(slice_of(place), slice_of(v->provider->page)))
        return false;
    return page.len && slice_equal_nocase(page, page_host(slice_of(place)));
}

/* Where a listing by others than the receiver is asked about: the list's own page. Of a family of lists whose
 * pages differ it is not known which. */
static const char *page_of_list(const struct verdict *v, const char *linked) {
    const char *const *link = verdict_root_cause(v)->links;
    if (v->blocklist)
        return v->blocklist->removal  ? v->blocklist->removal
               : v->blocklist->lookup ? v->blocklist->lookup
                                      : linked;
    if (cause_is_of(verdict_root_cause(v)->id, "blocklist.proofpoint"))
        return NULL;
    return link ? *link : linked;
}

/* Is it whoever refused that is asked? */
static bool is_receivers_to_say(const struct verdict *v) {
    static const char *const causes[] = {"reputation", "blocklist.other", "blocklist.microsoft"};
    const char *cause = verdict_root_cause(v)->id;
    for (size_t i = 0; i < G_N_ELEMENTS(causes); i++)
        if (cause_is_of(cause, causes[i]))
            return true;
    return cause_is_of(cause, "access.denied") && v->provider && v->provider->mailboxes;
}

/* Where the steps of a rule or a provider end in asking somebody and do not say where: the page of the block
 * list, else that of whoever refused, else what they link to. NULL: none is known, or they or the reply say
 * it. */
static const char *place_to_ask(const struct verdict *v, struct arena *arena, const char *const *steps) {
    const struct provider_advice *there = provider_advice(v, arena);
    const char *cause = verdict_root_cause(v)->id;
    bool is_rules = v->rule && steps == v->rule->remedy;
    bool is_providers = there && steps == there->remedy;
    bool is_receivers = is_receivers_to_say(v);
    bool is_own = cause_is_of(cause, "sender-system.refused"); /* by one's own service, not by a receiver */
    bool is_told = !v->inbound && (is_rules || is_providers || cause_is_of(cause, "access.denied"));
    if (!is_told || is_place_named(steps) || !(is_receivers || is_own || cause_is_of(cause, "blocklist")))
        return NULL;
    const char *const *links = is_rules ? v->rule->links : is_providers ? there->links : NULL;
    const char *linked = links ? *links : NULL;
    if (is_own)
        return linked;
    if (v->blocklist || !is_receivers)
        return page_of_list(v, linked);
    const char *form = v->provider ? v->provider->form : NULL;
    bool is_usable = form && (is_link(form) || strchr(form, '@'));
    return is_usable ? form : linked ? linked : v->provider ? v->provider->page : NULL;
}

static bool is_removal_told(const struct verdict *v, struct arena *arena) {
    return !verdict_hits_service(v) && v->blocklist && v->blocklist->removal && !is_list_known(v) &&
           !(v->rule && v->rule->remedy) && !is_leading_to(steps(v, arena).list, v->blocklist->removal);
}

/* Where a provider or block list is known, only their pages are steps; a page of nobody who is known is one
 * to be careful with. */
#define MOST_BEFORE_PAGE 1000 /* bytes of a reply in which a page of nobody who is known is what to read */
static const char *page_step_of(const struct verdict *v, struct slice url) {
    struct slice host = page_host(url);
    if (v->is_perhaps_none || page_is_gone(host) || slice_find_char(host, '.') == host.len)
        return NULL;
    if (page_is_known(v, host))
        return "Open the page that the reply names and follow it: {url}";
    bool is_lost = v->reply.text.len > MOST_BEFORE_PAGE;
    return v->provider || v->blocklist || is_lost
               ? NULL
               : "Read the page that the reply names, and enter no password there (who runs it "
                 "is not known here): {page}";
}

/* Tell of where to be taken off a list a page or address, or the words before it, which a server puts under
 * each of its replies, where the mail failed for the recipient's sake? Then it is no step. */
#define WORDS_BEFORE 80 /* bytes */
static bool is_of_another_cause(const struct verdict *v, struct slice value) {
    static const struct slice words[] = {SLICE("delist"),    SLICE("unlist"),    SLICE("unblock"),
                                         SLICE("blocklist"), SLICE("blacklist"), SLICE("removal")};
    const char *cause = verdict_root_cause(v)->id;
    bool is_recipients = (cause_is_of(cause, "recipient") && !cause_is_of(cause, "recipient.refused")) ||
                         cause_is_of(cause, "domain") || cause_is_of(cause, "limits.message-size");
    size_t at = slice_find(v->reply.text, value);
    size_t first = at > WORDS_BEFORE ? at - WORDS_BEFORE : 0;
    struct slice near =
        at < v->reply.text.len ? slice_upto(slice_from(v->reply.text, first), at - first + value.len) : value;
    for (size_t i = 0; is_recipients && i < G_N_ELEMENTS(words); i++)
        if (slice_find_nocase(near, words[i]) < near.len)
            return true;
    return false;
}

/* Whom or what the reply itself names comes first. */
static void add_named(const struct verdict *v, struct arena *arena, const char *const *steps, advice_add *add,
                      void *context) {
    static const struct {
        const char *entity, *slot, *step;
    } rows[] = {
        {"url", "{url}", NULL},
        {"contact", "{contact}",
         "Write to {contact}, which the reply names, with the whole reply, the sending address and the "
         "time."},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct slice value = entity_value(v->entities, slice_of(rows[i].entity));
        const char *step = rows[i].step ? rows[i].step : page_step_of(v, value);
        if (value.len && step && !slice_equal_nocase(value, v->recipient) && !is_said(steps, rows[i].slot) &&
            !is_of_another_cause(v, value))
            add(context, advice_fill(v, arena, step));
    }
}

void verdict_remedies(const struct verdict *v, struct arena *arena, advice_add *add, void *context) {
    const char *const *list = steps(v, arena).list;
    if (!verdict_is_delivered(v) && !verdict_hits_service(v) && !v->inbound)
        add_named(v, arena, list, add, context);
    if (is_program_to_log_in(v))
        add(context, slice_of(step_of_login));
    add_all(v, arena, list, add, context);
    if (v->is_permanent && steps_only_wait(list))
        add(context, SLICE("Then send the mail once more; it is not tried again by itself."));
    if (is_removal_told(v, arena))
        add(context,
            advice_fill(
                v, arena,
                arena_printf(arena, "Removal from %s: %s.", v->blocklist->name, v->blocklist->who).ptr));
    const char *place = place_to_ask(v, arena, list);
    if (place && !is_named_by_reply(v, place))
        add(context, is_link(place) ? arena_printf(arena, "The page for it: %s", place)
                                    : arena_printf(arena, "The address for it: %s.", place));
}

static void add_link(const struct verdict *v, struct arena *arena, const char *link, advice_add *add,
                     void *context) {
    if (link)
        add(context, advice_fill(v, arena, link));
}

/* The provider's own pages about this cause; false: it has none. */
static bool add_pages(const struct verdict *v, struct arena *arena, advice_add *add, void *context) {
    const struct provider *p = v->provider;
    const struct provider_advice *there = provider_advice(v, arena);
    bool has_asked = verdict_asks(v) != NULL;
    if (!there && !has_asked)
        return false;
    bool wants_form = has_asked || !there->links;
    add_all(v, arena, there ? there->links : NULL, add, context);
    add_link(v, arena, has_asked ? p->page : NULL, add, context);
    add_link(v, arena, wants_form && is_link(p->form) ? p->form : NULL, add, context);
    add_link(v, arena, p->page, add, context);
    add_link(v, arena, has_asked && is_link(p->tool) ? p->tool : NULL, add, context);
    return (there && there->links) || p->form || p->page;
}

const char *const *verdict_asks(const struct verdict *v) {
    const struct provider *p = v->provider;
    const char *cause = verdict_root_cause(v)->id;
    if (!p || !p->asks || verdict_is_delivered(v) || !verdict_is_senders(v))
        return NULL;
    for (const char *const *word = p->asks_in; word && *word; word++)
        if (cause_is_of(cause, *word))
            return p->asks;
    return NULL;
}

/* YYYY-MM of a later day; days are compared as texts. */
static void take_later(struct slice *month, const char *seen) {
    struct slice day = slice_upto(slice_of(seen), strlen("2026-11"));
    if (day.len && (!month->len || strncmp(month->ptr, day.ptr, MIN(day.len, month->len)) < 0))
        *month = day;
}

struct slice verdict_advice_month(const struct verdict *v, struct arena *arena) {
    struct slice month = SLICE_EMPTY;
    take_later(&month, steps(v, arena).seen);
    take_later(&month, is_removal_told(v, arena) ? v->blocklist->seen : NULL);
    take_later(&month, verdict_asks(v) ? v->provider->seen : NULL);
    return month;
}

/* Several know the same page: it is given once. */
#define MOST_LINKS 32
struct links {
    struct slice given[MOST_LINKS];
    size_t count;
    advice_add *add;
    void *context;
};

static struct slice without_last_slash(struct slice link) {
    return slice_upto(link, link.len - (link.len && link.ptr[link.len - 1] == '/'));
}

static void add_once(void *links, struct slice link) {
    struct links *l = links;
    for (size_t i = 0; i < l->count; i++)
        if (slice_equal(without_last_slash(l->given[i]), without_last_slash(link)))
            return;
    if (l->count < MOST_LINKS)
        l->given[l->count++] = link;
    l->add(l->context, link);
}

void verdict_links(const struct verdict *v, struct arena *arena, advice_add *add, void *context) {
    const struct blocklist *list = v->blocklist;
    struct links links = {.add = add, .context = context};
    add_all(v, arena, v->rule ? v->rule->links : NULL, add_once, &links);
    bool has_pages = add_pages(v, arena, add_once, &links);
    add_link(v, arena, list ? list->lookup : NULL, add_once, &links);
    add_link(v, arena, list ? list->removal : NULL, add_once, &links);
    if (!list && !has_pages)
        add_all(v, arena, verdict_root_cause(v)->links, add_once, &links);
}
