/* Hashes of bodies: see body_hash.h. */
#include "analyze/auth/body_hash.h"

#include "analyze/auth/digest.h"

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

static void add_bytes(struct hashing *h, const char *bytes, size_t len) {
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
            add_bytes(h, out, used);
            used = 0;
        }
    }
    add_bytes(h, out, used);
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
        add_bytes(h, "\r\n", 2);
    if (h->is_relaxed)
        put_relaxed(h, line);
    else
        add_bytes(h, line.ptr, line.len);
    add_bytes(h, "\r\n", 2);
}

static unsigned finish(struct hashing *h, unsigned char *hash) {
    unsigned size = 0;
    if (h->whole == 0 && !h->is_relaxed)
        add_bytes(h, "\r\n", 2); /* an empty body is one CRLF (RFC 6376 section 3.4.3) */
    flush(h);
    EVP_DigestFinal_ex(h->context, hash, &size);
    return size;
}

unsigned body_hash(struct slice body, bool is_relaxed, int64_t length, const EVP_MD *digest,
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

bool hash_is_signed(const struct signature *s, const unsigned char *hash, unsigned size) {
    return size == s->body_hash.len && memcmp(hash, s->body_hash.ptr, size) == 0;
}

bool body_is_signed(const struct signature *s, struct slice body) {
    unsigned char hash[EVP_MAX_MD_SIZE];
    size_t whole;
    unsigned size = body_hash(body, s->is_relaxed_body, s->length, digest_of(s), hash, &whole);
    return hash_is_signed(s, hash, size);
}

void body_hash_each_line(struct slice body, bool is_relaxed, const EVP_MD *digest, size_t most,
                         take_line_hash *take, void *context) {
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
        if (!take(context, slice_upto(body, (size_t)(line.ptr + line.len - body.ptr)), hash, size))
            break;
    }
    EVP_MD_CTX_free(copy);
    EVP_MD_CTX_free(h.context);
}
