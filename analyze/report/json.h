/* JSON (RFC 8259), and NDJSON: a JSON object a line. */
#ifndef MAILWHY_JSON_FORMAT_H
#define MAILWHY_JSON_FORMAT_H

#include "analyze/report/format.h"

extern const struct mailwhy_format format_json, format_ndjson;

#endif
