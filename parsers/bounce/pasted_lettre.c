/* Errors of lettre: see pasted_lettre.h. */
#include "parsers/bounce/pasted_lettre.h"

#include "parsers/base/smtp_reply.h"

#include <glib.h>

/* The parts by which lettre names a code, in place of the code (lettre/lettre:src/transport/smtp/response.rs;
 * its issues 686, 694, 738; seen 2026-11-26). */
static bool read_debug(struct slice *found, struct slice text, struct arena *arena) {
    static const struct part {
        struct slice name;
        int value;
    } parts[] = {{SLICE("severity: TransientNegativeCompletion"), 400},
                 {SLICE("severity: PermanentNegativeCompletion"), 500},
                 {SLICE("category: Information"), 10},
                 {SLICE("category: Connections"), 20},
                 {SLICE("category: Unspecified3"), 30},
                 {SLICE("category: Unspecified4"), 40},
                 {SLICE("category: MailSystem"), 50},
                 {SLICE("detail: One"), 1},
                 {SLICE("detail: Two"), 2},
                 {SLICE("detail: Three"), 3},
                 {SLICE("detail: Four"), 4},
                 {SLICE("detail: Five"), 5},
                 {SLICE("detail: Six"), 6},
                 {SLICE("detail: Seven"), 7},
                 {SLICE("detail: Eight"), 8},
                 {SLICE("detail: Nine"), 9}};
    int code = 0;
    size_t at = slice_find(text, SLICE("lettre::transport::smtp::Error"));
    text = slice_upto(slice_from(text, at), 400);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        code += slice_find(text, parts[i].name) < text.len ? parts[i].value : 0;
    if (code < 400 || code > 599)
        return false;
    *found = arena_printf(arena, "%d", code);
    return true;
}

/* The words behind "error (535): " up to the end of the line, or to what vaultwarden puts behind them (" -
 * Authentication credentials invalid"). Empty: no such code stands there. */
static struct slice words_behind(struct slice text, size_t at, int *code) {
    struct slice s = slice_from(text, at);
    *code = reply_code(slice_upto(s, 3));
    if (*code < 400 || s.len < 5 || s.ptr[3] != ')' || s.ptr[4] != ':')
        return SLICE_EMPTY;
    struct slice words = slice_trim(slice_from(s, 5));
    words = slice_upto(words, slice_find(words, SLICE("\n\n")));
    words = slice_upto(words, slice_find(words, SLICE("\n[")));
    return slice_trim(slice_upto(words, slice_find(words, SLICE(" - Authentication credentials invalid"))));
}

/* As it is displayed (lettre/lettre:src/transport/smtp/error.rs; dani-garcia/vaultwarden issue 6038, seen
 * 2026-11-28): of several the one with the most words, for a title holds the start of one only. */
static bool read_displayed(struct slice *found, struct slice text, struct arena *arena) {
    static const struct slice mark = SLICE("t error (");
    struct slice best = SLICE_EMPTY;
    int best_code = 0;
    for (size_t at = 0; (at += slice_find(slice_from(text, at), mark)) < text.len; at += mark.len) {
        int code = 0;
        struct slice words = words_behind(text, at + mark.len, &code);
        if (words.len <= best.len)
            continue;
        best = words;
        best_code = code;
    }
    if (!best.len)
        return false;
    *found = arena_printf(arena, "%d %.*s", best_code, S(best));
    return true;
}

bool lettre_read(struct slice *found, struct slice text, struct arena *arena) {
    return read_displayed(found, text, arena) || read_debug(found, text, arena);
}
