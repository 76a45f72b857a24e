/* Errors of files, one by one: see complaints.h. */
#define _GNU_SOURCE
#include "analyze/complaints.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

void complaints_open(struct complaints *c) {
    c->out = open_memstream(&c->text, &c->length);
    if (!c->out)
        g_error("no memory for errors");
}

/* Where the first error ends: at an end of line behind which none of its lines follows. */
static char *end_of_first(char *text) {
    char *end = strchr(text, '\n');
    while (end && end[1] == ' ')
        end = strchr(end + 1, '\n');
    return end;
}

void complaints_pass(struct complaints *c, void (*tell)(void *context, const char *text), void *context) {
    char *end;
    if (fclose(c->out) != 0 || !c->text)
        g_error("no memory for errors");
    for (char *error = c->text; *error && (end = end_of_first(error)) != NULL; error = end + 1) {
        *end = '\0';
        if (tell)
            tell(context, error);
    }
    free(c->text);
}
