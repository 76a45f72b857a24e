/* What a rule file may ask of libyaml, which for each word looks at all lists that are open, and for each
 * anchor at all others. */
#ifndef MAILWHY_YAML_SURVEY_H
#define MAILWHY_YAML_SURVEY_H

#include "parsers/base/slice.h"

#include <yaml.h>

#define LIMIT_YAML_DEPTH   20  /* lists and entries inside each other */
#define LIMIT_YAML_ANCHORS 100 /* of a file */

/* Go through the first document before a tree is made of it. Returns what is wrong, NULL: nothing, and where.
 * The text stands in `parser`, which the caller initialised, or is static. */
const char *yaml_survey(yaml_parser_t *parser, struct slice bytes, yaml_mark_t *mark);

#endif
