"""Makes mailwhy._native of mailwhy.h as pkg-config finds it, so that what is known of the library stands there alone."""
import os
import pathlib
import re
import shlex
import subprocess

import cffi

CALLBACKS = """
extern "Python" void mailwhy_py_complain(void *context, const char *text);
extern "Python" void mailwhy_py_write(void *context, const char *bytes, size_t length);
extern "Python" void mailwhy_py_deliver(void *context, const struct mailwhy_delivery *delivery);
"""


def pkg_config(*what):
    found = subprocess.run(["pkg-config", *what, "mailwhy"], capture_output=True, text=True)
    if found.returncode:
        raise SystemExit(f"{found.stderr}libmailwhy is not installed where pkg-config looks (PKG_CONFIG_PATH): "
                         "install libmailwhy-dev, or `cmake --install build-release --prefix …`")
    return found.stdout.strip()


def declarations(header):
    """What cffi reads: the header without comments, directives of the preprocessor and C++."""
    header = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    header = re.sub(r"^#ifdef __cplusplus.*?^#endif$", "", header, flags=re.S | re.M)
    return re.sub(r"^#.*$", "", header, flags=re.M)


folder = pathlib.Path(pkg_config("--variable=includedir"))
libraries = os.path.realpath(pkg_config("--variable=libdir"))
ffi = cffi.FFI()
ffi.cdef(declarations((folder / "mailwhy.h").read_text()) + CALLBACKS)
ffi.set_source("mailwhy._native", "#include <mailwhy.h>", libraries=["mailwhy"],
               extra_compile_args=shlex.split(pkg_config("--cflags")), library_dirs=[libraries],
               # The system's own folders are looked into anyway.
               runtime_library_dirs=[] if libraries.startswith(("/usr/lib", "/lib")) else [libraries])
