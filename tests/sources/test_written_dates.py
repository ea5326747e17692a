import pytest

from pipelines.sources.written_dates import date_of_serial, dates_in, iso_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-05", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("2024-03-05T14:30:00", "2024-03-05"),
        ("den 5 mars 2024", "2024-03-05"),
        ("5/3 2024", "2024-03-05"),
        ("5.3.2024", "2024-03-05"),
        ("13/03/2024", "2024-03-13"),
        ("mars 2024", "2024-03"),
        ("2024", "2024"),
        ("05/03/2024", None),  # 5 March or 3 May
        ("240305", None),
        ("2024-02-30", None),
        ("våren 2024", None),
    ],
)
def test_a_written_date_is_read_or_left_alone(text: str, day: str | None):
    assert iso_date(text) == day


def test_excel_counts_days_from_two_epochs():
    assert date_of_serial("45356") == "2024-03-05"
    assert date_of_serial("43894", is_1904=True) == "2024-03-05"
    assert date_of_serial("12345") is None
    assert date_of_serial("2024") is None


def test_dates_are_found_in_running_text_and_case_numbers_are_none():
    text = "Ulvsunds kommun, den 5 mars\n2024. Dnr KS 2021-03-055. Samråd 1/2 2023, maj 2022."
    assert dates_in(text) == ["2024-03-05", "2023-02-01", "2022-05"]
