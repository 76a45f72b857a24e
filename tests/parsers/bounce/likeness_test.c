/* What is a bounce, and how much shows it: mails of mail systems, and of people who write of bounces. */
#include "parsers/bounce/bounce.h"
#include "parsers/bounce/likeness.h"
#include "parsers/rules/tables.h"
#include "tests/table.h"

#include <gmime/gmime.h>

static struct arena arena;
static struct matcher *matcher;

#define TO     "To: kim@own.example\n"
#define DAEMON "From: MAILER-DAEMON@mx.example\n" TO
#define MASTER "From: Postmaster <postmaster@mx.example>\n" TO
#define COPY                                                                                                 \
    "\n----- Original message follows -----\n\nFrom: kim@own.example\nTo: v@b.example\nMessage-ID: "         \
    "<9@own.example>\n\nhi\n"

static const struct {
    const char *name, *input;
    enum likeness likeness;
} rows[] = {
    {"the null sender, and whom it did not reach",
     "Return-Path: <>\n" MASTER "Subject: x\n\nNot delivered:\nv@b.example: mailbox full\n", LIKENESS_SURE},
    {"the null sender, and whom it did not reach, within a sentence",
     "Return-Path: <>\n" MASTER "Subject: x\n\nNot delivered to v@b.example, the mailbox is full.\n",
     LIKENESS_SURE},
    {"the null sender alone", "Return-Path: <>\n" MASTER "Subject: x\n\nNot delivered: mailbox full\n",
     LIKENESS_LIKELY},
    {"a name of daemons, and whom it did not reach",
     DAEMON "Subject: x\n\nNot delivered:\nv@b.example: mailbox full\n", LIKENESS_SURE},
    {"a name of daemons alone, which anybody can write",
     DAEMON "Subject: x\n\nNot delivered: mailbox full. http://evil.example/login\n", LIKENESS_GUESS},
    {"a name of daemons, and nobody but the reader",
     DAEMON "Subject: x\n\nNot delivered, kim@own.example: mailbox full\n", LIKENESS_GUESS},
    {"a format that names whom it did not reach",
     MASTER "Subject: x\n\nDelivery has failed to these recipients or groups:\n\nv@b.example\nNot found.\n",
     LIKENESS_SURE},
    {"the first words of a format without what it names",
     MASTER "Subject: x\n\nThis message was created automatically by mail delivery software.\nYou have 6 "
            "messages that could not be delivered to kim@own.example\n",
     LIKENESS_NONE},
    {"a subject of bounces, and whom it did not reach",
     MASTER "Subject: Undeliverable: hi\n\nv@b.example: mailbox full\n", LIKENESS_LIKELY},
    {"a subject of bounces alone", MASTER "Subject: Delivery failed\n\nYour mailbox is full.\n",
     LIKENESS_GUESS},
    {"what came back", MASTER "Subject: x\n\nYour mail was rejected.\n" COPY, LIKENESS_LIKELY},
    {"an answer below which the question stands", MASTER "Subject: Re: x\n\nIt was rejected.\n" COPY,
     LIKENESS_NONE},
    {"a report of other mails", MASTER "Subject: Summary\n\nrejected:\nUser unknown\n1 v@b.example\n",
     LIKENESS_GUESS},
    {"a person who names somebody",
     "Return-Path: <postmaster@mx.example>\n" MASTER
     "Subject: Your ticket\n\nThe log says\n\n  v@b.example: User unknown\n\nand it was rejected.\n",
     LIKENESS_NONE},
    {"a person who tells what codes mean",
     MASTER "Subject: x\n\n550 5.1.1 user unknown means that there is no such mailbox.\n", LIKENESS_NONE},
    {"a list, whose address is for bounces",
     "Return-Path: <dev-bounces@lists.example>\nList-Id: <dev.lists.example>\nFrom: Ann "
     "<dev-bounces@lists.example>\n" TO "Subject: undeliverable\n\nUser unknown, returned to sender.\n",
     LIKENESS_NONE},
    {"a notice of a program",
     "Return-Path: <root@mx.example>\nAuto-Submitted: auto-generated\nFrom: System Administrator "
     "<root@mx.example>\n" TO "Subject: Maintenance\n\nMail will not be rejected: 451 4.3.2 later.\n",
     LIKENESS_NONE},
    {"an advertisement",
     "From: Shop <bounces@news.example>\n" TO "Subject: Sale\n\nUndeliverable parcels come back.\n",
     LIKENESS_NONE},
};

static void weighs(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct message message;
        struct bounce bounce;
        message_parse(&message, slice_of(rows[i].input), 1, &arena);
        bounce_read(&bounce, &message, matcher);
        bool is_bounce = rows[i].likeness != LIKENESS_NONE;
        expect_number(rows[i].name, bounce.kind, is_bounce ? KIND_BOUNCE : KIND_MESSAGE);
        expect_number(rows[i].name, bounce.likeness, is_bounce ? rows[i].likeness : LIKENESS_SURE);
        expect_number(rows[i].name, bounce.recipients != NULL, is_bounce);
    }
}

int main(void) {
    g_mime_init();
    struct ruleset *rules = ruleset_new(&builtin_rules);
    matcher = matcher_new(rules);
    const struct CMUnitTest tests[] = {cmocka_unit_test(weighs)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    matcher_free(matcher);
    ruleset_free(rules);
    arena_free(&arena);
    return failures;
}
