"""Files on whatever pyarrow reads, and the pieces and bundles of these in which logs are read."""
import bz2
import fnmatch
import functools
import gzip
import heapq
import lzma
import os
import re
import tarfile
import urllib.parse
import zipfile

from mailwhy_program import READ_AT_ONCE, is_remote

NOT_LINES = re.compile(rb"\x1f\x8b|\x28\xb5\x2f\xfd|\xfd7zXZ|BZh|PK|\xff\xfe|\xfe\xff|\xef\xbb\xbf|[\[{#\"<]|.{257}ustar", re.S)
TABLES = (".csv", ".tsv", ".json", ".ndjson", ".jsonl", ".xml")
PIECES_AT_ONCE = 500
LOG_HEAD = 4096  # bytes by which logs are told apart


@functools.lru_cache(None)
def filesystem(root):
    """What reads it, and how that one calls the root. pyarrow takes half a second to load, and local files do without."""
    from pyarrow import fs

    try:
        system, path = fs.FileSystem.from_uri(re.sub("^s3[an]:", "s3:", root) + "/")
    except OSError as trouble:  # Hadoop's libhdfs is not here
        if not root.startswith("hdfs:"):
            raise
        system, path = native_hdfs(root, trouble), "/"
    return system, path.rstrip("/")


def native_hdfs(root, trouble):
    """By the package hdfs-native, which needs neither Java nor libhdfs."""
    from pyarrow import fs

    try:
        from hdfs_native.fsspec import HdfsFileSystem
    except ImportError:
        raise trouble from None
    def with_time(info):
        return info | {"mtime": info["modification_time"] / 1000}

    class Timed(HdfsFileSystem):
        """pyarrow asks for `mtime`, in seconds: when a log was written says of which year it is."""

        def info(self, path, **how):
            return with_time(super().info(path, **how))

        def ls(self, path, detail=True, **how):
            found = super().ls(path, detail=detail, **how)
            return [*map(with_time, found)] if detail else found

    address = urllib.parse.urlsplit(root)
    return fs.PyFileSystem(fs.FSSpecHandler(Timed(host=address.hostname, port=address.port)))


def split_root(name):
    """(scheme, bucket or host: what a file system is of; the path below it)."""
    root, slash, path = re.fullmatch("([^:]*://[^/]*)(/?)(.*)", name, re.S).groups()
    return root, slash + path


def remote_path(name):
    """(what reads it, the path as that one wants it)."""
    root, path = split_root(name)
    system, base = filesystem(root)
    return system, base + path


def local_path(path):
    return os.path.abspath(path.removeprefix("file:"))


def open_bytes(name):
    """As it is, compressed or not."""
    if not is_remote(name):
        return open(local_path(name), "rb")
    system, path = remote_path(name)
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

    system, inside = remote_path(base)
    root = split_root(base)[0]
    begin = len(filesystem(root)[1])
    info = system.get_file_info(inside or "/")
    found = system.get_file_info(fs.FileSelector(inside or "/", recursive=True)) if info.type == fs.FileType.Directory else [info]
    for file in found:
        if file.type == fs.FileType.File:
            yield root + file.path[begin:], file.size, int(file.mtime.timestamp()) if file.mtime else 0, file is info


def list_files(paths):
    """[(name that the report tells, size, when it was written)], by name."""
    files = {}
    for path in paths:
        wild = re.search(r"[*?\[]", path)
        base = path[:wild.start()].rpartition("/")[0] + "/" if wild else path
        if not is_remote(path):
            base, pattern, found = local_path(base), local_path(path), local_files
        else:
            pattern, found = path, remote_files
        for name, size, written, is_base in found(base):
            fits = not wild or any(fnmatch.fnmatchcase(name, p) for p in (pattern, pattern + "/*"))
            if fits and (is_log(name) or is_base):
                files[name] = (size, written)
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

    def check(self):
        """Of what others write, and put away, meanwhile."""
        if not is_remote(self.name) and os.path.getsize(local_path(self.name)) < self.size:
            raise EOFError(f"{self.name} is shorter than it was")

    def texts(self):
        """As --pieces has them."""
        if not is_remote(self.name):
            start, end, path = self.start, self.end, local_path(self.name)
            if self.is_whole and not (self.size and is_of_lines(self.name)):
                end = 0  # of lines no more than when it was listed, though others are written meanwhile: it is read twice
        else:
            first, last = self.bounds()
            start, end, path = 0, last - first, "-" if last > first else os.devnull  # an end of 0 is that of the file
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
