/* Turns translations into C tables when mailwhy is built (why: docs/decisions/0008-languages.md):
 *     mailwhy-poc OUTPUT FILE.po...
 * The language is the name of the file. Of the format (GNU gettext manual, "The Format of PO Files") this
 * reads what our template has: comments, msgid and msgstr, each of one or more strings. Entries that are
 * marked fuzzy or that have no translation are left out, as msgfmt does; plural forms and contexts are
 * errors. */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    char *english, *text;
};

struct reading {
    const char *file;
    unsigned line;
    GString *english, *text, *current; /* current: where strings go; NULL: none may stand here */
    gboolean is_fuzzy;
    GArray *entries;
};

static void fail(const struct reading *r, const char *what) {
    fprintf(stderr, "%s:%u: %s\n", r->file, r->line, what);
    exit(78);
}

static void end_entry(struct reading *r) {
    gboolean is_header = r->english->len == 0;
    if (is_header && r->text->len && !strstr(r->text->str, "charset=UTF-8"))
        fail(r, "its header does not say charset=UTF-8");
    if (!is_header && r->text->len && !r->is_fuzzy) {
        struct entry entry = {g_strdup(r->english->str), g_strdup(r->text->str)};
        g_array_append_val(r->entries, entry);
    }
    g_string_truncate(r->english, 0);
    g_string_truncate(r->text, 0);
    r->current = NULL;
    r->is_fuzzy = FALSE;
}

/* "words" at the end of a line, with \" \\ \n \t in them. */
static void read_string(struct reading *r, const char *s) {
    size_t length = strlen(s);
    if (!r->current || length < 2 || s[0] != '"' || s[length - 1] != '"')
        fail(r, "expected a string in double quotes after msgid or msgstr");
    for (const char *c = s + 1; c < s + length - 1; c++) {
        if (*c == '"')
            fail(r, "a double quote in a string needs a backslash");
        gboolean is_escape = *c == '\\';
        if (is_escape && (++c == s + length - 1 || !strchr("\"\\nt", *c)))
            fail(r, "of escapes only \\\", \\\\, \\n and \\t are known");
        g_string_append_c(r->current, !is_escape ? *c : *c == 'n' ? '\n' : *c == 't' ? '\t' : *c);
    }
}

static void read_line(struct reading *r, char *line) {
    if (g_str_has_prefix(line, "#,") && strstr(line, "fuzzy")) {
        if (r->current)
            end_entry(r);
        r->is_fuzzy = TRUE;
    } else if (g_str_has_prefix(line, "msgid ")) {
        gboolean is_fuzzy = r->is_fuzzy && !r->current;
        if (r->current)
            end_entry(r);
        r->is_fuzzy = is_fuzzy;
        r->current = r->english;
        read_string(r, g_strstrip(line + strlen("msgid ")));
    } else if (g_str_has_prefix(line, "msgstr ")) {
        if (r->current != r->english)
            fail(r, "msgstr without a msgid before it");
        r->current = r->text;
        read_string(r, g_strstrip(line + strlen("msgstr ")));
    } else if (line[0] == '"') {
        read_string(r, g_strstrip(line));
    } else if (line[0] && line[0] != '#') {
        fail(r, "neither a comment, msgid, msgstr nor a string");
    }
}

static int by_english(const void *a, const void *b) {
    return strcmp(((const struct entry *)a)->english, ((const struct entry *)b)->english);
}

static GArray *read_file(const char *file) {
    g_autofree char *bytes = NULL;
    struct reading r = {.file = file,
                        .english = g_string_new(NULL),
                        .text = g_string_new(NULL),
                        .entries = g_array_new(FALSE, FALSE, sizeof(struct entry))};
    if (!g_file_get_contents(file, &bytes, NULL, NULL) || !g_utf8_validate(bytes, -1, NULL))
        fail(&r, "it cannot be read, or is not UTF-8");
    g_auto(GStrv) lines = g_strsplit(bytes, "\n", -1);
    for (char **line = lines; *line; line++) {
        r.line++;
        read_line(&r, *line);
    }
    if (r.current)
        end_entry(&r);
    qsort(r.entries->data, r.entries->len, sizeof(struct entry), by_english);
    for (guint i = 1; i < r.entries->len; i++)
        if (by_english(&g_array_index(r.entries, struct entry, i - 1),
                       &g_array_index(r.entries, struct entry, i)) == 0)
            fail(&r, "the same msgid stands in it twice");
    g_string_free(r.english, TRUE);
    g_string_free(r.text, TRUE);
    return r.entries;
}

static void print_string(const char *s) {
    putchar('"');
    for (; *s; s++)
        if (*s >= ' ' && *s < 127 && !strchr("\"\\?", *s))
            putchar(*s);
        else
            printf("\\%03o", (unsigned char)*s);
    putchar('"');
}

static void print_language(const char *file, GArray *entries) {
    g_autofree char *name = g_path_get_basename(file);
    name[strlen(name) - strlen(".po")] = '\0';
    printf("static const struct translation %s_rows[] = {\n", name);
    for (guint i = 0; i < entries->len; i++) {
        struct entry *e = &g_array_index(entries, struct entry, i);
        printf("{");
        print_string(e->english);
        printf(",\n ");
        print_string(e->text);
        puts("},");
        g_free(e->english);
        g_free(e->text);
    }
    printf("{NULL, NULL}};\nstatic const struct language %s = {\"%s\", %s_rows, %u};\n", name, name, name,
           entries->len);
    g_array_free(entries, TRUE);
}

int main(int argc, char **argv) {
    if (argc < 3 || !freopen(argv[1], "w", stdout)) {
        fputs("usage: mailwhy-poc OUTPUT FILE.po...\n", stderr);
        return 64;
    }
    puts("/* Made from po/ by mailwhy-poc: do not edit. */\n#include \"analyze/report/language.h\"\n");
    for (int i = 2; i < argc; i++)
        print_language(argv[i], read_file(argv[i]));
    puts("const struct language *const languages[] = {");
    for (int i = 2; i < argc; i++) {
        g_autofree char *name = g_path_get_basename(argv[i]);
        printf("&%.*s, ", (int)(strlen(name) - strlen(".po")), name);
    }
    puts("NULL};");
    return fclose(stdout) == 0 ? 0 : 74;
}
