/* The JSON writer: see json.h. */
#include "analyze/report/json.h"

#include "analyze/report/format.h"
#include "parsers/base/date.h"

static void separate(struct json *j) {
    if (j->needs_comma)
        g_string_append_c(j->out, ',');
    j->needs_comma = true;
}

static void append_escaped(GString *out, unsigned char c) {
    static const char short_forms[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (const char *p = short_forms; *p; p += 2)
        if ((unsigned char)*p == c) {
            g_string_append_c(out, '\\');
            g_string_append_c(out, p[1]);
            return;
        }
    g_string_append_printf(out, "\\u%04x", c);
}

static bool is_plain(unsigned char c) {
    return c >= 0x20 && c != '"' && c != '\\' && c < 0x7f;
}

static void append_string(GString *out, struct slice s) {
    g_string_append_c(out, '"');
    while (s.len) {
        size_t run = 0;
        while (run < s.len && is_plain((unsigned char)s.ptr[run]))
            run++;
        g_string_append_len(out, s.ptr, (gssize)run);
        s = slice_from(s, run);
        if (!s.len)
            break;
        gunichar c = (unsigned char)s.ptr[0] < 0x80 ? (gunichar)s.ptr[0]
                                                    : g_utf8_get_char_validated(s.ptr, (gssize)s.len);
        size_t used = 1;
        if (c == (gunichar)-1 || c == (gunichar)-2)
            g_string_append_unichar(out, 0xfffd);
        else if (c < 0x80)
            append_escaped(out, (unsigned char)c);
        else {
            used = (size_t)g_unichar_to_utf8(c, NULL);
            g_string_append_len(out, s.ptr, (gssize)used);
        }
        s = slice_from(s, used);
    }
    g_string_append_c(out, '"');
}

static void append_key(struct json *j, const char *key) {
    separate(j);
    if (key) {
        g_string_append_c(j->out, '"');
        g_string_append(j->out, key); /* ours: needs no escapes */
        g_string_append(j->out, "\":");
    }
}

void json_open(struct json *j, const char *key, char bracket) {
    append_key(j, key);
    g_string_append_c(j->out, bracket);
    j->needs_comma = false;
}

void json_close(struct json *j, char bracket) {
    g_string_append_c(j->out, bracket);
    j->needs_comma = true;
}

void json_string(struct json *j, const char *key, struct slice value) {
    append_key(j, key);
    append_string(j->out, value);
}

void json_entry(struct json *j, struct slice key, struct slice value) {
    separate(j);
    append_string(j->out, key);
    g_string_append_c(j->out, ':');
    append_string(j->out, value);
}

void json_entry_number(struct json *j, struct slice key, int64_t value) {
    separate(j);
    append_string(j->out, key);
    g_string_append_printf(j->out, ":%" G_GINT64_FORMAT, value);
}

void json_text(struct json *j, const char *key, const char *value) {
    if (value)
        json_string(j, key, slice_of(value));
}

void json_slice(struct json *j, const char *key, struct slice value) {
    if (value.len)
        json_string(j, key, value);
}

void json_number(struct json *j, const char *key, int64_t value) {
    append_key(j, key);
    g_string_append_printf(j->out, "%" G_GINT64_FORMAT, value);
}

void json_bool(struct json *j, const char *key, bool value) {
    append_key(j, key);
    g_string_append(j->out, value ? "true" : "false");
}

void json_time(struct json *j, const char *key, int64_t seconds) {
    char text[24];
    if (seconds == -1)
        return;
    date_format(seconds, text);
    json_text(j, key, text[0] ? text : NULL);
}

const struct mailwhy_format format_json = {
    .name = "json", .list_begin = "[", .separator = ",\n", .list_end = "]", .end = "\n"};

const struct mailwhy_format format_ndjson = {.name = "ndjson", .is_records = true};
