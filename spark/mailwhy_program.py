"""The program, and pipes through it."""
import fcntl
import glob
import os
import shutil
import signal
import subprocess
import tempfile
import threading

from pyspark import SparkConf, SparkContext, SparkFiles

READ_AT_ONCE = 1 << 20
LONGEST_NAMES = 4000  # of the logs that an error names
LIBRARY = "libmailwhy.so.1"
PLACE_HELP = "where the program is on each machine, if --files does not bring it and it is not in the PATH"


def is_remote(path):
    return "://" in path and not path.startswith("file:")


def split_words(words):
    """The words of a job, and the program's options behind "--"."""
    at = words.index("--") if "--" in words else len(words)
    return words[:at], words[at + 1:]


def begin(name, *modules):
    """A job's context, whose executors have these modules."""
    conf = SparkConf().setAppName(name)
    conf.setIfMissing("spark.driver.maxResultSize", "0")  # what was counted, of a few pieces, comes to the driver
    context = SparkContext.getOrCreate(conf)
    for module in modules:
        context.addPyFile(module.__file__)
    return context


def ending(status):
    """How a process ended: its exit status, or the signal ("Segmentation fault", where there is no memory for its stack)."""
    return str(status) if status >= 0 else f"signal {-status} ({signal.strsignal(-status)})"


def bring_library(folder):
    """Of a library that came with the program, Spark has followed the link by whose name the program asks for it."""
    os.environ["LD_LIBRARY_PATH"] = folder
    for path in glob.glob(os.path.join(folder, f"{LIBRARY.rstrip('.0123456789')}.*")):
        try:
            os.symlink(os.path.basename(path), os.path.join(folder, LIBRARY))
        except FileExistsError:
            pass


class Program:
    """The program, wherever Spark put it."""

    def __init__(self, path, options):
        self.path, self.options = path, options

    def find(self):
        path = self.path or SparkFiles.get("mailwhy")
        if not os.path.exists(path):
            path = shutil.which("mailwhy") or path
        elif not self.path:
            bring_library(os.path.dirname(path))
        if not os.access(path, os.X_OK):
            os.chmod(path, 0o755)
        return path

    def command(self, *words):
        """A step whose output another one reads: only the last one can be redacted."""
        return self.report(*words, options=[word for word in self.options if word != "--redact"])

    def report(self, *words, options=None):
        return [self.find(), "log", "--no-config", "-j", "1", *(self.options if options is None else options), *words]

    def pipe(self, words, write, what):
        """Run it; `write` is called with its standard input. Gives its standard output, which has to be read to its end."""
        return Pipe(self.command(*words), write, what)

    def pipe_pieces(self, words, pieces, folder):
        """The same of pieces of logs, which the program reads itself where it can."""
        names = ", ".join(map(str, pieces))
        listed = os.path.join(folder, "pieces")
        with open(listed, "wb") as file:
            file.writelines(os.fsencode(f"{text}\0") for piece in pieces for text in piece.texts())

        def write(stdin):
            for piece in pieces:
                if is_remote(piece.name):
                    piece.write(stdin)

        pipe = self.pipe([*words, "--pieces", listed], write, names if len(names) < LONGEST_NAMES else f"{names[:LONGEST_NAMES]}...")
        pipe.pieces = pieces
        return pipe


class Pipe:
    def __init__(self, command, write, what):
        self.what, self.command, self.trouble, self.is_unread, self.pieces = what, command, None, False, ()
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors)
        for pipe in (self.process.stdin, self.process.stdout):
            try:
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, READ_AT_ONCE)
            except OSError:
                pass  # more than the system gives to one user
        self.thread = threading.Thread(target=self.feed, args=(write,), daemon=True)
        self.thread.start()

    def feed(self, write):
        try:
            with self.process.stdin as stdin:
                write(stdin)
        except BrokenPipeError:
            self.is_unread = True  # it ended early: end() says why
        except BaseException as trouble:  # of the log, or of Spark's rows: the task fails with it
            self.trouble = trouble
            self.process.kill()

    @property
    def out(self):
        return self.process.stdout

    def read_all(self):
        """All that is left of its output, once it is known to have ended well: half of it is taken for nothing."""
        rest = self.out.read()
        self.end()
        return rest

    def end(self):
        """Ends with an error that names the input, if the program or what fed it did; may be called again."""
        status = self.process.wait()
        self.thread.join()
        if self.trouble:
            raise RuntimeError(f"{self.what}: {self.trouble}") from self.trouble
        if status:
            self.errors.seek(0)
            raise RuntimeError(f"{self.what}: mailwhy ended with {ending(status)}: {self.errors.read().decode(errors='replace')[-2000:]}")
        if self.is_unread:
            raise RuntimeError(f"{self.what}: mailwhy did not read all of it")
        for piece in self.pieces:
            piece.check()
