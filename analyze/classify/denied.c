/* Clauses that a reply denies: see denied.h. */
#include "analyze/classify/denied.h"

#include "analyze/classify/denied_words.h"
#include "analyze/classify/word_lists.h"
#include "parsers/base/pairs.h"

#include <string.h>

#define LIMIT_DENIED       ((size_t)8 << 10)
#define WORDS_BESIDE_TOPIC 5 /* fewer, and what is to be read about may be the reason */
#define WORDS_LEFT         2 /* another clause of at least so many words says the reason */

#define HAS_ANY(clause, list) has_any(clause, list, sizeof(list) / sizeof(list)[0])

struct clause {
    struct slice words;
    bool is_first;             /* no blank stands before it */
    const struct pairs *pairs; /* of the text that it is of: most phrases are none of that */
};

static bool has_any(const struct clause *clause, const struct slice *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if ((pairs_may_hold(clause->pairs, list[i]) && has(clause->words, list[i])) ||
            (clause->is_first && *list[i].ptr == ' ' &&
             slice_starts_nocase(clause->words, slice_from(list[i], 1))))
            return true;
    return false;
}

/* Which of the lists that are long the text has phrases of: no clause has one of another. */
struct held {
    bool denials, not_on, sought;
};

/* What is looked for in a mail, and that it was not there. */
static bool is_sought_in_vain(const struct clause *clause) {
    return HAS_ANY(clause, sought) && HAS_ANY(clause, in_vain);
}

/* "no spam" alone may be what a server wants ("we take no spam"): something must say that it was found out.
 */
static bool is_finding(const struct clause *clause) {
    return HAS_ANY(clause, findings);
}

/* "probably no spam" between brackets wishes nothing. */
#define SHORT_CLAUSE 3

/* Does it say of an ill that it is not there? */
static bool denies_ill(const struct clause *clause) {
    bool is_negated = false;
    bool is_none = false; /* "no": a wish, or a finding */
    size_t words = 0;
    struct slice s = clause->words;
    for (size_t at = 0; at < s.len;) {
        size_t end = at;
        while (end < s.len && (is_letter(s.ptr[end]) || s.ptr[end] == '\''))
            end++;
        struct slice word = {s.ptr + at, end - at};
        bool is_pause = !word.len && at && s.ptr[at] == '-' && s.ptr[at - 1] == ' ';
        at = end + (end == at);
        is_negated &= !is_pause; /* "no - disabled" */
        if (!word.len)
            continue;
        words++;
        if (is_negated && IS_ANY(word, ills, slice_starts_nocase))
            return !is_none || words <= SHORT_CLAUSE || is_finding(clause);
        bool is_negator = IS_ANY(word, negators, slice_equal_nocase) || slice_ends_nocase(word, SLICE("n't"));
        is_none = is_negator ? slice_equal_nocase(word, SLICE("no")) : is_none;
        is_negated = is_negator || (is_negated && IS_ANY(word, fillers, slice_equal_nocase));
    }
    return false;
}

/* The clause begins with the blank or bracket before it, so that its first word has one too. */
static bool is_denied(const struct clause *clause, const struct held *text) {
    bool is_approved = IS_ANY(clause->words, approvals, slice_ends_nocase) && !HAS_ANY(clause, refusals);
    bool is_unlisted = text->not_on && HAS_ANY(clause, not_on) && !HAS_ANY(clause, wanted);
    return (is_approved || is_unlisted || (text->denials && HAS_ANY(clause, denials)) ||
            (text->sought && is_sought_in_vain(clause)) || denies_ill(clause)) &&
           (!HAS_ANY(clause, requests) || HAS_ANY(clause, statements));
}

/* "mailbox full? no, …", "viruses: none." */
static bool is_asked_in_vain(struct slice behind) {
    bool is_question = slice_starts_nocase(behind, SLICE("? "));
    if (!is_question && !slice_starts_nocase(behind, SLICE(": ")))
        return false;
    struct slice word = slice_from(behind, 2);
    size_t end = 0;
    while (end < word.len && is_letter(word.ptr[end]))
        end++;
    word = slice_upto(word, end);
    return is_question ? IS_ANY(word, noes, slice_equal_nocase) : IS_ANY(word, nothings, slice_equal_nocase);
}

enum separator { NO_SEPARATOR, BLANK, MARK, BRACKET };

/* What may end a clause. */
static const unsigned char separators[256] = {
    [' '] = BLANK, ['.'] = MARK,    [';'] = MARK,    [':'] = MARK,     [','] = MARK,
    ['?'] = MARK,  ['('] = BRACKET, [')'] = BRACKET, ['\n'] = BRACKET, ['\0'] = BRACKET};

/* How much of `s` is a clause: up to a mark with a blank behind it, or a bracket, or a "but" and its like. */
static size_t clause_length(struct slice s) {
    for (size_t i = 1; i < s.len; i++) {
        enum separator one = separators[(unsigned char)s.ptr[i]];
        if (one == BRACKET || (one == MARK && (i + 1 == s.len || s.ptr[i + 1] == ' ')) ||
            (one == BLANK && IS_ANY(slice_from(s, i + 1), turns, slice_starts_nocase)))
            return i;
    }
    return s.len;
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

/* Where the first of the list begins; 0: there is none. */
static size_t first_of(struct slice words, const struct slice *list, size_t count) {
    size_t first = words.len;
    for (size_t i = 0; i < count; i++) {
        size_t at = slice_find_nocase(words, list[i]);
        first = at < first ? at : first;
    }
    return first < words.len ? first : 0;
}

static struct slice without_start(struct slice clause, const struct slice *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_starts_nocase(clause, list[i]))
            return without_start(slice_trim(slice_from(clause, list[i].len)), list, count);
    return clause;
}

/* What a clause that tells where to read says of what is written there: "(see also our notes) about SPF". It
 * is no reason. Empty: it is no such clause. A page is none of it. */
static struct slice topic_of(struct slice clause) {
    bool has_mark = separators[(unsigned char)*clause.ptr] != NO_SEPARATOR;
    struct slice words = without_start(slice_trim(slice_from(clause, has_mark)), politeness,
                                       sizeof politeness / sizeof *politeness);
    if (slice_starts_nocase(words, SLICE("for ")) && !IS_ANY(words, reasons, has))
        return slice_upto(words, first_of(words, directions, sizeof directions / sizeof *directions));
    if (!IS_ANY(words, pointers, slice_starts_nocase))
        return SLICE_EMPTY;
    for (size_t i = 0; i < sizeof abouts / sizeof *abouts; i++) {
        size_t at = slice_find_nocase(words, abouts[i]);
        struct slice topic = at < words.len ? slice_from(words, at) : SLICE_EMPTY;
        if (topic.len)
            return slice_upto(topic, slice_find_nocase(topic, SLICE(" http")));
    }
    return SLICE_EMPTY;
}

/* The clauses that deny as blanks, and the topics too; `left`: how many words are. Returns whether there were
 * topics. */
static bool blank_out(struct slice text, bool has_topics, char **copy, size_t *left, struct arena *arena) {
    struct slice rest = slice_upto(text, LIMIT_DENIED);
    struct pairs pairs = pairs_of(rest);
    struct clause all = {rest, true, &pairs};
    struct held held = {HAS_ANY(&all, denials), HAS_ANY(&all, not_on), HAS_ANY(&all, sought)};
    bool were_topics = false;
    for (size_t length; rest.len; rest = slice_from(rest, length)) {
        length = clause_length(rest);
        struct slice clause = slice_upto(rest, length);
        struct clause read = {clause, clause.ptr == text.ptr, &pairs};
        bool is_no_reason = is_denied(&read, &held) || is_asked_in_vain(slice_from(rest, length));
        struct slice gone = is_no_reason ? clause : has_topics ? topic_of(clause) : SLICE_EMPTY;
        *left += count_words(clause) - count_words(gone);
        were_topics |= gone.len && !is_no_reason;
        if (gone.len && !*copy)
            *copy = arena_string(arena, text);
        if (gone.len)
            memset(*copy + (gone.ptr - text.ptr), ' ', gone.len);
    }
    return were_topics;
}

struct slice without_denied(struct slice text, struct arena *arena) {
    text = without_passed(text, arena);
    char *copy = NULL;
    size_t left = 0;
    if (blank_out(text, true, &copy, &left, arena) && left < WORDS_BESIDE_TOPIC) {
        copy = NULL;
        left = 0;
        blank_out(text, false, &copy, &left, arena);
    }
    return copy && left >= WORDS_LEFT ? (struct slice){copy, text.len} : text;
}
