"""The pages about testing and procurement in plain pandas."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.plain import (
    WHOLE,
    Frames,
    counted,
    has_any,
    in_places,
    now,
    summed,
)
from benchmarks.plain_texts import Tables, criteria, selecting
from pipelines.indicators.selection import Selection
from pipelines.model.codes import PHASES_ACTIVE

_PUBLIC = ["kommun", "region", "stat"]


def active(frames: Frames, selection: Selection) -> Tables:
    """2.1: running activities, all and by theme, phase and year."""
    rows, this_year = chosen_activities(frames, selection), now(frames).year
    running = rows[rows.is_running]
    started = rows[(rows.testing_phase != "ide") & rows.start_year.notna()]
    last = started.end_year.fillna(
        pd.Series(np.where(started.is_running, this_year, started.start_year), started.index)
    )
    years = [
        counted(started.assign(ran=(started.start_year <= y) & (last >= y),
                               began=started.start_year == y), column)
        for y in range(2015, this_year + 1) for column in ("ran", "began")
    ]  # fmt: skip
    return {
        "2.1": counted(rows, "is_running"),
        "2.1:tema": counted(running.explode("themes").assign(row=1), "row", ("themes",)),
        "2.1:fas": counted(rows.assign(row=1), "row", ("testing_phase",)),
        "2.1:ar": pd.concat(years),
        "2.1:karna": rows.groupby("core_id").is_running.agg(["sum", "count"]),
    }


def testing_activities(frames: Frames, selection: Selection) -> Tables:
    """2.1–2.5: what runs, how open it is, who cooperates, and from test to scaling up."""
    rows = chosen_activities(frames, selection)
    running = rows[rows.is_running]
    stated = running.assign(several=running.partner_types.map(lambda kinds: len(set(kinds)) > 1))
    by_core = running[["core_id", "themes"]].explode("themes")
    return {
        **active(frames, selection),
        "2.2": _answered(running, "contact_published"),
        "2.3:smf": _answered(running, "open_to_smes"),
        "2.3:partnerslag": counted(stated, "several"),
        "2.4": by_core.groupby("core_id").themes.agg(numerator="nunique"),
        **scaling(frames, rows),
        **_network(rows),
    }


def chosen_activities(frames: Frames, selection: Selection) -> pd.DataFrame:
    """Return the activities of a choice, with ``is_running``."""
    rows, this_year = in_places(frames["testing_activity"], selection), now(frames).year
    if selection.themes:
        rows = rows[has_any(rows.themes, selection.themes)]
    if selection.from_year is not None:
        rows = rows[rows.start_year.notna()
                    & (rows.end_year.fillna(this_year) >= selection.from_year)]  # fmt: skip
    if selection.to_year is not None:
        rows = rows[rows.start_year <= selection.to_year]
    return rows.assign(is_running=rows.testing_phase.isin(PHASES_ACTIVE))


def scaling(frames: Frames, rows: pd.DataFrame) -> Tables:
    """2.5: share scaled up, Kaplan–Meier by kind and theme, barriers."""
    started = rows[rows.testing_phase != "ide"]
    started = started.assign(
        has_scaled=(started.testing_phase == "uppskalning") | started.scaled_year.notna(),
        event=started.scaled_year.notna(),
        years=(started.scaled_year.fillna(now(frames).year) - started.start_year).clip(lower=0),
    )
    timed = started[started.start_year.notna() & (started.event | ~started.has_scaled)]
    curves = {WHOLE: _kaplan_meier(timed)}
    curves |= {kind: _kaplan_meier(own) for kind, own in timed.groupby("testing_kind")}
    curves |= {
        theme: _kaplan_meier(own) for theme, own in timed.explode("themes").groupby("themes")
    }
    named = rows.explode("barriers").dropna(subset="barriers").assign(row=1)
    return {
        "2.5": counted(started, "has_scaled"),
        "survival": pd.concat(curves),
        "2.5:hinder": counted(named, "row", ("barriers",)),
    }


def procurement(frames: Frames, selection: Selection) -> Tables:
    """3.1–3.5: criteria, innovation tools, small winners, new suppliers, public actors, pilots."""
    rows, tests = chosen_procurements(frames, selection), chosen_activities(frames, selection)
    first_buy = rows.groupby("buyer", as_index=False).procurement_year.min()
    first_win = rows.groupby(["buyer", "winner"], as_index=False).procurement_year.min()
    joined = rows.merge(first_buy, on="buyer", suffixes=("", "_buy")).merge(
        first_win, on=["buyer", "winner"], suffixes=("", "_win")
    )
    judged = joined[joined.procurement_year > joined.procurement_year_buy]
    new = judged.assign(new=judged.procurement_year_win == judged.procurement_year)
    pilots = tests[tests.testing_kind.isin(["pilot", "demonstration"])
                   & (tests.testing_phase != "ide")]  # fmt: skip
    return {
        **tools(frames, selection),
        "3.1": criteria(frames, selection),
        "3.3:smf": _answered(rows[rows.tool], "winner_sme"),
        "3.3:nya": counted(new, "new"),
        "3.4": _public_actors(frames, selection),
        "3.5": counted(pilots.assign(several=pilots.partners.str.len() > 0), "several"),
    }


def tools(frames: Frames, selection: Selection) -> Tables:
    """3.2: procurements with an innovation tool, by kind, their value and share of all."""
    rows = chosen_procurements(frames, selection)
    own = rows[rows.tool]
    return {
        "3.2": counted(rows, "tool"),
        "3.2:slag": counted(own, "tool", ("procurement_kind",)),
        "3.2:varde": summed(own, "value_sek"),
    }


def chosen_procurements(frames: Frames, selection: Selection) -> pd.DataFrame:
    """Return the procurements of a choice; ``tool`` marks those with an innovation tool."""
    rows = in_places(frames["procurement"], selection)
    if selection.themes:
        rows = rows[has_any(rows.themes, selection.themes)]
    if selection.from_year is not None:
        rows = rows[rows.procurement_year >= selection.from_year]
    if selection.to_year is not None:
        rows = rows[rows.procurement_year <= selection.to_year]
    return rows.assign(tool=rows.procurement_kind != "ordinary")


def _public_actors(frames: Frames, selection: Selection) -> pd.DataFrame:
    """3.4: different public actors with an act in twelve months."""
    year = now(frames).year
    bought = in_places(frames["procurement"], selection)
    bought = bought[(bought.procurement_kind != "ordinary") & bought.buyer_type.isin(_PUBLIC)
                    & bought.procurement_year.between(year - 1, year)]  # fmt: skip
    hosted = in_places(frames["testing_activity"], selection)
    running = hosted.testing_phase.isin(PHASES_ACTIVE) & (hosted.end_year.fillna(year) >= year - 1)
    hosted = hosted[hosted.host_type.isin(_PUBLIC)
                    & (running | (hosted.end_year >= year - 1))]  # fmt: skip
    allocated = selecting(frames, selection)
    decided = pd.to_datetime(allocated.decision_date)
    recent = (decided.dt.year >= year - 1) & (decided <= now(frames))
    allocated = allocated[allocated.selects & recent].merge(
        frames["municipality"][["municipality_code", "municipality_name"]], on="municipality_code"
    )
    acts = pd.concat(
        [
            bought[["municipality_code", "buyer"]].set_axis(["municipality_code", "actor"], axis=1),
            hosted[["municipality_code", "host"]].set_axis(["municipality_code", "actor"], axis=1),
            allocated.assign(actor=allocated.municipality_name + " kommun")[
                ["municipality_code", "actor"]
            ],
        ]
    )
    both = [
        acts.assign(unit_id=unit).groupby("unit_id").actor.agg(numerator="nunique")
        for unit in (WHOLE, acts.municipality_code)
    ]
    return pd.concat(both)


def _answered(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    own = rows[rows[column].isin(["ja", "nej"])]
    return counted(own.assign(yes=own[column] == "ja"), "yes")


def _network(rows: pd.DataFrame) -> Tables:
    """Pairs of parties with the activities that they share, and who takes part."""
    stated = rows[rows.partners.str.len() > 0]
    parties = pd.concat(
        [
            stated[["activity_id", "host"]].rename(columns={"host": "party"}),
            stated[["activity_id", "partners"]].explode("partners").rename(
                columns={"partners": "party"}
            ),
        ]
    ).drop_duplicates()  # fmt: skip
    pairs = parties.merge(parties, on="activity_id", suffixes=("", "_other"))
    pairs = pairs[pairs.party < pairs.party_other]
    grouped = pairs.groupby(["party", "party_other"]).activity_id
    return {
        "cooperation": grouped.agg(activities="size", activity_ids=list),
        "parties": parties.groupby("party").activity_id.agg(activities="size"),
    }


def _kaplan_meier(rows: pd.DataFrame) -> pd.DataFrame:
    """Share scaled up after each time, with limits on the log-log scale."""
    at = rows.groupby("years").event.agg(events="sum", left="count")
    risk = at.left[::-1].cumsum()[::-1]
    curve: Any = (1 - at.events / risk).cumprod()
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt((at.events / (risk * (risk - at.events))).cumsum()) / np.log(curve)
        low, high = (curve ** np.exp(sign * 1.959964 * spread) for sign in (-1, 1))
    steps = pd.DataFrame(
        {"share_scaled": 1 - curve, "low": 1 - high, "high": 1 - low, "at_risk": risk,
         "events": at.events}
    )  # fmt: skip
    return steps[steps.events > 0]
