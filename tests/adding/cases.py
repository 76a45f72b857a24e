"""The toys that adding.py adds, one of each sort."""
import dataclasses
import json
import os
import shutil
import sys
import typing

sys.path.insert(0, "tests")
import shells  # noqa: E402


@dataclasses.dataclass
class Case:
    name: str
    files: dict  # path → text
    rows: list  # (path, text that stands once in it, row to put before that)
    works: typing.Callable  # (run, tree) → pairs of what is claimed and whether it holds
    most_rows: int = 1


def includes(path):
    return f'#include "{path}"\n'


def check_works(run, tree):
    audit = ["audit", "--dns", "samples/dns/two-domains.zone", "--ip", "192.0.2.5", "--domain", "example.com"]
    yield "the check is in the audit", "Toy" in run(*audit)
    yield "and in its JSON", any(c["check"] == "toy" for c in json.loads(run(*audit, "-f", "json"))["checks"])


CHECK = Case(
    "a check",
    {
        "analyze/auth/toy_check.h": """/* A toy. */
#ifndef MAILWHY_TOY_CHECK_H
#define MAILWHY_TOY_CHECK_H

#include "analyze/auth/check_kind.h"

extern const struct check_kind toy_check;

#endif
""",
        "analyze/auth/toy_check.c": """/* A toy. */
#include "analyze/auth/toy_check.h"

static void check_toy(struct check_context *context) {
    struct check_list *list = &context->auth->checks;
    struct slice domain = context->auth->transaction.from_domain;
    check_add(list, &toy_check, CHECK_PASS, "pass", domain, TEXT(list, "%.*s plays with toys", S(domain)));
}

const struct check_kind toy_check = {.id = "toy", .label = "Toy", .run = check_toy};
""",
    },
    [
        ("analyze/auth/check_kinds.c", "\nconst struct check_kind *const check_kinds[] = {", includes("analyze/auth/toy_check.h")),
        ("analyze/auth/check_kinds.c", "    &ptr_check, ", "    &toy_check,\n"),
    ],
    check_works,
    most_rows=2,  # its header and its place
)


def option_works(run, tree):
    yield "--help of the command has it", "--toy" in run("reply", "--help")
    yield "--help of others has it not", "--toy" not in run("log", "--help")
    yield "the parser takes it", "recipient.unknown" in run("reply", "--toy", "3", "550 5.1.1 no such user")
    yield "and refuses what it may not be", run("reply", "--toy", "9", "550 5.1.1 no such user") == ""
    yield "the manual has it", r"\-toy" in (tree / "build/mailwhy.1").read_text()
    environment = os.environ | {"PATH": f"{tree / 'build'}:{os.environ['PATH']}", "HOME": str(tree), "TERM": "dumb"}
    for shell, script in {"bash": "mailwhy.bash", "zsh": "_mailwhy", "fish": "mailwhy.fish"}.items():
        if shutil.which(shell):
            shown = shells.complete(shell, tree / "completions" / script, "mailwhy reply --to", "--toy", environment)
            yield f"{shell} completes it", "--toy" in shown


OPTION = Case(
    "an option",
    {},
    [
        ("analyze/commands/option_table.c", '    {"quiet", ',
         """    {"toy", 0, GROUP_GENERAL, "N", .help = "play with toys", .commands = COMMAND_REPLY,
     .kind = &number_kind, .member = MEMBER(toy), .least = 1, .most = 5},
"""),
        ("analyze/commands/options.h", "    const char *const *arguments;", "    unsigned toy;\n"),
    ],
    option_works,
    most_rows=2,  # itself, and the member that keeps its value
)

TOY_LOG = """Nov 24 09:14:07 mx toymta[1]: T1 queued anna@example.com
Nov 24 09:14:08 mx toymta[1]: T1 refused bo@example.org 550 5.1.1 no such user
Nov 24 09:14:08 mx toymta[1]: T1 a step that nobody needs
"""


def dialect_works(run, tree):
    (tree / "toy.log").write_text(TOY_LOG)
    counted = json.loads(run("log", "-f", "json", "toy.log"))
    yield "its lines are counted as its own", "toymta" in json.dumps(counted)
    deliveries = [json.loads(line) for line in run("log", "-f", "ndjson", "toy.log").splitlines()]
    yield "a delivery is joined of its lines", any(
        "anna@example.com" in json.dumps(d) and "bo@example.org" in json.dumps(d) and "recipient.unknown" in json.dumps(d) for d in deliveries)


DIALECT = Case(
    "a dialect of logs",
    {
        "parsers/log/toymta.c": """/* A toy. */
#include "parsers/log/dialect.h"

static enum line_result toymta_read(struct log_facts *f, const struct log_line *line) {
    if (!slice_equal(line->program, SLICE("toymta")))
        return LINE_NOT_MINE;
    struct slice id = slice_upto(line->message, slice_find_char(line->message, ' '));
    struct slice rest = slice_from(line->message, id.len + 1);
    struct slice word = slice_upto(rest, slice_find_char(rest, ' '));
    rest = slice_from(rest, word.len + 1);
    if (slice_equal(word, SLICE("queued"))) {
        struct log_event *e = log_event_add(f, LOG_QUEUED, line);
        e->queue_id = id;
        e->sender = rest;
        e->recipients = 1;
        return LINE_EVENT;
    }
    if (!slice_equal(word, SLICE("refused")))
        return log_pass(f, &dialect_toymta, "a step", line);
    struct log_event *e = log_event_add(f, LOG_ATTEMPT, line);
    e->queue_id = id;
    e->status = LOG_BOUNCED;
    e->recipient = slice_upto(rest, slice_find_char(rest, ' '));
    e->text = slice_from(rest, e->recipient.len + 1);
    e->is_last = true;
    return LINE_EVENT;
}

const struct dialect dialect_toymta = {.name = "toymta", .read = toymta_read};
""",
    },
    [("parsers/log/dialects.def", "DIALECT(other_programs)", "DIALECT(toymta)\n")],
    dialect_works,
)

CASES = [CHECK, OPTION, DIALECT]
