"""Says why mail was rejected: bounces, SMTP replies and mail logs, offline.

    import mailwhy
    why = mailwhy.Mailwhy()
    print([verdict.cause for verdict in why.explain(open("bounce.eml", "rb").read())])
    print(why.reply("550 5.1.1 No such user").cause)
    print(collections.Counter(delivery.cause for delivery in why.deliveries("/var/log/mail.log")))

Names of causes are listed by `mailwhy explain`, and in docs/causes.md; the JSON that `json` of a
verdict and the reports hold is described in docs/json.md.
"""
from __future__ import annotations

import dataclasses
import json as _json
import os
import threading
from typing import Any, Callable, Dict, Iterable, List, Optional, Sequence, Union

from mailwhy._native import ffi as _ffi, lib as _lib

__all__ = ["Delivery", "Error", "Mailwhy", "Verdict", "version"]

Path = Union[str, "os.PathLike[str]"]
Json = Dict[str, Any]


class Error(Exception):
    """The options, a file that they name, or a call is wrong. `errors` has each fault, as file:line:column: what it is."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__("\n".join(errors) or "the call is wrong")
        self.errors = list(errors)


@dataclasses.dataclass(frozen=True)
class Verdict:
    """Why one recipient did not get the mail. What the input does not say is None."""

    kind: Optional[str] = None  #: of the input: bounce, message, auto-reply, complaint, report, none; of a reply None
    recipient: Optional[str] = None
    outcome: Optional[str] = None  #: failed, delayed, delivered, relayed, expanded
    cause: Optional[str] = None  #: as blocklist.spamhaus; None: the input tells of no delivery
    title: Optional[str] = None  #: of the cause
    underlying: Optional[str] = None  #: of an expired mail: the cause of the last try
    fixer: Optional[str] = None  #: who can fix it: sender-operator, author, recipient, receiver-operator, …
    action: Optional[str] = None  #: for programs: suppress, retry, fix, contact, none
    confidence: Optional[str] = None  #: certain, likely, guess
    reply: Optional[str] = None  #: the words of the refusal
    enhanced: Optional[str] = None  #: as 5.7.1
    host: Optional[str] = None  #: who refused it
    ip: Optional[str] = None
    provider: Optional[str] = None
    rule: Optional[str] = None  #: that decided
    code: Optional[int] = None  #: as 550
    permanent: Optional[bool] = None  #: will the same mail be refused again?
    score: Optional[int] = None  #: right in 100 such verdicts
    retry_after_s: Optional[int] = None  #: as the reply says
    record: str = dataclasses.field(default="{}", repr=False)  #: all of it as JSON

    @property
    def json(self) -> Json:
        """All that is known, as docs/json.md describes it."""
        found: Json = _json.loads(self.record)
        return found


@dataclasses.dataclass(frozen=True)
class Delivery:
    """What a log says of one message to one recipient. What it does not say is None."""

    host: Optional[str] = None
    queue_id: Optional[str] = None
    message_id: Optional[str] = None
    sender: Optional[str] = None
    recipient: Optional[str] = None
    outcome: Optional[str] = None  #: sent, bounced, expired, deferred, discarded, held, rejected
    direction: Optional[str] = None  #: out, in, local
    first: Optional[str] = None  #: time of the first try, RFC 3339 in UTC
    last: Optional[str] = None
    relay_host: Optional[str] = None
    relay_ip: Optional[str] = None
    provider: Optional[str] = None
    cause: Optional[str] = None
    underlying: Optional[str] = None
    reply: Optional[str] = None
    enhanced: Optional[str] = None
    file: Optional[str] = None  #: of the last try's line
    line: Optional[int] = None
    attempts: Optional[int] = None
    delay_s: Optional[int] = None  #: from the message's arrival to the last try
    code: Optional[int] = None
    record: str = dataclasses.field(default="{}", repr=False)  #: all of it as JSON

    @property
    def json(self) -> Json:
        """All that is known, as docs/json.md describes it."""
        found: Json = _json.loads(self.record)
        return found


_NAMES = {"record": "json"}  # ours → that of the C library, where they differ
_TRUTHS = {"permanent"}  # numbers there


def _value(name: str, raw: Any) -> Any:
    if isinstance(raw, int):
        return None if raw < 0 else bool(raw) if name in _TRUTHS else raw
    return _ffi.string(raw).decode() if raw else None


def _made(kind: type, struct: Any) -> Any:
    return kind(**{f.name: _value(f.name, getattr(struct, _NAMES.get(f.name, f.name))) for f in dataclasses.fields(kind)})


class _Heard:
    """What the C library tells while a call lasts, and an exception of a function that it called."""

    def __init__(self) -> None:
        self.errors: List[str] = []
        self.pieces: List[bytes] = []
        self.each: Optional[Callable[[Delivery], None]] = None
        self.raised: Optional[BaseException] = None


_heard = threading.local()  # .now: of the call of this thread


@_ffi.def_extern()  # type: ignore[untyped-decorator,unused-ignore]
def mailwhy_py_complain(context: Any, text: Any) -> None:
    _heard.now.errors.append(_ffi.string(text).decode())


@_ffi.def_extern()  # type: ignore[untyped-decorator,unused-ignore]
def mailwhy_py_write(context: Any, data: Any, length: int) -> None:
    _heard.now.pieces.append(_ffi.unpack(_ffi.cast("const char *", data), length))


@_ffi.def_extern()  # type: ignore[untyped-decorator,unused-ignore]
def mailwhy_py_deliver(context: Any, delivery: Any) -> None:
    now = _heard.now
    if now.raised is None:
        try:
            now.each(_made(Delivery, delivery))
        except BaseException as error:  # it cannot go through C: it is raised behind the call
            now.raised = error


class _Memory:
    """C memory that must stand as long as this object: texts, and lists of texts."""

    def __init__(self) -> None:
        self.kept: List[Any] = []

    def data(self, value: bytes) -> Any:
        if isinstance(value, str):
            raise TypeError("bytes are wanted, not a str: of a file open(name, 'rb').read()")
        self.kept.append(_ffi.from_buffer(value))
        return _ffi.cast("const char *", self.kept[-1])

    def text(self, value: Optional[Union[str, bytes, "os.PathLike[str]"]]) -> Any:
        if value is None:
            return _ffi.NULL
        self.kept.append(_ffi.new("char[]", os.fsencode(value)))
        return self.kept[-1]

    def texts(self, values: Iterable[Any]) -> Any:
        self.kept.append(_ffi.new("const char *[]", [self.text(v) for v in values]))
        return self.kept[-1]


def _listed(value: Union[None, Path, Iterable[Path]]) -> List[Any]:
    if value is None:
        return []
    return [value] if isinstance(value, (str, os.PathLike)) else list(value)


def version() -> str:
    """The version of the C library."""
    return str(_ffi.string(_lib.mailwhy_version()).decode())


_ASKED = ("tz", "year", "jobs", "top", "lines", "since", "until", "sender", "recipient", "queue_id", "message_id", "domain",
          "cause", "client", "relay")  # members of struct mailwhy_logs


class Mailwhy:
    """The rules, and what is known of the world. It may be shared by threads, and is best made once.

    rules: files of rules of your own, before the built-in ones. builtin_rules: use these, too.
    trusted: host names, addresses and networks of your own: what they wrote is believed.
    own: domains and mail addresses of your own: reports say on whose side of a delivery these stand.
    dns: DNS snapshots (docs/dns.md), on which messages are verified and domains audited; dns_text: the same as text;
    dns_after, dns_after_text: later ones: was it fixed?
    redact: hide names, addresses, subjects and ids; redact_key: a file, so that pseudonyms agree between runs.
    second_opinion: with DNS, ask libspf2 and libopendkim too, in a process that is forked for each thread.
    reader: of pages: support, customer, receiver. language: of the customer's page: en, de, es, fr. verbose, width: of reports as text.

    Raises Error where something is wrong with a file.
    """

    def __init__(self, *, rules: Union[None, Path, Iterable[Path]] = None, builtin_rules: bool = True,
                 trusted: Union[None, str, Iterable[str]] = None, dns: Union[None, Path, Iterable[Path]] = None,
                 dns_text: Optional[str] = None, dns_after: Union[None, Path, Iterable[Path]] = None,
                 dns_after_text: Optional[str] = None, redact: bool = False, redact_key: Optional[Path] = None,
                 second_opinion: bool = False, own: Union[None, str, Iterable[str]] = None,
                 reader: Optional[str] = None, language: Optional[str] = None, verbose: bool = False, width: int = 0) -> None:
        self._memory = memory = _Memory()
        options = _ffi.new("struct mailwhy_options *")
        options.size = _ffi.sizeof("struct mailwhy_options")
        options.complain = _lib.mailwhy_py_complain
        options.no_builtin_rules, options.second_opinion = not builtin_rules, second_opinion
        options.redact, options.verbose, options.width = redact, verbose, width
        options.redact_key_file = memory.text(redact_key)
        for name, files in (("rule_file", _listed(rules)), ("dns_file", _listed(dns)), ("dns_after_file", _listed(dns_after))):
            setattr(options, name + "s", memory.texts(files))
            setattr(options, name + "_count", len(files))
        options.trusted, options.trusted_count = memory.texts(_listed(trusted)), len(_listed(trusted))
        options.own, options.own_count, options.reader = memory.texts(_listed(own)), len(_listed(own)), memory.text(reader)
        options.language = memory.text(language)
        for name, text in (("dns", dns_text), ("dns_after", dns_after_text)):
            if text is not None:
                setattr(options, name + "_text", memory.data(text.encode()))
                setattr(options, name + "_length", len(text.encode()))
        before, heard = getattr(_heard, "now", None), _Heard()
        _heard.now = heard
        why = _lib.mailwhy_new(options)
        _heard.now = before
        if not why:
            raise Error(heard.errors)
        self._why = _ffi.gc(why, _lib.mailwhy_free)
        self._local = threading.local()

    def _call(self, function: Callable[[Any], int], each: Optional[Callable[[Delivery], None]] = None) -> _Heard:
        """Call the C library with this thread's worker; what it said is returned or raised."""
        local, before = self._local, getattr(_heard, "now", None)
        if getattr(local, "is_busy", False):
            raise RuntimeError("what each_delivery calls cannot use the same Mailwhy")
        if not hasattr(local, "worker"):
            local.worker = _Worker(self._why, self._memory)
        heard = _Heard()
        heard.each = each
        _heard.now, local.is_busy = heard, True
        try:
            status = function(local.worker.worker)
        finally:
            _heard.now, local.is_busy = before, False
        if heard.raised is not None:
            raise heard.raised
        if status == _lib.MAILWHY_USAGE:
            raise Error(heard.errors)
        if status == _lib.MAILWHY_NO_INPUT:
            raise FileNotFoundError("\n".join(heard.errors))
        return heard

    def _format(self, name: str) -> Any:
        found = _lib.mailwhy_format_find(name.encode())
        if not found:
            raise ValueError(f"there is no format `{name}`")
        return found

    def _verdicts(self, judge: Callable[[Any], int]) -> List[Verdict]:
        verdicts: List[Verdict] = []
        found = _ffi.new("struct mailwhy_verdict *")
        found.size = _ffi.sizeof("struct mailwhy_verdict")

        def judge_all(worker: Any) -> int:
            status = judge(worker)
            while _lib.mailwhy_next(worker, found):
                verdicts.append(_made(Verdict, found))
            return status

        self._call(judge_all)
        return verdicts

    def _input(self, message: bytes, name: Optional[str], memory: _Memory) -> Any:
        given = _ffi.new("struct mailwhy_input *")
        given.size = _ffi.sizeof("struct mailwhy_input")
        given.name, given.bytes, given.length = memory.text(name), memory.data(message), len(message)
        return given

    def explain(self, message: bytes, name: Optional[str] = None) -> List[Verdict]:
        """Explain a message or bounce: a verdict for each recipient, and one without a cause of what tells of no delivery."""
        memory = _Memory()
        given = self._input(message, name, memory)
        return self._verdicts(lambda worker: _lib.mailwhy_judge(worker, given))

    def reply(self, text: Union[str, bytes]) -> Verdict:
        """Explain one SMTP reply or error text."""
        memory, data = _Memory(), text.encode(errors="replace") if isinstance(text, str) else text
        start = memory.data(data)
        return self._verdicts(lambda worker: _lib.mailwhy_judge_reply(worker, start, len(data)))[0]

    def report(self, message: bytes, format: str = "text", name: Optional[str] = None) -> str:
        """The whole report on a message: text, markdown, html, json or ndjson."""
        memory, found, write = _Memory(), self._format(format), _lib.mailwhy_py_write
        given = self._input(message, name, memory)

        def explain(worker: Any) -> int:
            _lib.mailwhy_begin(found, False, write, _ffi.NULL)
            status: int = _lib.mailwhy_explain(worker, given, found, write, _ffi.NULL)
            _lib.mailwhy_end(found, False, write, _ffi.NULL)
            return status

        return b"".join(self._call(explain).pieces).decode()

    def _logs(self, files: Union[Path, Iterable[Path], bytes], memory: _Memory, asked: Json) -> Any:
        logs = _ffi.new("struct mailwhy_logs *")
        logs.size = _ffi.sizeof("struct mailwhy_logs")
        if isinstance(files, bytes):
            logs.bytes, logs.length = memory.data(files), len(files)
        else:
            logs.files, logs.file_count = memory.texts(_listed(files)), len(_listed(files))
        for name, value in asked.items():
            if name not in _ASKED:
                raise TypeError(f"logs cannot be asked for `{name}`")
            if isinstance(value, str) and isinstance(getattr(logs, name), (int, bool)):
                raise TypeError(f"{name} is a number")
            if value is not None:
                setattr(logs, name, value if isinstance(value, int) else memory.text(value))
        return logs

    def each_delivery(self, logs: Union[Path, Iterable[Path], bytes], each: Callable[[Delivery], None], *,
                      tz: Optional[str] = None, year: int = 0, jobs: int = 1, since: int = 0, until: int = 0,
                      sender: Optional[str] = None, recipient: Optional[str] = None, queue_id: Optional[str] = None,
                      message_id: Optional[str] = None, domain: Optional[str] = None, cause: Optional[str] = None,
                      client: Optional[str] = None, relay: Optional[str] = None) -> None:
        """Call `each` with what became of each message in logs, as it is read: nothing is kept.

        logs: names of files, plain or compressed, or the bytes of one. The others are the options of `mailwhy log`;
        since and until are seconds since the epoch. An exception of `each` is raised when the logs are read.
        """
        asked = {n: v for n, v in locals().items() if n not in ("self", "logs", "each")}
        memory = _Memory()
        given = self._logs(logs, memory, asked)
        self._call(lambda worker: _lib.mailwhy_each_delivery(worker, given, _lib.mailwhy_py_deliver, _ffi.NULL), each)

    def deliveries(self, logs: Union[Path, Iterable[Path], bytes], **asked: Any) -> List[Delivery]:
        """The same as a list: for logs that fit into memory."""
        found: List[Delivery] = []
        self.each_delivery(logs, found.append, **asked)
        return found

    def log(self, logs: Union[Path, Iterable[Path], bytes], **asked: Any) -> Json:
        """What became of every recipient, why, and what to fix first: the object of `mailwhy log -f json`."""
        memory = _Memory()
        given = self._logs(logs, memory, asked)
        found, write = self._format("json"), _lib.mailwhy_py_write
        heard = self._call(lambda worker: _lib.mailwhy_report_logs(worker, given, found, write, _ffi.NULL))
        report: Json = _json.loads(b"".join(heard.pieces))
        return report

    def audit(self, domains: Union[str, Iterable[str]], ip: str, *, helo: Optional[str] = None, sender: Optional[str] = None,
              selectors: Union[None, str, Iterable[str]] = None) -> List[Json]:
        """Would mail of these domains, sent from this address, be trusted? An object for each; needs a DNS snapshot."""
        memory, names = _Memory(), _listed(domains)
        audit = _ffi.new("struct mailwhy_audit *")
        audit.size = _ffi.sizeof("struct mailwhy_audit")
        audit.domains, audit.domain_count = memory.texts(names), len(names)
        audit.ip, audit.helo, audit.sender = memory.text(ip), memory.text(helo), memory.text(sender)
        audit.selectors, audit.selector_count = memory.texts(_listed(selectors)), len(_listed(selectors))
        form, write = self._format("json"), _lib.mailwhy_py_write
        heard = self._call(lambda worker: _lib.mailwhy_report_audit(worker, audit, form, write, _ffi.NULL))
        found = _json.loads(b"".join(heard.pieces))
        return found if isinstance(found, list) else [found]


class _Worker:
    """A worker of one thread, which keeps what it was made of."""

    def __init__(self, why: Any, memory: _Memory) -> None:
        self.worker = _lib.mailwhy_worker_new(why)
        self._why, self._memory = why, memory

    def __del__(self) -> None:
        _lib.mailwhy_worker_free(self.worker)
