/* Layers of what runs and shows containers: each names whose output the line is. What looks like a mail
 * system's line in that of another container is what somebody sent it: such a line keeps its layer, so nobody
 * reads it. */
#ifndef MAILWHY_LOG_FRAME_SERVICE_H
#define MAILWHY_LOG_FRAME_SERVICE_H

#include "parsers/log/frame_kind.h"

frame_take_one service_take; /* "mail-1  | …" of docker compose, "[pod/mail-0/postfix] …" of kubectl */
frame_take_one service_take_pod;    /* "postfix-wqlf5 postfix 2026-11-24T09:14:07 …" of stern */
frame_take_one service_take_labels; /* "{job=\"mail\"} …" of logcli, behind its time */
frame_take_one
    service_take_cloud; /* "… app[4d891c45a7d587] fra [info]…" of Fly, "… app[mail.1]: …" of Heroku */

/* Note of whom the lines at the start of a file are, where that says whom to believe: frames->service and
 * frames->is_direct. */
void service_find(struct frames *frames, struct slice header, struct arena *arena);

#endif
