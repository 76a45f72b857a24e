/* One resource record, read with ldns: see record.h. */
#include "parsers/dns/record.h"

#include "parsers/base/memory.h"
#include "parsers/dns/name.h"

#include <ldns/ldns.h>
#include <sys/socket.h>

#define MOST_OF_LDNS  60000             /* bytes of a line that it reads */
#define MOST_OF_SHOWN ((size_t)1 << 20) /* as read.c reads */

static struct slice host_of(const ldns_rdf *rdf, struct arena *arena) {
    return dns_name_of_wire(ldns_rdf_data(rdf), ldns_rdf_size(rdf), arena);
}

static void read_address(struct dns_record *record, const ldns_rdf *rdf, int family, size_t size) {
    record->ip.family = family;
    memcpy(record->ip.bytes, ldns_rdf_data(rdf), MIN(size, ldns_rdf_size(rdf)));
}

/* The strings of a TXT record make one text (RFC 7208 section 3.3, RFC 6376 section 3.6.2.2). */
static struct slice join_strings(const ldns_rr *rr, struct arena *arena) {
    size_t most = 0;
    for (size_t i = 0; i < ldns_rr_rd_count(rr); i++)
        most += ldns_rdf_size(ldns_rr_rdf(rr, i));
    char *out = arena_open(arena, most);
    size_t used = 0;
    for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
        const ldns_rdf *rdf = ldns_rr_rdf(rr, i);
        const unsigned char *bytes = ldns_rdf_data(rdf);
        size_t len = ldns_rdf_size(rdf) ? MIN(bytes[0], ldns_rdf_size(rdf) - 1) : 0;
        memcpy(out + used, bytes + 1, len);
        used += len;
    }
    return arena_close(arena, out, used);
}

static void read_tlsa(struct dns_record *record, const ldns_rr *rr, struct arena *arena) {
    const ldns_rdf *hex = ldns_rr_rdf(rr, 3);
    record->usage = ldns_rdf2native_int8(ldns_rr_rdf(rr, 0));
    record->selector = ldns_rdf2native_int8(ldns_rr_rdf(rr, 1));
    record->matching = ldns_rdf2native_int8(ldns_rr_rdf(rr, 2));
    record->text = arena_copy(arena, (struct slice){(const char *)ldns_rdf_data(hex), ldns_rdf_size(hex)});
}

/* How many fields ldns must have found for a type that is read here. */
static size_t fields_of(unsigned type) {
    return type == DNS_MX ? 2 : type == DNS_TLSA ? 4 : 1;
}

static void read_fields(struct dns_record *record, const ldns_rr *rr, struct arena *arena) {
    const ldns_rdf *first = ldns_rr_rdf(rr, 0);
    switch (record->type) {
    case DNS_A:
        read_address(record, first, AF_INET, 4);
        break;
    case DNS_AAAA:
        read_address(record, first, AF_INET6, 16);
        break;
    case DNS_MX:
        record->preference = ldns_rdf2native_int16(first);
        record->host = host_of(ldns_rr_rdf(rr, 1), arena);
        break;
    case DNS_NS:
    case DNS_CNAME:
    case DNS_PTR:
        record->host = host_of(first, arena);
        break;
    case DNS_TXT:
    case DNS_SPF:
        record->text = join_strings(rr, arena);
        break;
    case DNS_TLSA:
        read_tlsa(record, rr, arena);
        break;
    default:
        break;
    }
}

/* --- long texts: ldns reads no more than 64 KB of a line, and an attacker's record may need four times that
 * --- */

/* Where the strings of a TXT record begin; 0: it is none. */
static size_t text_begins(struct slice line) {
    struct slice rest = line;
    struct slice word;
    for (int i = 0; i < 4 && slice_next_word(&rest, &word); i++)
        if (word.ptr != line.ptr && slice_equal_nocase(word, SLICE("TXT")))
            return (size_t)(rest.ptr - line.ptr);
    return 0;
}

/* Its strings joined, without quotation marks and escapes. */
static struct slice read_strings(struct slice text, struct arena *arena) {
    char *out = arena_open(arena, text.len);
    size_t used = 0;
    bool is_quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            is_quoted = !is_quoted;
        else if (text.ptr[i] == '\\')
            out[used++] = dns_unescape(text, &i);
        else if (is_quoted || !ascii_is_space(text.ptr[i]))
            out[used++] = text.ptr[i];
    }
    return arena_close(arena, out, used);
}

/* Bytes that are not printable as \DDD, so that a terminal can show them. */
static struct slice escaped_strings(struct slice text, struct arena *arena) {
    char *out = arena_open(arena, text.len * 4);
    size_t used = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] >= ' ' && text.ptr[i] < 0x7f)
            out[used++] = text.ptr[i];
        else
            used += (size_t)sprintf(out + used, "\\%03u", (unsigned char)text.ptr[i]);
    return arena_close(arena, out, used);
}

/* ldns reads its owner with an empty text in the place of the long one. */
static const char *parse_long_text(const char *line, size_t at, struct zone_state *state, struct arena *arena,
                                   struct slice *name, struct dns_record *record) {
    struct slice rest = slice_from(slice_of(line), at);
    const char *head = arena_printf(arena, "%.*s \"\"", (int)at, line).ptr;
    const char *wrong = dns_record_parse(head, state, arena, name, record);
    if (wrong)
        return wrong;
    record->text = read_strings(rest, arena);
    rest = escaped_strings(slice_trim(rest), arena);
    record->shown = arena_printf(arena, "%.*s%.*s", (int)record->shown.len - 2, record->shown.ptr, S(rest));
    return record->shown.len > MOST_OF_SHOWN ? "the text is too long once it is escaped" : NULL;
}

/* --- how a record is written, so that it can be read again --- */

/* Types of which all texts are names. */
static bool has_names_alone(unsigned type) {
    static const unsigned types[] = {LDNS_RR_TYPE_MX,  LDNS_RR_TYPE_NS,  LDNS_RR_TYPE_CNAME, LDNS_RR_TYPE_PTR,
                                     LDNS_RR_TYPE_SOA, LDNS_RR_TYPE_SRV, LDNS_RR_TYPE_DNAME};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i] == type)
            return true;
    return false;
}

/* The fields as "\# 4 C0000205" (RFC 3597 section 5), where a name in them holds a quotation mark, which ldns
 * does not escape. */
static struct slice generic_fields(const ldns_rr *rr, struct arena *arena) {
    size_t length = 0;
    for (size_t i = 0; i < ldns_rr_rd_count(rr); i++)
        length += ldns_rdf_size(ldns_rr_rdf(rr, i));
    char *out = arena_open(arena, length * 2 + 32);
    size_t used = (size_t)sprintf(out, "\\# %zu ", length);
    for (size_t i = 0; i < ldns_rr_rd_count(rr); i++)
        for (size_t k = 0; k < ldns_rdf_size(ldns_rr_rdf(rr, i)); k++)
            used += (size_t)sprintf(out + used, "%02X", ldns_rdf_data(ldns_rr_rdf(rr, i))[k]);
    return arena_close(arena, out, used);
}

/* The owner is ours: ldns leaves it as "$ORIGIN." or with quotation marks. */
static struct slice show_record(const ldns_rr *rr, struct slice name, struct arena *arena) {
    memory_watch();
    char *text = ldns_rr2str(rr);
    memory_check("to read a record");
    struct slice rest = slice_trim(slice_of(text));
    struct slice owner = dns_name_show(arena, name);
    rest = slice_from(rest, slice_find_char(rest, '\t'));
    struct slice fields = rest;
    for (int i = 0; i < 4; i++) /* behind owner, TTL, class and type */
        fields = slice_from(fields, slice_find_char(fields, '\t') + (i < 3));
    if (has_names_alone(ldns_rr_get_type(rr)) && slice_find_char(fields, '"') < fields.len) {
        rest = slice_upto(rest, rest.len - fields.len);
        fields = generic_fields(rr, arena);
    } else {
        fields = SLICE_EMPTY;
    }
    struct slice shown =
        arena_printf(arena, "%.*s.%.*s%s%.*s", S(owner), S(rest), fields.len ? "\t" : "", S(fields));
    free(text);
    return shown;
}

struct slice dns_record_show(const ldns_rr *rr, struct arena *arena) {
    return show_record(rr, host_of(ldns_rr_owner(rr), arena), arena);
}

const char *dns_record_parse(const char *line, struct zone_state *state, struct arena *arena,
                             struct slice *name, struct dns_record *record) {
    ldns_rr *rr = NULL;
    memory_watch();
    size_t text = strlen(line) > MOST_OF_LDNS ? text_begins(slice_of(line)) : 0;
    if (text)
        return parse_long_text(line, text, state, arena, name, record);
    ldns_status status = ldns_rr_new_frm_str(&rr, line, state->ttl, state->origin, &state->previous);
    memory_check("to read a record");
    if (status != LDNS_STATUS_OK || !rr)
        return status != LDNS_STATUS_OK ? ldns_get_errorstr_by_id(status) : "no record";
    const char *wrong = NULL;
    *name = host_of(ldns_rr_owner(rr), arena);
    record->type = ldns_rr_get_class(rr) == LDNS_RR_CLASS_IN ? ldns_rr_get_type(rr) : 0;
    if (ldns_rr_rd_count(rr) < fields_of(record->type))
        wrong = "the record has too few fields";
    else
        read_fields(record, rr, arena);
    record->shown = show_record(rr, *name, arena);
    ldns_rr_free(rr);
    if (!wrong &&
        slice_find_char(record->shown, '\t') >= LDNS_MAX_DOMAINLEN) /* ldns would not read it again */
        wrong = "the name is too long once it is escaped";
    return wrong;
}
