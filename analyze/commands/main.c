/* mailwhy, the program: linked with the library, in which all of it is but what takes the place of functions
 * of the C library, for all libraries: the program's own are found first. */
#include "analyze/commands/giving_up.h"
#include "analyze/commands/program.h"
#include "parsers/sandbox/sandbox.h"

#include <stdlib.h>

void abort(void) {
    giving_up("a library gave up, for there is no memory, or by a bug");
}

/* The same where a library finds, as ldns and libyaml do without memory, that it is not as it should be. */
void __assert_fail(const char *assertion, const char *file, unsigned line, const char *function);
void __assert_fail(const char *assertion, const char *file, unsigned line, const char *function) {
    (void)file, (void)line, (void)function;
    giving_up(assertion);
}

#ifdef MAILWHY_SANITIZE
/* The search for leaks at a process's end traces it from another, which nobody in the sandbox may start. */
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void) {
    return sandbox_state().is_filtered;
}
#endif

int main(int argc, char **argv) {
    return program_main(argc, argv);
}
