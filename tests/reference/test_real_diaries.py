"""What is read of the real diaries, and what the measurement says of itself. Their files are not needed here."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from benchmarks import cycle, diaries


def test_the_folder_that_is_named_wins_and_the_one_beside_the_project_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside, named = tmp_path / "beside", tmp_path / "named"
    monkeypatch.setattr(diaries, "BESIDE", beside)
    monkeypatch.delenv("KITHWORK_DIARIES", raising=False)
    assert diaries.folder() is None
    beside.mkdir()
    assert diaries.folder() == beside
    monkeypatch.setenv("KITHWORK_DIARIES", str(named))
    assert diaries.folder() is None
    named.mkdir()
    assert diaries.folder() == named


def test_no_diaries_are_told_loudly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KITHWORK_DIARIES", str(tmp_path / "none"))
    assert "not_measured" in cycle.forecast(cycle.options().parse_args([]))
    assert "forecast: NOT MEASURED." in capsys.readouterr().out


@pytest.mark.parametrize(("found", "said"), [("a path", "R is installed"), (None, "R is not installed")])
def test_peers_of_r_are_not_run_whether_it_is_here_or_not(
    monkeypatch: pytest.MonkeyPatch, found: str | None, said: str
) -> None:
    monkeypatch.setattr(cycle, "shutil", SimpleNamespace(which=lambda _: found))
    assert "nothing here runs them, with R or without" in cycle.not_measured()
    assert said in cycle.not_measured()


def test_everybody_with_enough_pairs_is_kept_though_an_item_never_varied() -> None:
    y = np.random.default_rng(1).normal(size=(4, 40, 3))
    y[1, :35, 2] = 4.0
    y[2, 12:] = np.nan
    y[3, ::2] = np.nan

    parts = diaries.split(y)

    assert (len(parts.whole), parts.eligible, parts.flat) == (2, 2, 1)
    assert np.isfinite(parts.whole).all()
    assert not parts.whole[1, :28, 2].any()
    usual = np.nanstd(y[0, :28, 2], ddof=1)
    np.testing.assert_allclose(parts.whole[1, 35:, 2], (y[1, 35:, 2] - 4.0) / usual)
    assert parts.tested.sum(axis=1).tolist() == [12, 12]


def test_of_open_play_the_items_that_are_scales_are_read(tmp_path: Path) -> None:
    (tmp_path / "fried2021_students.csv").write_text(
        "person,day,beep,future,anhedonia,alone,social_offline\n1,0,0,1,1,1,1\n"
    )
    (tmp_path / "kossakowski2017_n1.csv").write_text(
        "dayno,mood_down,mood_lonely,se_selfdoub,mood_irritat\n1,1,1,1,1\n"
    )
    (tmp_path / "openplay2025_daily.csv").write_text(
        "person,day,valence,relatedness_sat,relatedness_frus,argument\n1,0,70,5,2,0\n1,1,,5,2,\n"
    )
    *_, last = diaries.real_sets(tmp_path)
    assert (last.name, last.y.shape, last.blocks) == ("Open Play", (1, 2, 3), ((0,), (1, 2)))
    assert last.y[0, 0].tolist() == [70, 5, 2]
