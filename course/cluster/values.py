"""The values that a cluster file is made of: checked text, codes, and figures with their source."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Strict,
    StringConstraints,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

LARGEST = 1e13  # roubles: no cluster has more


class Part(BaseModel):
    """A part of the cluster file: cannot be changed, and holds no key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Word(StrEnum):
    """One of a closed list of words; `words` is what a Russian page prints for it."""

    words: str

    def __new__(cls, value: str, words: str = "") -> Word:
        """A member with the words that a page prints."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member


class Provenance(Word):
    """Whose data a file holds: invented for teaching, or declared by a team."""

    SYNTHETIC = "synthetic", "учебные данные"
    DECLARED = "declared", "данные команды"


class Status(Word):
    """How firm a figure is."""

    FACT = "fact", "факт"
    ESTIMATE = "estimate", "оценка"
    ASSUMPTION = "assumption", "допущение"


def _clean(text: str) -> str:
    """Text in one normal form; refuses signs that cannot be printed or hide what is read."""
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        raise PydanticCustomError("string_too_short", "empty")
    for sign in text:
        code, kind = ord(sign), unicodedata.category(sign)
        invisible = kind in {"Cc", "Cf", "Cs", "Co", "Cn"} and sign != "\n"
        picture = code > 0xFFFF or 0x2600 <= code <= 0x27BF or 0xFE00 <= code <= 0xFE0F
        if invisible or picture:
            raise PydanticCustomError("sign", "sign", {"code": f"U+{code:04X}"})
    return text


def _one_line(text: str) -> str:
    if "\n" in text:
        raise PydanticCustomError("lines", "lines")
    return text


def _inn(text: str) -> str:
    """Check the control digit of a ten-digit ИНН."""
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    control = sum(w * int(digit) for w, digit in zip(weights, text, strict=False)) % 11 % 10
    if control != int(text[9]):
        raise PydanticCustomError("inn", "inn", {"control": control})
    return text


def _ogrn(text: str) -> str:
    """Check the control digit of a thirteen-digit ОГРН."""
    control = int(text[:12]) % 11 % 10
    if control != int(text[12]):
        raise PydanticCustomError("ogrn", "ogrn", {"control": control})
    return text


def _share(value: Any) -> Any:
    """Refuse a percentage where a share stands: 18 for 0.18."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) > 1:
        raise PydanticCustomError("share", "share", {"value": value})
    return value


@dataclass(frozen=True)
class Code:
    """What a well-formed code of a classifier looks like: a pattern, its name, an example."""

    pattern: str
    what: str
    example: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check the text after its own rules."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Tell editors the pattern and an example."""
        return {**handler(schema), "pattern": f"^{self.pattern}$", "examples": [self.example]}

    def check(self, text: str) -> str:
        """`text` when it is well-formed."""
        if not re.fullmatch(self.pattern, text, re.ASCII):
            context = {"what": self.what, "example": self.example}
            raise PydanticCustomError("code", "code", context)
        return text


Text = Annotated[
    str, Strict(), StringConstraints(min_length=1, max_length=160), AfterValidator(_clean)
]
Title = Annotated[Text, AfterValidator(_one_line)]
Note = Annotated[
    str, Strict(), StringConstraints(min_length=1, max_length=600), AfterValidator(_clean)
]
Id = Annotated[
    str,
    Strict(),
    StringConstraints(min_length=1, max_length=40),
    Code(r"[a-z][a-z0-9_]*", "имя из строчных латинских букв, цифр и знака _", "modul_1"),
]
Inn = Annotated[
    Text, Code(r"\d{10}", "ИНН организации из 10 цифр", "0012345678"), AfterValidator(_inn)
]
Ogrn = Annotated[Text, Code(r"\d{13}", "ОГРН из 13 цифр", "1260000000017"), AfterValidator(_ogrn)]
Okved = Annotated[Text, Code(r"\d\d(\.\d{1,2}(\.\d{1,2})?)?", "код ОКВЭД2", "26.11.9")]
Okpd = Annotated[Text, Code(r"\d\d(\.\d{1,2}(\.\d{1,2}(\.\d{3})?)?)?", "код ОКПД2", "26.11.21")]
Tnved = Annotated[
    Text, Code(r"\d{4}(\d{2}(\d{4})?)?", "код ТН ВЭД из 4, 6 или 10 цифр без пробелов", "8541")
]
Oktmo = Annotated[Text, Code(r"\d{8}(\d{3})?", "код ОКТМО из 8 или 11 цифр", "20701000")]

Day = Annotated[datetime.date, Strict(), Field(ge=datetime.date(2000, 1, 1))]
Year = Annotated[int, Strict(), Field(ge=2000, le=2100)]
Whole = Annotated[int, Strict(), Field(ge=0, le=1_000_000)]
Months = Annotated[int, Strict(), Field(ge=0, le=300)]
Amount = Annotated[float, Strict(), Field(ge=0, le=LARGEST)]
Roubles = Amount
Truth = Annotated[bool, Strict()]
ShareNumber = Annotated[float, Strict(), Field(ge=0), BeforeValidator(_share)]


class Figure(Part):
    """A number that somebody answers for: its value, its owner, its source, how firm it is.

    `low` and `high` are the bounds between which the owner expects the value; both or neither.
    """

    unit: ClassVar[str] = "count"

    value: Amount = Field(title="Значение")
    low: Amount | None = Field(None, title="Нижняя граница")
    high: Amount | None = Field(None, title="Верхняя граница")
    owner: Title = Field(title="Кто отвечает", description="Имя из списка team.people")
    source: Title = Field(title="Источник", description="Документ, письмо или расчёт и его дата")
    status: Status = Field(title="Статус: факт, оценка или допущение")

    @model_validator(mode="before")
    @classmethod
    def _with_source(cls, data: Any) -> Any:
        """Refuse a bare number: nobody could be asked about it."""
        if isinstance(data, int | float) and not isinstance(data, bool):
            if cls.unit == "share":
                _share(data)
            raise PydanticCustomError("figure", "figure", {"value": data})
        return data

    @model_validator(mode="after")
    def _in_order(self) -> Figure:
        """Refuse bounds that do not stand on both sides of the value."""
        if (self.low is None) != (self.high is None):
            raise PydanticCustomError("bounds_half", "bounds_half")
        if self.low is None or self.high is None:
            return self
        if not self.low <= self.value <= self.high:
            raise PydanticCustomError("bounds", "bounds")
        return self


class Quantity(Figure):
    """A quantity in natural units, or a number of people or days."""


class Days(Figure):
    """A time in days."""

    unit: ClassVar[str] = "days"

    value: Annotated[float, Strict(), Field(ge=0, le=730)] = Field(title="Дни")
    low: Annotated[float, Strict(), Field(ge=0, le=730)] | None = Field(
        None, title="Нижняя граница, дни"
    )
    high: Annotated[float, Strict(), Field(ge=0, le=730)] | None = Field(
        None, title="Верхняя граница, дни"
    )


class Money(Figure):
    """A sum or a price in roubles without VAT."""

    unit: ClassVar[str] = "RUB"

    value: Roubles = Field(title="Рубли без НДС")
    low: Roubles | None = Field(None, title="Нижняя граница, рубли")
    high: Roubles | None = Field(None, title="Верхняя граница, рубли")


class Share(Figure):
    """A share or a yearly rate: 0.18 is 18 %."""

    unit: ClassVar[str] = "share"

    value: ShareNumber = Field(title="Доля", description="18 % записывается как 0.18")
    low: ShareNumber | None = Field(None, title="Нижняя граница, доля")
    high: ShareNumber | None = Field(None, title="Верхняя граница, доля")
