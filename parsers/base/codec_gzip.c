/* Expanding of gzip: see codec_gzip.h. */
#include "parsers/base/codec_gzip.h"

#include <glib.h>
#include <zlib.h>

static void *begin(int window_bits) {
    z_stream *z = g_new0(z_stream, 1);
    inflateInit2(z, window_bits);
    return z;
}

static void *gzip_open(void) {
    return begin(15 + 16);
}

static void *deflate_open(void) {
    return begin(-15);
}

static enum step gzip_step(void *state, struct window *w) {
    z_stream *z = state;
    uInt in = (uInt)MIN(w->in_left, (size_t)1 << 30);
    uInt out = (uInt)MIN(w->out_left, (size_t)1 << 30);
    z->next_in = (Bytef *)w->in;
    z->avail_in = in;
    z->next_out = w->out;
    z->avail_out = out;
    int rc = inflate(z, Z_NO_FLUSH);
    w->in += in - z->avail_in;
    w->in_left -= in - z->avail_in;
    w->out += out - z->avail_out;
    w->out_left -= out - z->avail_out;
    if (rc == Z_STREAM_END)
        return STEP_MEMBER_END;
    return rc == Z_OK || (rc == Z_BUF_ERROR && z->avail_out == 0) ? STEP_MORE : STEP_BAD;
}

static void gzip_close(void *state) {
    inflateEnd(state);
    g_free(state);
}

const struct codec codec_gzip = {gzip_open, gzip_step, gzip_close};
const struct codec codec_deflate = {deflate_open, gzip_step, gzip_close};
