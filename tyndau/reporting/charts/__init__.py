"""Charts: which one shows a question, and how each is drawn.

In: tables, or a `Chart` of the report model. Out: a `Chart`, its picture as SVG or PNG, its words
for whoever does not see it. Vega-Lite draws; what is drawn where is decided here, from measured
texts, so that nothing is cut. Title, base and number are set by the writer as text, outside the
picture.
"""

from tyndau.reporting.charts.alternative import alt_text
from tyndau.reporting.charts.choose import choose_chart, compare_populations
from tyndau.reporting.charts.render import chart_png, chart_svg

__all__ = ["alt_text", "chart_png", "chart_svg", "choose_chart", "compare_populations"]
