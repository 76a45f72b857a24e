/* Carriers by their names: see carrier.h. */
#include "parsers/log/carrier.h"

#define SHORT_ID 12 /* digits of a container's id */

static const char *const words[] = {
    "mail",    "smtp",       "postfix",  "exim",    "mta",    "mx",       "relay",    "dovecot",   "courier",
    "haraka",  "stalwart",   "maddy",    "kumo",    "qmail",  "docker",   "podman",   "container", "conmon",
    "kube",    "nomad",      "journal",  "syslog",  "fluent", "logstash", "filebeat", "promtail",  "vector",
    "graylog", "supervisor", "multilog", "webhook", "stdout", "stderr",   "messages"};

/* These write whole lines about what strangers sent, and carry nobody's. */
static const char *const others[] = {"postfix/", "sendmail", "webmail", "mailman"};

static bool has_one(struct slice name, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_find_nocase(name, slice_of(list[i])) < name.len)
            return true;
    return false;
}

static bool is_container_id(struct slice name) {
    size_t n = 0;
    while (n < name.len && (ascii_is_digit(name.ptr[n]) || (name.ptr[n] >= 'a' && name.ptr[n] <= 'f')))
        n++;
    return n >= SHORT_ID && n == name.len;
}

bool carrier_is_one(struct slice name) {
    return !has_one(name, others, sizeof others / sizeof *others) &&
           (has_one(name, words, sizeof words / sizeof *words) || is_container_id(name));
}
