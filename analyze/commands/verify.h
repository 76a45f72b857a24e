/* `mailwhy verify`: capture the DNS that the inputs need, and explain them with it. */
#ifndef MAILWHY_COMMAND_VERIFY_H
#define MAILWHY_COMMAND_VERIFY_H

struct options;
int command_verify(struct options *options);

#endif
