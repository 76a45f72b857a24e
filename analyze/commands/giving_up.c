/* Giving up: see giving_up.h. Nothing here asks for memory. */
#include "analyze/commands/giving_up.h"

#include "analyze/commands/unlink_on_death.h"
#include "analyze/status.h"

#include <glib.h>
#include <unistd.h>

/* As far as it is plain; the words may come from anywhere. */
static void say(const char *text) {
    char plain[200];
    size_t length = 0;
    for (; text[length] && length < sizeof plain; length++)
        plain[length] = text[length] >= ' ' && text[length] <= '~' ? text[length] : '?';
    if (write(STDERR_FILENO, plain, length) < 0)
        return; /* there is nobody left to tell */
}

void giving_up(const char *why) {
    unlink_now();
    say("mailwhy: it cannot go on: ");
    say(why);
    if (write(STDERR_FILENO, "\n", 1) < 0)
        _exit(STATUS_BUG);
    _exit(STATUS_BUG);
}

static void hear(const char *library, GLogLevelFlags level, const char *message, gpointer context) {
    if (level & (G_LOG_FLAG_FATAL | G_LOG_LEVEL_ERROR))
        giving_up(message);
    g_log_default_handler(library, level, message, context);
}

void giving_up_begin(void) {
    g_log_set_default_handler(hear, NULL);
}
