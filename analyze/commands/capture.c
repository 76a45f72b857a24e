/* `mailwhy dns capture`: ask a name server what the inputs need, and what the answers need in turn, until
 * nothing is missing. */
#include "analyze/commands/capture.h"

#include "analyze/auth/engine.h"
#include "analyze/commands/ask.h"
#include "analyze/commands/dns_needs.h"
#include "analyze/internal.h"
#include "parsers/base/date.h"
#include "parsers/base/file_errors.h"
#include "parsers/dns/write.h"

#define MOST_SECONDS   120  /* for all of it */
#define MOST_QUESTIONS 5000 /* of one capture */
#define MOST_ROUNDS    40   /* answers that raise further questions */

/* Ask for the lines from `first` on; the answers become one more file of the snapshot. */
static bool ask_from(const struct options *o, struct mailwhy *why, const GPtrArray *lines, guint first,
                     time_t deadline) {
    struct file_errors errors = {.out = stderr};
    g_autoptr(GString) text = g_string_new(NULL);
    struct questions questions = {.server = o->server,
                                  .lines = (char *const *)lines->pdata + first,
                                  .count = MIN(lines->len, MOST_QUESTIONS) - first,
                                  .deadline = deadline,
                                  .text = text};
    char now[24];
    date_format(time(NULL), now);
    g_string_printf(text, ";! taken %s\n", now);
    if (!FROM_MODULE(MODULE_VERIFY, dns_ask)(&questions))
        return false;
    engine()->read_dns(snapshot_add(why->snapshot, "captured"), (struct slice){text->str, text->len},
                       &errors);
    return true;
}

static int complain_of_server(const struct options *o) {
    if (o->server)
        return usage_error(o->command,
                           "--server takes an address such as 192.0.2.53 or 192.0.2.53#5353, not `%s`",
                           o->server);
    return usage_error(o->command,
                       "the system names no name server (/etc/resolv.conf); --server ADDRESS names one");
}

static int ask_rounds(struct needs *needs) {
    const struct options *o = needs->options;
    time_t deadline = time(NULL) + MOST_SECONDS;
    guint asked = 0;
    for (int round = 0; round < MOST_ROUNDS && time(NULL) <= deadline && asked < MOST_QUESTIONS; round++) {
        needs_find(needs);
        if (needs->lines->len == asked)
            return STATUS_OK;
        if (!ask_from(o, needs->why, needs->lines, asked, deadline))
            return complain_of_server(o);
        asked = needs->lines->len;
        if (!o->quiet)
            fprintf(stderr, "mailwhy: dns capture: %u questions asked\n", MIN(asked, MOST_QUESTIONS));
    }
    fprintf(stderr, "mailwhy: dns capture: stopped after %s; run it again with --dns FILE for the rest\n",
            asked < MOST_QUESTIONS ? "120 seconds" : "5000 questions");
    return STATUS_OK;
}

int dns_capture(const struct options *o, struct mailwhy *why, GString *text) {
    struct needs needs;
    needs_init(&needs, o, why);
    int status = ask_rounds(&needs);
    if (status == STATUS_OK) {
        status = needs.status;
        snapshot_write(why->snapshot, text);
    }
    needs_free(&needs);
    return status;
}
