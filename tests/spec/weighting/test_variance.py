"""Weights that were brought to totals make estimates that go with those totals more certain, and a
variance from the weights alone does not see it. After calibration the influence `w·u` of a row is
replaced by its residual from the calibration's variables x [Deville and Särndal 1992]:

    w·u − v·x'(X'MX)⁻¹ X'M(w·u/v)

v the calibrated weights, M the weights before (after raking 1, as R has it). Several calibrations
count in the order in which they were made. A revision of a wave keeps with its weights what they
were brought to, so that every table has this variance. Trimming afterwards changes w, and leaves
what was calibrated as it was.
"""

from tyndau.estimation import make_design, mean
from tyndau.weighting import make_margin, post_stratify, rake

from ..text_tables import gives, places, rows

TITLE = {
    "en": "The variance of weighted estimates",
    "ru": "Дисперсия после калибровки",
    "kk": "Калибрлеуден кейінгі дисперсия",
}

PEOPLE = rows("""
    point | sex    | age   | weight | minutes
    1     | female | young |     50 |      20
    1     | male   | young |     50 |      45
    1     | female | old   |     50 |      10
    2     | male   | old   |     60 |      30
    2     | male   | young |     60 |      50
    2     | female | young |     60 |      25
    3     | female | old   |     40 |      15
    3     | male   | old   |     40 |      40
    3     | female | young |     40 |      15
    4     | female | old   |     50 |      20
    4     | male   | young |     50 |      60
    4     | male   | old   |     50 |      35
""")


def test_three_errors_of_one_mean(said) -> None:
    """Minutes go with sex

    Women and men travel differently. Post-stratified by sex the mean has a third of the error that
    the same weights would say, if they were taken as given.

    R::

        design <- svydesign(~point, weights = ~weight, data = data)
        sexes <- data.frame(sex = c("female", "male"), Freq = c(330, 270))
        ages <- data.frame(age = c("young", "old"), Freq = c(320, 280))
        post <- postStratify(design, ~sex, sexes)
        raked <- rake(design, list(~sex, ~age), list(sexes, ages),
                      control = list(maxit = 1000, epsilon = 1e-12))
        naive <- svydesign(~point, weights = weights(post), data = data)
        all <- lapply(list(design, naive, post, raked), function(d) svymean(~minutes, d))
        said <- list(mean = sapply(all, coef), se = sapply(all, SE))
    """
    sex = make_margin("sex", places(PEOPLE["sex"], "female", "male"), [330, 270])
    age = make_margin("age", places(PEOPLE["age"], "young", "old"), [320, 280])
    design = make_design(12, weights=PEOPLE["weight"], clusters=PEOPLE["point"])
    post = post_stratify(PEOPLE["weight"], sex)
    raked = rake(PEOPLE["weight"], [sex, age])
    designs = [
        design,
        make_design(12, weights=post.weights, clusters=PEOPLE["point"]),
        design.calibrated(post.calibration),
        design.calibrated(raked.calibration),
    ]
    found = [mean(one, PEOPLE["minutes"]) for one in designs]
    gives(
        """
        weights                         |    mean |     se
        before                          | 31.0000 | 3.5407
        post-stratified, taken as given | 29.3137 | 3.6250
        post-stratified                 | 29.3137 | 1.3204
        raked to sex and age            | 29.4940 | 1.8658
        """,
        mean=[one.values[0] for one in found],
        se=[one.se[0] for one in found],
        r=said(data=PEOPLE),
    )
