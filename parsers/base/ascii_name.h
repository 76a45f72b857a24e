/* Names of other scripts in ASCII, by libidn2 (in a module: module.h). Others use dns_name_to_ascii. */
#ifndef MAILWHY_ASCII_NAME_H
#define MAILWHY_ASCII_NAME_H

#include "parsers/base/arena.h"
#include "parsers/base/module.h"

/* A host name in UTF-8 as A-labels (RFC 5890 section 2.3.2.1, RFC 5891 section 5). Empty: it is no such name.
 */
struct slice ascii_name(const char *name, struct arena *arena) IN_MODULE;

#endif
