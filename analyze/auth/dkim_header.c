/* What change to a header would explain that a signature does not hold? See
 * dkim_header.h. */
#include "analyze/auth/dkim_header.h"

#include "analyze/auth/canon.h"
#include "analyze/auth/digest.h"
#include "analyze/auth/dkim_guess.h"
#include "analyze/auth/public_key.h"
#include "parsers/base/address.h"
#include "parsers/base/text.h"
#include "parsers/dns/tags.h"
#include "parsers/message/field.h"

#define MOST_TO_TRY   ((size_t)128 << 10) /* bytes of a header for which changes are tried */
#define MOST_OF_TRIES 600

struct trying {
    struct header_fields fields; /* a copy that the tries change */
    struct field own;
    const struct signature *s;
    EVP_PKEY *key;
    struct arena *arena;
    struct guessing guessing; /* of these fields */
    unsigned tries;
    GString *text;
};

static bool verifies_now(struct trying *t) {
    if (t->tries++ >= MOST_OF_TRIES)
        return false;
    canon_header(t->text, &t->fields, t->own, t->s);
    return signature_holds(t->key, t->s, t->text);
}

static struct field make_field(struct trying *t, struct slice name, struct slice value) {
    struct slice whole = arena_printf(t->arena, "%.*s: %.*s", S(name), S(value));
    return (struct field){slice_upto(whole, name.len), slice_from(whole, name.len + 1)};
}

/* The same with another value in the place of field `i`. */
static bool holds_with(struct trying *t, size_t i, struct slice value) {
    struct field kept = t->fields.fields[i];
    t->fields.fields[i] = make_field(t, kept.name, value);
    bool is_ok = verifies_now(t);
    t->fields.fields[i] = kept;
    return is_ok;
}

static bool holds_without(struct trying *t, size_t i) {
    struct field kept = t->fields.fields[i];
    t->fields.fields[i].name = SLICE("-");
    bool is_ok = verifies_now(t);
    t->fields.fields[i] = kept;
    return is_ok;
}

static bool is_signed(const struct trying *t, struct slice name) {
    return tag_holds(t->s->fields, ':', name);
}

static struct slice words(struct trying *t, const char *text, struct slice field, struct slice before) {
    const char *at = strstr(text, "%s");
    struct slice shown = text_short(t->arena, text_clean_line(t->arena, before), 100);
    return arena_printf(t->arena, "%.*s%.*s%s; with \"%.*s\" in its place the signature is valid",
                        (int)(at - text), text, S(text_upto(field, 60)), at + 2, S(shown));
}

static struct slice try_values(struct trying *t, size_t i) {
    struct field f = t->fields.fields[i];
    struct slice value = slice_trim(f.raw);
    for (size_t g = 0; g < dkim_guess_count; g++) {
        if (dkim_guesses[g].field && !slice_equal_nocase(f.name, slice_of(dkim_guesses[g].field)))
            continue;
        if (!dkim_guesses[g].field && t->s->is_relaxed_header)
            continue;
        struct slice guess;
        for (unsigned n = 0; (guess = dkim_guesses[g].guess(&t->guessing, value, n)).len; n++)
            if (!slice_equal(guess, value) && holds_with(t, i, guess))
                return words(t, dkim_guesses[g].words, f.name, guess);
    }
    return SLICE_EMPTY;
}

/* A field that is signed may have been added, or stand twice. */
static struct slice try_without(struct trying *t, size_t i) {
    struct field f = t->fields.fields[i];
    if (!holds_without(t, i))
        return SLICE_EMPTY;
    return arena_printf(
        t->arena, "a %.*s field was added after signing (\"%.*s\"); without it the signature is valid",
        S(text_upto(f.name, 60)), S(text_short(t->arena, text_clean_line(t->arena, f.raw), 80)));
}

/* A field that is signed, and is not there. */
static struct slice try_restored(struct trying *t) {
    static const struct {
        const char *name, *value;
    } fields[] = {{"MIME-Version", "1.0"},
                  {"Content-Transfer-Encoding", "7bit"},
                  {"Content-Transfer-Encoding", "8bit"},
                  {"Content-Transfer-Encoding", "quoted-printable"},
                  {"Content-Type", "text/plain; charset=utf-8"},
                  {"Content-Type", "text/plain"}};
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        if (!is_signed(t, slice_of(fields[i].name)) || header_value(&t->fields, fields[i].name).len)
            continue;
        t->fields.fields[t->fields.count++] =
            make_field(t, slice_of(fields[i].name), slice_of(fields[i].value));
        bool is_it = verifies_now(t);
        t->fields.count--;
        if (is_it)
            return arena_printf(t->arena, "the %s field was removed; with \"%s\" the signature is valid",
                                fields[i].name, fields[i].value);
    }
    return SLICE_EMPTY;
}

/* --- two at once, as lists and gateways do --- */

/* A change of another field that explains the rest, once field `i` is as it may have been. */
static struct slice try_second(struct trying *t, size_t i) {
    static const struct slice rewritten[] = {{"from", 4}, {"content-type", 12}, {"reply-to", 8}};
    struct slice found = SLICE_EMPTY;
    for (size_t k = 0; k < t->fields.count && !found.len; k++) {
        struct slice name = t->fields.fields[k].name;
        bool is_rewritten = false;
        for (size_t r = 0; r < G_N_ELEMENTS(rewritten); r++)
            is_rewritten |= slice_equal_nocase(name, rewritten[r]);
        if (k == i || !is_signed(t, name))
            continue;
        found = is_rewritten ? try_values(t, k) : SLICE_EMPTY;
        if (!found.len)
            found = try_without(t, k);
    }
    return found;
}

static struct slice try_tag_and_other(struct trying *t, size_t i) {
    struct field kept = t->fields.fields[i];
    struct slice found = SLICE_EMPTY;
    struct slice last = slice_trim(kept.raw);
    for (unsigned n = 0; n < 12 && !found.len; n++) {
        struct slice bare = dkim_guess_untagged(&t->guessing, slice_trim(kept.raw), n);
        if (!bare.len || slice_equal(bare, slice_trim(kept.raw)) || slice_equal(bare, last))
            continue;
        t->fields.fields[i] = make_field(t, kept.name, last = bare);
        found = try_second(t, i);
    }
    t->fields.fields[i] = kept;
    return found.len ? arena_printf(t->arena, "a tag was put in front of the Subject and %.*s", S(found))
                     : found;
}

static struct slice try_encoding_and_type(struct trying *t, size_t i) {
    struct field kept = t->fields.fields[i];
    struct slice found = SLICE_EMPTY;
    for (unsigned n = 0; !found.len; n++) {
        struct slice before = dkim_guess_encoding(&t->guessing, slice_trim(kept.raw), n);
        if (!before.len)
            break;
        t->fields.fields[i] = make_field(t, kept.name, before);
        for (size_t k = 0; k < t->fields.count && !found.len; k++)
            if (slice_equal_nocase(t->fields.fields[k].name, SLICE("content-type")))
                found = try_values(t, k);
    }
    t->fields.fields[i] = kept;
    return found.len
               ? arena_printf(t->arena, "the Content-Transfer-Encoding field was changed, and %.*s", S(found))
               : found;
}

static struct slice try_both_without(struct trying *t, size_t i) {
    struct field kept = t->fields.fields[i];
    struct slice found = SLICE_EMPTY;
    t->fields.fields[i].name = SLICE("-");
    for (size_t k = i + 1; k < t->fields.count && !found.len; k++)
        if (is_signed(t, t->fields.fields[k].name))
            found = try_without(t, k);
    t->fields.fields[i] = kept;
    return found.len ? arena_printf(t->arena, "two fields were added after signing: %.*s, and %.*s",
                                    S(text_upto(kept.name, 60)), S(found))
                     : found;
}

static struct slice try_two(struct trying *t) {
    struct slice found = SLICE_EMPTY;
    for (size_t i = 0; i < t->fields.count && !found.len; i++) {
        struct slice name = t->fields.fields[i].name;
        if (!is_signed(t, name))
            continue;
        if (slice_equal_nocase(name, SLICE("subject")))
            found = try_tag_and_other(t, i);
        else if (slice_equal_nocase(name, SLICE("content-transfer-encoding")))
            found = try_encoding_and_type(t, i);
    }
    for (size_t i = 0; i < t->fields.count && !found.len; i++)
        if (is_signed(t, t->fields.fields[i].name))
            found = try_both_without(t, i);
    return found;
}

/* What is signed and not there: removed, or signed so that nobody may add it. */
static struct slice missing_fields(struct trying *t) {
    struct slice list = t->s->fields;
    struct slice names = SLICE_EMPTY;
    while (list.len && names.len < 200) {
        struct slice name = slice_trim(slice_upto(list, slice_find_char(list, ':')));
        list = slice_from(list, slice_find_char(list, ':') + 1);
        char *text = arena_string(t->arena, text_upto(name, 60));
        if (name.len && !header_value(&t->fields, text).ptr)
            names = arena_printf(t->arena, "%.*s%s%s", S(names), names.len ? ", " : "", text);
    }
    if (!names.len)
        return SLICE_EMPTY;
    return arena_printf(
        t->arena,
        "no single change that was tried explains it; signed and missing here: %.*s (removed, or "
        "never there)",
        S(names));
}

static struct slice try_all(struct trying *t) {
    struct slice found = SLICE_EMPTY;
    for (size_t i = 0; i < t->fields.count && !found.len; i++) {
        if (!is_signed(t, t->fields.fields[i].name))
            continue;
        found = try_values(t, i);
        if (!found.len)
            found = try_without(t, i);
    }
    if (!found.len)
        found = try_restored(t);
    if (!found.len)
        found = try_two(t);
    return found.len ? found : missing_fields(t);
}

struct slice dkim_explain_header(const struct mail_bytes *mail, struct field own, const struct signature *s,
                                 const struct dkim_key *key, struct arena *arena) {
    struct arena scratch = {0};
    struct trying t = {.own = own, .s = s, .arena = &scratch};
    struct slice found = SLICE_EMPTY;
    if (!digest_of(s) || mail->header.len > MOST_TO_TRY || !(t.key = public_key(key)))
        return found;
    header_split(&t.fields, mail->header, &scratch);
    t.guessing = (struct guessing){&t.fields, &scratch};
    t.text = g_string_new(NULL);
    found = arena_copy(arena, text_clean_line(&scratch, try_all(&t)));
    g_string_free(t.text, TRUE);
    EVP_PKEY_free(t.key);
    arena_free(&scratch);
    return found;
}
