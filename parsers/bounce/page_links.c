/* See page_links.h. */
#include "parsers/bounce/page_links.h"

#include <glib.h>

#define LONGEST_LABEL  ((size_t)320)  /* an address */
#define LONGEST_TARGET ((size_t)2048) /* bytes of a link */

/* How much of `s` a link takes up to `end`, which it includes; 0: none begins there. */
static size_t target_length(struct slice s, char end) {
    static const struct slice schemes[] = {SLICE("mailto:"), SLICE("http://"), SLICE("https://")};
    bool is_link = false;
    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++)
        is_link |= slice_starts_nocase(s, schemes[i]);
    for (size_t at = 0; is_link && at < MIN(s.len, LONGEST_TARGET); at++) {
        if (s.ptr[at] == end)
            return at + 1;
        if (ascii_is_space(s.ptr[at]) || strchr("<[", s.ptr[at]))
            return 0;
    }
    return 0;
}

/* "<a@b>" is "a@b". */
static struct slice bare(struct slice label) {
    bool has_angles = label.len > 2 && label.ptr[0] == '<' && label.ptr[label.len - 1] == '>';
    return has_angles ? slice_upto(slice_from(label, 1), label.len - 2) : label;
}

static bool leads_to(struct slice target, struct slice label) {
    label = bare(label);
    return label.len && slice_find_nocase(target, label) < target.len;
}

/* "[label](link)" at the start of `s`: its label, and how much of `s` it takes; 0: it is none. */
static size_t read_markdown(struct slice s, struct slice *label) {
    size_t end = 1;
    while (end < MIN(s.len, LONGEST_LABEL) && s.ptr[end] != ']' && s.ptr[end] != '[' &&
           !ascii_is_space(s.ptr[end]))
        end++;
    struct slice behind = slice_from(s, end);
    if (behind.len < 2 || behind.ptr[0] != ']' || behind.ptr[1] != '(')
        return 0;
    struct slice target = slice_from(behind, 2);
    size_t length = target_length(target, ')');
    *label = slice_from(slice_upto(s, end), 1);
    return length && leads_to(slice_upto(target, length), *label) ? end + 2 + length : 0;
}

/* The last word of what was written, without what may stand before an address. */
static struct slice last_word(const char *out, size_t used) {
    size_t start = used;
    while (start && used - start < LONGEST_LABEL && !ascii_is_space(out[start - 1]) &&
           !strchr("<>([,;:\"'", out[start - 1]))
        start--;
    return (struct slice){out + start, used - start};
}

/* "<link>" or "[link]" at the start of `s`, behind the word that it leads to; 0: it is none. */
static size_t read_behind_word(struct slice s, struct slice written) {
    struct slice target = slice_from(s, 1);
    size_t length = target_length(target, s.ptr[0] == '<' ? '>' : ']');
    size_t used = written.len;
    while (used && written.ptr[used - 1] == ' ' && written.len - used < 2)
        used--;
    return length && leads_to(slice_upto(target, length), last_word(written.ptr, used)) ? 1 + length : 0;
}

struct slice page_links_removed(struct slice text, struct arena *arena) {
    static const struct slice marks[] = {SLICE("](mailto:"), SLICE("](http"), SLICE("<mailto:"),
                                         SLICE("[mailto:"),  SLICE("<http"),  SLICE("[http")};
    bool has_any = false;
    for (size_t i = 0; i < G_N_ELEMENTS(marks) && !has_any; i++)
        has_any = slice_find(text, marks[i]) < text.len;
    if (!has_any)
        return text;
    char *out = arena_open(arena, text.len);
    size_t used = 0;
    while (text.len) {
        struct slice label = slice_upto(text, 1);
        size_t taken = text.ptr[0] == '[' ? read_markdown(text, &label) : 0;
        if (!taken && (text.ptr[0] == '<' || text.ptr[0] == '[')) {
            taken = read_behind_word(text, (struct slice){out, used});
            label = taken ? SLICE_EMPTY : slice_upto(text, 1);
        }
        if (label.len)
            memcpy(out + used, label.ptr, label.len);
        used += label.len;
        text = slice_from(text, MAX(taken, 1));
    }
    return arena_close(arena, out, used);
}
