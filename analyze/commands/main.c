/* mailwhy, the program: linked with the library, in which all of it is. */
#include "analyze/commands/program.h"

int main(int argc, char **argv) {
    return program_main(argc, argv);
}
