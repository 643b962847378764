"""Four readings of the law's requirement on cooperation, taken on one dataset.

A reading is a number beside a threshold. It is no verdict on an act: the same data pass under one
reading and fail under another, and only an order of the Ministry confirms a cluster.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from course.cluster import Cluster
from course.cooperation.arcs import KINDS, Flows, counted
from course.errors import ClusterError, Fault
from course.norms import Edition, norms
from course.wording import count, share


@dataclass(frozen=True)
class Dataset:
    """What the four readings are taken on: one period, sums in one unit without VAT.

    `outputs` are of the industrial members, `final` are the producers of the final product, whom
    R1 and R2 leave out; `purchases` are all purchases of a final producer, inside and outside.
    `links` are the pairs bound by a qualifying contract; the pairs of `flows` when not given.
    Everybody who is named takes part; `members` adds those who are named nowhere else.
    """

    outputs: Mapping[str, float]
    final: tuple[str, ...] = ()
    purchases: Mapping[str, float] = field(default_factory=dict)
    flows: Flows = field(default_factory=dict)
    links: frozenset[tuple[str, str]] | None = None
    members: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        faults = [*self._negative()]
        for member, output in self.outputs.items():
            if self.sales(member) > output * (1 + 1e-9):
                faults.append(_beyond(member, "продажи в кластере больше выпуска"))
        for member, bought in self.purchases.items():
            if self.supplies(member) > bought * (1 + 1e-9):
                faults.append(_beyond(member, "закупки в кластере больше всех закупок"))
        faults += [
            _beyond(supplier, "поставка самому себе") for supplier, buyer in self.flows
            if supplier == buyer
        ]  # fmt: skip
        if faults:
            raise ClusterError(faults)

    def _negative(self) -> Iterable[Fault]:
        for sums in (self.outputs, self.purchases, self.flows):
            for name, value in sums.items():
                if not value >= 0:
                    yield _beyond(str(name), "сумма отрицательна или не число")

    @property
    def everybody(self) -> tuple[str, ...]:
        """All members, each once, in the order in which they are named."""
        pairs = (name for pair in (*self.flows, *sorted(self.links or ())) for name in pair)
        named = (*self.members, *self.outputs, *self.final, *self.purchases, *pairs)
        return tuple(dict.fromkeys(named))

    def sales(self, member: str) -> float:
        """What the member sold to other members."""
        return float(
            sum(value for (supplier, _), value in self.flows.items() if supplier == member)
        )

    def supplies(self, member: str) -> float:
        """What the member bought from other members."""
        return float(sum(value for (_, buyer), value in self.flows.items() if buyer == member))

    def partners(self, member: str) -> int:
        """How many other members a qualifying contract binds the member to."""
        pairs = self.links
        if pairs is None:
            pairs = frozenset(pair for pair, value in self.flows.items() if value > 0)
        return len({name for pair in pairs if member in pair for name in pair} - {member})


def _beyond(place: str, what: str) -> Fault:
    return Fault("", place, what, "Проверьте суммы за один и тот же период")


def dataset(cluster: Cluster) -> Dataset:
    """The data for the readings: signed contracts, sums of the reporting year.

    Members without an industrial role, and those whose output is not known, have no output here.
    """
    flows: dict[tuple[str, str], float] = {}
    for contract in counted(cluster):
        pair = (contract.supplier, contract.buyer)
        flows[pair] = flows.get(pair, 0.0) + contract.value
    links = {(c.supplier, c.buyer) for c in cluster.contracts if c.signed and c.link in KINDS}
    final = [member for member in cluster.members if member.final_producer]
    return Dataset(
        outputs={m.id: m.output for m in cluster.members if m.industrial and m.output is not None},
        final=tuple(member.id for member in final),
        purchases={m.id: m.purchases for m in final if m.purchases is not None},
        flows=flows,
        links=frozenset(links),
        members=tuple(member.id for member in cluster.members),
    )


@dataclass(frozen=True)
class Reading:
    """One reading of the requirement: a number, and the threshold it may be held against.

    `values` are by member where the reading looks at each (R1, R3: shares; R4: partners); `value`
    is what meets the threshold: the smallest of them, or the aggregate. `None`: not computable.
    `threshold` is the edition of the norm, with its standing; `None` where there is none.
    """

    code: str
    title: str
    values: Mapping[str, float]
    value: float | None
    threshold: Edition | None
    origin: str

    def holds(self, threshold: float) -> bool | None:
        """Whether the value is at least `threshold`; `None` when there is no value."""
        return None if self.value is None else self.value >= threshold - 1e-12

    def below(self, threshold: float) -> tuple[str, ...]:
        """The members whose own value lies below `threshold`."""
        return tuple(name for name, value in self.values.items() if value < threshold - 1e-12)

    @property
    def words(self) -> str:
        """The value in Russian."""
        if self.code == "R4" and self.value is not None:
            return count(int(self.value), "партнёр", "партнёра", "партнёров")
        return share(self.value)

    @property
    def statement(self) -> str:
        """The reading as a Russian sentence, with the threshold and its standing."""
        said = f"{self.title}: {self.words}"
        if self.value is None:
            return f"{self.title}: данных не хватает."
        if self.threshold is None:
            return f"{said}."
        if not self.threshold.known:
            return f"{said}. Порог на этот день не известен."
        side = "не ниже порога" if self.holds(self.threshold.number) else "ниже порога"
        wanted = f"{self.threshold.words} ({self.threshold.standing.words})"
        return f"{said}, порог {wanted}: {side}. Это чтение данных, а не заключение о соответствии."


def readings(data: Dataset, on: datetime.date | None = None) -> tuple[Reading, ...]:
    """R1–R4 on one dataset; with a day, each beside the threshold of the edition of that day.

    A reading has no threshold when no day is given, or when the law of that day had none yet.
    """
    return (_each(data, on), _aggregate(data, on), _purchases(data, on), _contracts(data, on))


def _threshold(name: str, on: datetime.date | None) -> Edition | None:
    """The edition of a threshold on a day; none when the law did not have it yet."""
    norm = norms[f"cluster.cooperation.{name}"]
    first = norm.editions[0].since
    return None if on is None or first is None or on < first else norm.on(on)


def _nonfinal(data: Dataset) -> dict[str, float]:
    """Outputs of the members who are not final producers; zero output has no share of sales."""
    return {m: output for m, output in data.outputs.items() if m not in data.final and output > 0}


def _each(data: Dataset, on: datetime.date | None) -> Reading:
    """R1: each member's sales to the cluster over its output."""
    values = {member: data.sales(member) / output for member, output in _nonfinal(data).items()}
    return Reading(
        "R1", "Доля продукции каждого участника, проданная в кластере", values,
        min(values.values(), default=None), _threshold("share_each", on),
        "слова 2016 года «каждым участником кластера»; без конечных производителей — по памяти",
    )  # fmt: skip


def _aggregate(data: Dataset, on: datetime.date | None) -> Reading:
    """R2: all sales to the cluster over all output."""
    outputs = _nonfinal(data)
    total = sum(outputs.values())
    value = sum(data.sales(member) for member in outputs) / total if total else None
    return Reading(
        "R2", "Доля продаж внутри кластера в общем выпуске", {}, value,
        _threshold("share_aggregate", on),
        "«общий уровень функциональной зависимости» 2021 года; формула — по памяти",
    )  # fmt: skip


def _purchases(data: Dataset, on: datetime.date | None) -> Reading:
    """R3: a final producer's purchases from the cluster over its purchases."""
    values = {
        member: data.supplies(member) / data.purchases[member]
        for member in data.final
        if data.purchases.get(member, 0) > 0
    }
    return Reading(
        "R3", "Доля закупок конечного производителя в кластере", values,
        min(values.values(), default=None), _threshold("share_aggregate", on),
        "пересказ журналиста, не текст акта",
    )  # fmt: skip


def _contracts(data: Dataset, on: datetime.date | None) -> Reading:
    """R4: with how many members a qualifying contract binds each member."""
    values = {member: float(data.partners(member)) for member in data.everybody}
    return Reading(
        "R4", "Наименьшее число партнёров по договорам у участника", values,
        min(values.values(), default=None), _threshold("contracts_min", on),
        "требование «а» в редакции 2023 года",
    )  # fmt: skip
