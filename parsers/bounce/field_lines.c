/* Fields of a header inside a text: see field_lines.h. */
#include "parsers/bounce/field_lines.h"

#define LONGEST_LABEL 40 /* bytes */
#define MOST_WORDS    2

/* As the forwards of Apple Mail, Gmail, Outlook, Thunderbird and Yahoo name it, in 21 languages: crisp-oss/
 * email-forward-parser, lib/parser.js and its fixtures; of Japanese and Chinese: mailgun/talon,
 * talon/quotations.py. */
static const char *const from_labels[] = {
    "From",        "Von",    "De",          "Da",     "Mittente", "Van",    "Od",      "Nadawca", "Fra",
    "Från",        "Feladó", "Lähettäjä",   "Kimden", "Gönderen", "От",     "От кого", "Від",     "Від кого",
    "Отправитель", "Šalje",  "Expeditorul", "De la",  "Saatja",   "差出人", "发件人",  "寄件人"};

struct slice line_unmarked(struct slice line) {
    while (line.len && strchr(">|* \t", line.ptr[0]))
        line = slice_from(line, 1);
    return line;
}

static struct slice without_end(struct slice s, struct slice end) {
    return slice_ends_nocase(s, end) ? slice_upto(s, s.len - end.len) : s;
}

static struct slice trim_label(struct slice label) {
    static const struct slice no_break = SLICE("\xc2\xa0"); /* before colons in French */
    label = without_end(slice_trim(without_end(label, no_break)), SLICE("*"));
    return slice_trim(without_end(label, SLICE("*")));
}

bool field_line_read(struct slice line, struct field_line *field) {
    static const struct slice wide_colon = SLICE("：");
    line = line_unmarked(line);
    struct slice start = slice_upto(line, LONGEST_LABEL);
    size_t colon = slice_find_char(start, ':');
    size_t wide = slice_find(start, wide_colon);
    size_t end = colon < wide ? colon : wide;
    unsigned words = 1;
    if (end == start.len)
        return false;
    field->label = trim_label(slice_upto(line, end));
    field->value = slice_from(line, end + (wide < colon ? wide_colon.len : 1));
    while (field->value.len && strchr("* \t", field->value.ptr[0]))
        field->value = slice_from(field->value, 1);
    for (size_t i = 0; i < field->label.len; i++) {
        unsigned char c = (unsigned char)field->label.ptr[i];
        words += c == ' ';
        if (!ascii_is_alnum((char)c) && c < 0x80 && c != '-' && c != ' ' && c != '_' && c != '.')
            return false;
    }
    return field->label.len && words <= MOST_WORDS && !ascii_is_digit(field->label.ptr[0]);
}

bool field_line_is_from(const struct field_line *field) {
    for (size_t i = 0; i < sizeof from_labels / sizeof *from_labels; i++)
        if (slice_is_nocase(field->label, from_labels[i]))
            return true;
    return false;
}

/* Folded lines are indented behind the marks of a quotation. */
static bool is_continuation(struct slice line) {
    while (line.len && strchr(">|", line.ptr[0])) {
        line = slice_from(line, 1);
        line = slice_from(line, line.len > 1 && line.ptr[0] == ' ' && strchr(">| \t", line.ptr[1]));
    }
    return line.len && (line.ptr[0] == ' ' || line.ptr[0] == '\t') && slice_trim(line).len;
}

unsigned field_block_take(struct slice *rest, void (*see)(void *context, const struct field_line *field),
                          void *context) {
    struct slice after = *rest;
    struct slice line;
    struct field_line field;
    unsigned fields = 0;
    while (slice_next_line(&after, &line)) {
        bool is_field = field_line_read(line, &field);
        if (!is_field && !(fields && is_continuation(line)))
            break;
        fields += is_field;
        if (is_field && see)
            see(context, &field);
        *rest = after;
    }
    return fields;
}
