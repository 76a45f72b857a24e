/* Descriptors that whoever started the program left open: a mail system's queue, a web server's sockets, a
 * shell's files. Nothing here needs them, and a process that is taken over while it reads could use them. */
#ifndef MAILWHY_INHERITED_H
#define MAILWHY_INHERITED_H

/* Close all from 3 on but those that the arguments or MAILWHY_CONFIG name as files (/dev/fd/63, as the shell
 * writes for `<(…)`; /proc/self/fd/63). Before anything is opened; it takes no memory. */
void inherited_close(int argc, char **argv);

#endif
