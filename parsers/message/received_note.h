/* Notes in Received fields that hold words of the client: its user, its sender, the name in its certificate.
 * What stands in them is that and nothing else, whatever it looks like. */
#ifndef MAILWHY_RECEIVED_NOTE_H
#define MAILWHY_RECEIVED_NOTE_H

#include "parsers/base/slice.h"

enum note_kind { NOTE_OF_NONE, NOTE_OF_USER, NOTE_OF_SENDER, NOTE_OF_OTHER };

struct note {
    enum note_kind kind; /* NONE: the comment is no such note */
    struct slice value;  /* as it stands there; empty: it names none, or who wrote that is not sure */
    struct slice
        session; /* what the program says of TLS behind it; the end of the user's name may look so too */
};

/* `is_behind_by`: the host that writes the field has been named. */
struct note received_note(struct slice comment, bool is_behind_by);

#endif
