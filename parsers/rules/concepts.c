/* Concepts of words: see concepts.h. */
#include "parsers/rules/concepts.h"

static const struct concept_slot *slot_of(const struct concept_table *table, uint32_t hash) {
    if (!(table->hints[hash >> 22] & concept_hint(hash)))
        return NULL;
    for (uint32_t at = concept_place(hash, table->mask);; at = (at + 1) & table->mask) {
        const struct concept_slot *slot = &table->slots[at];
        if (slot->kind == CONCEPT_EMPTY)
            return NULL;
        if (slot->hash == hash)
            return slot;
    }
}

/* Of writing that leaves no blanks between words: three bytes and more a letter, from U+3000 on. */
static bool is_dense(char first) {
    return (unsigned char)first >= 0xe3;
}

struct found {
    const struct concept_slot *slot; /* NULL: nothing is known */
    size_t length;
};

/* The longest known word that begins here; *end: where the word ends. */
static struct found longest_at(const struct concept_table *table, struct slice words, size_t at,
                               size_t *end) {
    struct found found = {0};
    uint32_t hash = WORD_HASH_BEGIN;
    bool dense = is_dense(words.ptr[at]);
    size_t i = at;
    while (i < words.len && words.ptr[i] != ' ') {
        hash = word_hash(hash, (unsigned char)words.ptr[i++]);
        const struct concept_slot *slot = slot_of(table, hash);
        bool is_whole = dense || i == words.len || words.ptr[i] == ' ';
        if (slot && (is_whole || slot->kind != CONCEPT_WORD))
            found = (struct found){slot, i - at};
    }
    *end = i;
    return found;
}

static size_t letter_length(char first) {
    return (unsigned char)first >= 0xf0 ? 4 : 3;
}

size_t concepts_of(const struct concept_table *table, struct slice words, uint8_t *concepts, size_t most) {
    size_t count = 0;
    for (size_t at = 0; at < words.len;) {
        size_t end;
        if (words.ptr[at] == ' ') {
            at++;
            continue;
        }
        struct found found = longest_at(table, words, at, &end);
        for (size_t i = 0; found.slot && i < CONCEPTS_OF_WORD && found.slot->concepts[i]; i++)
            if (count < most && (count == 0 || concepts[count - 1] != found.slot->concepts[i]))
                concepts[count++] = found.slot->concepts[i];
        if (!is_dense(words.ptr[at]))
            at = end;
        else
            at += found.slot ? found.length : letter_length(words.ptr[at]);
    }
    return count;
}
