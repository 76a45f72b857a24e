/* Attachments, and mailboxes on a disk: see redact_file.h. */
#include "analyze/report/redact_file.h"

#include "analyze/report/common_words.h"
#include "analyze/report/redact_form.h"
#include "analyze/report/redact_host.h"

#include <glib.h>

#define LONGEST_FILE 96

/* --- attachments --- */

/* Where the end of an attachment's name begins, with its dot; s.len: it has none. */
static size_t ending_at(struct slice s) {
    static const char *const ends[] = {".exe",  ".scr",  ".pif", ".bat",  ".cmd",  ".vbs",  ".jse", ".jar",
                                       ".lnk",  ".iso",  ".img", ".doc",  ".docx", ".docm", ".xls", ".xlsx",
                                       ".xlsm", ".xlsb", ".ppt", ".pptx", ".pptm", ".pdf",  ".rtf", ".zip",
                                       ".rar",  ".7z",   ".tgz", ".arj",  ".ace",  ".cab",  ".ics", ".vcf",
                                       ".jpg",  ".jpeg", ".png", ".gif",  ".mp3",  ".mp4",  ".csv", ".odt"};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (slice_ends_nocase(s, slice_of(ends[i])))
            return s.len - strlen(ends[i]);
    return s.len;
}

/* How far a name goes that stands between marks, and may have blanks. */
static size_t marked_length(const struct scan *s, size_t at) {
    char before = scan_char_before(s, at);
    size_t end = at;
    if (!before || !strchr("\"'`(,=<[", before))
        return 0;
    while (end < s->text.len && end - at < LONGEST_FILE && !strchr("\"'`(),=<>[];:/\\\n|", s->text.ptr[end]))
        end++;
    return end - at;
}

size_t scan_take_attachment(const struct scan *s, size_t at) {
    if (at < s->url_end || is_word_char(scan_char_before(s, at)))
        return 0;
    size_t length = marked_length(s, at);
    struct slice name = scan_part(s, at, at + length);
    if (ending_at(name) == length) {
        length = word_length(slice_from(s->text, at));
        name = scan_part(s, at, at + length);
    }
    size_t ending = ending_at(name);
    if (!length || !ending || ending == length || !scan_is_peculiar(s, slice_upto(name, ending)))
        return 0;
    scan_hide(s, NAME_FILE, slice_upto(name, ending));
    scan_keep(s, at + ending, at + length);
    return length;
}

/* --- mailboxes --- */

/* "/example.org/kim/": the folder of a domain's user. */
static bool is_in_domains_folder(const struct scan *s, size_t at) {
    size_t slash = at - 1;
    size_t from = slash;
    char sign = scan_char_before(s, at);
    if (sign != '/' && sign != '\\')
        return false;
    while (from && is_word_char(s->text.ptr[from - 1]))
        from--;
    struct slice path = scan_part(s, from - MIN(from, LONGEST_FILE), from);
    if (slice_find_nocase(path, SLICE("mail")) == path.len && slice_find(path, SLICE("vhosts")) == path.len)
        return false;
    return from && s->text.ptr[from - 1] == sign && redact_is_host(s->names, scan_part(s, from, slash));
}

static bool is_behind(const struct scan *s, size_t at) {
    static const char *const words[] = {"/.qmail-",  "~",        " -a ",       " -d ",    "user/",
                                        "/home2/",   "/home3/",  "/store/0/",  "Users\\", "/homes/",
                                        "INBOX.",    "INBOX/",   "C:\\Mail\\", "shared/", "setuid to ",
                                        "for user ", "vacation "};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        struct slice before = slice_of(words[i]);
        size_t from = at - MIN(at, before.len);
        if (slice_equal(scan_part(s, from, at), before) &&
            (!from || !is_word_char(before.ptr[0]) || !is_word_char(s->text.ptr[from - 1])))
            return true;
    }
    return false;
}

/* The name in a word that a mailbox's place is joined to: user.kim, INBOX.Kim, kim.nsf, .qmail-kim. */
static size_t joined_name(struct slice word, bool is_hidden_file, size_t *length) {
    static const char *const before[] = {"user.", "INBOX.", "qmail-"};
    static const char *const behind[] = {".nsf", ".INBOX"};
    size_t from = 0;
    *length = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(before) && !from; i++)
        if (slice_starts_nocase(word, slice_of(before[i])) && (is_hidden_file || before[i][0] != 'q'))
            from = strlen(before[i]);
    size_t end = word.len;
    for (size_t i = 0; i < G_N_ELEMENTS(behind); i++)
        if (slice_ends_nocase(word, slice_of(behind[i])))
            end = MIN(end, word.len - strlen(behind[i]));
    if ((from || end < word.len) && end > from)
        *length = end - from;
    return from;
}

size_t scan_take_mailbox(const struct scan *s, size_t at) {
    size_t length = word_length(slice_from(s->text, at));
    struct slice word = scan_part(s, at, at + length);
    size_t name = 0;
    size_t from = joined_name(word, scan_char_before(s, at) == '.', &name);
    if (!length || at < s->url_end || scan_char_at(s, at + length) == '@' ||
        scan_char_at(s, at + length) == '=')
        return 0;
    if (!name && at && (is_behind(s, at) || is_in_domains_folder(s, at)) && form_may_be_name(s->names, word))
        name = length;
    if (!name || !form_may_be_name(s->names, slice_upto(slice_from(word, from), name)) ||
        (name == length && redact_is_host(s->names, word)))
        return 0;
    scan_keep(s, at, at + from);
    scan_hide_name(s, NAME_USER, scan_part(s, at + from, at + from + name));
    scan_keep(s, at + from + name, at + length);
    return length;
}

/* --- folders --- */

static bool is_usual_folder(struct slice name) {
    static const char *const usual[] = {"INBOX",  "Junk",  "Spam",    "Trash",         "Sent",
                                        "Drafts", "Virus", "Archive", "Deleted Items", "Quarantine"};
    return common_words_among(name, usual, G_N_ELEMENTS(usual));
}

size_t scan_take_folder(const struct scan *s, size_t at) {
    static const struct slice before = SLICE("into mailbox '");
    struct slice folder = slice_upto(slice_from(s->text, at), LONGEST_FILE);
    size_t close = slice_find_char(folder, '\'');
    if (at < before.len || !slice_equal(scan_part(s, at - before.len, at), before) || close == folder.len)
        return 0;
    for (size_t from = 0; from < close;) {
        size_t end = from;
        while (end < close && folder.ptr[end] != '/' && folder.ptr[end] != '.')
            end++;
        struct slice name = slice_upto(slice_from(folder, from), end - from);
        if (is_usual_folder(name) || !name.len)
            scan_keep(s, at + from, at + end);
        else
            scan_hide(s, NAME_FILE, name);
        scan_keep(s, at + end, at + MIN(end + 1, close));
        from = end + 1;
    }
    return close;
}
