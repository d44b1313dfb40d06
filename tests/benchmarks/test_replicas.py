"""Count what is lost and answered twice when one of two bots behind nginx ends."""

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from botapi import BotApi
from hooked import PATH, free_port, webhook_settings
from load.bots import ServedBot, webhook
from load.crowd import Crowd
from pytest_benchmark.fixture import BenchmarkFixture
from running import wait_for

from benchmarks.conftest import Note

PERSONS, QUESTIONS, FEWER, LATENCY = 200, 2_000, 40, 0.05
ENDS: dict[str, Callable[[ServedBot], object]] = {
    "SIGKILL": ServedBot.kill,
    "SIGTERM": ServedBot.stop,
}
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
# The two lines of the README in what nginx needs to be run from anywhere by anybody.
CONFIGURATION = """
daemon off;
master_process off;
pid nginx.pid;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    upstream bot {{ {servers} }}
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass http://bot; proxy_next_upstream error http_503 non_idempotent; }}
    }}
}}
"""


def listens(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def replicas(api: BotApi, program: str, tmp_path: Path) -> Iterator[list[ServedBot]]:
    """Give two bots, started, that nginx shares the updates among."""
    public, *ports = (free_port() for _ in range(3))
    servers = " ".join(f"server 127.0.0.1:{port};" for port in ports)
    configuration = CONFIGURATION.format(servers=servers, port=public)
    (tmp_path / "nginx.conf").write_text(configuration, encoding="utf-8")
    options = ["-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"), "-e", "nginx.log"]
    nginx = subprocess.Popen([str(NGINX), *options])
    url = f"http://127.0.0.1:{public}{PATH}"
    settings = [webhook_settings(api, port, WEBHOOK_URL=url) for port in ports]
    bots = [ServedBot(api, tmp_path, one, program) for one in settings]
    wait_for(lambda: listens(public))
    for bot in bots:
        bot.warm_up()
    yield bots
    for bot in bots:
        bot.kill()
    nginx.kill()
    nginx.wait()


@pytest.mark.skipif(NGINX is None, reason="needs nginx: apt-get install nginx-light")
@pytest.mark.benchmark(group="replica")
@pytest.mark.parametrize("mode", [webhook], ids=["webhook"], indirect=True)
@pytest.mark.parametrize("signal", ENDS)
def test_a_replica_that_ends_midway(
    benchmark: BenchmarkFixture, replicas: list[ServedBot], note: Note, signal: str
) -> None:
    ending = replicas[0]
    ending.api.latency = LATENCY
    crowd = Crowd(ending.api, PERSONS)

    def outlived() -> None:
        crowd.ask(FEWER if ending.is_echo else QUESTIONS)
        crowd.wait_for(crowd.asked // 3)
        ENDS[signal](ending)
        crowd.wait_for_the_rest()

    benchmark.pedantic(outlived)
    case = f"when one of two replicas gets {signal}"
    note(f"% lost {case}", 100 * crowd.lost / crowd.asked)
    note(f"% answered twice {case}", 100 * crowd.repeated / crowd.asked)
    assert ending.is_echo or crowd.lost == 0
