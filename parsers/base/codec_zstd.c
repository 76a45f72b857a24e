/* Expanding of zstd: see codec_zstd.h. */
#include "parsers/base/codec_zstd.h"

#include <glib.h>
#include <zstd.h>

static void *zstd_open(void) {
    ZSTD_DCtx *z = ZSTD_createDCtx();
    ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, 27);
    return z;
}

static enum step zstd_step(void *state, struct window *w) {
    ZSTD_inBuffer in = {w->in, w->in_left, 0};
    ZSTD_outBuffer out = {w->out, w->out_left, 0};
    size_t rc = ZSTD_decompressStream(state, &out, &in);
    w->in += in.pos;
    w->in_left -= in.pos;
    w->out += out.pos;
    w->out_left -= out.pos;
    if (ZSTD_isError(rc) || (rc && in.pos == 0 && out.pos == 0))
        return STEP_BAD;
    return rc == 0 ? STEP_MEMBER_END : STEP_MORE;
}

static void zstd_close(void *state) {
    ZSTD_freeDCtx(state);
}

const struct codec codec_zstd = {zstd_open, zstd_step, zstd_close};
