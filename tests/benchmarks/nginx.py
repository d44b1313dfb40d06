"""nginx in front of several bots, run from a folder of its own."""

import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from running import wait_for

COMMAND = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
# The two lines of the README in what nginx needs to be run from anywhere by anybody.
_CONFIGURATION = """
daemon off;
master_process off;
pid nginx.pid;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    upstream bot {{ {servers} }}
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass http://bot; proxy_next_upstream error http_503 non_idempotent; }}
    }}
}}
"""


@contextmanager
def balanced(folder: Path, port: int, bots: Sequence[int]) -> Iterator[None]:
    """Share what comes to *port* among the ports of *bots*, as long as the context lasts."""
    servers = " ".join(f"server 127.0.0.1:{bot};" for bot in bots)
    configuration = folder / "nginx.conf"
    configuration.write_text(_CONFIGURATION.format(servers=servers, port=port), encoding="utf-8")
    command = [str(COMMAND), "-p", str(folder), "-c", str(configuration), "-e", "nginx.log"]
    process = subprocess.Popen(command)
    try:
        wait_for(lambda: _listens(port), 10)
        yield
    finally:
        process.kill()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0
