/* Words of which a rule may name one, as numbers. A list of words stands once, in the order of its numbers;
 * the first is the default. */
#ifndef MAILWHY_WORDS_H
#define MAILWHY_WORDS_H

/* The place of `word` in a list that ends with NULL; 0 where it is NULL or not known (check.h reports it). */
unsigned word_number(const char *const *words, const char *word);

#endif
