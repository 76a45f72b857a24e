/* What a reply leaves open: see hedged.h. */
#include "analyze/classify/hedged.h"

#include "analyze/classify/hedged_words.h"
#include "analyze/classify/word_lists.h"

#include <string.h>

#define LIMIT_SENTENCE 1000 /* bytes on either side */
#define SHORT_WORD     2    /* a dot behind so few letters ends no sentence: "e.g. that" */

/* Does a sentence end at `i`? */
static bool is_end(struct slice text, size_t i) {
    char c = text.ptr[i];
    if (c == ';' || c == '\n')
        return true;
    if (!strchr(".?!", c) || (i + 1 < text.len && text.ptr[i + 1] != ' '))
        return c == '\0';
    size_t letters = 0;
    while (letters < i && is_letter(text.ptr[i - 1 - letters]))
        letters++;
    return letters > SHORT_WORD || (i && ascii_is_digit(text.ptr[i - 1]));
}

static struct slice sentence_of(const struct won *won) {
    struct slice text = won->text;
    size_t start = (size_t)(won->match.ptr - text.ptr);
    size_t end = start + won->match.len;
    size_t first = start > LIMIT_SENTENCE ? start - LIMIT_SENTENCE : 0;
    size_t last = end + LIMIT_SENTENCE < text.len ? end + LIMIT_SENTENCE : text.len;
    while (start > first && !is_end(text, start - 1))
        start--;
    while (end < last && !is_end(text, end))
        end++;
    return slice_upto(slice_from(text, start), end - start);
}

static bool is_spelt_out(const struct reply_rule *rule, struct slice word) {
    for (const struct rule_pattern *p = rule->text; p && p->regex; p++)
        if (has(slice_of(p->regex), word))
            return true;
    return false;
}

/* Is it one of the words of the match that the rule knows? */
static bool is_known(const struct won *won, struct slice word) {
    return word.ptr >= won->match.ptr && word.ptr < won->match.ptr + won->match.len &&
           is_spelt_out(won->rule, word);
}

/* "peut-être", "e.g.", "isn't" are one word. */
static bool is_joint(struct slice s, size_t i) {
    return strchr("-.'", s.ptr[i]) && i + 1 < s.len && is_letter(s.ptr[i + 1]);
}

/* The next word from *at on; empty: there is none. */
static struct slice next_word(struct slice s, size_t *at) {
    size_t start = *at;
    while (start < s.len && !is_letter(s.ptr[start]))
        start++;
    size_t end = start;
    while (end < s.len && (is_letter(s.ptr[end]) || is_joint(s, end)))
        end++;
    *at = end;
    return slice_upto(slice_from(s, start), end - start);
}

/* Is it one of several reasons that are announced before it, each perhaps a sentence of its own? */
static bool is_of_list(const struct won *won) {
    size_t start = (size_t)(won->match.ptr - won->text.ptr);
    size_t first = start > LIMIT_SENTENCE ? start - LIMIT_SENTENCE : 0;
    return IS_ANY(slice_upto(slice_from(won->text, first), start - first), lists, has);
}

static bool is_blank(struct slice s) {
    return slice_trim(s).len == 0;
}

/* Do the words right behind it leave it open ("spam perhaps", "a full mailbox may be why", "blocked if …"),
 * or does it end as a question? Behind a comma or a bracket something else may begin ("unknown user, maybe
 * you mistyped it"), so there it must be the sentence's last word. */
static bool is_hedged_behind(struct slice sentence, size_t end, const struct won *won) {
    struct slice rest = slice_from(sentence, end);
    size_t at = 0;
    struct slice word = next_word(rest, &at);
    const char *stop = sentence.ptr + sentence.len;
    if (!word.len)
        return is_blank(rest) && stop < won->text.ptr + won->text.len && *stop == '?';
    bool is_right_behind = is_blank(slice_upto(rest, (size_t)(word.ptr - rest.ptr)));
    struct slice next = next_word(rest, &at);
    if (IS_ANY(word, conditions, slice_equal_nocase))
        return is_right_behind;
    return IS_ANY(word, hedges, slice_equal_nocase) &&
           (is_right_behind ? !IS_ANY(next, orders, slice_equal_nocase) : !next.len);
}

bool is_hedged(const struct won *won) {
    struct slice sentence = sentence_of(won);
    size_t start = (size_t)(won->match.ptr - sentence.ptr);
    struct slice before = slice_upto(sentence, start + won->match.len);
    if (is_of_list(won) || is_hedged_behind(sentence, before.len, won))
        return true;
    bool is_open = false; /* the word before leaves it open, unless this one makes an order of it */
    size_t at = 0;
    for (struct slice word; (word = next_word(before, &at)).len;) {
        if ((is_open && !IS_ANY(word, orders, slice_equal_nocase)) ||
            (IS_ANY(word, conditions, slice_equal_nocase) && !is_known(won, word)))
            return true;
        is_open = IS_ANY(word, hedges, slice_equal_nocase) && !is_known(won, word);
    }
    return false;
}

struct slice next_alternative(const struct won *won, size_t *at) {
    struct slice sentence = sentence_of(won);
    size_t start = (size_t)(won->match.ptr - sentence.ptr);
    for (struct slice word; (word = next_word(sentence, at)).len;) {
        if (!IS_ANY(word, ors, slice_equal_nocase) || is_known(won, word))
            continue;
        size_t begin = (size_t)(word.ptr - sentence.ptr);
        return *at <= start ? slice_upto(sentence, begin) : slice_from(sentence, *at);
    }
    return SLICE_EMPTY;
}
