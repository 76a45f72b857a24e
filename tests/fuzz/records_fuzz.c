/* Any bytes as a DKIM key, and a DMARC record. */
#include "analyze/auth/public_key.h"
#include "parsers/dns/dmarc_record.h"
#include "parsers/dns/tags.h"
#include "tests/fuzz/hold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    struct slice text = {(const char *)data, size};
    struct dkim_key key;
    struct dmarc_record dmarc;
    if (dkim_key_parse(text, &arena, &key))
        EVP_PKEY_free(public_key(&key));
    if (dmarc_record_is(text))
        dmarc_record_parse(text, &dmarc);
    tag_find(text, SLICE("v"));
    arena_free(&arena);
    return 0;
}
