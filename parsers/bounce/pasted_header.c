/* Pasted headers: see pasted_header.h. */
#include "parsers/bounce/pasted_header.h"

#include "parsers/base/text.h"
#include "parsers/bounce/about_mail.h"
#include "parsers/bounce/copied.h"
#include "parsers/bounce/pasted.h"

#include <glib.h>

/* Fields that only servers and filters write; those that are results say something alone. */
static const struct written {
    const char *name;
    bool is_result;
} written[] = {
    {"Authentication-Results:", true},
    {"ARC-Authentication-Results:", true},
    {"Received-SPF:", true},
    {"X-Forefront-Antispam-Report:", true},
    {"X-MS-Exchange-Organization-SCL:", true},
    {"Received: from ", false},
    {"Received: by ", false},
    {"X-Received: by ", false},
    {"Return-Path: <", false},
    {"ARC-Seal: ", false},
    {"ARC-Message-Signature: ", false},
    {"DKIM-Signature: ", false},
    {"X-MS-Exchange-", false},
};

static const struct written *written_at(struct slice line) {
    for (size_t i = 0; i < G_N_ELEMENTS(written); i++)
        if (slice_starts_nocase(line, slice_of(written[i].name)))
            return &written[i];
    return NULL;
}

static bool is_field(struct slice line) {
    size_t colon = slice_find_char(line, ':');
    if (!colon || colon == line.len)
        return false;
    for (size_t i = 0; i < colon; i++)
        if (!ascii_is_alnum(line.ptr[i]) && line.ptr[i] != '-')
            return false;
    return true;
}

/* Does another field follow, behind the lines that go on from this one? */
static bool has_next_field(struct slice behind) {
    for (struct slice line; slice_next_line(&behind, &line) && line.len;)
        if (!ascii_is_space(line.ptr[0]))
            return is_field(line);
    return false;
}

/* Says a line of the text, before `at`, that a copy of a mail follows? */
static bool is_copy_announced(struct slice text, size_t at) {
    struct slice copy;
    struct slice own = text_before_copy(text, &copy);
    return own.len < at && copy.ptr && own.len < (size_t)(copy.ptr - text.ptr);
}

static size_t first_field(struct slice text) {
    struct slice rest = text;
    for (struct slice line; slice_next_line(&rest, &line);) {
        const struct written *found = written_at(line);
        if (found && (found->is_result || has_next_field(rest)))
            return (size_t)(line.ptr - text.ptr);
    }
    return text.len;
}

size_t pasted_header_at(struct slice text, struct arena *arena) {
    struct pasted refusal;
    struct slice start = slice_upto(text, LIMIT_PASTED);
    size_t at = first_field(start);
    if (at == start.len)
        return text.len;
    bool is_refusal = pasted_read(&refusal, at ? slice_upto(start, at) : start, arena);
    return is_refusal || is_copy_announced(start, at) ? text.len : at;
}

/* --- Gmail's page, as documents of its users quote it ("SPF: PASS with IP", "DKIM: 'PASS' with domain
 * mail.…", afropunx.com's and ashfordbriggs.com's lists of steps, seen 2026-11-27) --- */

static const struct slice results[] = {SLICE("PASS"), SLICE("FAIL"),      SLICE("SOFTFAIL"), SLICE("NEUTRAL"),
                                       SLICE("NONE"), SLICE("TEMPERROR"), SLICE("PERMERROR")};

/* What stands behind the label at the start of the line; empty: it is another line. */
static struct slice labelled(struct slice line, struct slice label) {
    return slice_starts_nocase(line, label) ? slice_trim(slice_from(line, label.len)) : SLICE_EMPTY;
}

/* "'PASS' with domain example.com": the result, and what stands behind `with`; false: it is another value. */
static bool result_at(struct slice value, struct slice with, struct slice *result, struct slice *of) {
    struct slice word = SLICE_EMPTY;
    struct slice rest = value;
    slice_next_word(&rest, &word);
    bool is_quoted = word.len > 2 && word.ptr[0] == '\'' && word.ptr[word.len - 1] == '\'';
    *result = is_quoted ? slice_upto(slice_from(word, 1), word.len - 2) : word;
    *of = SLICE_EMPTY;
    rest = slice_trim(rest);
    if (with.len && slice_starts_nocase(rest, with)) {
        rest = slice_from(rest, with.len);
        slice_next_word(&rest, of);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(results); i++)
        if (slice_equal(*result, results[i]))
            return !with.len || of->len;
    return false;
}

/* One line of the page as the end of the field, or a field of its own. */
static void add_shown(GString *header, GString *found, struct slice line) {
    static const struct slice fields[] = {SLICE("From:"), SLICE("To:"), SLICE("Subject:")};
    struct slice result;
    struct slice of;
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        struct slice value = labelled(line, fields[i]);
        if (value.len)
            g_string_append_printf(header, "%.*s %.*s\n", S(fields[i]), S(value));
    }
    struct slice id = labelled(line, SLICE("Message ID"));
    if (id.len && id.ptr[0] == '<')
        g_string_append_printf(header, "Message-ID: %.*s\n", S(id));
    if (result_at(labelled(line, SLICE("SPF:")), SLICE("with IP "), &result, &of))
        g_string_append_printf(found, ";\n spf=%.*s (%.*s)", S(result), S(of));
    if (result_at(labelled(line, SLICE("DKIM:")), SLICE("with domain "), &result, &of))
        g_string_append_printf(found, ";\n dkim=%.*s header.d=%.*s", S(result), S(of));
    if (found->len && result_at(labelled(line, SLICE("DMARC:")), SLICE_EMPTY, &result, &of))
        g_string_append_printf(found, ";\n dmarc=%.*s", S(result));
}

struct slice pasted_shown_original(struct slice text, struct arena *arena) {
    g_autoptr(GString) header = g_string_new(NULL);
    g_autoptr(GString) found = g_string_new(NULL);
    text = slice_upto(text, MOST_OF_PASTED);
    for (struct slice line; slice_next_line(&text, &line);)
        add_shown(header, found, text_clean_line(arena, line));
    if (!found->len)
        return SLICE_EMPTY;
    return arena_printf(arena, "Authentication-Results: mx.google.com%s\n%s\n", found->str, header->str);
}
