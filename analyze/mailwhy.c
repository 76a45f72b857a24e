/* The library: see mailwhy.h. */
#include "analyze/asked.h"
#include "analyze/auth/check_kinds.h"
#include "analyze/complaints.h"
#include "analyze/internal.h"
#include "analyze/report/common_words.h"
#include "analyze/report/reader.h"
#include "analyze/sized.h"
#include "analyze/version.h"
#include "parsers/base/file_errors.h"
#include "parsers/base/hash.h"
#include "parsers/base/module.h"
#include "parsers/base/shown_name.h"
#include "parsers/rules/check.h"
#include "parsers/rules/load.h"

#include <glib.h>

const char *mailwhy_version(void) {
    return MAILWHY_VERSION;
}

void why_complain(const struct mailwhy *why, const char *text) {
    if (why->options.complain)
        why->options.complain(why->options.context, text);
}

/* A snapshot for these files, which are taken into memory; NULL where there are none. */
static struct snapshot *open_snapshot(struct dns_files *files) {
    if (!dns_files_are_given(files))
        return NULL;
    dns_files_open(files);
    return snapshot_new();
}

static void open_snapshots(struct mailwhy *why) {
    const struct mailwhy_options *o = &why->options;
    why->dns = (struct dns_files){o->dns_files,  o->dns_file_count,  o->dns_text,
                                  o->dns_length, "the DNS snapshot", NULL};
    why->dns_after = (struct dns_files){o->dns_after_files,  o->dns_after_file_count, o->dns_after_text,
                                        o->dns_after_length, "the DNS after that",    NULL};
    why->snapshot = open_snapshot(&why->dns);
    if (why->snapshot)
        why->after = open_snapshot(&why->dns_after);
}

static void close_snapshots(struct mailwhy *why) {
    dns_files_close(&why->dns);
    dns_files_close(&why->dns_after);
}

static void begin_redaction(struct mailwhy *why, struct file_errors *errors) {
    const struct mailwhy_options *o = &why->options;
    if (!o->redact)
        return;
    const char *wrong = redact_key_get(&why->redact_key, o->redact_key_file);
    if (wrong) {
        g_autofree char *name = shown_name(o->redact_key_file ? o->redact_key_file : "--redact");
        errors->count++;
        if (errors->out)
            fprintf(errors->out, "mailwhy: %s: %s\n", name, wrong);
        return;
    }
    why->common_words = common_words_new(&why->rules);
    why->redaction = (struct redaction){why->redact_key.bytes, why->redact_key.length, why->common_words,
                                        why->reader == READER_RECEIVER};
}

static bool read_dns(struct mailwhy *why, FILE *out) {
    struct file_errors found = {.out = out};
    dns_files_read(&why->dns, why->snapshot, &found);
    dns_files_read(&why->dns_after, why->after, &found);
    close_snapshots(why);
    return found.count == 0;
}

bool why_read_dns(struct mailwhy *why, bool is_aloud) {
    struct complaints complaints;
    if (!is_aloud)
        return read_dns(why, NULL);
    complaints_open(&complaints);
    bool is_right = read_dns(why, complaints.out);
    complaints_pass(&complaints, why->options.complain, why->options.context);
    return is_right;
}

struct mailwhy *why_new(const struct mailwhy_options *options) {
    struct mailwhy *why = why_new_unread(options);
    if (!why || why_read_dns(why, true))
        return why;
    mailwhy_free(why);
    return NULL;
}

/* What is not loaded now might be of another version later, and nobody could be told. */
struct mailwhy *mailwhy_new(const struct mailwhy_options *options) {
    g_autofree char *missing = modules_load();
    struct mailwhy *why = missing ? NULL : why_new(options);
    struct mailwhy unmade = {0};
    if (missing && (!options || sized_take(&unmade.options, sizeof unmade.options, options)))
        why_complain(&unmade, missing);
    return why;
}

static void complain_of(struct file_errors *errors, const char *what, const char *name) {
    g_autofree char *shown = shown_name(name);
    errors->count++;
    if (errors->out)
        fprintf(errors->out, "no %s is called %s\n", what, shown);
}

static void find_reader(struct mailwhy *why, struct file_errors *errors) {
    if (!reader_find(why->options.reader, &why->reader))
        complain_of(errors, "reader", why->options.reader);
    if (!language_find(why->options.language, &why->language))
        complain_of(errors, "language", why->options.language);
}

static uint64_t number_of_rules(const struct mailwhy_options *o) {
    uint64_t number = o->no_builtin_rules;
    for (size_t i = 0; i < o->rule_file_count; i++) {
        g_autofree char *bytes = NULL;
        gsize length = 0;
        if (g_file_get_contents(o->rule_files[i], &bytes, &length, NULL))
            number = hash_alike(bytes, length, number ? number : 1);
    }
    return number;
}

/* NULL, or what is wrong, to be freed. */
static char *fault_of(const struct mailwhy_options *o) {
    if (!asked_list_is_whole(o->rule_files, o->rule_file_count) ||
        !asked_list_is_whole(o->trusted, o->trusted_count) || !asked_list_is_whole(o->own, o->own_count) ||
        !asked_list_is_whole(o->dns_files, o->dns_file_count) ||
        !asked_list_is_whole(o->dns_after_files, o->dns_after_file_count))
        return g_strdup(LACKS_AN_ENTRY);
    if (!asked_bytes_are_whole((struct slice){o->dns_text, o->dns_length}) ||
        !asked_bytes_are_whole((struct slice){o->dns_after_text, o->dns_after_length}))
        return g_strdup(LACKS_BYTES);
    if (o->width && (o->width < LEAST_WIDTH || o->width > MOST_WIDTH))
        return g_strdup_printf("a width is 0 or %d to %d", LEAST_WIDTH, MOST_WIDTH);
    char *fault = asked_entry_fault("no host, address or network of one's own, to be trusted", o->trusted,
                                    o->trusted_count, trust_entry_is_valid);
    return fault ? fault
                 : asked_entry_fault("no domain or mail address of one's own", o->own, o->own_count,
                                     own_name_is_valid);
}

/* All but the DNS files. */
static bool load(struct mailwhy *why, FILE *out) {
    const struct mailwhy_options *o = &why->options;
    struct file_errors found = {.out = out};
    g_autofree char *fault = fault_of(o);
    if (fault) {
        fprintf(out, "%s\n", fault);
        return false;
    }
    rulebase_load(&why->rules, o->rule_files, o->rule_file_count, o->no_builtin_rules, &found);
    why->rules_number = number_of_rules(o);
    if (o->rule_file_count) {
        rulebase_check(&why->rules, &found);
        check_kinds_verify_rules(&why->rules, &found);
    }
    find_reader(why, &found);
    begin_redaction(why, &found);
    return found.count == 0;
}

struct mailwhy *why_new_unread(const struct mailwhy_options *options) {
    struct mailwhy *why = g_new0(struct mailwhy, 1);
    struct complaints complaints;
    if (options && !sized_take(&why->options, sizeof why->options, options)) {
        why_complain(why, SIZED_WRONGLY);
        g_free(why);
        return NULL;
    }
    why->options.redact |= why->options.redact_key_file != NULL;
    complaints_open(&complaints);
    bool is_right = load(why, complaints.out);
    complaints_pass(&complaints, why->options.complain, why->options.context);
    if (!is_right) {
        mailwhy_free(why);
        return NULL;
    }
    why->trust = (struct trust_list){why->options.trusted, why->options.trusted_count};
    why->own = (struct own_names){why->options.own, why->options.own_count};
    why->set = ruleset_new(&why->rules);
    open_snapshots(why);
    return why;
}

void mailwhy_free(struct mailwhy *why) {
    if (!why)
        return;
    close_snapshots(why);
    ruleset_free(why->set);
    common_words_free(why->common_words);
    snapshot_free(why->snapshot);
    snapshot_free(why->after);
    rulebase_free(&why->rules);
    g_free(why);
}
