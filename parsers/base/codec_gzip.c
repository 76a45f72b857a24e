/* Expanding of gzip: see codec_gzip.h. */
#include "parsers/base/codec_gzip.h"

#include <glib.h>
#include <isa-l/igzip_lib.h>

static void *begin(uint32_t wrapper) {
    struct inflate_state *z = g_new0(struct inflate_state, 1);
    isal_inflate_init(z);
    z->crc_flag = wrapper;
    return z;
}

static void *gzip_open(void) {
    return begin(ISAL_GZIP);
}

static void *deflate_open(void) {
    return begin(ISAL_DEFLATE);
}

static enum step gzip_step(void *state, struct window *w) {
    struct inflate_state *z = state;
    uint32_t in = (uint32_t)MIN(w->in_left, (size_t)1 << 30);
    uint32_t out = (uint32_t)MIN(w->out_left, (size_t)1 << 30);
    z->next_in = (uint8_t *)w->in;
    z->avail_in = in;
    z->next_out = w->out;
    z->avail_out = out;
    int rc = isal_inflate(z);
    bool is_stuck = z->avail_in == in && z->avail_out == out;
    uint32_t left = MIN(z->avail_in, in); /* it may give back what it had before */
    w->in += in - left;
    w->in_left -= in - left;
    w->out += out - z->avail_out;
    w->out_left -= out - z->avail_out;
    if (rc != ISAL_DECOMP_OK)
        return STEP_BAD;
    if (z->block_state == ISAL_BLOCK_FINISH)
        return STEP_MEMBER_END;
    return is_stuck ? STEP_BAD : STEP_MORE;
}

static void gzip_close(void *state) {
    g_free(state);
}

const struct codec codec_gzip = {gzip_open, gzip_step, gzip_close};
const struct codec codec_deflate = {deflate_open, gzip_step, gzip_close};
