#!/usr/bin/env python3
"""Seeds for the fuzz targets of DNS records, from the rows of the unit tests and the samples: records.py TARGET FOLDER"""
import hashlib
import pathlib
import re
import sys

TESTS = pathlib.Path("tests/parsers/dns")


def strings(name):
    return [s.encode().decode("unicode_escape") for s in re.findall(r'"((?:[^"\\\\]|\\\\.)*)"', (TESTS / name).read_text())]


def main():
    target, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    seeds = {"spf": lambda: [t[7:] for t in strings("spf_record_test.c") if t.startswith("v=spf1 ")],
             "records": lambda: strings("dkim_key_test.c") + strings("dmarc_record_test.c"),
             "snapshot": lambda: strings("snapshot_test.c") + [p.read_text() for p in pathlib.Path("samples/dns").iterdir()]}[target]()
    for text in seeds:
        data = text.encode("latin-1", "replace")
        (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


if __name__ == "__main__":
    main()
