/* Hashes: see hash.h. In a process the multiplications of wyhash (Wang Yi, github.com/wangyi-fudan/wyhash),
 * with words that nobody outside knows in the place of its constants, as Go's maps have it
 * (runtime/hash64.go); for what processes hand each other SipHash-1-3 (Aumasson and Bernstein, "SipHash: a
 * fast short-input PRF", 2012). */
#define _GNU_SOURCE
#include "parsers/base/hash.h"

#include "parsers/base/slice.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct state {
    uint64_t a, b, c, d;
};

#define INLINE inline __attribute__((always_inline)) /* the state stays in registers */

static INLINE uint64_t rotate(uint64_t x, int by) {
    return x << by | x >> (64 - by);
}

static INLINE void mix(struct state *s) {
    s->a += s->b;
    s->c += s->d;
    s->b = rotate(s->b, 13) ^ s->a;
    s->d = rotate(s->d, 16) ^ s->c;
    s->a = rotate(s->a, 32);
    s->c += s->b;
    s->a += s->d;
    s->b = rotate(s->b, 17) ^ s->c;
    s->d = rotate(s->d, 21) ^ s->a;
    s->c = rotate(s->c, 32);
}

static INLINE void take(struct state *s, uint64_t word) {
    s->d ^= word;
    mix(s);
    s->a ^= word;
}

/* The last bytes, fewer than eight, the first of them lowest: loads that may overlap, and no call. */
static INLINE uint64_t tail_of(const char *p, size_t len) {
    uint32_t low = 0, high = 0;
    if (len >= 4) {
        memcpy(&low, p, 4);
        memcpy(&high, p + len - 4, 4);
        return low | (uint64_t)high << (8 * (len - 4));
    }
    for (size_t i = 0; i < len; i++)
        low |= (uint32_t)(unsigned char)p[i] << (8 * i);
    return low;
}

uint64_t hash_alike(const char *p, size_t len, uint64_t number) {
    struct state s = {0x736f6d6570736575u, 0x646f72616e646f6du, 0x6c7967656e657261u, 0x7465646279746573u};
    uint64_t word = 0;
    if (number)
        take(&s, number);
    uint64_t end = (uint64_t)len << 56;
    for (; len >= sizeof word; p += sizeof word, len -= sizeof word) {
        memcpy(&word, p, sizeof word);
        take(&s, word);
    }
    take(&s, tail_of(p, len) | end);
    s.c ^= 0xff;
    mix(&s);
    mix(&s);
    mix(&s);
    return s.a ^ s.b ^ s.c ^ s.d;
}

static const uint64_t *process_key(void) {
    static uint64_t key[3];
    static gsize is_ready;
    if (g_once_init_enter(&is_ready)) {
        if (getentropy(key, sizeof key) != 0) /* GLib's own would be the time, where no file can be opened */
            abort();
        g_once_init_leave(&is_ready, 1);
    }
    return key;
}

/* Both halves of the product. */
static INLINE uint64_t multiply(uint64_t a, uint64_t b) {
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static INLINE uint64_t word_at(const char *p) {
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

uint64_t hash_bytes(const char *p, size_t len, uint64_t number) {
    const uint64_t *key = process_key();
    uint64_t hash = key[0] ^ number;
    size_t left = len;
    for (; left > 16; p += 16, left -= 16)
        hash = multiply(word_at(p) ^ key[1], word_at(p + 8) ^ hash);
    uint64_t first = left < 8 ? tail_of(p, left) : word_at(p);
    uint64_t last = left < 8 ? 0 : word_at(p + left - 8);
    hash = multiply(first ^ key[1], last ^ hash);
    return multiply(hash ^ key[2], len ^ key[1]);
}

/* In pieces of bounded length: the hash of what came before goes into that of the next piece. */
uint64_t hash_bytes_nocase(const char *p, size_t len) {
    uint64_t hash = len;
    while (len) {
        char lower[64];
        size_t piece = len < sizeof lower ? len : sizeof lower;
        for (size_t i = 0; i < piece; i++)
            lower[i] = ascii_lower(p[i]);
        hash = hash_bytes(lower, piece, hash);
        p += piece;
        len -= piece;
    }
    return hash;
}

guint hash_string(gconstpointer string) {
    return (guint)hash_bytes(string, strlen(string), 0);
}
