/* Programs that write into the same files and say nothing of deliveries, by name. */
#include "parsers/log/dialect.h"

static const char *const programs[] = {
    "opendkim",  "opendmarc", "dovecot",    "amavis",      "spamd",     "rspamd",    "clamd",    "freshclam",
    "postgrey",  "policyd",   "milter",     "openarc",     "saslauthd", "kernel",    "systemd",  "CRON",
    "cron",      "sshd",      "named",      "unbound",     "rsyslogd",  "syslog",    "fail2ban", "mailman",
    "roundcube", "sqlgrey",   "spf-engine", "policy-spf",  "pypolicyd", "dkimpy",    "clamav",   "mimedefang",
    "greylist",  "postsrsd",  "fetchmail",  "procmail",    "maildrop",  "clamsmtpd", "dspam",    "anacron",
    "logrotate", "sudo",      "su",         "dbus-daemon", "ntpd",      "chronyd",   "snmpd",    "apache2",
    "nginx",     "mysqld",    "slapd",      "zmconfigd",   "zimbramon", "imapd",     "pop3d",    "journal",
};

static enum line_result other_read(struct log_facts *f, const struct log_line *line) {
    for (size_t i = 0; line->program.len && i < sizeof programs / sizeof *programs; i++)
        if (slice_starts_nocase(line->program, slice_of(programs[i])))
            return log_pass(f, &dialect_other_programs, programs[i], line);
    return LINE_NOT_MINE;
}

const struct dialect dialect_other_programs = {
    .name = NO_MAIL_SYSTEM, .read = other_read, .is_bystander = true};
