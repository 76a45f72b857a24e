/* What the lines of a chunk say: dialects write it, the reader hands it on. */
#ifndef MAILWHY_LOG_FACTS_H
#define MAILWHY_LOG_FACTS_H

#include "parsers/log/event.h"
#include "parsers/log/line.h"
#include "parsers/log/line_kinds.h"
#include "parsers/log/stamp.h"

struct dialect;
struct export_reader; /* see export.h */
struct rulebase;

#define LOG_EXPORT_KINDS 256 /* of which the records are counted apart */

struct log_facts {
    struct log_event *events;
    size_t count, room;
    uint64_t unparsed;       /* lines of the chunk that are not understood */
    struct line_kinds kinds; /* over all chunks of a reader */
    struct arena chunk;      /* of strings that do not stand in the line */
    /* what a dialect may look at */
    bool wants_stories;                 /* clients and message ids too */
    bool wants_named;                   /* recipients that are only named when their mail comes in, too */
    bool wants_lines;                   /* notes too */
    uint32_t line;                      /* the number of the line in its chunk, from 0 */
    uint64_t number;                    /* of the chunk */
    const struct dialect *last_dialect; /* that read the line above; NULL: there is none in this chunk */
    struct stamps stamps;
    struct slice header;           /* the first lines of the file */
    const struct rulebase *rules;  /* whose kinds of exports are read; NULL: the built-in ones */
    struct export_reader *exports; /* of the dialect `export` */
    bool has_rows;                 /* the file is a table or a list */
    uint64_t
        export_records[LOG_EXPORT_KINDS]; /* of the chunk, by the kind's number; its last counts the rest */
};

/* A new event of that line, with its time and host. It stands until the next one is added. */
struct log_event *log_event_add(struct log_facts *facts, enum log_kind kind, const struct log_line *line);

/* A LOG_ATTEMPT of the message with that outcome. */
struct log_event *log_attempt_add(struct log_facts *facts, const struct log_line *line, struct slice queue_id,
                                  enum log_status status);

/* The line is of the known kind `key`, a literal, and passed over on purpose. */
void log_facts_pass(struct log_facts *facts, const char *dialect, const char *key,
                    const struct log_line *line);

/* The line was passed over, but may tell of a trouble of the program's own. */
void log_facts_note_trouble(struct log_facts *facts, const struct log_line *line);

/* The line is not understood. */
void log_facts_add_unknown(struct log_facts *facts, const struct log_line *line);

/* The line, or a record of it, is not understood: `what` of the kind `dialect` says what, a literal, and
 * `word` the word that is not known. */
void log_facts_add_unknown_as(struct log_facts *facts, const struct log_line *line, const char *dialect,
                              const char *what, struct slice word);

/* Forget what the last chunk said, but for the kinds of lines. */
void log_facts_begin(struct log_facts *facts);
void log_facts_free(struct log_facts *facts);

#endif
