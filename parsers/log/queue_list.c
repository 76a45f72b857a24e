/* See queue_list.h. */
#include "parsers/log/queue_list.h"

#include "parsers/log/line_text.h"

#define FIRST_LINES  8 /* in which a listing begins: behind a command and titles */
#define REASON_LINES 8 /* over which a reply goes on */

static struct slice take_word(struct slice *rest) {
    size_t start = 0;
    while (start < rest->len && (rest->ptr[start] == ' ' || rest->ptr[start] == '\t'))
        start++;
    *rest = slice_from(*rest, start);
    size_t end = 0;
    while (end < rest->len && !ascii_is_space(rest->ptr[end]))
        end++;
    struct slice word = slice_upto(*rest, end);
    *rest = slice_from(*rest, end);
    return word;
}

/* --- heads --- */

static bool is_weekday(struct slice word) {
    static const char days[] = "SunMonTueWedThuFriSat";
    size_t day = 0;
    while (day < 21 && (word.len != 3 || memcmp(word.ptr, days + day, 3) != 0))
        day += 3;
    return day < 21;
}

/* What stands in brackets at the end of the sender: "MAILER-DAEMON(connect to …: Connection refused)". */
static struct slice take_reason(struct slice *sender) {
    struct slice s = slice_trim(*sender);
    size_t open = slice_find_char(s, '(');
    if (open == 0 || open == s.len || s.ptr[s.len - 1] != ')' || slice_find_char(s, '"') < open)
        return SLICE_EMPTY;
    *sender = slice_upto(s, open);
    return slice_from(s, open);
}

/* "15:58", "18:15:33" */
static bool is_clock(struct slice word) {
    return (word.len == 5 || word.len == 8) && ascii_is_digit(word.ptr[0]) && word.ptr[2] == ':';
}

/* "<ann@example.com>", "ann@example.com"; what stands for the null sender is empty. */
static struct slice sender_of(struct slice s) {
    s = slice_trim(s);
    if (s.len > 1 && s.ptr[0] == '<' && s.ptr[s.len - 1] == '>')
        s = slice_from(slice_upto(s, s.len - 1), 1);
    return slice_equal(s, SLICE("MAILER-DAEMON")) ? SLICE("") : s;
}

static bool read_exim(struct slice age, struct slice rest, struct queue_head *head) {
    size_t width = 0;
    struct slice size = take_word(&rest);
    struct slice id = take_word(&rest);
    bool is_age = slice_number(age, &width) >= 0 && width + 1 == age.len && strchr("mhd", age.ptr[width]);
    if (!is_age || !size.len || !ascii_is_digit(size.ptr[0]) || !log_is_exim_id(id) || !starts(rest, " <"))
        return false;
    rest = slice_from(rest, 1);
    *head = (struct queue_head){.id = id, .size = -1};
    head->sender = log_take_bracketed(&rest, " ");
    head->is_held = slice_equal(slice_trim(rest), SLICE("*** frozen ***"));
    return head->sender.ptr != NULL;
}

bool queue_head_read(struct slice line, struct queue_head *head) {
    struct slice rest = line;
    struct slice id = take_word(&rest);
    size_t len = 0;
    size_t width = 0;
    if (!id.len || !ascii_is_alnum(id.ptr[0]))
        return false;
    if (read_exim(id, rest, head))
        return true;
    while (len < id.len && ascii_is_alnum(id.ptr[len]))
        len++;
    char flag = len < id.len ? id.ptr[len] : ' ';
    struct slice size = take_word(&rest);
    int64_t bytes = slice_number(size, &width);
    if (len < 5 || len > 20 || len + 1 < id.len || !size.len || width < size.len)
        return false;
    struct slice day = take_word(&rest);
    take_word(&rest); /* the month */
    take_word(&rest);
    struct slice clock = take_word(&rest);
    if (!is_weekday(day) || !is_clock(clock))
        return false;
    size_t when = (size_t)(clock.ptr + clock.len - day.ptr);
    *head = (struct queue_head){.id = slice_upto(id, len), .size = bytes, .is_held = flag == '!'};
    head->when = (struct slice){day.ptr, when};
    head->reason = take_reason(&rest);
    head->sender = sender_of(rest);
    return true;
}

/* --- what stands below them --- */

static struct slice line_of(struct slice rest) {
    return slice_upto(rest, slice_find_char(rest, '\n'));
}

/* A reason ends where a line ends with its bracket; 0: none of the next ones does. */
static size_t reason_length(struct slice s) {
    size_t len = 0;
    for (unsigned i = 0; i < REASON_LINES && len < s.len; i++) {
        struct slice line = line_of(slice_from(s, len));
        struct slice text = slice_trim(line);
        if (!text.len)
            return 0;
        len += line.len;
        if (text.ptr[text.len - 1] == ')')
            return len;
        len++;
    }
    return 0;
}

static void take_line(struct slice *rest, size_t len) {
    *rest = slice_from(*rest, len + 1);
}

/* A word that is an address or a local name, not a title or a prompt. */
static bool is_recipient(struct slice word) {
    return word.len && !starts(word, "--") && !strchr(":#$%", word.ptr[word.len - 1]) &&
           (ascii_is_alnum(word.ptr[0]) || strchr("<\"_+=|/", word.ptr[0]) ||
            slice_find_char(word, '@') < word.len);
}

/* "8BITMIME   (host map: lookup (example.org): deferred)" */
static bool has_reason_behind(struct slice text, size_t open) {
    return open > 0 && open < text.len && text.ptr[text.len - 1] == ')' && text.ptr[0] != '<' &&
           slice_find_char(slice_upto(text, open), '@') == open;
}

enum queue_part queue_next_part(struct slice *rest, struct slice *text) {
    struct slice line = line_of(*rest);
    struct slice said = slice_trim(line);
    struct slice words = said;
    struct slice word = take_word(&words);
    size_t open = slice_find_char(said, '(');
    *text = said;
    if (!said.len || starts(said, "Total requests:"))
        return QUEUE_END;
    if (said.ptr[0] == '(' || has_reason_behind(said, open)) {
        size_t start = (size_t)(said.ptr - rest->ptr) + open;
        size_t len = reason_length(slice_from(*rest, start));
        *text = slice_trim(len ? slice_upto(slice_from(*rest, start), len) : slice_from(said, open));
        take_line(rest, len ? start + len : line.len);
        return QUEUE_REASON;
    }
    if (slice_equal(said, SLICE("*** frozen ***")) || starts(said, "Last send attempt:")) {
        take_line(rest, line.len);
        return QUEUE_NOTE;
    }
    bool is_delivered = slice_equal(word, SLICE("D")) && words.len > 0;
    *text = is_delivered ? slice_trim(words) : said;
    bool is_word = slice_find_char(*text, ' ') == text->len || starts(*text, "\"") || starts(*text, "<\"");
    if (!is_word || !is_recipient(*text))
        return QUEUE_END;
    take_line(rest, line.len);
    return is_delivered ? QUEUE_DELIVERED : QUEUE_RECIPIENT;
}

/* --- in a file --- */

bool queue_list_begins(struct slice header) {
    struct queue_head head;
    struct slice line;
    for (unsigned i = 0; i < FIRST_LINES && slice_next_line(&header, &line); i++)
        if (queue_head_read(line, &head))
            return true;
    return false;
}

size_t queue_record_length(struct slice bytes) {
    struct queue_head head;
    struct slice line = line_of(bytes);
    struct slice rest = slice_from(bytes, line.len + 1);
    struct slice text;
    if (line.len == bytes.len)
        return 0;
    if (!queue_head_read(line, &head))
        return line.len + 1;
    while (rest.len && !queue_head_read(line_of(rest), &head) && queue_next_part(&rest, &text) != QUEUE_END) {
    }
    return rest.len ? bytes.len - rest.len : 0;
}
