/* The words of a format (rules/bounces) as numbers; the first is the default. */
#ifndef MAILWHY_FORMAT_WORDS_H
#define MAILWHY_FORMAT_WORDS_H

#include "parsers/rules/action.h"
#include "parsers/rules/rules.h"

/* What kind of message it tells. */
enum format_kind { FORMAT_BOUNCE, FORMAT_AUTO_REPLY, FORMAT_COMPLAINT, FORMAT_CHALLENGE, FORMAT_KINDS };
extern const char *const format_kind_words[]; /* NULL at the end */
enum format_kind format_kind(const struct format *format);

/* What became of the recipients that it names: one of action_words. */
enum action format_action(const struct format *format);

/* Is it tried only when no other fits? */
enum format_rank { FORMAT_ORDINARY, FORMAT_LAST, FORMAT_RANKS };
extern const char *const format_rank_words[]; /* NULL at the end */
bool format_is_last(const struct format *format);

/* What of it is folded without meaning, to be read as one line: all of it, or what is said of a recipient? */
enum format_joins { FORMAT_JOINS_NOTHING, FORMAT_JOINS_REPORT, FORMAT_JOINS_BLOCK, FORMAT_JOININGS };
extern const char *const format_join_words[]; /* NULL at the end */
enum format_joins format_joins(const struct format *format);

/* Does it name the server that answered, where one did? Then what it tells without one is its own. */
enum format_names { FORMAT_NAMES_NOBODY, FORMAT_NAMES_OTHERS, FORMAT_NAMINGS };
extern const char *const format_names_words[]; /* NULL at the end */
bool format_names_others(const struct format *format);

#endif
