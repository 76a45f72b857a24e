/* Canonical forms: see canon.h. Line ends are read as CRLF, LF or lone CR, and are CRLF in what is hashed. */
#include "analyze/auth/canon.h"

#include "parsers/dns/tags.h"

#include <openssl/x509.h>

#define MOST_OF_TAGS   100   /* of one signature */
#define MOST_OF_FIELDS 20000 /* fields of one header; those below are not signed by anyone */

static bool is_word(struct slice text, const char *word) {
    return slice_equal_nocase(slice_trim(text), slice_of(word));
}

static void take_canonicalisation(struct signed_by *s, struct slice value) {
    size_t slash = slice_find_char(value, '/');
    struct slice header = slice_upto(value, slash);
    struct slice body = slice_from(value, slash + 1);
    s->is_relaxed_header = is_word(header, "relaxed");
    s->is_relaxed_body = is_word(body, "relaxed");
    if ((header.len && !s->is_relaxed_header && !is_word(header, "simple")) ||
        (body.len && !s->is_relaxed_body && !is_word(body, "simple")))
        s->error = "its canonicalisation (c=) is not known";
}

static int64_t number_of(struct slice value) {
    int64_t number = 0;
    for (size_t i = 0; i < value.len; i++) {
        if (!ascii_is_digit(value.ptr[i]) || number > INT64_MAX / 20)
            return -1;
        number = number * 10 + (value.ptr[i] - '0');
    }
    return value.len ? number : -1;
}

static void take_number(struct signed_by *s, struct slice value, int64_t *number, const char *error) {
    *number = number_of(value);
    if (*number < 0)
        s->error = error;
}

static void take_tag(struct signed_by *s, const struct tag *tag, struct arena *arena) {
    if (slice_equal(tag->name, SLICE("bh"))) {
        if (!tag_base64(arena, tag->value, &s->body_hash))
            s->error = "its body hash (bh=) is damaged";
        return;
    }
    static const struct {
        char name;
        size_t offset;
    } texts[] = {{'v', offsetof(struct signed_by, version)},  {'q', offsetof(struct signed_by, query)},
                 {'d', offsetof(struct signed_by, domain)},   {'s', offsetof(struct signed_by, selector)},
                 {'i', offsetof(struct signed_by, identity)}, {'a', offsetof(struct signed_by, algorithm)},
                 {'h', offsetof(struct signed_by, fields)}};
    char name = tag->name.len == 1 ? tag->name.ptr[0] : '\0';
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        if (texts[i].name == name)
            *(struct slice *)(void *)((char *)s + texts[i].offset) = tag->value;
    if (name == 'c')
        take_canonicalisation(s, tag->value);
    else if (name == 'l')
        take_number(s, tag->value, &s->length, "its body length (l=) is no number");
    else if (name == 't')
        take_number(s, tag->value, &s->time, "its time (t=) is no number");
    else if (name == 'x')
        take_number(s, tag->value, &s->expires, "its end (x=) is no number");
    else if (name == 'b' && !tag_base64(arena, tag->value, &s->signature))
        s->error = "its signature (b=) is damaged";
}

/* Tags may stand once (RFC 6376 section 3.2). */
static bool is_repeated(struct slice value, const struct tag *tag) {
    struct tag other;
    bool is_wrong = false;
    while (tag_next(&value, &other, &is_wrong) && other.name.ptr != tag->name.ptr)
        if (slice_equal(other.name, tag->name))
            return true;
    return false;
}

void signed_by_parse(struct slice value, struct arena *arena, struct signed_by *s) {
    static const struct slice algorithms[] = {{"rsa-sha256", 10}, {"ed25519-sha256", 14}, {"rsa-sha1", 8}};
    struct tag tag;
    bool is_wrong = false;
    unsigned count = 0;
    *s = (struct signed_by){.length = -1, .time = -1, .expires = -1};
    for (struct slice rest = value; count < MOST_OF_TAGS && tag_next(&rest, &tag, &is_wrong); count++) {
        take_tag(s, &tag, arena);
        if (is_repeated(value, &tag))
            s->error = "a tag stands twice in it";
    }
    if (is_wrong || count == MOST_OF_TAGS)
        s->error = "a piece of it is no tag=value";
    for (size_t i = 0; i < G_N_ELEMENTS(algorithms); i++)
        s->is_known_algorithm |= slice_equal_nocase(s->algorithm, algorithms[i]);
}

/* Fetched once: libcrypto looks an algorithm up at each use otherwise. */
static const EVP_MD *fetched(const char *name, EVP_MD **kept) {
    static GMutex lock;
    g_mutex_lock(&lock);
    if (!*kept)
        *kept = EVP_MD_fetch(NULL, name, NULL);
    g_mutex_unlock(&lock);
    return *kept;
}

const EVP_MD *digest_of(const struct signed_by *s) {
    static EVP_MD *sha256, *sha1;
    if (slice_ends_nocase(s->algorithm, SLICE("-sha256")))
        return fetched("SHA2-256", &sha256);
    return slice_ends_nocase(s->algorithm, SLICE("-sha1")) ? fetched("SHA1", &sha1) : NULL;
}

void header_split(struct header_fields *all, struct slice header, struct arena *arena) {
    struct field field;
    struct slice rest = header;
    size_t count = 0;
    while (count < MOST_OF_FIELDS && field_next(&rest, &field))
        count++;
    *all = (struct header_fields){arena_alloc(arena, (count + 1) * sizeof(struct field)), 0};
    while (all->count < count && field_next(&header, &field))
        all->fields[all->count++] = field;
}

/* Blanks folded to one, none at the start and end (RFC 6376 section 3.4.2). */
static void append_relaxed(GString *out, struct slice value) {
    bool is_blank = false;
    bool has_begun = false;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            is_blank = true;
            continue;
        }
        if (is_blank && has_begun)
            g_string_append_c(out, ' ');
        g_string_append_c(out, c);
        is_blank = false;
        has_begun = true;
    }
}

/* Line ends as CRLF. */
static void append_simple(GString *out, struct slice value) {
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] == '\n' || value.ptr[i] == '\r') {
            g_string_append(out, "\r\n");
            i += value.ptr[i] == '\r' && i + 1 < value.len && value.ptr[i + 1] == '\n';
        } else {
            g_string_append_c(out, value.ptr[i]);
        }
}

void canon_field(GString *out, struct slice name, struct slice raw, bool is_relaxed) {
    if (is_relaxed) {
        for (size_t i = 0; i < name.len; i++)
            g_string_append_c(out, ascii_lower(name.ptr[i]));
        g_string_append_c(out, ':');
        append_relaxed(out, raw);
    } else { /* what stands between name and value too, as blanks before the colon */
        append_simple(out, (struct slice){name.ptr, (size_t)(raw.ptr - name.ptr)});
        append_simple(out, raw);
    }
    g_string_append(out, "\r\n");
}

/* A field with an empty b= (RFC 6376 section 3.5). */
static void append_unsigned(GString *copy, struct field field) {
    g_string_append_len(copy, field.name.ptr, field.raw.ptr - field.name.ptr);
    for (size_t at = 0; at < field.raw.len;) {
        struct slice rest = slice_from(field.raw, at);
        struct slice piece = slice_upto(rest, slice_find_char(rest, ';'));
        size_t equals = slice_find_char(piece, '=');
        bool is_signature = is_word(slice_upto(piece, equals), "b") && equals < piece.len;
        g_string_append_len(copy, piece.ptr, (gssize)(is_signature ? equals + 1 : piece.len));
        at += piece.len + 1;
        if (at <= field.raw.len)
            g_string_append_c(copy, ';');
    }
}

void canon_own_field(GString *out, struct field field, bool is_relaxed) {
    g_autoptr(GString) copy = g_string_new(NULL);
    append_unsigned(copy, field);
    struct slice whole = {copy->str, copy->len};
    canon_field(out, slice_upto(whole, field.name.len),
                slice_from(whole, (size_t)(field.raw.ptr - field.name.ptr)), is_relaxed);
    g_string_truncate(out, out->len - 2);
}

/* Where the search for the next field of a name goes on: h= may name one several times. */
struct name_place {
    struct slice name;
    size_t next;
};

void canon_header(GString *out, const struct header_fields *all, struct field own,
                  const struct signed_by *s) {
    struct slice list = s->fields;
    struct name_place places[64];
    size_t known = 0;
    size_t names = 0;
    g_string_truncate(out, 0);
    while (list.len && names++ < 512) {
        struct slice name = slice_trim(slice_upto(list, slice_find_char(list, ':')));
        list = slice_from(list, slice_find_char(list, ':') + 1);
        size_t at = 0;
        while (at < known && !slice_equal_nocase(places[at].name, name))
            at++;
        if (at == known && known < G_N_ELEMENTS(places))
            places[known++] = (struct name_place){name, all->count};
        for (size_t i = at < known ? places[at].next : 0; i > 0; i--) {
            places[at].next = i - 1;
            const struct field *f = &all->fields[i - 1];
            if (slice_equal_nocase(f->name, name)) {
                canon_field(out, f->name, f->raw, s->is_relaxed_header);
                break;
            }
        }
    }
    canon_own_field(out, own, s->is_relaxed_header);
}

/* --- bodies --- */

struct hashing {
    EVP_MD_CTX *context;
    bool is_relaxed;
    size_t empty_lines; /* held back: at the end they do not count */
    int64_t left;       /* bytes to hash; -1: all */
    size_t whole;
    char held[4096]; /* hashed in pieces */
    size_t used;
};

static void flush(struct hashing *h) {
    EVP_DigestUpdate(h->context, h->held, h->used);
    h->used = 0;
}

static void put(struct hashing *h, const char *bytes, size_t len) {
    h->whole += len;
    if (h->left >= 0) {
        len = (int64_t)len < h->left ? len : (size_t)h->left;
        h->left -= (int64_t)len;
    }
    if (len > sizeof h->held - h->used)
        flush(h);
    if (len > sizeof h->held) {
        EVP_DigestUpdate(h->context, bytes, len);
    } else {
        memcpy(h->held + h->used, bytes, len);
        h->used += len;
    }
}

/* Blanks at the end away, others folded to one (RFC 6376 section 3.4.4). */
static void put_relaxed(struct hashing *h, struct slice line) {
    char out[512];
    size_t used = 0;
    while (line.len && (line.ptr[line.len - 1] == ' ' || line.ptr[line.len - 1] == '\t'))
        line.len--;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        if (c == '\t' || c == ' ') {
            c = ' ';
            while (line.ptr[i + 1] == ' ' || line.ptr[i + 1] == '\t') /* it does not end in a blank */
                i++;
        }
        out[used++] = c;
        if (used == sizeof out) {
            put(h, out, used);
            used = 0;
        }
    }
    put(h, out, used);
}

static bool is_empty(struct slice line, bool is_relaxed) {
    for (size_t i = 0; i < line.len; i++)
        if (!is_relaxed || (line.ptr[i] != ' ' && line.ptr[i] != '\t'))
            return false;
    return true;
}

static void put_line(struct hashing *h, struct slice line) {
    if (is_empty(line, h->is_relaxed)) {
        h->empty_lines++;
        return;
    }
    for (; h->empty_lines; h->empty_lines--)
        put(h, "\r\n", 2);
    if (h->is_relaxed)
        put_relaxed(h, line);
    else
        put(h, line.ptr, line.len);
    put(h, "\r\n", 2);
}

static unsigned finish(struct hashing *h, unsigned char *hash) {
    unsigned size = 0;
    if (h->whole == 0 && !h->is_relaxed)
        put(h, "\r\n", 2); /* an empty body is one CRLF (RFC 6376 section 3.4.3) */
    flush(h);
    EVP_DigestFinal_ex(h->context, hash, &size);
    return size;
}

unsigned canon_body_hash(struct slice body, bool is_relaxed, int64_t length, const EVP_MD *digest,
                         unsigned char *hash, size_t *whole) {
    struct hashing h = {.context = EVP_MD_CTX_new(), .is_relaxed = is_relaxed, .left = length};
    EVP_DigestInit_ex(h.context, digest, NULL);
    for (struct slice line; slice_next_line(&body, &line);)
        put_line(&h, line);
    unsigned size = finish(&h, hash);
    *whole = h.whole;
    EVP_MD_CTX_free(h.context);
    return size;
}

bool hash_is_signed(const struct signed_by *s, const unsigned char *hash, unsigned size) {
    return size == s->body_hash.len && memcmp(hash, s->body_hash.ptr, size) == 0;
}

bool body_is_signed(const struct signed_by *s, struct slice body) {
    unsigned char hash[EVP_MAX_MD_SIZE];
    size_t whole;
    unsigned size = canon_body_hash(body, s->is_relaxed_body, s->length, digest_of(s), hash, &whole);
    return hash_is_signed(s, hash, size);
}

void canon_body_each_line(struct slice body, bool is_relaxed, const EVP_MD *digest, size_t most,
                          canon_line_hash *each, void *context) {
    struct hashing h = {.context = EVP_MD_CTX_new(), .is_relaxed = is_relaxed, .left = -1};
    struct slice rest = body;
    EVP_MD_CTX *copy = EVP_MD_CTX_new();
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    size_t lines = 0;
    for (size_t i = 0; i < body.len; i++)
        lines += body.ptr[i] == '\n';
    EVP_DigestInit_ex(h.context, digest, NULL);
    for (struct slice line; slice_next_line(&rest, &line);) {
        put_line(&h, line);
        if (lines-- > most || h.empty_lines)
            continue;
        flush(&h);
        EVP_MD_CTX_copy_ex(copy, h.context);
        EVP_DigestFinal_ex(copy, hash, &size);
        if (!each(context, slice_upto(body, (size_t)(line.ptr + line.len - body.ptr)), hash, size))
            break;
    }
    EVP_MD_CTX_free(copy);
    EVP_MD_CTX_free(h.context);
}

/* --- keys --- */

EVP_PKEY *public_key(const struct dkim_key *key) {
    const unsigned char *bytes = (const unsigned char *)key->bytes.ptr;
    if (slice_equal_nocase(key->type, SLICE("ed25519")))
        return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, bytes, key->bytes.len);
    EVP_PKEY *read = d2i_PUBKEY(NULL, &bytes, (long)MIN(key->bytes.len, (size_t)1 << 20));
    if (!read) {
        bytes =
            (const unsigned char *)key->bytes.ptr; /* without its wrapping (RFC 8017), as some publish it */
        read = d2i_PublicKey(EVP_PKEY_RSA, NULL, &bytes, (long)MIN(key->bytes.len, (size_t)1 << 20));
    }
    return read;
}

bool signature_holds(EVP_PKEY *key, const struct signed_by *s, const GString *text) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const unsigned char *signature = (const unsigned char *)s->signature.ptr;
    const unsigned char *bytes = (const unsigned char *)text->str;
    size_t len = text->len;
    const EVP_MD *digest = digest_of(s);
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_PKEY_get_id(key) == EVP_PKEY_ED25519) { /* the hash is what is signed (RFC 8463 section 3) */
        EVP_Digest(bytes, len, hash, &size, digest, NULL);
        bytes = hash;
        len = size;
        digest = NULL;
    }
    bool holds = EVP_DigestVerifyInit(context, NULL, digest, NULL, key) == 1 &&
                 EVP_DigestVerify(context, signature, s->signature.len, bytes, len) == 1;
    EVP_MD_CTX_free(context);
    return holds;
}
