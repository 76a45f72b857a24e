/* `mailwhy explain [WHAT]...`: the page of what people hold, or the list of all that can be explained. */
#define _GNU_SOURCE
#include "analyze/commands/explain.h"

#include "analyze/classify/known.h"
#include "analyze/classify/known_near.h"
#include "analyze/commands/load.h"
#include "analyze/commands/output.h"
#include "analyze/commands/reading.h"
#include "analyze/commands/reading_apart.h"
#include "analyze/report/present_answer.h"
#include "analyze/report/present_cause.h"
#include "analyze/report/present_code.h"
#include "analyze/report/present_field.h"
#include "analyze/report/present_known.h"
#include "analyze/report/present_provider.h"
#include "analyze/report/present_topic.h"
#include "analyze/verdict/build_pasted.h"
#include "analyze/worker.h"
#include "parsers/base/ip.h"
#include "parsers/base/smtp_reply.h"

struct explaining {
    struct options *options;
    struct mailwhy_worker *worker;
    struct output output;
    GPtrArray *subjects; /* what is to be explained: texts */
    bool has_written;
    bool is_trial; /* nothing is written: it is only found out whether a subject stands for a list */
    bool is_list;
    int status;
};

static const struct rulebase *rules_of(const struct explaining *e) {
    return &e->worker->why->rules;
}

static void write_form(struct explaining *e, const struct report_form *form, const void *what) {
    e->is_list |= form == &form_several || form == &form_kind;
    if (e->is_trial)
        return;
    if (e->has_written)
        mailwhy_separate(e->options->format, output_write, &e->output);
    e->has_written = true;
    worker_write(e->worker, e->options->format, form, what, output_write, &e->output);
}

/* The verdict on an example, whose rule is known: not what another rule would make of it. */
static struct verdict *verdict_on(struct explaining *e, const struct reply_rule *rule, const char *example) {
    struct arena *arena = &e->worker->arena;
    struct verdict *v = arena_alloc(arena, sizeof *v);
    verdict_of_reply(v, slice_of(example), e->worker->matcher, arena);
    return v->rule == rule ? v : NULL;
}

static void explain_rule(struct explaining *e, const struct reply_rule *rule) {
    struct verdict *v = verdict_on(e, rule, rule->examples[0]);
    struct verdict bare = {.cause = rulebase_cause(rules_of(e), rule->cause), .rule = rule};
    bare.fixer = rule->fixer ? rule->fixer : bare.cause->fixer;
    write_form(e, &form_rule, &(struct rule_page){rules_of(e), rule, v ? v : &bare});
}

/* May it be a code, as "5.7.26", "S3150", "NOWL", "AUP#In-1310"? An ordinary word is none, nor is an address.
 */
static bool is_code(struct slice word) {
    struct ip ip;
    bool has_digit = false;
    bool has_small = false;
    if (ip_parse(word, &ip))
        return false;
    for (size_t i = 0; i < word.len; i++) {
        has_digit |= ascii_is_digit(word.ptr[i]);
        has_small |= ascii_is_alpha(word.ptr[i]) && word.ptr[i] == ascii_lower(word.ptr[i]);
    }
    return word.len > 1 && (has_digit || !has_small);
}

/* A code that replies bear; false: none that is known. */
static bool explain_code(struct explaining *e, struct slice code) {
    if (!is_code(code))
        return false;
    struct bearing *replies = bearing_find(e->worker->matcher, code, &e->worker->arena);
    struct code_page page = {.code = code, .replies = replies};
    if (!replies && !code_registered_for(code))
        return false;
    bool is_one_cause = replies != NULL;
    for (const struct bearing *b = replies; b; b = b->next)
        is_one_cause &= b->cause == replies->cause;
    if (is_one_cause)
        page.verdict =
            verdict_on(e, replies->rule, replies->example ? replies->example : replies->rule->examples[0]);
    write_form(e, &form_code, &page);
    return true;
}

/* A reply with words of its own is judged as `mailwhy reply` judges it. */
static bool explain_reply(struct explaining *e, struct slice text) {
    struct reply reply;
    reply_parse(&reply, text, &e->worker->arena);
    if (!reply.text.len || (!reply.code && !reply.enhanced[0]))
        return false;
    if (e->is_trial)
        return true;
    if (e->has_written)
        mailwhy_separate(e->options->format, output_write, &e->output);
    e->has_written = true;
    int status =
        mailwhy_explain_reply(e->worker, text.ptr, text.len, e->options->format, output_write, &e->output);
    e->status = MAX(e->status, status);
    return true;
}

/* A code that no example bears, but that a rule for the thing itself knows, as one of a series: AUP#In-1310.
 */
static bool explain_series(struct explaining *e, struct slice word) {
    struct verdict v;
    if (!is_code(word))
        return false;
    verdict_of_reply(&v, word, e->worker->matcher, &e->worker->arena);
    if (!v.rule || v.confidence != CONFIDENCE_CERTAIN || !v.rule->text)
        return false;
    explain_rule(e, v.rule);
    return true;
}

/* An address that block lists answer: what each means by it. */
static bool explain_answer(struct explaining *e, struct slice word) {
    struct ip ip;
    if (!ip_parse(word, &ip) || !answer_is_known(rules_of(e), word))
        return false;
    write_form(e, &form_answer, &(struct answer_page){rules_of(e), word});
    return true;
}

/* The cause that the words would have, were they a server's ("relay access denied", "greylisting"); NULL: the
 * rules do not say. */
static const struct cause *cause_of_words(struct explaining *e, struct slice words) {
    struct verdict v;
    verdict_of_reply(&v, words, e->worker->matcher, &e->worker->arena);
    return v.rule && v.confidence >= CONFIDENCE_LIKELY ? v.cause : NULL;
}

static bool explain_words(struct explaining *e, struct slice words) {
    const struct cause *cause = cause_of_words(e, words);
    if (cause)
        write_form(e, &form_cause, &(struct cause_page){rules_of(e), cause});
    return cause != NULL;
}

static void complain_unknown(struct explaining *e, const char *subject) {
    struct ip ip;
    if (e->is_trial)
        return;
    if (ip_parse(slice_trim(slice_of(subject)), &ip)) {
        e->status = usage_error(
            e->options->command,
            "`%s` is an address: `mailwhy audit --ip %s --domain DOMAIN` says what others see of it", subject,
            subject);
        return;
    }
    g_autofree char *near = known_suggestion(rules_of(e), slice_of(subject), false);
    e->status = usage_error(e->options->command, "nothing here is called `%s`%s%s", subject, near,
                            *near ? "" : "; `mailwhy explain` lists what is");
}

static void explain_category(struct explaining *e, struct slice word) {
    g_autofree char *category = g_ascii_strdown(word.ptr, (gssize)word.len);
    write_form(e, &form_kind, &(struct kind_page){rules_of(e), RULES_CAUSES, category});
}

static void explain_page(struct explaining *e, struct slice word, struct known known) {
    const struct rulebase *rules = rules_of(e);
    switch (known.kind) {
    case KNOWN_CAUSE:
        write_form(e, &form_cause, &(struct cause_page){rules, known.entry});
        return;
    case KNOWN_TOPIC:
        write_form(e, &form_topic, &(struct topic_page){rules, known.entry, e->worker->matcher});
        return;
    case KNOWN_PROVIDER:
        write_form(e, &form_provider, &(struct provider_page){rules, known.entry});
        return;
    case KNOWN_BLOCKLIST:
        write_form(e, &form_blocklist, known.entry);
        return;
    case KNOWN_RULE:
        explain_rule(e, known.entry);
        return;
    case KNOWN_FIELD:
        write_form(e, &form_field,
                   &(struct field_page){rules, word, matcher_header_rules(e->worker->matcher, word)});
        return;
    case KNOWN_CATEGORY:
        explain_category(e, word);
        return;
    case KNOWN_KIND:
        write_form(e, &form_kind, &(struct kind_page){.rules = rules, .kind = known.list});
        return;
    case KNOWN_NOTHING:
        return;
    }
}

static bool explain_pages(struct explaining *e, struct slice word, struct known_pages pages) {
    if (pages.count > 1)
        write_form(e, &form_several, &(struct several_page){rules_of(e), word, &pages});
    else if (pages.count)
        explain_page(e, word, pages.pages[0]);
    return pages.count;
}

static void explain_subject(struct explaining *e, const char *subject) {
    arena_reset(&e->worker->arena);
    struct slice word = slice_trim(slice_of(subject));
    if (explain_pages(e, word, known_find(e->worker->matcher, word)))
        return;
    if (!word.len || (!explain_answer(e, word) && !explain_reply(e, word) && !explain_code(e, word) &&
                      !explain_series(e, word) && !explain_words(e, word) &&
                      !explain_pages(e, word, known_within(rules_of(e), word)) &&
                      !explain_pages(e, word, known_speaking(rules_of(e), word))))
        complain_unknown(e, subject);
}

/* `explain 550 5.7.1 Service unavailable` is one reply, without quotation marks. */
static GPtrArray *subjects_of(const struct options *o) {
    GPtrArray *subjects = g_ptr_array_new_with_free_func(g_free);
    if (o->argument_count > 1 && reply_code(slice_of(o->arguments[0])) && strlen(o->arguments[0]) == 3) {
        g_autoptr(GString) all = g_string_new(NULL);
        for (size_t i = 0; i < o->argument_count; i++)
            g_string_append_printf(all, "%s%s", i ? " " : "", o->arguments[i]);
        g_ptr_array_add(subjects, g_strdup(all->str));
        return subjects;
    }
    for (size_t i = 0; i < o->argument_count; i++)
        g_ptr_array_add(subjects, g_strdup(o->arguments[i]));
    return subjects;
}

/* No page, and no code that replies bear. */
static bool means_nothing(struct explaining *e, struct slice word) {
    return !known_find(e->worker->matcher, word).count &&
           !(is_code(word) &&
             (code_registered_for(word) || bearing_find(e->worker->matcher, word, &e->worker->arena)));
}

/* A number alone means nothing beside words ("SCL 5"). */
static bool is_number(struct slice word) {
    for (size_t i = 0; i < word.len; i++)
        if (!ascii_is_digit(word.ptr[i]))
            return false;
    return true;
}

/* Are several words one subject? If they are a name together ("smtp auth"); and where one means nothing
 * alone, if all do together ("junk folder"), or if there are more such, or only numbers, beside words that
 * do. */
static bool is_one_subject(struct explaining *e, struct slice all) {
    size_t lost = 0;
    size_t lost_numbers = 0;
    for (guint i = 0; i < e->subjects->len; i++) {
        struct slice word = slice_trim(slice_of(e->subjects->pdata[i]));
        bool is_lost = means_nothing(e, word);
        lost += is_lost;
        lost_numbers += is_lost && is_number(word);
    }
    return known_find(e->worker->matcher, all).count || (lost && cause_of_words(e, all)) ||
           ((lost > 1 || (lost && lost == lost_numbers)) && known_within(rules_of(e), all).count) ||
           (lost && known_speaking(rules_of(e), all).count);
}

static void join_subjects(struct explaining *e) {
    if (e->subjects->len < 2)
        return;
    g_ptr_array_add(e->subjects, NULL);
    char *all = g_strjoinv(" ", (char **)e->subjects->pdata);
    g_ptr_array_remove_index(e->subjects, e->subjects->len - 1);
    if (!is_one_subject(e, slice_of(all))) {
        g_free(all);
        return;
    }
    g_ptr_array_set_size(e->subjects, 0);
    g_ptr_array_add(e->subjects, all);
}

/* One argument gives one page, unless it stands for several. */
static bool is_list(struct explaining *e) {
    if (e->subjects->len != 1)
        return true;
    e->is_trial = true;
    explain_subject(e, e->subjects->pdata[0]);
    e->is_trial = false;
    return e->is_list;
}

static int explain_all(void *context) {
    struct explaining *e = context;
    const struct mailwhy_format *format = e->options->format;
    reading_begin_aloud(e->options);
    join_subjects(e);
    bool has_many = is_list(e);
    worker_begin(e->worker, format, has_many, output_write, &e->output);
    if (e->subjects->len == 0)
        write_form(e, &form_all_known, rules_of(e));
    for (guint i = 0; i < e->subjects->len; i++)
        explain_subject(e, e->subjects->pdata[i]);
    mailwhy_end(format, has_many, output_write, &e->output);
    if (!has_many && e->status == STATUS_USAGE)
        output_drop(&e->output);
    return e->status;
}

int command_explain(struct options *options) {
    struct mailwhy *why = options_load(options);
    if (!why)
        return STATUS_CONFIG;
    struct explaining e = {.options = options, .worker = mailwhy_worker_new(why)};
    e.subjects = subjects_of(options);
    if (output_open(&e.output, options->output)) {
        e.status = reading_apart(&e.output, explain_all, &e);
        if (!output_close(&e.output) && e.status != STATUS_BUG)
            e.status = STATUS_OUTPUT;
    } else {
        e.status = STATUS_OUTPUT;
    }
    g_ptr_array_free(e.subjects, TRUE);
    mailwhy_worker_free(e.worker);
    mailwhy_free(why);
    return e.status;
}
