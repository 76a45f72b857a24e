/* Rule files (YAML) into a rulebase. */
#ifndef MAILWHY_RULES_LOAD_H
#define MAILWHY_RULES_LOAD_H

#include "parsers/base/file_errors.h"
#include "parsers/rules/rules.h"

/* Read rule files in front of the built-in rules (unless no_builtin); an entry with the id of an
 * earlier one replaces it. Errors go to errors->out. The result is to be freed with rulebase_free. */
void rulebase_load(struct rulebase *base, const char *const *files, size_t count, bool no_builtin,
                   struct file_errors *errors);

#endif
