"""Answers that others have published or that a library gives by another way."""

import numpy as np
import pytest
from scipy.stats import beta, binomtest, bootstrap, gmean, rankdata, sobol_indices, uniform
from sklearn.metrics import cohen_kappa_score
from sklearn.preprocessing import minmax_scale

from pipelines.indicators import index_draws
from pipelines.indicators.scaling import kaplan_meier
from pipelines.indicators.values import bootstrap_median, ratio_interval, wilson_limits
from pipelines.reading.evaluation.agreement import alpha, kappa


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611),
     (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_wilson_gives_newcombes_limits(hits, n, low, high):
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
    found = [float(limit) for limit in wilson_limits(hits, n)]
    assert found == pytest.approx([low, high], abs=5e-5)


def test_wilson_equals_scipy_for_every_small_table():
    for n in range(1, 31):
        for hits in range(n + 1):
            scipys = binomtest(hits, n).proportion_ci(method="wilson")
            found = [float(limit) for limit in wilson_limits(hits, n)]
            assert found == pytest.approx([scipys.low, scipys.high], abs=1e-12)


def test_the_exact_bootstrap_median_is_what_scipy_draws():
    values = np.random.default_rng(3).lognormal(size=41)
    drawn = bootstrap(
        (values,), np.median, n_resamples=4000, method="percentile",
        rng=np.random.default_rng(5),
    ).confidence_interval  # fmt: skip
    found = bootstrap_median(values)
    ordered = np.sort(values)
    ranks = [np.searchsorted(ordered, each) for each in (*found[1:], drawn.low, drawn.high)]
    assert abs(ranks[0] - ranks[2]) <= 1
    assert abs(ranks[1] - ranks[3]) <= 1


def test_the_ratio_covers_the_truth_as_often_as_it_says():
    random = np.random.default_rng(11)
    pages = random.uniform(5, 60, (600, 80))
    found = random.poisson(0.2 * pages).astype(float)
    groups = np.repeat(np.arange(600), 80)
    _, low, high = ratio_interval(groups, 600, found.ravel(), pages.ravel())
    assert 0.92 <= np.mean((low <= 0.2) & (high >= 0.2)) <= 0.98


def test_kaplan_meier_gives_the_published_remission_times():
    # Freireich et al. (1963), Blood 21, 699-716: 6-MP arm, as in Kleinbaum and Klein, Survival
    # Analysis, 3rd ed., table 2.1; median 23 weeks.
    relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    running = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    curve = kaplan_meier(relapsed + running, [True] * 9 + [False] * 12)
    assert curve.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.left == pytest.approx(
        [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5
    )
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve.median()[0] == 23
    # Those still in remission after 10 weeks: the curve has to fall from 0.7529 to half of that.
    assert np.isnan(curve.left_after(10))


def test_nobody_there_yet_gives_no_curve_and_no_median():
    curve = kaplan_meier([3, 4, 5], [False, False, False])
    assert curve.times.size == 0
    assert np.isnan(curve.median()).all()


def test_kappa_and_alpha_give_published_values():
    # Cohen's kappa of the table 20, 5, 10, 15: 0.4 (Fleiss, Levin and Paik 2003, chapter 18).
    one = np.repeat([1, 1, 0, 0], [20, 5, 10, 15])
    other = np.repeat([1, 0, 1, 0], [20, 5, 10, 15])
    assert kappa(one, other) == pytest.approx(0.4)
    assert kappa(one, other) == pytest.approx(cohen_kappa_score(one, other))
    # Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section A: two observers,
    # binary data, alpha = 0.095.
    observer_a = np.array([0, 1, 0, 0, 0, 0, 0, 0, 1, 0])
    observer_b = np.array([1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
    assert alpha(observer_a, observer_b) == pytest.approx(0.095, abs=5e-4)


def test_first_place_is_won_as_often_as_the_dirichlet_says():
    # A wins where its weight on the first component is above 0.4: then 100 w > 40. With one
    # scale and the arithmetic mean the chance is a tail of the beta distribution of that weight.
    weights = np.array([0.5, 0.5])
    random = np.random.default_rng(index_draws.SEED)
    drawn = random.dirichlet(index_draws.CONCENTRATION * weights, 20_000)
    values = np.array([[100.0, 0.0], [40.0, 40.0]])
    ranks = index_draws.ranked(index_draws.aggregated(values, drawn)[0])
    share = float(np.mean(ranks[:, 0] == 1))
    truth = beta.sf(0.4, *(index_draws.CONCENTRATION * weights))
    assert share == pytest.approx(truth, abs=0.01)


def test_rank_intervals_are_the_quantiles_of_the_draws():
    components = np.random.default_rng(1).uniform(0, 100, (12, 4))
    drawn = index_draws.draw(components, np.full(4, 0.25))
    for unit in range(12):
        held = (drawn.ranks[:, unit] >= drawn.low[unit]) & (
            drawn.ranks[:, unit] <= drawn.high[unit]
        )
        assert held.mean() >= 0.95
    assert np.array_equal(index_draws.draw(components, np.full(4, 0.25)).ranks, drawn.ranks)


def test_sensitivity_equals_sobol_indices_of_scipy():
    components = np.random.default_rng(7).uniform(0, 100, (8, 4))
    weights = np.full(4, 0.25)
    table = np.random.default_rng(index_draws.SEED).dirichlet(
        index_draws.CONCENTRATION * weights, 256
    )
    scaled = index_draws.normalised(components)
    ranks = np.stack([index_draws.ranked(index_draws.aggregated(each, table)) for each in scaled])

    def outcome(x):
        which, scale, mean = ((u * size).astype(int).clip(max=size - 1)
                              for u, size in zip(x, (256, 3, 2), strict=True))  # fmt: skip
        return ranks[scale, mean, which].T.astype(float)

    scipys = sobol_indices(
        func=outcome, n=4096, dists=[uniform(), uniform(), uniform()],
        rng=np.random.default_rng(2),
    )  # fmt: skip
    ours = index_draws.sensitivity(components, weights, draws=256)[:, :, :-1]
    moving = ~np.isnan(ours[0, 0])
    assert moving.sum() >= 5
    assert pytest.approx(scipys.first_order[moving], abs=0.06) == ours[0][:, moving].T
    assert pytest.approx(scipys.total_order[moving], abs=0.06) == ours[1][:, moving].T


def test_sobol_indices_of_ishigamis_function_are_the_published_ones():
    # Ishigami and Homma (1990) with a = 7, b = 0.1; Saltelli et al. (2008), Global Sensitivity
    # Analysis: The Primer, section 4.8: S = 0.3139, 0.4424, 0; S_T = 0.5576, 0.4424, 0.2437.
    # The midpoints of 64 equal intervals stand for each variable.
    points = np.pi * ((2 * np.arange(64) + 1) / 64 - 1)
    x, y, z = np.meshgrid(points, points, points, indexing="ij")
    outcome = np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)
    first, total = index_draws.sobol(outcome[..., None])
    assert first[:, 0] == pytest.approx([0.3139, 0.4424, 0.0], abs=1e-3)
    assert total[:, 0] == pytest.approx([0.5576, 0.4424, 0.2437], abs=1e-3)


def test_only_weights_matter_where_scales_and_means_agree():
    # Each is best in one component and worst in the other: every scale and mean ranks them by
    # the greater weight alone.
    first, total = index_draws.sensitivity(np.array([[100.0, 0.0], [0.0, 100.0]]), np.ones(2))
    assert first[:, :2] == pytest.approx(np.array([[1, 1], [0, 0], [0, 0]]))
    assert total[:, :2] == pytest.approx(np.array([[1, 1], [0, 0], [0, 0]]))


def test_rank_intervals_are_those_of_scipys_ranks_and_means():
    # The same draws one by one with library functions: scikit-learn's min-max scale, SciPy's
    # weighted geometric mean and ranks, and the order statistics that cut off 2.5 percent.
    components = np.random.default_rng(4).uniform(0, 100, (9, 4))
    random = np.random.default_rng(index_draws.SEED)
    weights = random.dirichlet(np.full(4, index_draws.CONCENTRATION / 4), index_draws.DRAWS)
    scale = random.integers(3, size=index_draws.DRAWS)
    mean = random.integers(2, size=index_draws.DRAWS)
    scales = (components, minmax_scale(components, (0, 100)),
              100 * (rankdata(components, axis=0) - 1) / 8)  # fmt: skip
    ranks = []
    for own, which, how in zip(weights, scale, mean, strict=True):
        scaled = scales[which]
        score = (
            gmean(scaled.clip(1), axis=1, weights=np.tile(own, (9, 1)))
            if how else np.average(scaled, axis=1, weights=own)
        )  # fmt: skip
        ranks.append(rankdata(-score.round(9), method="min"))
    ordered = np.sort(ranks, axis=0)
    drawn = index_draws.draw(components, np.full(4, 0.25))
    assert np.array_equal(drawn.low, ordered[24])
    assert np.array_equal(drawn.high, ordered[974])
