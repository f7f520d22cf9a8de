"""Native charts on slides: what PowerPoint draws and lets its reader edit.

In: a `Chart`, a slide, a box. Out: chart frames on the slide, each with its workbook. Colours are
those of the drawn charts; every bar is labelled with its value.
"""

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Emu, Pt

from tyndau.base.languages import say
from tyndau.reporting.charts import alt_text
from tyndau.reporting.charts.colours import ASIDE, BAR, LINE, TEXT, WARNING, of_series, upon
from tyndau.reporting.model import Chart
from tyndau.reporting.slides.workbooks import Column, sheet_name, spaced, workbook
from tyndau.reporting.text_size import PIXELS_PER_POINT, lines, width, wrapped

Box = tuple[int, int, int, int]
_EMU_PER_POINT = 12700
# Sizes that labels are tried in, the largest first; the share of a box that they may take.
_SIZES = (12, 11, 10, 9, 8)
_LABEL_SHARES = (0.28, 0.34, 0.4, 0.46)
_PANEL_SHARES = (0.25, 0.3, 0.35)
_LEAST_LABELLED = 4
# How far the axis goes beyond the longest bar, so that its value has room; in panels more.
_BEYOND, _BEYOND_IN_PANELS = 1.16, 1.6
# Points of the thickest bar, and the least gap in per cent of a bar.
_THICKEST, _LEAST_GAP = 26, 40
# Of a frame's width, what its title may fill.
_TITLE_SHARE = 0.75


def rows_that_fit(chart: Chart, box: Box, language: str) -> int:
    """Tell how many categories of a chart a box holds without cutting a label.

    Parameters
    ----------
    chart : Chart
        What is shown.
    box : tuple of int
        Left, top, width and height in EMU.
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    int
        All of them, or as many as fit at the least size; at least 1.
    """
    names = [say(category, language) for category in chart.categories]
    if _measure(names, chart, box) is not None:
        return len(names)
    count = len(names) - 1
    while count > 1 and _measure(names[:count], chart, box) is None:
        count -= 1
    return count


def _measure(names: Sequence[str], chart: Chart, box: Box) -> tuple[float, float] | None:
    """Return size and share of the labels of categories; None where they do not fit."""
    height = box[3] / _EMU_PER_POINT
    above = 30.0 if chart.kind == "panels" else 0.0 if len(chart.series) == 1 else 45.0
    room = (height - above) * 0.94 / max(len(names), 1)
    thick = len(chart.series) * 11.0 if chart.kind == "grouped" else 12.0
    shares = _PANEL_SHARES if chart.kind == "panels" else _LABEL_SHARES
    for size in _SIZES:
        for share in shares:
            across = _across(box, share)
            tall = max(lines(name, across, size) for name in names) * size * 1.2
            if max(tall, thick) <= room:
                return size, share
    return None


def _across(box: Box, share: float) -> float:
    """Return the width of labels in pixels."""
    return (box[2] / _EMU_PER_POINT * share - 12) * PIXELS_PER_POINT


def add_chart(slide: Slide, box: Box, chart: Chart, language: str, banner: str) -> None:
    """Draw a chart on a slide.

    Parameters
    ----------
    slide : Slide
        Where.
    box : tuple of int
        Left, top, width and height in EMU.
    chart : Chart
        What is shown.
    language : str
        ``kk`` or ``ru``.
    banner : str
        What must stand in the picture too; may be empty.
    """
    names = [say(category, language) for category in chart.categories]
    size, share = _measure(names, chart, box) or (_SIZES[-1], _LABEL_SHARES[-1])
    # Programs differ in where they break labels, and some squeeze a chart rather than break one.
    across = _across(box, share)
    names = ["\n".join(wrapped(name, across, size)) for name in names]
    drawing = _Drawing(slide, chart, language, banner, names, (size, share))
    if chart.kind == "panels":
        drawing.panels(box)
    elif chart.kind in ("diverging", "stacked"):
        drawing.stacked(box)
    else:
        drawing.bars(box)


class _Drawing:
    """A chart on its way onto a slide."""

    def __init__(
        self,
        slide: Slide,
        chart: Chart,
        language: str,
        banner: str,
        names: Sequence[str],
        measured: tuple[float, float],
    ) -> None:
        self.slide, self.chart, self.language, self.banner = slide, chart, language, banner
        self.names = names
        self.size, self.share = measured
        values = [value for one in chart.series for value in one.values if value is not None]
        self.most = max(values, default=0.0)

    def bars(self, box: Box) -> None:
        colours = of_series(self.chart.series) if len(self.chart.series) > 1 else [BAR]
        columns = [
            Column(say(one.label, self.language) or "%", one.values, colour)
            for one, colour in zip(self.chart.series, colours, strict=True)
        ]
        drawn = self.frame(box, columns, XL_CHART_TYPE.BAR_CLUSTERED)
        self.label_ends(drawn)
        drawn.plots[0].gap_width = self.gap(box, len(columns))
        drawn.plots[0].overlap = 0
        self.grey(drawn)
        top = self.legend(drawn, columns, box) if len(columns) > 1 else 0.0
        self.place(drawn, self.share, 0.97 - self.share, top=top)

    def panels(self, box: Box) -> None:
        """Draw a frame a panel beside each other; the labels stand left of the first."""
        left, top, across, height = box
        labels = int(across * self.share)
        each = (across - labels) // len(self.chart.series)
        for at, one in enumerate(self.chart.series):
            name = say(one.label, self.language)
            first = at == 0
            place = (
                left if first else left + labels + at * each,
                top,
                labels + each if first else each,
                height,
            )
            drawn = self.frame(place, [Column(name, one.values, BAR)], XL_CHART_TYPE.BAR_CLUSTERED)
            self.label_ends(drawn)
            drawn.plots[0].gap_width = self.gap(place, 1)
            self.grey(drawn)
            # A title is broken here, before its base: programs break it where the frame ends.
            room = each / _EMU_PER_POINT * PIXELS_PER_POINT * _TITLE_SHARE
            name = "\n".join(wrapped(name.replace("\u00a0", " "), room, self.size, bold=True))
            self.title(drawn, name, at)
            before = labels / (labels + each) if first else 0.02
            _move_title(drawn, before)
            self.place(drawn, before, 0.98 - before, top=0.14)
            if not first:
                axis = drawn.category_axis
                axis.tick_labels.font.size = Pt(1)
                axis._element.find(qn("c:tickLblPos")).set("val", "none")

    def stacked(self, box: Box) -> None:
        colours = of_series(self.chart.series)
        columns = [
            Column(say(one.label, self.language), one.values, colour, one.side)
            for one, colour in zip(self.chart.series, colours, strict=True)
        ]
        columns = spaced(columns)
        drawn = self.frame(box, columns, XL_CHART_TYPE.BAR_STACKED)
        drawn.plots[0].gap_width = self.gap(box, 1)
        drawn.plots[0].overlap = 100
        for series, column in zip(drawn.plots[0].series, columns, strict=True):
            if column.colour:
                labels = series.data_labels
                labels.show_value = True
                labels.number_format = f'[<{_LEAST_LABELLED - 0.5}]"";0'
                labels.number_format_is_linked = False
                labels.position = XL_LABEL_POSITION.CENTER
                labels.font.size = Pt(self.size)
                labels.font.color.rgb = _rgb(upon(column.colour))
        ends = [
            sum(column.values[row] or 0 for column in columns) for row in range(len(self.names))
        ]
        drawn.value_axis.maximum_scale = max(ends) or 1.0
        top = self.legend(drawn, columns, box)
        self.place(drawn, self.share, 0.98 - self.share, top=top)

    def frame(self, box: Box, columns: Sequence[Column], kind: XL_CHART_TYPE) -> Any:
        """Put a chart of bars on the slide, without ornaments, with its own workbook."""
        data = CategoryChartData(number_format=self.format)
        data.categories = self.names
        for column in columns:
            data.add_series(column.name, column.values)
        frame = self.slide.shapes.add_chart(kind, *map(Emu, box), data)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", alt_text(self.chart, self.language))
        drawn = frame.chart
        drawn.part.chart_workbook.update_from_xlsx_blob(
            workbook(self.names, columns, self.language)
        )
        sheet = sheet_name(self.language)
        for reference in drawn._chartSpace.iter(qn("c:f")):
            reference.text = reference.text.replace("Sheet1", sheet)
        _square_corners(drawn)
        drawn.font.size = Pt(self.size)
        drawn.font.color.rgb = _rgb(TEXT)
        drawn.has_title = drawn.has_legend = False
        if self.banner and self.chart.kind != "panels":
            self.title(drawn, "", 0)
        for series, column in zip(drawn.plots[0].series, columns, strict=True):
            fill = series.format.fill
            if column.colour:
                fill.solid()
                fill.fore_color.rgb = _rgb(column.colour)
            else:
                fill.background()
            series.invert_if_negative = False
        self.axes(drawn)
        return drawn

    def gap(self, box: Box, bars: int) -> int:
        """Return the gap between categories, in per cent of a bar, so that few bars stay slim."""
        room = box[3] / _EMU_PER_POINT * 0.85 / len(self.names)
        return min(max(round((room / _THICKEST - bars) * 100), _LEAST_GAP), 500)

    def axes(self, drawn: Any) -> None:
        down = drawn.category_axis
        down.reverse_order = True
        down.major_tick_mark = down.minor_tick_mark = XL_TICK_MARK.NONE
        down.tick_labels.font.size = Pt(self.size)
        # Every label is shown; programs leave some out where they find it tight.
        last = down._element.find(qn("c:noMultiLvlLbl"))
        last.addprevious(parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>'))
        down.format.line.color.rgb = _rgb(LINE)
        down.format.line.dash_style = MSO_LINE.SOLID
        across = drawn.value_axis
        across.visible = False
        across.has_major_gridlines = False
        across.minimum_scale = 0
        across.maximum_scale = max(self.most, 1.0) * _BEYOND

    def label_ends(self, drawn: Any) -> None:
        labels = drawn.plots[0]
        labels.has_data_labels = True
        labels = labels.data_labels
        labels.show_value = True
        labels.number_format, labels.number_format_is_linked = self.format, False
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        labels.font.size = Pt(self.size)
        if self.chart.kind == "panels":
            drawn.value_axis.maximum_scale = max(self.most, 1.0) * _BEYOND_IN_PANELS

    @property
    def format(self) -> str:
        """Format of the values: a space that does not break before the sign."""
        decimals = "." + "0" * self.chart.decimals if self.chart.decimals else ""
        return f"0{decimals}" + ('"\u00a0%"' if self.chart.unit == "percent" else "")

    def grey(self, drawn: Any) -> None:
        """Draw what has no opinion in grey."""
        if len(self.chart.series) > 1 and self.chart.kind != "panels":
            return
        for at in sorted(self.chart.aside):
            point = drawn.plots[0].series[0].points[at]
            point.format.fill.solid()
            point.format.fill.fore_color.rgb = _rgb(ASIDE)

    def legend(self, drawn: Any, columns: Sequence[Column], box: Box) -> float:
        """Show a legend above the bars; return the share of the height that it needs."""
        size = min(self.size, 11)
        drawn.has_legend = True
        drawn.legend.position = XL_LEGEND_POSITION.TOP
        drawn.legend.include_in_layout = False
        drawn.legend.font.size = Pt(size)
        across = box[2] / _EMU_PER_POINT * PIXELS_PER_POINT * 0.9
        widest = max(width(column.name, size) for column in columns) + 2 * size
        rows = -(-len(columns) // max(int(across // widest), 1))
        return (rows * size * 1.4 + 20) * _EMU_PER_POINT / box[3]

    def title(self, drawn: Any, name: str, at: int) -> None:
        """Set the title of a frame: a panel's name, and the banner in the first."""
        frame = drawn.chart_title.text_frame
        texts = [(name, TEXT), (self.banner if at == 0 else "", WARNING)]
        texts = [pair for pair in texts if pair[0]]
        for place, (text, colour) in enumerate(texts):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = text
            run.font.size, run.font.bold = Pt(self.size), True
            run.font.color.rgb = _rgb(colour)
        drawn.chart_title.include_in_layout = False

    def place(self, drawn: Any, left: float, across: float, *, top: float) -> None:
        """Set the bars themselves into a frame, by shares of it, so that labels have their room."""
        if self.banner and self.chart.kind != "panels":
            top += 0.08
        area = drawn._chartSpace.chart.plotArea
        for old in area.findall(qn("c:layout")):
            area.remove(old)
        edges = (("x", left), ("y", top), ("w", across), ("h", 0.99 - top))
        xml = (
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
            '<c:xMode val="edge"/><c:yMode val="edge"/>'
            + "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in edges)
            + "</c:manualLayout></c:layout>"
        )
        area.insert(0, parse_xml(xml))


def _move_title(drawn: Any, left: float) -> None:
    """Set a title above the bars, not above their labels."""
    title = drawn._chartSpace.chart.find(qn("c:title"))
    for old in title.findall(qn("c:layout")):
        title.remove(old)
    xml = (
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{left:.4f}"/><c:y val="0.02"/></c:manualLayout></c:layout>'
    )
    title.find(qn("c:tx")).addnext(parse_xml(xml))


def _square_corners(drawn: Any) -> None:
    """Round no corners, which PowerPoint does where nothing is said."""
    space = drawn._chartSpace
    for old in space.findall(qn("c:roundedCorners")):
        space.remove(old)
    dated = space.find(qn("c:date1904"))
    rounded = parse_xml(f'<c:roundedCorners {nsdecls("c")} val="0"/>')
    if dated is not None:
        dated.addnext(rounded)
    else:
        space.insert(0, rounded)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#"))
