/* Pieces of logs: see log_pieces.h. */
#include "analyze/log_pieces.h"

#include <string.h>

enum {
    TEXT_FROM,
    TEXT_TO,
    TEXT_PLACE,
    TEXT_AFTER,
    TEXT_WRITTEN,
    TEXT_HOW,
    TEXT_OTHER,
    TEXT_NAME,
    TEXT_PATH,
    TEXTS
};

static bool take_number(const char *text, uint64_t most, uint64_t *number) {
    return g_ascii_string_to_unsigned(text, 10, 0, most, number, NULL);
}

static bool take_piece(const char *const texts[TEXTS], struct log_piece *piece) {
    uint64_t place, after, written;
    const char *how = texts[TEXT_HOW];
    bool is_same = strcmp(how, "same-as") == 0;
    bool is_start = strcmp(how, "start-of") == 0;
    bool is_sense = take_number(texts[TEXT_FROM], INT64_MAX, &piece->from) &&
                    take_number(texts[TEXT_TO], INT64_MAX, &piece->to) &&
                    take_number(texts[TEXT_PLACE], INT32_MAX, &place) &&
                    take_number(texts[TEXT_AFTER], UINT32_MAX, &after) &&
                    take_number(texts[TEXT_WRITTEN], UINT32_MAX, &written) && (!*how || is_same || is_start);
    if (!is_sense)
        return false;
    piece->place = (unsigned)place;
    piece->after = (int64_t)after;
    piece->written = (int64_t)written;
    piece->same_as = is_same ? texts[TEXT_OTHER] : NULL;
    piece->start_of = is_start ? texts[TEXT_OTHER] : NULL;
    piece->name = texts[TEXT_NAME];
    piece->path = texts[TEXT_PATH];
    return *piece->path != '\0';
}

bool log_pieces_read(struct log_pieces *pieces, char *bytes, size_t len) {
    pieces->pieces = g_array_new(FALSE, FALSE, sizeof(struct log_piece));
    pieces->bytes = bytes;
    if (!len || bytes[len - 1])
        return false;
    for (size_t at = 0; at < len;) {
        const char *texts[TEXTS];
        struct log_piece piece;
        for (int i = 0; i < TEXTS; i++) {
            if (at >= len)
                return false;
            texts[i] = bytes + at;
            at += strlen(texts[i]) + 1;
        }
        if (!take_piece(texts, &piece))
            return false;
        g_array_append_val(pieces->pieces, piece);
    }
    return true;
}

void log_pieces_free(struct log_pieces *pieces) {
    if (pieces->pieces)
        g_array_free(pieces->pieces, TRUE);
    g_free(pieces->bytes);
}
