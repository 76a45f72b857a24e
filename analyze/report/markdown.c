/* Pages as Markdown, to paste into a ticket. Nothing of a stranger may become a link, an image, HTML, a
 * mention or any other markup, in CommonMark 0.31, GFM and what GitHub, GitLab and others make of a text
 * afterwards (`#12`,
 * `@team`, `:smile:`, hashes of commits). Escapes do not stop the latter; only code does. So
 *  - a stranger's value is a code span, with more backticks around it than in it;
 *  - a quotation is a fenced block, its fence longer than any run of backticks in it;
 *  - of our sentences with a stranger's words in them, each word is a code span that is not plainly a word or
 * number;
 *  - our own words are escaped. Only links of the rules are links. */
#include "analyze/report/markdown.h"
#include "analyze/report/command_words.h"
#include "analyze/report/page.h"

#define LEAST_HASH  7 /* letters and digits of a commit that are taken for its hash */
#define LEAST_FENCE 3

static void append_escaped(GString *out, struct slice s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c && (strchr("\\`*_[]<>|~&@", c) || (i == 0 && strchr("#+-=", c))))
            g_string_append_c(out, '\\');
        g_string_append_c(out, c);
    }
}

/* --- code --- */

static size_t longest_run(struct slice s) {
    size_t longest = 0;
    for (size_t i = 0, run = 0; i < s.len; i++) {
        run = s.ptr[i] == '`' ? run + 1 : 0;
        longest = MAX(longest, run);
    }
    return longest;
}

static void append_backticks(GString *out, size_t count) {
    while (count--)
        g_string_append_c(out, '`');
}

static bool needs_padding(struct slice s) {
    char first = s.ptr[0];
    char last = s.ptr[s.len - 1];
    return first == '`' || last == '`' || (first == ' ' && last == ' ');
}

/* A code span, also in a cell of a table, where a pipe is escaped, and where that escape must not follow upon
 * a backslash: the span is then cut in two. */
static void append_code(GString *out, struct slice s, bool is_cell) {
    size_t pipe = s.len;
    for (size_t i = 1; i < s.len && is_cell && pipe == s.len; i++)
        if (s.ptr[i] == '|' && s.ptr[i - 1] == '\\')
            pipe = i;
    struct slice rest = slice_from(s, pipe);
    s = slice_upto(s, pipe);
    bool is_padded = needs_padding(s);
    size_t backticks = longest_run(s) + 1;
    if (out->len && out->str[out->len - 1] == '`') /* two runs of backticks would be read as one */
        g_string_append_c(out, ' ');
    append_backticks(out, backticks);
    g_string_append(out, is_padded ? " " : "");
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '|' && is_cell)
            g_string_append_c(out, '\\');
        g_string_append_c(out, s.ptr[i]);
    }
    g_string_append(out, is_padded ? " " : "");
    append_backticks(out, backticks);
    if (rest.len) {
        g_string_append_c(out, ' ');
        append_code(out, rest, is_cell);
    }
}

/* --- sentences --- */

static bool is_letter(char c) {
    return ascii_is_alpha(c) || (unsigned char)c >= 0x80;
}

static bool is_hexadecimal(struct slice s) {
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_digit(s.ptr[i]) && !(ascii_lower(s.ptr[i]) >= 'a' && ascii_lower(s.ptr[i]) <= 'f'))
            return false;
    return true;
}

/* The punctuation that ends a word. */
static size_t word_end(struct slice word) {
    size_t end = word.len;
    while (end && strchr(".,;:!?)\"", word.ptr[end - 1]))
        end--;
    return end;
}

/* Letters with hyphens or apostrophes between them, or a number; in quotes or parentheses. */
static bool is_plain_word(struct slice word, bool is_first) {
    bool has_digits = false;
    bool has_letters = false;
    word = slice_upto(word, word_end(word));
    while (word.len && strchr("(\"", word.ptr[0]))
        word = slice_from(word, 1);
    for (size_t i = 0; i < word.len; i++) {
        bool is_joint = i && i + 1 < word.len && (word.ptr[i] == '-' || word.ptr[i] == '\'') &&
                        is_letter(word.ptr[i - 1]) && is_letter(word.ptr[i + 1]);
        has_digits |= ascii_is_digit(word.ptr[i]);
        has_letters |= is_letter(word.ptr[i]);
        if (!is_joint && !is_letter(word.ptr[i]) && !ascii_is_digit(word.ptr[i]))
            return false;
    }
    if (word.len >= LEAST_HASH && is_hexadecimal(word))
        return false;
    return word.len && !(has_digits && has_letters) && !(has_digits && is_first);
}

/* What begins a word stands before its code, what ends it behind. */
static void append_coded_words(GString *out, struct slice code, bool is_cell) {
    size_t end = word_end(code);
    size_t begin = 0;
    while (begin + 1 < end && strchr("(\"", code.ptr[begin]))
        begin++;
    if (!end)
        end = code.len;
    append_escaped(out, slice_upto(code, begin));
    append_code(out, slice_from(slice_upto(code, end), begin), is_cell);
    append_escaped(out, slice_from(code, end));
}

/* Punctuation ends a span: what stands behind it is no part of the same name or record. */
static bool is_ended(struct slice code) {
    size_t end = word_end(code);
    return end && end < code.len;
}

/* Words that are not plain and follow each other are one code span. */
static void append_words(GString *out, struct slice text, bool is_first, bool is_cell) {
    struct slice code = SLICE_EMPTY;
    struct slice word;
    for (bool begins = true; slice_next_word(&text, &word); begins = is_first = false) {
        bool is_plain = is_plain_word(word, is_first);
        if (code.len && (is_plain || is_ended(code) || strchr("(\"", word.ptr[0]))) {
            append_coded_words(out, code, is_cell);
            code = SLICE_EMPTY;
        }
        if (!begins && !code.len)
            g_string_append_c(out, ' ');
        if (is_plain)
            append_escaped(out, word);
        const char *begin = code.len ? code.ptr : word.ptr;
        code = is_plain ? SLICE_EMPTY : (struct slice){begin, (size_t)(word.ptr + word.len - begin)};
    }
    if (code.len)
        append_coded_words(out, code, is_cell);
}

/* What joins a command to the words behind it stands outside of their code. */
static struct slice append_joint(GString *out, struct slice text) {
    size_t length = 0;
    while (length < text.len && strchr(".,;:)", text.ptr[length]) && text.ptr[length])
        length++;
    append_escaped(out, slice_upto(text, length));
    text = slice_from(text, length);
    if (text.len && ascii_is_space(text.ptr[0]))
        g_string_append_c(out, ' ');
    return text;
}

/* The words around a command, and the command as one piece of code. */
static void append_sentence(GString *out, struct slice text, bool is_cell) {
    struct slice before, command;
    bool is_first = true;
    for (; command_next(text, &before, &command, &text); is_first = false) {
        bool is_opened = before.len && before.ptr[before.len - 1] == '(';
        before = slice_upto(before, before.len - is_opened);
        append_words(out, before, is_first, is_cell);
        g_string_append(out, before.len && ascii_is_space(before.ptr[before.len - 1]) ? " " : "");
        g_string_append(out, is_opened ? "(" : "");
        append_code(out, command, is_cell);
        text = append_joint(out, text);
    }
    append_words(out, text, is_first, is_cell);
}

/* --- links --- */

static void append_link(GString *out, struct slice s, bool is_cell) {
    if (!page_is_link(s)) {
        append_sentence(out, s, is_cell);
        return;
    }
    g_string_append_c(out, '<');
    g_string_append_len(out, s.ptr, (gssize)s.len);
    g_string_append_c(out, '>');
}

/* --- texts --- */

static void append_span(GString *out, const struct span *span, bool is_cell) {
    switch (span->kind) {
    case SPAN_OURS:
    case SPAN_REPORT:
        append_escaped(out, span->text);
        break;
    case SPAN_VALUE:
        append_code(out, span->text, is_cell);
        break;
    case SPAN_NOTE:
        append_sentence(out, span->text, is_cell);
        break;
    case SPAN_LINK:
        append_link(out, span->text, is_cell);
        break;
    }
}

/* A command and what is filled in there are one piece of code. */
static void append_with_commands(GString *out, struct slice text, bool is_cell) {
    g_autoptr(GString) command = g_string_new(NULL);
    bool is_command = false;
    struct span span;
    while (page_next_span(&text, &span))
        while (span.text.len) {
            size_t tick = span.kind == SPAN_OURS ? slice_find_char(span.text, '`') : span.text.len;
            struct span piece = {span.kind, slice_upto(span.text, tick)};
            if (is_command)
                g_string_append_len(command, piece.text.ptr, (gssize)piece.text.len);
            else
                append_span(out, &piece, is_cell);
            if (tick < span.text.len) {
                if (is_command && command->len)
                    append_code(out, (struct slice){command->str, command->len}, is_cell);
                g_string_truncate(command, 0);
                is_command = !is_command;
            }
            span.text = slice_from(span.text, tick + 1);
        }
}

static void append_spans(GString *out, struct slice text, bool is_cell) {
    struct span span;
    if (page_has_commands(text))
        append_with_commands(out, text, is_cell);
    else
        while (page_next_span(&text, &span))
            append_span(out, &span, is_cell);
}

/* One empty line before what is no row. */
static void append_blank(GString *out) {
    bool ends_line = out->len && out->str[out->len - 1] == '\n';
    bool is_blank = ends_line && out->len > 1 && out->str[out->len - 2] == '\n';
    g_string_append(out, is_blank ? "" : ends_line || !out->len ? "\n" : "\n\n");
}

static void append_text(GString *out, struct slice text) {
    append_spans(out, text, false);
}

/* HTML that GitHub, GitLab and others know; where they do not, the section stands unfolded. */
static void end_fold(struct page *p) {
    if (p->open) {
        append_blank(p->out);
        g_string_append(p->out, "</details>\n");
    }
    p->open = 0;
}

static void title(struct page *p, struct slice text, enum emphasis e) {
    (void)e;
    end_fold(p);
    append_blank(p->out);
    g_string_append(p->out, "## ");
    append_text(p->out, text);
    g_string_append(p->out, "\n\n");
}

/* In this line Markdown is not read, only HTML (CommonMark 0.31, section 4.6). */
static void append_summary(struct page *p, struct slice name) {
    struct slice plain = page_plain(p->outlet.arena, name);
    for (size_t i = 0; i < plain.len; i++)
        if (strchr("<>&", plain.ptr[i]))
            g_string_append(p->out, plain.ptr[i] == '<' ? "&lt;" : plain.ptr[i] == '>' ? "&gt;" : "&amp;");
        else
            g_string_append_c(p->out, plain.ptr[i]);
}

static void section(struct page *p, struct slice name, bool is_folded) {
    end_fold(p);
    append_blank(p->out);
    g_string_append(p->out, is_folded ? "<details><summary>" : "### ");
    if (is_folded)
        append_summary(p, name);
    else
        append_text(p->out, name);
    g_string_append(p->out, is_folded ? "</summary>\n\n" : "\n\n");
    p->open = is_folded;
}

static bool is_punctuated(struct slice name) {
    return name.len && strchr(".:?!", name.ptr[name.len - 1]);
}

static void label(struct page *p, struct slice name) {
    g_string_append(p->out, name.len ? "- **" : "  - ");
    append_text(p->out, name);
    g_string_append(p->out, !name.len ? "" : is_punctuated(name) ? "** " : ":** ");
}

static void row(struct page *p, struct slice name, struct slice text, enum emphasis e) {
    (void)e; /* the words say it */
    label(p, name);
    append_text(p->out, text);
    g_string_append_c(p->out, '\n');
}

static void step(struct page *p, struct slice name, unsigned number, struct slice text) {
    if (name.len) {
        g_string_append(p->out, "- **");
        append_text(p->out, name);
        g_string_append(p->out, is_punctuated(name) ? "**\n" : ":**\n");
    }
    g_string_append_printf(p->out, "  %u. ", number);
    append_text(p->out, text);
    g_string_append_c(p->out, '\n');
}

static void quote(struct page *p, struct slice text, struct slice note) {
    g_autoptr(GString) words = g_string_sized_new(text.len);
    struct span span;
    while (page_next_span(&text, &span))
        g_string_append_len(words, span.text.ptr, (gssize)span.text.len);
    size_t fence = MAX(longest_run((struct slice){words->str, words->len}) + 1, LEAST_FENCE);
    append_blank(p->out);
    append_backticks(p->out, fence);
    g_string_append_printf(p->out, "\n%s\n", words->str);
    append_backticks(p->out, fence);
    g_string_append(p->out, "\n\n");
    if (!note.len)
        return;
    g_string_append_c(p->out, '*');
    append_text(p->out, note);
    g_string_append(p->out, "*\n\n");
}

static void copy(struct page *p, struct slice text) {
    quote(p, text, SLICE_EMPTY);
}

static void table(struct page *p, const struct table *t) {
    append_blank(p->out);
    g_string_append_c(p->out, '|');
    for (size_t c = 0; c < t->columns; c++) {
        g_string_append_c(p->out, ' ');
        append_spans(p->out, t->heads[c], true);
        g_string_append(p->out, " |");
    }
    g_string_append(p->out, "\n|");
    for (size_t c = 0; c < t->columns; c++)
        g_string_append(p->out, t->are_numbers[c] && t->rows ? "---:|" : "---|");
    for (size_t i = 0; i < t->rows * t->columns; i++) {
        g_string_append(p->out, i % t->columns ? " " : "\n| ");
        append_spans(p->out, t->cells[i], true);
        g_string_append(p->out, " |");
    }
    g_string_append(p->out, "\n\n");
}

static void begin(struct page *p) {
    p->open = 0;
}

static const struct medium medium = {.has_spans = true,
                                     .begin = begin,
                                     .title = title,
                                     .section = section,
                                     .row = row,
                                     .step = step,
                                     .quote = quote,
                                     .copy = copy,
                                     .table = table,
                                     .end = end_fold};

static void heading(GString *out, struct slice label, struct slice name) {
    g_string_append_printf(out, "\n---\n\n**%.*s** ", S(label));
    if (name.len)
        append_code(out, name, false);
    g_string_append_c(out, '\n');
}

const struct mailwhy_format format_markdown = {.name = "markdown", .medium = &medium, .heading = heading};
