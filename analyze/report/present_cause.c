/* A cause, and the block lists that belong to it, explained: see present_cause.h. */
#include "analyze/report/present_cause.h"

#include "analyze/report/rule_words.h"

static const struct {
    const char *id;
    enum words words;
} fixers[] = {
    {"author", SAY_FIXER_AUTHOR},
    {"recipient", SAY_FIXER_RECIPIENT},
    {"receiver-operator", SAY_FIXER_RECEIVER_OPERATOR},
    {"list-operator", SAY_FIXER_LIST_OPERATOR},
    {"network-operator", SAY_FIXER_NETWORK_OPERATOR},
    {"nobody", SAY_FIXER_NOBODY},
    {"as the underlying cause", SAY_FIXER_UNDERLYING},
};

/* A sending server and the DNS of a domain are often in two hands. */
static enum words sender_words(const char *cause) {
    static const struct {
        const char *cause;
        enum words words;
    } rows[] = {{"access.login-required", SAY_FIXER_LOGIN},
                {"auth", SAY_FIXER_SENDER_DNS},
                {"sender.domain-not-found", SAY_FIXER_SENDER_DNS},
                {"identity.ptr-missing", SAY_FIXER_SENDER_PTR},
                {"identity.ptr-generic", SAY_FIXER_SENDER_PTR}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (cause_is_of(cause, rows[i].cause))
            return rows[i].words;
    return SAY_FIXER_SENDER_OPERATOR;
}

const char *inbound_title(const struct rulebase *rules, const struct cause *cause) {
    const struct inbound_text *text = rulebase_inbound(rules, cause->id);
    return text && text->title ? text->title : cause->title;
}

struct value fixer_words(const char *id, const struct cause *cause) {
    if (strcmp(id, "sender-operator") == 0)
        return word(sender_words(cause->id));
    for (size_t i = 0; i < G_N_ELEMENTS(fixers); i++)
        if (strcmp(fixers[i].id, id) == 0)
            return word(fixers[i].words);
    return as_ours(id);
}

struct value inbound_fixer_words(const char *id, const struct cause *cause) {
    return strcmp(id, "receiver-operator") == 0 ? word(SAY_FIXER_THIS_SERVER)
           : strcmp(id, "sender-operator") == 0 ? word(SAY_FIXER_OTHER_SENDER)
                                                : fixer_words(id, cause);
}

struct value fixer_said(struct page *p, const struct verdict *v) {
    static const struct {
        const char *id;
        enum own_side side;
        enum words words;
    } own[] = {{"sender-operator", OWN_SIDE_OUTBOUND, SAY_FIXER_YOU_SENDING},
               {"author", OWN_SIDE_OUTBOUND, SAY_FIXER_YOUR_AUTHOR},
               {"recipient", OWN_SIDE_INBOUND, SAY_FIXER_YOUR_RECIPIENT},
               {"receiver-operator", OWN_SIDE_INBOUND, SAY_FIXER_YOU_RECEIVING}};
    const struct stance *s = v->stance;
    if (v->inbound)
        return inbound_fixer_words(v->fixer, verdict_root_cause(v));
    if (verdict_hits_service(v))
        return page_say(p, SAY_FIXER_SERVICE, as_ours(v->client_of->name));
    /* What was only passed on has neither its author nor its recipient on one's own side. */
    size_t count = s && s->is_forwarded ? 1 : G_N_ELEMENTS(own);
    for (size_t i = 0; s && s->ground != STANCE_OPEN && i < count; i++)
        if (strcmp(own[i].id, v->fixer) == 0 && (s->side == own[i].side || s->side == OWN_SIDE_INTERNAL))
            return page_say(p, own[i].words, stance_name(s));
    if (v->is_of_program && strcmp(v->fixer, "author") == 0 &&
        !cause_is_of(verdict_root_cause(v)->id, "recipient"))
        return word(SAY_FIXER_PROGRAM);
    if (v->is_redirected && cause_is_of(verdict_root_cause(v)->id, "auth"))
        return word(SAY_FIXER_REDIRECTED);
    return fixer_words(v->fixer, verdict_root_cause(v));
}

struct value stance_name(const struct stance *s) {
    return slice_find_char(s->name, '@') < s->name.len ? as_address(s->name) : as_host(s->name);
}

struct value sureness_words(enum confidence confidence) {
    static const enum words words[] = {NO_WORDS, SAY_SURENESS_GUESS, SAY_SURENESS_LIKELY,
                                       SAY_SURENESS_CERTAIN};
    _Static_assert(G_N_ELEMENTS(words) == CONFIDENCES, "words for each");
    return word(words[confidence]);
}

static void page_cause(struct page *p, const void *what) {
    const struct cause *c = ((const struct cause_page *)what)->cause;
    const struct rule_list *lists = &((const struct cause_page *)what)->rules->lists[RULES_BLOCKLISTS];
    page_begin(p);
    page_title(p, page_say(p, SAY_NAME_AND_TEXT, as_ours(c->id), as_ours(c->title)), EMPHASIS_NONE);
    page_row(p, word(LABEL_MEANING), as_ours(c->meaning));
    page_row(p, word(LABEL_WHO_CAN_FIX), fixer_words(c->fixer, c));
    rows_of_steps(p, c->remedy);
    rows_of_texts(p, word(LABEL_HOW_TO_CHECK), c->verify);
    if (c->background)
        page_section(p, word(SECTION_BACKGROUND));
    rows_of_texts(p, NO_LABEL, c->background);
    if (c->links)
        page_section(p, word(SECTION_MORE_INFORMATION));
    rows_of_texts(p, word(LABEL_LINK), c->links);
    for (size_t i = 0; i < lists->count; i++) {
        const struct blocklist *b = lists->items[i];
        if (strcmp(b->cause, c->id) == 0) {
            page_section(p, as_ours(b->name));
            rows_of_blocklist(p, b);
        }
    }
    page_end(p);
}

/* --- as structure --- */

void write_cause_heading(struct writer *w, const struct cause *c) {
    write_value(w, "cause", as_ours(c->id));
    write_value(w, "title", as_ours(c->title));
    write_value(w, "fixer", as_ours(c->fixer));
}

static void structure_cause(struct writer *w, const void *what) {
    const struct cause *c = ((const struct cause_page *)what)->cause;
    const struct rule_list *lists = &((const struct cause_page *)what)->rules->lists[RULES_BLOCKLISTS];
    write_object(w, NULL);
    write_cause_heading(w, c);
    write_value(w, "meaning", as_ours(c->meaning));
    write_texts(w, "remedy", c->remedy);
    write_texts(w, "verify", c->verify);
    write_texts(w, "background", c->background);
    write_texts(w, "links", c->links);
    write_list(w, "blocklists");
    for (size_t i = 0; i < lists->count; i++) {
        const struct blocklist *b = lists->items[i];
        if (strcmp(b->cause, c->id) == 0)
            write_blocklist(w, b);
    }
    write_list_end(w);
    write_object_end(w);
    write_record_end(w);
}

const struct report_form form_cause = {.structure = structure_cause, .page = page_cause};
