/* Names of files and other words from outside, as messages on standard error show them. */
#ifndef MAILWHY_SHOWN_NAME_H
#define MAILWHY_SHOWN_NAME_H

/* A copy on one line, in which everything can be seen (visible.h). To be freed with g_free. */
char *shown_name(const char *name);

#endif
