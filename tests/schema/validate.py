#!/usr/bin/env python3
"""Hold what mailwhy prints as JSON against the schema.

usage: validate.py MAILWHY FILE-OR-FOLDER...
"""
import json
import pathlib
import subprocess
import sys

import jsonschema

HERE = pathlib.Path(__file__).resolve().parent


def run(mailwhy, *args, text=None):
    return subprocess.run([mailwhy, *args], input=text, capture_output=True, text=True).stdout


def main():
    mailwhy, inputs = sys.argv[1], [p for p in sys.argv[2:] if pathlib.Path(p).exists()]
    schema = json.load(open(HERE / "report.schema.json"))
    validator = jsonschema.Draft202012Validator(schema)
    objects = json.loads(run(mailwhy, "-f", "json", *inputs, "tests/schema"))
    objects += [json.loads(line) for line in run(mailwhy, "-f", "ndjson", *inputs).splitlines()]
    objects += json.loads(run(mailwhy, "-f", "json", "--redact", *inputs, "tests/schema"))
    replies = "550 5.1.1 no\n\nwhat?\n554 blocked using zen.spamhaus.org\n"
    objects += [json.loads(line) for line in run(mailwhy, "reply", "-f", "ndjson", text=replies).splitlines()]
    logs = sorted(pathlib.Path("samples/logs").iterdir())
    for log in logs:
        objects.append(json.loads(run(mailwhy, "log", "-f", "json", log)))
        objects += [json.loads(line) for line in run(mailwhy, "log", "-f", "ndjson", log).splitlines()]
    objects.append(json.loads(run(mailwhy, "-f", "json", "--log", "samples/logs/postfix.log", "samples/bounces/spamhaus.eml")))
    objects.append(json.loads(run(mailwhy, "--summary", "-f", "json", "samples/bounces", "samples/mailbox.mbox", "samples/logs/exim.log")))
    zone = ["--dns", "samples/dns/two-domains.zone"]
    objects += json.loads(run(mailwhy, "-f", "json", *zone, *inputs))
    objects += [json.loads(line) for line in run(mailwhy, "-f", "ndjson", *zone, *inputs).splitlines()]
    server = ["--ip", "192.0.2.5", "--helo", "mail.example.com", "--domain", "example.com", "--domain", "example.net"]
    objects += json.loads(run(mailwhy, "audit", "-f", "json", *zone, *server))
    after = ["--dns-after", "samples/dns/two-domains.zone"]
    objects += json.loads(run(mailwhy, "-f", "json", *zone, *after, *inputs))
    objects += json.loads(run(mailwhy, "audit", "-f", "json", *zone, *after, *server))
    objects.append(json.loads(run(mailwhy, "config", "-f", "json", "--trust", "mx.example.com")))
    objects += json.loads(run(mailwhy, "rules", "list", "-f", "json"))[:20]
    objects += json.loads(run(mailwhy, "dns", "show", "-f", "json", *zone))
    objects += [json.loads(line) for line in run(mailwhy, "dns", "show", "-f", "ndjson", *zone).splitlines()]
    assert len(objects) > 60, f"only {len(objects)} objects: were the inputs read?"
    failures = 0
    for o in objects:
        for error in validator.iter_errors(o):
            failures += 1
            detail = max(error.context, key=lambda e: len(e.absolute_path), default=error)
            print(f"{o.get('input', {}).get('name')}: {list(detail.absolute_path)}: {detail.message[:300]}")
    print(f"{len(objects)} objects, {failures} errors")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
