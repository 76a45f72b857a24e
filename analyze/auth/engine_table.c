/* What the module offers: see engine_table.h. */
#include "analyze/auth/engine_table.h"

#include "analyze/auth/arc.h"
#include "analyze/auth/dkim.h"
#include "analyze/auth/public_key.h"
#include "analyze/auth/second_opinion.h"
#include "parsers/dns/read.h"

static unsigned key_bits(const struct dkim_key *key, bool *is_rsa) {
    EVP_PKEY *read = public_key(key);
    unsigned bits = read ? (unsigned)EVP_PKEY_get_bits(read) : 0;
    *is_rsa = read && EVP_PKEY_get_id(read) == EVP_PKEY_RSA;
    EVP_PKEY_free(read);
    return bits;
}

const struct engine engine_table = {.read_dns = dns_file_read,
                                    .checker_new = dkim_checker_new,
                                    .checker_free = dkim_checker_free,
                                    .verify_dkim = dkim_verify_all,
                                    .verify_arc = arc_verify,
                                    .second_new = second_opinion_new,
                                    .second_free = second_opinion_free,
                                    .second_of_spf = second_opinion_of_spf,
                                    .ask_second_of_dkim = second_opinion_ask_dkim,
                                    .hear_second_of_dkim = second_opinion_hear_dkim,
                                    .key_bits = key_bits};
