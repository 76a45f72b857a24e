/* Carriers by their names: see carrier.h. Services as mailcow's and Mailu's docker-compose.yml name them
 * (seen 2026-11-27), and the usual names of programs. */
#include "parsers/log/carrier.h"

#define SHORT_ID 12 /* digits of a container's id */
#define SHORT    3  /* bytes of a word that is compared as a whole */

/* Mail systems and collectors; longer ones also within a word ("mailserver", "rsyslogd"). */
static const char *const mail_words[] = {
    "mail",   "smtp",     "postfix", "exim",    "mta",      "mx",       "relay",      "dovecot",  "imap",
    "lda",    "courier",  "haraka",  "qmail",   "maddy",    "stalwart", "kumo",       "syslog",   "journal",
    "fluent", "logstash", "vector",  "graylog", "filebeat", "promtail", "supervisor", "multilog", "messages"};

/* What runs programs of others; no name of a container says so. */
static const char *const runtimes[] = {"docker", "podman",  "container", "conmon", "kube",
                                       "nomad",  "webhook", "stdout",    "stderr"};

/* These write whole lines about what strangers sent, and carry nobody's. */
static const char *const other_words[] = {
    "web",      "www",       "php",      "fpm",      "api",       "admin",      "worker",    "front",
    "frontend", "backend",   "ui",       "db",       "nginx",     "apache",     "httpd",     "caddy",
    "traefik",  "sogo",      "redis",    "mysql",    "mariadb",   "postgres",   "rspamd",    "antispam",
    "clamd",    "antivirus", "unbound",  "resolver", "memcached", "solr",       "watchdog",  "acme",
    "webdav",   "oletools",  "sendmail", "webmail",  "fetchmail", "mailer",     "phpmailer", "snappymail",
    "mailman",  "mailhog",   "mailpit",  "mailtrap", "mailtrain", "mailcatcher"};

/* Sets of services: which one it is stands beside it. */
static const char *const set_words[] = {"mailu", "mailcow", "mailcowdockerized"};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool is_one_of(struct slice word, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal_nocase(word, slice_of(list[i])))
            return true;
    return false;
}

static bool has_one_of(struct slice word, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct slice one = slice_of(list[i]);
        if (one.len > SHORT ? slice_find_nocase(word, one) < word.len : slice_equal_nocase(word, one))
            return true;
    }
    return false;
}

/* The letters of what stands next between signs, without a number behind them. Empty, and not the end: an id,
 * of which letters say nothing. */
static struct slice next_word(struct slice *rest) {
    size_t skip = 0;
    while (skip < rest->len && !ascii_is_alnum(rest->ptr[skip]))
        skip++;
    *rest = slice_from(*rest, skip);
    size_t letters = 0;
    while (letters < rest->len && ascii_is_alpha(rest->ptr[letters]))
        letters++;
    size_t digits = letters;
    while (digits < rest->len && ascii_is_digit(rest->ptr[digits]))
        digits++;
    size_t end = digits;
    while (end < rest->len && ascii_is_alnum(rest->ptr[end]))
        end++;
    struct slice word = slice_upto(*rest, end == digits ? letters : 0);
    *rest = slice_from(*rest, end);
    return word;
}

enum carrier carrier_of(struct slice name) {
    enum carrier found = CARRIER_UNKNOWN;
    while (name.len) {
        struct slice word = next_word(&name);
        if (!word.len || is_one_of(word, set_words, COUNT(set_words)))
            continue;
        if (is_one_of(word, other_words, COUNT(other_words)))
            found = CARRIER_OTHER;
        else if (has_one_of(word, mail_words, COUNT(mail_words)))
            found = CARRIER_MAIL;
    }
    return found;
}

static bool is_container_id(struct slice name) {
    size_t n = 0;
    while (n < name.len && (ascii_is_digit(name.ptr[n]) || (name.ptr[n] >= 'a' && name.ptr[n] <= 'f')))
        n++;
    return n >= SHORT_ID && n == name.len;
}

static bool has_runtime(struct slice name) {
    for (size_t i = 0; i < COUNT(runtimes); i++)
        if (slice_find_nocase(name, slice_of(runtimes[i])) < name.len)
            return true;
    return false;
}

bool carrier_is_one(struct slice name) {
    enum carrier carrier =
        slice_find_nocase(name, SLICE("postfix/")) < name.len ? CARRIER_OTHER : carrier_of(name);
    return carrier == CARRIER_MAIL ||
           (carrier == CARRIER_UNKNOWN && (has_runtime(name) || is_container_id(name)));
}
