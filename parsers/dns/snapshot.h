/* A DNS snapshot: resource records in presentation format (RFC 1035 section 5.1), as `dig` prints them, and
 * what is known not to exist or not to answer. docs/dns.md describes the format.
 *
 * Names are kept as their labels in lower case, joined by dots, without the last dot; a dot inside a label
 * stands as "\." and every other byte as it is (name.h). */
#ifndef MAILWHY_SNAPSHOT_H
#define MAILWHY_SNAPSHOT_H

#include "parsers/base/arena.h"
#include "parsers/base/ip.h"
#include "parsers/dns/type.h"

#include <glib.h>
#include <stdint.h>

#define DNS_MOST_ALIASES 16 /* followed from one name */

enum dns_status {
    DNS_UNKNOWN, /* the snapshot does not say */
    DNS_FOUND,
    DNS_NODATA,
    DNS_NXDOMAIN,
    DNS_SERVFAIL,
    DNS_TIMEOUT,
    DNS_DISBELIEVED /* of look-ups only: a server says that there is none, and says so of all
                       (snapshot_denies) */
};

struct dns_record {
    struct dns_record *next;
    unsigned type;
    unsigned line;
    unsigned preference;                     /* of MX */
    struct ip ip;                            /* of A, AAAA */
    unsigned char usage, selector, matching; /* of TLSA (RFC 6698 section 2.1) */
    struct slice host;                       /* of NS, CNAME, PTR, MX; empty: the root */
    struct slice text;  /* of TXT: its strings joined, any bytes; of TLSA: the association */
    struct slice shown; /* as RFC 1035 writes the record */
};

struct dns_answer {
    enum dns_status status;
    const struct dns_record *records; /* where FOUND; a CNAME where the name is an alias */
};

/* What is asked of the DNS: a key of hash tables. */
struct dns_question {
    struct slice name;
    unsigned type;
};
guint dns_question_hash(gconstpointer question);
gboolean dns_question_equal(gconstpointer one, gconstpointer other);

/* One file. */
struct dns_file {
    const char *path;
    GHashTable *answers;  /* of struct dns_entry */
    GHashTable *names;    /* of struct dns_question, type 0: that exist, those above them too */
    bool is_complete;     /* what it does not hold does not exist */
    bool is_of_strangers; /* a line that is wrong costs no other one */
    int64_t taken;        /* seconds since the epoch; -1: not said */
    struct arena arena;
};

struct snapshot {
    GPtrArray *files; /* of struct dns_file; the first that knows an answer wins */
};

struct snapshot *snapshot_new(void);
void snapshot_free(struct snapshot *snapshot);

/* Add one more, empty file; dns_file_read fills it. `path` must outlive the snapshot. */
struct dns_file *snapshot_add(struct snapshot *snapshot, const char *path);

/* What is known of that name and type. Aliases are not followed. */
struct dns_answer snapshot_find(const struct snapshot *snapshot, struct slice name, unsigned type);

/* Does a file say in so many words that there is no such record? That it is complete says nothing. */
bool snapshot_denies(const struct snapshot *snapshot, struct slice name, unsigned type);

/* Is there any record in it? */
bool snapshot_has_records(const struct snapshot *snapshot);

/* The earliest time at which a part of it was taken; -1: not said. */
int64_t snapshot_taken(const struct snapshot *snapshot);

const char *dns_status_name(enum dns_status status); /* as directives write it: NXDOMAIN, NODATA, … */

/* For what reads and writes files. */
struct dns_entry {
    struct dns_question question; /* first: it is the key */
    enum dns_status status;
    struct dns_record *records, **end;
    size_t count;
    GHashTable *shown; /* the records by what they say, where there are many */
};
/* Put a record to `name`; the same one is kept once. */
void dns_file_add(struct dns_file *file, struct slice name, struct dns_record *record);
/* Note that there is none, or no answer, unless something is known already. */
void dns_file_note_status(struct dns_file *file, struct slice name, unsigned type, enum dns_status status);
/* NULL: the file does not say. */
const struct dns_entry *dns_file_entry(const struct dns_file *file, struct slice name, unsigned type);

#endif
