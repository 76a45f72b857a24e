#!/usr/bin/env python3
"""A page of these docs as a manual page: headings, paragraphs, lists, tables and code, and nothing else of Markdown.
usage: manpage.py NAME SECTION WHAT-IT-IS < page.md > name.section"""
import re
import sys

CELLS = re.compile(r"(?<!\\)\|")


def inline(text):
    """Text with its code, emphasis and links; a literal dash is one that can be searched for and copied."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    pieces = re.split(r"(`[^`]*`|\*\*[^*]*\*\*)", text)
    for i, piece in enumerate(pieces):
        quoted = piece.strip("`*") if i % 2 else piece.replace("\\|", "|")
        quoted = quoted.replace("\\", "\\e")
        pieces[i] = f"\\fB{quoted.replace('-', chr(92) + '-')}\\fR" if i % 2 else quoted
    return line("".join(pieces))


def line(text):
    return "\\&" + text if text[:1] in (".", "'") else text


def table(rows):
    """Each row: what it is about, and then the other cells, with the heading where there are several."""
    cells = [[c.strip() for c in CELLS.split(row.strip().strip("|"))] for row in rows]
    heading, about = cells[0], ""
    for row in cells[2:]:
        about = row[0] or about
        yield f".TP\n{inline(about)}"
        named = [f"{h}: {c}" if h and len(row) > 2 else c for h, c in zip(heading[1:], row[1:]) if c]
        yield inline("; ".join(named)) or "\\&"


def blocks(page):
    """(kind, lines): code, table, heading, item, text."""
    kind, lines = None, []
    for text in page.splitlines() + [""]:
        if kind == "code":
            if text.startswith("```"):
                yield kind, lines
                kind, lines = None, []
            else:
                lines.append(text)
            continue
        now = ("code" if text.startswith("```") else "table" if text.startswith("|") else "heading" if text.startswith("#") else
               "item" if re.match(r"(-|\d+\.) ", text) else None if not text.strip() else
               "item" if kind == "item" else "text")
        if lines and (now != kind or now in ("item", "heading") and not text.startswith(" ")):
            yield kind, lines
            lines = []
        kind = now
        if now and now != "code":
            lines.append(text)


def written(kind, lines):
    if kind == "code":
        return [".PP", ".in +4", ".nf", *(line(l.replace("\\", "\\e").replace("-", "\\-")) for l in lines), ".fi", ".in"]
    if kind == "table":
        return list(table(lines))
    if kind == "heading":
        return [f".SH {re.sub(r'^#+ *', '', lines[0]).upper()}"]
    if kind == "item":
        mark, first = re.match(r"(-|\d+\.) +(.*)", lines[0]).groups()
        return [f".IP {'•' if mark == '-' else mark} 4", inline(" ".join([first, *(l.strip() for l in lines[1:])]))]
    return [".PP", inline(" ".join(lines))]


def main():
    name, section, what = sys.argv[1:]
    page = re.sub(r"\A# .*\n", "# Description\n", sys.stdin.read())
    print(f'.\\" Made of the documentation by docs/manpage.py.\n.TH {name.upper()} {section} "" mailwhy\n.SH NAME\n{name} \\- {what}')
    for kind, lines in blocks(page):
        print("\n".join(written(kind, lines)))
    print(".SH SEE ALSO\n.BR mailwhy (1)")


if __name__ == "__main__":
    main()
