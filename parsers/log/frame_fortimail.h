/* What FortiMail writes around the lines of its Sendmail: names and values, of which the last is the line. */
#ifndef MAILWHY_LOG_FRAME_FORTIMAIL_H
#define MAILWHY_LOG_FRAME_FORTIMAIL_H

#include "parsers/log/frame_kind.h"

/* "date=2026-11-24 time=09:14:07.123 device_id=FEVM01 … type=event subtype=smtp … session_id="…" msg="to=…"":
 * the session stands for the queue id, the device for the host. */
frame_take_one fortimail_take;

#endif
