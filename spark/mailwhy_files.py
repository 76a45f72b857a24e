"""Files on whatever pyarrow reads, and the pieces in which logs are read."""
import fnmatch
import lzma
import os
import re

import pyarrow as pa
from pyarrow import fs

from mailwhy_program import READ_AT_ONCE

PACKED = {b"\x1f\x8b": "gzip", b"BZh": "bz2", b"\x28\xb5\x2f\xfd": "zstd"}
NOT_LINES = re.compile(rb"\x1f\x8b|\x28\xb5\x2f\xfd|\xfd7zXZ|BZh|PK|\xff\xfe|\xfe\xff|\xef\xbb\xbf|[\[{#\"<]|.{257}ustar", re.S)
TABLES = (".csv", ".tsv", ".json", ".ndjson", ".jsonl", ".xml")


def filesystem(path):
    """What reads it, and the path as that one wants it."""
    if "://" not in path:
        return fs.LocalFileSystem(), os.path.abspath(path.removeprefix("file:"))
    return fs.FileSystem.from_uri(re.sub("^s3[an]:", "s3:", path))


def shown(path, inside):
    return inside if "://" not in path or path.startswith("file:") else path.split("://")[0] + "://" + inside


def is_log(path):
    return not os.path.basename(path).startswith(("_", "."))


def list_files(paths):
    """[(name that the report tells, size, when it was written)], by name."""
    files = {}
    for path in paths:
        wild = re.search(r"[*?\[]", path)
        system, base = filesystem(path[:wild.start()].rpartition("/")[0] + "/" if wild else path)
        info = system.get_file_info(base)
        found = system.get_file_info(fs.FileSelector(base, recursive=True)) if info.type == fs.FileType.Directory else [info]
        pattern = filesystem(path)[1] if wild else None
        for file in found:
            fits = not pattern or any(fnmatch.fnmatchcase(file.path, p) for p in (pattern, pattern + "/*"))
            if file.type == fs.FileType.File and fits and (is_log(file.path) or file is info):
                files[shown(path, file.path)] = (file.size, int(file.mtime.timestamp()) if file.mtime else 0)
    return [(name, *files[name]) for name in sorted(files)]


def is_of_lines(name):
    """May it be cut at any line? Not what is compressed, tables and records of several lines."""
    system, path = filesystem(name)
    with system.open_input_stream(path, compression=None) as file:
        return not name.lower().endswith(TABLES) and not NOT_LINES.match(file.read(262))


def open_text(name):
    """Expanded, where it is compressed."""
    system, path = filesystem(name)
    with system.open_input_stream(path, compression=None) as file:
        head = file.read(6)
    raw = system.open_input_stream(path, compression=None)
    if head == b"\xfd7zXZ\0":
        return lzma.open(raw)
    codec = next((codec for magic, codec in PACKED.items() if head.startswith(magic)), None)
    return pa.CompressedInputStream(raw, codec) if codec else raw


def read_fully(file, size):
    blocks = []
    while size and (block := file.read(size)):
        blocks.append(block)
        size -= len(block)
    return b"".join(blocks)


def says_all_of(longer, shorter):
    """None, or "same-as" or "start-of": what the shorter text is of the longer one."""
    with open_text(longer) as a, open_text(shorter) as b:
        while block := read_fully(b, READ_AT_ONCE):
            if read_fully(a, len(block)) != block:
                return None
        return "start-of" if read_fully(a, 1) else "same-as"


class Piece:
    """A part of a file: the lines that begin in it; `end` None: all of it."""

    def __init__(self, file, name, written, start, end):
        self.file, self.name, self.written, self.start, self.end = file, name, written, start, end
        self.repeats = None  # (how, the name of another log that says all of it)
        self.place, self.base = 0, 0  # among the others, and the latest time before it: see put_in_order

    def __str__(self):
        return self.name if self.end is None else f"{self.name}, from byte {self.start} on"

    def write(self, stdin):
        if self.repeats:
            return
        system, path = filesystem(self.name)
        if self.end is None:
            with system.open_input_stream(path, compression=None) as file:
                while block := file.read(READ_AT_ONCE):
                    stdin.write(block)
            return
        with system.open_input_file(path) as file:
            at = max(self.start - 1, 0)
            file.seek(at)
            has_begun = self.start == 0
            while block := file.read(READ_AT_ONCE):
                if not has_begun:
                    line = block.find(b"\n") + 1
                    has_begun = line > 0
                    if not has_begun:
                        at += len(block)
                        continue
                    if at + line >= self.end:
                        return
                    at, block = at + line, block[line:]
                last = block.find(b"\n", max(self.end - 1 - at, 0)) if at + len(block) >= self.end else -1
                if last >= 0:
                    stdin.write(memoryview(block)[:last + 1])
                    return
                stdin.write(block)
                at += len(block)

    def words(self):
        repeats = [f"--{self.repeats[0]}", self.repeats[1]] if self.repeats else []
        return [*repeats, "--written", str(self.written), "--name", self.name, "--place", str(self.place), "--after", str(self.base), "-"]


def cut(files, size):
    pieces = []
    for number, (name, length, written) in enumerate(files):
        if length > size and is_of_lines(name):
            pieces += [Piece(number, name, written, start, min(start + size, length)) for start in range(0, length, size)]
        else:
            pieces.append(Piece(number, name, written, 0, None))
    return pieces
