"""The plain engine against independent algebra, and what it does with diaries that are none."""

import numpy as np
import pytest
from scipy.linalg import cho_factor, cho_solve

from kithwork.cycle import (
    GENERIC,
    POPULATION_REAL,
    DiaryRefused,
    chance,
    fit_cycles,
    forecast,
    learn_prior,
    moments,
    plain,
    refresh,
)
from kithwork.cycle.plan import Sums, believe, first_state, plan_sweeps
from kithwork.cycle.ready import make_ready
from kithwork.cycle.unsure import block_variances, doubt

BLOCKS = ((0, 3), (1, 2, 4))


def diaries(n, days, seed=0, missing=0.35, p=5):
    """People whose items hold on to .3 of themselves from day to day, with cells missing at random."""
    rng = np.random.default_rng(seed)
    z = np.zeros((n, days, p))
    for day in range(1, days):
        z[:, day] = 0.3 * z[:, day - 1] + rng.normal(size=(n, p))
    y = 5 + 1.7 * z
    y[rng.random((n, days, p)) < missing] = np.nan
    return y


def test_random_numbers_are_the_published_ones():
    zero = np.zeros(1, dtype=np.uint32)
    a, b = chance.threefry((0, 0), zero, zero)

    # threefry2x32 with 13 rounds, key and counter zero, in Random123's table of known answers.
    assert (hex(a[0]), hex(b[0])) == ("0x9d1c5ec6", "0x8bd50731")


def test_normals_are_normal():
    z = chance.normals((1, 2), np.arange(500), 100).ravel()

    assert abs(z.mean()) < 0.01
    assert abs(z.std() - 1) < 0.01
    assert abs((z**4).mean() - 3) < 0.1


def test_every_radius_and_every_angle_together_are_normal():
    radii = [*chance.box_muller(np.arange(2**18, dtype=np.uint32) << np.uint32(14))]
    angles = [*chance.box_muller(np.arange(2**14, dtype=np.uint32))]

    square = radii[0] ** 2 + radii[1] ** 2
    np.testing.assert_allclose([square.mean(), (square**2).mean()], [2.0, 8.0], rtol=1e-4)
    turns = np.unique(np.round(np.arctan2(*angles) * 2**14 / (2 * np.pi) - 0.5, 1))
    assert np.array_equal(turns, np.arange(-(2**13), 2**13))


def test_days_are_drawn_around_what_dense_algebra_finds():
    ready = make_ready(diaries(1, 20), np.zeros((1, 20, 0)), 0)
    person = plain.Person.of(ready, 0)
    days, p = person.o.shape
    rng = np.random.default_rng(3)
    rows, q = rng.normal(0, 0.2, (p, p)), 0.4 + 0.6 * np.eye(p)

    drawn = plain.draw_days(person, rows, np.linalg.inv(q), np.zeros((days, p)), 0.1, np.zeros((days, p)))

    carry = np.eye(days * p)
    shocks = np.zeros((days * p, days * p))
    for day in range(days):
        at = slice(day * p, (day + 1) * p)
        shocks[at, at] = q / person.h[day] if person.h[day] else q
        if day and person.s[day]:
            carry[at, (day - 1) * p : day * p] = -rows
    back = np.linalg.inv(carry)
    prior = back @ shocks @ back.T
    seen = person.m.ravel() > 0
    within = cho_factor(prior[np.ix_(seen, seen)] + 0.1 * np.eye(seen.sum()))
    exact = prior[:, seen] @ cho_solve(within, person.o.ravel()[seen])
    np.testing.assert_allclose(drawn.ravel(), exact, atol=1e-9)


def test_rows_given_the_days_are_the_closed_form():
    ready = make_ready(diaries(1, 80, missing=0.0), np.zeros((1, 80, 0)), 0)
    belief = believe(GENERIC, BLOCKS, 0)
    true, since = ready.o[0, 1:], ready.o[0, :-1]
    across, precision = since.T @ since, np.linalg.inv(0.3 + 0.5 * np.eye(5))
    rng = np.random.default_rng(0)
    rows, sums = belief.mean.copy(), Sums.empty(1, 5, 5, 2, 5)

    for _ in range(400):
        along = since.T @ (true - since @ rows.T)
        plain._draw_rows(rows, precision, across, along, belief, rng.normal(size=(5, 5)), sums, 0)

    weight = np.kron(precision, across) + np.diag(belief.precision.ravel())
    right = (precision @ true.T @ since).ravel() + (belief.precision * belief.mean).ravel()
    exact = np.linalg.solve(weight, right).reshape(5, 5)
    away = sums.a1[0] / 400
    variance = sums.av[0] / 400 + sums.a2[0] / 400 - away**2
    np.testing.assert_allclose(belief.mean + away, exact, atol=0.012)
    np.testing.assert_allclose(variance, np.diag(np.linalg.inv(weight)).reshape(5, 5), rtol=0.12)


def test_the_chance_of_a_step_is_that_of_dense_normals():
    rng = np.random.default_rng(5)
    main, beside, right = rng.uniform(2, 4, 6), rng.normal(0, 0.3, 5), rng.normal(0, 2, 6)
    weight = np.diag(main) + np.diag(beside, 1) + np.diag(beside, -1)
    belief = believe(GENERIC, BLOCKS, 0)

    _, _, found = plain.draw_level(weight, right, belief, 0.5, np.zeros(6))

    exact = []
    for step in belief.steps:
        apart = np.diff(np.eye(6), axis=0)
        prior = apart.T @ apart / step
        prior[0, 0] += 1
        both = prior + weight
        exact.append(
            0.5
            * (
                np.linalg.slogdet(prior)[1]
                - np.linalg.slogdet(both)[1]
                + right @ np.linalg.solve(both, right)
            )
        )
    chances = np.exp(np.array(exact) + belief.step_logs)
    np.testing.assert_allclose(found, chances / chances.sum(), rtol=1e-9)


def test_a_person_is_the_same_in_any_company_and_at_any_time():
    y, empty = diaries(9, 40), np.full((9, 5, 5), np.nan)

    together = fit_cycles(np.concatenate([empty, y, empty], axis=1)[::-1], draws=6, burn=4, engine="plain")

    for person, place in enumerate(reversed(range(9))):
        alone = fit_cycles(y[person : person + 1], draws=6, burn=4, engine="plain")
        unlike = [
            name
            for name in ("a_mean", "a_sd", "p_pos", "rho", "block", "q", "gain_vs_level", "moved")
            if getattr(alone, name)[0].tobytes() != getattr(together, name)[place].tobytes()
        ]
        assert (person, unlike) == (person, [])
    other = fit_cycles(y, seed=1, draws=6, burn=4, engine="plain")
    assert not np.array_equal(together.a_mean[::-1], other.a_mean)


def test_diaries_with_nothing_in_them_are_said_to_be_so():
    y = diaries(5, 90)
    y[0] = np.nan
    y[1, 10:] = np.nan
    y[2, :, 3] = 4.0
    y[3] *= 1e9
    y[4] += np.linspace(0, 12, 90)[:, None]

    fit = fit_cycles(y, draws=20, burn=15, engine="plain")

    assert [str(status) for status in fit.status] == [
        "too_few_days",
        "too_few_days",
        "no_variation",
        "ok",
        "drifting",
    ]
    assert np.array_equal(fit.a_mean[0], GENERIC.a_mean)
    assert fit.rho[:2].max() == 0
    assert np.isfinite(fit.a_mean).all()
    assert np.isfinite(fit.a_sd).all()


@pytest.mark.parametrize("days", [1, 2, 3])
def test_a_diary_of_a_few_days_gives_the_prior(days):
    fit = fit_cycles(diaries(1, days), draws=3, burn=1, engine="plain")

    assert (list(fit.status), fit.rho.max()) == (["too_few_days"], 0.0)


@pytest.mark.parametrize(
    ("y", "blocks"),
    [
        (np.zeros((3, 4)), BLOCKS),
        (np.zeros((1, 4, 9)), BLOCKS),
        (np.full((1, 4, 5), np.inf), BLOCKS),
        ([[["a", "b"]]], BLOCKS),
        (np.zeros((1, 4, 5)), ((0, 7), (1,))),
        (np.zeros((1, 4, 5)), ((0,), (0, 1))),
    ],
    ids=["two axes", "nine items", "infinite", "words", "no such column", "a column twice"],
)
def test_what_is_no_diary_is_refused_with_a_next_step(y, blocks):
    with pytest.raises(DiaryRefused) as refused:
        fit_cycles(y, blocks=blocks)

    assert refused.value.sentence.endswith(".")
    assert refused.value.next_step.endswith(".")


def test_a_prior_of_five_items_does_not_guess_at_three():
    with pytest.raises(DiaryRefused):
        fit_cycles(diaries(1, 20, p=3), prior=POPULATION_REAL, blocks=((0,), (1,)))
    few = fit_cycles(
        diaries(1, 20, p=3),
        prior=POPULATION_REAL.only([0, 1, 2]),
        blocks=((0,), (1, 2)),
        draws=3,
        burn=1,
        engine="plain",
    )

    assert few.a_mean.shape == (1, 3, 3)


def test_covariates_are_found_in_their_own_units():
    y = diaries(1, 200, missing=0.1)
    event = (np.random.default_rng(1).random((1, 200, 1)) < 0.3).astype(float)
    y[:, :, 1] += 2 * event[:, :, 0]

    fit = fit_cycles(y, event, draws=20, burn=10, engine="plain")

    assert abs(fit.g_mean[0, 1, 0] - 2) < 3 * fit.g_sd[0, 1, 0]
    assert fit.g_mean[0, 1, 0] > 1


def test_new_days_are_taken_in_from_where_the_fit_stands():
    y = diaries(2, 70)
    old = fit_cycles(y[:, :69], engine="plain")

    new = refresh(old, y[:, 69:], engine="plain")

    anew = fit_cycles(y, engine="plain")
    assert np.array_equal(new.days_seen, anew.days_seen)
    assert np.abs(new.a_mean - anew.a_mean).mean() < 0.3 * anew.a_sd.mean()
    mean, sd = forecast(new, 2)
    assert mean.shape == sd.shape == (2, 2, 5)
    assert (sd > 0).all()


def test_sums_over_people_do_not_mind_how_they_are_cut():
    fit = fit_cycles(diaries(24, 30, missing=0.1), draws=4, burn=2, engine="plain")
    halves = [moments(fit_cycles(part, draws=4, burn=2, engine="plain")) for part in np.split(fit.y, 2)]

    whole, cut = learn_prior([moments(fit)]), learn_prior(halves[::-1])

    np.testing.assert_allclose(whole.a_mean, cut.a_mean, atol=1e-12)
    np.testing.assert_allclose(whole.spread, cut.spread, atol=1e-12)
    assert whole.people == 24
    assert (whole.spread > whole.a_sd).all()
    with pytest.raises(DiaryRefused):
        learn_prior([])


def test_sweeps_share_out_the_noise_that_answers_may_have():
    sweeps = plan_sweeps(GENERIC, burn=2, draws=20)

    assert sorted(set(sweeps.noise)) == sorted(GENERIC.noise[:, 0])
    assert first_state(2, believe(GENERIC, BLOCKS, 0), np.zeros((2, 3, 5))).rows.shape == (2, 5, 5)


def strong_loop(days, seed):
    """One person with arrows of .3 to .5 along the loop, as far as that holds still; a third of the days missing."""
    rng = np.random.default_rng(seed)
    arrows = 0.15 * np.eye(5)
    for to, since in ((1, 0), (2, 1), (3, 2), (0, 3), (0, 2), (2, 4)):
        arrows[to, since] = rng.uniform(0.3, 0.5)
    z = np.zeros((days, 5))
    for day in range(1, days):
        z[day] = arrows @ z[day - 1] + rng.normal(size=5)
    z[rng.random(days) < 0.35] = np.nan
    return 5 + z


def test_like_diaries_have_like_reliability_and_a_strong_loop_in_a_long_diary_a_high_one():
    alike = np.array(
        [strong_loop(150, 0) + 0.001 * other for other in range(4)]
    )  # others: other random numbers

    block = fit_cycles(alike, draws=20, burn=15, engine="plain").block

    # A chain of 4,000 draws says .66 and .53. By what twenty draws alone say, twelve such diaries had .44 to .87 and
    # .06 to .77.
    np.testing.assert_allclose(block["rho"], np.tile([0.66, 0.53], (4, 1)), atol=0.1)
    assert (block["p_pos"][:, 0] > 0.95).all()


def test_with_many_draws_the_variance_of_a_block_is_that_of_the_draws():
    draws, belief = 20_000, believe(GENERIC, BLOCKS, 0)
    drawn = np.random.default_rng(6).normal(size=(draws, 5)) @ (np.eye(5) + 0.3).T / 20
    sums = Sums.empty(1, 5, 5, 2, 5)
    sums.av[:], sums.a2[:] = draws * 0.003, draws * 0.003
    sums.f1[:], sums.ff[:] = drawn.sum(axis=0), drawn.T @ drawn
    sums.fv[:], sums.fs[:] = draws * 0.002, draws * 0.002

    found = doubt(sums, belief, draws, np.eye(5)[None])

    np.testing.assert_allclose(found.parts, 0.004, rtol=0.02)
    np.testing.assert_allclose(found.company[0], np.corrcoef(drawn.T), atol=0.02)
    whole = block_variances(found, BLOCKS)
    together = 0.004 * found.company[0]
    np.testing.assert_allclose(
        whole[0], [together[np.ix_(to, to)].sum() / 36 for to in ([1, 2, 4], [0, 3])], rtol=0.02
    )
