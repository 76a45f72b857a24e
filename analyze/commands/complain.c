/* Messages on standard error: see complain.h. */
#include "analyze/commands/complain.h"

#include "analyze/log_problems.h"
#include "parsers/base/shown_name.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

void complain(const char *text) {
    g_autofree char *shown = shown_name(text);
    fprintf(stderr, "mailwhy: %s\n", shown);
}

void complain_of(const char *name, const char *what) {
    g_autofree char *text = g_strdup_printf("%s: %s",
                                            strcmp(name, "-") == 0 ? "standard input"
                                            : *name                ? name
                                                                   : "an empty name",
                                            what);
    complain(text);
}

void complain_of_error(const char *name, int error) {
    complain_of(name, g_strerror(error));
}

static const struct redaction *hides; /* of this run */

void complain_redacts(const struct redaction *redaction) {
    hides = redaction;
}

char *complain_input_name(const char *path) {
    return shown_input_name(hides, path);
}

/* A command may read its inputs more than once: what is wrong with one is said once. */
static bool is_said(const char *path, const char *what) {
    static GHashTable *said;
    if (!said)
        said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return !g_hash_table_add(said, g_strdup_printf("%s: %s", path, what));
}

void complain_of_input(const char *path, const char *what) {
    if (is_said(path, what))
        return;
    g_autofree char *name = complain_input_name(path);
    complain_of(name, what);
}

void complain_of_input_error(const char *path, int error) {
    complain_of_input(path, g_strerror(error));
}

static void hear_unreadable(void *context, const char *path, int error) {
    (void)context;
    complain_of_input_error(path, error);
}

static void hear_text(void *context, const char *text) {
    (void)context;
    complain(text);
}

const struct log_hearer log_complaints = {hear_unreadable, hear_text, NULL};
