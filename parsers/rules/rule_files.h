/* Reading of rule files (YAML; in a module: module.h). Others call rulebase_load (load.h). */
#ifndef MAILWHY_RULE_FILES_H
#define MAILWHY_RULE_FILES_H

#include "parsers/base/file_errors.h"
#include "parsers/base/module.h"
#include "parsers/rules/rules.h"

/* Limits of what files may say; errors are limited by file_errors.h, what libyaml gets by yaml_survey.h. */
#define LIMIT_RULE_FILE   ((size_t)256 << 20) /* bytes */
#define LIMIT_REPLY_RULES 200000
#define LIMIT_OTHER_RULES 5000 /* of each other kind: these are looked up one after the other */

/* As rulebase_load, of an empty rulebase, where there are files to read or rules to leave out. */
void rule_files_load(struct rulebase *base, const char *const *files, size_t count, bool no_builtin,
                     struct file_errors *errors) IN_MODULE;

#endif
