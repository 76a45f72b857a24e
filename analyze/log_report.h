/* The report on logs, whoever asks for it. */
#ifndef MAILWHY_LOG_REPORT_H
#define MAILWHY_LOG_REPORT_H

#include "analyze/log_request.h"

/* Returns a status; what goes wrong was told to the hearer. */
int log_report(const struct log_request *request);

#endif
