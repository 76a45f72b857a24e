/* GMime's decoders: see mime_text.h. */
#include "parsers/base/mime_text.h"

#include "parsers/base/encoded_words.h"

#include <glib.h>
#include <gmime/gmime.h>
#include <stdatomic.h>

/* Has GMime been asked for anything since it last forgot? */
static atomic_bool is_used;

void mime_begin(void) {
    static gsize is_ready;
    atomic_store_explicit(&is_used, true, memory_order_relaxed);
    if (g_once_init_enter(&is_ready)) {
        g_mime_init();
        g_once_init_leave(&is_ready, 1);
    }
}

void mime_forget(void) {
    if (!atomic_exchange(&is_used, false))
        return;
    g_mime_charset_map_shutdown();
    g_mime_charset_map_init();
}

struct slice mime_decode(struct arena *arena, struct slice raw, bool is_base64) {
    GMimeEncoding state;
    g_mime_encoding_init_decode(&state, is_base64 ? GMIME_CONTENT_ENCODING_BASE64
                                                  : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    char *out = arena_alloc(arena, g_mime_encoding_outlen(&state, raw.len) + 1);
    return (struct slice){out, g_mime_encoding_step(&state, raw.ptr, raw.len, out)};
}

const char *mime_charset(const char *charset) {
    mime_begin();
    return g_mime_charset_iconv_name(charset);
}

struct slice mime_decode_header(struct arena *arena, struct slice s) {
    size_t within = encoded_words_within(s);
    mime_begin();
    g_autofree char *decoded =
        g_mime_utils_header_decode_text(NULL, arena_string(arena, slice_upto(s, within)));
    if (within == s.len)
        return arena_copy(arena, slice_of(decoded));
    return arena_printf(arena, "%s%.*s", decoded, S(slice_from(s, within)));
}
