/* For groups of tests of what judges by the built-in rules: they are loaded once. */
#ifndef MAILWHY_TESTS_BUILT_IN_RULES_H
#define MAILWHY_TESTS_BUILT_IN_RULES_H

#include "tests/analyze/rules.h"

static struct loaded_rules loaded;

static int load(void **state) {
    (void)state;
    rules_open(&loaded, NULL);
    return 0;
}

static int unload(void **state) {
    (void)state;
    rules_close(&loaded);
    return 0;
}

#endif
