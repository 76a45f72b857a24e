/* `mailwhy rules draft INPUT... --cause CAUSE`: for replies that were judged wrongly, rules that judge them
 * so, with their examples; always redacted. Processes in a sandbox read; this one writes. */
#include "analyze/commands/rules_draft.h"

#include "analyze/classify/known_near.h"
#include "analyze/classify/lookup.h"
#include "analyze/commands/complain.h"
#include "analyze/commands/each_reply.h"
#include "analyze/commands/load.h"
#include "analyze/commands/neutral.h"
#include "analyze/commands/output.h"
#include "analyze/commands/rule_skeleton.h"
#include "analyze/commands/survey.h"
#include "analyze/verdict/build_pasted.h"
#include "analyze/worker.h"
#include "parsers/base/address.h"
#include "parsers/base/hash.h"
#include "parsers/base/packed.h"
#include "parsers/base/visible.h"

#define LEAST_LETTERS 8 /* that a pattern must hold to, else it would match what is not meant */
#define MOST_DRAFTS   100

struct drafting {
    const char *cause;
    GString *found; /* in the process that reads */
    struct matcher *matcher;
    GString *out; /* in the one that writes */
    GHashTable *patterns;
    unsigned right, short_ones,
        successes; /* replies that have the cause already, have too few words, or refuse nothing */
};

/* What of an address or domain is the user's own: not a provider's name, which tells who says it. */
static struct slice private_domain(const struct drafting *d, struct slice address) {
    struct slice domain = address_domain(address);
    return domain.len && !matcher_provider_of_host(d->matcher, domain) ? domain : SLICE_EMPTY;
}

/* The reply as an example: its codes and its words. */
static struct slice example_of(const struct drafting *d, const struct report *report, const struct verdict *v,
                               struct slice words, struct arena *arena) {
    g_autoptr(GString) example = g_string_new(NULL);
    struct slice own = private_domain(d, report ? report->message.sender : SLICE_EMPTY);
    words = neutral_words(arena, slice_upto(words, MOST_OF_WORDS), own, private_domain(d, v->recipient));
    reply_append_codes(example, &v->reply);
    g_string_append_len(example, words.ptr, (gssize)words.len);
    return arena_copy(arena, (struct slice){example->str, example->len});
}

/* A reply: its cause so far (of a mail that expired that of the last try), who writes so, its code, its
 * status, its words as they will be read in the example; and that. */
static void find(void *context, const struct report *report, const struct verdict *v, struct slice words,
                 struct slice where) {
    struct drafting *d = context;
    struct arena arena = {0};
    char status[ENHANCED_TEXT_SIZE];
    struct verdict read;
    (void)where;
    if (!v->reply.text.len)
        return;
    struct slice example = example_of(d, report, v, words, &arena);
    verdict_of_reply(&read, example, d->matcher, &arena); /* without what a program wrote around it */
    const struct reply *reply = &read.reply;
    const struct provider *provider = provider_of_words(d->matcher, reply->text, &arena);
    g_autofree char *code = reply->code ? g_strdup_printf("%d", reply->code) : g_strdup("");
    packed_put(d->found, slice_of(verdict_root_cause(v)->id));
    packed_put(d->found, slice_of(provider ? provider->id : ""));
    packed_put(d->found, slice_of(code));
    packed_put(d->found, enhanced_write(reply->enhanced, status));
    packed_put(d->found, reply->text);
    packed_put(d->found, example);
    arena_free(&arena);
}

static void read_input(void *context, struct mailwhy_worker *worker, const char *path,
                       const struct input *file, GString *found) {
    struct drafting d = *(const struct drafting *)context;
    d.found = found;
    d.matcher = worker->matcher;
    each_reply(worker, path, file, find, &d);
}

static void add_key(GString *out, const char *key, const char *value) {
    if (!*value)
        return;
    g_string_append_printf(out, "  %s: ", key);
    yaml_quote(out, value);
    g_string_append_c(out, '\n');
}

/* Exact, and with all that was said: it is to win over the rule that was wrong. */
static void write_rule(struct drafting *d, char *const *field, const char *pattern) {
    const char *was = field[0], *provider = field[1], *code = field[2], *status = field[3];
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *day = g_date_time_format(now, "%Y-%m-%d");
    g_string_append_printf(d->out, "- id: draft-%08x  # judged %s so far\n", g_str_hash(pattern), was);
    add_key(d->out, "cause", d->cause);
    add_key(d->out, "text", pattern);
    add_key(d->out, "level", "exact");
    add_key(d->out, "code", code);
    add_key(d->out, "enhanced", status);
    add_key(d->out, "provider", provider);
    g_string_append(d->out, "  examples:\n  - ");
    yaml_quote(d->out, field[5]);
    g_string_append_printf(d->out,
                           "\n  source: a reply that its receiver saw, redacted\n  seen: %s\n"
                           "  how: real-reply\n",
                           day);
}

/* Is the cause what the report says that became of the mail? No rule on a reply takes its place. */
static bool is_of_outcome(const char *cause) {
    static const char *const causes[] = {"notice.delivered", "notice.relayed", "notice.expanded",
                                         "notice.held"};
    for (size_t i = 0; i < G_N_ELEMENTS(causes); i++)
        if (strcmp(cause, causes[i]) == 0)
            return true;
    return false;
}

static void draft(struct drafting *d, char *const *field) {
    if (strcmp(field[0], d->cause) == 0) {
        d->right++;
        return;
    }
    if (is_of_outcome(field[0])) {
        d->successes++;
        return;
    }
    size_t letters;
    char *pattern = neutral_pattern(slice_of(field[4]), &letters);
    if (letters < LEAST_LETTERS) {
        d->short_ones++;
        g_free(pattern);
        return;
    }
    if (g_hash_table_size(d->patterns) < MOST_DRAFTS && g_hash_table_add(d->patterns, pattern))
        write_rule(d, field, pattern);
}

/* What a process found, as rules match it: without what is unseen; bytes that are no text become U+FFFD. */
static char *shown(struct slice text) {
    struct arena arena = {0};
    struct slice clean = text_visible(&arena, text_seen(&arena, text), VISIBLE_LINE);
    char *copy = g_strndup(clean.len ? clean.ptr : "", clean.len);
    arena_free(&arena);
    return copy;
}

static void take(void *context, const char *bytes, size_t length) {
    struct slice rest = {bytes, length};
    struct slice texts[6];
    for (;;) {
        char *field[G_N_ELEMENTS(texts)];
        if (!packed_take_all(&rest, texts, G_N_ELEMENTS(texts)))
            return;
        for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
            field[i] = shown(texts[i]);
        draft(context, field);
        for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
            g_free(field[i]);
    }
}

static int complain_nothing(const struct drafting *d) {
    if (d->right)
        complain("nothing to draft: the replies have this cause already");
    else if (d->short_ones)
        complain("nothing to draft: the reply has too few words of its own to tell it by");
    else if (d->successes)
        complain(
            "nothing to draft: the report says that the mail was taken or is held, and no reply refused it");
    else
        complain("nothing to draft: no reply was found");
    return d->right ? STATUS_OK : STATUS_DATA;
}

/* Write what was drafted; the exit status. */
static int finish(struct drafting *d, const struct options *options) {
    if (!g_hash_table_size(d->patterns))
        return complain_nothing(d);
    g_string_prepend(
        d->out, "# Drafted by `mailwhy rules draft`. It is redacted: names, addresses and ids are not "
                "those of the mail; look it over\n"
                "# before you send it to others. Leave in `text` only the words that say the cause. Then:\n"
                "#   mailwhy rules test FILE; mailwhy --rules FILE INPUT\n"
                "replies:\n");
    return output_whole(options->output, d->out->str, d->out->len) ? STATUS_OK : STATUS_OUTPUT;
}

static int complain_cause(const struct options *options, const struct rulebase *rules, const char *cause) {
    if (!cause)
        return usage_error(options->command, "expected --cause CAUSE: what the reply means");
    g_autofree char *near = known_suggestion(rules, slice_of(cause), true);
    return usage_error(options->command, "there is no cause `%s`%s%s", cause, near,
                       *near ? "" : "; `mailwhy explain causes` lists them");
}

int rules_draft(struct options *options) {
    options->library.redact = true;
    struct mailwhy *why = options_load(options);
    if (!why)
        return STATUS_CONFIG;
    struct drafting d = {.cause = options->filters.cause, .out = g_string_new(NULL)};
    int status = STATUS_OK;
    d.patterns = g_hash_table_new_full(hash_string, g_str_equal, g_free, NULL);
    if (!d.cause || !rulebase_cause(&why->rules, d.cause)) {
        status = complain_cause(options, &why->rules, d.cause);
    } else {
        struct inputs inputs;
        inputs_list(&inputs, options);
        struct survey survey = {.options = options,
                                .why = why,
                                .inputs = &inputs,
                                .read = read_input,
                                .take = take,
                                .context = &d};
        int read = survey_run(&survey);
        status = MAX(inputs.status, read);
        inputs_free(&inputs);
        int finished = finish(&d, options);
        status = MAX(status, finished);
    }
    g_hash_table_destroy(d.patterns);
    g_string_free(d.out, TRUE);
    mailwhy_free(why);
    return status;
}
