/* What needs libcrypto, libopendkim, libspf2 and ldns, which only verifying needs: in a module
 * (parsers/base/module.h), which offers this table. Others ask engine() for it (engine.h). */
#ifndef MAILWHY_ENGINE_TABLE_H
#define MAILWHY_ENGINE_TABLE_H

#include "analyze/auth/arc_verdict.h"
#include "analyze/auth/dkim_verdict.h"
#include "analyze/auth/mail_bytes.h"
#include "analyze/auth/resolver.h"
#include "analyze/auth/spf_verdict.h"
#include "parsers/base/file_errors.h"
#include "parsers/base/module.h"
#include "parsers/dns/dkim_key.h"

struct dkim_checker;   /* see key_cache.h */
struct second_opinion; /* see second_opinion.h */

struct engine {
    void (*read_dns)(struct dns_file *file, struct slice text, struct file_errors *errors);
    struct dkim_checker *(*checker_new)(void);
    void (*checker_free)(struct dkim_checker *checker);
    struct dkim_verdict *(*verify_dkim)(struct dkim_checker *checker, const struct mail_bytes *mail,
                                        int64_t time, struct resolver *resolver);
    void (*verify_arc)(const struct mail_bytes *mail, struct resolver *resolver, struct arc_verdict *verdict);
    /* Other libraries' opinions: see second_opinion.h. */
    struct second_opinion *(*second_new)(const struct snapshot *snapshot, void (*begin)(void *context),
                                         void *context);
    void (*second_free)(struct second_opinion *second);
    void (*second_of_spf)(struct second_opinion *second, const struct spf_query *query, struct arena *arena,
                          struct spf_verdict *verdict);
    bool (*ask_second_of_dkim)(struct second_opinion *second, const struct mail_bytes *mail, int64_t time);
    void (*hear_second_of_dkim)(struct second_opinion *second, struct arena *arena,
                                struct dkim_verdict *first);
    /* Bits of a public key; 0: it cannot be read. *is_rsa: it is of RSA. */
    unsigned (*key_bits)(const struct dkim_key *key, bool *is_rsa);
};

extern const struct engine engine_table IN_MODULE;

#endif
