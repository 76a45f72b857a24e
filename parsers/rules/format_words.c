/* Words of formats: see format_words.h. */
#include "parsers/rules/format_words.h"

#include "parsers/rules/words.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

const char *const format_kind_words[] = {[FORMAT_BOUNCE] = "bounce",
                                         [FORMAT_AUTO_REPLY] = "auto-reply",
                                         [FORMAT_COMPLAINT] = "complaint",
                                         [FORMAT_CHALLENGE] = "challenge",
                                         NULL};
_Static_assert(COUNT(format_kind_words) == FORMAT_KINDS + 1, "a word for each kind");

const char *const format_rank_words[] = {[FORMAT_ORDINARY] = "ordinary", [FORMAT_LAST] = "last", NULL};
_Static_assert(COUNT(format_rank_words) == FORMAT_RANKS + 1, "a word for each rank");

const char *const format_join_words[] = {
    [FORMAT_JOINS_NOTHING] = "no", [FORMAT_JOINS_REPORT] = "yes", [FORMAT_JOINS_BLOCK] = "block", NULL};
_Static_assert(COUNT(format_join_words) == FORMAT_JOININGS + 1, "a word for each way");

const char *const format_names_words[] = {
    [FORMAT_NAMES_NOBODY] = "nobody", [FORMAT_NAMES_OTHERS] = "others", NULL};
_Static_assert(COUNT(format_names_words) == FORMAT_NAMINGS + 1, "a word for each");

enum format_kind format_kind(const struct format *format) {
    return (enum format_kind)word_number(format_kind_words, format->kind);
}

enum action format_action(const struct format *format) {
    return (enum action)(ACTION_FAILED + word_number(action_words, format->outcome));
}

bool format_is_last(const struct format *format) {
    return word_number(format_rank_words, format->rank) == FORMAT_LAST;
}

enum format_joins format_joins(const struct format *format) {
    return (enum format_joins)word_number(format_join_words, format->join);
}

bool format_names_others(const struct format *format) {
    return word_number(format_names_words, format->names) == FORMAT_NAMES_OTHERS;
}
