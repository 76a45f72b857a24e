/* The reader of snapshot files: records, our own directives (";! …"), and what dig says of an answer. */
#ifndef MAILWHY_DNS_READ_H
#define MAILWHY_DNS_READ_H

#include "parsers/base/file_errors.h"
#include "parsers/dns/snapshot.h"

/* Parse `text` into `file`; `text` need not outlive it. What is wrong is written to `errors` as
 * file:line:column. */
void dns_file_read(struct dns_file *file, struct slice text, struct file_errors *errors);

#endif
