/* The validation of ARC chains (RFC 8617 section 5.2): see arc.h. */
#include "analyze/auth/arc.h"

#include "analyze/auth/body_hash.h"
#include "analyze/auth/canon.h"
#include "analyze/auth/dkim_body.h"
#include "analyze/auth/public_key.h"
#include "analyze/auth/published_key.h"
#include "parsers/base/memory.h"
#include "parsers/base/text.h"
#include "parsers/dns/tags.h"
#include "parsers/message/field.h"
#include "parsers/message/signature.h"

struct validating {
    struct arc_verdict *verdict;
    struct header_fields all;
    const struct mail_bytes *mail;
    struct resolver *resolver;
    struct arena *arena;
    GString *text;
};

static bool fail(struct validating *v, struct slice reason) {
    v->verdict->result = ARC_FAIL;
    v->verdict->reason = reason;
    return false;
}

#define FAIL(v, ...) fail((v), arena_printf((v)->arena, __VA_ARGS__))

/* --- structure --- */

static const struct {
    struct slice name;
    size_t offset;
} kinds[] = {
    {{"arc-authentication-results", 26}, offsetof(struct arc_set, results)},
    {{"arc-message-signature", 21}, offsetof(struct arc_set, message)},
    {{"arc-seal", 8}, offsetof(struct arc_set, seal)},
};

/* The number of a set: i= comes first in all three kinds of field, or among the tags. */
static int instance_of(struct slice raw) {
    size_t digits = 0;
    struct slice value = tag_find(raw, SLICE("i"));
    int number = slice_number(value, &digits);
    return value.len && digits == value.len ? number : -1;
}

static bool take_field(struct validating *v, const struct field *f, size_t kind) {
    struct arc_verdict *arc = v->verdict;
    int number = instance_of(f->raw);
    if (number < 1 || number > ARC_MOST_SETS)
        return FAIL(v, "an %.*s field has no instance number from 1 to %d", S(f->name), ARC_MOST_SETS);
    struct field *slot = (struct field *)(void *)((char *)&arc->sets[number - 1] + kinds[kind].offset);
    if (slot->name.len)
        return FAIL(v, "instance %d has two %.*s fields", number, S(f->name));
    *slot = *f;
    arc->instances = MAX(arc->instances, (unsigned)number);
    return true;
}

static bool collect(struct validating *v) {
    for (size_t i = 0; i < v->all.count; i++)
        for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++)
            if (slice_equal_nocase(v->all.fields[i].name, kinds[k].name) &&
                !take_field(v, &v->all.fields[i], k))
                return false;
    return true;
}

/* Only the last piece may be empty (RFC 6376 section 3.2). */
static bool has_gap(struct slice raw) {
    raw = slice_trim(raw);
    raw.len -= raw.len && raw.ptr[raw.len - 1] == ';';
    while (raw.len) {
        size_t end = slice_find_char(raw, ';');
        if (!slice_trim(slice_upto(raw, end)).len)
            return true;
        raw = slice_from(raw, end + 1);
    }
    return false;
}

/* ALPHA *ALNUMPUNC (RFC 6376 section 3.2). */
static bool is_tag_name(struct slice name) {
    for (size_t i = 0; i < name.len; i++)
        if (!ascii_is_alnum(name.ptr[i]) && name.ptr[i] != '_')
            return false;
    return name.len && ascii_is_alpha(name.ptr[0]);
}

/* Tags that must be there, once each; `banned` must not. */
static const char *check_tags(struct slice raw, const char *const *needed, const char *banned) {
    struct tag tag;
    bool is_wrong = false;
    struct slice seen[32];
    size_t count = 0;
    for (struct slice rest = raw; tag_next(&rest, &tag, &is_wrong) && count < G_N_ELEMENTS(seen);) {
        for (size_t i = 0; i < count; i++)
            if (slice_equal(seen[i], tag.name))
                return "it has a tag twice";
        seen[count++] = tag.name;
        is_wrong |= !is_tag_name(tag.name);
    }
    if (is_wrong || has_gap(raw))
        return "a part of it is not a tag";
    for (; *needed; needed++)
        if (!tag_find(raw, slice_of(*needed)).len)
            return "a required tag is missing or empty";
    return banned && tag_find(raw, slice_of(banned)).ptr ? "it has a tag that it must not have (h=)" : NULL;
}

static bool check_set(struct validating *v, unsigned number) {
    static const char *const of_message[] = {"a", "b", "bh", "d", "s", "i", NULL};
    static const char *const of_seal[] = {"a", "b", "cv", "d", "s", "i", NULL};
    struct arc_set *set = &v->verdict->sets[number - 1];
    if (!set->results.name.len || !set->message.name.len || !set->seal.name.len)
        return FAIL(v,
                    "instance %u is not complete: it needs ARC-Authentication-Results, ARC-Message-Signature "
                    "and ARC-Seal",
                    number);
    const char *wrong = check_tags(set->message.raw, of_message, NULL);
    if (!wrong && !tag_find(set->message.raw, SLICE("h")).ptr) /* empty: it signs no field, only the body */
        wrong = "a required tag is missing or empty";
    if (wrong)
        return FAIL(v, "the ARC-Message-Signature of instance %u is wrong: %s", number, wrong);
    wrong = check_tags(set->seal.raw, of_seal, "h");
    if (wrong)
        return FAIL(v, "the ARC-Seal of instance %u is wrong: %s", number, wrong);
    set->domain = text_upto(text_clean_line(v->arena, tag_find(set->seal.raw, SLICE("d"))), 253);
    struct slice cv = tag_find(set->seal.raw, SLICE("cv"));
    const char *expected = number == 1 ? "none" : "pass";
    if (slice_equal_nocase(cv, SLICE("fail")))
        return FAIL(
            v,
            "the seal of instance %u says that the chain was broken when %.*s got the message (cv=fail); "
            "anybody can have written that",
            number, S(set->domain));
    if (!slice_equal_nocase(cv, slice_of(expected)))
        return FAIL(v, "the seal of instance %u says cv=%.*s, where %s belongs", number, S(text_upto(cv, 20)),
                    expected);
    return true;
}

/* --- signatures --- */

/* The key, where the snapshot has it; NULL where not, with what follows from it. */
static EVP_PKEY *find_key(struct validating *v, const struct signature *s, const char *what,
                          unsigned number) {
    struct published_key p;
    key_find(&p, s->selector, s->domain, v->resolver);
    struct slice name = text_upto(text_clean_line(v->arena, p.name), 250);
    if (dns_is_open(p.status)) {
        v->verdict->result = ARC_UNCHECKED;
        v->verdict->reason = arena_printf(v->arena, "the key of the %s of instance %u (%.*s): %s", what,
                                          number, S(name), dns_status_words(p.status));
        return NULL;
    }
    bool is_fit = p.is_usable && !p.key.is_revoked && !key_misfit(&p.key, s);
    EVP_PKEY *key = is_fit ? public_key(&p.key) : NULL;
    if (!key)
        FAIL(v, "there is no usable key for the %s of instance %u at %.*s", what, number, S(name));
    else if (EVP_PKEY_get_id(key) == EVP_PKEY_RSA && EVP_PKEY_get_bits(key) < DKIM_LEAST_BITS) {
        FAIL(v, "the key for the %s of instance %u has only %d bits", what, number, EVP_PKEY_get_bits(key));
        EVP_PKEY_free(key);
        key = NULL;
    }
    return key;
}

/* RFC 8617 section 4.1.3 takes over the algorithms of RFC 8301 and RFC 8463. */
static bool is_algorithm(const struct signature *s) {
    return slice_equal_nocase(s->algorithm, SLICE("rsa-sha256")) ||
           slice_equal_nocase(s->algorithm, SLICE("ed25519-sha256"));
}

static bool text_holds(struct validating *v, const struct signature *s, const char *what, unsigned number,
                       bool *holds) {
    if (s->error || !is_algorithm(s))
        return FAIL(v, "the %s of instance %u cannot be verified: %s", what, number,
                    s->error ? s->error : "its algorithm (a=) is not allowed");
    EVP_PKEY *key = find_key(v, s, what, number);
    if (!key)
        return false;
    *holds = signature_holds(key, s, v->text);
    EVP_PKEY_free(key);
    return true;
}

/* Where c= is absent it is simple/simple (RFC 6376 section 3.5), as RFC 8617 section 4.1.2 takes it over; the
 * drafts before it had relaxed/relaxed, and so have their test suite and some signers: both are taken. */
static bool holds_relaxed(struct validating *v, const struct arc_set *set, struct signature *s,
                          unsigned number, bool *holds) {
    s->is_relaxed_header = s->is_relaxed_body = true;
    canon_header(v->text, &v->all, set->message, s);
    return text_holds(v, s, "message signature", number, holds);
}

/* The message as one intermediary signed it. Returns false when it does not hold, or could not be told. */
static bool check_message(struct validating *v, unsigned number) {
    struct arc_set *set = &v->verdict->sets[number - 1];
    struct signature s;
    bool holds;
    signature_parse(set->message.raw, SIGNATURE_ARC_MESSAGE, v->arena, &s);
    if (tag_holds(s.fields, ':', SLICE("arc-seal")))
        return FAIL(v, "the ARC-Message-Signature of instance %u signs an ARC-Seal, which it must not",
                    number);
    canon_header(v->text, &v->all, set->message, &s);
    if (!text_holds(v, &s, "message signature", number, &holds))
        return false;
    if (!holds && !tag_find(set->message.raw, SLICE("c")).ptr && !holds_relaxed(v, set, &s, number, &holds))
        return false;
    if (!holds)
        return FAIL(v,
                    "the message signature of instance %u (%.*s) is not valid: a signed header field was "
                    "changed afterwards",
                    number, S(set->domain));
    if (body_is_signed(&s, v->mail->body))
        return true;
    if (number == v->verdict->instances) /* of older ones it only tells that the message was changed since */
        v->verdict->likely = dkim_explain_body(v->mail, &s, v->arena);
    return FAIL(v, "the body hash of instance %u (%.*s) does not match: the body was changed afterwards",
                number, S(set->domain));
}

/* A seal covers all sets up to its own, itself without b= (section 5.1.1). */
static bool check_seal(struct validating *v, unsigned number) {
    const struct arc_set *set = &v->verdict->sets[number - 1];
    struct signature s;
    bool holds;
    signature_parse(set->seal.raw, SIGNATURE_ARC_SEAL, v->arena, &s);
    g_string_truncate(v->text, 0);
    for (unsigned i = 0; i < number; i++) {
        const struct arc_set *earlier = &v->verdict->sets[i];
        canon_field(v->text, earlier->results.name, earlier->results.raw, true);
        canon_field(v->text, earlier->message.name, earlier->message.raw, true);
        if (i + 1 < number)
            canon_field(v->text, earlier->seal.name, earlier->seal.raw, true);
    }
    canon_own_field(v->text, set->seal, true);
    if (!text_holds(v, &s, "seal", number, &holds))
        return false;
    if (holds)
        return true;
    return FAIL(
        v,
        "the seal of instance %u (%.*s) is not valid: an ARC field of set %u%s was changed, its key was "
        "replaced, or others wrote the set in its name",
        number, S(set->domain), number, number > 1 ? " (the sets before it are valid)" : "");
}

/* Since when is the message as it is now? (section 5.2, step 5) */
static void find_oldest_pass(struct validating *v) {
    struct arc_verdict result = *v->verdict;
    unsigned oldest = result.instances;
    while (oldest > 1 && check_message(v, oldest - 1))
        oldest--;
    result.oldest_pass = oldest;
    *v->verdict = result;
}

static bool validate(struct validating *v) {
    struct arc_verdict *arc = v->verdict;
    if (!collect(v) || !arc->instances)
        return false;
    for (unsigned i = arc->instances; i > 0; i--)
        if (!check_set(v, i))
            return false;
    for (unsigned i = 1; i <= arc->instances; i++)
        if (!check_seal(v, i))
            return false;
    if (v->mail->body_missing_reason) {
        arc->result = ARC_UNCHECKED;
        arc->reason =
            arena_printf(v->arena,
                         "all %u seals are valid; the body is missing (%s), so the last message signature "
                         "cannot be checked",
                         arc->instances, v->mail->body_missing_reason);
        return false;
    }
    return check_message(v, arc->instances);
}

void arc_verify(const struct mail_bytes *mail, struct resolver *resolver, struct arc_verdict *verdict) {
    struct validating v = {.verdict = verdict, .mail = mail, .resolver = resolver, .arena = resolver->arena};
    *verdict =
        (struct arc_verdict){.sets = arena_alloc(resolver->arena, ARC_MOST_SETS * sizeof(struct arc_set))};
    header_split(&v.all, mail->header, resolver->arena);
    v.text = g_string_new(NULL);
    memory_watch();
    bool is_valid = validate(&v);
    memory_check("to verify an ARC chain");
    if (is_valid) {
        verdict->result = ARC_PASS;
        find_oldest_pass(&v);
        verdict->reason = arena_printf(
            resolver->arena, "all %u seals are valid, and the message is as instance %u (%.*s) signed it",
            verdict->instances, verdict->instances, S(verdict->sets[verdict->instances - 1].domain));
    } else if (verdict->result == ARC_NONE) {
        verdict->reason = SLICE("there is no ARC chain");
    }
    g_string_free(v.text, TRUE);
}
