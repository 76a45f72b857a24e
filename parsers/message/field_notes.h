/* Fields that rules/headers.yaml puts in words. */
#ifndef MAILWHY_FIELD_NOTES_H
#define MAILWHY_FIELD_NOTES_H

#include "parsers/facts.h"
#include "parsers/rules/matcher.h"

/* What the rules for the field `name` say of it, put behind *end; returns the
 * new end. */
struct field_note **field_notes_read(struct field_note **end, struct slice name, struct slice raw,
                                     struct matcher *matcher, struct arena *arena);

#endif
