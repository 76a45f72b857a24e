/* Examples of kinds of exports: see export_example.h. */
#include "parsers/log/export_example.h"

#include "parsers/log/export_outcome.h"
#include "parsers/log/line_text.h"
#include "parsers/log/reader.h"

#include <glib.h>

static const char mark[] = "=> ";

/* The lines of the example that begin with the mark, or all others. */
static struct slice part_of(const char *example, bool is_wanted, struct arena *arena) {
    struct slice rest = slice_of(example);
    struct slice line;
    g_autoptr(GString) text = g_string_new(NULL);
    while (slice_next_line(&rest, &line))
        if (starts(line, mark) == is_wanted)
            g_string_append_printf(text, "%.*s\n", S(line));
    return arena_copy(arena, (struct slice){text->str, text->len});
}

struct slice export_example_wanted(const char *example, struct arena *arena) {
    return part_of(example, true, arena);
}

static void write_event(GString *out, const struct log_event *e) {
    struct slice id = slice_upto(e->queue_id, slice_find_char(e->queue_id, LOG_ID_END));
    if (e->kind == LOG_SAID)
        g_string_append_printf(out, "%s%.*s%s%s %.*s\n", mark, S(id), id.len ? " " : "",
                               e->is_remote ? "heard" : "said", S(e->text));
    if (e->kind == LOG_MESSAGE_ID)
        g_string_append_printf(out, "%s%.*s is about %.*s\n", mark, S(id), S(e->message_id));
    if (e->kind != LOG_ATTEMPT && e->kind != LOG_REJECT)
        return;
    const char *outcome = e->kind == LOG_REJECT ? "rejected" : export_status_word(e->status);
    g_string_append_printf(out, "%s%.*s %s%s%.*s\n", mark, S(e->recipient), outcome, e->text.len ? " " : "",
                           S(e->text));
}

static size_t number_of(const struct rulebase *rules, const struct export_kind *kind) {
    const struct rule_list *list = &rules->lists[RULES_EXPORTS];
    size_t i = 0;
    while (i < list->count && list->items[i] != kind)
        i++;
    return MIN(i, LOG_EXPORT_KINDS - 1);
}

struct slice export_example_read(const struct rulebase *rules, const struct export_kind *kind,
                                 const char *example, struct arena *arena) {
    struct log_reader r = {.facts.rules = rules};
    struct slice text = part_of(example, false, arena);
    struct log_input input = {.bytes = text, .header = text, .now = g_get_real_time() / G_USEC_PER_SEC};
    log_read(&r, &input);
    g_autoptr(GString) out = g_string_new(NULL);
    for (size_t i = 0; i < r.facts.count; i++)
        write_event(out, &r.facts.events[i]);
    if (r.facts.unparsed)
        g_string_append_printf(out, "%snot understood\n", mark);
    else if (!r.facts.export_records[number_of(rules, kind)])
        g_string_append_printf(out, "%sread as another kind\n", mark);
    else if (!out->len)
        g_string_append_printf(out, "%snothing\n", mark);
    log_reader_free(&r);
    return arena_copy(arena, (struct slice){out->str, out->len});
}
