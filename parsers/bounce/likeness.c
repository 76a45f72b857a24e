/* Is it a bounce at all? See likeness.h. */
#include "parsers/bounce/likeness.h"

#include "parsers/base/address.h"
#include "parsers/rules/format_words.h"

#include <glib.h>

/* Whoever reads it, and those who write it, are none whom a mail did not reach. */
static bool names_other(struct reading *r) {
    struct slice own = named_addressee(r);
    for (const struct recipient *p = r->b->recipients; p; p = p->next)
        if (address_is_valid(p->address) && !slice_equal_nocase(p->address, own) &&
            !named_is_daemon(p->address))
            return true;
    return false;
}

/* Has the subject the words of bounces? They are those of the formats of last resort. */
static bool is_titled(struct reading *r) {
    const struct rule_list *list = &matcher_rules(r->matcher)->lists[RULES_FORMATS];
    struct slice subject = named_field(r, SLICE("subject"));
    struct pattern_match match;
    for (size_t i = 0; i < list->count; i++) {
        const struct format *f = list->items[i];
        if (format_is_last(f) && f->also && matcher_first(r->matcher, f->also, subject, &match))
            return true;
    }
    return false;
}

/* A person may write as postmaster too. */
static bool is_called_daemon(struct slice address) {
    return slice_starts_nocase(address, SLICE("mailer-daemon@"));
}

/* A person or a list: with an envelope sender that takes answers, or as an answer to another mail. */
static bool is_of_others(struct reading *r, struct slice path) {
    static const struct slice answers[] = {SLICE("re:"), SLICE("aw:"), SLICE("fwd:"), SLICE("wg:")};
    struct slice subject = slice_trim(named_field(r, SLICE("subject")));
    for (size_t i = 0; i < G_N_ELEMENTS(answers); i++)
        if (slice_starts_nocase(subject, answers[i]))
            return true;
    bool has_sender = path.len && !slice_equal(path, SLICE("<>"));
    return (has_sender && !is_called_daemon(address_strip(path))) || named_field(r, SLICE("list-id")).len;
}

enum likeness likeness_of(struct reading *r, bool is_known) {
    struct slice path = slice_trim(named_field(r, SLICE("return-path")));
    struct slice from = slice_trim(named_field(r, SLICE("from")));
    bool is_null = slice_equal(path, SLICE("<>")) || slice_equal(from, SLICE("<>"));
    bool is_failed = named_field(r, SLICE("x-failed-recipients")).len;
    bool is_daemon = is_called_daemon(address_of_mailbox(from)) || !from.len;
    bool has_copy = r->b->returned.is_present;
    if (is_known || r->b->is_forwarded)
        return LIKENESS_SURE;
    bool names = names_other(r);
    if (is_null || is_failed || is_daemon)
        return names || has_copy ? LIKENESS_SURE : is_null ? LIKENESS_LIKELY : LIKENESS_GUESS;
    if (is_of_others(r, path))
        return has_copy && r->b->returned_whole.len ? LIKENESS_LIKELY : LIKENESS_NONE;
    bool is_titled_so = is_titled(r);
    if (has_copy || (is_titled_so && names))
        return LIKENESS_LIKELY;
    return is_titled_so || names ? LIKENESS_GUESS : LIKENESS_NONE;
}
