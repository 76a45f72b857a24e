/* Words of programs behind which a user stands: see redact_user.h. */
#include "analyze/report/redact_user.h"

#include "analyze/report/common_words.h"
#include "analyze/report/redact_form.h"

#include <glib.h>

#define LONGEST_FIELD   64  /* bytes of a field's name */
#define LONGEST_VALUE   512 /* and of what it says */
#define LONGEST_ADDRESS 330 /* before a user's numbers, with its key */

/* How the word stands before the user: as the key of a value, as words of a sentence, or before a bracket. */
enum { PROPERTY = 1, ANNOUNCED = 2, CALLED = 4 };

static const struct {
    const char *words;
    unsigned places;
} user_words[] = {
    {"user", PROPERTY},
    {"username", PROPERTY},
    {"login", PROPERTY},
    {"account", PROPERTY},
    {"mailbox", PROPERTY},
    {"mbox", PROPERTY},
    {"rcpt", PROPERTY},
    {"recipient", PROPERTY},
    {"local", PROPERTY},
    {"local_part", PROPERTY},
    {"localpart", PROPERTY},
    {"set_id", PROPERTY}, /* Exim */
    {"uid", PROPERTY | ANNOUNCED},
    {"userid", PROPERTY | ANNOUNCED}, /* Postfix */
    {"sasl_username", PROPERTY | ANNOUNCED},
    {"sasl_sender", PROPERTY},
    {"orig_to", PROPERTY}, /* Postfix */
    {"x-original-to", PROPERTY},
    {"u", PROPERTY}, /* Exim */
    {"authid", PROPERTY},
    {"authuser", PROPERTY},
    {"auth_id", PROPERTY},
    {"ctladdr", PROPERTY}, /* Sendmail */
    {"ruser", PROPERTY},   /* Dovecot, PAM */
    {"ident", PROPERTY},   /* Exim */
    {"authenticated_id", PROPERTY | ANNOUNCED},
    {"smtp.auth", PROPERTY}, /* RFC 8601 */
    {"authenticated sender", ANNOUNCED},
    {"authenticated user", ANNOUNCED},
    {"authenticated as", ANNOUNCED},
    {"logged in as", ANNOUNCED},
    {"login as", ANNOUNCED},
    {"smtp-auth username", ANNOUNCED}, /* qpsmtpd, Axigen */
    {"no such user here", ANNOUNCED},
    {"rcpt to", ANNOUNCED}, /* without a domain */
    {"vrfy", ANNOUNCED},
    {"expn", ANNOUNCED},
    {"authenticated_local_user", ANNOUNCED},
    /* Dovecot's services and its tables of passwords */
    {"lda", CALLED},
    {"lmtp", CALLED},
    {"deliver", CALLED},
    {"imap", CALLED},
    {"pop3", CALLED},
    {"managesieve", CALLED},
    {"sieve", CALLED},
    {"passwd-file", CALLED},
    {"passwd", CALLED},
    {"shadow", CALLED},
    {"pam", CALLED},
    {"sql", CALLED},
    {"ldap", CALLED},
    {"static", CALLED},
    {"bsdauth", CALLED},
};

static bool stands(struct slice text, unsigned place, bool (*fits)(struct slice, struct slice)) {
    for (size_t i = 0; i < G_N_ELEMENTS(user_words); i++)
        if ((user_words[i].places & place) && fits(text, slice_of(user_words[i].words)))
            return true;
    return false;
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_joint(char c) {
    return c == '_' || c == '-' || c == '.';
}

/* "x-user", "auth_user", "user_name", "UserName": the words stand at the end, joined by whatever. Few letters
 * prove nothing there. */
static bool is_key_of(struct slice name, struct slice words) {
    size_t at = name.len;
    size_t left = words.len;
    while (at && left) {
        char c = name.ptr[at - 1];
        if (ascii_lower(c) == words.ptr[left - 1])
            left--;
        else if (!is_joint(c))
            return false;
        at--;
    }
    return !left && (!at || (words.len > 3 && is_joint(name.ptr[at - 1])));
}

bool redact_is_user_property(struct slice name) {
    return stands(name, PROPERTY, is_key_of);
}

size_t redact_authenticator_length(struct slice property, struct slice value) {
    size_t colon = 0;
    if (!slice_equal(property, SLICE("A")))
        return 0;
    while (colon < value.len &&
           (ascii_is_alnum(value.ptr[colon]) || value.ptr[colon] == '_' || value.ptr[colon] == '-'))
        colon++;
    return colon && colon < value.len && value.ptr[colon] == ':' ? colon + 1 : 0;
}

/* --- words of a sentence --- */

/* "lda(" right before the user, who ends at a bracket or comma; a number is a process's. */
static bool is_called(const struct scan *s, size_t at, struct slice word) {
    char behind = scan_char_at(s, at + word.len);
    return scan_char_before(s, at) == '(' && behind && strchr(",)@", behind) && !names_is_number(word) &&
           stands(slice_upto(s->text, at - 1), CALLED, scan_ends_with);
}

static bool is_announced(const struct scan *s, size_t at, struct slice word) {
    static const char between[] = " \t:\"'`<([";
    struct slice before = slice_upto(s->text, at);
    char behind = scan_char_at(s, at + word.len);
    if (!strchr(between, before.ptr[at - 1]) || behind == '@' || behind == '=')
        return false;
    while (before.len && strchr(between, before.ptr[before.len - 1]))
        before.len--;
    return stands(before, ANNOUNCED, scan_ends_with);
}

static bool is_shouted(struct slice word) {
    for (size_t i = 0; i < word.len; i++)
        if (!is_capital(word.ptr[i]) && !ascii_is_digit(word.ptr[i]) && word.ptr[i] != '-')
            return false;
    return word.len && is_capital(word.ptr[0]);
}

/* "EXAMPLE\kim", as Windows calls a user of a domain: the domain in capitals. */
static bool is_in_domain(const struct scan *s, size_t at) {
    size_t from = at ? at - 1 : 0;
    if (scan_char_before(s, at) != '\\')
        return false;
    while (from && (ascii_is_alnum(s->text.ptr[from - 1]) || s->text.ptr[from - 1] == '-'))
        from--;
    char before = scan_char_before(s, from);
    return at - 1 - from >= 2 &&
           (is_shouted(scan_part(s, from, at - 1)) || form_is_announced(slice_upto(s->text, from))) &&
           (!before || strchr(" \t\n\"'`<([=:", before));
}

/* "<user>kim</user>" */
static bool is_in_tag(const struct scan *s, size_t at) {
    size_t from = at ? at - 1 : 0;
    if (scan_char_before(s, at) != '>')
        return false;
    while (from && at - from < LONGEST_FIELD && is_word_char(s->text.ptr[from - 1]))
        from--;
    return scan_char_before(s, from) == '<' && redact_is_user_property(scan_part(s, from, at - 1));
}

size_t scan_take_announced_user(const struct scan *s, size_t at) {
    struct slice word = slice_from(s->text, at);
    word = slice_upto(word, word_length(word));
    if (!at || at < s->url_end || !word.len || names_is_readable(s->names, word))
        return 0;
    if (!is_announced(s, at, word) && !is_called(s, at, word) && !is_in_domain(s, at) && !is_in_tag(s, at) &&
        !form_is_mailbox_path(s->text, at, word))
        return 0;
    scan_hide_name(s, NAME_USER, word);
    return word.len;
}

static size_t digits_length(const struct scan *s, size_t at) {
    size_t end = at;
    while (ascii_is_digit(scan_char_at(s, end)))
        end++;
    return end - at;
}

/* Is the value before a place that of "ctladdr="? */
static bool is_behind_controlling_user(struct slice before) {
    while (before.len && ascii_is_space(before.ptr[before.len - 1]))
        before.len--;
    size_t from = before.len;
    while (from && before.len - from < LONGEST_ADDRESS && !ascii_is_space(before.ptr[from - 1]))
        from--;
    return slice_starts_nocase(slice_from(before, from), SLICE("ctladdr="));
}

size_t scan_take_user_numbers(const struct scan *s, size_t at) {
    size_t user = scan_char_at(s, at) == '(' ? digits_length(s, at + 1) : 0;
    size_t group = user && scan_char_at(s, at + 1 + user) == '/' ? digits_length(s, at + user + 2) : 0;
    size_t end = at + user + group + 3;
    if (!group || scan_char_at(s, end - 1) != ')' || !is_behind_controlling_user(slice_upto(s->text, at)))
        return 0;
    scan_keep(s, at, at + 1);
    scan_hide(s, NAME_USER, scan_part(s, at + 1, at + 1 + user));
    scan_keep(s, at + 1 + user, at + user + 2);
    scan_hide(s, NAME_USER, scan_part(s, at + user + 2, end - 1));
    scan_keep(s, end - 1, end);
    return end - at;
}

size_t scan_take_script(const struct scan *s, size_t at) {
    static const struct slice before = SLICE("mail() on [");
    if (at < before.len || !slice_equal(scan_part(s, at - before.len, at), before))
        return 0;
    struct slice script = slice_upto(slice_from(s->text, at), LONGEST_VALUE);
    script = slice_upto(script, slice_find_char(script, ']'));
    script = slice_upto(script, slice_find_char(script, ':'));
    scan_hide_name(s, NAME_FILE, script);
    return script.len;
}

/* --- fields of headers --- */

/* The name of the field whose value begins at `at`. */
static struct slice field_before(const struct scan *s, size_t at) {
    size_t end = at;
    while (end && s->text.ptr[end - 1] == ' ')
        end--;
    if (!end || s->text.ptr[end - 1] != ':')
        return SLICE_EMPTY;
    size_t from = --end;
    while (from && end - from < LONGEST_FIELD && is_word_char(s->text.ptr[from - 1]))
        from--;
    return scan_part(s, from, end);
}

/* How far the value goes: Postfix goes on with "from", "; from=". */
static size_t field_end(const struct scan *s, size_t at) {
    struct slice value = slice_upto(slice_from(s->text, at), LONGEST_VALUE);
    value = slice_upto(value, slice_find_char(value, '\n'));
    value = slice_upto(value, slice_find_char(value, ';'));
    value = slice_upto(value, slice_find(value, SLICE(" from ")));
    return at + value.len;
}

/* "mx.example.org:" before the user, and an address, whose domain stays. */
static void hide_in_field(const struct scan *s, size_t at, size_t end) {
    struct slice word = scan_part(s, at, end);
    struct slice local = slice_upto(word, slice_find_char(word, '@'));
    bool is_kept = !word_length(word) || word.ptr[word.len - 1] == ':' || names_is_readable(s->names, word);
    if (is_kept) {
        scan_keep(s, at, end);
        return;
    }
    scan_hide_name(s, NAME_USER, local);
    scan_keep(s, at + local.len, end);
}

size_t scan_take_user_field(const struct scan *s, size_t at) {
    bool may_begin = at > 1 && s->text.ptr[at - 1] == ' ' && scan_char_at(s, at) != ' ';
    struct slice field = may_begin ? field_before(s, at) : SLICE_EMPTY;
    if (!field.len || !common_words_are_field_of_user(s->names->redaction->common, field))
        return 0;
    size_t end = field_end(s, at);
    for (size_t from = at; from < end;) {
        size_t blank = from;
        while (blank < end && s->text.ptr[blank] != ' ')
            blank++;
        hide_in_field(s, from, blank);
        while (blank < end && s->text.ptr[blank] == ' ')
            scan_keep(s, blank, blank + 1), blank++;
        from = blank;
    }
    return end - at;
}
