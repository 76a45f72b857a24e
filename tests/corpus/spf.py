#!/usr/bin/env python3
"""The test suite of RFC 7208 through `mailwhy audit`, and where libspf2 says something else.

usage: spf.py MAILWHY SUITE.yml [--write]     (--write: renew tests/corpus/libspf2.tsv)
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import yaml

HERE = pathlib.Path(__file__).resolve().parent
DIFFERS = HERE / "libspf2.tsv"


def quoted(text):
    raw = text.encode("latin-1", "replace") if isinstance(text, str) else bytes(text)
    return '"' + "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\' else f"\\{b:03d}" for b in raw) + '"'


def strings(value):
    parts = value if isinstance(value, list) else [value]
    pieces = []
    for part in parts:
        pieces += [part[i : i + 200] for i in range(0, len(part), 200)] or [""]
    return " ".join(quoted(p) for p in pieces) or quoted("")


def dotted(name):
    text = "".join(c if 32 < ord(c) < 127 and c not in '"();@$' else f"\\{ord(c):03d}" for c in str(name))
    return text.rstrip(".") + "."


def record(name, kind, value):
    if kind == "MX":
        return f"{name} 300 IN MX {value[0]} {dotted(value[1])}"
    if kind in ("PTR", "CNAME"):
        return f"{name} 300 IN {kind} {dotted(value)}"
    if kind == "TXT":
        return f"{name} 300 IN TXT {strings(value)}"
    return f"{name} 300 IN {kind} {value}"


def zone(data):
    """The zone data of one scenario as a snapshot. A record of type SPF stands for a TXT record, as its drivers have it."""
    lines = []
    for raw, entries in data.items():
        name = dotted(raw)
        kinds = {k for e in entries if isinstance(e, dict) for k in e}
        for entry in entries:
            if entry == "TIMEOUT":
                lines.append(f";! TIMEOUT {name} ANY")
                continue
            for kind, value in entry.items():
                if kind == "SPF" and "TXT" in kinds:
                    continue
                kind = "TXT" if kind == "SPF" else kind
                if value == "TIMEOUT":
                    lines.append(f";! TIMEOUT {name} {kind}")
                elif value != "NONE":
                    lines.append(record(name, kind, value))
    return "\n".join(lines) + "\n;! complete\n"


def audit(mailwhy, snapshot, case):
    sender = case.get("mailfrom") or ""
    helo = str(case.get("helo") or "")
    domain = sender.rpartition("@")[2] or helo
    command = [mailwhy, "audit", "-f", "json", "--dns", snapshot, "--domain", domain, "--ip", case["host"], "--helo", helo, "--sender", sender]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command}: exit {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)["auth"]["checks"]["spf"]


def main():
    mailwhy, suite = sys.argv[1], pathlib.Path(sys.argv[2])
    if not suite.exists():
        print(f"skipped: {suite} is not here")
        sys.exit(77)
    failures, cases, differs, right = 0, 0, [], 0
    for scenario in yaml.safe_load_all(suite.open()):
        default = "DEFAULT"
        with tempfile.NamedTemporaryFile("w", suffix=".zone") as file:
            file.write(zone(scenario["zonedata"]))
            file.flush()
            for name, case in scenario["tests"].items():
                cases += 1
                spf = audit(mailwhy, file.name, case)
                wanted = case["result"] if isinstance(case["result"], list) else [case["result"]]
                explained = case.get("explanation", default)
                if spf["result"] not in wanted or (spf["result"] == "fail" and spf.get("explanation", default) != explained):
                    failures += 1
                    print(f"{name}: wanted {wanted} {explained!r}, got {spf['result']} {spf.get('explanation')!r}: {spf.get('reason')}")
                    for step in spf["trace"]:
                        print("   ", step)
                if "libspf2" in spf:
                    right += spf["libspf2"] in wanted
                    if spf["libspf2"] != spf["result"]:
                        differs.append(f"{name}\t{spf['result']}\t{spf['libspf2']}")
                        if not spf.get("libspf2_differs"):
                            failures += 1
                            print(f"{name}: the difference from libspf2 is not told")
    text = "# case, what mailwhy and RFC 7208 say, what libspf2 says\n" + "\n".join(differs) + "\n"
    if "--write" in sys.argv:
        DIFFERS.write_text(text)
    if text != DIFFERS.read_text():
        failures += 1
        print("libspf2 differs in other cases than tests/corpus/libspf2.tsv says:\n" + text)
    print(f"{cases} cases, {failures} failures; libspf2 was asked in all whose records are well formed: it differs in {len(differs)}, is right in {right}")
    sys.exit(failures > 0 or cases < 200)


main()
