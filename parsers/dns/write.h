/* A snapshot as a file. */
#ifndef MAILWHY_DNS_WRITE_H
#define MAILWHY_DNS_WRITE_H

#include "parsers/dns/snapshot.h"

/* Everything in it, in order, as a snapshot file. */
void snapshot_write(const struct snapshot *snapshot, GString *out);

/* What a file holds (struct dns_entry), in that order; to be freed. */
GPtrArray *dns_file_sorted(const struct dns_file *file);

#endif
