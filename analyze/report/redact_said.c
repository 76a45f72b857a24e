/* Names that what is said of them tells: see redact_said.h. */
#include "analyze/report/redact_said.h"

#include "analyze/report/redact_form.h"
#include "analyze/report/redact_scan.h"

#include <glib.h>

#define LONGEST_CLAUSE 64 /* bytes before a colon that are looked at */

static char char_at(struct slice s, size_t at) {
    return at < s.len ? s.ptr[at] : '\0';
}

static bool begins_with_one(struct slice text, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct slice words = slice_of(list[i]);
        if (slice_starts_nocase(text, words) && !is_word_char(char_at(text, words.len)))
            return true;
    }
    return false;
}

static struct slice without_end(struct slice text, const char *set) {
    while (text.len && strchr(set, text.ptr[text.len - 1]))
        text.len--;
    return text;
}

/* Does nothing of its phrase stand behind it? */
static bool ends_phrase(struct slice text, size_t end) {
    while (strchr(")>]}\"'`.;, \r", char_at(text, end) ? char_at(text, end) : 'x'))
        end++;
    return end >= text.len || char_at(text, end) == '\n' || char_at(text, end) == '(';
}

/* --- persons: two words or more that are written as names are --- */

static bool is_person_announced(struct slice before) {
    static const char *const words[] = {
        "user", "users", "recipient", "recipients", "account", "mailbox", "mailbox of", "user name",
        "employee", "contact", "please ask", "administrator", "postmaster", "sender", "from", "to", "cc",
        "name", "owner", "mail for", "mail to", "message to", "messages to", "mailbox for", "object",
        "full name", "displayname", "cn", "colleague", "managed by",
        /* at the end of a letter */
        "regards", "sincerely", "wishes", "cheers", "thanks", "\n--", " --", "Grüßen", "Grüße", "Gruß",
        "Grüssen", "cordialement", "saludos", "saluti", "groeten",
        /* de, fr, es, it, nl: from, to, mail for */
        "Nachricht an", "Mail an", "Empfänger", "Absender", "Von", "An", "destinataire", "expéditeur",
        "destinatario", "remitente", "mittente", "ontvanger"};
    if (!before.len || !strchr(" \n\"'>", before.ptr[before.len - 1]))
        return false;
    return scan_ends_with_one(without_end(before, " \t:\"'`([,\r\n>"), words, G_N_ELEMENTS(words));
}

static bool is_person_spoken_of(struct slice behind) {
    static const char *const words[] = {" has left",   " left the",       " unknown",         " not found",
                                        " no longer",  " is no longer",   " does not accept", " is unknown",
                                        " is not",     " doesn't accept", "'s mailbox",       "'s account",
                                        "'s inbox",    " is on leave",    " is away",         " hat das",
                                        " n'est plus", " ya no",          " is out of",       " <>"};
    return begins_with_one(behind, words, G_N_ELEMENTS(words));
}

/* "Kim Lee/Sales/Org@ORG not listed in Domino Directory" */
static bool is_in_notes(struct slice behind) {
    size_t end = 0;
    if (char_at(behind, 0) != '/')
        return false;
    while (is_word_char(char_at(behind, end)) || (char_at(behind, end) && strchr("/@", behind.ptr[end])))
        end++;
    behind = slice_from(behind, end);
    size_t close = char_at(behind, 1) == '(' ? slice_find_char(behind, ')') + 1 : 0; /* its address */
    return slice_starts_nocase(slice_from(behind, close), SLICE(" not listed in"));
}

static bool is_company(struct slice name) {
    static const char *const ends[] = {"Inc",         "Ltd",   "Limited",      "LLC",     "Corp",
                                       "Corporation", "GmbH",  "AG",           "Company", "Support",
                                       "Team",        "Group", "Technologies", "Networks"};
    return scan_ends_with_one(name, ends, G_N_ELEMENTS(ends));
}

static size_t person_length(struct names *names, struct slice text, size_t at) {
    unsigned words = 0;
    size_t length = form_capitals_length(names, text, at, &words);
    struct slice behind = slice_from(text, at + length);
    if (words < 2 || is_company(slice_upto(slice_from(text, at), length)))
        return 0;
    return is_person_announced(slice_upto(text, at)) || is_person_spoken_of(behind) || is_in_notes(behind)
               ? length
               : 0;
}

/* --- users: one word --- */

/* What is said behind a user who stands first. */
static bool is_user_spoken_of(struct slice behind) {
    static const char *const words[] = {
        " mailbox", ": mailbox", "'s mailbox",  " - no such", ", user",    " is not a valid", " exceeded",
        ": user",   " does not", "] mailbox",   "} no such",  " no such",  "] user",          ", mailbox",
        " is over", " unknown",  " is unknown", " - user",    " - unknown"};
    return begins_with_one(behind, words, G_N_ELEMENTS(words));
}

static bool is_user_before(struct slice before) {
    static const char *const words[] = {"local part", "delivery to",  "deliver to",    "delivery for",
                                        "send as",    "send mail as", "no such person"};
    char last = before.len ? before.ptr[before.len - 1] : '\0';
    return last && strchr(" (\"'<", last) &&
           scan_ends_with_one(without_end(before, " (\"'<"), words, G_N_ELEMENTS(words));
}

/* "Unknown user: ", "authentication failed: ": the clause before the colon speaks of one. */
static bool is_behind_clause(struct slice before) {
    static const char *const words[] = {"user",        "mailbox", "recipient",    "account",
                                        "login",       "email",   "user_unknown", "authentication",
                                        "utilisateur", "usuario", "kullanıcı",    "benutzer",
                                        "usuário",     "utente",  "gebruiker"};
    static const char *const ends[] = {"unknown",      "found",       "failed",    "inconnu", "desconocido",
                                       "desconhecido", "sconosciuto", "unbekannt", "exist"};
    before = without_end(before, " \"'<");
    if (!before.len || before.ptr[before.len - 1] != ':')
        return false;
    before.len--;
    size_t from = before.len - MIN(before.len, LONGEST_CLAUSE);
    for (size_t i = before.len; i > from; i--)
        if (strchr(":;.\n", before.ptr[i - 1]))
            from = i;
    struct slice clause = without_end(slice_from(before, from), " ");
    if (!scan_ends_with_one(clause, words, G_N_ELEMENTS(words)) &&
        !scan_ends_with_one(clause, ends, G_N_ELEMENTS(ends)))
        return false;
    for (size_t i = 0; i < clause.len; i++)
        if ((!i || !is_word_char(clause.ptr[i - 1])) &&
            begins_with_one(slice_from(clause, i), words, G_N_ELEMENTS(words)))
            return true;
    return false;
}

/* Is it the first word, or the first behind a code? */
static bool is_first(struct slice before) {
    size_t end = without_end(before, "[{(<\"' ").len;
    size_t begin = without_end(slice_upto(before, end), "0123456789.-").len;
    return !end || begin + 3 <= end;
}

static bool is_user(struct names *names, struct slice text, size_t at, struct slice word) {
    size_t end = at + word.len;
    struct slice before = slice_upto(text, at);
    bool is_capital = g_ascii_isupper(word.ptr[0]);
    if (!form_may_be_name(names, word) || char_at(text, end) == '@' || char_at(text, end) == '=')
        return false;
    if (is_user_before(before) && names_is_telling(names, word))
        return !is_capital || ends_phrase(text, end);
    return !is_capital && ((is_first(before) && is_user_spoken_of(slice_from(text, end))) ||
                           (ends_phrase(text, end) && is_behind_clause(before)));
}

size_t said_name_at(struct names *names, struct slice text, size_t at, enum name_kind *kind) {
    struct slice word = slice_from(text, at);
    word = slice_upto(word, word_length(word));
    size_t length = person_length(names, text, at);
    *kind = length ? NAME_PERSON : NAME_USER;
    return length ? length : word.len && is_user(names, text, at, word) ? word.len : 0;
}
