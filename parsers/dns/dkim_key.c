/* DKIM keys: see dkim_key.h. */
#include "parsers/dns/dkim_key.h"

#include "parsers/dns/tags.h"

#define MOST_TAGS 100 /* of one record */

struct key_reading {
    struct dkim_key *key;
    struct arena *arena;
    bool is_first, has_key; /* is_first: no tag stands before this one */
};

static void read_version(struct key_reading *r, struct slice value) {
    if (!r->is_first)
        r->key->error = "v= does not come first";
    else if (!slice_equal(value, SLICE("DKIM1")))
        r->key->error = "its version (v=) is not DKIM1";
}

static void read_type(struct key_reading *r, struct slice value) {
    r->key->type = value;
}

static void read_hashes(struct key_reading *r, struct slice value) {
    r->key->hashes = value;
}

static void read_flags(struct key_reading *r, struct slice value) {
    r->key->is_testing = tag_holds(value, ':', SLICE("y"));
    r->key->is_strict = tag_holds(value, ':', SLICE("s"));
}

static void read_service(struct key_reading *r, struct slice value) {
    if (!tag_holds(value, ':', SLICE("*")) && !tag_holds(value, ':', SLICE("email")))
        r->key->error = "it is not meant for mail (s=)";
}

static void read_key(struct key_reading *r, struct slice value) {
    r->has_key = true;
    r->key->is_revoked = value.len == 0;
    if (!tag_base64(r->arena, value, &r->key->bytes))
        r->key->error = "its public key (p=) is damaged: it is not base64";
}

static const struct {
    const char *name;
    void (*read)(struct key_reading *r, struct slice value);
} tags[] = {{"v", read_version}, {"k", read_type},    {"h", read_hashes},
            {"t", read_flags},   {"s", read_service}, {"p", read_key}};

static void read_tag(struct key_reading *r, const struct tag *tag) {
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (slice_equal(tag->name, slice_of(tags[i].name)))
            tags[i].read(r, tag->value);
    r->is_first = false;
}

/* Tags may stand once (RFC 6376 section 3.2). */
static bool is_repeated(struct slice text, const struct tag *tag) {
    struct tag other;
    bool is_wrong = false;
    while (tag_next(&text, &other, &is_wrong) && other.name.ptr != tag->name.ptr)
        if (slice_equal(other.name, tag->name))
            return true;
    return false;
}

bool dkim_key_parse(struct slice text, struct arena *arena, struct dkim_key *key) {
    struct tag tag;
    bool is_wrong = false;
    unsigned count = 0;
    struct key_reading r = {key, arena, .is_first = true};
    *key = (struct dkim_key){.type = SLICE("rsa")};
    for (struct slice rest = text; count < MOST_TAGS && tag_next(&rest, &tag, &is_wrong); count++) {
        read_tag(&r, &tag);
        if (is_repeated(text, &tag))
            key->error = "a tag stands in it twice, which makes the whole record void";
    }
    if (!key->error && !r.has_key)
        key->error = "it has no public key (p=)";
    if (!key->error && !slice_equal_nocase(key->type, SLICE("rsa")) &&
        !slice_equal_nocase(key->type, SLICE("ed25519")))
        key->error = "the type of its key (k=) is not known";
    return !key->error;
}
