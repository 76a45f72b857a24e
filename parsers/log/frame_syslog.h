/* Headers of syslog: RFC 3164 and RFC 5424, what journalctl writes in their place, and how programs vary
 * them. */
#ifndef MAILWHY_LOG_FRAME_SYSLOG_H
#define MAILWHY_LOG_FRAME_SYSLOG_H

#include "parsers/log/frame_kind.h"

/* "<22>Nov 24 09:14:07 host program[pid]: message", "<22>1 2026-11-24T09:14:07Z host program pid id -
 * message"; each part but the time may be missing, and then all that stands behind the time is message. */
frame_take_one syslog_take;

/* Lines of one second and one host begin alike: then only the program is to be read. */
bool syslog_take_again(const struct frames *frames, struct log_line *line);

#endif
