/* The line that says that a copy follows: see copied.h. */
#include "parsers/bounce/copied.h"

#define LONGEST_MARK 100

/* How such a line begins, behind dashes and the like; what else stands on it names no more than the mail. */
static const char *const marks[] = {
    "the text of your message follows",
    "your message follows",
    "your original message follows",
    "your original message is",
    "your message is included",
    "original message follows",
    "the original message follows",
    "original message text",
    "original message:",
    "original mail as follows",
    "message header follows",
    "message headers follow",
    "message text follows",
    "below this line is a copy",
    "below is a copy of",
    "this is a copy of",
    "here is a copy of",
    "included is a copy of",
    "a copy of your message follows",
    "copy of your message follows",
    "unsent message follows",
    "undelivered message follows",
    "returned message follows",
    "returned message:",
    "the body of the message is",
    "the header of the original message",
    "start of returned message",
    "beginning of returned message",
};

static struct slice without_ornament(struct slice line) {
    size_t n = 0;
    while (n < line.len && strchr("-*=_#>|+ \t", line.ptr[n]))
        n++;
    return slice_from(line, n);
}

static bool is_mark(struct slice line) {
    line = without_ornament(line);
    if (line.len > LONGEST_MARK || !line.len)
        return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (ascii_lower(line.ptr[0]) == marks[i][0] && slice_starts_nocase(line, slice_of(marks[i])))
            return true;
    return false;
}

struct slice text_before_copy(struct slice text, struct slice *copy) {
    struct slice rest = text;
    struct slice line;
    while (slice_next_line(&rest, &line))
        if (is_mark(line)) {
            *copy = slice_from(text, (size_t)(line.ptr + line.len - text.ptr));
            return slice_upto(text, (size_t)(line.ptr - text.ptr));
        }
    *copy = SLICE_EMPTY;
    return text;
}
