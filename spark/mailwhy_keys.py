"""Which mails are whole in the piece of a log in which they are read: those of whose keys no other piece has one."""
import collections

import numpy as np

from mailwhy_files import beginning, says_all_of

Info = collections.namedtuple("Info", "first last begin bytes keys")
KEYS_OF_BUCKET = 4_000_000  # are compared at once


class Keys:
    """Of a bundle of pieces: their keys, of each the place of the first one of those that hang together, and if there are events of it."""

    def __init__(self, pipe, pieces):
        self.infos, columns, begin = [], [], 0
        for _ in pieces:
            head = pipe.out.readline().split()
            if head[:3] != [b"mailwhy", b"keys", b"3"]:
                pipe.end()
                raise RuntimeError(f"{pipe.what}: this is not what `mailwhy log --emit keys` says: {head}")
            self.infos.append(Info(*map(int, head[4:9])))
            count = self.infos[-1].keys
            keys, groups, has_events = (np.frombuffer(pipe.out.read(count * np.dtype(kind).itemsize), kind) for kind in (np.uint64, np.uint32, np.uint8))
            columns.append((keys, groups + np.uint32(begin), has_events))
            begin += count
        pipe.end()
        self.keys, self.groups, self.has_events = map(np.concatenate, zip(*columns))
        self.ends = np.cumsum([info.keys for info in self.infos])

    def opened(self, groups):
        """The keys that hang together with one that another piece has, too, and each group's first key."""
        is_shared = np.zeros(len(self.keys), bool)
        is_shared[groups] = True
        is_open = is_shared[self.groups]
        return self.keys[is_open], self.keys[self.groups[is_open]]


def find_repeats(context, pieces, infos):
    """Leave out logs of which another one says all, from its beginning on, as a rotated one beside its .gz."""
    begin, size, alike = {}, collections.Counter(), collections.defaultdict(list)
    for piece, info in zip(pieces, infos):
        begin.setdefault(piece.name, info.begin)
        size[piece.name] += info.bytes
    for name in sorted(begin):
        if size[name]:
            alike[begin[name]].append((name, size[name]))
    groups = [logs for logs in alike.values() if len(logs) > 1]
    found = {}
    for pairs in context.parallelize(groups, len(groups)).map(compare).collect() if groups else []:
        found.update(pairs)
    for piece in pieces:
        piece.repeats = found.get(piece.name)


def compare(logs):
    """Names and sizes of logs to (how, the name of the one that says all of it): the first of those that are the same, and no archive."""
    kept, found = [], {}
    begun = [(-size, *beginning(name), name) for name, size in logs]
    for _, _, begin, name in sorted(begun, key=lambda log: log[:2]):
        ways = ((says_all_of(longer, name), longer) for begins, longer in kept if begins.startswith(begin))
        found[name] = next((way for way in ways if way[0]), None)
        if not found[name]:
            kept.append((begin, name))
    return found


def to_buckets(buckets, bundles, left_out):
    def run(numbered):
        number, keys = numbered
        ends = [0, *keys.ends]
        taken = [np.arange(ends[i], ends[i + 1]) for i, piece in enumerate(bundles[number]) if piece not in left_out]
        of_all = np.concatenate([np.zeros(0, int), *taken])
        bucket = keys.keys[of_all] % np.uint64(buckets)
        for i in range(buckets):
            of = of_all[bucket == i] if buckets > 1 else of_all
            if len(of):
                yield i, (number, keys.keys[of], keys.groups[of], keys.has_events[of])

    return run


def find_shared(bucket):
    """Of bundles, groups that have a key in common with another piece, if either has events of it."""
    rows = list(bucket[1])
    keys, groups, has_events = (np.concatenate([row[column] for row in rows]) for column in (1, 2, 3))
    bundles = np.repeat([row[0] for row in rows], [len(row[1]) for row in rows])
    order = np.argsort(keys, kind="stable")
    begins = np.flatnonzero(np.concatenate([[True], keys[order][1:] != keys[order][:-1]]))
    counts = np.diff(np.append(begins, len(keys)))
    is_shared = (counts > 1) & (np.maximum.reduceat(has_events[order], begins) > 0)
    shared = order[np.repeat(is_shared, counts)]
    for number in np.unique(bundles[shared]):
        yield int(number), np.unique(groups[shared][bundles[shared] == number])


def find_open(shared):
    def run(numbered):
        number, keys = numbered
        return number, keys.opened(np.concatenate([np.zeros(0, np.uint32), *shared.value.get(number, ())]))

    return run


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


def open_keys(context, keys, pieces, bundles, total):
    """Of each bundle, (its number, the keys of mails that are not whole in a piece of it); and which of all these hang together."""
    buckets = total // KEYS_OF_BUCKET + 1
    left_out = {number for number, piece in enumerate(pieces) if piece.repeats}
    shared = collections.defaultdict(list)
    for number, groups in keys.flatMap(to_buckets(buckets, bundles, left_out)).groupByKey(buckets).flatMap(find_shared).collect():
        shared[number].append(groups)
    opened = keys.map(find_open(context.broadcast(dict(shared))))
    together = put_together(opened.map(find_links).collect() if shared else ())
    return opened.mapValues(lambda of: np.unique(of[0])), together


def put_in_order(pieces, infos):
    """Where each piece stands: its file's place by its first line, and the time before which none of its lines counts."""
    first, base = {}, {}
    for piece, info in zip(pieces, infos):  # files one behind the other, the pieces of each in order
        if info.first:  # 0: no line of it names a time
            first[piece.file] = min(first.get(piece.file, info.first), info.first)
    for piece, info in zip(pieces, infos):
        piece.base = base.get(piece.file, first.get(piece.file, 0))
        base[piece.file] = max(piece.base, info.last)
    rank = {file: i for i, file in enumerate(sorted(base, key=lambda file: (first.get(file, 0), file)))}
    for place, piece in enumerate(sorted(pieces, key=lambda piece: (rank[piece.file], piece.start))):
        piece.place = place
