/* Records that begin with a version: see versioned_record.h. */
#include "analyze/auth/versioned_record.h"

#include "parsers/dns/tags.h"

struct dns_answer versioned_record_find(struct check_list *list, const char *prefix, struct slice domain,
                                        const char *version, struct slice *text) {
    struct dns_answer answer = dns_lookup(list->resolver, TEXT(list, "%s.%.*s", prefix, S(domain)), DNS_TXT);
    *text = SLICE_EMPTY;
    for (const struct dns_record *r = answer.records; r; r = r->next)
        if (slice_equal(tag_find(r->text, SLICE("v")), slice_of(version)))
            *text = r->text;
    return answer;
}
