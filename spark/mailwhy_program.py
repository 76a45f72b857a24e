"""The program, and pipes through it."""
import fcntl
import os
import shutil
import subprocess
import tempfile
import threading

from pyspark import SparkConf, SparkContext, SparkFiles

READ_AT_ONCE = 1 << 20
PLACE_HELP = "where the program is on each machine, if --files does not bring it and it is not in the PATH"


def split_words(words):
    """The words of a job, and the program's options behind "--"."""
    at = words.index("--") if "--" in words else len(words)
    return words[:at], words[at + 1:]


def begin(name, *modules):
    """A job's context, whose executors have these modules."""
    context = SparkContext.getOrCreate(SparkConf().setAppName(name))
    for module in modules:
        context.addPyFile(module.__file__)
    return context


class Program:
    """The program, wherever Spark put it."""

    def __init__(self, path, options):
        self.path, self.options = path, options

    def find(self):
        path = self.path or SparkFiles.get("mailwhy")
        if not os.path.exists(path):
            path = shutil.which("mailwhy") or path
        if not os.access(path, os.X_OK):
            os.chmod(path, 0o755)
        return path

    def command(self, *words):
        return [self.find(), "log", "--no-config", "-j", "1", *self.options, *words]

    def pipe(self, words, write, what):
        """Run it; `write` is called with its standard input. Gives its standard output, which has to be read to its end."""
        return Pipe(self.command(*words), write, what)


class Pipe:
    def __init__(self, command, write, what):
        self.what, self.command, self.trouble = what, command, None
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
            pass  # it ended early: end() says why
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
            raise RuntimeError(f"{self.what}: mailwhy ended with {status}: {self.errors.read().decode(errors='replace')[-2000:]}")
