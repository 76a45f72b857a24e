/* Fields that rules/headers.yaml puts in words. */
#ifndef MAILWHY_FIELD_NOTES_H
#define MAILWHY_FIELD_NOTES_H

#include "parsers/facts.h"
#include "parsers/rules/matcher.h"

/* What the rules for the field `name` say of it, put behind *end; returns the
 * new end. */
struct field_note **field_notes_read(struct field_note **end, struct slice name, struct slice raw,
                                     struct matcher *matcher, struct arena *arena);

/* What was read last, since a Received field: who writes below one need not be who wrote above it. */
struct points_beside {
    struct field_note *points, *threshold;
};

/* Points become a verdict where a field beside them says from how many on it is spam: the notes in the order
 * of the fields, with their positions. */
void field_note_join(struct points_beside *beside, struct field_note *note, struct arena *arena);

#endif
