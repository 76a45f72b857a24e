#include "analyze/commands/option_kinds.h"

#include "analyze/asked.h"
#include "analyze/chain/trust.h"
#include "analyze/commands/name_server.h"
#include "analyze/commands/when.h"
#include "analyze/verdict/own_names.h"
#include "parsers/base/ip.h"

#include <string.h>

#define MOST_OF_NAME 253 /* bytes of a name of the DNS (RFC 1035 section 2.3.4) */

static bool set_flag(const struct option_row *row, const char *text, void *member) {
    (void)row;
    bool is_yes = !text || strcmp(text, "yes") == 0 || strcmp(text, "true") == 0;
    *(bool *)member = is_yes;
    return is_yes || strcmp(text, "no") == 0 || strcmp(text, "false") == 0;
}

static bool set_value(const struct option_row *row, const char *text, void *member) {
    (void)text;
    *(int *)member = (int)row->least;
    return true;
}

static bool set_text(const struct option_row *row, const char *text, void *member) {
    (void)row;
    *(const char **)member = text;
    return true;
}

static bool set_list(const struct option_row *row, const char *text, void *member) {
    (void)row;
    g_ptr_array_add(*(GPtrArray **)member, (gpointer)text);
    return true;
}

static bool set_word(const struct option_row *row, const char *text, void *member) {
    for (unsigned i = 0; row->word(i); i++)
        if (g_ascii_strcasecmp(row->word(i), text) == 0) {
            *(unsigned *)member = i;
            return true;
        }
    return false;
}

/* One of the words, as a text. */
static bool set_name(const struct option_row *row, const char *text, void *member) {
    for (unsigned i = 0; row->word(i); i++)
        if (g_ascii_strcasecmp(row->word(i), text) == 0)
            return set_text(row, row->word(i), member);
    return false;
}

static bool set_format(const struct option_row *row, const char *text, void *member) {
    (void)row;
    const struct mailwhy_format *format = mailwhy_format_find(text);
    *(const struct mailwhy_format **)member = format;
    return format != NULL;
}

static bool set_number(const struct option_row *row, const char *text, void *member) {
    guint64 number;
    if (!g_ascii_string_to_unsigned(text, 10, (guint64)row->least, (guint64)row->most, &number, NULL))
        return false;
    *(unsigned *)member = (unsigned)number;
    return true;
}

/* Which time it is depends on the zone: see options_read.c. */
static bool set_time(const struct option_row *row, const char *text, void *member) {
    struct zone *zone = zone_new("UTC");
    int64_t time;
    bool is_time = when_parse(text, zone, 0, false, &time);
    zone_free(zone);
    return is_time && set_text(row, text, member);
}

/* It is read when all options are known: see options_read.c. */
static bool set_zone(const struct option_row *row, const char *text, void *member) {
    bool is_name = *text && *text != '/' && *text != '.' && !strstr(text, "..");
    struct zone *zone = is_name ? zone_new(text) : NULL;
    zone_free(zone);
    return zone && set_text(row, text, member);
}

static bool set_ip(const struct option_row *row, const char *text, void *member) {
    struct ip ip;
    return ip_parse(slice_of(text), &ip) && set_text(row, text, member);
}

static bool set_server(const struct option_row *row, const char *text, void *member) {
    struct name_server server;
    return name_server_parse(text, &server) && set_text(row, text, member);
}

/* A name of the DNS. What a server says in HELO may be anything. */
static bool is_name(const char *text) {
    for (const char *p = text; *p; p++)
        if ((unsigned char)*p <= ' ' || *p == 0x7f)
            return false;
    return *text && strlen(text) <= MOST_OF_NAME;
}

static bool set_names(const struct option_row *row, const char *text, void *member) {
    return is_name(text) && set_list(row, text, member);
}

/* A domain alone: no mail address, and no page. */
static bool set_domains(const struct option_row *row, const char *text, void *member) {
    return !strpbrk(text, "@/:") && set_names(row, text, member);
}

static bool set_hosts(const struct option_row *row, const char *text, void *member) {
    return trust_entry_is_valid(text) && set_list(row, text, member);
}

static bool set_own(const struct option_row *row, const char *text, void *member) {
    return own_name_is_valid(text) && set_list(row, text, member);
}

const struct option_kind option_kind_flag = {set_flag, "yes or no", false, false};
const struct option_kind option_kind_value = {set_value, NULL, false, false};
const struct option_kind option_kind_text = {set_text, NULL, false, false};
const struct option_kind option_kind_list = {set_list, NULL, true, false};
const struct option_kind option_kind_rules = {set_list, NULL, true, true};
const struct option_kind option_kind_word = {set_word, NULL, false, false};
const struct option_kind option_kind_name = {set_name, NULL, false, false};
const struct option_kind option_kind_format = {set_format, NULL, false, false};
const struct option_kind option_kind_number = {set_number, NULL, false, false};
const struct option_kind option_kind_when = {set_time, WHEN_EXPECTED, false, false};
const struct option_kind option_kind_zone = {set_zone, "a zone such as Europe/Berlin, UTC or +01:00", false,
                                             false};
const struct option_kind option_kind_ip = {set_ip, "an IPv4 or IPv6 address", false, false};
const struct option_kind option_kind_server = {set_server, NAME_SERVER_EXPECTED, false, false};
const struct option_kind option_kind_names = {set_names, "a name without blanks", true, false};
const struct option_kind option_kind_domains = {set_domains, "a domain such as example.com", true, false};
const struct option_kind option_kind_own = {set_own, "a domain or a mail address", true, true};
const struct option_kind option_kind_hosts = {set_hosts, "a host, an address or a CIDR range", true, true};
