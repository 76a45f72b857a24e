/* A small streaming writer of JSON (RFC 8259). Strings come out as valid UTF-8 whatever goes in. */
#ifndef MAILWHY_JSON_H
#define MAILWHY_JSON_H

#include "parsers/base/slice.h"

#include <glib.h>
#include <stdint.h>

struct json {
    GString *out;
    bool needs_comma;
};

void json_open(struct json *j, const char *key, char bracket); /* key NULL inside arrays */
void json_close(struct json *j, char bracket);
void json_string(struct json *j, const char *key, struct slice value);
void json_text(struct json *j, const char *key, const char *value); /* nothing for NULL */
/* A key from outside. */
void json_entry(struct json *j, struct slice key, struct slice value);
void json_entry_number(struct json *j, struct slice key, int64_t value);
void json_slice(struct json *j, const char *key, struct slice value); /* nothing for an empty one */
void json_number(struct json *j, const char *key, int64_t value);
void json_bool(struct json *j, const char *key, bool value);
void json_time(struct json *j, const char *key, int64_t seconds); /* nothing for -1 */

#endif
