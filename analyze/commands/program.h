/* The program mailwhy: reads the command line by the tables of commands and options, and runs the command. */
#ifndef MAILWHY_PROGRAM_H
#define MAILWHY_PROGRAM_H

/* What main gets, and returns. It is of the library, for which main.c is all that is linked with it, and for
 * nobody else: it closes descriptors, sets signals and the locale, and may end the process. */
int program_main(int argc, char **argv);

#endif
