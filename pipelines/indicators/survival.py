"""Time to an event when some have not got there yet: Kaplan–Meier, by SciPy.

Kaplan and Meier (1958), JASA 53, 457–481; limits on the log-log scale (Kalbfleisch and Prentice
1980), which keep within 0 and 1; the median's interval is where the limits cross one half
(Brookmeyer and Crowley 1982, Biometrics 38, 29–41).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import CensoredData, ecdf

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Survival:
    """The curve of those not yet there, a step at each event time.

    ``low`` and ``high`` are its 95 % limits (NaN where they do not exist), ``events`` and
    ``at_risk`` the numbers at each time, ``n`` all observed, ``reached`` those with the event,
    ``longest`` the longest time that anyone has been followed and ``followed`` how many were.
    """

    times: Floats
    left: Floats
    low: Floats
    high: Floats
    events: Floats
    at_risk: Floats
    n: int
    reached: int
    longest: float
    followed: int

    def median(self) -> tuple[float, float, float]:
        """Return the time by which half are there, with its interval; NaN where not reached."""
        return (
            _crossing(self.times, self.left, 0.5),
            _crossing(self.times, self.low, 0.5),
            _crossing(self.times, self.high, 0.5),
        )

    def left_after(self, elapsed: float) -> float:
        """Return the median time that is left for one that has waited ``elapsed`` already.

        NaN where the curve does not come down to half of those still waiting.
        """
        passed = self.times <= elapsed
        now = float(self.left[passed][-1]) if passed.any() else 1.0
        return _crossing(self.times, self.left, now / 2) - elapsed if now > 0 else np.nan


def kaplan_meier(durations: npt.ArrayLike, happened: npt.ArrayLike) -> Survival:
    """Estimate the curve from durations and whether the event had happened by then.

    Args:
        durations: time to the event, or to the last time known without it (right-censored).
        happened: true where the event came.

    Five tests: two scaled up after 2 and 4 years, three still running after 1, 3 and 5.

    >>> curve = kaplan_meier([2, 4, 1, 3, 5], [True, True, False, False, False])
    >>> curve.times.tolist(), curve.left.round(3).tolist(), curve.at_risk.tolist()
    ([2.0, 4.0], [0.75, 0.375], [4.0, 2.0])
    >>> curve.median()[0]
    4.0
    """
    time, event = np.asarray(durations, np.float64), np.asarray(happened, np.bool_)
    longest = float(time.max(initial=0.0))
    followed = int((time == longest).sum())
    if not event.any():
        none = np.zeros(0)
        return Survival(none, none, none, none, none, none, time.size, 0, longest, followed)
    curve = ecdf(CensoredData(uncensored=time[event], right=time[~event])).sf
    steps = np.isin(curve.quantiles, time[event])
    with warnings.catch_warnings():
        # Where all or none are left the log-log limits do not exist; they come out as NaN.
        warnings.simplefilter("ignore", RuntimeWarning)
        limits = curve.confidence_interval(method="log-log")
    at = curve.quantiles[steps]
    return Survival(
        times=at,
        left=curve.probabilities[steps],
        low=limits.low.probabilities[steps],
        high=limits.high.probabilities[steps],
        events=np.array([np.sum(event & (time == t)) for t in at], np.float64),
        at_risk=np.array([np.sum(time >= t) for t in at], np.float64),
        n=int(time.size),
        reached=int(event.sum()),
        longest=longest,
        followed=followed,
    )


def _crossing(times: Floats, curve: Floats, height: float) -> float:
    """The first time at which a falling curve is at or below a height; NaN where it never is."""
    below = np.flatnonzero(curve <= height + 1e-12)
    return float(times[below[0]]) if below.size else np.nan
