/* Numbers of telephones in what people and mail systems wrote, under --redact. */
#ifndef MAILWHY_REDACT_PHONE_H
#define MAILWHY_REDACT_PHONE_H

#include "analyze/report/redact_scan.h"

/* A number that begins at `at`: in its international form (ITU-T E.123: "+49 30 1234567"), or behind a word
 * that announces one (Tel., phone, fax, mobil). A finder of redact_scan.h. */
size_t scan_take_phone(const struct scan *s, size_t at);

#endif
