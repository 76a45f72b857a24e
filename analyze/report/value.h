/* What leaves in a report, by its type. Whoever writes a field says what it is; what a type asks for
 * (cleaning always, a pseudonym under --redact) is done in one place, value_show. Nothing is harmless that is
 * not said to be: a value whose type was not given is hidden as a whole. */
#ifndef MAILWHY_VALUE_H
#define MAILWHY_VALUE_H

#include "parsers/base/arena.h"

#include <stdint.h>

enum value_type {
    VALUE_UNTYPED,  /* 0: nobody said what it is, so all of it is hidden */
    VALUE_STRANGER, /* free text: words of fields and names; what names a person is looked for */
    VALUE_SENTENCE, /* ours, about the message; what it quotes in "" are the stranger's own words */
    VALUE_NOTE,     /* ours too, with words of a stranger somewhere in it (both: filled.h) */
    VALUE_REPLY,    /* free text that the other side wrote: its form too can tell who is named */
    VALUE_ADVICE,  /* of our rules; what is filled in (advice.h) is a stranger's, the rest is never altered */
    VALUE_LINK,    /* the same, meant to be followed */
    VALUE_FILE,    /* the name of an input */
    VALUE_MAILBOX, /* one or more, with names: Bob Miller <bob@example.org> */
    VALUE_ADDRESS, /* bob@example.org, or a local part alone */
    VALUE_USER,    /* a login or system user */
    VALUE_SCRIPT,  /* a file that is run on a web server, with the user's number before it or not */
    VALUE_SUBJECT, /* of a message, whole */
    VALUE_IDENTIFIER, /* a message id or queue id */
    VALUE_HOST,       /* a host or domain */
    VALUE_SERVER,     /* a host that took part as a mail server: who refused, reported, received */
    VALUE_SELECTOR,   /* of a DKIM key */
    VALUE_NETWORK,    /* an IP address, a port, a CIDR block */
    VALUE_OURS,       /* words of our code or rules; the only text that is harmless */
    VALUE_SHOWN,      /* made by value_show or page_say: it is not looked at again */
    VALUE_REPORT,     /* the number of a report of this document, as mail_label makes it */
    VALUE_NUMBER,     /* that names something: a line, a code, a place in a list */
    VALUE_COUNT,      /* of how many there are: its thousands are set apart on pages */
    VALUE_TIME,       /* seconds since the epoch; -1: not known */
    VALUE_TRUTH
};
#define VALUE_TYPES (VALUE_TRUTH + 1)

struct value {
    enum value_type type;
    unsigned most; /* bytes to show, then …; 0: all. It is cut when nothing is left in it to hide; of a time
                    * the first ones */
    union {
        struct slice text;
        int64_t number;
    };
};

static inline struct value as_type(enum value_type type, struct slice text) {
    return (struct value){.type = type, .text = text};
}

static inline struct value as_stranger(struct slice text) {
    return as_type(VALUE_STRANGER, text);
}

static inline struct value as_sentence(struct slice text) {
    return as_type(VALUE_SENTENCE, text);
}

static inline struct value as_note(struct slice text) {
    return as_type(VALUE_NOTE, text);
}

static inline struct value as_reply(struct slice text) {
    return as_type(VALUE_REPLY, text);
}

static inline struct value as_advice(struct slice text) {
    return as_type(VALUE_ADVICE, text);
}

static inline struct value as_file(struct slice text) {
    return as_type(VALUE_FILE, text);
}

static inline struct value as_link(struct slice text) {
    return as_type(VALUE_LINK, text);
}

static inline struct value as_mailbox(struct slice text) {
    return as_type(VALUE_MAILBOX, text);
}

static inline struct value as_address(struct slice text) {
    return as_type(VALUE_ADDRESS, text);
}

static inline struct value as_user(struct slice text) {
    return as_type(VALUE_USER, text);
}

static inline struct value as_script(struct slice text) {
    return as_type(VALUE_SCRIPT, text);
}

static inline struct value as_subject(struct slice text) {
    return as_type(VALUE_SUBJECT, text);
}

static inline struct value as_identifier(struct slice text) {
    return as_type(VALUE_IDENTIFIER, text);
}

static inline struct value as_host(struct slice text) {
    return as_type(VALUE_HOST, text);
}

static inline struct value as_server(struct slice text) {
    return as_type(VALUE_SERVER, text);
}

static inline struct value as_selector(struct slice text) {
    return as_type(VALUE_SELECTOR, text);
}

static inline struct value as_network(struct slice text) {
    return as_type(VALUE_NETWORK, text);
}

static inline struct value as_ours(const char *words) {
    return as_type(VALUE_OURS, slice_of(words));
}

static inline struct value as_number(int64_t number) {
    return (struct value){.type = VALUE_NUMBER, .number = number};
}

static inline struct value as_count(uint64_t count) {
    return (struct value){.type = VALUE_COUNT, .number = (int64_t)count};
}

static inline struct value as_time(int64_t seconds) {
    return (struct value){.type = VALUE_TIME, .number = seconds};
}

static inline struct value as_truth(bool truth) {
    return (struct value){.type = VALUE_TRUTH, .number = truth};
}

static inline struct value upto(struct value v, unsigned most) {
    v.most = most;
    return v;
}

/* The day of a time. */
static inline struct value as_day(int64_t seconds) {
    return upto(as_time(seconds), sizeof "2026-11-24" - 1);
}

/* Is there anything to show? Not of an empty text, or of a time that is not known. */
bool value_is_known(struct value v);

#endif
