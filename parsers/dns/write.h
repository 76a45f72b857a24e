/* A snapshot as a file. */
#ifndef MAILWHY_DNS_WRITE_H
#define MAILWHY_DNS_WRITE_H

#include "parsers/dns/snapshot.h"

/* Everything in it, in order, as a snapshot file. */
void snapshot_write(const struct snapshot *snapshot, GString *out);

#endif
