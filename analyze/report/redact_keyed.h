/* Values whose key tells that they name a person or open a door: JSON inside a reply ("password":"x"),
 * parameters of links (token=x), directories (CN=Kim Lee,OU=x), under --redact (redact_scan.h). */
#ifndef MAILWHY_REDACT_KEYED_H
#define MAILWHY_REDACT_KEYED_H

#include "analyze/report/redact_scan.h"

size_t scan_take_keyed(const struct scan *s, size_t at);

/* Who logs in by a link: https://kim:secret@host/ */
size_t scan_take_login(const struct scan *s, size_t at);

#endif
