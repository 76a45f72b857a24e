#!/usr/bin/env python3
"""Judge how mailwhy reads the Received fields of real messages.

usage: chain.py MAILWHY CORPORA_DIR [--list]

CORPORA_DIR/eml holds messages, CORPORA_DIR/bounces reports with messages in them. What a field holds is
found here once more, by other means: the fields by Python's email package, addresses and times by regular
expressions. Passes when at least 98 % of the fields give by or from, and a time where they have one, and
99 % of the addresses are found. --list prints each field that falls short, by kind.
"""
import collections
import email
import ipaddress
import json
import pathlib
import re
import subprocess
import sys

ADDRESS = re.compile(r"(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w.-]*\w)|\[(?:IPv6:)?([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]+)(?:%\w+)?\]")
TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")


def received_of(message):
    return [" ".join(str(v).split()) for k, v in message.raw_items() if k.lower() == "received"]


def valid(text):
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)


def clauses(field):
    """The part that names hosts: without ids, versions and the date."""
    head = re.sub(r";[^;]*$", "", field)
    head = re.sub(r"\((?:envelope|amavisd|Exim|Postfix|version|using|built|qmail)[^()]*\)", "", head, flags=re.I)
    return re.split(r"\b(?:with|id|for)\b", head, maxsplit=1, flags=re.I)[0]


def addresses(field):
    found = {valid(m.group(1) or m.group(0)) for m in ADDRESS.finditer(clauses(field))}
    return found - {None}


def headers(path):
    """The header blocks that mailwhy reports on, as lists of Received fields, in its order."""
    message = email.message_from_bytes(path.read_bytes())
    yield received_of(message)
    for part in message.walk():
        if part.get_content_type() == "message/rfc822" and isinstance(part.get_payload(), list):
            yield received_of(part.get_payload()[0])
        if part.get_content_type() == "text/rfc822-headers":
            yield received_of(email.message_from_bytes(part.get_payload(decode=True) or b""))


def judge(hop):
    said = hop.get("from", {})
    texts = (said.get("ip"), said.get("helo"), said.get("name"), said.get("proxy_ip"), hop.get("by_ip"), hop.get("by"))
    return bool(hop.get("by") or said or hop.get("by_ip")), {valid(t.strip("[]?")) for t in texts if t}, "time" in hop


def main():
    mailwhy, corpora, show = sys.argv[1], pathlib.Path(sys.argv[2]), "--list" in sys.argv
    if not (corpora / "eml").exists():
        print(f"skipped: there is no corpus at {corpora}")
        return 77
    files = sorted([*(corpora / "eml").glob("*.eml"), *(corpora / "bounces").glob("*.eml")])
    out = subprocess.run([mailwhy, "-f", "json", *map(str, files)], stdout=subprocess.PIPE).stdout
    found = json.loads(out)
    names = collections.Counter(r["input"]["name"] for r in found)
    doubled = {name for name, n in names.items() if n > 1}  # mailboxes
    reports = {r["input"]["name"]: r for r in found}
    count = collections.Counter()
    short = collections.defaultdict(list)
    for path in files:
        report = reports[str(path)]
        if str(path) in doubled:
            continue
        own, *nested = headers(path)
        pairs = [(own, report.get("report", report).get("hops", []))]
        if "report" in report or not own:
            pairs.append((next((b for b in nested if b), None), report.get("hops", [])))
        for fields, hops in pairs:
            if fields and len(fields) != len(hops):
                short["other number of fields"].append(f"{path.name}: {len(fields)} fields, {len(hops)} hops")
            # Where Python sees no part, as in a report that is all text, the hop's own word must do.
            for field, hop in zip(reversed(fields) if fields else [None] * len(hops), hops):
                count["fields"] += 1
                named, ips, timed = judge(hop)
                has_time = bool(TIME.search(field)) if field else True
                if not named or (has_time and not timed):
                    count["not understood"] += 1
                    short["no host" if not named else "no time"].append(f"{path.name}: {field or hop}")
                for address in addresses(field) if field else ():
                    count["addresses"] += 1
                    if address not in ips:
                        count["addresses missed"] += 1
                        short["address missed"].append(f"{path.name}: {address} in {field}")
    for kind, lines in short.items():
        print(f"{kind}: {len(lines)}")
        for line in lines if show else []:
            print(f"    {line[:400]}")
    understood = 100 * (1 - count["not understood"] / count["fields"])
    hit = 100 * (1 - count["addresses missed"] / count["addresses"])
    print(f"{understood:.2f} % of {count['fields']} fields, {hit:.2f} % of {count['addresses']} addresses")
    return understood < 98 or hit < 99


if __name__ == "__main__":
    sys.exit(main())
