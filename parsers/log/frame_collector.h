/* Lines as collectors write them into their own files or show them: a tag and a record, or cells. */
#ifndef MAILWHY_LOG_FRAME_COLLECTOR_H
#define MAILWHY_LOG_FRAME_COLLECTOR_H

#include "parsers/log/frame_kind.h"

/* Fluentd's out_file and stdout: time, tag and record. */
frame_take_one collector_take_tagged;

/* Fluent Bit's stdout: "[0] mail: [[1795511647.000000000, {}], {"log"=>"…"}]". */
frame_take_one collector_take_pack;

/* Papertrail's archives: ten cells, with tabs between them. */
frame_take_one collector_take_cells;

/* An event of CloudWatch's logs in the text that the AWS CLI writes (`--output text`): "EVENTS" and cells,
 * parted by tabs. */
frame_take_one collector_take_events;

#endif
