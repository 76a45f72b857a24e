/* Clauses that a reply denies: see denied.h. */
#include "analyze/classify/denied.h"

#include <string.h>

#define LIMIT_DENIED ((size_t)8 << 10)
#define WORDS_LEFT   2 /* another clause of at least so many words says the reason */

/* Anywhere in the clause. */
static const struct slice denials[] = {
    SLICE(" nothing to do with"),
    SLICE("not the problem"),
    SLICE("not the reason"),
    SLICE("not the cause"),
    SLICE("not greylisted"),
    SLICE("not spam"),
    SLICE("not full"),
    SLICE("not over quota"),
    SLICE("not blacklisted"),
    SLICE(" on no "),
    SLICE(" not on any "),
    SLICE(" within the "),
    SLICE(" not listed at "),
    SLICE(" not listed by "),
    SLICE(" are not listed"),
    SLICE("not been disabled"),
    SLICE("not disabled"),
    SLICE("not suspended"),
    SLICE(" is not enough"),
    SLICE(" is enough"),
    /* not full, in other languages */
    SLICE("nicht voll"),
    SLICE("kein spam"),
    SLICE("n'est pas un "),
    SLICE("n'est pas plein"),
    SLICE("no est\u00e1 llen"),
    SLICE("no esta llen"),
    SLICE("non \u00e8 pien"),
    SLICE("non e pien"),
    SLICE("n\u00e3o est\u00e1 chei"),
    SLICE("nao esta chei"),
    SLICE("is niet vol"),
    SLICE("nie jest przepe\u0142nion"),
    SLICE("nie jest pe\u0142n"),
    SLICE("\u043d\u0435 \u043f\u0435\u0440\u0435\u043f\u043e\u043b\u043d\u0435\u043d"),
};

/* At its end. */
static const struct slice approvals[] = {
    SLICE(" is fine"), SLICE(" are fine"),   SLICE(" is ok"),  SLICE(" is okay"), SLICE(" is valid"),
    SLICE(" is good"), SLICE(" is correct"), SLICE(" passed"), SLICE(" is up"),   SLICE(" verified")};

/* Then it asks for what the words say. */
static const struct slice requests[] = {
    SLICE(" sure"),  SLICE(" check"),  SLICE(" verify"), SLICE(" must"), SLICE(" ensure"), SLICE(" if "),
    SLICE(" until"), SLICE(" unless"), SLICE(" that "),  SLICE(" when"), SLICE(" please"), SLICE(" do not ")};

/* Then what is at its end is no approval. */
static const struct slice refusals[] = {SLICE(" not "),    SLICE("n't "),  SLICE("cannot "),
                                        SLICE(" neither"), SLICE(" nor "), SLICE(" none "),
                                        SLICE(" never "),  SLICE(" no "),  SLICE(" fail")};

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
    bool is_approved = is_approval(clause) && !HAS_ANY(clause, refusals);
    return (is_approved || HAS_ANY(clause, denials)) && !HAS_ANY(clause, requests);
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

static bool is_letter(char c) {
    return ascii_is_alpha(c) || (c & 0x80);
}

/* "DKIM=fail" are two. */
static size_t count_words(struct slice s) {
    struct slice word;
    size_t count = 0;
    while (slice_next_word(&s, &word)) {
        bool is_word = false;
        for (size_t i = 0; i < word.len; i++) {
            count += is_letter(word.ptr[i]) && !is_word;
            is_word = is_letter(word.ptr[i]) || (is_word && word.ptr[i] != '=');
        }
    }
    return count;
}

/* --- printed results --- */

/* The length of "dkim= pass" at the start of `s` (as RFC 8601 prints results, with blanks and colons as
 * programs do); `result` becomes what stands behind the mark. 0: there is none. */
static size_t result_length(struct slice s, struct slice method, struct slice *result) {
    if (!slice_starts_nocase(s, method))
        return 0;
    size_t at = method.len;
    while (at < s.len && s.ptr[at] == ' ')
        at++;
    if (at == s.len || !strchr("=:", s.ptr[at]))
        return 0;
    at++;
    while (at < s.len && s.ptr[at] == ' ')
        at++;
    size_t end = at;
    while (end < s.len && ascii_is_alpha(s.ptr[end]))
        end++;
    *result = slice_upto(slice_from(s, at), end - at);
    return end;
}

/* The next result of one of the methods from `from` on; s.len: none. */
static size_t next_result(struct slice s, size_t from, size_t *length, struct slice *method,
                          struct slice *result) {
    static const struct slice methods[] = {SLICE("dkim"), SLICE("spf"), SLICE("dmarc"), SLICE("arc")};
    for (size_t i = from; i < s.len; i++) {
        if (!ascii_is_alpha(s.ptr[i]) || (i && ascii_is_alnum(s.ptr[i - 1])))
            continue;
        for (size_t m = 0; m < sizeof methods / sizeof *methods; m++)
            if ((*length = result_length(slice_from(s, i), methods[m], result))) {
                *method = methods[m];
                return i;
            }
    }
    return s.len;
}

static bool is_pass(struct slice result) {
    return slice_equal_nocase(result, SLICE("pass")) || slice_equal_nocase(result, SLICE("passed"));
}

/* Results that passed are left out where another failed, unless that is DMARC: then they tell why. */
static struct slice without_passed(struct slice text, struct arena *arena) {
    size_t length;
    struct slice method;
    struct slice result;
    bool has_passed = false;
    bool has_failed = false;
    for (size_t at = 0; (at = next_result(text, at, &length, &method, &result)) < text.len; at += length) {
        if (!is_pass(result) && slice_equal(method, SLICE("dmarc")))
            return text;
        has_passed |= is_pass(result);
        has_failed |= !is_pass(result);
    }
    if (!has_passed || !has_failed)
        return text;
    char *copy = arena_string(arena, text);
    for (size_t at = 0; (at = next_result(text, at, &length, &method, &result)) < text.len; at += length)
        if (is_pass(result))
            memset(copy + at, ' ', length);
    return (struct slice){copy, text.len};
}

struct slice without_denied(struct slice text, struct arena *arena) {
    text = without_passed(text, arena);
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
