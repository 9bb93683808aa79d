"""Silhouettes of shoes, seen from the side, standing on the floor."""

from __future__ import annotations

from catalog.demo.drawing.art import CORK, CREAM, METAL, RUBBER, Art, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, Tones, mix, tones
from catalog.demo.drawing.path import Path, box, oval, path, smooth

UPPER = path(
    "M146 408 C140 360 150 318 178 312 C214 330 252 326 290 296 C304 286 322 290 336 306"
    " C384 358 448 404 520 424 C596 444 654 462 668 512 L668 540 L140 540 C136 490 "
    "142 450 146 408 Z"
)


def _sole(art: Art, kind: str, hue: Tones) -> Path:
    """Draw the midsole and outsole under the upper."""
    drawn = {
        "tall": "M132 512 C260 500 430 548 676 504 C704 520 700 560 664 586 C600 606 200 612 "
        "140 598 C112 590 112 540 132 512 Z",
        "spring": "M132 520 C260 512 430 548 690 488 C716 506 690 552 650 576 C560 592 200 600 "
        "140 590 C114 582 114 544 132 520 Z",
        "flat": "M136 530 C280 536 500 540 676 524 C694 534 690 556 668 562 C560 566 220 568 "
        "144 564 C124 560 126 542 136 530 Z",
    }
    sole = path(
        drawn.get(
            kind,
            "M132 520 C260 512 430 550 678 512 C702 524 698 556 664 578 C580 594 200 "
            "600 140 588 C114 580 114 544 132 520 Z",
        )
    )
    art.solid(sole, hue, depth=14)
    return sole


@silhouette("running-shoe")
def running_shoe(art: Art, *, sole: str = "") -> None:
    """Draw a running shoe; soles: tall, lugs, flat, spring."""
    base = CREAM if art.colour != "white" else tones("light-gray")
    art.ground(408, 590, 560)
    if sole == "lugs":
        for x in range(150, 650, 40):
            art.flat(path(f"M{x} 574 L{x + 30} 574 L{x + 24} 604 L{x + 4} 604 Z"), RUBBER.base)
    under = _sole(art, sole, RUBBER if sole == "flat" else base)
    if sole != "flat":
        art.line(path("M150 552 C300 556 460 580 660 548"), art.accent.base, 8)
        with art.within(under):
            art.flat(
                path("M120 572 C300 590 520 590 690 556 L690 620 L120 620 Z"),
                RUBBER.base,
                opacity=0.85,
            )
    art.flat(smooth("180,318 232,336 292,300 284,340 232,372 186,360"), art.own.ink)
    art.solid(UPPER, depth=24)
    with art.within(UPPER):
        _runner_upper(art)
    _laces(art)


def _runner_upper(art: Art) -> None:
    dots = Path(())
    for x in range(420, 650, 15):
        for y in range(400, 520, 13):
            dots += oval(x + y % 2 * 7, y, 2.6)
    art.flat(dots, art.own.deep, opacity=0.35)
    art.flat(path("M130 300 L190 300 C204 380 214 450 216 560 L130 560 Z"), art.own.shade)
    art.line(path("M216 556 C214 450 206 380 190 306"), width=3, opacity=0.7)
    art.solid(
        path("M580 452 C640 462 668 486 680 560 L560 560 C548 520 560 480 580 452 Z"), depth=12
    )
    for x, y, r in ((274, 480, 32), (338, 448, 24), (390, 420, 17)):
        art.solid(oval(x, y, r * 1.25, r * 0.8).turned(-24, (x, y)), art.accent, depth=6)
    art.line(path("M140 524 C300 520 460 548 670 518"), width=4, opacity=0.5)


def _laces(art: Art) -> None:
    tongue = path("M292 298 C284 270 296 248 318 250 C340 270 352 290 366 318 L344 326 Z")
    art.solid(tongue, depth=8)
    lace = WHITE if not art.pale else art.accent.base
    for i in range(5):
        x, y = 330 + i * 34, 310 + i * 26
        art.line(
            path(f"M{x - 16} {y + 22} L{x + 26} {y - 6}"),
            mix(art.own.deep, art.own.ink, 0.4),
            11,
            opacity=0.5,
        )
        art.line(path(f"M{x - 18} {y + 18} L{x + 24} {y - 10}"), lace, 8)


@silhouette("sneaker")
def sneaker(art: Art, *, canvas: bool = False, slip: bool = False, sole: str = "") -> None:
    """Draw a low sneaker: leather, canvas, slip-on, cork or platform sole."""
    lift = -26 if sole == "platform" else 0
    upper = path(
        "M150 430 C142 380 148 346 166 332 C206 348 262 344 300 318 C330 352 410 400 500 416"
        " C590 430 656 458 664 520 L664 548 L144 548 C140 500 146 470 150 430 Z"
    ).moved(0, lift)
    base = CORK if sole == "cork" else CREAM if not art.pale else shifted(CREAM, NIGHT, 0.06)
    art.ground(406, 592, 552)
    art.flat(smooth("168,336 230,352 298,322 290,360 232,386 176,372").moved(0, lift), art.own.ink)
    art.solid(upper, depth=22)
    with art.within(upper):
        _sneaker_upper(art, canvas=canvas, slip=slip, lift=lift)
    top = 520 + lift
    rubber = path(
        f"M136 {top} C300 {top + 16} 500 {top + 16} 672 {top} C690 {top + 8} 690 576 "
        f"670 588 C500 598 250 598 148 590 C124 584 122 {top + 10} 136 {top} Z"
    )
    art.solid(rubber, base, depth=12)
    art.line(
        path("M144 574 C300 586 500 586 672 572"),
        art.accent.base if art.accent is not art.own else base.deep,
        4,
    )
    if sole == "cork":
        art.flat(
            Path(tuple(oval(150 + i * 53 % 516, 546 + i * 17 % 34, 3).rings[0] for i in range(60))),
            CORK.ink,
            opacity=0.5,
        )
    if not slip:
        _flat_laces(art, lift)


def _sneaker_upper(art: Art, *, canvas: bool, slip: bool, lift: float) -> None:
    if slip:
        for i in range(30):
            art.line(path(f"M{130 + i * 18} 300 L{150 + i * 18} 560"), width=3, opacity=0.2)
        art.flat(
            path("M140 330 L300 310 L330 350 C280 384 200 390 140 380 Z").moved(0, lift),
            art.own.deep,
            opacity=0.55,
        )
        return
    art.stitch(path("M150 470 C220 440 270 430 330 360").moved(0, lift))
    art.line(path("M330 358 C350 430 340 500 330 552").moved(0, lift), width=3, opacity=0.6)
    art.stitch(path("M340 362 C360 430 350 500 340 552").moved(0, lift))
    if canvas:
        art.solid(
            path("M570 420 C640 440 676 480 676 560 L560 560 C560 510 562 460 570 420 Z").moved(
                0, lift
            ),
            CREAM,
            depth=10,
        )
    else:
        art.line(path("M560 430 C548 470 548 510 552 552").moved(0, lift), width=3, opacity=0.5)
        art.flat(
            path("M146 352 L206 360 C206 400 200 420 186 440 L144 440 Z").moved(0, lift),
            art.accent.shade,
            opacity=0.85,
        )


def _flat_laces(art: Art, lift: float) -> None:
    tongue = path("M296 322 C286 290 296 272 320 274 C342 292 356 316 372 344 L350 356 Z").moved(
        0, lift
    )
    art.solid(tongue, depth=8)
    lace = WHITE if not art.pale else CREAM.shade
    for i in range(5):
        x, y = 334 + i * 36, 336 + i * 19 + lift
        art.line(path(f"M{x - 14} {y + 24} L{x + 26} {y - 6}"), art.own.ink, 11, opacity=0.3)
        art.line(path(f"M{x - 16} {y + 20} L{x + 24} {y - 10}"), lace, 9)


@silhouette("boot")
def boot(
    art: Art,
    *,
    low: bool = False,
    tall: bool = False,
    fur: bool = False,
    zip: bool = False,
    strap: bool = False,
) -> None:
    """Draw a hiking boot: low, mid or tall, fur-lined, with a side zip or a strap."""
    top = 286 if low else 150 if tall else 206
    upper = path(
        f"M184 {top} C220 {top + 12} 290 {top + 12} 330 {top - 6} C344 {top + 60} 352 320 388 372"
        f" C440 396 560 400 628 452 C660 478 664 520 662 552 L160 552 C158 460 176 380 184 {top} Z"
    )
    art.ground(406, 606, 560)
    for x in range(160, 640, 48):
        art.flat(path(f"M{x} 580 L{x + 36} 580 L{x + 30} 612 L{x + 4} 612 Z"), RUBBER.shade)
    sole = path(
        "M146 536 C300 548 500 552 668 530 C694 546 688 580 666 594 L156 594 C132 "
        "584 132 552 146 536 Z"
    )
    art.solid(upper, depth=26)
    with art.within(upper):
        art.solid(
            path("M540 400 C620 420 676 480 676 570 L520 570 C516 500 522 440 540 400 Z"),
            RUBBER,
            depth=12,
        )
        art.flat(path("M150 460 C190 450 220 470 232 570 L140 570 Z"), RUBBER.base)
        art.fold(
            path("M350 360 C330 400 290 420 240 424 L244 440 C300 440 350 420 372 380 Z"), blur=7
        )
        art.line(path(f"M236 {top} C238 380 250 480 244 560"), width=3.4, opacity=0.7)
        art.stitch(path(f"M246 {top} C248 380 260 480 254 560"))
    art.solid(sole, RUBBER, depth=12)
    art.line(path("M152 548 C300 560 500 562 664 544"), art.accent.base, 7)
    _boot_top(art, top, fur=fur, padded=not fur)
    if zip:
        art.line(path(f"M280 {top + 26} L296 520"), METAL.deep, 9)
        art.stitch(path(f"M280 {top + 26} L296 520"), METAL.light, width=4)
    elif strap:
        art.solid(path("M270 380 L420 366 L430 404 L276 420 Z"), art.accent, depth=6)
    if not strap:
        _boot_laces(art, top)


def _boot_top(art: Art, top: float, *, fur: bool, padded: bool) -> None:
    if fur:
        tufts = [oval(190 + i * 24, top - 2 + (i % 2) * 8, 26, 24) for i in range(7)]
        for tuft in tufts:
            art.solid(tuft, CREAM, depth=8)
    elif padded:
        art.solid(
            path(
                f"M180 {top - 8} C220 {top + 4} 290 {top + 4} 332 {top - 14} C342 "
                f"{top + 4} 340 {top + 20} 336 {top + 30} C290 {top + 44} 220 "
                f"{top + 44} 182 {top + 34} Z"
            ),
            depth=9,
        )


def _boot_laces(art: Art, top: float) -> None:
    lace = art.accent.light if art.accent is not art.own else CREAM.base
    spots = [
        (326 + (i * 14 if i > 2 else i * 7), top + 56 + i * (352 - top) / 6.4) for i in range(6)
    ]
    for i, (along, y) in enumerate(spots):
        x = along + max(0, i - 2) * 12 - 20
        art.line(path(f"M{x - 26} {y + 12} L{x + 26} {y - 6}"), art.own.ink, 10, opacity=0.4)
        art.line(path(f"M{x - 28} {y + 8} L{x + 24} {y - 10}"), lace, 7)
        art.flat(oval(x - 28, y + 9, 6), METAL.light)


@silhouette("sandal")
def sandal(
    art: Art,
    *,
    cross: bool = False,
    sport: bool = False,
    slide: bool = False,
    closed: bool = False,
    straps: int = 0,
    sole: str = "",
) -> None:
    """Draw a sandal: crossed bands, river straps, slide, closed toe, or buckled straps."""
    hue = (
        CORK
        if sole == "cork"
        else RUBBER
        if sport
        else CORK
        if cross
        else shifted(art.own, WHITE, 0.15)
    )
    art.ground(404, 596, 552)
    heel = "L236 594 L150 594" if not cross else "L250 560 L246 598 L150 598"
    bed = path(
        "M136 500 C250 470 330 540 440 536 C540 532 640 510 676 520 C694 536 690 572 "
        f"664 584 L400 590 {heel} C128 570 124 520 136 500 Z"
    )
    art.solid(bed, hue, depth=14)
    art.line(
        path("M140 510 C250 484 330 552 440 548 C540 544 640 522 674 530"),
        mix(hue.base, WHITE, 0.4),
        6,
        opacity=0.7,
    )
    if sole == "cork":
        art.flat(
            Path(tuple(oval(150 + i * 61 % 510, 552 + i * 13 % 30, 3).rings[0] for i in range(50))),
            CORK.ink,
            opacity=0.45,
        )
    if slide:
        _slide_band(art)
    elif closed:
        _closed(art)
    else:
        _bands(art, cross=cross, sport=sport, straps=straps)


def _slide_band(art: Art) -> None:
    band = path(
        "M372 540 C390 440 450 400 530 408 C600 416 640 460 650 528 C560 546 460 548 372 540 Z"
    )
    art.solid(band, depth=20)
    for i in range(4):
        art.flat(oval(440 + i * 46, 470 + (i % 2) * 22, 12, 9), art.own.deep)


def _closed(art: Art) -> None:
    upper = path(
        "M440 536 C440 450 500 410 570 424 C640 440 676 480 676 524 C600 540 520 544 440 536 Z"
    )
    art.solid(upper, depth=18)
    for x in (500, 546, 592):
        art.solid(oval(x, 482, 14, 22), art.accent, depth=6)
    _band(art, "M150 506 C150 440 190 400 250 392 C330 386 380 420 400 530", 40)
    art.solid(box(236, 368, 70, 52, 10), art.accent, depth=8)


def _band(art: Art, drawn: str, width: float) -> None:
    art.line(path(drawn).moved(2, 6), art.own.ink, width, opacity=0.25)
    art.line(path(drawn), art.own.shade, width)
    art.line(path(drawn).moved(-2, -3), art.own.base, width - 8)
    art.line(path(drawn).moved(-4, -width * 0.24), art.own.light, 3, opacity=0.7)


def _bands(art: Art, *, cross: bool, sport: bool, straps: int) -> None:
    if cross:
        _band(art, "M360 540 C400 470 490 430 620 520", 44)
        _band(art, "M440 544 C460 440 540 430 600 526", 44)
        _band(art, "M148 502 C150 420 180 370 240 366 C300 370 310 440 306 508", 24)
        art.solid(box(218, 348, 40, 36, 6), METAL, depth=4)
        return
    if straps:
        _band(art, "M330 532 C350 450 400 420 450 430 C490 440 500 490 502 536", 50)
        _band(art, "M470 540 C490 460 540 436 590 446 C630 456 640 500 644 524", 50)
        for x, y in ((438, 440), (580, 452)):
            art.solid(box(x - 22, y - 24, 44, 40, 6), METAL, depth=4)
            art.flat(box(x - 12, y - 14, 24, 20, 3), art.own.shade)
        return
    _band(art, "M470 540 C500 440 560 430 640 520", 34)
    _band(art, "M300 520 C340 430 400 400 470 540", 34)
    _band(art, "M146 506 C140 420 170 360 240 352 C320 350 350 400 372 470", 34)
    if sport:
        for x, y in ((240, 352), (392, 436), (560, 458)):
            art.solid(box(x - 30, y - 24, 64, 44, 8).turned(12, (x, y)), art.accent, depth=7)
