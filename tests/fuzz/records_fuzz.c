/* Any bytes as a DKIM key, a DMARC record, and the tags of a signature. */
#include "analyze/auth/canon.h"
#include "parsers/dns/dmarc_record.h"
#include "parsers/dns/tags.h"
#include "tests/fuzz/drop.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    struct slice text = {(const char *)data, size};
    struct dkim_key key;
    struct dmarc_record dmarc;
    struct signed_by s;
    if (dkim_key_parse(text, &arena, &key))
        EVP_PKEY_free(public_key(&key));
    if (dmarc_record_is(text))
        dmarc_record_parse(text, &dmarc);
    signed_by_parse(text, &arena, &s);
    tag_find(text, SLICE("v"));
    arena_free(&arena);
    return 0;
}
