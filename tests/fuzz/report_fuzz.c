/* Any bytes as the fields of a delivery report (RFC 3464), of a feedback report (RFC 5965), and as a report
 * that is only text. */
#include "analyze/worker.h"
#include "parsers/base/text.h"
#include "parsers/bounce/bounce.h"
#include "parsers/bounce/complaint.h"
#include "parsers/bounce/copied.h"
#include "parsers/bounce/dsn.h"
#include "parsers/bounce/passed_on.h"
#include "parsers/bounce/recipients.h"
#include "tests/fuzz/hold.h"

static void check(const struct bounce *bounce) {
    size_t count = 0;
    for (const struct recipient *r = bounce->recipients; r; r = r->next, count++) {
        hold_utf8(r->address);
        hold_utf8(r->original);
        hold_utf8(r->diagnostic);
        hold_utf8(r->sentence);
        hold_utf8(r->host);
    }
    HOLDS(count == bounce->count && count <= LIMIT_RECIPIENTS);
    hold_utf8(bounce->reporter);
    hold_utf8(bounce->queue_id);
}

static void read_fields(struct slice text, bool is_complaint, struct arena *arena) {
    struct bounce bounce = {.arrival = -1, .end = &bounce.recipients};
    if (is_complaint)
        complaint_read(&bounce, text, arena);
    else
        dsn_read(&bounce, text, 1, arena);
    recipients_index(&bounce, arena);
    check(&bounce);
    for (const struct recipient *r = bounce.recipients; r; r = r->next)
        HOLDS(!r->address.len || recipient_find(&bounce, r->address));
}

static void read_text(struct mailwhy_worker *worker, struct slice text) {
    static const char header[] =
        "From: MAILER-DAEMON@example.com\nSubject: Undelivered Mail Returned to Sender\n\n";
    struct slice whole = arena_printf(&worker->arena, "%s%.*s", header, S(text)), copy;
    struct message message;
    struct bounce bounce;
    message_parse(&message, whole, 1, &worker->arena);
    bounce_read(&bounce, &message, worker->matcher);
    check(&bounce);
    hold_utf8(bounce.human);
    hold_within(text_before_copy(text, &copy), text);
    hold_within(copy, text);
    hold_within(passed_on_report(text), text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct mailwhy_worker *worker;
    struct slice text = {(const char *)data, size};
    if (!worker)
        worker = mailwhy_worker_new(mailwhy_new(NULL));
    struct slice clean = text_clean_block(&worker->arena, text); /* as a part's text is */
    read_fields(clean, false, &worker->arena);
    read_fields(clean, true, &worker->arena);
    read_text(worker, text);
    arena_reset(&worker->arena);
    return 0;
}
