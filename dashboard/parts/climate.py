"""Climate demands in procurement: two sources side by side, with who did not answer."""

from __future__ import annotations

import htpy as h
import polars as pl

from dashboard.parts.card import card, note
from dashboard.parts.markup import show
from dashboard.parts.table import Cell, show_table
from dashboard.parts.unfold import table_and_files
from dashboard.parts.view import View
from dashboard.text import capital, number, part
from pipelines.model.codes import ANSWER
from pipelines.model.columns import COLUMN
from pipelines.model.tables import TABLE

SOURCES = {
    "climate_survey": "Upphandlingsenkäten 2022",
    "climate_barometer": "Miljöbarometern",
}
_NAMED = 12
COLUMNS = (COLUMN["municipality_name"], *TABLE["climate_demand"].columns)


def climate_card(view: View, answers: pl.DataFrame) -> None:
    """Draw how many municipalities answered yes and no and how many did not answer, by source.

    ``answers`` are the rows of :func:`dashboard.queries.excerpts.climate_answers`.
    """
    title = climate_title(answers)
    with card("klimatkrav", title, "Klimatkrav i upphandling. Källorna frågar olika; att inte "
              "svara är varken ja eller nej."):  # fmt: skip
        if not answers.height:
            show(h.p(".tomt")["Inga svar är insamlade för urvalet."])
            return
        show_table(
            ["Källa", *ANSWER.labels.values()],
            [
                [Cell(name), *(Cell(number(n)) for n in counted(answers, column).values())]
                for column, name in SOURCES.items()
            ],
            caption=title,
            numeric=frozenset(range(1, len(ANSWER.values) + 1)),
        )
        for line in _named(answers):
            show(line)
        plans = answers["climate_plan_url"].drop_nulls().len()
        note(view, f"{number(plans)} av {number(answers.height)} har en antagen klimatplan med "
             "känd adress", ", ".join(SOURCES.values()))  # fmt: skip
        table_and_files(view, "klimatkrav", answers, COLUMNS, caption=title, key="klimatkrav")


def counted(answers: pl.DataFrame, column: str) -> dict[str, int]:
    """Return answer → municipalities, in the order of the code list."""
    found = dict(answers.drop_nulls(column).group_by(column).len().rows())
    return {code: int(found.get(code, 0)) for code in ANSWER.values}


def climate_title(answers: pl.DataFrame) -> str:
    """How many say that they set demands, by the source that most answered."""
    best = max(SOURCES, key=lambda column: _answered(answers, column))
    asked = _answered(answers, best)
    if not asked:
        return "Inget är känt om klimatkrav i upphandling"
    yes = counted(answers, best)["ja"]
    noun = "kommun" if asked == 1 else "kommuner"
    return f"{capital(part(yes, asked))} {noun} ställer klimatkrav enligt {SOURCES[best]}"


def _answered(answers: pl.DataFrame, column: str) -> int:
    of = counted(answers, column)
    return of["ja"] + of["nej"]


def _named(answers: pl.DataFrame) -> list[h.Element]:
    """Name those who said no or did not answer, where they are few enough to read."""
    lines = []
    for column, source in SOURCES.items():
        for code in ANSWER.values[1:]:
            names = answers.filter(pl.col(column) == code)["municipality_name"].to_list()
            if 0 < len(names) <= _NAMED:
                label = f"{source}, {ANSWER.labels[code].lower()}:"
                lines.append(h.p(".fot")[h.b[label], " ", ", ".join(names)])
    return lines
