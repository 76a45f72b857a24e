/* DMARC records put right: see dmarc_mend.h. */
#include "analyze/auth/dmarc_mend.h"

#include "parsers/dns/dmarc_uri.h"
#include "parsers/dns/tags.h"
#include "parsers/dns/typed.h"

#include <string.h>

#define MOST_ADDRESSES 20   /* of one list */
#define MOST_OF_RECORD 2000 /* bytes that are looked at: each is held against the rest */

bool dmarc_tag_is_known(struct slice name) {
    static const char *const names[] = {"v",   "p", "sp",  "np",  "adkim", "aspf", "fo",
                                        "psd", "t", "rua", "ruf", "pct",   "rf",   "ri"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (slice_equal_nocase(name, slice_of(names[i])))
            return true;
    return false;
}

/* The policy that a misspelt one means: by its first letter. */
static enum dmarc_policy meant(struct slice text, struct slice name, enum dmarc_policy read) {
    struct slice value = tag_find(text, name);
    if (read != DMARC_NOT_GIVEN || !value.len)
        return read;
    char first = ascii_lower(value.ptr[0]);
    return first == 'r' ? DMARC_REJECT : first == 'q' ? DMARC_QUARANTINE : DMARC_NONE;
}

static struct slice add_addresses(struct slice out, const char *tag, struct slice list, struct arena *arena) {
    struct dmarc_uri uri;
    const char *before = "; ";
    for (unsigned i = 0; i < MOST_ADDRESSES && dmarc_uri_next(&list, &uri); i++) {
        struct slice address = slice_upto(uri.text, slice_find_char(uri.text, '!'));
        if (slice_starts_nocase(address, SLICE("mailto://")))
            address = arena_printf(arena, "mailto:%.*s", S(slice_from(address, 9)));
        else if (uri.is_misspelt)
            address = arena_printf(arena, "mailto:%.*s", S(uri.address));
        else if (!uri.is_valid && !uri.is_bare_address)
            continue;
        out = arena_printf(arena, "%.*s%s%s%s%s%.*s", S(out), before, *before == ';' ? tag : "",
                           *before == ';' ? "=" : "", uri.is_bare_address ? "mailto:" : "", S(address));
        before = ",";
    }
    return out;
}

/* Do a word and "=" follow? */
static bool begins_tag(struct slice rest) {
    rest = slice_trim(rest);
    size_t equals = slice_find_char(rest, '=');
    return equals < rest.len && dmarc_tag_is_known(slice_trim(slice_upto(rest, equals)));
}

/* Does an address follow, up to the next blank or the end of the tag? */
static bool begins_address(struct slice rest) {
    size_t end = 0;
    while (end < rest.len && !strchr(" ,;=", rest.ptr[end]))
        end++;
    return slice_find_char(slice_upto(rest, end), '@') < end;
}

/* Does a tag end here, so that a colon was meant to be "="? */
static bool ends_tag(const char *out, size_t used) {
    size_t start = used;
    while (start && ascii_is_alpha(out[start - 1]))
        start--;
    return (!start || strchr("; ", out[start - 1])) &&
           dmarc_tag_is_known((struct slice){out + start, used - start});
}

struct slice dmarc_as_meant(struct slice text, struct arena *arena) {
    const struct slice version = SLICE("v=DMARC1");
    text = text_as_typed(slice_upto(text, MOST_OF_RECORD), arena);
    char *out = arena_open(arena, text.len + 1);
    size_t used = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (used && slice_starts_nocase(slice_from(text, i), version)) { /* of a second record */
            i += version.len - 1;
            out[used++] = ';';
            continue;
        }
        struct slice scheme = SLICE("mailto:");
        if (slice_ends_nocase((struct slice){out, used}, scheme) &&
            slice_starts_nocase(slice_from(text, i), scheme)) { /* twice */
            i += scheme.len - 1;
            continue;
        }
        if (c == ':' && ends_tag(out, used))
            c = '=';
        if (c == ';' && slice_ends_nocase((struct slice){out, used}, SLICE("mailto")))
            c = ':';
        if (c == ' ' && used && !strchr(",;=: ", out[used - 1]) && begins_address(slice_from(text, i + 1)))
            c = ',';
        if (c == '\'' && used && (out[used - 1] == '=' || i + 1 == text.len || text.ptr[i + 1] == ';'))
            continue;
        if (strchr(" ,:\t", c) && c && begins_tag(slice_from(text, i + 1)))
            c = ';';
        if (strchr(" ;\t", c) && c &&
            slice_starts_nocase(slice_trim(slice_from(text, i + 1)), SLICE("mailto:")))
            c = ',';
        bool is_gap = c == ' ' && used && out[used - 1] == ':'; /* "mailto: jo@a.example" */
        if (c && !strchr("\"\\<>", c) && !is_gap)
            out[used++] = c;
    }
    return arena_close(arena, out, used);
}

/* The addresses of all tags of that name: a second one makes the record void, and was meant to add to the
 * first. */
static struct slice all_of(struct slice text, struct slice name, struct arena *arena) {
    struct slice out = SLICE_EMPTY;
    struct tag tag;
    bool is_wrong = false;
    for (unsigned i = 0; i < MOST_ADDRESSES && tag_next(&text, &tag, &is_wrong); i++)
        if (slice_equal_nocase(tag.name, name))
            out = arena_printf(arena, "%.*s%s%.*s", S(out), out.len ? "," : "", S(tag.value));
    return out;
}

struct slice dmarc_mend(struct slice text, struct slice domain, struct arena *arena) {
    struct dmarc_record r;
    text = dmarc_as_meant(text, arena);
    dmarc_record_parse(text, &r);
    enum dmarc_policy p = meant(text, SLICE("p"), r.policy);
    enum dmarc_policy sp = meant(text, SLICE("sp"), r.subdomains);
    bool is_monitoring = p == DMARC_NONE && r.has_address && !r.faults;
    p = p == DMARC_NOT_GIVEN ? DMARC_NONE : is_monitoring ? DMARC_QUARANTINE : p;
    struct slice out = arena_printf(arena, "v=DMARC1; p=%s", dmarc_policy_name(p));
    if (sp != DMARC_NOT_GIVEN && sp > p)
        out = arena_printf(arena, "%.*s; sp=%s", S(out), dmarc_policy_name(sp));
    if (r.nonexistent != DMARC_NOT_GIVEN && r.nonexistent > p)
        out = arena_printf(arena, "%.*s; np=%s", S(out), dmarc_policy_name(r.nonexistent));
    if (r.is_strict_dkim)
        out = arena_printf(arena, "%.*s; adkim=s", S(out));
    if (r.is_strict_spf)
        out = arena_printf(arena, "%.*s; aspf=s", S(out));
    if (r.psd == 'n')
        out = arena_printf(arena, "%.*s; psd=n", S(out));
    struct slice with = add_addresses(out, "rua", all_of(text, SLICE("rua"), arena), arena);
    if (with.len == out.len)
        with = arena_printf(arena, "%.*s; rua=mailto:postmaster@%.*s", S(out), S(domain));
    return add_addresses(with, "ruf", all_of(text, SLICE("ruf"), arena), arena);
}
