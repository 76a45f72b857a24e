/* DMARC records: see dmarc_record.h. */
#include "parsers/dns/dmarc_record.h"

#include "parsers/dns/tags.h"

bool dmarc_record_is(struct slice text) {
    struct slice rest = slice_trim(slice_upto(text, slice_find_char(text, ';')));
    size_t equals = slice_find_char(rest, '=');
    return slice_equal(slice_trim(slice_upto(rest, equals)), SLICE("v")) &&
           slice_equal(slice_trim(slice_from(rest, equals + 1)), SLICE("DMARC1"));
}

const char *dmarc_policy_name(enum dmarc_policy policy) {
    static const char *const names[] = {"none", "quarantine", "reject", "none"};
    _Static_assert(sizeof names / sizeof *names == DMARC_NOT_GIVEN + 1, "one name for each policy");
    return names[policy];
}

static enum dmarc_policy policy_of(struct slice value, struct dmarc_record *record, const char *odd) {
    for (enum dmarc_policy p = DMARC_NONE; p <= DMARC_REJECT; p++)
        if (slice_equal_nocase(value, slice_of(dmarc_policy_name(p))))
            return p;
    record->odd = slice_of(odd);
    return DMARC_NOT_GIVEN;
}

static bool is_yes(struct slice value, char yes) {
    return value.len == 1 && ascii_lower(value.ptr[0]) == yes;
}

static void take_percent(struct dmarc_record *record, struct slice value) {
    size_t digits = 0;
    int percent = slice_number(value, &digits);
    if (percent < 0 || percent > 100 || digits != value.len)
        record->odd = SLICE("its pct= is not a number from 0 to 100");
    else
        record->percent = percent;
}

static void take_tag(struct dmarc_record *record, const struct tag *tag) {
    struct slice name = tag->name;
    struct slice value = tag->value;
    if (slice_equal_nocase(name, SLICE("p")))
        record->policy = policy_of(value, record, "its p= is not none, quarantine or reject");
    else if (slice_equal_nocase(name, SLICE("sp")))
        record->subdomains = policy_of(value, record, "its sp= is not none, quarantine or reject");
    else if (slice_equal_nocase(name, SLICE("np")))
        record->nonexistent = policy_of(value, record, "its np= is not none, quarantine or reject");
    else if (slice_equal_nocase(name, SLICE("adkim")))
        record->is_strict_dkim = is_yes(value, 's');
    else if (slice_equal_nocase(name, SLICE("aspf")))
        record->is_strict_spf = is_yes(value, 's');
    else if (slice_equal_nocase(name, SLICE("pct")))
        take_percent(record, value);
    else if (slice_equal_nocase(name, SLICE("psd")))
        record->psd = is_yes(value, 'y') ? 'y' : is_yes(value, 'n') ? 'n' : 'u';
    else if (slice_equal_nocase(name, SLICE("t")))
        record->is_testing = is_yes(value, 'y');
    else if (slice_equal_nocase(name, SLICE("rua")))
        record->reports = value;
    else if (slice_equal_nocase(name, SLICE("ruf")))
        record->failures = value;
}

bool dmarc_record_parse(struct slice text, struct dmarc_record *record) {
    struct tag tag;
    bool is_wrong = false;
    *record = (struct dmarc_record){.policy = DMARC_NOT_GIVEN,
                                    .subdomains = DMARC_NOT_GIVEN,
                                    .nonexistent = DMARC_NOT_GIVEN,
                                    .percent = 100,
                                    .psd = 'u'};
    while (tag_next(&text, &tag, &is_wrong))
        take_tag(record, &tag);
    if (is_wrong && !record->odd.len)
        record->odd = SLICE("a part of it is not tag=value");
    if (record->policy != DMARC_NOT_GIVEN)
        return true;
    if (!record->odd.len)
        record->odd = SLICE("it has no policy (p=)");
    return false;
}
