/* Names of hosts under --redact. The reader needs to know which servers took part, so their names stay,
 * though a part of one is somebody's name too (neko-nyaan-22.example.de stays, whoever nyaan@ is). The first
 * label goes
 *  - where it is a person's whole local part or word of a name, and the host did not take part as a mail
 *    server: miller.example.org;
 *  - where it holds a whole name of several words, and the host did not take part as a mail server:
 *    bob-miller.dyn.example.org;
 *  - where a name is only a part of it, in what is no server's name: selectors of DKIM keys, names of one
 * label, and those of networks at home and in offices (.local, .lan, .fritz.box, …). The domain of the
 * organisation always stays. */
#ifndef MAILWHY_REDACT_HOST_H
#define MAILWHY_REDACT_HOST_H

#include "analyze/report/names.h"

void redact_host(struct names *names, struct slice host, GString *out);
/* Of an address: it stays, but for those that no server on the Internet has. */
void redact_domain(struct names *names, struct slice domain, GString *out);
void redact_selector(struct names *names, struct slice selector, GString *out);

/* Is the word a host's name, by its end: a top domain, or one that networks at home have? */
bool redact_is_host(struct names *names, struct slice word);

/* Is it a file's name, by its end: kim.html? */
bool redact_is_page(struct slice word);

/* kim.lee: letters with dots between them, and no host, page or file by its end. */
bool redact_is_dotted_name(struct names *names, struct slice word);

#endif
