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

static bool is_letter(struct slice value, char letter) {
    return value.len == 1 && ascii_lower(value.ptr[0]) == letter;
}

static void read_policy(struct dmarc_record *record, void *member, struct slice value, const char *odd) {
    enum dmarc_policy *policy = member;
    for (enum dmarc_policy p = DMARC_NONE; p <= DMARC_REJECT; p++)
        if (slice_equal_nocase(value, slice_of(dmarc_policy_name(p)))) {
            *policy = p;
            return;
        }
    *policy = DMARC_NOT_GIVEN;
    record->odd = slice_of(odd);
}

static void read_percent(struct dmarc_record *record, void *member, struct slice value, const char *odd) {
    size_t digits = 0;
    int percent = slice_number(value, &digits);
    if (percent < 0 || percent > 100 || digits != value.len)
        record->odd = slice_of(odd);
    else
        *(int *)member = percent;
}

static void read_strict(struct dmarc_record *record, void *member, struct slice value, const char *odd) {
    (void)record;
    (void)odd;
    *(bool *)member = is_letter(value, 's');
}

static void read_yes(struct dmarc_record *record, void *member, struct slice value, const char *odd) {
    (void)record;
    (void)odd;
    *(bool *)member = is_letter(value, 'y');
}

static void read_psd(struct dmarc_record *record, void *member, struct slice value, const char *odd) {
    (void)record;
    (void)odd;
    *(char *)member = is_letter(value, 'y') ? 'y' : is_letter(value, 'n') ? 'n' : 'u';
}

static void read_addresses(struct dmarc_record *record, void *member, struct slice value, const char *odd) {
    (void)record;
    (void)odd;
    *(struct slice *)member = value;
}

#define MEMBER(name) offsetof(struct dmarc_record, name)

static const struct {
    const char *name;
    void (*read)(struct dmarc_record *record, void *member, struct slice value, const char *odd);
    size_t member;
    const char *odd; /* said of a value that cannot be read */
} tags[] = {
    {"p", read_policy, MEMBER(policy), "its p= is not none, quarantine or reject"},
    {"sp", read_policy, MEMBER(subdomains), "its sp= is not none, quarantine or reject"},
    {"np", read_policy, MEMBER(nonexistent), "its np= is not none, quarantine or reject"},
    {"adkim", read_strict, MEMBER(is_strict_dkim), NULL},
    {"aspf", read_strict, MEMBER(is_strict_spf), NULL},
    {"pct", read_percent, MEMBER(percent), "its pct= is not a number from 0 to 100"},
    {"psd", read_psd, MEMBER(psd), NULL},
    {"t", read_yes, MEMBER(is_testing), NULL},
    {"rua", read_addresses, MEMBER(reports), NULL},
    {"ruf", read_addresses, MEMBER(failures), NULL},
};

static void read_tag(struct dmarc_record *record, const struct tag *tag) {
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (slice_equal_nocase(tag->name, slice_of(tags[i].name)))
            tags[i].read(record, (char *)record + tags[i].member, tag->value, tags[i].odd);
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
        read_tag(record, &tag);
    if (is_wrong && !record->odd.len)
        record->odd = SLICE("a part of it is not tag=value");
    if (record->policy != DMARC_NOT_GIVEN)
        return true;
    if (!record->odd.len)
        record->odd = SLICE("it has no policy (p=)");
    return false;
}
