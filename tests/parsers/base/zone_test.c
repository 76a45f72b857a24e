/* Time zones: offsets, and clocks that go forward and back. */
#include "parsers/base/zone.h"
#include "tests/table.h"

#include <glib.h>
#include <sys/stat.h>
#include <unistd.h>

static void knows_offsets(void **state) {
    static const struct {
        const char *zone, *time, *shown;
        int64_t seconds;
    } rows[] = {
        {"UTC", "UTC", "2026-11-24T09:14:07Z", 1795511647},
        {"+01:00", "fixed", "2026-11-24T10:14:07+01:00", 1795511647},
        {"-03:30", "fixed, and half an hour", "2026-11-24T05:44:07-03:30", 1795511647},
        {"Europe/Berlin", "winter", "2026-11-24T10:14:07+01:00", 1795511647},
        {"Europe/Berlin", "summer", "2026-07-01T02:00:00+02:00", 1782864000},
        {"Asia/Kathmandu", "a quarter", "2026-11-24T14:59:07+05:45", 1795511647},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct zone *zone = zone_new(rows[i].zone);
        char shown[32];
        assert_non_null(zone);
        zone_format(zone, rows[i].seconds, shown);
        expect_text(rows[i].time, slice_of(shown), rows[i].shown);
        int64_t local = rows[i].seconds + zone_offset_at(zone, rows[i].seconds);
        expect_number(rows[i].time, local - zone_offset_of_local(zone, local), rows[i].seconds);
        zone_free(zone);
    }
}

static void changes_the_clock(void **state) {
    struct zone *berlin = zone_new("Europe/Berlin");
    (void)state;
    expect_number("before it goes forward", zone_offset_of_local(berlin, 1774749599), 3600);
    expect_number("after that", zone_offset_of_local(berlin, 1774753200), 7200);
    expect_number("the hour that it skips", zone_offset_of_local(berlin, 1774751000), 7200);
    expect_number("the hour that comes twice", zone_offset_of_local(berlin, 1792894000), 7200);
    expect_number("after that", zone_offset_of_local(berlin, 1792897200), 3600);
    zone_free(berlin);
}

static void refuses(void **state) {
    static const char *const names[] = {"Europe/Nowhere", "+99:99", "../../etc/passwd", "yesterday"};
    (void)state;
    for (size_t i = 0; i < ROWS(names); i++)
        if (zone_new(names[i]))
            fail_msg("%s is no zone", names[i]);
}

/* What TZ names is read where it is a file of zones; nothing is waited for. */
static void leaves_other_files_alone(void **state) {
    g_autofree char *folder = g_dir_make_tmp("mailwhy-zone-XXXXXX", NULL);
    g_autofree char *fifo = g_build_filename(folder, "fifo", NULL);
    const char *const names[] = {
        fifo, "/etc/passwd", ":/etc/passwd", "/dev/zero", "../../etc/passwd", "/", ":", ""};
    (void)state;
    assert_int_equal(mkfifo(fifo, 0600), 0);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_setenv("TZ", names[i], TRUE);
        struct zone *zone = zone_new(NULL);
        assert_int_equal(zone_offset_at(zone, 0), 0);
        zone_free(zone);
    }
    g_setenv("TZ", ":/usr/share/zoneinfo/Asia/Tokyo", TRUE);
    struct zone *zone = zone_new(NULL);
    assert_int_equal(zone_offset_at(zone, 0), 9 * 3600);
    zone_free(zone);
    g_unsetenv("TZ");
    unlink(fifo);
    rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(knows_offsets), cmocka_unit_test(changes_the_clock),
                                       cmocka_unit_test(refuses), cmocka_unit_test(leaves_other_files_alone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
