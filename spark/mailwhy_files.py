"""Files on whatever pyarrow reads, and the pieces and bundles of these in which logs are read."""
import bz2
import fnmatch
import gzip
import heapq
import lzma
import os
import re
import tarfile
import zipfile

from mailwhy_program import READ_AT_ONCE, is_remote

NOT_LINES = re.compile(rb"\x1f\x8b|\x28\xb5\x2f\xfd|\xfd7zXZ|BZh|PK|\xff\xfe|\xfe\xff|\xef\xbb\xbf|[\[{#\"<]|.{257}ustar", re.S)
TABLES = (".csv", ".tsv", ".json", ".ndjson", ".jsonl", ".xml")
PIECES_AT_ONCE = 500
LOG_HEAD = 4096  # bytes by which logs are told apart


def filesystem(path):
    """What reads it, and the path as that one wants it. pyarrow takes half a second to load, and local files do without."""
    from pyarrow import fs

    return fs.FileSystem.from_uri(re.sub("^s3[an]:", "s3:", path))


def local_path(path):
    return os.path.abspath(path.removeprefix("file:"))


def open_bytes(name):
    """As it is, compressed or not."""
    if not is_remote(name):
        return open(local_path(name), "rb")
    system, path = filesystem(name)
    return system.open_input_file(path)


def is_log(path):
    return not os.path.basename(path).startswith(("_", "."))


def local_files(base):
    """(path, size, when it was written, is it the base itself?) of all that stands in it."""
    names = [base] if not os.path.isdir(base) else (os.path.join(folder, name) for folder, _, inside in os.walk(base) for name in inside)
    for name in names:
        if os.path.isfile(name):
            yield name, os.path.getsize(name), int(os.path.getmtime(name)), name == base


def remote_files(base):
    from pyarrow import fs

    system, inside = filesystem(base)
    info = system.get_file_info(inside)
    found = system.get_file_info(fs.FileSelector(inside, recursive=True)) if info.type == fs.FileType.Directory else [info]
    for file in found:
        if file.type == fs.FileType.File:
            yield file.path, file.size, int(file.mtime.timestamp()) if file.mtime else 0, file is info


def list_files(paths):
    """[(name that the report tells, size, when it was written)], by name."""
    files = {}
    for path in paths:
        wild = re.search(r"[*?\[]", path)
        base = path[:wild.start()].rpartition("/")[0] + "/" if wild else path
        if not is_remote(path):
            base, pattern, scheme, found = local_path(base), local_path(path), "", local_files
        else:
            pattern, scheme, found = filesystem(path)[1], path.split("://")[0] + "://", remote_files
        for name, size, written, is_base in found(base):
            fits = not wild or any(fnmatch.fnmatchcase(name, p) for p in (pattern, pattern + "/*"))
            if fits and (is_log(name) or is_base):
                files[scheme + name] = (size, written)
    return [(name, *files[name]) for name in sorted(files)]


def is_of_lines(name):
    """May it be cut at any line? Not what is compressed, tables and records of several lines."""
    with open_bytes(name) as file:
        return not name.lower().endswith(TABLES) and not NOT_LINES.match(file.read(262))


def open_members(name):
    """Each file in an archive, to be read before the next one."""
    if open_bytes(name).read(4) == b"PK\x03\x04":
        with zipfile.ZipFile(open_bytes(name)) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    yield archive.open(info)
    elif open_expanded(name).read(262)[257:] == b"ustar":
        with tarfile.open(fileobj=open_expanded(name), mode="r|") as archive:
            for info in archive:
                if info.isfile():
                    yield archive.extractfile(info)


def blocks_of(name):
    """What a log says, expanded; of an archive all of its files."""
    is_archive = False
    for file in open_members(name):
        is_archive = True
        yield from iter(lambda: file.read(READ_AT_ONCE), b"")
    if not is_archive:
        with open_expanded(name) as file:
            yield from iter(lambda: file.read(READ_AT_ONCE), b"")


class Text:
    """To be read by the byte."""

    def __init__(self, name):
        self.blocks, self.left = blocks_of(name), b""

    def read(self, size):
        parts = [self.left]
        size -= len(self.left)
        while size > 0 and (block := next(self.blocks, b"")):
            parts.append(block)
            size -= len(block)
        text = b"".join(parts)
        end = len(text) + min(size, 0)
        self.left = text[end:]
        return text[:end]


def beginning(name):
    """(is it an archive? its first bytes)."""
    return any(True for _ in open_members(name)), Text(name).read(LOG_HEAD)


def open_expanded(name):
    with open_bytes(name) as file:
        head = file.read(6)
    raw = open_bytes(name)
    for magic, opens in ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\0", lzma.open)):
        if head.startswith(magic):
            return opens(raw)
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        import pyarrow

        return pyarrow.CompressedInputStream(pyarrow.PythonFile(raw), "zstd")
    return raw


def says_all_of(longer, shorter):
    """None, or "same-as" or "start-of": what the shorter text is of the longer one."""
    a, b = Text(longer), Text(shorter)
    while block := b.read(READ_AT_ONCE):
        if a.read(len(block)) != block:
            return None
    return "start-of" if a.read(1) else "same-as"


def line_at(file, at, size):
    """The first byte of the line that begins here or next behind here; the size: there is none."""
    file.seek(max(at - 1, 0))
    if at in (0, size):
        return at
    at -= 1
    while block := file.read(1 << 16):
        if (found := block.find(b"\n")) >= 0:
            return at + found + 1
        at += len(block)
    return size


class Piece:
    """A part of a file: the lines that begin in it; or all of it."""

    def __init__(self, file, name, size, written, start, end):
        self.file, self.name, self.size, self.written, self.start, self.end = file, name, size, written, start, end
        self.is_whole = start == 0 and end == size
        self.repeats = None  # (how, the name of another log that says all of it)
        self.place, self.base = 0, 0  # among the others, and the latest time before it: see put_in_order

    def __str__(self):
        return self.name if self.is_whole else f"{self.name}, from byte {self.start} on"

    def bounds(self):
        """The bytes that the program is to read from its standard input."""
        if self.repeats or self.is_whole:
            return 0, 0 if self.repeats else self.size
        with open_bytes(self.name) as file:
            return line_at(file, self.start, self.size), line_at(file, self.end, self.size)

    def write(self, stdin):
        start, end = self.bounds()
        with open_bytes(self.name) as file:
            file.seek(start)
            while start < end and (block := file.read(min(READ_AT_ONCE, end - start))):
                stdin.write(block)
                start += len(block)
        if start < end:
            raise EOFError(f"{self.name} is shorter than it was")

    def texts(self):
        """As --pieces has them."""
        if not is_remote(self.name):
            start, end, path = self.start, 0 if self.is_whole else self.end, local_path(self.name)
        else:
            first, last = self.bounds()
            start, end, path = 0, last - first, "-"
        return (start, end, self.place, self.base, self.written, *(self.repeats or ("", "")), self.name, path)


def cut(files, size):
    pieces = []
    for number, (name, length, written) in enumerate(files):
        step = size if length > size and is_of_lines(name) else max(length, 1)
        pieces += [Piece(number, name, length, written, start, min(start + step, length)) for start in range(0, max(length, 1), step)]
    return pieces


def bundle(pieces, size, least):
    """Lists of numbers of pieces, each to be read by one process, of about that size; no fewer than that, where there are as many."""
    total = sum(piece.end - piece.start for piece in pieces)
    count = min(len(pieces), max(least, -(-total // size), -(-len(pieces) // PIECES_AT_ONCE)))
    heap = [(0, 0, number) for number in range(count)]
    bundles = [[] for _ in heap]
    for number in sorted(range(len(pieces)), key=lambda number: pieces[number].start - pieces[number].end):
        taken, among, least = heap[0]
        bundles[least].append(number)
        heapq.heapreplace(heap, (taken + pieces[number].end - pieces[number].start, among + 1, least))
    return [sorted(of) for of in bundles]
