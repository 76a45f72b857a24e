/* What gives up ends the fuzz target with a signal that libFuzzer sees, whatever the program would do then
 * (analyze/commands/giving_up.h). */
#include <stdlib.h>

void abort(void) {
    __builtin_trap();
}
