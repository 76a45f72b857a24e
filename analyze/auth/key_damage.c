/* Damaged key records: see key_damage.h. */
#include "analyze/auth/key_damage.h"

#include "parsers/base/text.h"
#include "parsers/dns/dkim_key.h"
#include "parsers/dns/dmarc_record.h"
#include "parsers/dns/spf_record.h"
#include "parsers/dns/tags.h"
#include "parsers/dns/zone_line.h"

#include <string.h>

#define MOST_MENDED    4000 /* bytes of a record that is put right */
#define SIZE_ED25519   32   /* bytes of a key (RFC 8463 section 4) */
#define MOST_OF_TYPE   20
#define MOST_TAGS      20  /* of a record whose tags are put in order */
#define MOST_OF_STRING 255 /* bytes of one string of a TXT record (RFC 1035 section 3.3.14) */

static bool holds(struct slice text, const char *words) {
    return slice_find_nocase(text, slice_of(words)) < text.len;
}

/* The length of a DER sequence (X.690 section 8.1.3) with its heading; 0: it is none. */
static size_t der_length(struct slice bytes) {
    const unsigned char *b = (const unsigned char *)bytes.ptr;
    if (bytes.len < 4 || b[0] != 0x30)
        return 0;
    if (b[1] < 0x80)
        return 2 + (size_t)b[1];
    if (b[1] == 0x81)
        return 3 + (size_t)b[2];
    return b[1] == 0x82 ? 4 + ((size_t)b[2] << 8 | b[3]) : 0;
}

/* A private key, as PKCS#1 and PKCS#8 write it, begins with the number of its version (RFC 8017 appendix
 * A.1.2, RFC 5208 section 5); a public one does not. */
static bool is_private(struct slice bytes) {
    size_t at = bytes.len > 1 && (unsigned char)bytes.ptr[1] == 0x82 ? 4 : 3;
    return der_length(bytes) && bytes.len > at + 3 && memcmp(bytes.ptr + at, "\x02\x01\x00", 3) == 0;
}

/* The record with a plus sign for each blank in the key, where it is whole then: a form took the key for part
 * of a URL. Else empty. */
static struct slice with_plus(struct slice text, struct arena *arena) {
    struct slice value = tag_find(text, SLICE("p"));
    struct dkim_key key;
    if (text.len > MOST_MENDED || slice_find_char(value, ' ') == value.len)
        return SLICE_EMPTY;
    struct slice copy = arena_copy(arena, text);
    char *at = (char *)copy.ptr + (value.ptr - text.ptr);
    for (size_t i = 0; i < value.len; i++)
        at[i] = at[i] == ' ' ? '+' : at[i];
    bool is_whole = dkim_key_parse(copy, arena, &key) && der_length(key.bytes) == key.bytes.len;
    return is_whole ? copy : SLICE_EMPTY;
}

static struct slice damage_of_value(struct slice text, struct slice value, struct arena *arena) {
    struct dkim_key key;
    dkim_key_parse(text, arena, &key);
    size_t whole = der_length(key.bytes);
    if (holds(value, "BEGIN") || holds(value, "-----"))
        return SLICE(
            "the lines BEGIN and END of the key's file stand in it: only what is between them belongs there");
    if (slice_find_char(value, ')') < value.len)
        return SLICE("the brackets that a zone file has around several lines stand in it");
    if (slice_find_char(value, '"') < value.len)
        return SLICE("quotation marks stand in the key: its strings were put together with them");
    if (is_private(key.bytes))
        return SLICE(
            "it is the private key: whoever reads it can sign in your name; take it out, and make a new "
            "pair");
    if (key.bytes.len == SIZE_ED25519 && !slice_equal_nocase(key.type, SLICE("ed25519")))
        return SLICE("it has the size of a key of ed25519, but k= does not say ed25519");
    if ((!whole || whole > key.bytes.len) && with_plus(text, arena).len)
        return SLICE("blanks stand where plus signs were, as forms do that take a text for part of a URL");
    if (whole > key.bytes.len && text.len == MOST_OF_STRING)
        return SLICE("it was cut at 255 bytes: a longer text must be published as several strings");
    if (whole > key.bytes.len)
        return arena_printf(arena, "the key was cut: it has %zu of %zu bytes", key.bytes.len, whole);
    if (whole && whole < key.bytes.len)
        return SLICE("something stands behind the end of the key");
    if (slice_starts_nocase(value, SLICE("ssh-")) || slice_starts_nocase(value, SLICE("AAAA")))
        return SLICE("it is a key of SSH, not one of DKIM");
    if (slice_starts_nocase(value, SLICE("MIIE")) || slice_starts_nocase(value, SLICE("MIIC")))
        return SLICE("it looks like another kind of key or a certificate: make a new pair");
    return SLICE_EMPTY;
}

/* Does a tag begin behind a blank there, with no semicolon before it: "k=rsa p=…"? */
static bool lacks_semicolon(struct slice text, size_t at) {
    static const char names[] = "vkphtsn";
    size_t before = at;
    if (at == 0 || at + 1 >= text.len || !strchr(names, text.ptr[at]) || text.ptr[at + 1] != '=' ||
        !ascii_is_space(text.ptr[at - 1]))
        return false;
    while (before > 0 && ascii_is_space(text.ptr[before - 1]))
        before--;
    return before > 0 && text.ptr[before - 1] != ';' && text.ptr[before - 1] != ',';
}

/* With the semicolons that are missing between its tags. */
static struct slice with_semicolons(struct slice text, struct arena *arena) {
    char *out = arena_open(arena, 2 * text.len + 1);
    size_t used = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (lacks_semicolon(text, i)) {
            while (used && ascii_is_space(out[used - 1]))
                used--;
            out[used++] = ';';
            out[used++] = ' ';
        }
        out[used++] = text.ptr[i];
    }
    return arena_close(arena, out, used);
}

struct slice key_damage(struct slice text, struct arena *arena) {
    struct slice value = tag_find(text, SLICE("p"));
    if (spf_record_is(text))
        return SLICE("it is an SPF record: a wildcard (*) of the domain answers where no key is published");
    if (dmarc_record_is(text))
        return SLICE("it is a DMARC record");
    if (zone_line_text(text, arena).len)
        return SLICE(
            "a whole line of a zone file stands in it: the name and the type before its text do not belong "
            "there");
    if (slice_find_char(text, '\\') < text.len)
        return SLICE("backslashes stand in it, which somebody's form or file wrote into the record");
    bool is_short = text.len <= MOST_MENDED;
    if (!value.len && is_short && tag_find(with_semicolons(text, arena), SLICE("p")).len)
        return SLICE("semicolons are missing between its tags");
    struct slice type = tag_find(text, SLICE("k"));
    if (type.len && !slice_equal(type, SLICE("rsa")) && !slice_equal(type, SLICE("ed25519")))
        return arena_printf(arena, "k=%.*s, where rsa or ed25519 belongs",
                            S(text_clean_line(arena, text_upto(type, MOST_OF_TYPE))));
    if (value.len)
        return damage_of_value(text, value, arena);
    if (holds(text, "DKIM1"))
        return SLICE("it has no key: p= is missing or was cut off");
    return SLICE(
        "it is some other text; perhaps a wildcard (*) of the domain answers where no key is published");
}

/* The text without each "-----…-----", as files of keys have around them. */
static struct slice without_armor(struct slice text, struct arena *arena) {
    const struct slice line = {"-----", 5};
    for (unsigned i = 0; i < 2; i++) {
        size_t start = slice_find(text, line);
        size_t end = start < text.len ? slice_find(slice_from(text, start + line.len), line) : 0;
        if (start == text.len || start + line.len + end == text.len)
            break;
        text = arena_printf(arena, "%.*s%.*s", S(slice_upto(text, start)),
                            S(slice_from(text, start + 2 * line.len + end)));
    }
    return text;
}

/* With other words in the place of a part of it. */
static struct slice replaced(struct slice text, struct slice part, const char *words, struct arena *arena) {
    size_t at = (size_t)(part.ptr - text.ptr);
    return arena_printf(arena, "%.*s%s%.*s", S(slice_upto(text, at)), words,
                        S(slice_from(text, at + part.len)));
}

/* With v=DKIM1 where another version stands. */
static struct slice with_version(struct slice text, struct arena *arena) {
    struct slice version = tag_find(text, SLICE("v"));
    return !version.len || slice_equal(version, SLICE("DKIM1")) ? text
                                                                : replaced(text, version, "DKIM1", arena);
}

/* With another k= where that names no type of a key that DKIM has: p= says which it is. */
static struct slice with_type(struct slice text, struct arena *arena) {
    struct slice type = tag_find(text, SLICE("k"));
    if (!type.len || slice_equal(type, SLICE("rsa")) || slice_equal(type, SLICE("ed25519")))
        return text;
    struct slice as_rsa = replaced(text, type, "rsa", arena);
    struct dkim_key key;
    dkim_key_parse(as_rsa, arena, &key);
    return key.bytes.len == SIZE_ED25519 ? replaced(text, type, "ed25519", arena) : as_rsa;
}

/* With v= before the other tags, where it stands behind them (RFC 6376 section 3.6.1). */
static struct slice version_first(struct slice text, struct arena *arena) {
    struct slice version = tag_find(text, SLICE("v"));
    struct slice rest = text;
    struct slice out = SLICE("v=DKIM1");
    struct tag tag;
    bool is_wrong = false;
    if (!version.len || slice_starts_nocase(text, SLICE("v")))
        return text;
    for (unsigned i = 0; i < MOST_TAGS && tag_next(&rest, &tag, &is_wrong); i++)
        if (!slice_equal(tag.name, SLICE("v")))
            out = arena_printf(arena, "%.*s; %.*s=%.*s", S(out), S(tag.name), S(tag.value));
    return out;
}

/* Without the blanks in its key, which somebody copies else. */
static struct slice without_blanks(struct slice text, struct arena *arena) {
    struct slice value = tag_find(text, SLICE("p"));
    char *out = arena_open(arena, text.len + 1);
    size_t used = 0;
    for (const char *at = text.ptr; at < text.ptr + text.len; at++)
        if (at < value.ptr || at >= value.ptr + value.len || !ascii_is_space(*at))
            out[used++] = *at;
    return arena_close(arena, out, used);
}

/* With semicolons where commas or nothing stand between the tags, and with the p= that a bare key lacks. */
static struct slice with_tags(struct slice text, struct arena *arena) {
    if (slice_find_char(text, ';') == text.len) {
        char *out = arena_open(arena, text.len);
        for (size_t i = 0; i < text.len; i++)
            out[i] = text.ptr[i] == ',' ? ';' : text.ptr[i];
        text = arena_close(arena, out, text.len);
    }
    text = with_semicolons(text, arena);
    size_t key = slice_find(text, SLICE("MII"));
    if (slice_find(text, SLICE("p=")) < text.len || key == text.len)
        return text;
    return arena_printf(arena, "%.*sp=%.*s", S(slice_upto(text, key)), S(slice_from(text, key)));
}

/* What a form or a program wrote for another character: "%2B", "\n". Empty: there is none. */
static struct slice unescaped(struct slice text, struct arena *arena) {
    static const struct {
        const char *written, *meant;
    } rows[] = {{"%2B", "+"}, {"%2F", "/"}, {"%3D", "="}, {"\\n", ""}, {"\\r", ""}};
    char *out = arena_open(arena, text.len + 1);
    size_t used = 0;
    for (size_t i = 0; i < text.len; i++) {
        size_t row = 0;
        while (row < sizeof rows / sizeof *rows &&
               !slice_starts_nocase(slice_from(text, i), slice_of(rows[row].written)))
            row++;
        bool is_found = row < sizeof rows / sizeof *rows;
        const char *meant = is_found ? rows[row].meant : NULL;
        if (!is_found)
            out[used++] = text.ptr[i];
        else if (*meant)
            out[used++] = *meant;
        i += is_found ? strlen(rows[row].written) - 1 : 0;
    }
    struct slice plain = arena_close(arena, out, used);
    return plain.len < text.len ? plain : SLICE_EMPTY;
}

static struct slice as_written_mended(struct slice text, struct arena *arena) {
    struct dkim_key key;
    if (text.len > MOST_MENDED)
        return SLICE_EMPTY;
    struct slice of_line = zone_line_text(text, arena);
    text = with_tags(of_line.len ? of_line : text, arena);
    if (slice_find(text, SLICE("p=")) == text.len)
        return SLICE_EMPTY;
    text = without_armor(text, arena);
    char *out = arena_open(arena, text.len + 1);
    size_t used = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] && !strchr("\\\"'()", text.ptr[i]))
            out[used++] = text.ptr[i];
    text = slice_trim(arena_close(arena, out, used));
    text = version_first(with_version(with_type(text, arena), arena), arena);
    bool is_key = dkim_key_parse(text, arena, &key);
    bool is_ed25519 = slice_equal_nocase(key.type, SLICE("ed25519"));
    bool is_right =
        is_key && !key.is_revoked && key.bytes.len == (is_ed25519 ? SIZE_ED25519 : der_length(key.bytes));
    return is_right ? without_blanks(text, arena) : with_plus(text, arena);
}

struct slice key_mended(struct slice text, struct arena *arena) {
    struct slice plain = text.len > MOST_MENDED ? SLICE_EMPTY : unescaped(text, arena);
    struct slice found = plain.len ? as_written_mended(plain, arena) : SLICE_EMPTY;
    return found.len ? found : as_written_mended(text, arena);
}
