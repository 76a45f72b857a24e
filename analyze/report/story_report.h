/* What a log tells of one recipient, as a report on a delivery: for readers who are told of logs and bounces
 * alike. */
#ifndef MAILWHY_STORY_REPORT_H
#define MAILWHY_STORY_REPORT_H

#include "analyze/deliveries/mail_stories.h"
#include "analyze/verdict/report.h"

/* `report` gets one verdict; both point into the story. */
void story_report(struct report *report, const struct mail_story *story, const struct rulebase *rules,
                  struct arena *arena);

#endif
