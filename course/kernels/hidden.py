"""Modules that are loaded ahead and stay out of sight until a program imports them.

A program that uses `matplotlib.pyplot` without importing it must fail as it fails elsewhere. So
what was loaded ahead is taken out of `sys.modules` and off its packages, together with a note of
what each module imported; an import brings back the module and what it had imported, no more.
"""

from __future__ import annotations

import builtins
import importlib
import itertools
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import machinery
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

_MODULES = frozenset(Path(f"m{ending}").suffix for ending in machinery.all_suffixes())
_NEVER = frozenset({"__main__", "builtins", "sys"})


class Hidden(MetaPathFinder, Loader):
    """What is loaded and not seen; the first finder that an import asks."""

    def __init__(self) -> None:
        self._modules: dict[str, ModuleType] = {}
        self._bound: set[str] = set()  # those that stood on their package, and nothing else there
        self._specs: dict[str, ModuleSpec | None] = {}  # of modules on their way back
        self._imports: dict[str, set[str]] = {}  # what each module brought with it

    def preload(self, names: Iterable[str], package: str = "") -> None:
        """Import `names`, as far as they are installed, and hide all that came with them.

        What is already loaded of `package` is hidden too.
        """
        before = set(sys.modules)
        with self._recording():
            for name in names:
                try:
                    importlib.import_module(name)
                except ImportError:
                    continue
        for name in list(sys.modules):
            if name not in _NEVER and (name not in before or name.partition(".")[0] == package):
                self._modules[name] = sys.modules.pop(name)
        for each, module in self._modules.items():
            parent, _, child = each.rpartition(".")
            holder = self._modules.get(parent) or sys.modules.get(parent)
            if holder is not None and holder.__dict__.get(child) is module:
                delattr(holder, child)
                self._bound.add(each)
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)

    def __contains__(self, name: object) -> bool:
        return name in self._modules

    def peek(self, name: str) -> ModuleType | None:
        """A hidden module without bringing it to light."""
        return self._modules.get(name)

    def shadowed(self, place: str) -> bool:
        """Whether an import in the folder `place` would find something else than is loaded."""
        for path in Path(place).iterdir():
            # a part of a package in sight is looked for in that package, never in the folder
            module = self._modules.get(path.name.partition(".")[0])
            if module and _would_be(module, path) and not _lies(module, place):
                return True
        return False

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Called by the import system."""
        module = self._modules.get(fullname)
        if module is None:
            return None
        known = module.__spec__
        spec = ModuleSpec(fullname, self, origin=known.origin if known else None)
        spec.submodule_search_locations = getattr(module, "__path__", None)
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Called by the import system: the module as it is, with all that it had imported."""
        module = self._modules[spec.name]
        self._specs[spec.name] = module.__spec__
        shown = {name: self._modules.pop(name) for name in self._with(spec.name)}
        sys.modules.update(shown)
        for name, each in shown.items():
            parent, _, child = name.rpartition(".")
            if parent in sys.modules and name in self._bound:
                setattr(sys.modules[parent], child, each)
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Called by the import system: the module has run long since."""
        module.__spec__ = self._specs.pop(module.__name__, None)

    def _with(self, name: str) -> list[str]:
        """The module and what it imported, what that imported, and so on, as far as hidden."""
        found, ahead = {name}, [name]
        while ahead:
            for other in self._imports.get(ahead.pop(), ()):
                if other in self._modules and other not in found:
                    found.add(other)
                    ahead.append(other)
        return [each for each in self._modules if each in found]

    @contextmanager
    def _recording(self) -> Iterator[None]:
        """Note who imports what, also what is there already."""
        plain, by_name = builtins.__import__, importlib.import_module

        def note(importer: str, name: str, last: str) -> None:
            fresh = _since(last)
            if name in fresh:
                self._imports.setdefault(name, set()).update(fresh)
            spec = getattr(sys.modules.get(importer), "__spec__", None)
            if not getattr(spec, "_initializing", False):
                return  # one of its functions imports something when called: not yet, elsewhere
            known = self._imports.setdefault(importer, set())
            known |= fresh
            while name:  # importing a module imports its packages
                known.add(name)
                name = name.rpartition(".")[0]

        def statement(name: str, space: Any = None, *rest: Any, **named: Any) -> Any:
            last = next(reversed(sys.modules))
            module = plain(name, space, *rest, **named)
            asked = dict(zip(("local", "fromlist", "level"), rest, strict=False), **named)
            importer = str((space or {}).get("__name__", ""))
            whole = _absolute(name, space or {}, int(asked.get("level") or 0))
            note(importer, whole, last)
            for part in asked.get("fromlist") or ():
                if f"{whole}.{part}" in sys.modules:
                    note(importer, f"{whole}.{part}", last)
            return module

        def function(name: str, package: str | None = None) -> ModuleType:
            last = next(reversed(sys.modules))
            module = by_name(name, package)
            importer = str(sys._getframe(1).f_globals.get("__name__", ""))
            note(importer, module.__name__, last)
            return module

        builtins.__import__ = statement  # type: ignore[assignment]
        importlib.import_module = function
        try:
            yield
        finally:
            builtins.__import__ = plain
            importlib.import_module = by_name


def _would_be(module: ModuleType, path: Path) -> bool:
    """Whether something in a folder would be found under the name of a module."""
    if path.suffix in _MODULES or any(path.glob("__init__.*")):
        return True
    return path.is_dir() and not getattr(module, "__file__", None)  # a part of a namespace


def _lies(module: ModuleType, place: str) -> bool:
    """Whether a module was loaded from a folder; one without a file is found before all folders."""
    file = getattr(module, "__file__", None)
    files = [file] if file else getattr(module, "__path__", [])
    return all(Path(place) in Path(each).parents for each in files)


def _since(last: str) -> set[str]:
    """The modules that were loaded after `last`: they stand behind it."""
    if last not in sys.modules:
        return set()  # it took itself away; what it brought is known from its own imports
    return set(itertools.takewhile(lambda name: name != last, reversed(sys.modules)))


def _absolute(name: str, space: dict[str, Any], level: int) -> str:
    """The whole name of a module that is imported relatively to the package of `space`."""
    if not level:
        return name
    package = str(space.get("__package__") or space.get("__name__") or "")
    base = package.split(".")[: len(package.split(".")) - level + 1]
    return ".".join([*base, *([name] if name else [])])


def reseed(peek: Callable[[str], ModuleType | None]) -> None:
    """Give numpy's own generator, loaded ahead or not, a fresh seed in a forked process."""
    generator = peek("numpy.random.mtrand") or sys.modules.get("numpy.random.mtrand")
    if generator is not None:
        generator._rand.seed()
