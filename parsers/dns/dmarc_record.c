/* DMARC records: see dmarc_record.h. */
#include "parsers/dns/dmarc_record.h"

#include "parsers/dns/dmarc_uri.h"
#include "parsers/dns/tags.h"

#define MOST_TAGS 32 /* of one record that are held against each other */

bool dmarc_record_is(struct slice text) {
    struct slice rest = slice_trim(slice_upto(text, slice_find_char(text, ';')));
    size_t equals = slice_find_char(rest, '=');
    return slice_equal_nocase(slice_trim(slice_upto(rest, equals)), SLICE("v")) &&
           slice_equal(slice_trim(slice_from(rest, equals + 1)), SLICE("DMARC1"));
}

const char *dmarc_policy_name(enum dmarc_policy policy) {
    static const char *const names[] = {"none", "quarantine", "reject", "none"};
    _Static_assert(sizeof names / sizeof *names == DMARC_NOT_GIVEN + 1, "one name for each policy");
    return names[policy];
}

const char *dmarc_fault_words(enum dmarc_fault fault) {
    static const char *const words[] = {
        [DMARC_FAULT_TWICE] = "it has a tag twice, which makes the whole record void",
        [DMARC_FAULT_NO_TAG] = "a part of it is not tag=value",
        [DMARC_FAULT_NO_POLICY] = "it has no policy (p=)",
        [DMARC_FAULT_POLICY] = "its p= is not none, quarantine or reject",
        [DMARC_FAULT_SUBDOMAINS] = "its sp= is not none, quarantine or reject",
        [DMARC_FAULT_NONEXISTENT] = "its np= is not none, quarantine or reject",
        [DMARC_FAULT_ADKIM] = "its adkim= is not r or s",
        [DMARC_FAULT_ASPF] = "its aspf= is not r or s",
        [DMARC_FAULT_PSD] = "its psd= is not y, n or u",
        [DMARC_FAULT_TESTING] = "its t= is not y or n",
        [DMARC_FAULT_PERCENT] = "its pct= is not a number from 0 to 100",
        [DMARC_FAULT_OPTIONS] = "its fo= is not made of 0, 1, d and s with colons between",
    };
    _Static_assert(sizeof words / sizeof *words == DMARC_FAULTS, "words for each fault");
    return words[fault];
}

/* --- the values: each reader returns whether it is one that is defined --- */

typedef bool read_value(void *member, struct slice value);

static bool read_policy(void *member, struct slice value) {
    for (enum dmarc_policy p = DMARC_NONE; p <= DMARC_REJECT; p++)
        if (slice_equal_nocase(value, slice_of(dmarc_policy_name(p)))) {
            *(enum dmarc_policy *)member = p;
            return true;
        }
    return false;
}

static bool read_percent(void *member, struct slice value) {
    size_t digits = 0;
    int percent = slice_number(value, &digits);
    if (percent < 0 || percent > 100 || digits != value.len)
        return false;
    *(int *)member = percent;
    return true;
}

/* One letter of `letters`; '\0' where it is none. */
static char letter_of(struct slice value, const char *letters) {
    char letter = value.len == 1 ? ascii_lower(value.ptr[0]) : '\0';
    return ascii_is_any(letter, letters) ? letter : '\0';
}

static bool read_strict(void *member, struct slice value) {
    char letter = letter_of(value, "rs");
    *(bool *)member = letter == 's';
    return letter;
}

static bool read_yes(void *member, struct slice value) {
    char letter = letter_of(value, "yn");
    *(bool *)member = letter == 'y';
    return letter;
}

static bool read_psd(void *member, struct slice value) {
    char letter = letter_of(value, "ynu");
    *(char *)member = letter ? letter : 'u';
    return letter;
}

static bool read_addresses(void *member, struct slice value) {
    *(struct slice *)member = value;
    return true;
}

static bool read_options(void *member, struct slice value) {
    (void)member;
    while (value.len) {
        struct slice word = slice_upto(value, slice_find_char(value, ':'));
        value = slice_from(value, word.len + 1);
        if (!letter_of(slice_trim(word), "01ds"))
            return false;
    }
    return true;
}

#define MEMBER(name) offsetof(struct dmarc_record, name)

static const struct {
    const char *name;
    read_value *read;
    size_t member;
    enum dmarc_fault fault;
} tags[] = {
    {"p", read_policy, MEMBER(policy), DMARC_FAULT_POLICY},
    {"sp", read_policy, MEMBER(subdomains), DMARC_FAULT_SUBDOMAINS},
    {"np", read_policy, MEMBER(nonexistent), DMARC_FAULT_NONEXISTENT},
    {"adkim", read_strict, MEMBER(is_strict_dkim), DMARC_FAULT_ADKIM},
    {"aspf", read_strict, MEMBER(is_strict_spf), DMARC_FAULT_ASPF},
    {"pct", read_percent, MEMBER(percent), DMARC_FAULT_PERCENT},
    {"psd", read_psd, MEMBER(psd), DMARC_FAULT_PSD},
    {"t", read_yes, MEMBER(is_testing), DMARC_FAULT_TESTING},
    {"fo", read_options, 0, DMARC_FAULT_OPTIONS},
    {"rua", read_addresses, MEMBER(reports), DMARC_FAULTS},
    {"ruf", read_addresses, MEMBER(failures), DMARC_FAULTS},
};

static void read_tag(struct dmarc_record *record, const struct tag *tag) {
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (slice_equal_nocase(tag->name, slice_of(tags[i].name)) &&
            !tags[i].read((char *)record + tags[i].member, tag->value))
            record->faults |= 1U << tags[i].fault;
}

static bool has_address(struct slice list) {
    struct dmarc_uri uri;
    while (dmarc_uri_next(&list, &uri))
        if (uri.is_valid)
            return true;
    return false;
}

static bool is_among(const struct slice *names, size_t count, struct slice name) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal_nocase(names[i], name))
            return true;
    return false;
}

bool dmarc_record_parse(struct slice text, struct dmarc_record *record) {
    struct tag tag;
    struct slice names[MOST_TAGS];
    size_t count = 0;
    bool is_wrong = false;
    *record = (struct dmarc_record){.policy = DMARC_NOT_GIVEN,
                                    .subdomains = DMARC_NOT_GIVEN,
                                    .nonexistent = DMARC_NOT_GIVEN,
                                    .percent = 100,
                                    .psd = 'u'};
    while (tag_next(&text, &tag, &is_wrong)) {
        if (is_among(names, count, tag.name))
            record->faults |= 1U << DMARC_FAULT_TWICE;
        if (count < MOST_TAGS)
            names[count++] = tag.name;
        read_tag(record, &tag);
    }
    record->has_address = has_address(record->reports);
    if (is_wrong)
        record->faults |= 1U << DMARC_FAULT_NO_TAG;
    if (record->policy == DMARC_NOT_GIVEN && !dmarc_has_fault(record, DMARC_FAULT_POLICY))
        record->faults |= 1U << DMARC_FAULT_NO_POLICY;
    for (enum dmarc_fault f = 0; f < DMARC_FAULTS && !record->odd.len; f++)
        if (dmarc_has_fault(record, f))
            record->odd = slice_of(dmarc_fault_words(f));
    return !dmarc_has_fault(record, DMARC_FAULT_TWICE);
}

bool dmarc_has_no_policy(const struct dmarc_record *record, bool knows_nonexistent) {
    return record->policy == DMARC_NOT_GIVEN || dmarc_has_fault(record, DMARC_FAULT_SUBDOMAINS) ||
           (knows_nonexistent && dmarc_has_fault(record, DMARC_FAULT_NONEXISTENT));
}
