/* What is known of a header field: see present_field.h. */
#include "analyze/report/present_field.h"

#include "analyze/report/rule_words.h"

#define LONGEST_VALUE 24 /* bytes; what is longer is an example, and stands below what it means */

/* `say` of a rule, with a value and what it means in their places, and dots where the rest of a field would
 * be. */
static struct slice sentence(struct arena *arena, const char *say, const char *value, const char *meaning) {
    GString *text = g_string_new(NULL);
    while (*say) {
        size_t plain = strcspn(say, "{");
        g_string_append_len(text, say, (gssize)plain);
        say += plain;
        if (!*say)
            break;
        size_t hole = strcspn(say, "}");
        struct slice name = {say + 1, hole - 1};
        g_string_append(text, slice_is_nocase(name, "code")      ? value
                              : slice_is_nocase(name, "meaning") ? meaning
                                                                 : "…");
        say += hole + (say[hole] == '}');
    }
    struct slice result = arena_printf(arena, "%s", text->str);
    g_string_free(text, TRUE);
    return result;
}

typedef void each_value(void *context, struct slice value, struct slice meaning);

/* The example of a rule without values: what stands behind the name, and the sentence that it gives. */
static void give_example(const struct field_page *field, const struct header_rule *rule, each_value *each,
                         void *context) {
    for (const char *const *e = rule->examples; e && e[0]; e += 2) {
        struct slice text = slice_of(e[0]);
        size_t colon = slice_find_char(text, ':');
        if (!slice_equal_nocase(slice_upto(text, colon), field->name))
            continue;
        each(context, slice_trim(slice_from(text, MIN(colon + 1, text.len))), slice_of(e[1]));
        return;
    }
}

static void each_of_field(const struct field_page *field, struct arena *arena, each_value *each,
                          void *context) {
    for (const struct header_rule *const *rule = field->known; *rule; rule++) {
        const char *const *pair = (*rule)->decode ? NULL : (*rule)->values;
        if (!pair)
            give_example(field, *rule, each, context);
        for (; pair && pair[0]; pair += 2)
            each(context, slice_of(pair[0]), sentence(arena, (*rule)->say, pair[0], pair[1]));
    }
}

struct filling {
    struct page *page;
    struct table *table;
    size_t count;
};

static void count_value(void *context, struct slice value, struct slice meaning) {
    struct filling *f = context;
    (void)value;
    (void)meaning;
    f->count++;
}

static void fill_value(void *context, struct slice value, struct slice meaning) {
    struct filling *f = context;
    bool is_example = value.len > LONGEST_VALUE;
    page_cell(f->page, f->table, is_example ? as_ours("…") : as_type(VALUE_OURS, value));
    page_cell(f->page, f->table, as_type(VALUE_OURS, meaning));
    page_cell(f->page, f->table, is_example ? as_type(VALUE_OURS, value) : as_ours(""));
}

static void table_of_values(struct page *p, const struct field_page *field) {
    static const enum words heads[] = {HEAD_VALUE, HEAD_MEANING, HEAD_EXAMPLE};
    struct filling f = {.page = p};
    each_of_field(field, p->outlet.arena, count_value, &f);
    struct table t = page_table(p, heads, G_N_ELEMENTS(heads), G_N_ELEMENTS(heads) - 1, f.count);
    f.table = &t;
    each_of_field(field, p->outlet.arena, fill_value, &f);
    page_table_end(p, &t);
}

static const struct header_rule *rule_with_source(const struct field_page *field) {
    for (const struct header_rule *const *rule = field->known; *rule; rule++)
        if ((*rule)->source)
            return *rule;
    return NULL;
}

static void rows_of_field(struct page *p, const struct field_page *field) {
    const char *const *writer = field->known[0]->written_by;
    for (size_t i = 0; writer && writer[i]; i++) {
        const struct provider *provider = rulebase_provider(field->rules, writer[i]);
        page_row(p, i ? NO_LABEL : word(LABEL_WRITTEN_BY), as_ours(provider ? provider->name : writer[i]));
    }
    table_of_values(p, field);
    const struct header_rule *source = rule_with_source(field);
    if (source)
        row_of_origin(p, (const char *const[]){source->source, NULL}, source->seen);
}

void section_of_field(struct page *p, const struct field_page *field) {
    page_section(p, as_type(VALUE_OURS, field->name));
    rows_of_field(p, field);
}

static void page_field(struct page *p, const void *what) {
    const struct field_page *field = what;
    page_begin(p);
    page_title(p, page_say(p, SAY_HEADER_FIELD, as_type(VALUE_STRANGER, field->name)), EMPHASIS_NONE);
    page_row(p, NO_LABEL, word(SAY_FIELD_IN_A_MAIL));
    rows_of_field(p, field);
    page_end(p);
}

/* --- as structure --- */

static void write_one(void *context, struct slice value, struct slice meaning) {
    struct writer *w = context;
    write_object(w, NULL);
    write_value(w, "value", as_type(VALUE_OURS, value));
    write_value(w, "means", as_type(VALUE_OURS, meaning));
    write_object_end(w);
}

void write_field(struct writer *w, const struct field_page *field) {
    const struct header_rule *source = rule_with_source(field);
    write_object(w, NULL);
    write_value(w, "field", as_type(VALUE_STRANGER, field->name));
    write_texts(w, "written_by", field->known[0]->written_by);
    write_list(w, "values");
    each_of_field(field, w->outlet.arena, write_one, w);
    write_list_end(w);
    write_origin(w, source ? (const char *const[]){source->source, NULL} : NULL,
                 source ? source->seen : NULL);
    write_object_end(w);
}

static void structure_field(struct writer *w, const void *what) {
    write_field(w, what);
    write_record_end(w);
}

const struct report_form form_field = {.structure = structure_field, .page = page_field};
