/* Who reads a page. What is structured (JSON) is the same for all. */
#ifndef MAILWHY_READER_H
#define MAILWHY_READER_H

#include <stdbool.h>
#include <stddef.h>

enum reader {
    READER_SUPPORT,  /* whoever looks for the cause: all that is known */
    READER_CUSTOMER, /* whoever sent the mail: what happened, whose turn it is, what to do */
    READER_RECEIVER  /* the postmaster of the server that did not take it */
};

const char *reader_name(size_t number); /* NULL: there are no more */

bool reader_find(const char *name,
                 enum reader *reader); /* NULL is support; false: there is none of that name */

#endif
