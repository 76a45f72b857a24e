/* The frame of `journalctl -o json`: one record per line, in which the lines of any dialect stand (in a
 * module: module.h). */
#ifndef MAILWHY_LOG_JOURNAL_H
#define MAILWHY_LOG_JOURNAL_H

#include "parsers/base/arena.h"
#include "parsers/base/module.h"
#include "parsers/log/line.h"

/* Take the frame off line->text. False, and nothing changed: it is another kind of JSON, or none. */
bool journal_take(struct log_line *line, struct arena *arena) IN_MODULE;

#endif
