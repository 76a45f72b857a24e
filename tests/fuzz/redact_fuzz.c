/* Any bytes as free text under --redact, with names that were collected: no address stands in
 * what leaves. */
#include "analyze/report/redact.h"

#include "analyze/worker.h"
#include "parsers/base/address.h"
#include "parsers/base/text.h"
#include "tests/fuzz/hold.h"

static void collect(struct redactor *r) {
    redactor_collect(r, as_address(SLICE("gertrude.bell@example.org")));
    redactor_collect(r, as_mailbox(SLICE("Gertrude Bell <bell@example.net>")));
    redactor_collect(r, as_subject(SLICE("your order of tulips")));
    redactor_collect(r, as_identifier(SLICE("7Kq9wV3nTb2xZd")));
    redactor_collect(r, as_user(SLICE("gertrudeb")));
    redactor_collect(r, as_server(SLICE("mx.example.org")));
}

static void hold_hidden(enum value_type type, struct slice shown) {
    static const char *const secrets[] = {"gertrude.bell@", "<bell@"};
    hold_utf8(shown);
    for (size_t i = 0; i < G_N_ELEMENTS(secrets); i++)
        if (slice_find_nocase(shown, slice_of(secrets[i])) < shown.len) {
            fprintf(stderr, "of type %d, %s is shown: %.*s\n", type, secrets[i], S(shown));
            abort();
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const enum value_type types[] = {VALUE_STRANGER, VALUE_SENTENCE, VALUE_NOTE,     VALUE_MAILBOX,
                                            VALUE_ADDRESS,  VALUE_USER,     VALUE_SUBJECT,  VALUE_IDENTIFIER,
                                            VALUE_HOST,     VALUE_SERVER,   VALUE_SELECTOR, VALUE_LINK,
                                            VALUE_NETWORK};
    static const struct mailwhy_options options = {.size = sizeof(struct mailwhy_options), .redact = true};
    static struct mailwhy_worker *worker;
    if (!worker)
        worker = mailwhy_worker_new(mailwhy_new(&options));
    struct arena arena = {0};
    struct slice text = text_clean_line(&arena, (struct slice){(const char *)data, size});
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
        struct redactor *r = redactor_new(worker_redaction(worker));
        collect(r);
        hold_hidden(types[i],
                    redactor_hide(r, as_type(types[i], text), &arena)); /* of another place in the report */
        redactor_collect(r, as_type(types[i], text));
        struct slice shown = redactor_hide(r, as_type(types[i], text), &arena);
        hold_hidden(types[i], shown);
        struct slice address = address_in_text(shown),
                     local = slice_upto(address, slice_find_char(address, '@'));
        HOLDS(types[i] != VALUE_ADDRESS || !local.len || slice_find(text, address) == text.len);
        HOLDS(shown.len <= text.len * 10 + 64);
        redactor_free(r);
    }
    arena_free(&arena);
    return 0;
}
