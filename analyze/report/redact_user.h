/* Words of programs behind which a user stands, in a text under --redact (redact_scan.h): the one place where
 * they are known, but for fields of headers, of which rules/headers.yaml says it (a group {user} or
 * {script}). */
#ifndef MAILWHY_REDACT_USER_H
#define MAILWHY_REDACT_USER_H

#include "analyze/report/redact_scan.h"

/* "sasl_username=", "user=", "smtp.auth=", …: what stands behind is a user or mailbox, never a host. */
bool redact_is_user_property(struct slice name);

/* Exim's "A=login:kim": bytes of the value before the user's name; 0: it is not so written. */
size_t redact_authenticator_length(struct slice property, struct slice value);

/* "(Authenticated sender: kim)", "logged in as kim", "lda(kim)", /home/kim: a user that is announced by what
 * stands before. */
size_t scan_take_announced_user(const struct scan *s, size_t at);

/* "ctladdr=kim (1000/1000)": the numbers of a user and its group. */
size_t scan_take_user_numbers(const struct scan *s, size_t at);

/* "mail() on [/home/kim/www/form.php:12]": the file that PHP runs. */
size_t scan_take_script(const struct scan *s, size_t at);

/* "X-Authenticated-User: kim", "header X-PHP-Originating-Script: 33:mail.php from local;": all of what such a
 * field names. */
size_t scan_take_user_field(const struct scan *s, size_t at);

#endif
