/* A DNS snapshot: resource records in presentation format (RFC 1035 section 5.1), as `dig` prints them, and
 * what is known not to exist or not to answer. docs/dns.md describes the format.
 *
 * Names are kept as their labels in lower case, joined by dots, without the last dot; a dot inside a label
 * stands as "\." and every other byte as it is (dns_name_show prints them). */
#ifndef MAILWHY_SNAPSHOT_H
#define MAILWHY_SNAPSHOT_H

#include "parsers/base/arena.h"
#include "parsers/base/ip.h"
#include "parsers/rules/rules.h"

#include <glib.h>
#include <stdint.h>

enum dns_type {
    DNS_A = 1,
    DNS_NS = 2,
    DNS_CNAME = 5,
    DNS_PTR = 12,
    DNS_MX = 15,
    DNS_TXT = 16,
    DNS_AAAA = 28,
    DNS_TLSA = 52,
    DNS_ANY = 255
};

#define DNS_MOST_ALIASES 16 /* followed from one name */

enum dns_status {
    DNS_UNKNOWN, /* the snapshot does not say */
    DNS_FOUND,
    DNS_NODATA,
    DNS_NXDOMAIN,
    DNS_SERVFAIL,
    DNS_TIMEOUT
};

struct dns_record {
    struct dns_record *next;
    unsigned type;
    unsigned line;
    unsigned preference;                /* of MX */
    unsigned usage, selector, matching; /* of TLSA (RFC 6698) */
    struct ip ip;                       /* of A, AAAA */
    struct slice host;                  /* of NS, CNAME, PTR, MX; empty: the root */
    struct slice text;                  /* of TXT: its strings joined, any bytes; of TLSA: the association */
    struct slice shown;                 /* as RFC 1035 writes the record */
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
    GHashTable *answers; /* of struct dns_entry */
    GHashTable *names;   /* of struct dns_question, type 0: that exist, those above them too */
    bool is_complete;    /* what it does not hold does not exist */
    int64_t taken;       /* seconds since the epoch; -1: not said */
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

/* The earliest time at which a part of it was taken; -1: not said. */
int64_t snapshot_taken(const struct snapshot *snapshot);

/* Everything in it, in order, as a snapshot file. */
void snapshot_write(const struct snapshot *snapshot, GString *out);

const char *dns_status_name(enum dns_status status); /* as directives write it: NXDOMAIN, NODATA, … */
const char *dns_type_name(unsigned type);            /* "TXT"; "other" where it is none that we know */
unsigned dns_type_of(struct slice name);             /* 0: no such type */

/* name.c: names. From presentation format (with or without the last dot; false: no name of at most 255 bytes
 * with labels of 1 to 63); from the bytes of a mail, where only dots count; and back for people. */
bool dns_name_parse(struct slice text, struct arena *arena, struct slice *name);
bool dns_name_of(struct slice raw, struct arena *arena, struct slice *name);
struct slice dns_name_of_wire(const unsigned char *wire, size_t len, struct arena *arena);
struct slice dns_name_show(struct arena *arena, struct slice name);
/* The byte that the escape at *i stands for (RFC 1035 section 5.1); moves *i to its last character. */
char dns_unescape(struct slice text, size_t *i);
/* The name above: without its first label; empty for the root. */
struct slice dns_name_parent(struct slice name);

/* Used by the parts of the reader. */
struct dns_entry {
    struct dns_question question; /* first: it is the key */
    enum dns_status status;
    struct dns_record *records, **end;
    size_t count;
    GHashTable *shown; /* the records by what they say, where there are many */
};
void dns_file_add(struct dns_file *file, struct slice name, struct dns_record *record);
void dns_file_say(struct dns_file *file, struct slice name, unsigned type, enum dns_status status);
const struct dns_entry *dns_file_entry(const struct dns_file *file, struct slice name, unsigned type);

/* read.c: parse `text` into `file`; `text` need not outlive it. What is wrong is written to `errors` as
 * file:line:column. */
void dns_file_read(struct dns_file *file, struct slice text, struct rule_errors *errors);

/* record.c: one logical line of presentation format into `record`; `name` is its owner. `state` carries
 * $ORIGIN, $TTL and the last owner. Returns NULL, or what is wrong (static). An unused record (another class)
 * has type 0. */
struct ldns_struct_rdf;
struct zone_state {
    struct ldns_struct_rdf *origin, *previous;
    uint32_t ttl;
};
const char *dns_record_parse(const char *line, struct zone_state *state, struct arena *arena,
                             struct slice *name, struct dns_record *record);

#endif
