/* What a web server says of a request to a CGI program, in variables (RFC 3875 section 4.1). Whoever asks
 * chose much of it. */
#ifndef MAILWHY_WEB_REQUEST_H
#define MAILWHY_WEB_REQUEST_H

#include "parsers/web/form_data.h"

#include <stdint.h>

/* The answers' statuses (RFC 9110 section 15). */
enum http_status {
    HTTP_OK = 200,
    HTTP_BAD_REQUEST = 400,
    HTTP_NO_METHOD = 405,
    HTTP_TOO_SLOW = 408,
    HTTP_NO_LENGTH = 411,
    HTTP_TOO_LARGE = 413,
    HTTP_NO_FORM = 415,
    HTTP_NOT_UNDERSTOOD = 422,
    HTTP_WENT_WRONG = 500,
    HTTP_TOO_LONG = 504
};

struct web_request {
    enum http_status status; /* HTTP_OK, or why it is refused before its body is read */
    bool is_head;            /* only the answer's header is wanted */
    bool has_form;           /* a body is to be read */
    struct slice languages;  /* that are wanted: Accept-Language (RFC 9110 section 12.5.4), as it came */
    uint64_t length;         /* of it, in bytes */
    struct form_boundary boundary;
};

/* `variable` as getenv; `most`: bytes of a body. */
struct web_request web_request_read(char *(*variable)(const char *name), uint64_t most);

#endif
