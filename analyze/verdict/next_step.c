/* What a program does with a verdict: see next_step.h. */
#include "analyze/verdict/next_step.h"

#include <glib.h>

#define LONGEST_WAIT ((int64_t)31 * 24 * 3600)

const char *verdict_action(const struct verdict *v) {
    static const struct {
        const char *cause, *action;
    } rows[] = {
        {"notice.complaint", "suppress"},
        {"notice.challenge", "contact"},
        {"notice.fraud", "fix"},
        {"notice.virus", "fix"},
        {"notice", "none"},
        {"recipient.unknown", "suppress"},
        {"recipient.moved", "suppress"},
        {"recipient.syntax", "suppress"},
        {"recipient.disabled", "suppress"},
        {"domain", "suppress"},
    };
    const struct cause *cause = verdict_root_cause(v);
    bool may_pass = v->is_lasting_known && !v->is_permanent;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (cause_is_of(cause->id, rows[i].cause))
            return may_pass && strcmp(rows[i].action, "suppress") == 0 ? "retry" : rows[i].action;
    if (may_pass)
        return "retry";
    bool is_senders = strcmp(v->fixer, "sender-operator") == 0 || strcmp(v->fixer, "author") == 0;
    return is_senders ? "fix" : strcmp(v->fixer, "nobody") == 0 ? "none" : "contact";
}

/* "00:05:00" at the start of `s`; -1: it is none. */
static int64_t clock_span(struct slice s) {
    int64_t seconds = 0;
    for (unsigned part = 0; part < 3; part++) {
        size_t digits = 0;
        int n = slice_number(s, &digits);
        if (digits != 2 || n < 0 || (part && n > 59) || (part < 2 && (s.len < 3 || s.ptr[2] != ':')))
            return -1;
        seconds = seconds * 60 + n;
        s = slice_from(s, 3);
    }
    return s.len && ascii_is_digit(s.ptr[0]) ? -1 : seconds;
}

/* Seconds in the unit that begins `s`: "minutes", "min", "s"; 0: none. */
static int64_t unit_of(struct slice s) {
    static const struct {
        const char *name;
        int64_t seconds;
    } units[] = {{"second", 1},  {"sec", 1},   {"minute", 60}, {"min", 60},
                 {"hour", 3600}, {"hr", 3600}, {"day", 86400}};
    while (s.len && (s.ptr[0] == ' ' || s.ptr[0] == '-'))
        s = slice_from(s, 1);
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
        if (slice_starts_nocase(s, slice_of(units[i].name)))
            return units[i].seconds;
    return 0;
}

/* Does one of the words that ask to wait stand shortly before? */
static bool asks_to_wait(struct slice before) {
    static const struct slice words[] = {
        SLICE("again"),    SLICE("retry"),    SLICE("wait"),     SLICE("come back"), SLICE("later"),
        SLICE("greylist"), SLICE("graylist"), SLICE("postpone"), SLICE("defer"),     SLICE("try")};
    const size_t near = 60;
    before = slice_from(before, before.len > near ? before.len - near : 0);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (slice_find_nocase(before, words[i]) < before.len)
            return true;
    return false;
}

int64_t reply_retry_after(struct slice words) {
    for (size_t i = 0; i < words.len; i++) {
        bool begins = ascii_is_digit(words.ptr[i]) &&
                      (i == 0 || (!ascii_is_alnum(words.ptr[i - 1]) && words.ptr[i - 1] != '.'));
        if (!begins || !asks_to_wait(slice_upto(words, i)))
            continue;
        struct slice rest = slice_from(words, i);
        size_t digits = 0;
        int n = slice_number(rest, &digits);
        int64_t span = clock_span(rest);
        int64_t unit = n >= 0 && digits < 7 ? unit_of(slice_from(rest, digits)) : 0;
        if (span < 0 && unit)
            span = n * unit;
        if (span > 0 && span <= LONGEST_WAIT)
            return span;
    }
    return -1;
}
