"""The table of HTML's character references against Python's copy of the standard's (html.entities.html5)."""
import html.entities
import re
import sys

source = open("parsers/base/html_references.inc", encoding="ascii").read()
text = "".join(re.findall(r'^"(.*)"$', source, re.MULTILINE))
table = re.sub(r"\\([0-7]{3})|\\n", lambda m: chr(int(m[1], 8)) if m[1] else "\n", text).encode("latin-1").decode()
expected = {}
for name, value in html.entities.html5.items():
    bare = name.rstrip(";")
    expected[bare] = (value, name == bare or expected.get(bare, ("", False))[1])
rows = sorted(expected.items(), key=lambda row: row[0].encode())
wanted = "".join(f"{name}{',' if is_legacy else ';'}{value}\n" for name, (value, is_legacy) in rows)
if table != wanted:
    sys.exit("parsers/base/html_references.inc is not the standard's list")
