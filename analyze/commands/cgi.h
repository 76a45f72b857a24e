/* `mailwhy cgi`: the page to paste into, as a CGI program (RFC 3875) behind a web server. It serves one
 * request and ends: it opens no socket, but to ask the DNS where the configuration allows that, and writes no
 * file. */
#ifndef MAILWHY_CGI_H
#define MAILWHY_CGI_H

#include "analyze/commands/options.h"

int command_cgi(struct options *options); /* an exit status: 0 when an answer was written, whatever it says */

#endif
