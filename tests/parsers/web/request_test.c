/* Requests: what is read of a web server's variables, and what is refused. */
#include "parsers/web/request.h"
#include "tests/table.h"

#include <stdio.h>

#define MOST 1000
#define FORM "multipart/form-data; boundary=b"

static const struct row {
    const char *method, *type, *length, *query;
    enum http_status status;
    long long read; /* bytes of a body; -1: none is read */
} rows[] = {
    {"GET", NULL, NULL, NULL, HTTP_OK, -1},
    {"GET", "", "", "", HTTP_OK, -1},
    {"HEAD", NULL, NULL, NULL, HTTP_OK, -1},
    {"GET", FORM, "5", "a=b", HTTP_OK, -1},
    {"POST", FORM, "0", NULL, HTTP_OK, 0},
    {"POST", FORM, "1000", "", HTTP_OK, MOST},
    {"POST", FORM, "0001000", "", HTTP_OK, MOST},
    /* whose arguments could become the program's */
    {"GET", NULL, NULL, "--help", HTTP_BAD_REQUEST, -1},
    {"POST", FORM, "5", "-o+/tmp/x", HTTP_BAD_REQUEST, -1},
    {"GET", NULL, NULL, "--rules%3d/etc/passwd", HTTP_BAD_REQUEST, -1},
    /* methods are in capitals (RFC 9110 section 9.1) */
    {"post", FORM, "5", NULL, HTTP_NO_METHOD, -1},
    {"PUT", FORM, "5", NULL, HTTP_NO_METHOD, -1},
    {"DELETE", NULL, NULL, NULL, HTTP_NO_METHOD, -1},
    {"OPTIONS", NULL, NULL, NULL, HTTP_NO_METHOD, -1},
    {"GET POST", NULL, NULL, NULL, HTTP_NO_METHOD, -1},
    {"", NULL, NULL, NULL, HTTP_NO_METHOD, -1},
    {NULL, NULL, NULL, NULL, HTTP_NO_METHOD, -1},
    /* lengths */
    {"POST", FORM, NULL, NULL, HTTP_NO_LENGTH, -1},
    {"POST", FORM, "", NULL, HTTP_NO_LENGTH, -1},
    {"POST", FORM, "1001", NULL, HTTP_TOO_LARGE, -1},
    {"POST", FORM, "18446744073709551615", NULL, HTTP_TOO_LARGE, -1},
    {"POST", FORM, "18446744073709551616", NULL, HTTP_TOO_LARGE, -1},
    {"POST", FORM, "18446744073709551621", NULL, HTTP_TOO_LARGE, -1}, /* 5, once it has gone around */
    {"POST", FORM, "99999999999999999999999999999999999999999999", NULL, HTTP_TOO_LARGE, -1},
    {"POST", FORM, "-1", NULL, HTTP_BAD_REQUEST, -1},
    {"POST", FORM, "+5", NULL, HTTP_BAD_REQUEST, -1},
    {"POST", FORM, " 5", NULL, HTTP_BAD_REQUEST, -1},
    {"POST", FORM, "5 ", NULL, HTTP_BAD_REQUEST, -1},
    {"POST", FORM, "5, 5", NULL, HTTP_BAD_REQUEST, -1},
    {"POST", FORM, "5,7", NULL, HTTP_BAD_REQUEST, -1},
    {"POST", FORM, "0x5", NULL, HTTP_BAD_REQUEST, -1},
    {"POST", FORM, "1e3", NULL, HTTP_BAD_REQUEST, -1},
    {"POST", FORM, "5\r\n", NULL, HTTP_BAD_REQUEST, -1},
    {"POST", FORM, "\xd9\xa5", NULL, HTTP_BAD_REQUEST, -1}, /* a digit, in Arabic */
    /* types */
    {"POST", NULL, "5", NULL, HTTP_NO_FORM, -1},
    {"POST", "application/x-www-form-urlencoded", "5", NULL, HTTP_NO_FORM, -1},
    {"POST", "multipart/form-data", "5", NULL, HTTP_NO_FORM, -1},
};

static const struct row *asked;

static char *variable(const char *name) {
    const struct {
        const char *name, *value;
    } variables[] = {
        {"REQUEST_METHOD", asked->method}, {"CONTENT_TYPE", asked->type}, {"CONTENT_LENGTH", asked->length},
        {"QUERY_STRING", asked->query},    {"HTTP_CONTENT_LENGTH", "7"},
    };
    for (size_t i = 0; i < ROWS(variables); i++)
        if (strcmp(variables[i].name, name) == 0)
            return (char *)variables[i].value;
    return NULL;
}

static void requests(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        char shown[200];
        asked = &rows[i];
        snprintf(shown, sizeof shown, "row %zu: %s, %s, %s", i, asked->method ? asked->method : "(none)",
                 asked->length ? asked->length : "(none)", asked->query ? asked->query : "(none)");
        struct web_request r = web_request_read(variable, MOST);
        expect_number(shown, r.status, asked->status);
        expect_number(shown, r.has_form ? (long long)r.length : -1, asked->read);
        expect_number(shown, r.is_head, asked->method && strcmp(asked->method, "HEAD") == 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(requests)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
