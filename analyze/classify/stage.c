/* Whom a server could mean: see stage.h. Of some 60 real replies to MAIL FROM in rules/examples none is about
 * the recipient. */
#include "analyze/classify/stage.h"

#include "parsers/rules/rules.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* The same words, said of the sender. What is full may be the sender's own mailbox; the rest may stand. */
static const struct {
    const char *said, *means;
} of_sender[] = {
    {"recipient.unknown", "sender.unverified"},      {"recipient.disabled", "sender.refused"},
    {"recipient.refused", "sender.refused"},         {"recipient.syntax", "sender.syntax"},
    {"domain.not-found", "sender.domain-not-found"}, {"domain.no-mail-host", "sender.domain-not-found"},
    {"domain.null-mx", "sender.domain-not-found"},
};

/* A login is of one's own account. */
static bool is_login(struct slice command) {
    return slice_starts_nocase(command, SLICE("AUTH"));
}

static bool is_before_login(struct slice command) {
    static const char *const before[] = {"CONNECT", "EHLO", "HELO", "STARTTLS"};
    for (size_t i = 0; i < COUNT(before); i++)
        if (slice_equal(command, slice_of(before[i])))
            return true;
    return false;
}

const char *stage_cause(struct slice command, const char *cause) {
    if (is_before_login(command))
        return cause_is_of(cause, "recipient") ? "access.denied" : NULL;
    if (is_login(command))
        return cause_is_of(cause, "recipient") ? "access.login-required" : NULL;
    if (!slice_equal(command, slice_of("MAIL FROM")))
        return NULL;
    for (size_t i = 0; i < COUNT(of_sender); i++)
        if (strcmp(of_sender[i].said, cause) == 0)
            return of_sender[i].means;
    return NULL;
}
