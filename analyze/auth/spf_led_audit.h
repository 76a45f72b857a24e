/* What an SPF record leads to, read for faults: includes and redirects, look-ups and their number, hosts. */
#ifndef MAILWHY_SPF_LED_AUDIT_H
#define MAILWHY_SPF_LED_AUDIT_H

#include "analyze/auth/spf_auditing.h"

void spf_audit_led(struct spf_auditing *a);

#endif
