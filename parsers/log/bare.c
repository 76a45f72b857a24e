/* Messages by their form: see bare.h. */
#include "parsers/log/bare.h"

#include "parsers/base/scan.h"
#include "parsers/log/line_text.h"

#define MOST_ID 24 /* bytes of a queue id of Postfix, with room */

/* How messages of Postfix go on behind their queue id, and how they begin without one
 * (src/global/log_adhoc.c, src/qmgr, src/smtpd/smtpd.c, src/cleanup, src/pickup, src/bounce of Postfix 3). */
struct form {
    const char *start;
    const char *has; /* somewhere behind it; NULL: nothing more is asked */
    struct slice program;
};

static const struct form with_id[] = {
    {"to=<", ", relay=local,", SLICE("postfix/local")},
    {"to=<", ", relay=virtual,", SLICE("postfix/virtual")},
    {"to=<", ", relay=", SLICE("postfix/smtp")},
    {"from=<", ", size=", SLICE("postfix/qmgr")},
    {"from=<", ", status=", SLICE("postfix/qmgr")},
    {"removed", NULL, SLICE("postfix/qmgr")},
    {"client=", NULL, SLICE("postfix/smtpd")},
    {"reject: ", NULL, SLICE("postfix/smtpd")},
    {"message-id=", NULL, SLICE("postfix/cleanup")},
    {"milter-reject: ", NULL, SLICE("postfix/cleanup")},
    {"uid=", " from=<", SLICE("postfix/pickup")},
    {"sender ", "notification: ", SLICE("postfix/bounce")},
};

static const struct form without_id[] = {
    {"NOQUEUE: reject: ", NULL, SLICE("postfix/smtpd")},
    {"NOQUEUE: milter-reject: ", NULL, SLICE("postfix/smtpd")},
    {"connect from ", "]", SLICE("postfix/smtpd")},
    {"disconnect from ", "]", SLICE("postfix/smtpd")},
    {"lost connection after ", "]", SLICE("postfix/smtpd")},
    {"timeout after ", "]", SLICE("postfix/smtpd")},
    {"statistics: max ", NULL, SLICE("postfix/anvil")},
    {"daemon started -- version ", NULL, SLICE("postfix/master")},
};

/* "C8FA38E4F42: ", "4XyZ12345bz9Kp: ": its length; 0: it is none. */
static size_t id_length(struct slice s) {
    size_t n = 0;
    while (n < s.len && n < MOST_ID && ascii_is_alnum(s.ptr[n]))
        n++;
    return n >= 6 && n + 2 < s.len && s.ptr[n] == ':' && s.ptr[n + 1] == ' ' ? n + 2 : 0;
}

static struct slice find(const struct form *forms, size_t count, struct slice s) {
    for (size_t i = 0; i < count; i++)
        if (starts(s, forms[i].start) && (!forms[i].has || slice_has(s, forms[i].has)))
            return forms[i].program;
    return SLICE_EMPTY;
}

struct slice bare_program(struct slice message) {
    size_t id = id_length(message);
    return id ? find(with_id, sizeof with_id / sizeof *with_id, slice_from(message, id))
              : find(without_id, sizeof without_id / sizeof *without_id, message);
}

bool bare_has_exim_id(struct slice message) {
    size_t blank = scan_char(slice_upto(message, 24), ' ');
    bool is_session = starts(message, "H=") && slice_has(message, " rejected ");
    return is_session || (blank && blank < message.len && log_is_exim_id(slice_upto(message, blank)));
}

bool bare_is_exim(struct slice message) {
    size_t blank = scan_char(slice_upto(message, 24), ' ');
    struct slice rest = slice_from(message, blank);
    bool is_known = starts(rest, " <= ") || starts(rest, " => ") || starts(rest, " Completed") ||
                    starts(rest, " -> ") || starts(rest, " ** ") || starts(rest, " == ");
    return is_known && log_is_exim_id(slice_upto(message, blank));
}
