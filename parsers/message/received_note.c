/* Notes with words of the client: see received_note.h. */
#include "parsers/message/received_note.h"

#include <string.h>

static const struct row {
    const char *prefix;
    const char *until[2]; /* where one of them stands last, the program's words go on */
    enum note_kind kind;
    bool has_mechanism; /* a word before the user */
    bool names_nobody;
    bool is_sure_behind_by; /* before `by` it could be the client's word */
} rows[] = {
    {.prefix = "Authenticated sender:", .kind = NOTE_OF_USER},
    {.prefix = "authenticated user ", .kind = NOTE_OF_USER},
    {.prefix = "SquirrelMail authenticated user ", .kind = NOTE_OF_USER},
    {.prefix = "User authenticated as ", .kind = NOTE_OF_USER}, /* Sendmail, as MIT has it */
    {.prefix = "authenticated as ", .kind = NOTE_OF_USER, .is_sure_behind_by = true}, /* Openwave */
    {.prefix = "authenticated", .kind = NOTE_OF_USER, .names_nobody = true},
    {.prefix = "user=", .kind = NOTE_OF_USER, .until = {" mech="}},                     /* Sendmail */
    {.prefix = "smtp-auth username ", .kind = NOTE_OF_USER, .until = {", mechanism "}}, /* qpsmtpd, Axigen */
    {.prefix = "AUTH: ",
     .kind = NOTE_OF_USER,
     .until = {", TLS: ", ", SSL: "},
     .has_mechanism = true}, /* Courier */
    {.prefix = "envelope-from ", .kind = NOTE_OF_SENDER},
    {.prefix = "envelope-sender ", .kind = NOTE_OF_SENDER},
    {.prefix = "Client CN ", .kind = NOTE_OF_OTHER},
    {.prefix = "over SMTP, ",
     .kind = NOTE_OF_OTHER}, /* chasquid's, with the sender; TLS it tells before that */
    {.prefix = "over submission", .kind = NOTE_OF_OTHER},
};

static const struct row *find_row(struct slice comment) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (slice_starts_nocase(comment, slice_of(rows[i].prefix)))
            return &rows[i];
    return NULL;
}

/* The program's own words behind the client's. */
static struct slice find_session(const struct row *row, struct slice words) {
    struct slice session = SLICE_EMPTY;
    for (size_t i = 0; i < 2 && row->until[i]; i++) {
        struct slice behind = slice_from(words, slice_find_last(words, slice_of(row->until[i])));
        if (behind.len && (!session.len || behind.len < session.len))
            session = behind;
    }
    return session;
}

struct note received_note(struct slice comment, bool is_behind_by) {
    const struct row *row = find_row(comment);
    if (!row)
        return (struct note){.kind = NOTE_OF_NONE};
    struct slice words = slice_from(comment, strlen(row->prefix));
    struct note note = {.kind = row->kind, .session = find_session(row, words)};
    words = slice_trim(slice_upto(words, words.len - note.session.len));
    if (row->has_mechanism)
        words = slice_from(words, slice_find_char(words, ' ') + 1);
    if (!row->names_nobody && (is_behind_by || !row->is_sure_behind_by))
        note.value = words;
    return note;
}
