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
     .kind = &option_kind_number, .member = MEMBER(toy), .least = 1, .most = 5},
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



def format_works(run, tree):
    bounce = "samples/bounces/spamhaus.eml"
    yield "a bounce is reported in it", "(cause) =blocklist.spamhaus\n" in run("-f", "toyml", bounce)
    yield "a log is", "(kind) =log\n" in run("log", "-f", "toyml", "samples/logs/postfix.log")
    yield "a reply is", "(cause) =recipient.unknown\n" in run("reply", "-f", "toyml", "550 5.1.1 no such user")
    yield "--help offers it", "toyml" in run("--help") + run("reply", "--help")
    yield "--redact holds in it", "=kim@example.org" in run("-f", "toyml", bounce) and "kim@" not in run("--redact", "-f", "toyml", bounce)


FORMAT = Case(
    "a format of reports",
    {
        "analyze/report/toyml.h": """/* A toy. */
#ifndef MAILWHY_TOYML_FORMAT_H
#define MAILWHY_TOYML_FORMAT_H

#include "analyze/report/format.h"

extern const struct mailwhy_format format_toyml;

#endif
""",
        "analyze/report/toyml.c": """/* A toy: (key) =value, a line each. */
#include "analyze/report/toyml.h"

#include "analyze/report/writer.h"

static void open(GString *out, bool is_list) {
    g_string_append(out, is_list ? "[\\n" : "{\\n");
}

static void close(GString *out, bool is_list) {
    g_string_append(out, is_list ? "]\\n" : "}\\n");
}

static void separate(GString *out) {
    (void)out;
}

static void key(GString *out, struct slice name, bool is_ours) {
    (void)is_ours;
    g_string_append_printf(out, "(%.*s) ", S(name));
}

static void text(GString *out, struct slice s) {
    g_string_append_printf(out, "=%.*s\\n", S(s));
}

static void number(GString *out, int64_t value) {
    g_string_append_printf(out, "%" G_GINT64_FORMAT "\\n", value);
}

static void truth(GString *out, bool value) {
    g_string_append(out, value ? "yes\\n" : "no\\n");
}

static const struct syntax syntax = {open, close, separate, key, text, number, truth};

const struct mailwhy_format format_toyml = {.name = "toyml", .syntax = &syntax};
""",
    },
    [
        ("analyze/report/formats.c", "\n/* The first is used where none is named. */", includes("analyze/report/toyml.h")),
        ("analyze/report/formats.c", "&format_json,", "&format_toyml, "),
    ],
    format_works,
    most_rows=2,  # its header and its place
)


def field_works(run, tree):
    bounce = "samples/messages/out-of-office.eml"
    shown = json.loads(run("-f", "json", bounce))["toy"]
    hidden = json.loads(run("--redact", "-f", "json", bounce))["toy"]
    yield "JSON has it", "@" in shown
    yield "NDJSON has it", json.loads(run("-f", "ndjson", bounce).splitlines()[0])["toy"] == shown
    yield "--redact hides in it what nobody said to be harmless", hidden != shown and shown.split("@")[0].split("<")[-1] not in hidden


FIELD = Case(
    "a field of the JSON",
    {},
    [("analyze/report/structure_message.c", '    write_known(w, "mailwhy", as_ours(MAILWHY_VERSION));',
      '    write_value(w, "toy", (struct value){.text = r->message.from});\n')],
    field_works,
)



def language_works(run, tree):
    page = run("--for", "customer", "--lang", "it", "samples/bounces/user-unknown.eml")
    yield "the page is in it", page.startswith("Il suo messaggio a kimm@example.org non è stato recapitato\n")
    yield "what is not translated yet is in English", "What happened" in page
    yield "fuzzy entries are left out", "Sbagliato" not in page
    yield "--help offers it", "fr or it" in " ".join(run("--help").split())


LANGUAGE = Case(
    "a language",
    {
        "po/it.po": """# As msginit and msgmerge write it: strings over several lines, fuzzy and old entries.
msgid ""
msgstr ""
"Language: it\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#. customer_words.def: TITLE_YOURS_FAILED
msgid ""
"Your message to {} "
"was not delivered"
msgstr ""
"Il suo messaggio a {} "
"non è stato recapitato"

#, fuzzy
#| msgid "What happens"
msgid "What happened"
msgstr "Sbagliato"

#~ msgid "Gone"
#~ msgstr "Via"
""",
    },
    [],
    language_works,
)

CASES = [CHECK, OPTION, DIALECT, FORMAT, FIELD, LANGUAGE]
