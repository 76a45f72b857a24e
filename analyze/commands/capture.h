/* `mailwhy dns capture`: ask a name server until nothing is missing. With `mailwhy verify`, which calls it,
 * the only command that uses the network. */
#ifndef MAILWHY_CAPTURE_H
#define MAILWHY_CAPTURE_H

#include "analyze/commands/options.h"

/* Append to `text` the snapshot with what the options' inputs need. Returns an exit status; nothing is
 * appended when it is STATUS_USAGE: there is no name server to ask. STATUS_NO_INPUT also where none answered:
 * the snapshot says so.
 */
int dns_capture(const struct options *options, struct mailwhy *why, GString *text);

#endif
