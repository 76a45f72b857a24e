/* A process of its own for libraries that others wrote and that strangers' bytes may break: it runs in the
 * strictest sandbox (SANDBOX_OPINION), with one descriptor open, no environment, and limits of time and
 * memory; what it answers is checked like any input. One that dies or is late costs the question that it was
 * asked: another takes its place at the next. That is done by a keeper, a process which starts and ends it
 * and reads no question, so that whoever asks may have entered a sandbox meanwhile. */
#ifndef MAILWHY_OPINION_PROCESS_H
#define MAILWHY_OPINION_PROCESS_H

#include "parsers/base/slice.h"

#define OPINION_SECONDS       3 /* for one question */
#define OPINION_MOST_QUESTION ((size_t)64 << 20)
#define OPINION_MOST_ANSWER   256 /* bytes */

/* Answers a question, in that process. Returns the bytes written into `answer`, of OPINION_MOST_ANSWER. */
typedef size_t opinion_answerer(void *context, struct slice question, unsigned char *answer);

struct opinion_process;

/* Start a keeper; to be called before a sandbox is entered. `answerers` are called with `context`, which is
 * what it was now; both must live as long as the process. `begin` is called with it before, in the sandbox.
 * `milliseconds` is the time for one question. */
struct opinion_process *opinion_process_new(opinion_answerer *const *answerers, size_t count,
                                            void (*begin)(void *context), void *context,
                                            unsigned milliseconds);
void opinion_process_free(struct opinion_process *process);

/* Ask answerer number `kind`, and go on. At most one question is open. Returns false where it cannot be
 * asked. */
bool opinion_ask(struct opinion_process *process, unsigned kind, struct slice question);

/* Wait for the answer. Returns its bytes; 0: there is none, it crashed or took too long. */
size_t opinion_hear(struct opinion_process *process, unsigned char *answer);

/* Where there was no answer: that says nothing of the question, for no process could be started, or reached.
 */
bool opinion_has_failed(const struct opinion_process *process);

#endif
