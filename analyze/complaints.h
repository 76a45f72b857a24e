/* What is wrong with files, on its way to whoever uses the library: units write to a stream, each error as
 * lines of which all but the first begin with a blank, and the caller hears of one after the other. */
#ifndef MAILWHY_COMPLAINTS_H
#define MAILWHY_COMPLAINTS_H

#include <stddef.h>
#include <stdio.h>

struct complaints {
    FILE *out; /* to write to */
    char *text;
    size_t length;
};

void complaints_open(struct complaints *complaints);

/* Tell the caller (NULL: there is nobody to tell), and close it. */
void complaints_pass(struct complaints *complaints, void (*tell)(void *context, const char *text),
                     void *context);

#endif
