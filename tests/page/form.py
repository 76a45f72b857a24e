"""What a browser sends, and what comes back."""
import os
import re
import subprocess

BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"

NOW = os.environ["SOURCE_DATE_EPOCH"] = "1795600000"  # stands at the foot of reports that are compared


def form(*fields):
    """A body of (name, content) and (name, content, file name)."""
    parts = b""
    for name, content, *file in fields:
        named = f'; filename="{file[0]}"\r\nContent-Type: application/octet-stream' if file else ""
        parts += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + content + b"\r\n"
    return parts + f"--{BOUNDARY}--\r\n".encode()


def titles(page):
    """What heads the reports, and what the page itself says to an error."""
    return [report or note for report, note in re.findall(r'(?s)<article>\n<header[^>]*>\n<h1>(.*?)</h1>|<h2 class="bad">(.*?)</h2>', page)]


class Answer:
    def __init__(self, raw):
        header, _, self.body = raw.partition(b"\r\n\r\n")
        self.lines = header.decode("ascii").split("\r\n")
        self.fields = dict(line.split(": ", 1) for line in self.lines if ": " in line)
        status = re.match(r"(?:Status:|HTTP/1\.1) (\d+)", self.lines[0])
        self.status = int(status[1]) if status else 0
        self.text = self.body.decode()
        self.titles = titles(self.text)
        self.shown = f"{self.lines[0]}\n{self.text.split('</nav>')[-1][:3000]}"


def ask(mailwhy, body=None, *options, **variables):
    """Run the program as a web server does. A variable that is None is not there."""
    server = {"GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET" if body is None else "POST", "PATH": "/usr/bin:/bin", "MAILWHY_CONFIG": ""} | {"SOURCE_DATE_EPOCH": NOW}
    server |= {name: os.environ[name] for name in os.environ if name.endswith("SAN_OPTIONS")}
    if body is not None:
        server |= {"CONTENT_TYPE": TYPE, "CONTENT_LENGTH": str(len(body))}
    server = {name: value for name, value in (server | variables).items() if value is not None}
    done = subprocess.run([mailwhy, "cgi", *options], input=body or b"", capture_output=True, env=server)
    answer = Answer(done.stdout)
    answer.exit, answer.complaints = done.returncode, done.stderr.decode()
    return answer
