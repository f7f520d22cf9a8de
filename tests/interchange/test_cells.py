"""What people write in cells."""

from tyndau.base.frames import NO_CATEGORY, Category, Variable
from tyndau.base.languages import Text
from tyndau.interchange.cells import Codes


def test_codes_come_before_labels_and_ambiguous_labels_mean_nothing():
    variable = Variable(
        "q",
        "single",
        Text(),
        (
            Category("1", Text("Екі", "2")),
            Category("2", Text("Бір", "1")),
            Category("3", Text("Сол", "Тот же")),
            Category("4", Text("Сол", "Другой")),
        ),
    )
    codes = Codes(variable, labels=True)
    assert codes.find("1") == 0
    assert codes.find("2.0") == 1
    assert codes.find("тот  ЖЕ") == 2
    assert codes.find("Сол") == NO_CATEGORY
    assert Codes(variable, labels=False).find("Тот же") == NO_CATEGORY
