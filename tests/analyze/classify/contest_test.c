/* Which rule wins: the level first, then conditions, then what the enhanced code agrees with, then
 * what explains more of the words, then the id. Rules of the test's own, as nobody would write them. */
#define _GNU_SOURCE
#include "analyze/mailwhy.h"
#include "tests/table.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const char *const rules[] = {
    "id: bare-no, cause: access.denied, text: refused, level: bare",
    "id: near-moon, cause: receiver.error, text: moon, level: near",
    "id: hint-moon, cause: receiver.unavailable, text: full moon, level: hint",
    "id: phrase-wolf, cause: recipient.refused, text: wolf",
    "id: phrase-wolf-550, cause: recipient.disabled, text: wolf, code: ['550']",
    "id: exact-w7, cause: content.spam, text: '\\bW7\\b', level: exact",
    "id: tie-b, cause: rate.limited, text: owls",
    "id: tie-a, cause: rate.connections, text: owls",
    "id: long, cause: tls.failed, text: 'silver bullet'",
    "id: short, cause: tls.required, text: silver",
    "id: full, cause: recipient.full, text: garlic",
    "id: big, cause: limits.message-size, text: stake",
    "id: barn, cause: content.spam, text: 'barn[^.;]{0,40}mice'",
    "id: wrapper, cause: unknown.unclassified, text: 'gate (?:of iron )?shut', level: exact",
    "id: iron, cause: tls.failed, text: iron",
    "id: code-full, cause: recipient.full, enhanced: ['5.2.2']",
    "id: code-550, cause: access.denied, code: ['550']",
};

static struct mailwhy *why;
static struct mailwhy_worker *worker;

static void keep(void *context, const char *bytes, size_t length) {
    g_string_append_len(context, bytes, (gssize)length);
}

static int load(void **state) {
    char path[32];
    const char *files[] = {path};
    struct mailwhy_options options = {.size = sizeof(struct mailwhy_options),
                                      .rule_files = files,
                                      .rule_file_count = 1,
                                      .no_builtin_rules = true};
    int file = memfd_create("rules", 0);
    (void)state;
    snprintf(path, sizeof path, "/dev/fd/%d", file);
    dprintf(file, "replies:\n");
    for (size_t i = 0; i < ROWS(rules); i++)
        dprintf(file, "- {%s, examples: ['550 as it may be']}\n", rules[i]);
    why = mailwhy_new(&options);
    close(file);
    worker = why ? mailwhy_worker_new(why) : NULL;
    return worker ? 0 : -1;
}

static int unload(void **state) {
    (void)state;
    mailwhy_worker_free(worker);
    mailwhy_free(why);
    return 0;
}

static void wins(void **state) {
    static const struct {
        const char *reply, *rule, *confidence;
    } rows[] = {
        {"450 refused", "bare-no", "guess"},
        {"450 refused at the moon", "near-moon", "likely"},
        {"450 refused, see http://mx.example/moon/full.html", "bare-no",
         "guess"}, /* a page's words are names */
        {"450 refused at full moon", "hint-moon", "certain"},
        {"450 wolf refused at full moon", "phrase-wolf", "certain"},
        {"550 wolf", "phrase-wolf-550", "certain"},
        {"550 wolf W7", "exact-w7", "certain"},
        {"450 owls", "tie-a", "certain"},
        {"450 owls in the barn of bob@mice.example", "tie-a", "certain"}, /* an address is no word */
        {"450 owls in the barn of mice", "barn", "certain"},
        {"450 silver bullet", "long", "certain"},
        {"450 garlic and a stake through it", "full", "certain"},
        {"550 5.2.2 stake and garlic", "full", "certain"},
        /* what a server repeats is no reason of its own */
        {"450 <wolf refused at full moon>: garlic and a stake through it", "full", "certain"},
        {"450 refused: <wolf@full.moon> wants garlic and a stake through it", "full", "certain"},
        {"450 refused: wolf@full.moon wants garlic and a stake through it", "full", "certain"},
        /* words that are known to tell nothing, alone and beside others; what they hold is no other */
        {"450 gate of iron shut", "wrapper", "likely"},
        {"450 gate of iron shut: garlic", "full", "certain"},
        {"450 refused: gate of iron shut", "bare-no", "guess"},
        {"450 W7: gate shut", "exact-w7", "certain"},
        /* a part of a host's name says nothing */
        {"450 mx7moon3.example.com refused", "bare-no", "guess"},
        {"450 refused, moon.See the page", "near-moon", "likely"},
        /* an enhanced code that contradicts the text never wins over it */
        {"550 5.2.2 stake", "big", "certain"},
        {"550 5.2.2 moon", "near-moon", "likely"},
        /* but it says more than words that only say no, and than the code alone */
        {"550 5.2.2 refused", "code-full", "likely"},
        {"550 5.2.2", "code-full", "likely"},
        {"550 what", "code-550", "guess"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        GString *out = g_string_new(NULL);
        char *rule = g_strdup_printf("\"rule\":{\"id\":\"%s\"", rows[i].rule);
        char *confidence = g_strdup_printf("\"confidence\":\"%s\"", rows[i].confidence);
        mailwhy_explain_reply(worker, rows[i].reply, strlen(rows[i].reply), mailwhy_format_find("ndjson"),
                              keep, out);
        if (!strstr(out->str, rule) || !strstr(out->str, confidence))
            expect_text(rows[i].reply, slice_of(out->str), rule);
        g_free(rule);
        g_free(confidence);
        g_string_free(out, TRUE);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(wins)};
    return cmocka_run_group_tests(tests, load, unload);
}
