"""Colours of the pictures: what each colour code looks like, in five tones, and the backdrops."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int]

SWATCHES: dict[str, Colour] = {
    "red": (201, 56, 52),
    "burgundy": (118, 36, 54),
    "rust": (178, 88, 56),
    "coral": (238, 125, 106),
    "pink": (240, 172, 184),
    "dusty-pink": (206, 156, 150),
    "peach": (247, 190, 158),
    "orange": (236, 131, 52),
    "yellow": (245, 200, 76),
    "light-yellow": (250, 228, 158),
    "mustard": (206, 158, 58),
    "green": (104, 158, 92),
    "dark-green": (46, 84, 68),
    "army-green": (104, 110, 72),
    "mint": (168, 212, 190),
    "teal": (38, 122, 126),
    "turquoise": (118, 186, 184),
    "blue": (62, 112, 182),
    "light-blue": (156, 194, 226),
    "navy": (40, 56, 96),
    "royal-blue": (52, 76, 172),
    "purple": (122, 88, 156),
    "lavender": (188, 174, 220),
    "black": (48, 48, 54),
    "white": (248, 246, 242),
    "off-white": (242, 234, 218),
    "gray": (150, 154, 160),
    "light-gray": (204, 207, 211),
    "dark-gray": (88, 92, 100),
    "brown": (122, 82, 56),
    "coffee": (98, 72, 58),
    "camel": (196, 150, 100),
    "khaki": (188, 172, 134),
    "beige": (226, 206, 176),
    "nude": (230, 196, 170),
    "gold": (212, 172, 96),
    "rose-gold": (222, 168, 152),
    "silver": (200, 204, 210),
    "amber": (188, 120, 50),
    "transparent": (214, 232, 236),
    "multicolour": (236, 186, 96),
    "natural": (214, 180, 134),
    "walnut": (112, 76, 52),
}

# Backdrop by the first part of the category: a light tint, in the order wall, disc, floor.
TINTS: dict[str, Colour] = {
    "clothing": (232, 222, 208),
    "shoes": (214, 224, 230),
    "bags": (230, 216, 200),
    "electronics": (216, 220, 232),
    "kitchen": (216, 228, 218),
    "home": (236, 220, 214),
    "sports": (210, 228, 230),
    "outdoor": (218, 226, 206),
    "beauty": (242, 220, 220),
    "baby": (244, 230, 200),
    "office": (228, 224, 216),
    "pets": (242, 224, 202),
    "groceries": (232, 230, 206),
    "garden": (240, 226, 212),
    "jewellery": (228, 220, 232),
}
PLAIN: Colour = (226, 226, 226)

WHITE: Colour = (255, 255, 255)
NIGHT: Colour = (30, 28, 44)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return ``one`` with a ``share`` (0 to 1) of ``other``."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))  # type: ignore[return-value]


def luminance(colour: Colour) -> float:
    """Return how light a colour looks, 0 to 1."""
    return (0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]) / 255


@dataclass(frozen=True)
class Tones:
    """Five steps of one colour, from lit to line."""

    light: Colour
    base: Colour
    shade: Colour
    deep: Colour
    ink: Colour


def tones(code: str | None) -> Tones:
    """Return the tones of a colour code; an unknown code is drawn in a calm grey."""
    base = SWATCHES.get(code or "", (168, 172, 178))
    light = luminance(base)
    return Tones(
        light=mix(base, WHITE, 0.26 if light < 0.8 else 0.7),
        base=base,
        shade=mix(base, NIGHT, 0.16 if light > 0.25 else 0.3),
        deep=mix(base, NIGHT, 0.34 if light > 0.25 else 0.55),
        ink=mix(base, NIGHT, 0.6 if light > 0.25 else 0.8),
    )
