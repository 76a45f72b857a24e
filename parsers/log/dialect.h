/* What one mail system writes into its log. A dialect is a file, and a row of dialects.def. */
#ifndef MAILWHY_DIALECT_H
#define MAILWHY_DIALECT_H

#include "parsers/log/line_text.h"
#include "parsers/log/log_facts.h"

enum line_result {
    LINE_NOT_MINE,
    LINE_EVENT,   /* one event or more were added */
    LINE_PASSED,  /* known, and of no interest here */
    LINE_UNKNOWN, /* of this dialect, but not understood */
};

struct dialect {
    const char *name;
    enum line_result (*read)(struct log_facts *facts, const struct log_line *line);
    bool is_bystander; /* its programs write into the same files, but tell nothing of deliveries */
};

/* What belongs to no mail system is reported under this name. */
#define NO_MAIL_SYSTEM "other"

#define DIALECT(name) extern const struct dialect dialect_##name;
#include "parsers/log/dialects.def"
#undef DIALECT

/* What a line about a message was read as: where it says nothing else, it is a note where lines are kept. */
static inline enum line_result log_noted(struct log_facts *facts, const struct log_line *line,
                                         struct slice id, size_t events_before, enum line_result result) {
    if (facts->wants_lines && id.len && result == LINE_PASSED && facts->count == events_before)
        log_event_add(facts, LOG_NOTE, line)->queue_id = id;
    return result;
}
/* The line is of the dialect, but a word of it that decides, of that kind, a literal, is not known. */
enum line_result log_name_unknown(struct log_facts *facts, const struct dialect *dialect, const char *kind,
                                  struct slice word, const struct log_line *line);

/* A name for a message that the log gives none: that of its line. */
struct slice log_own_id(struct log_facts *facts);

/* A filter's name for a mail, as no queue id can be called: see LOG_VERDICT. */
struct slice log_verdict_id(struct log_facts *facts, struct slice id);

/* A message store's name for a delivery (Dovecot's session), or for the user: the file that it writes itself
 * names no host. */
struct slice log_store_id(struct log_facts *facts, struct slice id);

/* The verdict that a filter's or message store's answer speaks of: "250 2.7.0 Ok, discarded, id=03491-01 -
 * spam" (amavis), "250 2.5.0 OK (2C225C6817C7EEE1481)" (Proxmox), "250 2.0.0 <bob@example.org> Vg8IJ+0kAmZ
 * Saved" (Dovecot's session). Empty: it names none. */
struct slice log_verdict_of(struct log_facts *facts, struct slice reply);

/* The line belongs to this known kind, a literal, which is passed over on purpose. */
static inline enum line_result log_pass(struct log_facts *facts, const struct dialect *dialect,
                                        const char *kind, const struct log_line *line) {
    log_facts_pass(facts, dialect->name, kind, line);
    return LINE_PASSED;
}

#endif
