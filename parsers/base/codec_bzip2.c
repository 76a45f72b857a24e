/* Expanding of bzip2: see codec_bzip2.h. */
#include "parsers/base/codec_bzip2.h"

#include <bzlib.h>
#include <glib.h>

static void *bzip2_open(void) {
    bz_stream *z = g_new0(bz_stream, 1);
    BZ2_bzDecompressInit(z, 0, 0);
    return z;
}

static enum step bzip2_step(void *state, struct window *w) {
    bz_stream *z = state;
    unsigned in = (unsigned)MIN(w->in_left, (size_t)1 << 30);
    unsigned out = (unsigned)MIN(w->out_left, (size_t)1 << 30);
    z->next_in = (char *)w->in;
    z->avail_in = in;
    z->next_out = (char *)w->out;
    z->avail_out = out;
    int rc = BZ2_bzDecompress(z);
    bool stuck = z->avail_in == in && z->avail_out == out;
    w->in += in - z->avail_in;
    w->in_left -= in - z->avail_in;
    w->out += out - z->avail_out;
    w->out_left -= out - z->avail_out;
    if (rc == BZ_STREAM_END)
        return STEP_MEMBER_END;
    return rc == BZ_OK && !stuck ? STEP_MORE : STEP_BAD;
}

static void bzip2_close(void *state) {
    BZ2_bzDecompressEnd(state);
    g_free(state);
}

const struct codec codec_bzip2 = {bzip2_open, bzip2_step, bzip2_close};
