"""The toys that adding.py adds, one of each sort."""
import dataclasses
import json
import typing


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


CASES = [CHECK]
