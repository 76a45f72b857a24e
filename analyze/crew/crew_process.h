/* The processes of a crew (crew.h), and the nursery that starts them. */
#ifndef MAILWHY_CREW_PROCESS_H
#define MAILWHY_CREW_PROCESS_H

#include "analyze/crew/crew_plan.h"
#include "parsers/base/input.h"

#define CREW_MOST_MEMORY ((size_t)8 << 30) /* bytes that a process may map beside what it has */

/* The nursery: starts a process for each byte of `control`, which is its number; each has a page of `places`
 * of its own. */
void crew_nursery(const struct crew_plan *plan, char *places, int control) __attribute__((noreturn));

/* In a process: read an input whole (input_read), and close it; with its copy, where one is wanted: a process
 * that cannot write that ends. Returns 0 or an errno. */
int crew_read(struct crew_desk *desk, const struct crew_order *order, bool is_opened_here,
              struct input *input);

/* Close what is not read. */
void crew_close(const struct crew_order *order);

void crew_begin_report(struct crew_desk *desk);

/* The same of a message of so many bytes in a mailbox; `status`: of those before it. The parent hears of it
 * before it is read: should the process die, another goes on behind it. */
void crew_begin_message(struct crew_desk *desk, uint64_t line, size_t bytes, int status);
void crew_write(struct crew_desk *desk, const char *bytes, size_t length);
void crew_write_facts(struct crew_desk *desk, const char *bytes,
                      size_t length);                     /* of the report, at its end */
void crew_say_log(struct crew_desk *desk);                /* in place of reports */
void crew_has_read(struct crew_desk *desk, size_t bytes); /* all of it: its time begins; so does its memory */

#endif
