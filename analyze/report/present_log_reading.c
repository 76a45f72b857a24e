/* How a log was read: see present_log_reading.h. */
#include "analyze/report/present_log_reading.h"

#include "analyze/deliveries/join.h"
#include "parsers/base/text.h"

static struct value dialect_lines(struct page *p, const struct log_summary *s) {
    struct value text = NO_LABEL;
    const char *name;
    uint64_t lines;
    for (size_t i = 0; (name = log_summary_system(s, i, &lines)); i++)
        if (lines)
            text = page_join(p, text, ", ", page_say(p, SAY_DOMAIN_COUNT, as_ours(name), as_count(lines)));
    return value_is_known(text) ? text : word(SAY_NO_KNOWN_SYSTEM);
}

void present_log_troubles(struct page *p, const struct log_tables *t) {
    bool is_first = true;
    for (const struct line_kind *k = t->summary->kinds.first; k; k = k->next) {
        if (!k->trouble || (!p->style.verbose && strcmp(k->trouble, "warning") == 0))
            continue;
        if (is_first)
            page_section(p, word(SECTION_TROUBLES));
        is_first = false;
        page_row(p, as_ours(k->trouble), page_say(p, SAY_LINES, as_count(k->count)));
        page_row(p, NO_LABEL, as_reply(k->sample));
    }
}

#define FEW_KINDS 6 /* of lines, where a log tells of no mail */

static void present_kinds(struct page *p, const struct line_kind *k, size_t most) {
    for (size_t told = 0; k && told < most; k = k->next) {
        if (k->trouble)
            continue;
        told++;
        struct value name = as_stranger(text_clean_line(p->outlet.arena, k->name));
        struct value lines = page_say(p, SAY_LINES, as_count(k->count));
        page_row(p, word(k->is_known ? LABEL_PASSED_OVER : LABEL_UNKNOWN),
                 k->is_known ? page_say(p, SAY_LINE_KIND_OF, lines, as_ours(k->dialect), name)
                             : page_say(p, SAY_NAME_AND_TEXT, lines, name));
        page_row(p, NO_LABEL, as_stranger(k->sample));
    }
}

void present_log_reading(struct page *p, const struct log_tables *t) {
    const struct log_summary *s = t->summary;
    page_section_folded(p, word(SECTION_READING));
    page_row(p, word(LABEL_LINES_OF), dialect_lines(p, s));
    page_row(p, word(LABEL_UNRECOGNIZED),
             s->unparsed && !p->style.verbose ? page_say(p, SAY_SEE_KINDS, as_count(s->unparsed))
                                              : as_count(s->unparsed));
    if (s->cut)
        page_row(p, word(LABEL_WARNING), page_say(p, SAY_LINES_CUT, as_count(s->cut)));
    if (s->forgotten)
        page_row(p, word(LABEL_WARNING),
                 page_say(p, SAY_MESSAGES_FORGOTTEN, as_count(s->forgotten), as_count(LIMIT_OPEN)));
    if (s->late)
        page_row(p, word(LABEL_WARNING), page_say(p, SAY_MAILS_TWICE, as_count(s->late)));
    if (s->mixed)
        page_row(p, word(LABEL_WARNING), page_say(p, SAY_SESSIONS_MIXED, as_count(s->mixed)));
    for (guint i = 0; i < t->problems->len; i++)
        page_row(p, word(LABEL_ERROR),
                 as_note(text_clean_line(p->outlet.arena, slice_of(t->problems->pdata[i]))));
    for (guint i = 0; i < t->notes->len; i++)
        page_row(p, word(LABEL_NEUTRAL),
                 as_note(text_clean_line(p->outlet.arena, slice_of(t->notes->pdata[i]))));
    if (p->style.verbose || log_tells_nothing(t))
        present_kinds(p, s->kinds.first, p->style.verbose ? SIZE_MAX : FEW_KINDS);
}
