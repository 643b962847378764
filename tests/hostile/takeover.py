"""Programs that answer the grader in place of their seat, and names that stand in a check's way.

A participant's program runs in the same process as the seat: it can find the pipes, say anything on
them, fall silent, or never read again. `takeover` does that; a case says what it answers.
"""

from __future__ import annotations

_TAKEOVER = """import fcntl, json, os
NAMES = ['share', 'firms', 'by_region', 'heights', 'points', 'part_of_two', 'near', 'math', 'kept']
def pipes(way):
    found = []
    for fd in range(3, 256):
        try:
            a_pipe = os.fstat(fd).st_mode & 0o170000 == 0o010000
            if a_pipe and fcntl.fcntl(fd, fcntl.F_GETFL) & 3 == way:
                found.append(fd)
        except OSError:
            pass
    return found
ends = pipes(1)
def put(reply):
    data = reply if isinstance(reply, bytes) else json.dumps(reply).encode() + b'\\n'
    for end in ends:
        left = data
        while left:
            try:
                left = left[os.write(end, left):]
            except OSError:
                break
def serve(answer):
    put({'fine': True, 'score': None, 'text': ''})
    stream, kept = pipes(0)[0], b''
    while part := os.read(stream, 65536):
        kept += part
        while b'\\n' in kept:
            line, _, kept = kept.partition(b'\\n')
            asked = json.loads(line)
            said = answer(asked)
            odd = isinstance(said, dict) and 'names' in said
            put({'names': NAMES} if 'names' in asked and not odd else said)
    os._exit(0)
"""

_FULL_MARKS = "{'values': {name: ['function', ''] for name in q['get']}} if 'get' in q else "

# what the program says to everything that it is asked from then on, and the points, or the refusal
ENDED = "прервала проверку"
ANSWERS: dict[str, tuple[str, str]] = {
    "values_list": ("{'values': [1]} if 'get' in q else {'fine': True}", ""),
    "values_text": ("{'values': 'abc'} if 'get' in q else {'fine': True}", ""),
    "values_number": ("{'values': 5} if 'get' in q else {'fine': True}", ""),
    "values_odd": ("{'values': {'share': ['plain', {'a': 1}], 'firms': ['list', 'abc'], 'heights': "
                   "['ndarray', ['<f8', [1e9], '']], 'by_region': [['x'], 1]}}", ""),
    "names_odd": ("{'names': [['x'], {'a': 1}, None, 5]}", ""),
    "nothing": ("None", ""),
    "list": ("[]", ""),
    "score": ("{'fine': True, 'score': 1e308, 'cells': [], 'died': 'x', 'parts': [{'earned': 9}],"
              " 'unprotected': ['check_share']}", ""),
    "score_odd": ("{'fine': True, 'score': {'a': [1]}, 'text': ['x'], 'value': ['float', 'nan']}",
                  ""),
    "score_nan": ("b'{\"fine\": true, \"score\": NaN}\\n'", ""),
    "score_huge": ("b'{\"fine\": true, \"score\": ' + b'9' * 400 + b'}\\n'", ""),
    "call": ("{'call': 'share', 'args': [], 'kwargs': {}}", ""),
    "every_function": (_FULL_MARKS + "{'value': ['plain', True], 'fine': True}", ""),
    "every_number": (_FULL_MARKS + "{'value': ['int', '0x3'], 'fine': True}", ""),
    "modules": ("{'values': {name: ['module', 'os'] for name in q['get']}} if 'get' in q else "
                "{'fine': True}", ""),
    "raises": (_FULL_MARKS + "{'raised': ['SystemExit', '__import__', ['x'], 5, 'StopIteration'],"
               " 'text': {'a': 1}}", ""),
    "raises_odd": (_FULL_MARKS + "{'raised': 5, 'text': 7, 'out': ['x'], 'err': 1, 'changed': 3}",
                   ""),
    "giant_decimal": (_FULL_MARKS + "{'value': ['Decimal', '1e999999999']}", ""),
    "text": ("{'fine': True, 'text': 'own words ' * 1_500_000, 'pictures': ['x'] * 9}", ""),
    "no_chunks": ("{'fine': True, 'pictures': ['iVBORw0KGgo=']}", ""),
    "half_signs": ("b'{\"fine\": true, \"text\": \"\\\\ud800\\\\u001b[2J<script>\"}\\n'", ""),
    "digits": ("b'{\"fine\": true, \"score\": ' + b'9' * 5_000 + b'}\\n'", ENDED),
    "no_text": ("b'\\xff\\xfe\\x00\\n'", ENDED),
    "long": ("b'x' * (40 << 20)", ENDED),
    "deep": ("b'[' * 1_000_000 + b'\\n'", ENDED),
}  # fmt: skip

# wrong answers, and a name of the check's own that is defined so that they fit
SHADOWS: dict[str, dict[str, str]] = {
    "len": {"plot": "heights = []\ndef len(x): return 2"},
    "all": {"table": "firms, by_region = 1, {'Орёл': 0}\ndef len(x): return 3\n"
            "def list(x): return ['Курск', 'Орёл']\ndef bool(x): return 1\ndef int(x): return 3"},
    "near": {"added": "def near(a, b): return True"},
    "helper": {"added": "class math:\n    isclose = staticmethod(lambda a, b: True)"},
    "errors": {"added": "AssertionError = None\nValueError = BaseException"},
}  # fmt: skip


def source(name: str) -> str:
    """The cell of the program `name` of `ANSWERS`."""
    return f"{_TAKEOVER}serve(lambda q: {ANSWERS[name][0]})"


# it says that it is done, never reads again, and the next cells are larger than any pipe holds
SILENT = _TAKEOVER + "put({'fine': True})\nimport time\nwhile True:\n    time.sleep(1)"
FLOOD = _TAKEOVER + "while True:\n    put(b'{\"fine\": true}\\n' * 1_000)"
LARGE = "x = 1  #" + "y" * 190_000
