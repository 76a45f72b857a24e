/* The line that says that a copy follows: see copied.h. */
#include "parsers/bounce/copied.h"

#include "parsers/bounce/field_lines.h"

#define LONGEST_MARK 100

/* How such a line begins, behind dashes and the like; what else stands on it names no more than the mail. It
 * begins a paragraph: within one the words may be another server's, which a program quotes. */
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

/* How mail programs name the message that they show below, in their languages; a copy where fields follow.
 * Outlook's, as in closeio/quotequail, quotequail/_patterns.py; Thunderbird's
 * (mailnews.reply_header_originalmessage). */
static const char *const headings[] = {
    "original message",    "ursprüngliche nachricht", "message d'origine",   "oorspronkelijk bericht",
    "messaggio originale", "ursprungligt meddelande", "opprinnelig melding", "oprindelig besked",
    "mensaje original",    "mensagem original",       "původní zpráva",      "missatge original"};

static struct slice without_ornament(struct slice line) {
    size_t n = 0;
    while (n < line.len && strchr("-*=_#>|+ \t", line.ptr[n]))
        n++;
    return slice_from(line, n);
}

static bool begins_with(struct slice line, const char *const *list, size_t count) {
    if (line.len > LONGEST_MARK || !line.len)
        return false;
    for (size_t i = 0; i < count; i++)
        if (ascii_lower(line.ptr[0]) == list[i][0] && slice_starts_nocase(line, slice_of(list[i])))
            return true;
    return false;
}
#define BEGINS_WITH(line, list) begins_with((line), (list), sizeof(list) / sizeof *(list))

static bool is_indented(struct slice line) {
    while (line.len && strchr(">|", line.ptr[0]))
        line = slice_from(line, line.len > 1 && line.ptr[1] == ' ' ? 2 : 1);
    return line.len && ascii_is_space(line.ptr[0]);
}

/* What a block of fields holds. */
struct block {
    bool has_trace, has_from;
};

static void see_field(void *context, const struct field_line *field) {
    static const char *const of_transport[] = {"Received", "Return-Path", "MIME-Version", "DKIM-Signature"};
    struct block *block = context;
    block->has_from |= field_line_is_from(field);
    for (size_t i = 0; i < sizeof of_transport / sizeof *of_transport; i++)
        block->has_trace |= slice_is_nocase(field->label, of_transport[i]);
}

/* A header of a message that begins here, or fields below such a heading. Reports list fields of the mail as
 * well: indented, and without those of its transport. */
static bool is_header(struct slice from_here, bool is_below_heading) {
    struct block block = {0};
    unsigned fields = field_block_take(&from_here, see_field, &block);
    return block.has_from && (is_below_heading ? fields > 1 : fields > 2 && block.has_trace);
}

struct slice text_before_copy(struct slice text, struct slice *copy) {
    struct slice rest = text;
    struct slice line;
    const char *heading = NULL; /* the last line with words, where it is one */
    bool has_words = false;
    bool is_behind_blank = true;
    for (struct slice here = text; slice_next_line(&rest, &line); here = rest) {
        struct slice words = without_ornament(line);
        struct field_line field;
        if (is_behind_blank && BEGINS_WITH(words, marks)) {
            *copy = slice_from(text, (size_t)(line.ptr + line.len - text.ptr));
            return slice_upto(text, (size_t)(line.ptr - text.ptr));
        }
        bool may_begin = (heading || (has_words && is_behind_blank && !is_indented(line))) &&
                         field_line_read(line, &field);
        if (may_begin && is_header(here, heading != NULL)) {
            *copy = here;
            return slice_upto(text, (size_t)((heading ? heading : line.ptr) - text.ptr));
        }
        is_behind_blank = !words.len;
        if (words.len)
            heading = has_words && BEGINS_WITH(words, headings) ? line.ptr : NULL;
        has_words |= words.len > 0 && !heading;
    }
    *copy = SLICE_EMPTY;
    return text;
}

struct slice text_without_copy(struct slice text) {
    struct slice copy;
    struct slice own = text_before_copy(text, &copy);
    return copy.ptr ? slice_upto(text, (size_t)(copy.ptr - text.ptr)) : own;
}
