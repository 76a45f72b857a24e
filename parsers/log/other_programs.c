/* Programs that write into the same files and say nothing of deliveries, by name. */
#include "parsers/log/dialect.h"

#define MOST_OF_EVENT 160 /* bytes up to its name */

static const char *const programs[] = {
    "opendkim",  "opendmarc", "dovecot",    "amavis",      "spamd",     "rspamd",    "clamd",    "freshclam",
    "postgrey",  "policyd",   "milter",     "openarc",     "saslauthd", "kernel",    "systemd",  "CRON",
    "cron",      "sshd",      "named",      "unbound",     "rsyslogd",  "syslog",    "fail2ban", "mailman",
    "roundcube", "sqlgrey",   "spf-engine", "policy-spf",  "pypolicyd", "dkimpy",    "clamav",   "mimedefang",
    "greylist",  "postsrsd",  "fetchmail",  "procmail",    "maildrop",  "clamsmtpd", "dspam",    "anacron",
    "logrotate", "sudo",      "su",         "dbus-daemon", "ntpd",      "chronyd",   "snmpd",    "apache2",
    "nginx",     "mysqld",    "slapd",      "zmconfigd",   "zimbramon", "imapd",     "pop3d",    "journal",
};

/* "INFO Housekeeper task run (housekeeper.run) type = …": an event of Stalwart, of which those that tell of
 * mail are an export's. */
static bool is_of_stalwart(struct slice text) {
    static const char *const levels[] = {"TRACE ", "DEBUG ", "INFO ", "WARN ", "ERROR "};
    bool has_level = false;
    text = slice_upto(text, MOST_OF_EVENT);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        has_level |= starts(text, levels[i]);
    size_t open = has_level ? slice_find(text, SLICE(" (")) : text.len;
    struct slice name = slice_from(text, open + 2);
    size_t n = 0;
    while (n < name.len && (ascii_is_alnum(name.ptr[n]) || name.ptr[n] == '-' || name.ptr[n] == '.'))
        n++;
    return n && n < name.len && name.ptr[n] == ')' && slice_find_char(slice_upto(name, n), '.') < n;
}

/* "[debug] target.queue: starting delivery for 3b24958c": what maddy tells of its steps without a record
 * behind it, in syslog or in a file of records. */
static bool is_of_maddy(const struct log_facts *f, const struct log_line *line) {
    return starts(line->message, "[debug] ") &&
           (slice_equal(line->program, SLICE("maddy")) ||
            (!line->program.len && slice_has(f->header, "{\"msg_id\":\"")));
}

#define MOST_OF_NOTE 200

/* "-- Boot 0123… --", "-- Logs begin at …", "-- Subject: Unit x has finished", "░░ …": what journalctl says
 * itself between the lines, with -x also what systemd's catalog says of them (print_catalog and others in
 * src/shared/logs-show.c). It names no address and has no fields, as lines about mail have. */
static bool is_of_journalctl(const struct log_line *line) {
    struct slice text = line->text;
    bool is_marked = starts(text, "-- ") || slice_equal(text, SLICE("--")) || starts(text, "░░");
    return is_marked && line->time == -1 && text.len <= MOST_OF_NOTE && !slice_has(text, "@") &&
           !slice_has(text, "=");
}

static enum line_result other_read(struct log_facts *f, const struct log_line *line) {
    if (!line->program.len && is_of_stalwart(line->message))
        return log_pass(f, &dialect_other_programs, "an event of Stalwart", line);
    if (!line->program.len && is_of_journalctl(line))
        return log_pass(f, &dialect_other_programs, "journalctl", line);
    if (is_of_maddy(f, line))
        return log_pass(f, &dialect_other_programs, "a debug line of maddy", line);
    for (size_t i = 0; line->program.len && i < sizeof programs / sizeof *programs; i++)
        if (slice_starts_nocase(line->program, slice_of(programs[i])))
            return log_pass(f, &dialect_other_programs, programs[i], line);
    return LINE_NOT_MINE;
}

const struct dialect dialect_other_programs = {
    .name = NO_MAIL_SYSTEM, .read = other_read, .is_bystander = true};
