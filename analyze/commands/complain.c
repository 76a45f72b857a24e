/* Messages on standard error: see complain.h. */
#include "analyze/commands/complain.h"

#include "parsers/base/shown_name.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

void complain(const char *text) {
    g_autofree char *shown = shown_name(text);
    fprintf(stderr, "mailwhy: %s\n", shown);
}

void complain_of(const char *name, const char *what) {
    g_autofree char *text = g_strdup_printf("%s: %s", strcmp(name, "-") == 0 ? "standard input" : name, what);
    complain(text);
}

void complain_of_error(const char *name, int error) {
    complain_of(name, g_strerror(error));
}
