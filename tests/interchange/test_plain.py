"""Plain files: data and codebook outside any study."""

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.interchange import read_plain, read_plain_codebook

CODEBOOK = """variable,kind,code,label_ru,label_kk
city,single,taraz,Тараз,Тараз
city,single,shu,Шу,Шу
water,multi,tap,Водопровод,Құбыр
water,multi,well,Колодец,Құдық
water,multi,dont_know,Не знаю,Білмеймін
rating,scale,1,Плохо,Жаман
rating,scale,2,Хорошо,Жақсы
rating,scale,refused,Отказ,Жауап бермеді
age,number,,Возраст,Жас
"""
DATA = """id,city,water,rating,age,weight,point
7,taraz,tap well,2,"34,5","0,5",01
8,shu,dont_know,refused,,"1,5",1
9,taraz,,,,2,01
"""


@pytest.fixture
def plain(tmp_path):
    """Return a function that writes the two files and reads them."""

    def read(data=DATA, codebook=CODEBOOK):
        (tmp_path / "data.csv").write_text(data, "utf-8")
        (tmp_path / "codebook.csv").write_text(codebook, "utf-8")
        return read_plain(tmp_path / "data.csv", tmp_path / "codebook.csv")

    return read


def faults(plain, **files):
    """Read files that have faults and return codes with places and words."""
    with pytest.raises(UserError) as caught:
        plain(**files)
    return caught.value.problems


def test_plain_files_become_a_frame(plain):
    frame = plain()
    assert frame["city"].values.tolist() == [0, 1, 0]
    assert frame["water"].values.tolist() == [[1, 1, 0], [0, 0, 1], [0, 0, 0]]
    assert frame["water"].asked.tolist() == [True, True, False]
    assert frame["rating"].values.tolist() == [1, 2, -1]
    assert [c.score for c in frame["rating"].variable.categories] == [1.0, 2.0, None]
    assert frame["rating"].variable.categories[2].meaning == "refused"
    assert frame["age"].values[0] == 34.5 and not frame["age"].asked[1]
    assert frame["weight"].values.tolist() == [0.5, 1.5, 2.0]
    assert frame["point"].variable.kind == "text"
    assert frame["point"].values.tolist() == ["01", "1", "01"]
    assert frame["id"].variable.kind == "number"
    assert frame["city"].variable.categories[1].label.kk == "Шу"
    assert len(frame) == 3


def test_long_identifiers_stay_apart(plain):
    # 2**53 + 1 is no floating-point number: as numbers, two points would be one.
    data = DATA.replace(",01\n", ",9007199254740993\n").replace('1,5",1', '1,5",9007199254740992')
    values = plain(data=data)["point"].values.tolist()
    assert values == ["9007199254740993", "9007199254740992", "9007199254740993"]


def test_codes_unknown_to_the_codebook_and_exclusive_ones_are_listed_together(plain):
    data = DATA.replace("shu", "osh").replace("tap well", "tap dont_know") + "10,osh,lake,9,x,1,2\n"
    found = {p.kind.code + " " + p.place.column: p for p in faults(plain, data=data)}
    assert set(found) == {
        "data.unknown-code city",
        "data.unknown-code water",
        "data.unknown-code rating",
        "data.exclusive water",
        "data.not-a-number age",
    }
    city = found["data.unknown-code city"]
    assert city.place.row == 3
    assert '"osh"' in city.what("en") and "rows concerned: 2" in city.what("en")
    assert "taraz, shu" in city.what("en")
    assert found["data.exclusive water"].place.row == 2


def test_labels_do_not_stand_for_codes_in_plain_files(plain):
    assert faults(plain, data=DATA.replace("shu", "Шу"))[0].kind.code == "data.unknown-code"


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("label_ru", "label", "data.codebook-column", 0),
        ("city,single,shu", "city,radio,shu", "data.codebook-kind", 3),
        ("city,single,shu", "city,multi,shu", "data.codebook-kinds", 3),
        ("city,single,shu", "city,single,taraz", "data.codebook-code", 3),
        ("city,single,shu", "city,single,", "data.codebook-code", 3),
        ("city,single,shu", "city,single,total", "data.codebook-code", 3),
        ("rating,scale,2", "rating,scale,good", "data.codebook-code", 8),
        ("water,multi,well", "water,multi,a well", "data.codebook-code", 5),
        ("city,single,shu", ",single,shu", "data.codebook-variable", 3),
    ],
)
def test_faults_of_the_codebook(plain, old, new, code, line):
    (found,) = faults(plain, codebook=CODEBOOK.replace(old, new))
    assert (found.kind.code, found.place.row) == (code, line)
    assert found.place.file.endswith("codebook.csv")


@pytest.mark.oracle
def test_the_councils_of_2023(oracles):
    folder = oracles / "public-councils-2023"
    frame = read_plain(folder / "microdata.csv", folder / "codebook.csv")
    assert len(frame) == 671
    assert set(read_plain_codebook(folder / "codebook.csv")) == set(frame.columns) - {"id"}
    asked = {column.variable.name: int(column.asked.sum()) for column in frame}
    assert (asked["q9_elements"], asked["q12_result"], asked["q17_social"]) == (671, 357, 208)
    heard = frame["q7_heard"]
    assert heard.answered.all() and np.bincount(heard.values).sum() == 671


def test_two_hundred_thousand_rows_are_read(plain):
    body = "".join(
        f"{n},taraz,tap well,2,{n % 80},1.5,{n // 20}\n{n},shu,,refused,,0.5,1\n"
        for n in range(100_000)
    )
    frame = plain(data="id,city,water,rating,age,weight,point\n" + body)
    assert len(frame) == 200_000
    assert int(frame["water"].asked.sum()) == 100_000
