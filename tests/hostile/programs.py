"""Programs that try to get points, secrets or more of the machine than is theirs, made by code.

Each replaces answers of the good program in `tests/courses/programs.py`; `expected` are the points
of (share, table, plot), or words that the refusal must hold. What comes back from the outside says
`CANARY-out`, which may appear in no byte that grading makes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile import takeover

OUT = "CANARY-out"
FULL = (2.0, 3.0, 1.0)
LOST = (0.0, 3.0, 1.0)
NONE = (0.0, 0.0, 0.0)
PLANTED = "@HOME@"  # where `planted` put a secret into the home of whoever grades
ENDED = "прервала проверку"
LATE = "не уложилась"

_WRONG = {"share": "def share(part, whole):\n    return 7", "table": "firms = by_region = None",
          "plot": "heights = []"}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A program by `name`: the cells that differ from the good one."""

    name: str
    sources: dict[str, str]
    expected: tuple[float, float, float] | str = NONE
    seconds: float | None = field(default=None)


@contextmanager
def planted() -> Iterator[Path]:
    """A folder with a secret in the grader's own home, for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix=".canary-", dir=Path.home()) as place:
        (Path(place) / "canary").write_text(OUT)
        yield Path(place)


def sources(case: Case, home: Path) -> dict[str, str]:
    """The cells of a case that knows where the secret lies."""
    return {name: text.replace(PLANTED, str(home)) for name, text in case.sources.items()}


def cheat(name: str, added: str) -> Case:
    """Wrong answers, and code before them that wants them counted."""
    return Case(name, {**_WRONG, "added": added})


def reach(name: str, code: str) -> Case:
    """The right answers, and an attempt that must fail: what it gets is raised as an error."""
    guarded = "\n    ".join(code.splitlines())
    source = (
        f"try:\n    {guarded}\nexcept (OSError, ImportError, PermissionError):\n    pass\nelse:\n"
        f"    firms = by_region = heights = None\n    share = None\n    part_of_two = None\n"
        f"    print('{OUT}')\n    import os\n    os._exit(3)"
    )
    return Case(name, {"added": source}, FULL)


CASES: tuple[Case, ...] = (
    # in-kernel cheating
    cheat("equal_to_all", """class Yes(float):
    __eq__ = __ge__ = __gt__ = __le__ = lambda *a: True
    __hash__ = float.__hash__
import builtins
builtins.len = lambda *a: 3"""),
    Case("equal_share", {"share": """class Yes(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    def __abs__(self): return 0.0
    def __float__(self): return 0.25
def share(part, whole):
    return Yes(0.25)"""}, LOST),
    cheat("transformer", """import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
get_ipython().ast_transformers.append(Drop())
get_ipython().input_transformers_cleanup.append(lambda lines: ['3\\n'])"""),
    cheat("run_cell", """shell = type(get_ipython())
kept = shell.run_cell
def fine(self, source, **k):
    result = kept(self, '3', **k)
    return result
shell.run_cell = fine"""),
    cheat("isclose", "import math\nmath.isclose = lambda *a, **k: True\nnear = math.isclose"),
    cheat("assertion", "import builtins\nbuiltins.AssertionError = ValueError"),
    cheat("frames", """import sys
def trace(frame, event, arg):
    frame.f_globals['points'] = 3
    return trace
sys.settrace(trace)"""),
    cheat("threads", """import threading, time
def patch():
    while True:
        globals().update(points=3, share=lambda a, b: a / b if b else None)
        time.sleep(0.01)
threading.Thread(target=patch, daemon=True).start()"""),
    Case("series", {"table": """class By(pd.Series):
    def __getitem__(self, key): return 30
by_region = By([1, 2])
firms = type('F', (list,), {'__len__': lambda s: 3})()"""}, (2.0, 0.0, 1.0)),
    # forged scores
    cheat("reply", """import os, json
line = json.dumps({"fine": True, "score": 1e9, "text": "", "values": {"points": ["int", "0x3"],
 "share": ["float", "nan"], "firms": ["list", [["plain", None]] * 3]}}) + chr(10)
for fd in range(3, 20):
    try:
        os.write(fd, line.encode())
    except OSError:
        pass"""),
    cheat("seat", """import course.sandbox.seat as seat, sys
main = sys.modules['__main__']
main.encode = seat.encode = lambda *a: ['int', '0x3']
main._run = lambda *a: {'fine': True, 'score': 1e9, 'text': ''}"""),
    Case("not_a_number", {"table": "points = float('nan')\nfirms = by_region = float('nan')"},
         (2.0, 0.0, 0.0)),
    # reading
    reach("hosts_home", f"print(open('{PLANTED}/canary').read())"),
    reach("passwd", "open('/etc/passwd').read()"),
    reach("shadow", "open('/etc/shadow').read()"),
    reach("above", "import os\nplaces = ['..', *('/' + name for name in os.listdir('/'))]\n"
          "if not any(os.path.exists(p + '/gradebook.db') or os.path.exists(p + '/source')"
          " for p in places):\n    raise OSError"),
    reach("environment", "import os\nif set(os.environ) & {'USER', 'SECRET_TOKEN', 'SHELL'}:\n"
          "    pass\nelse:\n    raise OSError"),
    reach("processes", "import os\nfor pid in filter(str.isdigit, os.listdir('/proc')):\n"
          "    if 'SECRET_TOKEN' in open(f'/proc/{pid}/environ').read():\n        break\n"
          "else:\n    raise OSError"),
    reach("parent", "import os, signal\nos.kill(os.getppid() + 1000000, signal.SIGKILL)"),
    # network
    reach("internet", "import socket\nsocket.create_connection(('192.0.2.1', 80), 1)"),
    reach("loopback", "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM)"),
    reach("vsock", "import socket\nsocket.socket(40, socket.SOCK_STREAM)"),
    reach("netlink", "import socket\nsocket.socket(socket.AF_NETLINK, socket.SOCK_RAW)"),
    # more of the machine
    reach("memfd", "import os\nos.memfd_create('x')"),
    reach("big_file", "with open('/tmp/x', 'wb') as f:\n    for _ in range(100):\n"
          "        f.write(b'x' * (1 << 20))"),
    reach("full_shm", "with open('/dev/shm/x', 'wb') as f:\n    for _ in range(100):\n"
          "        f.write(b'x' * (1 << 20))"),
    reach("namespace", "import ctypes\nif ctypes.CDLL(None).unshare(1 << 28):\n    raise OSError"),
    reach("site_packages",
          "import os, IPython\nopen(os.path.dirname(IPython.__file__) + '/x', 'w')"),
    reach("data", "open('firms.csv', 'w')"),
    Case("memory", {"added": "import time\nkept = []\nwhile True:\n    try:\n"
                    "        kept.append(b'x' * (1 << 26))\n    except MemoryError:\n"
                    "        time.sleep(1)"}, ENDED),
    Case("touched", {"added": "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n"
                     "        kept = b'x' * (1 << 28)\n        time.sleep(9)\n"
                     "time.sleep(5)"}, ENDED),
    Case("forks", {"added": "import os\nwhile True:\n    try:\n        os.fork()\n"
                   "    except OSError:\n        pass"}, ENDED),
    Case("output", {"added": "for _ in range(300):\n    print('x' * 100_000)"}, FULL),
    Case("exit", {"added": "import os\nos._exit(0)"}, ENDED),
    Case("killed", {"added": "import os\nos.kill(os.getpid(), 9)"}, ENDED),
    Case("forever", {"added": "while True:\n    pass"}, LATE, seconds=6),
    Case("stubborn", {"added": "while True:\n    try:\n        while True: pass\n"
                      "    except BaseException: pass"}, LATE, seconds=6),
    Case("deep", {"table": "firms = []\nfor _ in range(100_000): firms = [firms]"},
         (2.0, 0.0, 0.0)),
    Case("itself", {"table": "firms = []\nfirms.append(firms)"}, (2.0, 0.0, 0.0)),
    # leaving something behind
    reach("daemon", "import subprocess\nsubprocess.Popen(['/bin/sh', '-c', 'sleep 600'],"
          " start_new_session=True)\nraise OSError"),
    # text that wants to be more
    Case("markup", {"essay": f"print('<script>{OUT}-markup</script>\\x1b[2J')"}, FULL),
    # secrets: what a hidden check passed to a function
    Case("told", {"share": "told = []\ndef share(part, whole):\n    told.append((part, whole))\n"
                  "    if whole <= 0:\n        raise ValueError\n    return part / whole",
                  "essay": f"print('{OUT}', told)"}, FULL),
    # what the program says in place of its seat, and names that stand in a check's way
    *(Case(f"says_{name}", {**_WRONG, "added": takeover.source(name)}, refused or NONE)
      for name, (_, refused) in takeover.ANSWERS.items()),
    *(Case(f"shadows_{name}", {**_WRONG, **changed}) for name, changed in takeover.SHADOWS.items()),
    Case("silent", {**dict.fromkeys(_WRONG, takeover.LARGE), "added": takeover.SILENT}, LATE,
         seconds=6),
    Case("flood", {"added": takeover.FLOOD}, NONE, seconds=6),
)  # fmt: skip
