#!/usr/bin/env python3
"""Do what the documentation says, as a new user would: its examples are run as they stand there.

usage: docs.py MAILWHY
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, "tests")
import claims  # noqa: E402

MAILWHY = sys.argv[1]


def block(path, language, number=0):
    """The text of a fenced block."""
    found = re.findall(r"^```" + language + r"\n(.*?)^```$", pathlib.Path(path).read_text(), re.M | re.S)
    return found[number]


def run(*args, stdin=""):
    done = subprocess.run([MAILWHY, *map(str, args)], input=stdin, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def rules(folder):
    own = folder / "own.yaml"
    own.write_text(block("docs/rules.md", "yaml"))
    status, out, err = run("rules", "test", own)
    yield "docs/rules.md: rules test", status == 0, out + err
    _, out, _ = run("reply", "--rules", own, "-f", "ndjson", "550 5.0.0 the moon is in the wrong house")
    yield "docs/rules.md: the rule decides", json.loads(out)["rule"]["id"] == "moon", out
    status, out, err = run("rules", "missing", "-", stdin="421 4.0.0 zurgle the frobnitz\n")
    own.write_text(out)
    status, shown, err = run("rules", "test", own)
    yield "docs/rules.md: the skeleton is a rule", status == 0 and "frobnitz" in out, out + shown + err


def formats(folder):
    own, bounce = folder / "own.yaml", folder / "bounce.eml"
    own.write_text(block("docs/formats.md", "yaml"))
    bounce.write_text(block("docs/formats.md", ""))
    status, out, err = run("--rules", own, "-f", "json", bounce)
    report = json.loads(out)
    verdict = report["verdicts"][0]
    yield "docs/formats.md: exit status", status == 0, err
    yield "docs/formats.md: format", report["input"]["format"] == "gatekeeper", out
    yield "docs/formats.md: recipient", verdict["recipient"] == "bob@example.org", out
    yield "docs/formats.md: cause", verdict["cause"] == "recipient.unknown", out
    yield "docs/formats.md: returned message", report["message"]["subject"] == "hello", out


def without_rule_lines(text):
    """A rule's line changes with every rule that is added above it."""
    return re.sub(r"(\(rules/\S+\.yaml:)\d+\)", r"\1N)", text)


def readme(_):
    text = pathlib.Path("README.md").read_text()
    for command, shown in re.findall(r"^\$ \./mailwhy (.+)\n((?:.*\n)*?)(?:```|\[…\])", text, re.M):
        _, out, _ = run(*command.split())
        yield f"README.md: the report of {command}", shown.strip() and without_rule_lines(out).startswith(without_rule_lines(shown.rstrip())), out
    commands = re.findall(r"`\./mailwhy ([^`]+)`", text)
    yield "README.md: commands to try", len(commands) >= 5, text
    for command in commands:
        status, out, err = run(*command.split())
        yield f"README.md: mailwhy {command}", status == 0, out + err


def two_domains(_):
    """Each command of the page, and the part of its output that stands behind it."""
    text = pathlib.Path("docs/two-domains.md").read_text()
    pairs = re.findall(r"^```\n\$ \./mailwhy (.*?)\n```\n\n```\n(.*?)\n```$", text, re.M | re.S)
    yield "docs/two-domains.md: three commands", len(pairs) == 3, text
    for command, shown in pairs:
        status, out, err = run(*command.split())
        yield f"docs/two-domains.md: mailwhy {command}", status == 0 and shown in out, out + err
    _, out, _ = run(*pairs[2][0].split(), "-f", "json")
    found = [{c["check"]: c["found"] for c in audit["checks"]} for audit in json.loads(out)]
    yield "docs/two-domains.md: the difference", (found[0]["dkim"], found[1]["dkim"]) == ("key", "no-key"), out
    _, out, _ = run(*pairs[1][0].split(), "-f", "json")
    says = {c["check"]: c["says"] for c in json.loads(out)["verdicts"][0]["checks"]}
    yield "docs/two-domains.md: Gmail is right", says["dkim"] == says["spf"] == "supports", out


def dns(folder):
    """The format that docs/dns.md shows is the one that is read."""
    zone = folder / "own.zone"
    zone.write_text(block("docs/dns.md", ""))
    status, out, err = run("dns", "show", zone)
    yield "docs/dns.md: the format", status == 0 and ";! NXDOMAIN name." in out and ";! complete" in out, out + err


# --- what the pages name is there ---

PAGES = [*sorted(pathlib.Path("docs").rglob("*.md")), *map(pathlib.Path, ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"))]
FOLDERS = "parsers|analyze|rules|samples|tests|docs|completions"
EXAMPLES = {"parsers/log/moonmail.c"}  # files that a page tells the reader to write


def paths(_):
    """Every relative link, and every path of a file in one of our folders, leads somewhere."""
    for page in PAGES:
        text = page.read_text()
        links = [page.parent / link for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)]
        named = [pathlib.Path(path) for path in re.findall(rf"(?<![\w/.-])(?:{FOLDERS})/[\w./*-]*\w\.\w+", text)]
        for path in sorted({str(path) for path in links + named} - EXAMPLES):
            yield f"{page} names {path}", any(pathlib.Path().glob(path)) if "*" in path else pathlib.Path(path).exists(), path


def walks(_):
    """Each function of docs/walks.md stands in the file that is named before it."""
    text = re.sub(r"^```.*?^```$", "", pathlib.Path("docs/walks.md").read_text(), flags=re.M | re.S)
    file, count = None, 0
    for span in re.findall(r"`([^`\n]+)`", text):
        if found := re.match(r"((?:parsers|analyze)/\S+\.c)\b:? ?", span):
            file = found[1]
        for function in re.findall(r"\b(\w+)\(\)", span):
            count += 1
            defined = file and re.search(rf"^\w[^;=\n]*\b{function}\(", pathlib.Path(file).read_text(), re.M)
            yield f"docs/walks.md: {file}: {function}()", defined, span
    yield "docs/walks.md names functions", count > 50, text


def number(text):
    """A number as people write it: 10,000; 256 KiB; 3 seconds."""
    value, unit = re.match(r"([\d,]+)(?: (KiB|MiB|GiB))?", text).groups()
    return int(value.replace(",", "")) << {None: 0, "KiB": 10, "MiB": 20, "GiB": 30}[unit]


def limits(_):
    """The table of limits says what the code says."""
    rows = re.findall(r"^\| .*? \| ([\d,]+[^|]*) \| `(\w+)`, ([\w/.]+) \|", pathlib.Path("docs/design.md").read_text(), re.M)
    yield "docs/design.md: a table of limits", len(rows) > 20, rows
    for value, name, file in rows:
        found = re.search(rf"^#define {name}\s+(?:\\\n\s*)?([^/\n]+)", pathlib.Path(file).read_text(), re.M)
        code = re.sub(r"\(\w+_t\)|\s*\\$", "", found[1]).strip() if found else "0"
        yield f"docs/design.md: {name}", eval(code, {"__builtins__": {}}) == number(value), f"{value}; {file}: {code}"


MOST_WITHOUT_SOURCE = 36  # rules; lower it when some are found


def sources(folder):
    """A rule for a reply says where its words were seen, or is named as one that does not; of a provider it must."""
    page = pathlib.Path("docs/unknown-codes.md").read_text()
    listed = re.findall(r"(?m)^\| ((?:`[\w.-]+`(?:, )?)+) \|", page)
    listed = [name for names in listed for name in re.findall(r"`([\w.-]+)`", names)]
    yield "docs/unknown-codes.md only shrinks", len(listed) == MOST_WITHOUT_SOURCE, f"{len(listed)}; MOST_WITHOUT_SOURCE is {MOST_WITHOUT_SOURCE}"
    seen = set()
    for file in sorted(pathlib.Path("rules/replies").glob("*.yaml")):
        for entry in re.split(r"(?m)^(?=- id: )", file.read_text())[1:]:
            name = entry.split("\n")[0][6:].strip()
            yield f"{file}: the id {name} stands in one file", name not in seen, name
            seen.add(name)
            has_source = re.search(r"(?m)^  source: ", entry) is not None
            yield f"{file}: {name}: a source, or a place in docs/unknown-codes.md", has_source != (name in listed), entry[:300]
    own = folder / "unseen.yaml"
    own.write_text("causes:\n- {id: recipient.full, title: t, meaning: m, fixer: author, permanent: 'no', remedy: [r]}\n"
                   "replies:\n- {id: moon, cause: recipient.full, text: moon, provider: moon, examples: [moon]}\n"
                   "providers:\n- {id: moon, name: Moon, page: x, advice: [{cause: [recipient.full], remedy: [r]}]}\n")
    done = subprocess.run([pathlib.Path(MAILWHY).parent / "mailwhy-rulec", "", "/dev/null", own], capture_output=True, text=True)
    yield "the generator wants sources of what is said of a provider", done.returncode == 78 and done.stderr.count("without a `source`") == 3, done.stderr


def main():
    with tempfile.TemporaryDirectory() as name:
        return claims.check((rules, formats, readme, two_domains, dns, paths, walks, limits, sources), pathlib.Path(name), "steps of the documentation")


if __name__ == "__main__":
    sys.exit(main())
