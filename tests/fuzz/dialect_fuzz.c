/* Any bytes as lines of a log, whose first lines may name the columns of a table: each dialect is asked about
 * each line, whatever it begins with; then all are read as a log is. */
#include "parsers/log/dialect.h"
#include "parsers/log/export.h"

#include "parsers/log/reader.h"
#include "tests/fuzz/hold.h"

static void check_events(const struct log_facts *facts) {
    for (size_t i = 0; i < facts->count; i++) {
        const struct log_event *e = &facts->events[i];
        HOLDS(e->kind < LOG_KINDS && e->status < LOG_STATUSES);
        const struct slice texts[] = {e->recipient, e->text, e->queue_id, e->host, e->status_code};
        for (size_t n = 0; n < G_N_ELEMENTS(texts); n++)
            HOLDS(!texts[n].len || texts[n].ptr[texts[n].len - 1] != '\n');
    }
}

static void ask_each(struct log_facts *facts, const struct log_line *line) {
    for (size_t i = 0; i < LOG_DIALECTS; i++) {
        facts->last_dialect = NULL;
        HOLDS(log_dialects[i]->read(facts, line) <= LINE_UNKNOWN);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct log_reader reader = {.facts.wants_stories = true}, whole = {.facts.wants_stories = true};
    struct slice bytes = {(const char *)data, size}, rest = bytes, text;
    struct log_input input = {.bytes = bytes, .header = slice_upto(bytes, 2048), .now = 1795000000};
    log_facts_begin(&reader.facts);
    reader.facts.stamps.now = input.now;
    reader.facts.header = input.header;
    export_begin(&reader.facts);
    while (slice_next_line(&rest, &text)) {
        struct log_line line = {.text = text, .time = -1, .message = text};
        if (!text.len)
            continue;
        ask_each(&reader.facts, &line);
        frame_take(&reader.frames, &reader.facts.stamps, text, &reader.facts.chunk, &line);
        ask_each(&reader.facts, &line);
    }
    check_events(&reader.facts);
    log_reader_free(&reader);
    log_read(&whole, &input);
    check_events(&whole.facts);
    log_reader_free(&whole);
    log_is_likely(bytes);
    return 0;
}
