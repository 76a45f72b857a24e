/* A code, and a rule: see present_code.h. */
#include "analyze/report/present_code.h"
#include "analyze/report/present_advice.h"

#include "analyze/report/present_cause.h"
#include "analyze/report/present_verdict.h"
#include "analyze/report/rule_words.h"
#include "analyze/report/structure_message.h"
#include "analyze/verdict/advice.h"
#include "parsers/base/smtp_reply.h"
#include "parsers/rules/packed.h"

#define MOST_REPLIES 12 /* kinds of replies that are shown without -v */

static size_t count_of(const struct bearing *list) {
    size_t count = 0;
    for (; list; list = list->next)
        count++;
    return count;
}

static void add_link(void *page, struct slice text) {
    page_row(page, word(LABEL_LINK), as_link(text));
}

/* What the cause means, and what to do about it where it was told. */
static void present_meaning(struct page *p, const struct verdict *v) {
    const struct cause *cause = v->cause;
    page_row(p, word(LABEL_CAUSE),
             page_say(p, SAY_NAME_WITH_DETAIL, as_ours(cause->title), as_ours(cause->id)));
    page_row(p, NO_LABEL, as_ours(cause->meaning));
    present_remedy(p, v);
    verdict_links(v, p->outlet.arena, add_link, p);
}

static void table_of_replies(struct page *p, const struct code_page *c) {
    static const enum words heads[] = {HEAD_PROVIDER, HEAD_CAUSE, HEAD_REPLIES, HEAD_EXAMPLE};
    size_t count = count_of(c->replies);
    size_t most = p->style.verbose ? count : MIN(count, MOST_REPLIES);
    const struct bearing *b = c->replies;
    struct table t = page_table(p, heads, G_N_ELEMENTS(heads), G_N_ELEMENTS(heads) - 1, most);
    for (size_t i = 0; i < most; i++, b = b->next) {
        page_cell(p, &t, b->provider ? as_ours(b->provider->name) : word(SAY_NO_PROVIDER));
        page_cell(p, &t, as_ours(b->cause->id));
        page_cell(p, &t, as_count(b->count));
        page_cell(p, &t, as_ours(b->example));
    }
    page_table_end(p, &t);
    if (most < count)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE_REPLIES, as_count(count - most)));
}

const char *code_registered_for(struct slice code) {
    static const struct {
        int subject, detail;
        const char *words;
    } codes[] = {
#define CODE(subject, detail, words) {subject, detail, words},
#include "analyze/report/enhanced_codes.def"
#undef CODE
    };
    int enhanced[3];
    if (enhanced_parse(code, enhanced) != code.len)
        return NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
        if (codes[i].subject == enhanced[1] && codes[i].detail == enhanced[2])
            return codes[i].words;
    return NULL;
}

static void page_code(struct page *p, const void *what) {
    const struct code_page *c = what;
    page_begin(p);
    const char *registered = code_registered_for(c->code);
    page_title(p, as_stranger(c->code), EMPHASIS_NONE);
    if (registered)
        page_row(p, word(LABEL_REGISTERED), page_say(p, SAY_REGISTERED, as_ours(registered)));
    if (c->verdict)
        present_meaning(p, c->verdict);
    else
        page_row(p, word(LABEL_MEANING), word(SAY_CODE_DEPENDS));
    if (c->replies) {
        page_section(p, word(SECTION_REPLIES_WITH_CODE));
        table_of_replies(p, c);
    }
    page_end(p);
}

/* The cause of a verdict, with what to do. */
static void write_meaning(struct writer *w, const struct verdict *v) {
    write_value(w, "cause", as_ours(v->cause->id));
    write_value(w, "title", as_ours(v->cause->title));
    write_value(w, "fixer", as_ours(v->fixer));
    write_value(w, "meaning", as_ours(v->cause->meaning));
    write_verdict_advice(w, v);
}

static void structure_code(struct writer *w, const void *what) {
    const struct code_page *c = what;
    write_object(w, NULL);
    write_value(w, "code", as_stranger(c->code));
    if (code_registered_for(c->code))
        write_value(w, "registered", as_ours(code_registered_for(c->code)));
    if (c->verdict)
        write_meaning(w, c->verdict);
    write_list(w, "replies");
    for (const struct bearing *b = c->replies; b; b = b->next) {
        write_object(w, NULL);
        write_known(w, "provider", as_ours(b->provider ? b->provider->id : NULL));
        write_value(w, "cause", as_ours(b->cause->id));
        write_value(w, "count", as_count(b->count));
        write_value(w, "rule", as_ours(b->rule->id));
        write_known(w, "example", as_ours(b->example));
        write_object_end(w);
    }
    write_list_end(w);
    write_object_end(w);
    write_record_end(w);
}

const struct report_form form_code = {.structure = structure_code, .page = page_code};

/* --- a rule --- */

static void rows_of_patterns(struct page *p, const struct rule_pattern *list) {
    for (size_t i = 0; list && list[i].regex; i++)
        page_row(p, i ? NO_LABEL : word(LABEL_MATCHES), as_ours(list[i].regex));
}

static void page_rule(struct page *p, const void *what) {
    const struct rulebase *rules = ((const struct rule_page *)what)->rules;
    const struct reply_rule *r = ((const struct rule_page *)what)->rule;
    const struct provider *provider = rulebase_provider(rules, r->written_by);
    page_begin(p);
    page_title(p,
               page_say(p, SAY_RULE_PLACE, as_ours(r->id), as_ours(r->place.file), as_number(r->place.line)),
               EMPHASIS_NONE);
    present_meaning(p, ((const struct rule_page *)what)->verdict);
    page_row_known(p, word(LABEL_WRITTEN_BY), as_ours(provider ? provider->name : NULL));
    rows_of_patterns(p, r->text);
    rows_of_texts(p, word(LABEL_EXAMPLES), r->examples);
    row_of_origin(p, r->source ? (const char *const[]){r->source, NULL} : NULL, r->seen);
    page_end(p);
}

static void structure_rule(struct writer *w, const void *what) {
    const struct reply_rule *r = ((const struct rule_page *)what)->rule;
    write_object(w, NULL);
    write_value(w, "rule", as_ours(r->id));
    write_value(w, "file", as_ours(r->place.file));
    write_value(w, "line", as_number(r->place.line));
    write_meaning(w, ((const struct rule_page *)what)->verdict);
    write_known(w, "written_by", as_ours(r->written_by));
    write_texts(w, "examples", r->examples);
    write_origin(w, r->source ? (const char *const[]){r->source, NULL} : NULL, r->seen);
    write_object_end(w);
    write_record_end(w);
}

const struct report_form form_rule = {.structure = structure_rule, .page = page_rule};

/* --- all rules --- */

static void page_rules(struct page *p, const void *rules) {
    static const enum words heads[] = {LABEL_RULE, LABEL_CAUSE, HEAD_PLACE};
    const struct rule_list *list = &((const struct rulebase *)rules)->lists[RULES_REPLIES];
    page_begin(p);
    page_title(p, word(TITLE_RULES), EMPHASIS_NONE);
    struct table t = page_table(p, heads, G_N_ELEMENTS(heads), G_N_ELEMENTS(heads), list->count);
    for (size_t i = 0; i < list->count; i++) {
        const struct reply_rule *r = rule_list_entry(list, i);
        page_cell(p, &t, as_ours(r->id));
        page_cell(p, &t, as_ours(r->cause));
        page_cell(p, &t, page_say(p, SAY_FILE_AND_LINE, as_ours(r->place.file), as_number(r->place.line)));
    }
    page_table_end(p, &t);
    page_end(p);
}

static void structure_rules(struct writer *w, const void *rules) {
    const struct rule_list *list = &((const struct rulebase *)rules)->lists[RULES_REPLIES];
    for (size_t i = 0; i < list->count; i++) {
        const struct reply_rule *r = rule_list_entry(list, i);
        if (i)
            write_separator(w);
        write_object(w, NULL);
        write_value(w, "rule", as_ours(r->id));
        write_value(w, "cause", as_ours(r->cause));
        write_value(w, "file", as_ours(r->place.file));
        write_value(w, "line", as_number(r->place.line));
        write_object_end(w);
        write_record_end(w);
    }
}

const struct report_form form_rules = {.structure = structure_rules, .page = page_rules};
