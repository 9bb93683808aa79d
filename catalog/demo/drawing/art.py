"""The art direction, in one place: backdrop, shadows, volumes, stitches, highlights.

Silhouettes say what a thing is made of; how light falls on it is decided here, so that two
hundred pictures look drawn by one hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

from catalog.demo.drawing.canvas import SIZE, Canvas
from catalog.demo.drawing.palette import NIGHT, WHITE, Colour, Tones, luminance, mix, tones
from catalog.demo.drawing.path import Path, box, oval, path

METAL = Tones((240, 242, 245), (200, 205, 212), (160, 166, 176), (114, 120, 132), (72, 76, 88))
WOOD = Tones((232, 200, 156), (206, 166, 116), (176, 134, 88), (134, 96, 62), (92, 64, 42))
GLASS = Tones((248, 252, 253), (222, 237, 240), (184, 208, 216), (136, 166, 178), (90, 120, 134))
RUBBER = Tones((96, 98, 106), (64, 66, 74), (46, 47, 54), (32, 33, 40), (20, 20, 26))
CREAM = Tones((255, 252, 246), (248, 243, 233), (228, 219, 204), (198, 187, 168), (140, 128, 112))
CORK = Tones((226, 188, 140), (204, 162, 112), (178, 136, 90), (140, 104, 68), (96, 70, 46))

Draw = Callable[..., None]
SHAPES: dict[str, Draw] = {}


def silhouette(name: str) -> Callable[[Draw], Draw]:
    """Register a function as the drawing of the shape ``name``."""

    def register(draw: Draw) -> Draw:
        SHAPES[name] = draw
        return draw

    return register


class Art:
    """A picture in progress: the canvas, the product's own tones and its accent."""

    def __init__(
        self, tint: Colour, colour: str | None, accent: str | None = None, *, zoom: float = 1
    ) -> None:
        self.canvas = Canvas(backdrop(tint).copy(), zoom=zoom)
        self.tint = tint
        self.colour = colour
        self.own = tones(colour)
        self.accent = tones(accent) if accent else self.own
        self.pale = luminance(self.own.base) > 0.8

    def ground(self, x: float, y: float, width: float) -> None:
        """Lay the shadow of a thing that stands on the floor: wide and soft, then dark contact."""
        shadow = mix(self.tint, NIGHT, 0.75)
        self.flat(oval(x + 14, y + 6, width * 0.6, 26), shadow, opacity=0.28, blur=22)
        self.flat(oval(x, y, width * 0.5, 9), shadow, opacity=0.5, blur=7)

    def drop(self, shape: Path, *, far: float = 22) -> None:
        """Lay the shadow of a thing that hangs or lies in front of the wall."""
        shadow = mix(self.tint, NIGHT, 0.7)
        self.flat(shape.moved(far * 0.4, far), shadow, opacity=0.36, blur=far * 0.85)

    def solid(
        self, shape: Path, hue: Tones | None = None, *, depth: float = 18, right: bool = False
    ) -> None:
        """Fill a shape with volume: a gradient, a lit edge and a dim edge."""
        hue = hue or self.own
        start, end = mix(hue.base, hue.light, 0.45), mix(hue.base, hue.shade, 0.55)
        self.canvas.fade(shape, start, end, right=right)
        self.canvas.light(shape, hue.light, hue.deep, depth=depth)

    def round(self, shape: Path, hue: Tones | None = None, *, gloss: float = 0.55) -> None:
        """Fill an upright shape as a cylinder: light from the left, dark to the right."""
        hue = hue or self.own
        left, top, right, bottom = shape.bounds()
        width, height = right - left, bottom - top
        with self.within(shape):
            self.canvas.fade(shape, mix(hue.base, hue.light, 0.6), hue.shade, right=True)
            dim = box(right - width * 0.24, top - 40, width * 0.34, height + 80)
            self.flat(dim, hue.deep, opacity=0.55, blur=max(6, width * 0.1))
            edge = box(left - width * 0.1, top - 40, width * 0.15, height + 80)
            self.flat(edge, hue.deep, opacity=0.3, blur=max(5, width * 0.05))
            gleam = box(left + width * 0.17, top - 40, width * 0.08, height + 80)
            self.shine(gleam, opacity=gloss, blur=max(2, width * 0.025))

    def flat(self, shape: Path, colour: Colour, *, opacity: float = 1, blur: float = 0) -> None:
        """Fill a shape evenly."""
        self.canvas.fill(shape, colour, opacity=opacity, blur=blur)

    def line(
        self, line: Path, colour: Colour | None = None, width: float = 4, *, opacity: float = 1
    ) -> None:
        """Draw a seam or an edge, by default in the product's deep tone."""
        self.canvas.stroke(line, colour or self.own.deep, width, opacity=opacity)

    def stitch(self, line: Path, colour: Colour | None = None, *, width: float = 2.4) -> None:
        """Draw a dashed seam."""
        colour = colour or self.own.deep
        rings = line.spaced(7).rings
        dashes = [r[i : i + 2] for r in rings for i in range(0, len(r) - 1, 2)]
        if dashes:
            self.canvas.stroke(Path(tuple(dashes)), colour, width, opacity=0.75)

    def fold(self, crease: Path, *, blur: float = 9, opacity: float = 0.32) -> None:
        """Lay a soft crease in cloth."""
        self.flat(crease, self.own.deep, opacity=opacity, blur=blur)

    def shine(self, shape: Path, *, opacity: float = 0.5, blur: float = 3) -> None:
        """Lay a highlight."""
        self.flat(shape, WHITE, opacity=opacity, blur=blur)

    @contextmanager
    def within(self, shape: Path) -> Iterator[None]:
        """Keep what is drawn in the block inside ``shape``."""
        with self.canvas.inside(shape):
            yield


@lru_cache(maxsize=32)
def backdrop(tint: Colour) -> Image.Image:
    """Return the studio: a wall in a light tint with a disc of light, growing dim to the floor."""
    ground = Image.composite(
        Image.new("RGB", (SIZE, SIZE), mix(tint, NIGHT, 0.05)),
        Image.new("RGB", (SIZE, SIZE), mix(tint, WHITE, 0.16)),
        Image.linear_gradient("L").resize((SIZE, SIZE)),
    )
    fine = Image.new("L", (SIZE * 2, SIZE * 2))
    ImageDraw.Draw(fine).circle((SIZE, 790), 660, 190)
    disc = fine.reduce(2).filter(ImageFilter.GaussianBlur(0.8))
    ground.paste(mix(tint, WHITE, 0.46), (0, 0), disc)
    return ground


def lines(*drawn: str) -> Path:
    """Return several path data strings as one path."""
    joined = path(drawn[0])
    for more in drawn[1:]:
        joined += path(more)
    return joined


SEGMENTS = {"0": "abcdef", "1": "bc", "2": "abged", "4": "fgbc", "8": "abcdefg", "%": ""}


def digits(text: str, x: float, y: float, size: float) -> Path:
    """Return figures as the lines of a seven-segment display, ``size`` wide each."""
    drawn = Path(())
    for sign in text:
        if sign == ":":
            drawn += oval(x, y + size * 0.5, 1) + oval(x, y + size * 1.5, 1)
            x += size * 0.6
            continue
        ends = {"a": (0, 0, 1, 0), "b": (1, 0, 1, 1), "c": (1, 1, 1, 2), "d": (0, 2, 1, 2)}
        ends |= {"e": (0, 1, 0, 2), "f": (0, 0, 0, 1), "g": (0, 1, 1, 1)}
        for segment in SEGMENTS[sign]:
            a, b, c, d = (size * end for end in ends[segment])
            drawn += Path((((x + a, y + b), (x + c, y + d)),))
        x += size * 1.6
    return drawn


def shifted(hue: Tones, towards: Colour, share: float) -> Tones:
    """Return tones mixed with a colour, for parts that are lighter or darker than the rest."""
    return Tones(*(mix(step, towards, share) for step in _steps(hue)))


def _steps(hue: Tones) -> tuple[Any, ...]:
    return hue.light, hue.base, hue.shade, hue.deep, hue.ink
