"""Silhouettes of lamps, each with its light on."""

from __future__ import annotations

from catalog.demo.drawing.art import METAL, RUBBER, WOOD, Art, lines, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, tones
from catalog.demo.drawing.path import Path, box, oval, path, smooth

WARM = (255, 226, 160)


def _glow(art: Art, shape: Path, *, opacity: float = 0.75, blur: float = 40) -> None:
    art.flat(shape, WARM, opacity=opacity, blur=blur)


@silhouette("desk-lamp")
def desk_lamp(art: Art, *, architect: bool = False) -> None:
    """Draw a desk lamp: a wide study lamp, or two spring arms on a clamp."""
    if architect:
        _architect(art)
        return
    art.ground(330, 670, 330)
    _glow(art, path("M240 300 L660 300 L720 640 L180 640 Z"), opacity=0.6, blur=30)
    art.solid(
        path("M180 640 C180 616 480 616 480 640 L480 656 C480 676 180 676 180 656 Z"), depth=14
    )
    art.line(path("M330 630 L330 400 L240 230"), art.own.deep, 20)
    art.line(path("M330 630 L330 400 L240 230").moved(-3, -3), art.own.light, 6)
    art.solid(oval(330, 400, 22), METAL, depth=6)
    art.solid(box(190, 196, 470, 52, 26), depth=16)
    art.flat(box(214, 240, 424, 10, 5), WARM)
    art.solid(oval(240, 226, 17), METAL, depth=5)
    art.flat(oval(330, 640, 14, 5), METAL.light)


def _architect(art: Art) -> None:
    _glow(art, path("M470 300 L640 380 L560 660 L330 600 Z"), opacity=0.6, blur=30)
    art.solid(box(150, 560, 110, 34, 6), METAL, depth=6)
    art.solid(box(150, 640, 110, 26, 6), METAL, depth=6)
    art.solid(box(150, 570, 26, 90, 6), METAL, depth=5)
    art.solid(path("M100 590 L700 590 L700 628 L100 628 Z").moved(0, 8), WOOD, depth=8)
    for dx in (-9, 9):
        art.line(path(f"M{206 + dx} 560 L{286 + dx} 330 L{500 + dx} 220"), art.own.base, 9)
    art.stitch(path("M214 540 L286 340"), METAL.deep, width=6)
    art.stitch(path("M300 322 L420 260"), METAL.deep, width=6)
    for x, y in ((286, 330), (206, 552), (502, 220)):
        art.solid(oval(x, y, 17), tones("gold"), depth=5)
    shade = path("M480 190 L560 226 C600 250 640 310 650 372 L470 290 C460 250 464 220 480 190 Z")
    art.solid(shade, depth=22)
    art.flat(path("M650 372 L470 290 C500 330 600 380 650 372 Z"), WARM)


@silhouette("paper-lamp")
def paper_lamp(art: Art) -> None:
    """Draw a bedside lamp of paper on bamboo, glowing."""
    art.ground(400, 676, 300)
    _glow(art, oval(400, 380, 270, 260), opacity=0.7)
    art.solid(path("M300 630 L500 630 L520 676 L280 676 Z"), WOOD, depth=12)
    shade = path(
        "M300 150 C420 140 480 140 500 150 C560 300 560 480 520 636 L280 636 C240 "
        "480 240 300 300 150 Z"
    )
    art.canvas.fade(shade, (255, 246, 220), (246, 214, 152))
    art.canvas.light(shade, WHITE, (206, 158, 92), depth=36)
    with art.within(shade):
        _glow(art, oval(400, 420, 100, 150), opacity=0.9, blur=30)
        for i in range(9):
            art.line(
                path(
                    f"M230 {178 + i * 54} C330 {190 + i * 54} 470 {190 + i * 54} 570 {178 + i * 54}"
                ),
                (190, 140, 80),
                3,
                opacity=0.55,
            )
        for i in range(26):
            x, y = 270 + i * 71 % 270, 170 + i * 113 % 450
            art.line(
                smooth(f"{x},{y} {x + 18},{y - 8} {x + 40},{y + 6}", closed=False),
                (200, 160, 104),
                2,
                opacity=0.5,
            )


@silhouette("floor-lamp")
def floor_lamp(art: Art) -> None:
    """Draw a floor lamp with a linen shade on three wooden legs."""
    art.ground(400, 728, 300)
    _glow(art, oval(400, 300, 260, 230), opacity=0.5)
    for foot in (270, 530, 404):
        art.line(path(f"M400 330 L{foot} 724"), WOOD.deep, 15)
        art.line(path(f"M397 330 L{foot - 3} 722"), WOOD.light, 6)
    shade = path("M316 96 L484 96 L548 346 L252 346 Z")
    art.solid(shade, depth=30)
    with art.within(shade):
        _glow(art, oval(400, 250, 90, 110), opacity=0.75, blur=34)
        weave = "".join(f"M240 {y} L560 {y} " for y in range(100, 350, 9))
        art.line(path(weave), width=1.6, opacity=0.22)
        art.line(
            path("".join(f"M{x} 90 L{x} 350 " for x in range(250, 556, 9))), width=1.6, opacity=0.16
        )
    art.line(lines("M316 98 L484 98", "M253 344 L547 344"), art.own.deep, 5)
    art.line(path("M404 560 C470 640 520 690 600 730"), RUBBER.base, 4, opacity=0.7)
    art.solid(box(590, 716, 50, 20, 8), RUBBER, depth=5)


@silhouette("night-light")
def night_light(art: Art) -> None:
    """Draw a small round night light on a wall, with its glow below."""
    _glow(art, path("M280 420 L520 420 L660 760 L140 760 Z"), opacity=0.8, blur=46)
    art.drop(oval(400, 340, 150), far=22)
    art.solid(oval(400, 340, 150), depth=30)
    art.canvas.fade(oval(400, 340, 112), (255, 244, 214), (250, 206, 128))
    art.canvas.light(oval(400, 340, 112), WHITE, (226, 160, 80), depth=20)
    art.flat(oval(400, 296, 17), (70, 66, 70))
    art.shine(oval(395, 291, 5), opacity=0.8, blur=1)


@silhouette("lantern")
def lantern(art: Art) -> None:
    """Draw a storm lantern with a bail, a glass globe and a knob."""
    art.ground(400, 690, 280)
    _glow(art, oval(400, 400, 240, 250), opacity=0.55)
    art.line(path("M262 300 C240 40 560 40 538 300"), METAL.deep, 9)
    art.line(lines("M282 560 L282 250", "M518 560 L518 250"), art.own.deep, 17)
    art.line(lines("M279 556 L279 254", "M515 556 L515 254"), art.own.light, 5)
    globe = smooth("340,262 460,262 496,400 460,540 340,540 304,400")
    art.canvas.fade(globe, (255, 246, 216), (250, 214, 140))
    art.canvas.light(globe, WHITE, (224, 168, 92), depth=20)
    art.flat(smooth("400,340 424,420 400,470 376,420"), (255, 255, 246), blur=6)
    art.line(
        lines("M318 330 C360 346 440 346 482 330", "M312 470 C360 486 440 486 488 470"),
        METAL.deep,
        4,
    )
    art.solid(path("M320 262 C330 190 360 160 400 160 C440 160 470 190 480 262 Z"), depth=18)
    art.solid(box(364, 130, 72, 40, 12), depth=8)
    art.solid(
        path(
            "M264 548 L536 548 L560 640 C562 676 540 690 510 690 L290 690 C260 690 "
            "238 676 240 640 Z"
        ),
        depth=22,
    )
    art.solid(oval(480, 620, 26), tones("gold"), depth=7)
    art.line(path("M480 604 L480 620"), tones("gold").ink, 5)
    art.shine(
        path("M346 300 C330 360 330 440 346 500 L360 500 C346 440 346 360 362 300 Z"),
        opacity=0.8,
        blur=3,
    )
    art.flat(box(250, 640, 300, 8), shifted(art.own, NIGHT, 0.3).base, opacity=0.5)
