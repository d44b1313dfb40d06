"""nginx in front of several bots, run from a folder of its own."""

import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from load.crowd import wait

COMMAND = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
# Without `non_idempotent` an update that a dying bot had in hand would wait for Telegram's retry.
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
    upstream bots {{
        {servers}
        keepalive 64;
    }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://bots;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_next_upstream error timeout http_502 http_503 non_idempotent;
        }}
    }}
}}
"""


@contextmanager
def balanced(folder: Path, port: int, bots: Sequence[int]) -> Iterator[None]:
    """Share what comes to *port* among the ports of *bots*, as long as the context lasts."""
    servers = "\n        ".join(
        f"server 127.0.0.1:{bot} max_fails=1 fail_timeout=1s;" for bot in bots
    )
    configuration = folder / "nginx.conf"
    configuration.write_text(_CONFIGURATION.format(servers=servers, port=port), encoding="utf-8")
    command = [str(COMMAND), "-p", str(folder), "-c", str(configuration), "-e", "nginx.log"]
    process = subprocess.Popen(command)
    try:
        wait(lambda: _listens(port), 10)
        yield
    finally:
        process.kill()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0
