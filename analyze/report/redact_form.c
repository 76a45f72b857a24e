/* Names that only their place in a reply tells: see redact_form.h. */
#include "analyze/report/redact_form.h"

#include "analyze/report/common_words.h"

#include <glib.h>

#define LONGEST_QUOTED 96 /* bytes of a quoted name */
#define MOST_WORDS     4  /* of a name without quotes */

#define LONGEST_PATH    1024 /* bytes of a path before a word; a longer one is taken for one */
#define LONGEST_ADDRESS 512  /* behind a name, with its brackets */

static char char_at(struct slice s, size_t at) {
    return at < s.len ? s.ptr[at] : '\0';
}

static bool is_one_of(struct slice word, const char *const *list) {
    for (; *list; list++)
        if (slice_equal_nocase(word, slice_of(*list)))
            return true;
    return false;
}

static struct slice word_at(struct slice text, size_t at) {
    struct slice rest = slice_from(text, at);
    return slice_upto(rest, word_length(rest));
}

/* Take the last word off a text; what stands behind it in `set` goes too. */
static struct slice take_last_word(struct slice *text, const char *set) {
    while (text->len && strchr(set, text->ptr[text->len - 1]))
        text->len--;
    size_t end = text->len;
    while (text->len && is_word_char(text->ptr[text->len - 1]))
        text->len--;
    return (struct slice){text->ptr + text->len, end - text->len};
}

bool form_is_announced(struct slice before) {
    static const char *const words[] = {
        "user", "mailbox", "recipient", "account", "inbox", "login", "username", "alias", "userid",
        "employee", "userPrincipalName", "sAMAccountName", "displayName",
        /* de, nl, sv, es, pt, fr, it, pl, cs, ru, zh, ja */
        "Benutzer", "Nutzer", "Postfach", "Konto", "Empfänger", "gebruiker", "postvak", "användaren",
        "usuario", "usuário", "buzón", "cuenta", "conta", "utilisateur", "compte", "utente", "casella",
        "użytkownik", "uživatel", "пользователь", "Пользователь", "пользователя", "ящик", "bruger",
        "användare", "käyttäjä", "dùng", "Ящик", "用户", "邮箱", "ユーザー", NULL};
    static const char *const joining[] = {"for", "of", "named", "name", "id", "called", "is", NULL};
    static const char *const done[] = {"failed",   "failure", "unsuccessful", "quota", "limit",
                                       "exceeded", NULL};
    static const char between[] = " \t:\"'`<([";
    if (!before.len || !strchr(between, before.ptr[before.len - 1]))
        return false;
    struct slice word = take_last_word(&before, between);
    bool is_for = slice_equal_nocase(word, SLICE("for"));
    if (is_one_of(word, joining) && !slice_equal_nocase(word, SLICE("is")))
        word = take_last_word(&before, " ");
    return is_one_of(word, words) || (is_for && is_one_of(word, done));
}

bool form_is_subject(struct slice before) {
    return slice_equal_nocase(take_last_word(&before, " :=\"'<"), SLICE("subject"));
}

bool form_is_capital(struct slice word) {
    bool is_upper = word.len > 1 && g_ascii_isupper(word.ptr[0]);
    bool is_lower_behind = true;
    for (size_t i = 1; i < word.len; i++) {
        is_upper &= !ascii_is_alpha(word.ptr[i]) || g_ascii_isupper(word.ptr[i]);
        is_lower_behind &= !g_ascii_isupper(word.ptr[i]);
    }
    return word.len > 1 && ((g_ascii_isupper(word.ptr[0]) && is_lower_behind) || (is_upper && word.len > 2));
}

bool form_is_in_path(struct slice text, size_t at, size_t end) {
    size_t from = at;
    if (!at || !strchr("/\\", text.ptr[at - 1]) || (char_at(text, end) && is_word_char(char_at(text, end))))
        return false;
    while (from && at - from < LONGEST_PATH && !ascii_is_space(text.ptr[from - 1]) &&
           !strchr("\"'<>()[]=,;|", text.ptr[from - 1]) &&
           !(text.ptr[from - 1] == ':' && text.ptr[from] == '/'))
        from--;
    struct slice path = slice_upto(slice_from(text, from), at - from);
    bool is_windows = path.len > 2 && path.ptr[1] == ':' && path.ptr[2] == '\\';
    return is_windows || path.len >= LONGEST_PATH || strchr("/~", path.ptr[0]) != NULL;
}

/* --- which words may be names --- */

/* Not a host, and no word that a sentence about mail has. */
bool form_may_be_name(struct names *names, struct slice word) {
    return word.len > 1 && slice_number(word, NULL) < 0 && !names_is_readable(names, word);
}

/* suspended, pending, unreachable, …: said of a user, unless a verb follows. */
static bool is_said_of_one(struct slice word) {
    static const char *const ends[] = {"ed",   "ing",  "able", "ible", "ly",   "tion",
                                       "ment", "full", "less", "ness", "ance", "ive"};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (slice_ends_nocase(word, slice_of(ends[i])))
            return true;
    return false;
}

/* What follows a name that stands bare: the end of a phrase, or an ordinary word. */
static bool goes_on_behind_name(struct names *names, struct slice text, size_t end, struct slice word) {
    static const char *const verbs[] = {"is",  "has",    "does",  "was", "over",  "isn",       "doesn", "did",
                                        "had", "cannot", "could", "ist", "wurde", "existiert", "est",   "n",
                                        "no",  "non",    "está",  "é",   "è",     "nie",       NULL};
    size_t next = end;
    while (char_at(text, next) == ' ')
        next++;
    struct slice behind = word_at(text, next);
    if (is_one_of(behind, verbs))
        return true;
    bool ends = !behind.len || next == end;
    bool is_of_other_script = behind.len && (unsigned char)behind.ptr[0] >= 0x80; /* no name joins two */
    return !is_said_of_one(word) &&
           (ends || is_of_other_script || common_words_hold(names->redaction->common, behind));
}

/* --- forms --- */

/* 'kim', `kim', "kim", <kim>: one word. */
static bool is_enclosed(struct slice text, size_t at, size_t end) {
    static const char pairs[] = "<>\"\"''``";
    char before = at ? text.ptr[at - 1] : '\0';
    for (const char *p = pairs; before && *p; p += 2)
        if (before == p[0] && char_at(text, end) == p[1])
            return true;
    return before == '`' && char_at(text, end) == '\'';
}

/* "...", by which a name is cut, or which parts it from what is said of it. */
static size_t dots_length(struct slice text, size_t at) {
    const struct slice dots = SLICE("...");
    return slice_starts_nocase(slice_from(text, at), dots) ? dots.len : 0;
}

/* NDR, LMTP: an abbreviation. */
static bool is_shouted(struct slice word) {
    return word.len > 1 && g_ascii_isupper(word.ptr[0]) && g_ascii_isupper(word.ptr[1]);
}

static bool is_html_tag(struct slice word) {
    static const char *const tags[] = {"br",   "html",  "body",  "head", "div", "span", "td",
                                       "tr",   "table", "li",    "ul",   "ol",  "img",  "font",
                                       "em",   "hr",    "h1",    "h2",   "h3",  "pre",  "code",
                                       "link", "meta",  "title", "CR",   "LF",  "CRLF", NULL};
    return is_one_of(word, tags);
}

static bool is_name_enclosed(struct names *names, struct slice text, size_t at, struct slice word) {
    size_t end = at + word.len;
    size_t dots = at && text.ptr[at - 1] == '<' ? dots_length(text, end) : 0; /* <kim.l...> */
    end += dots;
    char outside = at > 1 ? text.ptr[at - 2] : '\0';
    char behind = char_at(text, end + 1);
    if (!is_enclosed(text, at, end) || strchr("=:{[,", outside ? outside : ' ') ||
        (behind && strchr(":=", behind) && text.ptr[at - 1] != '<'))
        return false; /* values and keys of something else */
    bool has_dot = slice_find_char(word, '.') < word.len && !dots;
    return (dots || form_may_be_name(names, word)) && !has_dot && !is_shouted(word) &&
           !is_said_of_one(word) && !is_html_tag(word);
}

static bool is_name_announced(struct names *names, struct slice text, size_t at, struct slice word) {
    if (!form_is_announced(slice_upto(text, at)) || !form_may_be_name(names, word))
        return false;
    size_t end = at + word.len;
    if (char_at(text, end) && strchr("@=\\", char_at(text, end)))
        return false;
    if (text.ptr[at - 1] == '[')
        return char_at(text, end) == ']' && !is_shouted(word);
    return is_enclosed(text, at, end) || goes_on_behind_name(names, text, end, word);
}

/* Is nothing but a code before it: "550 5.1.1 "? */
bool form_is_first_word(struct slice before) {
    for (size_t i = 0; i < before.len; i++)
        if (!ascii_is_digit(before.ptr[i]) && !strchr(" .-", before.ptr[i]))
            return false;
    return true;
}

/* "kim: user unknown", "kim... User unknown": what is said behind it is said of a mailbox. */
static bool is_named_first(struct names *names, struct slice text, size_t at, struct slice word) {
    static const char *const about[] = {"user",  "recipient",      "mailbox", "account", "unknown",
                                        "login", "authentication", "over",    NULL};
    size_t end = at + word.len;
    size_t mark = char_at(text, end) == ':' ? 1 : dots_length(text, end);
    return mark && char_at(text, end + mark) == ' ' && is_one_of(word_at(text, end + mark + 1), about) &&
           form_is_first_word(slice_upto(text, at)) && !is_shouted(word) && form_may_be_name(names, word);
}

/* How far words go that are written as names are; 0: the first is none. */
size_t form_capitals_length(struct names *names, struct slice text, size_t at, unsigned *count) {
    size_t end = at;
    unsigned words;
    for (words = 0; words < MOST_WORDS; words++) {
        size_t from = end + (words && char_at(text, end) == ' ');
        struct slice word = word_at(text, from);
        if ((words && from == end) || !form_is_capital(word) || !form_may_be_name(names, word))
            break;
        end = from + word.len;
    }
    *count = words;
    return end - at;
}

static size_t capitals_length(struct names *names, struct slice text, size_t at) {
    unsigned words;
    return form_capitals_length(names, text, at, &words);
}

static size_t greeted_length(struct names *names, struct slice text, size_t at) {
    static const char *const titles[] = {
        "mr",    "mrs",    "ms",     "miss",    "dr",      "herr",     "frau",    "dear",     "prof",
        "mme",   "sir",    "hi",     "sr",      "sra",     "monsieur", "herrn",   "sig",      "hallo",
        "hello", "madame", "lieber", "liebe",   "bonjour", "cher",     "chère",   "estimado", "estimada",
        "tag",   "caro",   "cara",   "gentile", "beste",   "signor",   "signora", NULL};
    struct slice before = slice_upto(text, at);
    if (!before.len || before.ptr[before.len - 1] != ' ')
        return 0;
    return is_one_of(take_last_word(&before, " ."), titles) ? capitals_length(names, text, at) : 0;
}

/* /home/kim, /var/mail/kim, …/kim/Maildir */
bool form_is_mailbox_path(struct slice text, size_t at, struct slice word) {
    static const char *const before[] = {"/home/",   "/var/mail/", "/spool/mail/", "/vmail/",
                                         "/vhosts/", "/Users/",    "\\Users\\"};
    static const char *const behind[] = {"/Maildir", "/maildir", "/mdbox", "/sdbox", "/.maildir"};
    if (!form_is_in_path(text, at, at + word.len))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(before); i++)
        if (slice_ends_nocase(slice_upto(text, at), slice_of(before[i])) &&
            slice_find_char(word, '.') == word.len)
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(behind); i++)
        if (slice_starts_nocase(slice_from(text, at + word.len), slice_of(behind[i])))
            return true;
    return false;
}

/* Does " <…@", or " [mailto:…@" as Outlook writes it, stand here? */
static bool is_before_address(struct slice text, size_t at) {
    at += char_at(text, at) == ' ';
    struct slice rest = slice_upto(slice_from(text, at), LONGEST_ADDRESS);
    bool is_outlooks = slice_starts_nocase(rest, SLICE("[mailto:"));
    size_t close = slice_find_char(rest, is_outlooks ? ']' : '>');
    return (is_outlooks || char_at(rest, 0) == '<') && close < rest.len &&
           slice_find_char(slice_upto(rest, close), '@') < close;
}

static bool is_ordinary(struct names *names, struct slice phrase) {
    for (size_t at = 0; at < phrase.len;) {
        struct slice word = word_at(phrase, at);
        if (word.len && form_may_be_name(names, word))
            return false;
        at += word.len ? word.len : 1;
    }
    return true;
}

/* "Kim Lee" <kim@example.org>, also in single quotes */
static size_t quoted_before_address(struct names *names, struct slice text, size_t at) {
    size_t end = at;
    char quote = at ? text.ptr[at - 1] : '\0';
    if (quote != '"' && quote != '\'')
        return 0;
    while (end < text.len && end - at < LONGEST_QUOTED && text.ptr[end] != quote)
        end++;
    struct slice phrase = slice_upto(slice_from(text, at), end - at);
    bool is_name = char_at(text, end) == quote && is_before_address(text, end + 1);
    return is_name && !is_ordinary(names, phrase) ? phrase.len : 0;
}

/* kim@example.org (Kim Lee) */
static size_t comment_behind_address(struct names *names, struct slice text, size_t at) {
    static const char between[] = " <>";
    struct slice before = slice_upto(text, at ? at - 1 : 0);
    if (!at || text.ptr[at - 1] != '(')
        return 0;
    struct slice host = take_last_word(&before, between);
    size_t length = capitals_length(names, text, at);
    bool is_address = host.len && before.len && before.ptr[before.len - 1] == '@';
    return is_address && char_at(text, at + length) == ')' ? length : 0;
}

/* Kim Lee <kim@example.org>, Lee, Kim <kim@example.org> */
static size_t bare_before_address(struct names *names, struct slice text, size_t at) {
    size_t end = at;
    for (unsigned words = 0; words < MOST_WORDS; words++) {
        struct slice word = word_at(text, end);
        bool is_first = end == at;
        if (!word.len || !g_ascii_isupper(word.ptr[0]) || (is_first && !form_may_be_name(names, word)))
            return 0;
        end += word.len;
        char behind = char_at(text, end);
        end += behind == '.' || (is_first && behind == ',');
        if (is_before_address(text, end))
            return end - at;
        if (char_at(text, end) != ' ')
            return 0;
        end++;
    }
    return 0;
}

size_t form_name_at(struct names *names, struct slice text, size_t at, enum name_kind *kind) {
    struct slice word = word_at(text, at);
    size_t length;
    if (!word.len || char_at(text, at + word.len) == '@')
        return 0;
    *kind = NAME_PERSON;
    if ((length = quoted_before_address(names, text, at)) ||
        (length = bare_before_address(names, text, at)) ||
        (length = comment_behind_address(names, text, at)) || (length = greeted_length(names, text, at)))
        return length;
    *kind = NAME_USER;
    bool is_name = is_name_announced(names, text, at, word) || is_name_enclosed(names, text, at, word) ||
                   form_is_mailbox_path(text, at, word) || is_named_first(names, text, at, word);
    return is_name ? word.len : 0;
}
