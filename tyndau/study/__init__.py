"""The study: its folder and workbook, loaded and checked against its forms.

`check_study` finds everything that is wrong, `load_study` gives the `Study` or raises all errors,
`require_folder` refuses what is no folder, `new_study` makes a study from the template, `derive`
computes derived variables over a wave's rows, `prepare` gives the rows that tables are made of.
"""

from tyndau.study.derive import derive
from tyndau.study.load import check_study, load_study, require_folder
from tyndau.study.model import Banner, Derived, DerivedCategory, Study, Territory
from tyndau.study.new import new_study
from tyndau.study.plan import Deliverable, Margin, Point, Quota, Rule, WeightingStep
from tyndau.study.prepare import prepare, sample_of
from tyndau.study.standards import Inference, SampleColumns, Thresholds
from tyndau.study.streets import Street

__all__ = [
    "Banner",
    "Deliverable",
    "Derived",
    "DerivedCategory",
    "Inference",
    "Margin",
    "Point",
    "Quota",
    "Rule",
    "SampleColumns",
    "Street",
    "Study",
    "Territory",
    "Thresholds",
    "WeightingStep",
    "check_study",
    "derive",
    "load_study",
    "new_study",
    "prepare",
    "require_folder",
    "sample_of",
]
