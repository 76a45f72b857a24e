/* See zip.h. */
#include "parsers/base/zip.h"

#include "parsers/base/codec_gzip.h"
#include "parsers/base/decompress.h"

#include <glib.h>

#define HEADER   30 /* bytes of a local file header, before the name (4.3.7) */
#define STORED   0
#define DEFLATED 8

bool zip_begins(struct slice bytes) {
    return bytes.len > HEADER && memcmp(bytes.ptr, "PK\3\4", 4) == 0;
}

static unsigned read16(struct slice s, size_t at) {
    return (unsigned char)s.ptr[at] | (unsigned)(unsigned char)s.ptr[at + 1] << 8;
}

static size_t read32(struct slice s, size_t at) {
    return read16(s, at) | (size_t)read16(s, at + 2) << 16;
}

static const char *inflate_all(struct slice packed, size_t most, GByteArray *out) {
    const struct codec *codec = FROM_MODULE(MODULE_GZIP, codec_deflate);
    struct window w = {.in = (const unsigned char *)packed.ptr, .in_left = packed.len};
    unsigned char room[16 << 10];
    void *state = codec->open();
    enum step step = STEP_MORE;
    const char *wrong = NULL;
    while (step == STEP_MORE && !wrong) {
        w.out = room;
        w.out_left = sizeof room;
        step = codec->step(state, &w);
        g_byte_array_append(out, room, (guint)(sizeof room - w.out_left));
        if (out->len > most ||
            (out->len > LIMIT_BOMB_BYTES && out->len / LIMIT_BOMB_RATIO > packed.len - w.in_left))
            wrong = "the archive's file is too large, or expands out of proportion: the rest was not read";
    }
    codec->close(state);
    return wrong                     ? wrong
           : step == STEP_MEMBER_END ? NULL
                                     : "the archive is damaged or cut: what came before was read";
}

const char *zip_first(struct slice bytes, size_t most, struct slice *plain) {
    size_t start = HEADER + (size_t)read16(bytes, 26) + read16(bytes, 28);
    unsigned method = read16(bytes, 8);
    bool is_encrypted = read16(bytes, 6) & 1;
    struct slice packed = slice_from(bytes, MIN(start, bytes.len));
    *plain = SLICE_EMPTY;
    if (is_encrypted || (method != STORED && method != DEFLATED))
        return "the archive is encrypted, or packed in a way that is not known";
    GByteArray *out = g_byte_array_new();
    const char *wrong = NULL;
    if (method == DEFLATED)
        wrong = inflate_all(packed, most, out);
    else
        g_byte_array_append(out, (const guint8 *)packed.ptr,
                            (guint)MIN(MIN(packed.len, read32(bytes, 18)), most));
    gsize length = out->len;
    plain->ptr = (char *)g_byte_array_free(out, FALSE);
    plain->len = length;
    return wrong;
}
