/* Reports that persons pass on as text: see passed_on.h. */
#include "parsers/bounce/passed_on.h"

#include "parsers/bounce/field_lines.h"

#define LEAST_QUOTED 4 /* lines */

bool sender_is_mail_system(struct slice sender) {
    static const char *const words[] = {
        "mailer-daemon@",      "postmaster@",
        "mail delivery s", /* System, Subsystem, Service */
        "mail delivery agent", "mail administrator",
        "<mailer-daemon>",     "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e@"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_find_nocase(sender, slice_of(words[i])) < sender.len)
            return true;
    return false;
}

static void note_sender(void *context, const struct field_line *field) {
    bool *is_system = context;
    *is_system |= field_line_is_from(field) && sender_is_mail_system(field->value);
}

struct slice passed_on_report(struct slice text) {
    struct slice line;
    struct field_line field;
    for (struct slice rest = text; rest.len;) {
        struct slice behind = rest;
        slice_next_line(&behind, &line);
        if (!field_line_read(line, &field)) {
            rest = behind;
            continue;
        }
        bool is_system = false;
        unsigned fields = field_block_take(&rest, note_sender, &is_system);
        if (fields > 1 && is_system)
            return rest;
    }
    return SLICE_EMPTY;
}

/* Sendmail's transcripts have ">>> " of their own: "quoted" is what has a mark of one or two. */
static size_t mark_length(struct slice line) {
    size_t n = 0;
    if (slice_starts_nocase(line, SLICE(">>>")))
        return 0;
    while (n < line.len && strchr(">|", line.ptr[n])) {
        n++;
        n += n + 1 < line.len && line.ptr[n] == ' ' && strchr(">|", line.ptr[n + 1]);
    }
    return n ? n + (n < line.len && line.ptr[n] == ' ') : 0;
}

struct slice passed_on_quoted(struct slice text, struct arena *arena) {
    char *plain = arena_open(arena, text.len + 1);
    char *end = plain;
    unsigned lines = 0;
    for (struct slice line; slice_next_line(&text, &line);) {
        size_t mark = mark_length(line);
        if (!mark)
            continue;
        line = slice_from(line, mark);
        if (line.len)
            memcpy(end, line.ptr, line.len);
        end += line.len;
        *end++ = '\n';
        lines++;
    }
    return arena_close(arena, plain, lines < LEAST_QUOTED ? 0 : (size_t)(end - plain));
}
