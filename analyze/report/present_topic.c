/* A topic: see present_topic.h. */
#include "analyze/report/present_topic.h"

#include "analyze/report/present_cause.h"
#include "analyze/report/present_field.h"
#include "analyze/report/rule_words.h"

static void present_part(struct page *p, const struct topic_part *part) {
    page_section(p, as_ours(part->title));
    rows_of_texts(p, NO_LABEL, part->text);
    rows_of_steps(p, part->steps);
    row_of_origin(p, part->source, part->seen);
}

/* What is known of the header fields that a topic names; false: no more of them. */
static bool next_field(const struct topic_page *page, size_t *at, struct field_page *field) {
    while (page->topic->fields && page->topic->fields[*at]) {
        field->rules = page->rules;
        field->name = slice_of(page->topic->fields[(*at)++]);
        field->known = matcher_header_rules(page->matcher, field->name);
        if (field->known)
            return true;
    }
    return false;
}

static void page_topic(struct page *p, const void *what) {
    const struct topic_page *page = what;
    const struct topic *t = page->topic;
    page_begin(p);
    page_title(p, page_say(p, SAY_NAME_AND_TEXT, as_ours(t->id), as_ours(t->title)), EMPHASIS_NONE);
    page_row(p, word(LABEL_SUMMARY), as_ours(t->summary));
    for (const struct topic_part *const *part = t->parts; *part; part++)
        present_part(p, *part);
    for (size_t i = 0; i < page->rules->lists[RULES_BLOCKLISTS].count; i++) {
        const struct blocklist *b = page->rules->lists[RULES_BLOCKLISTS].items[i];
        if (is_among(b->cause, t->lists)) {
            page_section(p, as_ours(b->name));
            rows_of_blocklist(p, b);
        }
    }
    struct field_page field;
    for (size_t at = 0; next_field(page, &at, &field);)
        section_of_field(p, &field);
    if (t->causes) {
        page_section(p, word(SECTION_ITS_CAUSES));
        table_of_causes(p, page->rules, t->causes);
    }
    if (t->links)
        page_section(p, word(SECTION_MORE_INFORMATION));
    rows_of_texts(p, word(LABEL_LINK), t->links);
    page_end(p);
}

static void write_part(struct writer *w, const struct topic_part *part) {
    write_object(w, NULL);
    write_value(w, "title", as_ours(part->title));
    write_texts(w, "text", part->text);
    write_texts(w, "remedy", part->steps);
    write_origin(w, part->source, part->seen);
    write_object_end(w);
}

static void write_causes(struct writer *w, const struct topic_page *t) {
    const struct rule_list *causes = &t->rules->lists[RULES_CAUSES];
    write_list(w, "causes");
    for (size_t i = 0; i < causes->count; i++) {
        const char *id = ((const struct cause *)causes->items[i])->id;
        if (is_among(id, t->topic->causes))
            write_value(w, NULL, as_ours(id));
    }
    write_list_end(w);
}

static void write_fields(struct writer *w, const struct topic_page *page) {
    struct field_page field;
    write_list(w, "fields");
    for (size_t at = 0; next_field(page, &at, &field);)
        write_field(w, &field);
    write_list_end(w);
}

static void structure_topic(struct writer *w, const void *what) {
    const struct topic_page *page = what;
    const struct topic *t = page->topic;
    const struct rule_list *lists = &page->rules->lists[RULES_BLOCKLISTS];
    write_object(w, NULL);
    write_value(w, "topic", as_ours(t->id));
    write_value(w, "title", as_ours(t->title));
    write_value(w, "summary", as_ours(t->summary));
    write_list(w, "parts");
    for (const struct topic_part *const *part = t->parts; *part; part++)
        write_part(w, *part);
    write_list_end(w);
    write_causes(w, page);
    write_list(w, "blocklists");
    for (size_t i = 0; i < lists->count; i++) {
        const struct blocklist *b = lists->items[i];
        if (is_among(b->cause, t->lists))
            write_blocklist(w, b);
    }
    write_list_end(w);
    write_fields(w, page);
    write_texts(w, "links", t->links);
    write_object_end(w);
    write_record_end(w);
}

const struct report_form form_topic = {.structure = structure_topic, .page = page_topic};
