/* Forms with files: boundaries, parts, and what is broken. */
#include "parsers/web/form_data.h"
#include "tests/table.h"

#include <glib.h>
#include <stdio.h>

static void boundaries(void **state) {
    static const struct {
        const char *type, *boundary; /* "": refused */
    } rows[] = {
        {"multipart/form-data; boundary=abc", "abc"},
        {"Multipart/Form-Data;BOUNDARY=abc", "abc"},
        {"multipart/form-data; charset=utf-8 ; boundary=\"a b\"", "a b"},
        {"multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW",
         "----WebKitFormBoundary7MA4YWxkTrZu0gW"},
        {"multipart/form-data; boundary=a; boundary=b", "a"},
        {"multipart/form-data; "
         "boundary=0123456789012345678901234567890123456789012345678901234567890123456789",
         "0123456789012345678901234567890123456789012345678901234567890123456789"},
        {"multipart/form-data; "
         "boundary=01234567890123456789012345678901234567890123456789012345678901234567890",
         ""},
        {"", ""},
        {"multipart/form-data", ""},
        {"multipart/form-data; boundary=", ""},
        {"multipart/form-data; boundary=\"\"", ""},
        {"multipart/form-data; boundary=\"a ", ""},
        {"multipart/form-data; boundary=\"a \"", ""},
        {"multipart/form-data; boundary=a\r\nX: y", ""},
        {"multipart/form-data; boundary=\"a\r\nb\"", ""},
        {"multipart/form-data; boundary=\"a\\\"b\"", ""},
        {"multipart/form-data; boundary=a, multipart/form-data; boundary=b", ""},
        {"multipart/mixed; boundary=abc", ""},
        {"multipart/form-data boundary=abc", ""},
        {"application/x-www-form-urlencoded", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct form_boundary b = {.length = 4};
        bool is_one = form_boundary_read(slice_of(rows[i].type), &b);
        expect_text(rows[i].type, (struct slice){b.text + 4, b.length - 4}, rows[i].boundary);
        expect_number(rows[i].type, is_one, rows[i].boundary[0] != '\0');
    }
}

#define D          "Content-Disposition: form-data; "
#define PART(d, c) "--b\r\n" D d "\r\n\r\n" c "\r\n"

static void parts(void **state) {
    static const struct {
        const char *body,
            *parts; /* name=content, name[file]=content, each with a ";"; "!" where it is broken */
    } rows[] = {
        {PART("name=\"a\"", "x") "--b--\r\n", "a=x;"},
        {PART("name=\"a\"", "x") "--b--", "a=x;"},
        {PART("name=\"a\"", "x") "--b--trailing", "a=x;"},
        {PART("name=\"a\"", "") PART("name=b", "1\r\n2") "--b--\r\n", "a=;b=1\r\n2;"},
        {PART("name=\"f\"; filename=\"a.eml\"\r\nContent-Type: message/rfc822", "x\n") "--b--\r\n",
         "f[a.eml]=x\n;"},
        {PART("name=\"f\"; filename=\"\"\r\nContent-Type: application/octet-stream", "") "--b--\r\n",
         "f[]=;"},
        {PART("name=\"f\"; filename=\"C:\\Mail\\a.eml\"", "x") "--b--\r\n", "f[C:\\Mail\\a.eml]=x;"},
        {PART("name=\"f\"; filename=\"a\\\"b\"; x=y", "x") "--b--\r\n", "f[a\\\"b]=x;"},
        {PART("name=\"f\"; filename=\"a;b=c\"", "x") "--b--\r\n", "f[a;b=c]=x;"},
        {PART("name=\"f\"; name=\"g\"; filename=a; filename=b", "x") "--b--\r\n", "f[a]=x;"},
        {"--b\r\nX: y\r\ncontent-disposition:form-data;name=a\r\n\r\nx\r\n--b--\r\n", "a=x;"},
        {"--b \t\r\n" D "name=a\r\n\r\nx\r\n--b \r\n" D "name=c\r\n\r\ny\r\n--b--", "a=x;c=y;"},
        /* what only looks like a boundary */
        {PART("name=a", "--b\r\nx\n--b--\n\r\n--bc\r\n--b-\r\n-") "--b--",
         "a=--b\r\nx\n--b--\n\r\n--bc\r\n--b-\r\n-;"},
        {PART("name=a", "\r\n--b x") "--b--", "a=\r\n--b x;"},
        {"--b--\r\n", ""},
        /* broken */
        {"", "!"},
        {"--", "!"},
        {"--b", "!"},
        {"--b\r\n", "!"},
        {"x\r\n" PART("name=a", "x") "--b--", "!"},
        {"\r\n" PART("name=a", "x") "--b--", "!"},
        {"--c\r\n" D "name=a\r\n\r\nx\r\n--c--", "!"},
        {"--b\n" D "name=a\n\nx\n--b--", "!"},
        {PART("name=a", "x"), "!"},
        {PART("name=a", "x") "--b", "!"},
        {PART("name=a", "x") "--b-", "!"},
        {PART("name=a", "x") "--b\r\n", "a=x;!"},
        {PART("name=a", "x") "--b\r\n\r\nno header\r\n--b--", "a=x;!"},
        {PART("name=a", "x") "--b\r\n" D "name=c", "a=x;!"},
        {PART("filename=a", "x") "--b--", "!"},
        {PART("name", "x") "--b--", "!"},
        {PART("name=\"a", "x") "--b--", "a=x;"},
        {PART("name=\"a\"b", "x") "--b--", "a\"b=x;"},
        {PART("name=\"f\"; filename=\"a\"b.eml\"", "x") "--b--", "f[a\"b.eml]=x;"},
        {PART("name=\"f\"; filename=\"\"b\" c.eml\" \r\nX: y", "x") "--b--", "f[\"b\" c.eml]=x;"},
        {PART("filename=\"a\"b\r\nc\"; name=\"f\"\r\nX: \"y\"", "x") "--b--", "f[a\"b\r\nc]=x;"},
        {PART("name=\"f\"; filename=\"a\nb\"", "x") "--b--", "f[a\nb]=x;"},
        {PART("name=\"f\"; filename=\"a\r\n\r\nb\"", "x") "--b--", "f[a]=b\"\r\n\r\nx;"},
        {PART("name=\"f\"; filename=a b.eml", "x") PART("name=g", "y") "--b--", "f[a]=x;g=y;"},
        {"--b\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--b--", "!"},
    };
    static const struct form_boundary boundary = {"\r\n--b", 5};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct form_data form = {.boundary = &boundary, .rest = slice_of(rows[i].body)};
        g_autoptr(GString) seen = g_string_new(NULL);
        struct form_part part;
        enum form_step step;
        while ((step = form_data_next(&form, &part)) == FORM_PART) {
            g_string_append_printf(seen, "%.*s", S(part.name));
            if (part.is_file)
                g_string_append_printf(seen, "[%.*s]", S(part.file_name));
            g_string_append_printf(seen, "=%.*s;", S(part.content));
        }
        g_string_append(seen, step == FORM_BROKEN ? "!" : "");
        expect_text(rows[i].body, (struct slice){seen->str, seen->len}, rows[i].parts);
        expect_number(rows[i].body, form_data_next(&form, &part), step); /* and it stays so */
    }
}

/* Bytes that end a text elsewhere do not here. */
static void binary(void **state) {
    static const struct form_boundary boundary = {"\r\n--b", 5};
    struct form_data form = {.boundary = &boundary,
                             .rest = SLICE("--b\r\n" D "name=\"a\0b\"\r\n\r\n\0x\0\r\n--\0\r\n--b--")};
    struct form_part part;
    (void)state;
    expect_number("a part", form_data_next(&form, &part), FORM_PART);
    expect_number("its name", (long long)part.name.len, 3);
    expect_number("its content", (long long)part.content.len, 8);
    expect_number("the end", form_data_next(&form, &part), FORM_END);
}

/* A header is read as far as its limit. */
static void limits(void **state) {
    static const struct form_boundary boundary = {"\r\n--b", 5};
    (void)state;
    for (size_t beyond = 0; beyond < 2; beyond++) {
        size_t known = strlen(D "name=\"\"\r\n\r\n");
        g_autofree char *name = g_strnfill(LIMIT_FORM_HEADER - known + beyond, 'n');
        g_autofree char *body = g_strdup_printf("--b\r\n" D "name=\"%s\"\r\n\r\nx\r\n--b--", name);
        struct form_data form = {.boundary = &boundary, .rest = slice_of(body)};
        struct form_part part;
        expect_number("at the limit, and beyond", form_data_next(&form, &part),
                      beyond ? FORM_BROKEN : FORM_PART);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(boundaries), cmocka_unit_test(parts),
                                       cmocka_unit_test(binary), cmocka_unit_test(limits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
