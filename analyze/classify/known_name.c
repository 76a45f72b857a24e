/* Names by which people ask: see known_name.h. */
#include "analyze/classify/known_name.h"

#include <glib.h>

#define SHORTEST_PLURAL 4 /* letters, without the s: "dns" is no plural */

static bool is_letter(char c) {
    return ascii_is_alnum(c) || (unsigned char)c >= 0x80;
}

static bool next_word(struct slice *rest, struct slice *word) {
    size_t start = 0;
    while (start < rest->len && !is_letter(rest->ptr[start]))
        start++;
    *rest = slice_from(*rest, start);
    size_t end = 0;
    while (end < rest->len && is_letter(rest->ptr[end]))
        end++;
    *word = slice_upto(*rest, end);
    *rest = slice_from(*rest, end);
    return word->len > 0;
}

/* What is left of the one where the other has ended. */
static bool is_plural(struct slice rest, size_t letters) {
    return letters >= SHORTEST_PLURAL && rest.len == 1 && ascii_lower(rest.ptr[0]) == 's';
}

static struct slice without_marks(struct slice s) {
    size_t i = 0;
    while (i < s.len && !is_letter(s.ptr[i]))
        i++;
    return slice_from(s, i);
}

static bool agrees_in_order(struct slice one, struct slice other) {
    size_t letters = 0;
    for (;; letters++) {
        one = without_marks(one);
        other = without_marks(other);
        if (!one.len || !other.len || ascii_lower(one.ptr[0]) != ascii_lower(other.ptr[0]))
            break;
        one = slice_from(one, 1);
        other = slice_from(other, 1);
    }
    return letters && ((!one.len && !other.len) || (!one.len && is_plural(other, letters)) ||
                       (!other.len && is_plural(one, letters)));
}

static size_t count_words(struct slice text) {
    size_t count = 0;
    struct slice word;
    while (next_word(&text, &word))
        count++;
    return count;
}

static bool has_each_word(struct slice text, struct slice name) {
    struct slice word;
    while (next_word(&name, &word))
        if (!name_within(text, word))
            return false;
    return true;
}

bool name_agrees(struct slice one, struct slice other) {
    if (agrees_in_order(one, other))
        return true;
    size_t count = count_words(one);
    return count > 1 && count == count_words(other) && has_each_word(one, other) && has_each_word(other, one);
}

bool name_among(struct slice word, const char *const *names) {
    for (; names && *names; names++)
        if (name_agrees(word, slice_of(*names)))
            return true;
    return false;
}

size_t name_within(struct slice text, struct slice name) {
    struct slice word;
    for (struct slice from = text; from.len;) {
        struct slice rest = from;
        struct slice asked = name;
        struct slice wanted;
        size_t count = 0;
        bool is_here = true;
        while (is_here && next_word(&asked, &wanted)) {
            is_here = next_word(&rest, &word) && agrees_in_order(word, wanted);
            count++;
        }
        if (is_here)
            return count;
        next_word(&from, &word);
    }
    return 0;
}

/* Words that say nothing of what is asked for. */
static bool is_filler(struct slice word) {
    static const char *const fillers[] = {
        "the",   "and",     "not",   "for",     "from",   "with",  "mail", "email", "mails", "emails", "why",
        "how",   "what",    "does",  "can",     "cannot", "was",   "are",  "has",   "have",  "been",   "this",
        "that",  "message", "error", "problem", "such",   "cause", "our",  "your",  "one",   "off",    "all",
        "again", "others",  "them",  "keeps",   "asking", "get",   "its",  "their", "they",  "you"};
    for (size_t i = 0; i < G_N_ELEMENTS(fillers); i++)
        if (slice_is_nocase(word, fillers[i]))
            return true;
    return word.len < 3;
}

size_t name_shares(struct slice text, struct slice name) {
    size_t count = 0;
    struct slice word;
    while (next_word(&text, &word))
        count += !is_filler(word) && name_within(name, word);
    return count;
}
