/* What each mail system writes, and what is read of it: a row per form. */
#include "parsers/base/date.h"
#include "parsers/message/received.h"
#include "tests/table.h"

static const struct {
    const char *writer, *field, *expected;
} rows[] = {
#include "tests/parsers/message/received_rows.inc"
};

static struct slice add_member(struct arena *arena, struct slice text, const char *name, struct slice value) {
    return value.len ? arena_printf(arena, "%.*s%s%s=%.*s", (int)text.len, text.len ? text.ptr : "",
                                    text.len ? " " : "", name, (int)value.len, value.ptr)
                     : text;
}

/* Everything that was found, as "name=value name=value". */
static struct slice summary(struct arena *arena, const struct hop *h) {
    char time[24] = "";
    const struct {
        const char *name;
        struct slice value;
    } members[] = {
        {"helo", h->helo},       {"name", h->name},         {"ip", h->ip},         {"port", h->port},
        {"proxy", h->proxy},     {"local", h->local},       {"by", h->by},         {"by_name", h->by_name},
        {"by_ip", h->by_ip},     {"software", h->software}, {"via", h->via},       {"with", h->with},
        {"id", h->id},           {"for", h->recipient},     {"sender", h->sender}, {"user", h->user},
        {"tls", h->tls_version}, {"cipher", h->tls_cipher}};
    struct slice text = SLICE_EMPTY;
    for (size_t i = 0; i != ROWS(members); i++)
        text = add_member(arena, text, members[i].name, members[i].value);
    if (h->time != -1)
        date_format(h->time, time);
    text = add_member(arena, text, "time", slice_of(time));
    text = add_member(arena, text, "is", h->is_tls ? SLICE("tls") : SLICE_EMPTY);
    text = add_member(arena, text, "is", h->is_authenticated ? SLICE("authenticated") : SLICE_EMPTY);
    text = add_member(arena, text, "is", h->is_name_missing ? SLICE("nameless") : SLICE_EMPTY);
    return add_member(arena, text, "is", h->is_name_doubtful ? SLICE("doubtful") : SLICE_EMPTY);
}

static void reads(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct hop hop;
        bool is_read = received_parse(slice_of(rows[i].field), &arena, &hop);
        expect_text(rows[i].field, summary(&arena, &hop), rows[i].expected);
        expect_number(rows[i].field, is_read, strcmp(rows[i].expected, "") != 0);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
