/* Records in JSON around a line: of the journal, of Docker, of collectors (frame_keys.h says under which
 * names). */
#ifndef MAILWHY_LOG_FRAME_JSON_H
#define MAILWHY_LOG_FRAME_JSON_H

#include "parsers/log/frame_kind.h"

/* Of a message that begins as an object. */
frame_take_one json_frame_take;

/* A line of Docker's json-file, which is never a record of a mail system itself. */
frame_take_one json_frame_take_docker;

#endif
