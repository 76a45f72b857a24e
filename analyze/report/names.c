/* The memory of a redactor: see names.h. */
#include "analyze/report/names.h"

#include "analyze/report/common_words.h"
#include "parsers/base/hash.h"
#include "parsers/base/text.h"

#define LEAST_LETTERS 5
#define LEAST_DIGITS  7 /* of a word without letters, as telephone numbers are */
#define LONGEST_LABEL 63

/* --- words --- */

static bool is_letter(char c) {
    return ascii_is_alpha(c) || (unsigned char)c >= 0x80;
}

static bool is_joint(char c) {
    return c == '.' || c == '-' || c == '+' || c == '_';
}

bool is_word_char(char c) {
    return ascii_is_alnum(c) || (unsigned char)c >= 0x80 || is_joint(c);
}

size_t word_length(struct slice text) {
    size_t n = 0;
    if (!text.len || !(ascii_is_alnum(text.ptr[0]) || (unsigned char)text.ptr[0] >= 0x80))
        return 0;
    while (n < text.len && is_word_char(text.ptr[n]))
        n++;
    while (n && is_joint(text.ptr[n - 1]))
        n--;
    return n;
}

static size_t next_word(struct slice text, size_t at) {
    while (at < text.len && !word_length(slice_upto(slice_from(text, at), 1)))
        at++;
    return at;
}

static void append_folded(GString *out, struct slice word) {
    struct arena arena = {0};
    if (out->len)
        g_string_append_c(out, ' ');
    size_t start = out->len;
    g_string_append_len(out, word.ptr, (gssize)word.len);
    for (size_t i = start; i < out->len; i++) {
        if ((unsigned char)out->str[i] >= 0x80) { /* seldom: the whole Unicode is asked */
            memcpy(out->str + start, text_fold_case(&arena, word).ptr, word.len);
            break;
        }
        out->str[i] = ascii_lower(out->str[i]);
    }
    arena_free(&arena);
}

/* The words of a text into the buffer, at most NAME_MOST_WORDS of them; returns how many. */
static unsigned fold_words(struct names *names, struct slice text) {
    unsigned count = 0;
    g_string_truncate(names->buffer, 0);
    for (size_t at = next_word(text, 0); at < text.len && count < NAME_MOST_WORDS; at = next_word(text, at)) {
        size_t length = word_length(slice_from(text, at));
        append_folded(names->buffer, slice_upto(slice_from(text, at), length));
        at += length;
        count++;
    }
    return count;
}

static struct slice folded_words(const struct names *names) {
    return (struct slice){names->buffer->str, names->buffer->len};
}

/* --- names --- */

static bool is_called(const void *entry, const void *key) {
    return slice_equal(((const struct name *)entry)->words, *(const struct slice *)key);
}

static struct name *find_folded(struct names *names, struct slice words) {
    return hash_table_find(&names->table, hash_bytes(words.ptr, words.len, 0), is_called, &words);
}

static void make_pseudonym(const struct redaction *redaction, enum name_kind kind, struct slice words,
                           char out[PSEUDONYM_SIZE]) {
    guint8 digest[32];
    gsize length = sizeof digest;
    GHmac *hmac = g_hmac_new(G_CHECKSUM_SHA256, (const guchar *)redaction->key, redaction->key_length);
    g_hmac_update(hmac, (const guchar *)words.ptr, (gssize)words.len);
    g_hmac_get_digest(hmac, digest, &length);
    g_hmac_unref(hmac);
    g_snprintf(out, PSEUDONYM_SIZE, "%c%02x%02x%02x%02x", (char)kind, digest[0], digest[1], digest[2],
               digest[3]);
}

/* 192.0.2.5, 5.7.26, www.example.org: what the reader of a reply needs. */
static bool is_dotted(struct slice word) {
    static const char *const ends[] = {".com", ".net", ".org",  ".edu",  ".gov",     ".mil",  ".int",
                                       ".io",  ".biz", ".arpa", ".info", ".example", ".test", ".invalid"};
    size_t dots = 0;
    size_t letters = 0;
    for (size_t i = 0; i < word.len; i++) {
        dots += word.ptr[i] == '.';
        letters += is_letter(word.ptr[i]);
    }
    if (!dots || !letters)
        return dots > 0;
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (slice_ends_nocase(word, slice_of(ends[i])))
            return true;
    return dots > 1 && word.len > 3 && word.ptr[word.len - 3] == '.' &&
           ascii_is_alpha(word.ptr[word.len - 1]);
}

bool names_is_readable(struct names *names, struct slice word) {
    return is_dotted(word) || common_words_hold(names->redaction->common, word);
}

bool names_is_telling(struct names *names, struct slice word) {
    size_t letters = 0;
    for (size_t i = 0; i < word.len; i++)
        letters += is_letter(word.ptr[i]);
    bool is_long = letters ? word.len >= LEAST_LETTERS : word.len >= LEAST_DIGITS;
    return is_long && !names_is_readable(names, word);
}

static uint64_t bit_of(struct slice word) {
    return UINT64_C(1) << (hash_bytes(word.ptr, word.len, 0) & 63);
}

/* The name of these words; a new one has no pseudonym yet. NULL: there are no words. */
static struct name *find_or_add(struct names *names, struct slice text) {
    unsigned count = fold_words(names, text);
    struct slice folded = folded_words(names);
    struct name *name = count ? find_folded(names, folded) : NULL;
    if (name || !count)
        return name;
    name = ARENA_NEW(&names->arena, struct name);
    name->words = arena_copy(&names->arena, folded);
    hash_table_add(&names->table, hash_bytes(folded.ptr, folded.len, 0), name);
    names->counts |= 1U << (count - 1);
    if (count > 1)
        names->firsts |= bit_of(slice_upto(folded, slice_find_char(folded, ' ')));
    if (count == 1 && folded.len <= LONGEST_LABEL && names_is_telling(names, folded))
        names->lengths |= UINT64_C(1) << folded.len;
    return name;
}

void names_add(struct names *names, enum name_kind kind, struct slice text, bool is_anywhere) {
    struct name *name = find_or_add(names, text);
    if (!name)
        return;
    name->is_anywhere |= is_anywhere;
    if (name->pseudonym[0])
        return;
    name->kind = kind;
    make_pseudonym(names->redaction, kind, name->words, name->pseudonym);
}

void names_add_form(struct names *names, enum name_kind kind, struct slice form, struct slice text) {
    struct name *name = find_or_add(names, form);
    if (!name || name->pseudonym[0])
        return;
    name->kind = kind;
    names_pseudonym(names, kind, text, name->pseudonym);
}

static bool is_host(const void *entry, const void *key) {
    return slice_equal(slice_of(entry), *(const struct slice *)key);
}

void names_add_server(struct names *names, struct slice host) {
    if (!host.len || names_is_server(names, host))
        return;
    struct slice lower = text_fold_case(&names->arena, host);
    hash_table_add(&names->servers, hash_bytes(lower.ptr, lower.len, 0), arena_string(&names->arena, lower));
}

bool names_is_server(struct names *names, struct slice host) {
    if (!names->servers.count)
        return false;
    g_string_truncate(names->buffer, 0);
    append_folded(names->buffer, host);
    struct slice lower = folded_words(names);
    return hash_table_find(&names->servers, hash_bytes(lower.ptr, lower.len, 0), is_host, &lower) != NULL;
}

void names_add_party(struct names *names, struct slice address) {
    names_add_server(names, address);
}

bool names_is_party(struct names *names, struct slice address) {
    return names_is_server(names, address); /* no host has an @ */
}

bool names_is_number(struct slice word) {
    size_t digits = 0;
    return slice_number(word, &digits) >= 0 && digits == word.len;
}

bool names_is_ordinary(struct names *names, const struct name *name) {
    for (struct slice rest = name->words, word; slice_next_word(&rest, &word);)
        if (!names_is_number(word) && !names_is_readable(names, word))
            return false;
    return true;
}

const struct name *names_find(struct names *names, struct slice text) {
    return fold_words(names, text) ? find_folded(names, folded_words(names)) : NULL;
}

const struct name *names_at(struct names *names, struct slice text, size_t *taken) {
    const struct name *longest = NULL;
    unsigned count = 0;
    g_string_truncate(names->buffer, 0);
    for (size_t at = 0; at < text.len && count < NAME_MOST_WORDS && names->counts >> count;
         at = next_word(text, at)) {
        size_t length = word_length(slice_from(text, at));
        append_folded(names->buffer, slice_upto(slice_from(text, at), length));
        at += length;
        const struct name *name = names->counts >> count & 1 ? find_folded(names, folded_words(names)) : NULL;
        if (name) {
            longest = name;
            *taken = at;
        }
        if (count++ == 0 && !(names->firsts & bit_of(folded_words(names))))
            break; /* no longer name begins so */
    }
    return longest;
}

/* A subject of one word is too ordinary. */
static bool is_peculiar(const struct name *name) {
    return name && name->kind != NAME_SUBJECT;
}

bool names_are_inside(struct names *names, struct slice text) {
    g_string_truncate(names->buffer, 0);
    append_folded(names->buffer, slice_upto(text, LONGEST_LABEL));
    struct slice folded = folded_words(names);
    for (size_t at = 0; at < folded.len; at++)
        for (size_t n = LEAST_LETTERS; n <= LONGEST_LABEL && at + n <= folded.len; n++)
            if ((names->lengths >> n & 1) &&
                is_peculiar(find_folded(names, slice_upto(slice_from(folded, at), n))))
                return true;
    return false;
}

void names_pseudonym(struct names *names, enum name_kind kind, struct slice text, char out[PSEUDONYM_SIZE]) {
    struct slice words = fold_words(names, text) ? folded_words(names) : text;
    const struct name *name = find_folded(names, words);
    if (name)
        memcpy(out, name->pseudonym, PSEUDONYM_SIZE);
    else
        make_pseudonym(names->redaction, kind, words, out);
}

void names_init(struct names *names, const struct redaction *redaction) {
    *names = (struct names){.redaction = redaction, .buffer = g_string_new(NULL)};
    names->table.arena = &names->arena;
    names->servers.arena = &names->arena;
}

void names_free(struct names *names) {
    g_string_free(names->buffer, TRUE);
    arena_free(&names->arena);
}

bool names_no_file(struct slice name) {
    static const char *const all[] = {"-", "standard input", "pasted text"};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        if (slice_equal(name, slice_of(all[i])))
            return true;
    return false;
}
