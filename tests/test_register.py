"""The roster as a ministry sends it: any head, namesakes, ids that stay, every refusal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from course import people
from course.errors import FileError, GradingError
from course.folder import NAME, CourseFolder
from course.people import register
from course.people.register import take_in
from course.people.roster import Person, roster
from course.people.translit import latin

BAD = Path(__file__).parent / "grading" / "roster"
LIST = """\
Приложение № 2;;;;;
к письму министерства;;;;;
№ п/п;Ф. И. О. (полностью);Субъект РФ;Занимаемая должность;Адрес эл. почты;Название команды
1;2;3;4;5;6
1;Иванова Анна Петровна;Курская область;начальник отдела;anna@kursk.ru;Радио-1
2;Щукин  Пётр Ильич;Орловская область;заместитель министра;p.schukin@orel.ru;Радио-1
3;Иванова Анна Сергеевна;Орловская область;референт;;electrical
Исполнитель: Сидоров С. С., тел. 12-34;;;;;
"""


def sent(folder: Path, text: str = LIST, name: str = "список.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_list_from_an_office_becomes_a_roster(tmp_path: Path) -> None:
    course = CourseFolder(tmp_path)
    found = take_in(course, sent(tmp_path, encoding="cp1251"))
    assert roster(course) == {
        "ivanova-anna": Person("ivanova-anna", "Иванова Анна Петровна", "radio-1",
                               "Курская область", "начальник отдела", "anna@kursk.ru"),
        "shchukin-petr": Person("shchukin-petr", "Щукин Пётр Ильич", "radio-1",
                                "Орловская область", "заместитель министра", "p.schukin@orel.ru"),
        "ivanova-anna-2": Person("ivanova-anna-2", "Иванова Анна Сергеевна", "electrical",
                                 "Орловская область", "референт", ""),
    }  # fmt: skip
    assert found.skipped == (4, 8)
    assert found.teams == {"Радио-1": "radio-1"}
    said = "\n".join(found.lines)
    assert "новых 3, прежних 0" in said
    assert "Пропущены строки без участника: 4, 8." in said
    assert not any(word in said for word in ("Анна", "kursk.ru", "Щукин"))


def test_ids_stay_when_the_list_comes_again_in_another_order(tmp_path: Path) -> None:
    course = CourseFolder(tmp_path)
    take_in(course, sent(tmp_path))
    again = (
        "Фамилия;Имя;Отчество;регион;E-MAIL\n"
        "Иванова;Анна;Сергеевна;Орловская область;\n"
        "Иванова;Анна;Павловна;Тульская область;a@tula.ru\n"
        "Смирнова;Анна;Петровна;Курская область;ANNA@kursk.ru\n"  # has married
    )
    found = take_in(course, sent(tmp_path, again))
    people = roster(course)
    assert people["ivanova-anna-2"].name == "Иванова Анна Сергеевна"
    assert people["ivanova-anna-3"].name == "Иванова Анна Павловна"
    assert people["ivanova-anna"].name == "Смирнова Анна Петровна"
    assert found.new == ("ivanova-anna-3",)
    assert found.absent == ("shchukin-petr",)
    assert "shchukin-petr" in people


def test_a_namesake_from_elsewhere_never_gets_the_id_of_another(tmp_path: Path) -> None:
    course = CourseFolder(tmp_path)
    take_in(course, sent(tmp_path, "ФИО;Регион;E-mail\nПетров Пётр;Курск;p@kursk.ru\n"))
    take_in(course, sent(tmp_path, "ФИО;Регион;E-mail\nПетров Пётр;Орёл;p@orel.ru\n"))
    assert {each.id: each.region for each in roster(course).values()} == {
        "petrov-petr": "Курск", "petrov-petr-2": "Орёл",
    }  # fmt: skip


def test_a_workbook_with_a_region_merged_over_rows(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    page.append(["Список участников"])
    page.merge_cells("A1:D1")
    page.append(["Субъект Российской Федерации", "Фамилия, имя, отчество", "E-mail", "Команда"])
    page.append(["Курская область", "Иванова Анна", "a@kursk.ru", 3])
    page.append([None, "Петров Пётр", "p@kursk.ru", 3])
    page.merge_cells("A3:A4")
    book.save(tmp_path / "список.xlsx")
    course = CourseFolder(tmp_path)
    take_in(course, tmp_path / "список.xlsx")
    assert [each.region for each in roster(course).values()] == ["Курская область"] * 2
    assert roster(course)["petrov-petr"].team == "3"


def test_one_region_has_one_name_and_a_row_of_totals_is_nobody(tmp_path: Path) -> None:
    text = (
        "№;ФИО;Субъект РФ;E-mail\n1;Иванов Иван;Тверская обл.;i@tver.ru\n"
        "2;Петров Пётр;Тверская область;p@tver.ru\n3;Ким Лев;г. Москва;k@mos.ru\n"
        "4;Цой Анна;Респ. Саха (Якутия);ts@sakha.ru\n5;Пак Лия;Тверская;l@tver.ru\n"
        ";Итого;3 региона;5\n"
    )
    course = CourseFolder(tmp_path)
    found = take_in(course, sent(tmp_path, text))
    assert [each.region for each in roster(course).values()] == [
        "Тверская область", "Тверская область", "Москва", "Республика Саха (Якутия)", "Тверская",
    ]  # fmt: skip
    assert found.skipped == (7,)
    assert "по-разному: «Тверская», «Тверская область»" in "\n".join(found.lines)


@pytest.mark.parametrize("name", ["~$список.xlsx", ".~lock.список.xlsx#"])
def test_the_mark_of_an_open_table_is_told_from_the_table(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x05Anna" + bytes(160))
    with pytest.raises(FileError, match="сейчас открыта"):
        take_in(CourseFolder(tmp_path), tmp_path / name)


def test_the_roster_itself_can_be_taken_in(tmp_path: Path) -> None:
    course = CourseFolder(tmp_path)
    take_in(course, sent(tmp_path))
    before = roster(course)
    take_in(course, tmp_path / "roster.csv")
    assert roster(course) == before


@pytest.mark.parametrize("path", sorted(BAD.glob("*.csv")), ids=lambda path: path.stem)
def test_refuses(path: Path, tmp_path: Path) -> None:
    words = path.read_text("utf-8").partition("\n")[0].removeprefix("# ")
    with pytest.raises(GradingError) as caught:
        take_in(CourseFolder(tmp_path), path)
    assert words in str(caught.value)
    assert not (tmp_path / "roster.csv").exists()
    assert not any(name in str(caught.value) for name in ("Анна", "Петр", "Корол", "kursk.ru"))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = "ФИО;E-mail\nИванова;a@b.ru\nПетров Пётр;почта\nСидоров Сидор;a@b.ru\n"
    with pytest.raises(GradingError) as caught:
        take_in(CourseFolder(tmp_path), sent(tmp_path, text))
    assert [fault.place for fault in caught.value.faults] == [
        "строка 2, столбец A", "строка 3, столбец B", "строка 4",
    ]  # fmt: skip


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    for name, words in (("a.xls", "старый формат"), ("a.docx", "это не таблица"),
                        ("a.xlsx", "не книга Excel")):  # fmt: skip
        with pytest.raises(FileError, match=words):
            take_in(CourseFolder(tmp_path), sent(tmp_path, "x", name))


def test_two_lists_in_one_workbook_are_not_guessed_at(tmp_path: Path) -> None:
    book = Workbook()
    for page in (book.active, book.create_sheet("Второй")):
        page.append(["ФИО", "Регион"])
        page.append(["Иванова Анна", "Курск"])
    book.save(tmp_path / "список.xlsx")
    with pytest.raises(GradingError, match="списков в книге несколько"):
        take_in(CourseFolder(tmp_path), tmp_path / "список.xlsx")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Щербаков Юрий", "shcherbakov-yuriy"), ("Подъячев Ёж", "podyachev-ezh"),
        ("Хәкимов Җәүдәт", "khakimov-zhaudat"), ("O’Коннор Müller", "okonnor-muller"), ("…", ""),
    ],
)  # fmt: skip
def test_names_in_latin_letters(name: str, made: str) -> None:
    assert latin(name) == made


@given(st.text(max_size=60))
def test_whatever_the_name_an_id_can_name_a_folder(name: str) -> None:
    made = register._free(name, {"uchastnik"})
    assert NAME.fullmatch(made)
    assert made != "uchastnik"


def test_the_command_knows_the_names() -> None:
    assert people.take_in is take_in


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+cmd|' /C calc'!A0", "@SUM(1)", "-1+1"])
def test_a_text_that_excel_would_calculate_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "список.csv").write_text(f"ФИО;Регион\nИванова Анна;{text}\n", "utf-8")
    with pytest.raises(GradingError, match="строка 2, столбец B: вместо значения стоит формула"):
        take_in(CourseFolder(tmp_path), tmp_path / "список.csv")
    assert not (tmp_path / "roster.csv").exists()


def test_a_dash_is_no_formula(tmp_path: Path) -> None:
    (tmp_path / "список.csv").write_text("ФИО;Регион\nИванова Анна;-\n", "utf-8")
    assert take_in(CourseFolder(tmp_path), tmp_path / "список.csv").new == ("ivanova-anna",)
