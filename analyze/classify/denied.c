/* Clauses that a reply denies: see denied.h. */
#include "analyze/classify/denied.h"

#include <string.h>

#define LIMIT_DENIED ((size_t)8 << 10)
#define WORDS_LEFT   2 /* another clause of at least so many words says the reason */

/* Anywhere in the clause. */
static const struct slice denials[] = {
    SLICE(" nothing to do with"), SLICE("not the problem"), SLICE("not the reason"), SLICE("not the cause"),
    SLICE("not greylisted"),      SLICE("not spam"),        SLICE("not full"),       SLICE("not over quota"),
    SLICE("not blacklisted"),     SLICE(" on no "),         SLICE(" not on any "),   SLICE(" within the "),
    SLICE("nicht voll"),          SLICE("kein spam"),       SLICE("n'est pas un "),
};

/* At its end. */
static const struct slice approvals[] = {SLICE(" is fine"),       SLICE(" are fine"), SLICE(" is ok"),
                                         SLICE(" is okay"),       SLICE(" is valid"), SLICE(" is good"),
                                         SLICE(" is correct"),    SLICE(" passed"),   SLICE(" is up"),
                                         SLICE(" is not enough"), SLICE(" is enough")};

/* Then it asks for what the words say. */
static const struct slice requests[] = {
    SLICE(" sure"),   SLICE(" check"),      SLICE(" verify"),  SLICE(" must"),    SLICE(" ensure"),
    SLICE(" if "),    SLICE(" until"),      SLICE(" unless"),  SLICE(" that "),   SLICE(" when"),
    SLICE(" please"), SLICE(" not passed"), SLICE(" do not "), SLICE(" neither"), SLICE(" nor "),
    SLICE(" none "),  SLICE(" never ")};

#define HAS_ANY(clause, list) has_any(clause, list, sizeof(list) / sizeof(list)[0])

static bool has_any(struct slice clause, const struct slice *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_find_nocase(clause, list[i]) < clause.len)
            return true;
    return false;
}

static bool is_approval(struct slice clause) {
    for (size_t i = 0; i < sizeof approvals / sizeof *approvals; i++)
        if (slice_ends_nocase(clause, approvals[i]))
            return true;
    return false;
}

/* The clause begins with the blank or bracket before it, so that its first word has one too. */
static bool is_denied(struct slice clause) {
    return (HAS_ANY(clause, denials) || is_approval(clause)) && !HAS_ANY(clause, requests);
}

/* How much of `s` is a clause: up to a mark with a blank behind it, or a bracket, or a "but". */
static size_t clause_length(struct slice s) {
    for (size_t i = 1; i < s.len; i++) {
        bool is_mark = strchr(".;:,", s.ptr[i]) && (i + 1 == s.len || s.ptr[i + 1] == ' ');
        if (is_mark || strchr("()\n", s.ptr[i]) || slice_starts_nocase(slice_from(s, i), SLICE(" but ")))
            return i;
    }
    return s.len;
}

static size_t count_words(struct slice s) {
    struct slice word;
    size_t count = 0;
    while (slice_next_word(&s, &word))
        for (size_t i = 0; i < word.len; i++)
            if (ascii_is_alpha(word.ptr[i]) || (word.ptr[i] & 0x80)) {
                count++;
                break;
            }
    return count;
}

struct slice without_denied(struct slice text, struct arena *arena) {
    struct slice rest = slice_upto(text, LIMIT_DENIED);
    if (!HAS_ANY(rest, denials) && !HAS_ANY(rest, approvals)) /* nearly all texts */
        return text;
    char *copy = NULL;
    size_t left = 0;
    for (size_t length; rest.len; rest = slice_from(rest, length)) {
        length = clause_length(rest);
        struct slice clause = slice_upto(rest, length);
        if (!is_denied(clause)) {
            left += count_words(clause);
            continue;
        }
        copy = copy ? copy : arena_string(arena, text);
        memset(copy + (clause.ptr - text.ptr), ' ', clause.len);
    }
    return copy && left >= WORDS_LEFT ? (struct slice){copy, text.len} : text;
}
