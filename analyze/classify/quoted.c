/* Words of the mail in a reply: see quoted.h. */
#include "analyze/classify/quoted.h"

#include "parsers/base/address.h"

#include <string.h>

#define LONGEST_QUOTED  250 /* bytes between the marks */
#define LONGEST_ADDRESS 260 /* bytes between the brackets, RFC 5321 section 4.5.3.1.3 */

/* Where the quotation that begins at `open` ends, at its mark; 0: nowhere near. A backslash quotes one
 * character (RFC 5322 section 3.2.4). */
static size_t quotation_end(struct slice text, size_t open) {
    size_t last = open + 1 + LONGEST_QUOTED < text.len ? open + 1 + LONGEST_QUOTED : text.len;
    for (size_t i = open + 1; i < last; i++) {
        if (text.ptr[i] == '\\' && text.ptr[open] == '"')
            i++;
        else if (text.ptr[i] == text.ptr[open])
            return i;
    }
    return 0;
}

/* Words that announce what the mail says: "subject: ", "Subject='", "banned phrase (". */
static const struct slice announcing[] = {
    SLICE("subject"), SLICE("phrase"),     SLICE("phrases"),  SLICE("word"),
    SLICE("words"),   SLICE("keyword"),    SLICE("keywords"), SLICE("string"),
    SLICE("term"),    SLICE("name"),       SLICE("contains"), SLICE("contained"),
    SLICE("pattern"), SLICE("containing"), SLICE("filename"), SLICE("attachment")};

static bool is_announced(struct slice before) {
    while (before.len && strchr(" \t:=(", before.ptr[before.len - 1]))
        before.len--;
    for (size_t i = 0; i < sizeof announcing / sizeof *announcing; i++) {
        size_t length = announcing[i].len;
        struct slice rest = slice_upto(before, before.len >= length ? before.len - length : 0);
        if (slice_ends_nocase(before, announcing[i]) &&
            (!rest.len || !ascii_is_alnum(rest.ptr[rest.len - 1])))
            return true;
    }
    return false;
}

/* "…"@example.org, "…" <kim@example.org> */
static bool is_before_address(struct slice behind) {
    if (behind.len && behind.ptr[0] == '@')
        return true;
    behind = slice_trim(slice_upto(behind, LONGEST_ADDRESS));
    size_t close = behind.len && behind.ptr[0] == '<' ? slice_find_char(behind, '>') : behind.len;
    return close < behind.len && address_domain(slice_from(slice_upto(behind, close), 1)).len > 0;
}

/* The command that the reply answers, as PowerMTA writes it behind its words: "command out of sequence in
 * "MAIL FROM:<kim@example.org> BODY=8BITMIME SMTPUTF8"" (knadh/listmonk issue 1497, seen 2026-11-27). */
static bool is_command(struct slice quoted) {
    return slice_starts_nocase(quoted, SLICE("MAIL FROM:")) || slice_starts_nocase(quoted, SLICE("RCPT TO:"));
}

static bool is_of_mail(struct slice text, size_t open, size_t close) {
    return is_command(slice_from(slice_upto(text, close), open + 1)) ||
           is_announced(slice_upto(text, open)) ||
           (text.ptr[open] == '"' && is_before_address(slice_from(text, close + 1)));
}

/* "quoted mail follows: > Subject: …": lines of the mail, marked as replies to mails mark them. The client's
 * lines of a session have three such marks. */
static bool is_lines_of_mail(struct slice text, size_t i) {
    return text.ptr[i] == '>' && i + 1 < text.len && text.ptr[i + 1] == ' ' &&
           slice_ends_nocase(slice_trim(slice_upto(text, i)), SLICE(":"));
}

/* What a check of Postfix shows of the mail: "header Subject: … from mx.example.org[192.0.2.5]; from=<a@b>".
 */
static struct slice shown_by_check(struct slice text) {
    struct slice before = slice_upto(text, slice_find_last(text, SLICE("; from=<")));
    struct slice head = slice_upto(before, slice_find_last(before, SLICE(" from ")));
    size_t at = slice_find(head, SLICE("header "));
    if (head.len == before.len || before.len == text.len || at == head.len)
        return SLICE_EMPTY;
    return slice_from(head, at + strlen("header "));
}

struct slice without_quoted(struct slice text, struct arena *arena) {
    struct slice shown = shown_by_check(text);
    char *copy = shown.len ? arena_string(arena, text) : NULL;
    if (copy)
        memset(copy + (shown.ptr - text.ptr), ' ', shown.len);
    for (size_t i = 0; i < text.len; i++) {
        if (is_lines_of_mail(text, i))
            return slice_upto(copy ? (struct slice){copy, text.len} : text, i);
        size_t end = text.ptr[i] == '"' || text.ptr[i] == '\'' ? quotation_end(text, i) : 0;
        if (!end || !is_of_mail(text, i, end))
            continue;
        copy = copy ? copy : arena_string(arena, text);
        memset(copy + i + 1, ' ', end - i - 1);
        i = end;
    }
    return copy ? (struct slice){copy, text.len} : text;
}
