/* Links in a text under --redact (redact_scan.h). */
#ifndef MAILWHY_REDACT_LINK_H
#define MAILWHY_REDACT_LINK_H

#include "analyze/report/redact_scan.h"

/* Does a link begin here? Then it is being read. */
void scan_note_link(struct scan *s, size_t at);

/* The host of a link, and what its page is called there (#reason): they name no person. */
bool scan_is_fixed_in_link(const struct scan *s, size_t at);

/* A part that is a person's name: behind a folder or key that announces one (/users/kim, ?recipient=kim),
 * a value written as nothing else is (?u=kim.lee), or behind a tilde. */
size_t scan_take_link_person(const struct scan *s, size_t at);

/* A part of a link that is a token, or in which somebody is named only once it is decoded. */
size_t scan_take_link_part(const struct scan *s, size_t at);

#endif
