/* Errors as lettre prints them, the mail library of Rust. */
#ifndef MAILWHY_PASTED_LETTRE_H
#define MAILWHY_PASTED_LETTRE_H

#include "parsers/base/arena.h"

/* The reply in such an error: "permanent error (535): 5.7.8 …", or of its debug form the code alone. */
bool lettre_read(struct slice *found, struct slice text, struct arena *arena);

#endif
