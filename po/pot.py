#!/usr/bin/env python3
"""Print the template of translations: all texts of the customer's page, in English.

usage: po/pot.py > po/mailwhy.pot      (in the repository's root)

They are the rows of analyze/report/customer_words.def, and `customer` and `steps` of rules/readers.yaml. A new language is
a copy of the template as po/CODE.po (msginit -i po/mailwhy.pot -l CODE); `msgmerge -U po/CODE.po po/mailwhy.pot` brings
one up to date. Nothing else is to be touched.
"""
import json
import pathlib
import re

import yaml

HEADER = r'''# The customer's page of mailwhy (--for customer).
# {} takes an address, a number or a time. Of {permanent: ...} and {temporary: ...} the words up to the colon stay as they
# are: the first holds once a mail is not tried any more, the second while it is. "We" runs the reader's mail.
msgid ""
msgstr ""
"Project-Id-Version: mailwhy\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
'''


def texts():
    """(English, where it stands): each text once, with all its places."""
    found = {}
    words = pathlib.Path("analyze/report/customer_words.def").read_text()
    for name, text in re.findall(r'^ROW\((\w+),\s*("(?:[^"\\]|\\.)*")\)$', words, re.M):
        found.setdefault(json.loads(text), []).append(f"customer_words.def: {name}")
    for entry in yaml.safe_load(pathlib.Path("rules/readers.yaml").read_text())["readers"]:
        for text in (entry["customer"], *entry["steps"]):
            found.setdefault(text, []).append(f"readers.yaml: {entry['id']}")
    return found


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def main():
    print(HEADER, end="")
    for text, places in texts().items():
        shown = places[:3] + (["..."] if len(places) > 3 else [])
        print(f"\n#. {', '.join(shown)}\nmsgid {quoted(text)}\nmsgstr \"\"")


if __name__ == "__main__":
    main()
