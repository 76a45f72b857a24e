/* Records that begin with a version: see versioned_record.h. */
#include "analyze/auth/versioned_record.h"

#include "analyze/auth/alias_audit.h"
#include "parsers/base/text.h"
#include "parsers/dns/name.h"
#include "parsers/dns/tags.h"
#include "parsers/dns/typed.h"
#include "parsers/dns/zone_line.h"

#define MOST_TAGS      20   /* of a record that is put right */
#define MOST_OF_RECORD 2000 /* bytes of it */
#define MOST_SHOWN     100

const struct versioned_kind versioned_sts = {
    .what = "MTA-STS",
    .prefix = "_mta-sts",
    .version = "STSv1",
    .stem = "STS",
    .tags = {"id"},
    .wrong = {"mta-sts", "_mta_sts", "_mtasts", "_mta-sts._mta-sts"}};
const struct versioned_kind versioned_tls_reports = {
    .what = "TLS-RPT",
    .prefix = "_smtp._tls",
    .version = "TLSRPTv1",
    .stem = "TLSRPT",
    .tags = {"rua"},
    .wrong = {"_tls", "smtp._tls", "_smtp.tls", "smtp.tls", "_smtp_tls", "_smtp-tls"}};
const struct versioned_kind versioned_bimi = {.what = "BIMI",
                                              .prefix = "default._bimi",
                                              .version = "BIMI1",
                                              .stem = "BIMI",
                                              .tags = {"l", "a", "avp", "s"},
                                              .wrong = {"_bimi", "default.bimi", "bimi", "_default._bimi"}};

static bool is_record(const struct versioned_kind *of, struct slice text) {
    return slice_starts_nocase(slice_trim(text), SLICE("v")) &&
           slice_equal(tag_find(text, SLICE("v")), slice_of(of->version));
}

struct dns_answer versioned_record_find(struct check_list *list, const struct versioned_kind *of,
                                        struct slice domain, struct slice *text) {
    struct dns_answer answer =
        dns_lookup(list->resolver, TEXT(list, "%s.%.*s", of->prefix, S(domain)), DNS_TXT);
    *text = SLICE_EMPTY;
    for (const struct dns_record *r = answer.records; r; r = r->next)
        if (slice_equal(tag_find(r->text, SLICE("v")), slice_of(of->version)))
            *text = r->text;
    return answer;
}

struct versioned versioned_find(struct check_list *list, const struct versioned_kind *of,
                                struct slice domain) {
    struct versioned v = {.of = of, .name = TEXT(list, "%s.%.*s", of->prefix, S(domain))};
    struct dns_answer answer = dns_lookup(list->resolver, v.name, DNS_TXT);
    v.status = answer.status;
    for (const struct dns_record *r = answer.records; r; r = r->next)
        if (is_record(of, r->text))
            v.text = v.count++ ? v.text : r->text;
        else if (!v.like.len && slice_find_nocase(r->text, slice_of(of->stem)) < r->text.len)
            v.like = r->text;
    return v;
}

/* Does a tag of such records and "=" stand here? */
static bool begins_tag(const struct versioned_kind *of, struct slice rest) {
    rest = slice_trim(rest);
    struct slice name = slice_trim(slice_upto(rest, slice_find_char(rest, '=')));
    for (const char *const *tag = of->tags; *tag && name.len < rest.len; tag++)
        if (slice_is_nocase(name, *tag))
            return true;
    return false;
}

/* With a semicolon before each tag that has none. */
static struct slice separated(const struct versioned_kind *of, struct slice text, struct arena *arena) {
    text = text_as_typed(slice_upto(text, MOST_OF_RECORD), arena);
    char *out = arena_open(arena, text.len + 1);
    char last = ';';
    for (size_t i = 0; i < text.len; i++) {
        bool is_gap = ascii_is_space(text.ptr[i]) || text.ptr[i] == ',';
        bool is_list =
            text.ptr[i] == ';' && slice_starts_nocase(slice_trim(slice_from(text, i + 1)), SLICE("mailto:"));
        out[i] = is_list                                                            ? ','
                 : is_gap && last != ';' && begins_tag(of, slice_from(text, i + 1)) ? ';'
                                                                                    : text.ptr[i];
        last = ascii_is_space(out[i]) ? last : out[i];
    }
    return arena_close(arena, out, text.len);
}

/* The values of all tags of that name, with commas between. */
static struct slice values_of(struct check_list *list, struct slice text, const char *name, unsigned *count) {
    struct slice out = SLICE_EMPTY;
    struct tag tag;
    bool is_wrong = false;
    *count = 0;
    for (unsigned i = 0; i < MOST_TAGS && tag_next(&text, &tag, &is_wrong); i++)
        if (slice_is_nocase(tag.name, name))
            out = TEXT(list, "%.*s%s%.*s", S(out), (*count)++ ? "," : "", S(tag.value));
    return out;
}

/* The text with the version before its other tags, each of them once. */
static struct slice mended(struct check_list *list, const struct versioned_kind *of, struct slice text) {
    struct slice out = TEXT(list, "v=%s;", of->version);
    struct slice of_line = zone_line_text(text, list->arena);
    struct slice rest = separated(of, of_line.len ? of_line : text, list->arena);
    for (const char *const *tag = of->tags; *tag; tag++) {
        unsigned count;
        struct slice value = values_of(list, rest, *tag, &count);
        if (count)
            out = TEXT(list, "%.*s %s=%.*s;", S(out), *tag, S(value));
        else if (of == &versioned_sts)
            out = TEXT(list, "%.*s id=1;", S(out));
    }
    return out;
}

/* Of a record that begins as it must: its tags run together, or one stands twice. */
static void judge_tags(struct check_list *list, const struct check_kind *kind, const struct versioned *v,
                       struct slice domain) {
    struct slice apart = separated(v->of, v->text, list->arena);
    const char *wrong =
        slice_equal(apart, v->text) || slice_equal(apart, text_as_typed(v->text, list->arena))
            ? NULL
            : "its tags or addresses are not separated as they must be, by semicolons and commas";
    for (const char *const *tag = v->of->tags; *tag && !wrong; tag++) {
        unsigned count;
        values_of(list, apart, *tag, &count);
        wrong = count > 1 ? "a tag stands twice in it, and receivers read one of them or none" : NULL;
    }
    if (!wrong)
        return;
    struct check *c = check_add(list, kind, CHECK_FAIL, "syntax", domain,
                                TEXT(list, "the %s record at %.*s (\"%.*s\") has a fault: %s", v->of->what,
                                     S(v->name), S(text_shown(list->arena, v->text, MOST_SHOWN)), wrong));
    check_remedy(list, c, SLICE("Correct the record."));
    check_propose(list, c, v->name, "TXT", mended(list, v->of, v->text));
}

/* --- under another name --- */

static struct slice record_at(struct check_list *list, const struct versioned_kind *of, struct slice name) {
    for (const struct dns_record *r = dns_lookup(list->resolver, name, DNS_TXT).records; r; r = r->next)
        if (is_record(of, r->text))
            return r->text;
    return SLICE_EMPTY;
}

/* Into *name; empty: nowhere. */
static struct slice find_elsewhere(struct check_list *list, const struct versioned *v, struct slice domain,
                                   struct slice *name) {
    const struct versioned_kind *of = v->of;
    struct slice text = SLICE_EMPTY;
    for (const char *const *wrong = of->wrong; *wrong && !text.len; wrong++) {
        *name = TEXT(list, "%s.%.*s", *wrong, S(domain));
        text = record_at(list, of, *name);
    }
    if (text.len)
        return text;
    *name = TEXT(list, "%.*s.%.*s", S(v->name), S(domain));
    text = record_at(list, of, *name);
    if (text.len)
        return text;
    *name = domain;
    return record_at(list, of, domain);
}

/* A domain that has none is left alone where the snapshot was made by questions: that would raise more. */
static void find_misplaced(struct check_list *list, const struct check_kind *kind, const struct versioned *v,
                           struct slice domain) {
    struct slice name;
    struct slice text = dns_is_none(v->status) ? find_elsewhere(list, v, domain, &name) : SLICE_EMPTY;
    if (!text.len)
        return;
    struct check *c =
        check_add(list, kind, CHECK_FAIL, "misplaced", domain,
                  TEXT(list, "a record of %s stands at %.*s, where nobody looks for it: it belongs at %.*s",
                       v->of->what, S(name), S(v->name)));
    check_remedy(list, c, SLICE("Publish the record at its name."));
    check_propose(list, c, v->name, "TXT", mended(list, v->of, text));
}

/* The name was given to a provider that has no record. An alias that a wildcard makes leads to a host of the
 * web, whose name has no underscore. */
static struct check *judge_alias(struct check_list *list, const struct check_kind *kind,
                                 const struct versioned *v, struct slice domain) {
    struct slice target;
    if (!dns_is_none(v->status) || !dns_is_alias(list->resolver, v->name, &target) ||
        slice_find_char(target, '_') == target.len)
        return NULL;
    struct check *c =
        check_add(list, kind, CHECK_FAIL, "dangling-alias", domain,
                  TEXT(list, "%.*s is an alias (CNAME) of %.*s, where there is no %s record: %s", S(v->name),
                       S(dns_name_show(list->arena, target)), v->of->what, dns_status_words(v->status)));
    check_remedy(list, c, SLICE("Correct the CNAME, remove it, or have its provider publish the record."));
    return c;
}

bool versioned_is_one(struct check_list *list, const struct check_kind *kind, const struct versioned *v,
                      struct slice domain) {
    struct check *c = NULL;
    alias_audit(list, kind, domain, v->name);
    if (v->count > 1) {
        c = check_add(list, kind, CHECK_FAIL, "several-records", domain,
                      TEXT(list, "%u %s records stand at %.*s: senders and receivers take it for none",
                           v->count, v->of->what, S(v->name)));
        check_remedy(list, c, SLICE("Leave one of them."));
    } else if (!v->count && v->like.len) {
        c = check_add(
            list, kind, CHECK_FAIL, "broken-record", domain,
            TEXT(
                list,
                "the %s record at %.*s does not begin with \"v=%s;\" (it is \"%.*s\"): senders and receivers "
                "take it for none",
                v->of->what, S(v->name), v->of->version, S(text_shown(list->arena, v->like, MOST_SHOWN))));
        check_remedy(list, c, TEXT(list, "Let it begin with \"v=%s;\".", v->of->version));
    } else if (!v->count && !judge_alias(list, kind, v, domain))
        find_misplaced(list, kind, v, domain);
    if (c)
        check_propose(list, c, v->name, "TXT", mended(list, v->of, v->count ? v->text : v->like));
    if (v->count == 1)
        judge_tags(list, kind, v, domain);
    return v->count == 1;
}
