/* Time zones: see zone.h. GLib reads the zone files (RFC 8536). */
#include "parsers/base/zone.h"

#include "parsers/base/date.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

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

/* TZ as POSIX has it; a colon stands before a name. */
static struct zone *zone_of_system(void) {
    const char *tz = getenv("TZ");
    GTimeZone *of = tz ? g_time_zone_new_identifier(*tz == ':' ? tz + 1 : tz) : g_time_zone_new_local();
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
