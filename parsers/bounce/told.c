/* Words of programs around a refusal: see told.h. */
#include "parsers/bounce/told.h"

#include "parsers/base/address.h"

#include <glib.h>

/* Sources, seen 2026-11-26: python/cpython:Lib/smtplib.py; eclipse-ee4j/angus-mail SMTPTransport.java (its
 * frames in Aiven-Open/klaw issue 704 and keycloak issue 27456); jstedfast/MailKit SmtpErrorCode (issues 968
 * and 766); andrewdavey/postal issue 127 (frames of System.Net.Mail); KB290842 (Outlook);
 * PHPMailer/PHPMailer:src/SMTP.php and src/PHPMailer.php (issue 986: an older one); postalserver/postal issue
 * 753 (PEAR's Mail); roundcube/roundcubemail issue 8103; swiftmailer issue 788 and symfony/mailer
 * SmtpTransport (frames); nodemailer/nodemailer:lib/smtp-connection/index.js; muquit/mailsend issue 159;
 * rjbs/Email-Sender:lib/Email/Sender/Transport/SMTP.pm ("error after"); haraka issue 848; Postfix
 * smtp_proto.c ("refused to talk to me"); marlam/msmtp (sunweaver/nextcloud-high-performance-backend-setup
 * issue 61); Postfix smtp_sasl_glue.c ("SASL authentication failed"). */
static const struct telling {
    struct slice words, command;
} tellings[] = {
    {SLICE("SMTPSenderRefused"), SLICE("MAIL FROM")},
    {SLICE("SMTPRecipientsRefused"), SLICE("RCPT TO")},
    {SLICE("SMTPAuthenticationError: ("), SLICE("AUTH")},
    {SLICE("SMTPHeloError"), SLICE("EHLO")},
    {SLICE("SMTPDataError"), SLICE("DATA")},
    {SLICE("SMTPSenderFailedException"), SLICE("MAIL FROM")},
    {SLICE("SMTPAddressFailedException"), SLICE("RCPT TO")},
    {SLICE("SMTPTransport.mailFrom("), SLICE("MAIL FROM")},
    {SLICE("SMTPTransport.rcptTo("), SLICE("RCPT TO")},
    {SLICE("SMTPTransport.data("), SLICE("DATA")},
    {SLICE("SMTPTransport.finishData("), SLICE("end of DATA")},
    {SLICE("SMTPTransport.startTLS("), SLICE("STARTTLS")},
    {SLICE("SenderNotAccepted"), SLICE("MAIL FROM")},
    {SLICE("RecipientNotAccepted"), SLICE("RCPT TO")},
    {SLICE("MessageNotAccepted"), SLICE("end of DATA")},
    {SLICE("System.Net.Mail.MailCommand."), SLICE("MAIL FROM")},
    {SLICE("System.Net.Mail.RecipientCommand."), SLICE("RCPT TO")},
    {SLICE("SmtpFailedRecipient"), SLICE("RCPT TO")},
    {SLICE("System.Net.Mail.DataCommand."), SLICE("DATA")},
    {SLICE("System.Net.Mail.DataStopCommand."), SLICE("end of DATA")},
    {SLICE("one of the recipients was rejected by the server"), SLICE("RCPT TO")},
    {SLICE("MAIL FROM command failed"), SLICE("MAIL FROM")},
    {SLICE("MAIL FROM failed"), SLICE("MAIL FROM")},
    {SLICE("Mail from command failed"), SLICE("MAIL FROM")},
    {SLICE("RCPT TO command failed"), SLICE("RCPT TO")},
    {SLICE("The following recipients failed"), SLICE("RCPT TO")},
    {SLICE("DATA END command failed"), SLICE("end of DATA")},
    {SLICE("DATA command failed"), SLICE("DATA")},
    {SLICE("AUTH command failed"), SLICE("AUTH")},
    {SLICE("authentication failed (method "), SLICE("AUTH")},
    {SLICE("SASL authentication failed; server "), SLICE("AUTH")},
    {SLICE("EHLO command failed"), SLICE("EHLO")},
    {SLICE("STARTTLS command failed"), SLICE("STARTTLS")},
    {SLICE("authentication failure [SMTP: "), SLICE("AUTH")},
    {SLICE("SMTP Error: data not accepted"), SLICE("DATA")},
    {SLICE("MAIL not accepted from server"), SLICE("MAIL FROM")},
    {SLICE("RCPT not accepted from server"), SLICE("RCPT TO")},
    {SLICE("DATA not accepted from server"), SLICE("DATA")},
    {SLICE("msmtp: recipient address "), SLICE("RCPT TO")},
    {SLICE("Failed to set sender"), SLICE("MAIL FROM")},
    {SLICE("Failed to add recipient"), SLICE("RCPT TO")},
    {SLICE("doMailFromCommand("), SLICE("MAIL FROM")},
    {SLICE("doRcptToCommand("), SLICE("RCPT TO")},
    {SLICE("doDataCommand("), SLICE("DATA")},
    {SLICE("Invalid greeting"), SLICE("CONNECT")},
    {SLICE("Mail command failed"), SLICE("MAIL FROM")},
    {SLICE("Recipient command failed"), SLICE("RCPT TO")},
    {SLICE("all recipients were rejected"), SLICE("RCPT TO")},
    {SLICE("Data command failed"), SLICE("DATA")},
    {SLICE("Message failed:"), SLICE("end of DATA")},
    {SLICE("error after MAIL FROM"), SLICE("MAIL FROM")},
    {SLICE("SMTP protocol error in \"AUTH"), SLICE("AUTH")},
    {SLICE("refused to talk to me"), SLICE("CONNECT")},
    {SLICE("command: 'MAIL FROM"), SLICE("MAIL FROM")},
    {SLICE("\"command\":\"MAIL FROM"), SLICE("MAIL FROM")},
    {SLICE("\"command\": \"MAIL FROM"), SLICE("MAIL FROM")},
    {SLICE("command: 'RCPT TO"), SLICE("RCPT TO")},
    {SLICE("\"command\":\"RCPT TO"), SLICE("RCPT TO")},
    {SLICE("\"command\": \"RCPT TO"), SLICE("RCPT TO")},
    {SLICE("command: 'AUTH "), SLICE("AUTH")},
    {SLICE("\"command\":\"AUTH "), SLICE("AUTH")},
    {SLICE("\"command\": \"AUTH "), SLICE("AUTH")},
    {SLICE("command: 'DATA"), SLICE("end of DATA")},
    {SLICE("\"command\":\"DATA"), SLICE("end of DATA")},
    {SLICE("\"command\": \"DATA"), SLICE("end of DATA")},
};

struct slice told_command(struct slice text) {
    struct slice command = SLICE_EMPTY;
    for (size_t i = 0; i < G_N_ELEMENTS(tellings); i++) {
        size_t at = slice_find(text, tellings[i].words);
        if (at == text.len)
            continue;
        command = tellings[i].command;
        text = slice_upto(text, at); /* a row behind counts only where it stands before this one */
    }
    return command;
}

/* Labels of reports and of panels; what follows up to a blank or a quote is the host. Sources: RFC 3464
 * section 2.3.5; cPanel's Track Delivery (support.tppwholesale.com.au, 2026-11-26); odoo issue 6005;
 * KB290842; Postfix smtp_proto.c ("TLS is required, but was not offered by host", seen 2026-11-27); PHP's
 * stream_socket_client() (PHPMailer issues 1811 and 2609, seen 2026-11-28). */
static const struct slice host_labels[] = {
    SLICE("Remote-MTA: dns;"),
    SLICE("Remote-MTA:"),
    SLICE("Delivery Host:"),
    SLICE("via SMTP server '"),
    SLICE("Server: '<"),
    SLICE("Server: '"),
    SLICE("Connecting to "),
    SLICE("Connected to "),
    SLICE("Remote server |"),
    SLICE("offered by host "),
    SLICE("unable to connect to "),
    SLICE("unable to connect to ssl://"),
    SLICE("unable to connect to tls://"),
    SLICE(" mx="), /* zone-eu/zone-mta, issue 301 */
    SLICE(" H="),  /* Exim/exim:src/src/deliver.c, deliver_localpart and d_hostlog */
};

static struct slice host_at(struct slice text) {
    size_t n = 0;
    text = slice_upto(slice_trim(slice_upto(text, 300)), 256);
    while (n < text.len && (ascii_is_alnum(text.ptr[n]) || strchr(".-", text.ptr[n])) && text.ptr[n])
        n++;
    while (n && text.ptr[n - 1] == '.')
        n--;
    struct slice host = slice_upto(text, n);
    return slice_find_char(host, '.') < host.len && address_is_host(host) && !address_is_ip(host)
               ? host
               : SLICE_EMPTY;
}

/* What stands behind the label that comes first in the text, of those behind which `read` finds something. */
static struct slice first_labelled(struct slice text, const struct slice *labels, size_t count,
                                   size_t (*find)(struct slice s, struct slice needle),
                                   struct slice (*read)(struct slice behind)) {
    struct slice found = SLICE_EMPTY;
    for (size_t i = 0; i < count; i++) {
        size_t at = find(text, labels[i]);
        struct slice named = at < text.len ? read(slice_from(text, at + labels[i].len)) : SLICE_EMPTY;
        if (!named.len)
            continue;
        found = named;
        text = slice_upto(text, at);
    }
    return found;
}

struct slice told_host(struct slice text) {
    return first_labelled(text, host_labels, G_N_ELEMENTS(host_labels), slice_find, host_at);
}

#define LONGEST_SETTING ((size_t)24) /* bytes from a setting's name up to its value: "_server': 'ssl://" */

/* Does the name of such a setting stand before `at`, on its line ("host: '", "mail_server =")? */
static bool is_set_to(struct slice text, size_t at) {
    static const struct slice names[] = {SLICE("host"), SLICE("server")};
    struct slice before = slice_from(slice_upto(text, at), at > LONGEST_SETTING ? at - LONGEST_SETTING : 0);
    while (slice_find_char(before, '\n') < before.len)
        before = slice_from(before, slice_find_char(before, '\n') + 1);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        struct slice behind = slice_from(before, slice_find_nocase(before, names[i]));
        if (slice_find_char(behind, '=') < behind.len || slice_find_char(behind, ':') < behind.len)
            return true;
    }
    return false;
}

/* Do somebody's words say that mail goes through what stands at `at`? */
static bool is_sent_through(struct slice text, size_t at) {
    static const struct slice words[] = {SLICE(" to "), SLICE(" via "), SLICE(" through "), SLICE(" using "),
                                         SLICE(" über ")};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (slice_ends_nocase(slice_upto(text, at), words[i]))
            return true;
    return false;
}

/* The one server whose name begins with "smtp", of those that `is_meant` finds; empty: none, or several. */
static struct slice only_outgoing(struct slice text, bool (*is_meant)(struct slice text, size_t at)) {
    static const struct slice start = SLICE("smtp");
    struct slice found = SLICE_EMPTY;
    for (size_t at = 0; (at += slice_find_nocase(slice_from(text, at), start)) < text.len; at += start.len) {
        bool is_start = !at || !(ascii_is_alnum(text.ptr[at - 1]) || strchr("._-@", text.ptr[at - 1]));
        struct slice host = is_start && is_meant(text, at) ? host_at(slice_from(text, at)) : SLICE_EMPTY;
        if (!host.len)
            continue;
        if (found.len && !slice_equal_nocase(found, host))
            return SLICE_EMPTY;
        found = host;
    }
    return found;
}

#define NEAR_PORT 200 /* bytes from a host up to the port that goes with it */

/* Is a port for handing mail in named soon behind it ("port: 587")? */
static bool is_with_port(struct slice behind) {
    static const struct slice ports[] = {SLICE("465"), SLICE("587"), SLICE("2525"), SLICE("25")};
    bool is_joined = behind.len && behind.ptr[0] == ':'; /* "mail.example.com:587" */
    behind = slice_upto(behind, NEAR_PORT);
    struct slice s = slice_from(behind, is_joined ? 1 : slice_find_nocase(behind, SLICE("port")));
    while (s.len && !ascii_is_digit(s.ptr[0]))
        s = slice_from(s, 1);
    for (size_t i = 0; i < G_N_ELEMENTS(ports); i++)
        if (slice_starts_nocase(s, ports[i]) &&
            (s.len == ports[i].len || !ascii_is_digit(s.ptr[ports[i].len])))
            return true;
    return false;
}

/* The one host of settings, whatever its name, beside which such a port is set. */
static struct slice host_with_port(struct slice text) {
    static const struct slice name = SLICE("host");
    struct slice found = SLICE_EMPTY;
    for (size_t at = 0; (at += slice_find_nocase(slice_from(text, at), name)) < text.len; at += name.len) {
        struct slice s = slice_from(text, at + name.len);
        size_t skipped = 0;
        while (skipped < s.len && skipped < 6 && strchr(" \t\"':=", s.ptr[skipped]))
            skipped++;
        bool is_set = memchr(s.ptr, ':', skipped) || memchr(s.ptr, '=', skipped);
        struct slice host = is_set ? host_at(slice_from(s, skipped)) : SLICE_EMPTY;
        if (!host.len || !is_with_port(slice_from(s, skipped + host.len)))
            continue;
        if (found.len && !slice_equal_nocase(found, host))
            return SLICE_EMPTY;
        found = host;
    }
    return found;
}

struct slice told_outgoing(struct slice text) {
    struct slice set = only_outgoing(text, is_set_to);
    set = set.len ? set : host_with_port(text);
    return set.len ? set : only_outgoing(text, is_sent_through);
}

/* What stands before the address of a recipient. Sources: RFC 5321 section 4.1.1.3; Postfix's and Exim's
 * logs; RFC 3464 section 2.3.2; support.google.com/mail (what Gmail writes; in German
 * deltachat/deltachat-core-rust: test-data/message/gmail_ndn.eml); msmtp; cPanel's Track Delivery;
 * roundcubemail issue 8103. */
static const struct slice recipient_labels[] = {
    SLICE("RCPT TO:"),
    SLICE("to=<"),
    SLICE("Final-Recipient: rfc822;"),
    SLICE("delivered to "),
    SLICE("deliver to "),
    SLICE("recipient address "),
    SLICE("Recipient:"),
    SLICE("recipient <"),
    SLICE("Failed to add recipient "),
    SLICE("Your message to "),
    SLICE("wurde nicht an "),
};

#define LONGEST_RECIPIENT ((size_t)320)

static struct slice address_at(struct slice text) {
    struct slice word;
    text = slice_trim(slice_upto(text, LONGEST_RECIPIENT));
    return slice_next_word(&text, &word) ? address_in_text(word) : SLICE_EMPTY;
}

/* The address with which the line begins, in angle brackets or with those that a page took away; *behind is
 * what follows it. "MAIL_FROM=bob@example.org" is a program's setting. */
static struct slice leading_address(struct slice line, struct slice *behind) {
    struct slice word = slice_upto(line, slice_find_char(line, ' '));
    *behind = slice_trim(slice_from(line, word.len));
    if (word.len && word.ptr[word.len - 1] == ':')
        word.len--;
    struct slice address = address_strip(word);
    bool is_setting = word.ptr == address.ptr && slice_find_char(word, '=') < slice_find_char(word, '@');
    return word.len <= LONGEST_RECIPIENT && !is_setting && address_is_valid(address) ? address : SLICE_EMPTY;
}

/* The address that has a line for itself, as most programs name a recipient, or stands before the server that
 * answered ("<bob@example.org>: host mx.example.org[192.0.2.1] said: …", Postfix). Of several it is not known
 * which.
 */
static struct slice recipient_of_line(struct slice text) {
    struct slice found = SLICE_EMPTY;
    for (struct slice line; slice_next_line(&text, &line);) {
        struct slice behind;
        struct slice address = leading_address(slice_trim(line), &behind);
        if (!address.len || (behind.len && !slice_starts_nocase(behind, SLICE("host "))))
            continue;
        if (found.len && !slice_equal_nocase(found, address))
            return SLICE_EMPTY;
        found = address;
    }
    return found;
}

struct slice told_recipient(struct slice text) {
    struct slice labelled =
        first_labelled(text, recipient_labels, G_N_ELEMENTS(recipient_labels), slice_find_nocase, address_at);
    return labelled.len ? labelled : recipient_of_line(text);
}

/* Words about mail that goes on to another mailbox; not "please forward this report", and not ports or DNS
 * that are called so too. Sources, seen 2026-11-28: docker-mailserver issues 611, 1346 and 3642, postsrsd
 * issue 95, mailcow-dockerized issues (German). */
static const struct slice forwardings[] = {
    SLICE("mail forward"),      SLICE("mail is forward"),  SLICE("mails are forward"),
    SLICE("is forwarded"),      SLICE("are forwarded"),    SLICE("was forwarded"),
    SLICE("were forwarded"),    SLICE("gets forwarded"),   SLICE("being forwarded"),
    SLICE("forwarded mail"),    SLICE("forwarded e"),      SLICE("forwarded to"),
    SLICE("forwarding mail"),   SLICE("forwarding e"),     SLICE("forwarding to"),
    SLICE("forwarding scheme"), SLICE("forwarding rule"),  SLICE("forwarding address"),
    SLICE("forwards to"),       SLICE("forwards all"),     SLICE("forwards mail"),
    SLICE("forwards email"),    SLICE("forward all mail"), SLICE("forward all email"),
    SLICE("simple forward"),    SLICE("pure forward"),     SLICE("auto-forward"),
    SLICE("autoforward"),       SLICE("weitergeleitet"),   SLICE("weiterleitung"),
    SLICE("weiterleiten"),      SLICE("postsrsd"),
};

struct slice told_forwarding(struct slice text) {
    for (size_t i = 0; i < G_N_ELEMENTS(forwardings); i++) {
        size_t at = slice_find_nocase(text, forwardings[i]);
        if (at < text.len)
            return slice_upto(slice_from(text, at), forwardings[i].len);
    }
    return SLICE_EMPTY;
}

/* What the log of the server that refuses says. Sources, seen 2026-11-28: vdukhovni/postfix:
 * postfix/src/smtpd/smtpd_check.c (log_whatsup) and smtpd.c ("milter-reject"); Exim/exim:src/src/acl.c and
 * smtp_in.c ("H=… F=<…> rejected RCPT <…>: "). */
static const struct slice own_refusals[] = {
    SLICE(": reject: CONNECT from "),        SLICE(": reject: HELO from "), SLICE(": reject: EHLO from "),
    SLICE(": reject: MAIL from "),           SLICE(": reject: RCPT from "), SLICE(": reject: DATA from "),
    SLICE(": reject: END-OF-MESSAGE from "), SLICE(": milter-reject: "),
};
static const struct slice own_refusals_of_exim[] = {
    SLICE(" rejected RCPT <"),
    SLICE(" rejected MAIL "),
    SLICE(" rejected after DATA"),
    SLICE(" rejected EHLO or HELO "),
};

static bool has_any(struct slice text, const struct slice *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_find(text, words[i]) < text.len)
            return true;
    return false;
}

bool told_refused_here(struct slice text) {
    bool is_of_exim = slice_find(text, SLICE(" H=")) < text.len || slice_starts_nocase(text, SLICE("H="));
    return has_any(text, own_refusals, G_N_ELEMENTS(own_refusals)) ||
           (is_of_exim && has_any(text, own_refusals_of_exim, G_N_ELEMENTS(own_refusals_of_exim)));
}
