/* A verdict for people: who refused, why, who can fix it and how, and on what evidence. */
#ifndef MAILWHY_PRESENT_VERDICT_H
#define MAILWHY_PRESENT_VERDICT_H

#include "analyze/report/page.h"
#include "analyze/verdict/report.h"

/* The verdict on one recipient of a report, and on those behind it of whom the same was said; returns the
 * first that is not like that. */
/* The verdict in one line, with its cause's name. */
void present_brief(struct page *p, const struct verdict *v);

const struct verdict *present_verdict(struct page *p, const struct report *r, const struct verdict *v);

/* The verdict on a bare reply. */
void present_reply(struct page *p, const struct verdict *v);

/* Who refused it, or where it failed. `r`: NULL, nobody reports it. */
void present_refuser(struct page *p, const struct report *r, const struct verdict *v);

void present_evidence(struct page *p, const struct verdict *v);

/* Name the recipients behind `first` of whom the same was said for the same cause; returns the first that is
 * not like that. */
const struct verdict *present_alike(struct page *p, const struct verdict *first, bool is_shown);

/* "mx.example.org [192.0.2.25]", or what of it is known. */
struct value host_words(struct page *p, struct slice host, struct slice ip);

/* Code and words of a reply. */
struct value reply_words(struct page *p, const struct reply *r);

/* Does the host that reports it keep the mail itself, and try on? Then nobody refused it yet. */
bool verdict_is_held(const struct verdict *v);

/* Whom it was for, and what became of it. */
struct value verdict_title(struct page *page, const struct verdict *verdict);

#endif
