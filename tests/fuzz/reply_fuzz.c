/* Any bytes as an SMTP reply: JSON is well-formed, and the page is clean. */
#include "analyze/mailwhy.h"

#include "parsers/base/smtp_reply.h"
#include "tests/fuzz/hold.h"

static void check_codes(const struct reply *reply, struct arena *arena) {
    int again[3];
    struct slice text = enhanced_text(arena, reply->enhanced);
    HOLDS(!reply->enhanced[0] ||
          (enhanced_parse(text, again) == text.len && memcmp(again, reply->enhanced, sizeof again) == 0));
    HOLDS(reply->code >= 0 && reply->code < 1000);
    hold_utf8(reply->text);
    hold_utf8(reply->command);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct mailwhy_worker *worker;
    struct arena arena = {0};
    struct reply reply;
    if (!worker)
        worker = mailwhy_worker_new(mailwhy_new(NULL));
    reply_parse(&reply, (struct slice){(const char *)data, size}, &arena);
    check_codes(&reply, &arena);
    arena_free(&arena);
    const char *text = (const char *)data;
    g_autoptr(GString) page = g_string_new(NULL), line = g_string_new(NULL);
    mailwhy_explain_reply(worker, text, size, mailwhy_format_find("text"), keep, page);
    mailwhy_explain_reply(worker, text, size, mailwhy_format_find("ndjson"), keep, line);
    hold_visible(kept(page));
    hold_json_lines(kept(line));
    return 0;
}
