"""Silhouettes of mice, keyboards and watches."""

from __future__ import annotations

from catalog.demo.drawing.art import CREAM, METAL, RUBBER, Art, digits, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, Tones, mix, tones
from catalog.demo.drawing.path import Path, box, oval, path, smooth

SCREEN = (24, 28, 42)


@silhouette("mouse")
def mouse(
    art: Art,
    *,
    vertical: bool = False,
    left: bool = False,
    gaming: bool = False,
    arc: bool = False,
) -> None:
    """Draw a mouse: plain, vertical (right or left hand), for gaming, or folding."""
    if arc:
        _arc_mouse(art)
    elif vertical:
        _vertical_mouse(art, left=left)
    else:
        _flat_mouse(art, gaming=gaming)


def _flat_mouse(art: Art, *, gaming: bool) -> None:
    art.ground(400, 650, 330)
    if gaming:
        art.line(smooth("400,210 396,150 440,110 420,40", closed=False), RUBBER.base, 13)
    body = smooth(
        "400,190 490,206 540,290 552,420 536,560 470,646 400,660 330,646 264,560 "
        "248,420 260,290 310,206"
    )
    if gaming:
        body = smooth(
            "400,190 494,200 540,270 532,380 556,520 500,640 400,662 300,640 244,520 "
            "268,380 260,270 306,200"
        )
    art.solid(body, depth=44)
    with art.within(body):
        art.line(path("M400 170 L400 380"), art.own.deep, 4)
        art.line(path("M240 384 C320 410 480 410 560 384"), art.own.deep, 4)
        art.shine(smooth("300,250 350,216 366,300 320,380 286,340"), opacity=0.35, blur=10)
        if gaming:
            art.line(path("M300 640 C340 560 460 560 500 640"), art.accent.light, 9)
            art.line(path("M262 420 C250 470 250 520 262 560"), art.own.ink, 12)
    art.solid(box(384, 250, 32, 92, 16), RUBBER, depth=8)
    for y in range(262, 336, 12):
        art.line(path(f"M388 {y} L412 {y}"), (120, 122, 130), 2.4)


def _vertical_mouse(art: Art, *, left: bool) -> None:
    def place(shape: Path) -> Path:
        return shape.mirrored() if left else shape

    dark = shifted(art.own, NIGHT, 0.3)
    art.ground(400, 648, 440)
    body = smooth(
        "210,640 180,560 220,430 300,270 380,196 460,206 500,290 560,420 622,560 "
        "614,632 520,650 340,654"
    )
    art.solid(place(body), depth=44)
    with art.within(place(body)):
        art.flat(
            place(smooth("176,660 170,560 230,420 310,300 350,400 360,520 320,660")),
            dark.base,
            opacity=0.85,
        )
        art.line(place(path("M392 186 C430 330 470 480 520 660")), art.own.deep, 4)
        art.line(place(path("M350 420 C420 420 500 420 590 470")), art.own.deep, 4)
    thumb = smooth("262,430 316,360 340,400 326,460 280,480")
    art.solid(place(thumb), shifted(art.own, WHITE, 0.12), depth=8)
    art.line(place(path("M280 452 L330 400")), art.own.ink, 3)
    art.solid(place(box(408, 268, 30, 84, 15).turned(-16, (423, 310))), RUBBER, depth=7)
    art.shine(place(smooth("440,230 470,260 500,340 486,360 450,290")), opacity=0.4, blur=8)


def _arc_mouse(art: Art) -> None:
    art.ground(390, 596, 480)
    arch = path(
        "M130 580 C200 300 520 220 690 470 C700 500 690 520 660 516 C520 330 300 360 "
        "176 590 C160 606 130 604 130 580 Z"
    )
    art.solid(arch, depth=20)
    art.solid(
        path(
            "M520 344 C590 370 646 410 690 470 C700 500 690 520 660 516 C614 456 560 410 490 392 Z"
        ),
        shifted(art.own, NIGHT, 0.35),
        depth=8,
    )
    art.line(path("M560 380 C590 396 614 414 634 436"), METAL.light, 7)
    art.shine(
        path("M200 480 C270 370 380 316 480 326 C380 340 290 400 226 490 Z"), opacity=0.5, blur=7
    )


@silhouette("keyboard")
def keyboard(
    art: Art,
    *,
    slim: bool = False,
    mechanical: bool = False,
    retro: bool = False,
    split: bool = False,
) -> None:
    """Draw a keyboard from above: slim, mechanical, like a typewriter, or split."""
    if split:
        _split_board(art)
        return
    board = box(90, 286, 620, 268, 26 if not slim else 16)
    art.drop(board, far=26)
    if retro:
        art.solid(box(120, 190, 560, 130, 16), shifted(art.own, NIGHT, 0.2), depth=10)
        art.solid(box(180, 150, 440, 110, 10), tones("black"), depth=8)
        art.line(path("M96 330 L40 300"), METAL.base, 12)
        art.solid(oval(40, 298, 18), METAL, depth=6)
    art.solid(board, depth=20 if not slim else 12)
    keys = (
        CREAM
        if retro
        else shifted(art.own, NIGHT, 0.1)
        if art.pale
        else shifted(art.own, WHITE, 0.16)
    )
    _keys(art, 116, 310, keys, round_caps=retro, tall=mechanical)
    if mechanical:
        art.solid(box(592, 228, 60, 40, 8), METAL, depth=5)


def _keys(art: Art, left: float, top: float, hue: Tones, *, round_caps: bool, tall: bool) -> None:
    rows: tuple[list[float], ...] = (
        [1] * 13,
        [1.5] + [1] * 11 + [1.5],
        [1.8] + [1] * 10 + [2.2],
        [2.4] + [1] * 9 + [2.6],
        [1.4, 1.2, 1.2, 5.6, 1.2, 1.2, 1.2],
    )
    for row, widths in enumerate(rows):
        x, y = left, top + row * 45
        unit = 571 / sum(widths)
        for column, width in enumerate(widths):
            special = tall and (column in (0, len(widths) - 1) or (row == 4 and column == 3))
            _key(
                art,
                box(x, y, unit * width - 6, 39, 19 if round_caps else 7),
                art.accent if special else hue,
                tall=tall or round_caps,
            )
            x += unit * width


def _key(art: Art, cap: Path, hue: Tones, *, tall: bool) -> None:
    if tall:
        art.flat(cap.moved(1, 4), hue.deep)
    art.flat(cap, hue.base)
    left, top, right, bottom = cap.bounds()
    art.flat(box(left + 4, top + 2, right - left - 8, bottom - top - 10, 6), hue.light, opacity=0.7)


def _split_board(art: Art) -> None:
    for side in (0, 1):
        half = path(
            "M70 330 C160 270 280 262 372 300 L388 560 C290 540 170 560 96 600 C70 "
            "520 60 420 70 330 Z"
        )
        half = half.mirrored() if side else half
        art.drop(half, far=24)
        art.solid(half, depth=22)
        rest = path("M96 590 C180 550 290 536 388 556 L388 620 C290 600 190 620 110 660 Z")
        art.solid(rest.mirrored() if side else rest, shifted(art.own, NIGHT, 0.3), depth=12)
        for row in range(4):
            for column in range(5):
                cap = box(
                    96 + column * 54 + row * 4, 344 + row * 46 - column * 9, 46, 38, 8
                ).turned(-9, (230, 420))
                cap = cap.mirrored() if side else cap
                art.flat(cap.moved(1, 3), art.own.ink)
                art.flat(cap, mix(art.own.base, WHITE, 0.16))
    art.solid(
        path("M372 300 Q400 290 428 300 L412 560 Q400 554 388 560 Z"),
        shifted(art.own, NIGHT, 0.3),
        depth=8,
    )


@silhouette("watch")
def watch(
    art: Art,
    *,
    square: bool = False,
    rugged: bool = False,
    kids: bool = False,
    band: bool = False,
) -> None:
    """Draw a watch: round, square, rugged, for children, or a narrow fitness band."""
    art.drop(box(310, 90, 180, 620, 60), far=18)
    half = 62 if band else 84
    strap = path(
        f"M{400 - half} 300 C{400 - half} 200 {400 - half * 0.72} 130 "
        f"{400 - half * 0.7} 90 L{400 + half * 0.7} 90 C{400 + half * 0.72} 130 "
        f"{400 + half} 200 {400 + half} 300 Z"
    )
    metal = METAL if not rugged else shifted(METAL, NIGHT, 0.4)
    art.solid(strap, depth=16, right=True)
    art.solid(strap.scaled(1, -1), depth=16, right=True)
    for y in (590, 622, 654):
        art.flat(oval(400, y, 9, 6), art.own.ink)
    if band:
        _band_face(art)
    elif square or kids:
        _square_face(art, kids=kids)
    else:
        _round_face(art, metal, rugged=rugged)


def _round_face(art: Art, metal: Tones, *, rugged: bool) -> None:
    for y in (360, 440) if rugged else (400,):
        art.solid(box(556, y - 18, 30, 36, 8), metal, depth=5)
    art.solid(oval(400, 400, 168), metal, depth=16)
    if rugged:
        for i in range(12):
            art.flat(box(394, 244, 12, 22, 3).turned(30 * i), metal.ink)
        art.line(oval(400, 400, 152), art.own.base if art.colour == "orange" else metal.deep, 8)
    art.flat(oval(400, 400, 138), SCREEN)
    art.line(path("M400 400 L400 316"), (240, 240, 244), 9)
    art.line(path("M400 400 L460 436"), (240, 240, 244), 9)
    for i in range(12):
        art.flat(box(397, 276, 6, 18, 3).turned(30 * i), (160, 166, 180))
    art.line(
        smooth("330,452 352,452 362,430 374,470 386,446 396,452 420,452", closed=False),
        tones("coral").base,
        5,
    )
    art.flat(oval(400, 400, 10), tones("orange").base)
    art.shine(
        path("M296 340 C320 290 360 270 400 268 C350 300 320 330 306 380 Z"), opacity=0.22, blur=4
    )


def _square_face(art: Art, *, kids: bool) -> None:
    art.solid(box(552, 376, 24, 48, 8), METAL, depth=5)
    art.solid(box(252, 244, 296, 312, 72), METAL if not kids else art.own, depth=16)
    art.flat(box(270, 262, 260, 276, 58), SCREEN)
    if kids:
        art.solid(oval(400, 380, 66), tones("yellow"), depth=8)
        art.flat(oval(378, 370, 8) + oval(422, 370, 8), SCREEN)
        art.line(path("M372 398 Q400 426 428 398"), SCREEN, 7)
        art.flat(box(310, 470, 180, 34, 17), tones("green").base)
        return
    for i, hue in enumerate(("coral", "green", "turquoise")):
        art.line(path(f"M{324 + i * 62} 480 L{324 + i * 62} {430 - i * 16}"), tones(hue).base, 22)
    art.line(digits("10:24", 306, 310, 28), WHITE, 8)


def _band_face(art: Art) -> None:
    art.solid(box(330, 210, 140, 380, 68), RUBBER, depth=14)
    art.flat(box(344, 226, 112, 348, 54), SCREEN)
    art.line(digits("10", 368, 290, 22), WHITE, 7)
    art.line(oval(400, 440, 34), (70, 76, 96), 9)
    art.line(path("M400 406 C446 404 446 474 400 474"), tones("green").base, 9)
    art.flat(oval(400, 526, 8), art.own.base if art.colour != "black" else tones("coral").base)
