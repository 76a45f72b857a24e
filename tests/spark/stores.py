"""An object store on loopback: moto's server of S3, from PyPI."""
import contextlib
import os
import socket
import subprocess
import sys
import time

from ports import free_port

PACKAGES = ("moto[server]",)
INSTALL_SECONDS = 300


def install():
    """False: it cannot be had, which was said."""
    try:
        subprocess.run([sys.executable, "-m", "pip", "-q", "install", *PACKAGES], check=True, capture_output=True, timeout=INSTALL_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as trouble:
        print(f"skipped: spark: an object store cannot be installed: {trouble}")
        return False
    return True


@contextlib.contextmanager
def store():
    """Runs while it is used; gives the environment by which processes find it."""
    port = free_port()
    variables = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
    os.environ.update(variables)
    server = subprocess.Popen([os.path.join(os.path.dirname(sys.executable), "moto_server"), "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        await_port(port)
        yield variables
    finally:
        server.kill()
        server.wait()


def await_port(port):
    for _ in range(300):
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the object store does not start")


def put(bucket, files):
    """{key: bytes}."""
    from pyarrow import fs

    system = fs.FileSystem.from_uri(f"s3://{bucket}?allow_bucket_creation=true")[0]
    system.create_dir(bucket)
    for key, text in files.items():
        with system.open_output_stream(f"{bucket}/{key}", compression=None) as file:  # else ".gz" is compressed again
            file.write(text)
