"""A report in which every kind of block occurs; no survey gave its numbers."""

from datetime import date

from tyndau.base.languages import N_, Message, Text
from tyndau.reporting.model import (
    Chart,
    CrossCell,
    CrossColumn,
    CrossRow,
    CrossTable,
    Document,
    Fact,
    Facts,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Section,
    Series,
    Span,
)

WORDING = Text(
    "Сіздің ойыңызша, қалалық органдар тұрғындардың өтініштерін қарауда, мәселелерді шешуде және "
    "нәтижесі туралы хабарлауда қаншалықты тиімді жұмыс істейді?",
    "Насколько эффективно, по вашему мнению, городские органы рассматривают обращения жителей, "
    "решают вопросы и сообщают о результате?",
)
BASE = Text("Негізі: барлық респонденттер. N = 671", "База: все респонденты. N = 671")
SEVERAL = Text(
    "Бірнеше жауап беруге болатын еді: пайыздардың қосындысы 100-ден асуы мүмкін.",
    "Можно было дать несколько ответов: сумма процентов может быть больше 100.",
)
CITIES = (
    Text("Алматы", "Алматы"), Text("Астана", "Астана"), Text("Ақтөбе", "Актобе"),
    Text("Қарағанды", "Караганда"), Text("Семей", "Семей"),
)  # fmt: skip
ANSWERS = (
    Text("Мемлекеттік басқару органдары (министрліктер, әкімдіктер және т.б.)",
         "Государственные органы управления (министерства, акиматы и т. п.)"),
    Text("eGov порталы (соның ішінде eOtinish)", "Портал eGov (в том числе eOtinish)"),
    Text("Азаматтардың өтініштерін қарауды бақылау бөлімі және жергілікті қоғамдық кеңестер",
         "Отдел по контролю за рассмотрением обращений граждан и местные общественные советы"),
    Text("Азаматтық қоғам ұйымдары / ҮЕҰ", "Организации гражданского общества / НПО"),
    Text("Басқа", "Другое"),
    Text("Білмеймін", "Не знаю"),
)  # fmt: skip
SCALE = (
    Text("Мүлде тиімсіз", "Совсем неэффективно"), Text("Тиімсіз", "Скорее неэффективно"),
    Text("Орташа", "Средне"), Text("Тиімді", "Скорее эффективно"),
    Text("Өте тиімді", "Очень эффективно"), Text("Жауап беру қиын", "Затрудняюсь ответить"),
)  # fmt: skip
EVERYBODY = Text("Барлығы", "Всего")


def _bars(number: int) -> Chart:
    values = (48.7, 47.6, 40.9, 22.1, 3.0, 22.95)
    return Chart(
        number, WORDING, BASE, "bars", ANSWERS, (Series("", values),),
        aside=frozenset({5}), notes=(SEVERAL,),
    )  # fmt: skip


def _diverging(number: int) -> Chart:
    sides = ("negative", "negative", "neutral", "positive", "positive", "aside")
    shares = (
        (10, 20, 30, 20, 5, 15), (5, 25, 20, 30, 10, 10), (30, 30, 20, 10, 2, 8),
        (1, 2, 17, 40, 38, 2), (0, 0, 50, 25, 25, 0), (12.4, 17.6, 20, 20, 20, 10),
    )  # fmt: skip
    series = tuple(
        Series(label, tuple(float(row[index]) for row in shares), side)  # type: ignore[arg-type]
        for index, (label, side) in enumerate(zip(SCALE, sides, strict=True))
    )
    return Chart(number, WORDING, BASE, "diverging", (EVERYBODY, *CITIES), series)


def _grouped(number: int) -> Chart:
    residents = Series(Text("Тұрғындар", "Население"), (48.7, 47.6, 40.9, 22.1, 3.0, 23.0))
    organisations = Series(Text("ҮЕҰ", "НПО"), (63.3, 71.4, 55.1, 61.2, None, 2.0))
    return Chart(
        number, WORDING, Text("Тұрғындар: N = 671; ҮЕҰ: N = 49", "Население: N = 671; НПО: N = 49"),
        "grouped", ANSWERS, (residents, organisations), aside=frozenset({5}),
    )  # fmt: skip


def _panels(number: int) -> Chart:
    series = tuple(
        Series(city, (50.0 + 5 * at, 38.0 - 5 * at, 12.0)) for at, city in enumerate(CITIES)
    )
    answers = (
        Text("Жоқ, ештеңе білмеймін", "Нет, ничего об этом не знаю"),
        Text("Иә, бірақ тек үстірт түсінігім бар", "Да, но имею лишь поверхностное представление"),
        Text("Иә, мәнін өте жақсы түсінемін", "Да, и очень хорошо понимаю, в чём она заключается"),
    )
    return Chart(number, WORDING, BASE, "panels", answers, series)


def _stacked(number: int) -> Chart:
    series = (
        Series(Text("Жақсарды", "Стало лучше"), (38.0, 22.0)),
        Series(Text("Өзгерген жоқ", "Не изменилось"), (46.0, 51.0)),
        Series(Text("Нашарлады", "Стало хуже"), (12.0, 27.0)),
        Series(Text("Білмеймін", "Не знаю"), (4.0, 0.0), "aside"),
    )
    return Chart(number, WORDING, BASE, "stacked", (EVERYBODY, CITIES[0]), series)


# As many letters as a cell may have; they have to fit into a narrow column.
_LETTERS = {
    (1, 1): "BD", (1, 3): "BD", (1, 5): "BD", (3, 2): "ABCEFGIJKMNO", (8, 3): "ABDEFGHIKLMNOP",
    (16, 1): "ABCDEFGHIJKLMNO",
}  # fmt: skip


def _cross(number: int, columns: int, group: int = 6) -> CrossTable:
    heads = [CrossColumn(EVERYBODY, "")]
    for first in range(0, columns, group):
        at = first // group + 1
        title = Text(f"{at}-топ: тұрғылықты жері", f"Группа {at}: город")
        for index in range(min(group, columns - first)):
            city = CITIES[index % 5]
            label = Text(f"{city.kk} {index + 1}", f"{city.ru} {index + 1}")
            mark = "**" if index == 5 else "*" if index in (2, 4) else ""
            heads.append(CrossColumn(label, title, chr(65 + index), mark))  # type: ignore[arg-type]
    rows = [
        CrossRow(
            Text("Негізі, N", "База, N"),
            tuple(CrossCell(float(21 + place if place else 1671)) for place in range(len(heads))),
            "base",
        )
    ]
    for line, answer in enumerate(ANSWERS):
        cells = tuple(
            CrossCell(
                None if line == 4 and place == 3 else (7.0 * line + 3.4 * place) % 100,
                _LETTERS.get((place, line), ""),
                {(2, 1): "higher", (3, 0): "lower"}.get((place, line), ""),  # type: ignore[arg-type]
            )
            for place in range(len(heads))
        )
        rows.append(CrossRow(answer, cells))
    means = tuple(CrossCell(1 + (place % 4) + 0.256) for place in range(len(heads)))
    rows.append(CrossRow(Text("Орташа балл", "Средний балл"), means, "mean", 2))
    method = Text(
        "Әдіс: зерттеуде көрсетілген модель бойынша тексерулер, 5 % деңгейі.",
        "Метод: проверки по модели, указанной в исследовании, уровень 5 %.",
    )
    return CrossTable(
        number, WORDING, (Text("Қала", "Город"),), BASE, tuple(heads), tuple(rows), notes=(method,)
    )


def made_up_report(*, banner: bool = False) -> Document:
    """Make a report; with ``banner`` one that says that its values are simulated."""
    first = Section(
        "one", "1", Text("Хабардарлық", "Осведомлённость"),
        (
            Heading(Text("Тұрғындардың хабардарлығы", "Осведомлённость населения")),
            Paragraph((
                Span(Text("Сұралғандардың ", "Среди опрошенных ")),
                Span(Text("49 %-ы", "49 %"), bold=True),
                Span(Text(" мұны біледі. ", " знают об этом. ")),
                Span(Text("Дереккөз", "Источник"), italic=True, link="https://example.org/"),
            )),
            Heading(WORDING, 2),
            Paragraph(Text("Бір жауап қана болды.", "Можно было дать один ответ."), "note"),
            _bars(1), _cross(1, 5), _diverging(2), _grouped(3), _panels(4), _stacked(5),
            Quote(
                Text("Түсіндіру жұмысы жетіспейді. Бұл — бір.", "Не хватает разъяснения. Это раз."),
                Text("сарапшы, Семей", "эксперт, Семей"),
            ),
            Heading(Text("Кең кесте", "Широкая таблица"), 2),
            _cross(2, 26), _cross(3, 16, 16),
        ),
    )  # fmt: skip
    second = Section(
        "two", "2", Text("Ұсынымдар", "Рекомендации"),
        (
            Heading(Text("Ұсынымдар", "Рекомендации")),
            Listing(tuple(ANSWERS[:3])),
            Listing((ANSWERS[0], (Span(ANSWERS[1], bold=True), Span(ANSWERS[2]))), numbered=True),
            Heading(Text("Қысқартулар", "Сокращения"), 2),
            Grid(
                (Text("Қысқарту", "Сокращение"), Text("Мағынасы", "Значение")),
                ((Text("ҮЕҰ", "НПО"), ANSWERS[3]), (Text("ҚК", "ОС"), ANSWERS[2])),
                (0.25, 0.75),
            ),
            Heading(Text("Сауалнама", "Анкета"), 2),
            Paragraph(WORDING, "lead"),
            Listing(SCALE),
            Facts((Fact(Text("Тапсырыс беруші", "Заказчик"), ANSWERS[0]),)),
        ),
    )  # fmt: skip
    return Document(
        title=Text("Ойдан шығарылған қаладағы кеңестер", "Советы в вымышленном городе"),
        subtitle=Text("Талдамалық есеп", "Аналитический отчёт"),
        sections=(first, second),
        author=Text("Ойдан шығарылған қор", "Вымышленный фонд"),
        dated=date(2023, 4, 30),
        footer=Message(N_("Wave {wave}, revision {revision}"), {"wave": "2023", "revision": 1}),
        banner=Text("МОДЕЛЬДЕНГЕН ДЕРЕКТЕР", "СМОДЕЛИРОВАННЫЕ ДАННЫЕ") if banner else "",
        cover=(
            Fact(Text("Тапсырыс беруші", "Заказчик"), ANSWERS[0]),
            Fact(Text("Авторлар", "Авторы"), Text("А. Авторов", "А. Авторов")),
        ),
    )
