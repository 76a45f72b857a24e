/* For tests of what judges: a matcher of the built-in rules, or of rules from a text. */
#ifndef MAILWHY_TESTS_RULES_H
#define MAILWHY_TESTS_RULES_H

#include "parsers/base/file_errors.h"
#include "parsers/rules/load.h"
#include "parsers/rules/matcher.h"
#include "tests/table.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

struct loaded_rules {
    struct rulebase base;
    struct ruleset *set;
    struct matcher *matcher;
};

/* `yaml` NULL: the built-in rules; else those of the text, with the built-in causes. */
static inline void rules_open(struct loaded_rules *r, const char *yaml) {
    struct file_errors errors = {.out = stderr};
    char path[32];
    const char *files[] = {path};
    int file = yaml ? memfd_create("rules", 0) : -1;
    snprintf(path, sizeof path, "/dev/fd/%d", file);
    if (yaml)
        dprintf(file, "%s", yaml);
    rulebase_load(&r->base, files, yaml != NULL, yaml != NULL, &errors);
    assert_int_equal(errors.count, 0);
    r->set = ruleset_new(&r->base);
    r->matcher = matcher_new(r->set);
    if (yaml)
        close(file);
}

static inline void rules_close(struct loaded_rules *r) {
    matcher_free(r->matcher);
    ruleset_free(r->set);
    rulebase_free(&r->base);
}

#endif
