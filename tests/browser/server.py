"""A real server of Jupyter for the length of some tests."""

import contextlib
import os
import subprocess
import time
import urllib.request


@contextlib.contextmanager
def serving(arguments, port, home, ready="/api", **environment):
    """Runs a server of Jupyter at home in `home` and gives its address."""
    environment = {
        **os.environ,
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / ".config"),
        **environment,
    }
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(arguments, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(240):
                try:
                    urllib.request.urlopen(f"{address}{ready}", timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.5)
            yield address
        finally:
            server.terminate()
            server.wait(60)
