/* Records that begin with a version: see versioned_record.h. */
#include "analyze/auth/versioned_record.h"

#include "parsers/dns/tags.h"

#define MOST_TAGS 20 /* of a record that is put right */

struct dns_answer versioned_record_find(struct check_list *list, const char *prefix, struct slice domain,
                                        const char *version, struct slice *text) {
    struct dns_answer answer = dns_lookup(list->resolver, TEXT(list, "%s.%.*s", prefix, S(domain)), DNS_TXT);
    *text = SLICE_EMPTY;
    for (const struct dns_record *r = answer.records; r; r = r->next)
        if (slice_equal(tag_find(r->text, SLICE("v")), slice_of(version)))
            *text = r->text;
    return answer;
}

struct versioned versioned_find(struct check_list *list, const char *prefix, struct slice domain,
                                const char *version, const char *stem) {
    struct versioned v = {.name = TEXT(list, "%s.%.*s", prefix, S(domain))};
    struct dns_answer answer = dns_lookup(list->resolver, v.name, DNS_TXT);
    for (const struct dns_record *r = answer.records; r; r = r->next) {
        bool is_first = slice_starts_nocase(slice_trim(r->text), SLICE("v"));
        if (is_first && slice_equal(tag_find(r->text, SLICE("v")), slice_of(version)))
            v.text = v.count++ ? v.text : r->text;
        else if (!v.like.len && slice_find_nocase(r->text, slice_of(stem)) < r->text.len)
            v.like = r->text;
    }
    return v;
}

/* The text with the version before its other tags. */
static struct slice mended(struct check_list *list, struct slice text, const char *version) {
    struct slice out = TEXT(list, "v=%s;", version);
    struct slice rest = text;
    struct tag tag;
    bool is_wrong = false;
    for (unsigned i = 0; i < MOST_TAGS && tag_next(&rest, &tag, &is_wrong); i++)
        if (!slice_equal_nocase(tag.name, SLICE("v")))
            out = TEXT(list, "%.*s %.*s=%.*s;", S(out), S(tag.name), S(tag.value));
    return out;
}

bool versioned_is_one(struct check_list *list, const struct check_kind *kind, const struct versioned *v,
                      struct slice domain, const char *what, const char *version) {
    struct check *c = NULL;
    if (v->count > 1) {
        c = check_add(list, kind, CHECK_FAIL, "several-records", domain,
                      TEXT(list, "%u %s records stand at %.*s: senders and receivers take it for none",
                           v->count, what, S(v->name)));
        check_remedy(list, c, SLICE("Leave one of them."));
    } else if (!v->count && v->like.len) {
        c = check_add(
            list, kind, CHECK_FAIL, "broken-record", domain,
            TEXT(list,
                 "the %s record at %.*s does not begin with \"v=%s;\": senders and receivers take it for "
                 "none",
                 what, S(v->name), version));
        check_remedy(list, c, TEXT(list, "Let it begin with \"v=%s;\".", version));
    }
    if (c)
        check_propose(list, c, v->name, "TXT", mended(list, v->count ? v->text : v->like, version));
    return v->count == 1;
}
