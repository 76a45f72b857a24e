/* What change to a header would explain that a signature does not hold? See
 * dkim_header.h. */
#include "analyze/auth/dkim_header.h"

#include "analyze/auth/canon.h"
#include "analyze/auth/digest.h"
#include "analyze/auth/dkim_copied.h"
#include "analyze/auth/dkim_guess.h"
#include "analyze/auth/dkim_narrow.h"
#include "analyze/auth/public_key.h"
#include "parsers/base/address.h"
#include "parsers/base/text.h"
#include "parsers/dns/tags.h"
#include "parsers/message/field.h"

#define MOST_TO_TRY   ((size_t)128 << 10) /* bytes of a header for which changes are tried */
#define MOST_OF_TRIES 900
#define MOST_COPIES   100 /* looked for in z= */

struct trying {
    struct header_fields fields; /* a copy that the tries change */
    struct field own;
    const struct signature *s;
    EVP_PKEY *key;
    struct arena *arena;
    struct guessing guessing; /* of these fields */
    unsigned tries, copies;
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
    struct slice shown = text_shown(t->arena, before, 100);
    return arena_printf(t->arena, "%.*s%.*s%s; with \"%.*s\" in its place the signature is valid",
                        (int)(at - text), text, S(text_upto(field, 60)), at + 2, S(shown));
}

static struct slice try_values(struct trying *t, size_t i) {
    struct field f = t->fields.fields[i];
    struct slice value = slice_trim(f.raw);
    t->guessing.name = f.name;
    for (size_t g = 0; g < dkim_guess_count; g++) {
        const char *of = dkim_guesses[g].field;
        if (of && strcmp(of, "*") != 0 && !slice_equal_nocase(f.name, slice_of(of)))
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
    return arena_printf(t->arena,
                        "a %.*s field was added after signing (\"%.*s\"); without it the signature is valid",
                        S(text_upto(f.name, 60)), S(text_shown(t->arena, f.raw, 80)));
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

/* --- as the signature itself kept it --- */

/* The copy of z= of a signed field, where it differs from what is there; a NULL address: none. */
static struct slice copy_of(struct trying *t, struct field f) {
    struct slice copy = is_signed(t, f.name) && t->copies++ < MOST_COPIES
                            ? dkim_copied(t->own.raw, f.name, t->arena)
                            : SLICE_EMPTY;
    return copy.ptr && !slice_equal(copy, slice_trim(f.raw)) ? copy : SLICE_EMPTY;
}

/* With these copies in the place of the fields: of one, or of all at once. */
static struct slice try_copies(struct trying *t) {
    size_t size = t->fields.count * sizeof *t->fields.fields;
    struct field *kept = arena_alloc(t->arena, size + 1);
    size_t changed = 0;
    if (!tag_find(t->own.raw, SLICE("z")).len)
        return SLICE_EMPTY;
    memcpy(kept, t->fields.fields, size);
    for (size_t i = 0; i < t->fields.count; i++) {
        struct slice copy = copy_of(t, kept[i]);
        if (copy.ptr && holds_with(t, i, copy))
            return words(t, "the %s field was changed, as the copy shows that the signature kept (z=)",
                         kept[i].name, copy);
    }
    for (size_t i = 0; i < t->fields.count; i++) {
        struct slice copy = copy_of(t, kept[i]);
        if (!copy.ptr)
            continue;
        t->fields.fields[i] = make_field(t, kept[i].name, copy);
        changed++;
    }
    bool is_it = changed > 1 && verifies_now(t);
    memcpy(t->fields.fields, kept, size);
    return is_it ? SLICE("several fields were changed: with the copies that the signature kept (z=) in their "
                         "places it is valid")
                 : SLICE_EMPTY;
}

/* --- c=simple: the name and the blanks around the colon count --- */

static struct slice try_names(struct trying *t, size_t i) {
    static const char *const usual[] = {"From",
                                        "To",
                                        "Cc",
                                        "Subject",
                                        "Date",
                                        "Reply-To",
                                        "Sender",
                                        "Message-ID",
                                        "Message-Id",
                                        "MIME-Version",
                                        "Mime-Version",
                                        "Content-Type",
                                        "Content-Transfer-Encoding"};
    struct field kept = t->fields.fields[i];
    bool is_it = false;
    for (size_t n = 0; n < G_N_ELEMENTS(usual) && !is_it; n++) {
        if (t->s->is_relaxed_header || !slice_equal_nocase(kept.name, slice_of(usual[n])))
            continue;
        t->fields.fields[i] = make_field(t, slice_of(usual[n]), slice_trim(kept.raw));
        is_it = verifies_now(t);
    }
    struct slice name = t->fields.fields[i].name;
    t->fields.fields[i] = kept;
    return is_it ? arena_printf(t->arena,
                                "the name of the %.*s field or the space after it was written in another way "
                                "(c=simple does not allow that; sign with c=relaxed); as \"%.*s: \" the "
                                "signature is valid",
                                S(text_upto(kept.name, 60)), S(name))
                 : SLICE_EMPTY;
}

static struct slice try_all(struct trying *t) {
    struct slice found = try_copies(t);
    for (size_t i = 0; i < t->fields.count && !found.len; i++) {
        if (!is_signed(t, t->fields.fields[i].name))
            continue;
        found = try_values(t, i);
        if (!found.len)
            found = try_without(t, i);
        if (!found.len)
            found = try_names(t, i);
    }
    if (!found.len)
        found = try_restored(t);
    if (!found.len)
        found = try_two(t);
    return found.len ? found : dkim_narrow_header(&t->fields, t->own.raw, t->s, t->arena);
}

struct slice dkim_explain_header(const struct mail_bytes *mail, struct field own, const struct signature *s,
                                 const struct dkim_key *key, struct arena *arena) {
    struct arena scratch = {0};
    struct trying t = {.own = own, .s = s, .arena = &scratch};
    struct slice found = SLICE_EMPTY;
    if (!digest_of(s) || mail->header.len > MOST_TO_TRY || !(t.key = public_key(key)))
        return found;
    header_split(&t.fields, mail->header, &scratch);
    t.guessing = (struct guessing){.fields = &t.fields, .arena = &scratch, .domain = s->domain};
    t.text = g_string_new(NULL);
    found = arena_copy(arena, text_clean_line(&scratch, try_all(&t)));
    g_string_free(t.text, TRUE);
    EVP_PKEY_free(t.key);
    arena_free(&scratch);
    return found;
}
