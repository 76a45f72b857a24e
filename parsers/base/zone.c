/* Time zones: see zone.h. GLib reads the zone files (RFC 8536). */
#include "parsers/base/zone.h"

#include "parsers/base/date.h"

#include <fcntl.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ZONE_HEAD 44 /* bytes with which a file of zones begins */

struct zone {
    GTimeZone *of;
};

static struct zone *of_time_zone(GTimeZone *of) {
    if (!of)
        return NULL;
    struct zone *zone = g_new(struct zone, 1);
    zone->of = of;
    return zone;
}

/* GLib opens whatever TZ names and believes what is in it: only a regular file that begins as one of zones
 * (RFC 8536) is left to it. Nothing is waited for. */
static bool is_zone_file(const char *path) {
    char head[ZONE_HEAD];
    struct stat s;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool is_one = fd >= 0 && fstat(fd, &s) == 0 && S_ISREG(s.st_mode) &&
                  read(fd, head, sizeof head) == sizeof head && memcmp(head, "TZif", 4) == 0;
    if (fd >= 0)
        close(fd);
    return is_one;
}

/* TZ as POSIX has it; a colon stands before a name. */
static GTimeZone *time_zone_of(const char *tz) {
    tz += *tz == ':';
    bool leads_elsewhere = *tz == '/' ? !is_zone_file(tz) : strstr(tz, "..") != NULL;
    return leads_elsewhere ? NULL : g_time_zone_new_identifier(tz);
}

static struct zone *zone_of_system(void) {
    const char *tz = getenv("TZ");
    GTimeZone *of = tz ? time_zone_of(tz) : g_time_zone_new_local();
    return of_time_zone(of ? of : g_time_zone_new_utc());
}

struct zone *zone_new(const char *name) {
    return name ? of_time_zone(g_time_zone_new_identifier(name)) : zone_of_system();
}

struct zone *zone_new_fixed(int offset) {
    return of_time_zone(g_time_zone_new_offset(offset));
}

void zone_free(struct zone *zone) {
    if (!zone)
        return;
    g_time_zone_unref(zone->of);
    g_free(zone);
}

const char *zone_name(const struct zone *zone) {
    return g_time_zone_get_identifier(zone->of);
}

int zone_offset_at(const struct zone *zone, int64_t time) {
    return g_time_zone_get_offset(zone->of, g_time_zone_find_interval(zone->of, G_TIME_TYPE_UNIVERSAL, time));
}

int zone_offset_of_local(const struct zone *zone, int64_t local) {
    gint64 adjusted = local;
    return g_time_zone_get_offset(zone->of,
                                  g_time_zone_adjust_time(zone->of, G_TIME_TYPE_DAYLIGHT, &adjusted));
}

void zone_format(const struct zone *zone, int64_t time, char out[32]) {
    char text[24];
    int offset = zone_offset_at(zone, time);
    int minutes = abs(offset) / 60;
    date_format(time + offset, text);
    if (!offset) {
        g_strlcpy(out, text, 32);
        return;
    }
    size_t len = strlen(text) - 1; /* without its Z */
    g_snprintf(out, 32, "%.*s%c%02d:%02d", (int)MIN(len, 25), text, offset < 0 ? '-' : '+', minutes / 60 % 24,
               minutes % 60);
}
