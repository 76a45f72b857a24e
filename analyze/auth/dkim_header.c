/* What change to a header would explain that a signature does not hold? See
 * dkim_header.h. */
#include "analyze/auth/dkim_header.h"

#include "analyze/auth/canon.h"
#include "analyze/auth/digest.h"
#include "analyze/auth/public_key.h"
#include "parsers/base/address.h"
#include "parsers/base/text.h"
#include "parsers/dns/tags.h"
#include "parsers/message/field.h"

#define MOST_TO_TRY   ((size_t)128 << 10) /* bytes of a header for which changes are tried */
#define MOST_OF_TRIES 400

struct trying {
    struct header_fields fields; /* a copy that the tries change */
    struct field own;
    const struct signature *s;
    EVP_PKEY *key;
    struct arena *arena;
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

static struct slice value_of(const struct trying *t, const char *name) {
    for (size_t i = 0; i < t->fields.count; i++)
        if (slice_equal_nocase(t->fields.fields[i].name, slice_of(name)))
            return slice_trim(t->fields.fields[i].raw);
    return SLICE_EMPTY;
}

static bool is_signed(const struct trying *t, struct slice name) {
    return tag_holds(t->s->fields, ':', name);
}

/* --- what a field may have been before: each gives the next guess of a value, empty at the end --- */

typedef struct slice guess_value(struct trying *t, struct slice value, unsigned number);

static struct slice untagged(struct trying *t, struct slice value, unsigned number) {
    static const char *const ends[] = {"]", ")", "}", "*** ", "***", ": "};
    struct slice reply = slice_starts_nocase(value, SLICE("re: ")) ? slice_upto(value, 4) : SLICE_EMPTY;
    if (number >= G_N_ELEMENTS(ends) * 2)
        return SLICE_EMPTY;
    struct slice end = slice_of(ends[number / 2]);
    struct slice rest = slice_from(value, number % 2 ? reply.len : 0);
    size_t from = slice_starts_nocase(rest, SLICE("***")) ? 3 : 0;
    size_t at = from + slice_find(slice_from(rest, from), end);
    struct slice bare = slice_trim(slice_from(rest, at + end.len));
    if (at >= rest.len || !bare.len)
        return value;
    return number % 2 && reply.len ? arena_printf(t->arena, "%.*s%.*s", S(reply), S(bare)) : bare;
}

static struct slice tag_at_end(struct trying *t, struct slice value, unsigned number) {
    (void)t;
    size_t cut = value.len;
    while (cut > 0 && value.ptr[cut - 1] != '[' && value.ptr[cut - 1] != '(')
        cut--;
    return number == 0 && cut > 1 ? slice_trim(slice_upto(value, cut - 1)) : SLICE_EMPTY;
}

/* A list that writes as itself keeps the author elsewhere. */
static struct slice author(struct trying *t, struct slice value, unsigned number) {
    static const char *const fields[] = {"x-original-from", "reply-to", "x-mailfrom", "x-original-sender",
                                         "cc"};
    (void)value;
    for (; number < G_N_ELEMENTS(fields); number++) {
        struct slice other = value_of(t, fields[number]);
        if (other.len)
            return other;
    }
    return SLICE_EMPTY;
}

static struct slice bare_address(struct trying *t, struct slice value, unsigned number) {
    struct slice address = address_of_mailbox(value);
    size_t angle = slice_find_char(value, '<');
    struct slice name = slice_trim(slice_upto(value, angle));
    struct slice inner =
        name.len > 1 && name.ptr[0] == '"' ? (struct slice){name.ptr + 1, name.len - 2} : name;
    switch (number) {
    case 0:
        return address;
    case 1:
        return arena_printf(t->arena, "<%.*s>", S(address));
    case 2:
        return arena_printf(t->arena, "%.*s <%.*s>", S(inner), S(address));
    case 3:
        return arena_printf(t->arena, "\"%.*s\" <%.*s>", S(inner), S(address));
    default:
        return SLICE_EMPTY;
    }
}

static struct slice other_encoding(struct trying *t, struct slice value, unsigned number) {
    static const char *const encodings[] = {"7bit", "8bit", "quoted-printable", "base64", "binary",
                                            "7BIT", "8BIT"};
    (void)t;
    (void)value;
    return number < G_N_ELEMENTS(encodings) ? slice_of(encodings[number]) : SLICE_EMPTY;
}

static struct slice other_type(struct trying *t, struct slice value, unsigned number) {
    static const char *const types[] = {"text/plain; charset=utf-8",        "text/plain; charset=\"utf-8\"",
                                        "text/plain; charset=UTF-8",        "text/plain; charset=us-ascii",
                                        "text/plain; charset=\"us-ascii\"", "text/plain",
                                        "text/plain; charset=\"UTF-8\"",    "text/html; charset=utf-8"};
    if (number < G_N_ELEMENTS(types))
        return slice_of(types[number]);
    if (number > G_N_ELEMENTS(types))
        return SLICE_EMPTY;
    GString *bare = g_string_new(NULL); /* the same without quotation marks */
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] != '"')
            g_string_append_c(bare, value.ptr[i]);
    struct slice kept = arena_copy(t->arena, (struct slice){bare->str, bare->len});
    g_string_free(bare, TRUE);
    return kept;
}

/* The blanks of a value: unfolded, folded after commas or semicolons. */
static struct slice other_blanks(struct trying *t, struct slice value, unsigned number) {
    static const char *const ends[] = {"", ",", ";"};
    if (number >= G_N_ELEMENTS(ends) * 2)
        return SLICE_EMPTY;
    struct slice line = text_clean_line(t->arena, value);
    char mark = ends[number / 2][0];
    GString *folded = g_string_new(NULL);
    for (size_t i = 0; i < line.len; i++) {
        g_string_append_c(folded, line.ptr[i]);
        if (mark && line.ptr[i] == mark && i + 1 < line.len && line.ptr[i + 1] == ' ') {
            g_string_append(folded, number % 2 ? "\r\n\t" : "\r\n ");
            i++;
        }
    }
    struct slice kept = arena_copy(t->arena, (struct slice){folded->str, folded->len});
    g_string_free(folded, TRUE);
    return kept;
}

static struct slice other_date(struct trying *t, struct slice value, unsigned number) {
    struct slice bare = slice_trim(slice_upto(value, slice_find_char(value, '(')));
    struct slice zone = slice_from(bare, bare.len > 5 ? bare.len - 5 : 0);
    switch (number) {
    case 0:
        return bare;
    case 1:
        return arena_printf(t->arena, "%.*s (%s)", S(bare), "UTC");
    case 2:
        return arena_printf(t->arena, "%.*sGMT", (int)(bare.len - zone.len), bare.ptr ? bare.ptr : "");
    default:
        return SLICE_EMPTY;
    }
}

static const struct {
    const char *field; /* NULL: any that is signed */
    guess_value *guess;
    const char *words; /* of %s: the field */
} guesses[] = {
    {"subject", untagged, "a tag was put in front of the %s, as mailing lists and filters do"},
    {"subject", tag_at_end, "a tag was put at the end of the %s"},
    {"from", author, "the %s field was rewritten, as mailing lists do for DMARC"},
    {"from", bare_address, "the name or the quotation marks of the %s field were changed"},
    {"to", bare_address, "the name or the quotation marks of the %s field were changed"},
    {"cc", bare_address, "the name or the quotation marks of the %s field were changed"},
    {"reply-to", bare_address, "the name or the quotation marks of the %s field were changed"},
    {"reply-to", author, "the %s field was rewritten"},
    {"sender", author, "the %s field was rewritten"},
    {"content-transfer-encoding", other_encoding,
     "the %s field was changed: a server re-encoded the message"},
    {"content-type", other_type, "the %s field was changed: a server re-encoded the message"},
    {"date", other_date, "the %s field was written in another way"},
    {NULL, other_blanks,
     "the spaces or the folding of the %s field were changed (c=simple does not allow that; sign with "
     "c=relaxed)"},
};

static struct slice words(struct trying *t, const char *text, struct slice field, struct slice before) {
    const char *at = strstr(text, "%s");
    struct slice shown = text_upto(text_clean_line(t->arena, before), 100);
    return arena_printf(t->arena, "%.*s%.*s%s; with \"%.*s\" in its place the signature is valid",
                        (int)(at - text), text, S(text_upto(field, 60)), at + 2, S(shown));
}

static struct slice try_values(struct trying *t, size_t i) {
    struct field f = t->fields.fields[i];
    struct slice value = slice_trim(f.raw);
    for (size_t g = 0; g < G_N_ELEMENTS(guesses); g++) {
        if (guesses[g].field && !slice_equal_nocase(f.name, slice_of(guesses[g].field)))
            continue;
        if (!guesses[g].field && t->s->is_relaxed_header)
            continue;
        struct slice guess;
        for (unsigned n = 0; (guess = guesses[g].guess(t, value, n)).len; n++)
            if (!slice_equal(guess, value) && holds_with(t, i, guess))
                return words(t, guesses[g].words, f.name, guess);
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
                        S(text_upto(f.name, 60)), S(text_upto(text_clean_line(t->arena, f.raw), 80)));
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
        if (!is_signed(t, slice_of(fields[i].name)) || value_of(t, fields[i].name).len)
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

/* Two at once: what lists do. */
static struct slice try_list(struct trying *t) {
    for (size_t i = 0; i < t->fields.count; i++) {
        struct field kept = t->fields.fields[i];
        if (!slice_equal_nocase(kept.name, SLICE("subject")))
            continue;
        for (unsigned n = 0; n < 12; n++) {
            struct slice bare = untagged(t, slice_trim(kept.raw), n);
            if (!bare.len || slice_equal(bare, slice_trim(kept.raw)))
                continue;
            t->fields.fields[i] = make_field(t, kept.name, bare);
            for (size_t k = 0; k < t->fields.count; k++) {
                bool is_from = slice_equal_nocase(t->fields.fields[k].name, SLICE("from"));
                struct slice found = is_from ? try_values(t, k) : SLICE_EMPTY;
                if (found.len)
                    return arena_printf(t->arena, "a tag was put in front of the Subject and %.*s", S(found));
            }
            t->fields.fields[i] = kept;
        }
    }
    return SLICE_EMPTY;
}

/* What is signed and not there: removed, or signed so that nobody may add it. */
static struct slice missing_fields(struct trying *t) {
    struct slice list = t->s->fields;
    struct slice names = SLICE_EMPTY;
    while (list.len && names.len < 200) {
        struct slice name = slice_trim(slice_upto(list, slice_find_char(list, ':')));
        list = slice_from(list, slice_find_char(list, ':') + 1);
        char *text = arena_string(t->arena, text_upto(name, 60));
        if (name.len && !value_of(t, text).ptr)
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
        found = try_list(t);
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
    t.text = g_string_new(NULL);
    found = arena_copy(arena, text_clean_line(&scratch, try_all(&t)));
    g_string_free(t.text, TRUE);
    EVP_PKEY_free(t.key);
    arena_free(&scratch);
    return found;
}
