/* DKIM keys: see dkim_key.h. */
#include "parsers/dns/dkim_key.h"

#include "parsers/dns/tags.h"

static void take_tag(struct dkim_key *key, const struct tag *tag, bool is_first, struct arena *arena,
                     bool *has_key) {
    if (slice_equal(tag->name, SLICE("v"))) {
        if (!is_first || !slice_equal(tag->value, SLICE("DKIM1")))
            key->error = is_first ? "its version (v=) is not DKIM1" : "v= does not come first";
    } else if (slice_equal(tag->name, SLICE("k"))) {
        key->type = tag->value;
    } else if (slice_equal(tag->name, SLICE("h"))) {
        key->hashes = tag->value;
    } else if (slice_equal(tag->name, SLICE("t"))) {
        key->is_testing = tag_holds(tag->value, ':', SLICE("y"));
        key->is_strict = tag_holds(tag->value, ':', SLICE("s"));
    } else if (slice_equal(tag->name, SLICE("s"))) {
        if (!tag_holds(tag->value, ':', SLICE("*")) && !tag_holds(tag->value, ':', SLICE("email")))
            key->error = "it is not meant for mail (s=)";
    } else if (slice_equal(tag->name, SLICE("p"))) {
        *has_key = true;
        key->is_revoked = tag->value.len == 0;
        if (!tag_base64(arena, tag->value, &key->bytes))
            key->error = "its public key (p=) is damaged: it is not base64";
    }
}

bool dkim_key_parse(struct slice text, struct arena *arena, struct dkim_key *key) {
    struct tag tag;
    bool is_wrong = false;
    bool has_key = false;
    bool is_first = true;
    *key = (struct dkim_key){.type = SLICE("rsa")};
    while (tag_next(&text, &tag, &is_wrong)) {
        take_tag(key, &tag, is_first, arena, &has_key);
        is_first = false;
    }
    if (!key->error && !has_key)
        key->error = "it has no public key (p=)";
    if (!key->error && !slice_equal_nocase(key->type, SLICE("rsa")) &&
        !slice_equal_nocase(key->type, SLICE("ed25519")))
        key->error = "the type of its key (k=) is not known";
    return !key->error;
}
