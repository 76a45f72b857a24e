/* The script, or the directory, that a log names right before the message that it hands in: lines of several
 * processes stand between one another, so a local user's message right behind it is its own. */
#ifndef MAILWHY_SCRIPT_NOTES_H
#define MAILWHY_SCRIPT_NOTES_H

#include "parsers/log/event.h"

#define SCRIPT_BYTES   256 /* of a script or directory that are kept */
#define SCRIPT_SECONDS 2   /* between it and the message that it hands in */

struct script_note { /* all zero: none */
    char text[SCRIPT_BYTES], host[SCRIPT_BYTES];
    size_t len, host_len;
    int64_t time;
};

/* A LOG_SCRIPT. */
void script_note_set(struct script_note *note, const struct log_event *e);

/* The script of the message of a LOG_CLIENT, which has none yet; it stands until the next note. Empty: none
 * is known. */
struct slice script_note_take(struct script_note *note, const struct log_event *e);

#endif
