/* Turns rules/concepts.tsv into the table of concepts.h:
 *     mailwhy-conceptc FILE OUTPUT
 * A row is a concept, a language, and words with blanks between; "word*" is how words begin. The row
 * "subjects", with "-" as its language, names the concepts that are things of mail. */
#include "parsers/rules/concepts.h"

#include <glib.h>
#include <inttypes.h>
#include <stdio.h>

#define PLACES_PER_WORD 2

struct word {
    const char *text;
    struct concept_slot slot;
};

struct making {
    const char *file;
    GPtrArray *concepts; /* their names; the number of one is its place and 1 */
    GHashTable *words;   /* of struct word by its text */
    uint64_t subjects[G_N_ELEMENTS(((struct concept_table *)0)->subjects)];
    unsigned errors;
};

static void complain(struct making *m, size_t line, const char *what, const char *word) {
    fprintf(stderr, "%s:%zu:1: %s: %s\n", m->file, line, what, word);
    m->errors++;
}

static uint8_t number_of(struct making *m, const char *name) {
    for (guint i = 0; i < m->concepts->len; i++)
        if (strcmp(m->concepts->pdata[i], name) == 0)
            return (uint8_t)(i + 1);
    g_ptr_array_add(m->concepts, g_strdup(name));
    return (uint8_t)m->concepts->len;
}

static void add_subjects(struct making *m, size_t line, char **names) {
    for (char **name = names; *name; name++) {
        guint known = m->concepts->len;
        uint8_t number = number_of(m, *name);
        m->subjects[number / 64] |= (uint64_t)1 << number % 64;
        if (m->concepts->len != known)
            complain(m, line, "not a concept of a row before", *name);
    }
}

static uint32_t hash_of(const char *text) {
    uint32_t hash = WORD_HASH_BEGIN;
    for (; *text; text++)
        hash = word_hash(hash, (unsigned char)*text);
    return hash;
}

static struct word *word_of(struct making *m, const char *text) {
    struct word *word = g_hash_table_lookup(m->words, text);
    if (!word) {
        word = g_new0(struct word, 1);
        word->text = g_strdup(text);
        word->slot.hash = hash_of(text);
        g_hash_table_insert(m->words, (gpointer)word->text, word);
    }
    return word;
}

static void add_word(struct making *m, size_t line, uint8_t concept, char *text) {
    size_t length = strlen(text);
    bool is_begin = length && text[length - 1] == '*';
    text[length - is_begin] = '\0';
    if (!*text || strchr(text, '*')) {
        complain(m, line, "not a word", text);
        return;
    }
    struct word *word = word_of(m, text);
    word->slot.kind |= is_begin ? CONCEPT_BEGIN : CONCEPT_WORD;
    for (size_t i = 0; i < CONCEPTS_OF_WORD; i++) {
        uint8_t *held = &word->slot.concepts[i];
        if (*held == concept || !*held) {
            *held = concept;
            return;
        }
    }
    complain(m, line, "a third concept of", text);
}

static void add_row(struct making *m, size_t line, const char *row) {
    g_auto(GStrv) columns = g_strsplit(row, "\t", 0);
    if (g_strv_length(columns) != 3) {
        complain(m, line, "expected concept, language, words", row);
        return;
    }
    g_auto(GStrv) words = g_strsplit(columns[2], " ", 0);
    if (strcmp(columns[0], "subjects") == 0) {
        add_subjects(m, line, words);
        return;
    }
    uint8_t concept = number_of(m, columns[0]);
    for (char **word = words; *word; word++)
        add_word(m, line, concept, *word);
}

static gint by_text(gconstpointer a, gconstpointer b) {
    const struct word *const *one = a;
    const struct word *const *other = b;
    return strcmp((*one)->text, (*other)->text);
}

/* In the order of their texts, so that the table is the same wherever it is made. */
static GPtrArray *sorted_words(struct making *m) {
    GPtrArray *words = g_ptr_array_new();
    GHashTableIter iter;
    gpointer word;
    g_hash_table_iter_init(&iter, m->words);
    while (g_hash_table_iter_next(&iter, NULL, &word))
        g_ptr_array_add(words, word);
    g_ptr_array_sort(words, by_text);
    return words;
}

static void place_words(struct making *m, struct concept_slot *slots, uint32_t mask) {
    g_autoptr(GPtrArray) words = sorted_words(m);
    for (guint i = 0; i < words->len; i++) {
        const struct word *word = words->pdata[i];
        uint32_t at = concept_place(word->slot.hash, mask);
        for (; slots[at].kind; at = (at + 1) & mask)
            if (slots[at].hash == word->slot.hash)
                complain(m, 0, "has the hash of another word", word->text);
        slots[at] = word->slot;
    }
}

static void print_hints(const struct concept_slot *slots, uint32_t mask) {
    uint64_t hints[CONCEPT_HINTS] = {0};
    for (uint32_t i = 0; i <= mask; i++)
        if (slots[i].kind)
            hints[slots[i].hash >> 22] |= concept_hint(slots[i].hash);
    puts("static const uint64_t hints[] = {");
    for (size_t i = 0; i < CONCEPT_HINTS; i++)
        printf("%" PRIu64 "u,%s", hints[i], i % 4 == 3 ? "\n" : "");
    puts("};");
}

static void print_table(const struct making *m, const struct concept_slot *slots, uint32_t mask) {
    puts("/* Made from rules/concepts.tsv by mailwhy-conceptc: do not edit. */\n"
         "#include \"parsers/rules/concepts.h\"\n\nstatic const struct concept_slot slots[] = {");
    for (uint32_t i = 0; i <= mask; i++)
        printf("{%uu, %u, {%u, %u}},%s", slots[i].hash, slots[i].kind, slots[i].concepts[0],
               slots[i].concepts[1], i % 4 == 3 ? "\n" : "");
    puts("};");
    print_hints(slots, mask);
    printf("const struct concept_table builtin_concepts = {slots, %uu, hints, {", mask);
    for (size_t i = 0; i < G_N_ELEMENTS(m->subjects); i++)
        printf("%" PRIu64 "u, ", m->subjects[i]);
    puts("}};");
}

/* False: the file cannot be written, or a word is wrong. */
static bool write_table(struct making *m, const char *output) {
    uint32_t places = 1;
    while (places < PLACES_PER_WORD * g_hash_table_size(m->words))
        places *= 2;
    struct concept_slot *slots = g_new0(struct concept_slot, places);
    place_words(m, slots, places - 1);
    bool is_open = !m->errors && freopen(output, "w", stdout);
    if (is_open)
        print_table(m, slots, places - 1);
    g_free(slots);
    return is_open && fclose(stdout) == 0;
}

int main(int argc, char **argv) {
    g_autofree char *text = NULL;
    if (argc != 3 || !g_file_get_contents(argv[1], &text, NULL, NULL)) {
        fputs("usage: mailwhy-conceptc FILE OUTPUT\n", stderr);
        return 64;
    }
    struct making m = {argv[1], g_ptr_array_new(), g_hash_table_new(g_str_hash, g_str_equal), {0}, 0};
    g_auto(GStrv) lines = g_strsplit(text, "\n", 0);
    for (size_t i = 0; lines[i]; i++)
        if (*lines[i] && *lines[i] != '#')
            add_row(&m, i + 1, lines[i]);
    if (m.concepts->len > CONCEPTS_MOST)
        complain(&m, 0, "too many concepts, the last is", m.concepts->pdata[m.concepts->len - 1]);
    return write_table(&m, argv[2]) ? 0 : 78;
}
