"""What a simulation assumes: every number that its interviews are drawn from.

In: nothing; this is data. Out: `Assumptions`, stored whole with what was made by them. They are
chosen to be plausible and are evidence of nothing: no survey was used.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The parameters of a simulation.

    The answers come from latent normal variables of variance 1. Its parts are shares of that
    variance; what is left is the respondent's own, independent from question to question. The share
    of a group is the intra-class correlation between two respondents who share only this group.

    Attributes
    ----------
    territory, point, interviewer : float
        Shares of territories, points and interviewers.
    general, battery : float
        Shares of a respondent's general mood (in all questions with scores) and of a trait that
        the items of one battery have in common.
    annexed, remote, microdistrict : float
        How far newly annexed, remote and new territories lie below the others, in standard
        deviations between territories; where all three are 0, territories differ by chance alone.
    uneven : float
        By how much the chance differences of these territories exceed those of others, as a ratio.
    refusals, screened_out : float
        Shares of contacts who refuse; and, for each screening question, whom it turns away.
    elsewhere : float
        Share of respondents who live in another territory than that of the point.
    kazakh : float
        Share of interviews that begin in Kazakh; in remote and newly annexed territories the share
        of Russian is half as large.
    switching : float
        Share of interviews that change the language on the way.
    dont_know : float
        Share of "don't know" and refusals in a question that is not sensitive; sensitive topics
        have their own.
    reticence : float
        Share of the latent variance of "don't know" that is the respondent's.
    open_answers : float
        Share of respondents who answer an open question that they may pass over.
    per_point, per_interviewer : int
        Interviews at a point and by an interviewer, about.
    bad_per_interviewers : int
        One in so many interviewers works badly, in turn in each of the four ways.
    """

    territory: float = 0.05
    point: float = 0.04
    interviewer: float = 0.03
    general: float = 0.08
    battery: float = 0.2
    annexed: float = 1.2
    remote: float = 1.0
    microdistrict: float = 0.6
    uneven: float = 1.3
    refusals: float = 0.18
    screened_out: float = 0.03
    elsewhere: float = 0.08
    kazakh: float = 0.62
    switching: float = 0.05
    dont_know: float = 0.035
    reticence: float = 0.3
    open_answers: float = 0.55
    per_point: int = 15
    per_interviewer: int = 125
    bad_per_interviewers: int = 5
