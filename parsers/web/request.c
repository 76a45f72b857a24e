/* Requests: see request.h. Only what RFC 3875 says of a variable is taken for it: nothing is guessed, and a
 * length is that of the server, never of a header that came through (HTTP_CONTENT_LENGTH). */
#include "parsers/web/request.h"

static struct slice value_of(char *(*variable)(const char *name), const char *name) {
    return slice_of(variable(name));
}

/* A server may make the command line of a query without "=" (RFC 3875 section 4.4): options would be a
 * stranger's. */
static bool may_be_arguments(struct slice query) {
    return query.len && slice_find_char(query, '=') == query.len;
}

/* 1*digit (section 4.1.2); UINT64_MAX also stands for all that is larger. */
static bool read_length(struct slice text, uint64_t *length) {
    *length = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_digit(text.ptr[i]))
            return false;
        uint64_t digit = (uint64_t)(text.ptr[i] - '0');
        *length = *length > (UINT64_MAX - digit) / 10 ? UINT64_MAX : *length * 10 + digit;
    }
    return text.len > 0;
}

static enum http_status read_form(struct web_request *r, char *(*variable)(const char *name), uint64_t most) {
    struct slice length = value_of(variable, "CONTENT_LENGTH");
    if (!form_boundary_read(value_of(variable, "CONTENT_TYPE"), &r->boundary))
        return HTTP_NO_FORM;
    if (!length.len)
        return HTTP_NO_LENGTH;
    if (!read_length(length, &r->length))
        return HTTP_BAD_REQUEST;
    r->has_form = r->length <= most;
    return r->has_form ? HTTP_OK : HTTP_TOO_LARGE;
}

struct web_request web_request_read(char *(*variable)(const char *name), uint64_t most) {
    struct web_request r = {.status = HTTP_OK, .languages = value_of(variable, "HTTP_ACCEPT_LANGUAGE")};
    struct slice method = value_of(variable, "REQUEST_METHOD");
    r.is_head = slice_equal(method, SLICE("HEAD"));
    if (may_be_arguments(value_of(variable, "QUERY_STRING")))
        r.status = HTTP_BAD_REQUEST;
    else if (slice_equal(method, SLICE("POST")))
        r.status = read_form(&r, variable, most);
    else if (!r.is_head && !slice_equal(method, SLICE("GET")))
        r.status = HTTP_NO_METHOD;
    return r;
}
