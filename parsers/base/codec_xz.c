/* Expanding of xz: see codec_xz.h. */
#include "parsers/base/codec_xz.h"

#include <glib.h>
#include <lzma.h>

static void *xz_open(void) {
    lzma_stream *z = g_new0(lzma_stream, 1);
    if (lzma_stream_decoder(z, (uint64_t)256 << 20, 0) != LZMA_OK)
        z->allocator = NULL;
    return z;
}

static enum step xz_step(void *state, struct window *w) {
    lzma_stream *z = state;
    z->next_in = w->in;
    z->avail_in = w->in_left;
    z->next_out = w->out;
    z->avail_out = w->out_left;
    lzma_ret rc = lzma_code(z, LZMA_RUN);
    w->in = z->next_in;
    w->in_left = z->avail_in;
    w->out = z->next_out;
    w->out_left = z->avail_out;
    if (rc == LZMA_STREAM_END)
        return STEP_MEMBER_END;
    return rc == LZMA_OK ? STEP_MORE : STEP_BAD;
}

static void xz_close(void *state) {
    lzma_end(state);
    g_free(state);
}

const struct codec codec_xz = {xz_open, xz_step, xz_close};
