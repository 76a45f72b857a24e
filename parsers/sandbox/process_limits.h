/* Limits of a process that reads what strangers wrote, beside its sandbox. */
#ifndef MAILWHY_PROCESS_LIMITS_H
#define MAILWHY_PROCESS_LIMITS_H

#include <sys/resource.h>
#include <sys/types.h>

/* Set a limit (RLIMIT_…) for good. */
void process_limit(int what, rlim_t most);

/* How many bytes it may map beside what it has. Nothing under the address sanitizer, which maps terabytes. */
void process_limit_memory(rlim_t more);

/* fork() for a process that works for this one alone: the signal ends it when this one is gone, however
 * early. */
pid_t process_fork(int signal_number);

#endif
