import pytest

from dashboard.theme import DARK, LIGHT, Palette


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_the_ladder_survives_grey_print(palette: Palette):
    steps = [luminance(color) for color in palette.ladder]

    assert steps == sorted(steps, reverse=palette is LIGHT)
    assert len(set(steps)) == 5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_every_text_can_be_read(palette: Palette):
    for ground, ink in zip(palette.ladder, palette.on_ladder, strict=True):
        assert contrast(ground, ink) >= 4.5, (ground, ink)
    for ink in (palette.ink, palette.muted, palette.attention, palette.growth):
        assert contrast(ink, palette.card) >= 4.5, ink
        assert contrast(ink, palette.ground) >= 4.5, ink
