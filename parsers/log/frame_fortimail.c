/* FortiMail's records: see frame_fortimail.h. The words of others stand in the last value, behind all that is
 * looked for here. */
#include "parsers/log/frame_fortimail.h"

#include "parsers/log/line_text.h"

#define MOST_HEAD 512 /* bytes before the line */
#define MOST_HOST 64  /* of a name before them */

static struct slice word_behind(struct slice head, const char *name) {
    struct slice rest = slice_from(head, slice_find(head, slice_of(name)) + strlen(name));
    return slice_upto(rest, slice_find_char(rest, ' '));
}

static int64_t time_of(const struct framing *f, struct slice head) {
    struct slice day = word_behind(head, "date=");
    struct slice hour = word_behind(head, "time=");
    if (!starts(head, "date=") || day.len != 10 || hour.len < 8)
        return -1;
    struct slice stamp = arena_printf(f->arena, "%.*s %.*s ", S(day), S(slice_upto(hour, 8)));
    int64_t time = -1;
    return stamp_take(f->stamps, &stamp, &time) ? time : -1;
}

bool fortimail_take(const struct framing *f, struct log_line *line) {
    static const char mark[] = " msg=\"";
    struct slice s = line->message;
    size_t host = slice_find_char(slice_upto(s, MOST_HOST), ' ');
    if (host < MOST_HOST && (starts(slice_from(s, host), " date=") || starts(slice_from(s, host), " time=")))
        s = slice_from(s, host + 1); /* behind syslog's */
    if (!starts(s, "date=") && !starts(s, "time="))
        return false;
    size_t end = slice_find(slice_upto(s, MOST_HEAD), SLICE(mark));
    struct slice head = slice_upto(s, end);
    struct slice said = slice_from(s, end + sizeof mark - 1);
    struct slice session = slice_between(head, " session_id=\"", "\"");
    if (!slice_has(head, " type=event subtype=smtp ") || !session.len || said.len < 2 ||
        said.ptr[said.len - 1] != '"')
        return false;
    int64_t time = time_of(f, head);
    line->time = time != -1 ? time : line->time;
    line->host = word_behind(head, " device_id=");
    line->program = SLICE("sendmail");
    line->message = arena_printf(f->arena, "%.*s: %.*s", S(session), S(slice_upto(said, said.len - 1)));
    return true;
}
