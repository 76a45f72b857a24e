"""Which mails are whole in the piece of a log in which they are read: those of whose keys no other piece has one."""
import collections

import numpy as np
import pyarrow as pa
import pyarrow.csv
from pyspark import StorageLevel

from mailwhy_files import says_all_of

KEY_COLUMNS = ("key", "group", "has_events")
Info = collections.namedtuple("Info", "first last head bytes keys")
KEYS_OF_BUCKET = 4_000_000  # are compared at once


class Keys:
    """Of a piece: its keys, the groups that hang together, and of which there are events."""

    def __init__(self, pipe):
        head = pipe.out.readline().split()
        if head[:3] != [b"mailwhy", b"keys", b"1"]:
            pipe.end()
            raise RuntimeError(f"{pipe.what}: this is not what `mailwhy log --emit keys` says: {head}")
        self.first, self.last, self.head, self.bytes = map(int, head[4:8])
        rows = pipe.read_all()
        options = pa.csv.ReadOptions(use_threads=False, column_names=KEY_COLUMNS)
        types = {"key": pa.uint64(), "group": pa.uint64(), "has_events": pa.uint8()}
        table = pa.csv.read_csv(pa.BufferReader(rows), options, pa.csv.ParseOptions(delimiter="\t"), pa.csv.ConvertOptions(column_types=types)) if rows else None
        self.keys, self.groups, self.has_events = (table[name].to_numpy() if rows else np.zeros(0, types[name].to_pandas_dtype()) for name in KEY_COLUMNS)

    def info(self):
        return Info(self.first, self.last, self.head, self.bytes, len(self.keys))

    def opened(self, groups):
        """The keys that hang together with one that another piece has, too, and their groups."""
        is_open = np.isin(self.groups, groups)
        return self.keys[is_open], self.groups[is_open]


def gather(program, pieces):
    def run(number):
        piece = pieces.value[number]
        return number, Keys(program.pipe(["--emit", "keys", *piece.words()], piece.write, str(piece)))

    return run


def find_repeats(context, pieces, infos):
    """Leave out logs of which another one says all, from its beginning on, as a rotated one beside its .gz."""
    head, size, alike = {}, collections.Counter(), collections.defaultdict(list)
    for piece, info in zip(pieces, infos):
        head.setdefault(piece.name, info.head)
        size[piece.name] += info.bytes
    for name in sorted(head, key=lambda name: (-size[name], name)):  # the first of those that are the same counts
        if size[name]:
            alike[head[name]].append(name)
    groups = [names for names in alike.values() if len(names) > 1]
    found = {}
    for pairs in context.parallelize(groups, len(groups)).map(compare).collect() if groups else []:
        found.update(pairs)
    for piece in pieces:
        piece.repeats = found.get(piece.name)


def compare(names):
    """Names of logs, the longest first, to (how, the name of the one that says all of it)."""
    kept, found = [], {}
    for name in names:
        ways = ((says_all_of(longer, name), longer) for longer in kept)
        found[name] = next((way for way in ways if way[0]), None)
        if not found[name]:
            kept.append(name)
    return found


def to_buckets(buckets, left_out):
    def run(numbered):
        number, keys = numbered
        if number in left_out:
            return
        bucket = keys.keys % np.uint64(buckets)
        order = np.argsort(bucket, kind="stable")
        ends = np.searchsorted(bucket[order], np.arange(buckets + 1, dtype=np.uint64))
        for i in range(buckets):
            of = order[ends[i]:ends[i + 1]]
            if len(of):
                yield i, (number, keys.keys[of], keys.groups[of], keys.has_events[of])

    return run


def find_shared(bucket):
    """Groups that have a key in common with another piece, if either has events of it."""
    rows = list(bucket[1])
    keys = np.concatenate([row[1] for row in rows])
    groups = np.concatenate([row[2] for row in rows])
    has_events = np.concatenate([row[3] for row in rows])
    pieces = np.repeat([row[0] for row in rows], [len(row[1]) for row in rows])
    order = np.argsort(keys, kind="stable")
    begins = np.flatnonzero(np.concatenate([[True], keys[order][1:] != keys[order][:-1]]))
    counts = np.diff(np.append(begins, len(keys)))
    is_shared = (counts > 1) & (np.maximum.reduceat(has_events[order], begins) > 0)
    shared = order[np.repeat(is_shared, counts)]
    for piece in np.unique(pieces[shared]):
        yield int(piece), np.unique(groups[shared][pieces[shared] == piece])


def find_open(numbered):
    (number, keys), shared = numbered
    return number, keys.opened(np.unique(np.concatenate([groups for _, groups in shared])) if shared else np.zeros(0, np.uint64))


def find_links(opened):
    """Keys of several that hang together in a piece, each with its group's."""
    _, (keys, groups) = opened
    has_others = keys != groups
    return keys[has_others], groups[has_others]


def put_together(links):
    """(keys that hang together with others, in order; of each the least of these)."""
    pairs = list(links)
    a, b = (np.concatenate([np.zeros(0, np.uint64), *(pair[side] for pair in pairs)]) for side in (0, 1))
    keys, numbers = np.unique(np.concatenate([a, b]), return_inverse=True)
    a, b = numbers[:len(a)], numbers[len(a):]
    least = np.arange(len(keys))
    while True:  # rounds, until nothing changes
        before = least.copy()
        np.minimum.at(least, a, before[b])
        np.minimum.at(least, b, before[a])
        least = least[least]
        if np.array_equal(least, before):
            return keys, keys[least]


def shares_of(keys, together):
    """Of each key a number that is that of all with which it hangs together."""
    linked, least = together
    at = np.minimum(np.searchsorted(linked, keys), max(len(linked) - 1, 0))
    return np.where(linked[at] == keys, least[at], keys) if len(linked) else keys


def open_keys(keys, pieces, total):
    """Of each piece, (its number, the keys of mails that are not whole in it); and which of all these hang together."""
    buckets = total // KEYS_OF_BUCKET + 1
    left_out = {number for number, piece in enumerate(pieces) if piece.repeats}
    shared = keys.flatMap(to_buckets(buckets, left_out)).groupByKey(buckets).flatMap(find_shared)
    opened = keys.zip(shared.partitionBy(len(pieces), int).glom()).map(find_open).persist(StorageLevel.MEMORY_AND_DISK)
    together = put_together(opened.map(find_links).collect())
    return opened.mapValues(lambda of: of[0]), together


def put_in_order(pieces, infos):
    """Where each piece stands: its file's place by its first line, and the time before which none of its lines counts."""
    first, base = {}, {}
    for piece, info in zip(pieces, infos):  # files one behind the other, the pieces of each in order
        first[piece.file] = min(first.get(piece.file, info.first), info.first)
        piece.base = base.get(piece.file, 0)
        base[piece.file] = max(piece.base, info.last)
    rank = {file: i for i, file in enumerate(sorted(first, key=lambda file: (first[file], file)))}
    for place, piece in enumerate(sorted(pieces, key=lambda piece: (rank[piece.file], piece.start))):
        piece.place = place
