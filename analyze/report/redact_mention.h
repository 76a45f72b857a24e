/* Names that people have elsewhere than in mail, under --redact (redact_scan.h): "@kim", "skype: kim",
 * sip:kim, kim behind the "!" of a path of hosts. */
#ifndef MAILWHY_REDACT_MENTION_H
#define MAILWHY_REDACT_MENTION_H

#include "analyze/report/redact_scan.h"

/* At the begin of a word. */
size_t scan_take_mention(const struct scan *s, size_t at);

#endif
