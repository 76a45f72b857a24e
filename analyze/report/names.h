/* What must not be read in a report, and the pseudonym of each: the memory of a redactor. Names are sequences
 * of words, compared without case; what stands between two words does not matter. */
#ifndef MAILWHY_NAMES_H
#define MAILWHY_NAMES_H

#include "parsers/base/hash_table.h"

/* What the redactors of a run share. */
struct redaction {
    const char *key; /* of the pseudonyms */
    size_t key_length;
    const struct common_words *common;
    bool keeps_reply_ids; /* whoever wrote a reply reads it: ids and tokens in its words stay */
};

enum name_kind { /* the letter that its pseudonym begins with */
                 NAME_USER = 'u',
                 NAME_PERSON = 'n',
                 NAME_SUBJECT = 's',
                 NAME_IDENTIFIER = 'i',
                 NAME_TOKEN = 't',
                 NAME_HOST = 'h',
                 NAME_FILE = 'p'
};

#define NAME_MOST_WORDS 32 /* of a longer one the first are compared */
#define PSEUDONYM_SIZE  10 /* with its end */

struct name {
    struct slice words; /* folded, with a blank between them */
    enum name_kind kind;
    bool is_anywhere; /* hidden wherever it stands, not only where it is unlike an ordinary word */
    char pseudonym[PSEUDONYM_SIZE];
};

struct names {
    struct arena arena;
    struct hash_table table;
    struct hash_table servers; /* hosts that are known to be mail servers, and parties' addresses: char *,
                                  in lower case */
    uint32_t counts;           /* bit n - 1: there are names of n words */
    uint64_t firsts;           /* bits of the words that names of several words begin with */
    uint64_t lengths;          /* bit n: there are names of one word of n bytes that are no common words */
    const struct redaction *redaction;
    GString *buffer; /* of folded words, kept from one look-up to the next */
};

void names_init(struct names *names, const struct redaction *redaction);
void names_free(struct names *names);

/* Nothing where the text holds no word. */
void names_add(struct names *names, enum name_kind kind, struct slice text, bool is_anywhere);

/* Another form of a text that was collected: it has the same pseudonym. */
void names_add_form(struct names *names, enum name_kind kind, struct slice form, struct slice text);

/* A host that is a mail server: the reader needs its name. */
void names_add_server(struct names *names, struct slice host);
bool names_is_server(struct names *names, struct slice host);

/* An address of the mail itself: it is hidden though it names a task (info@…). Others of that kind stay, for
 * a reply tells the sender to write there. */
void names_add_party(struct names *names, struct slice address);
bool names_is_party(struct names *names, struct slice address);

/* Words that stay readable whoever is called so: of the rules and of every sentence, roles, addresses of
 * servers, enhanced codes and names of hosts. A sender may choose names and subjects so that a refusal cannot
 * be read. */
bool names_is_readable(struct names *names, struct slice word);

/* Nothing but digits? "7Kq9wV" begins with a number and is an id. */
bool names_is_number(struct slice word);

/* Are all words of a name readable ones, as those of "Email Abuse"? */
bool names_is_ordinary(struct names *names, const struct name *name);

/* By the words of a text, all of them; NULL: it was not collected. */
const struct name *names_find(struct names *names, struct slice text);

/* The name that begins a text at a word, the longest; NULL: none. Sets the bytes that it takes. */
const struct name *names_at(struct names *names, struct slice text, size_t *taken);

/* Does a name of one word, no common one and no subject, stand inside? */
bool names_are_inside(struct names *names, struct slice text);

/* The pseudonym of a text: the collected one, else one of that kind. Nobody can tell the text from it who
 * does not have the key, or guesses it. */
void names_pseudonym(struct names *names, enum name_kind kind, struct slice text, char out[PSEUDONYM_SIZE]);

/* Could it be told from an ordinary word: five letters or more (or seven digits), no role, no word of the
 * rules? */
bool names_is_telling(struct names *names, struct slice word);

/* The length of the word that begins `text`; 0: none does. Dots, hyphens and pluses may stand inside it. */
size_t word_length(struct slice text);
bool is_word_char(char c);

/* The name by which an input without one goes: a pipe, what was pasted into the page. */
bool names_no_file(struct slice name);

#endif
