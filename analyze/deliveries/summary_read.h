/* Adding what was counted of logs elsewhere: see summary_layout.h. Whoever comes last reads all of it into
 * one summary, which is then as if one process had read all of the logs. Bytes of strangers are taken with
 * care: what makes no sense is refused. */
#ifndef MAILWHY_SUMMARY_READ_H
#define MAILWHY_SUMMARY_READ_H

#include "analyze/deliveries/summary_layout.h"

/* Add what was written, once or several times one behind the other. False: it makes no sense, is cut or
 * damaged, or was written by a program of another version. What makes sense and cannot be added (it is there
 * already, or was made with other rules or filters) is named in `notes`. Texts are added to `notes` with
 * g_strdup. */
bool summary_read(struct log_summary *summary, const struct summary_notes *notes, struct slice bytes);

#endif
