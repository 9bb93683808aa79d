"""Silhouettes of tea ware and kettles."""

from __future__ import annotations

from catalog.demo.drawing.art import GLASS, METAL, RUBBER, WOOD, Art, lines, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, Tones, tones
from catalog.demo.drawing.path import Path, box, oval, path, smooth

TEA = (196, 120, 52)


def _cup(art: Art, x: float, y: float, k: float = 1, hue: Tones | None = None) -> None:
    """Draw a small tea cup whose foot stands at (x, y)."""
    art.ground(x, y, 96 * k)
    bowl = path(
        f"M{x - 50 * k} {y - 70 * k} C{x - 46 * k} {y - 30 * k} {x - 34 * k} "
        f"{y - 6 * k} {x - 20 * k} {y} L{x + 20 * k} {y} C{x + 34 * k} {y - 6 * k} "
        f"{x + 46 * k} {y - 30 * k} {x + 50 * k} {y - 70 * k} Z"
    )
    art.solid(bowl, hue, depth=12 * k)
    rim = oval(x, y - 70 * k, 50 * k, 13 * k)
    art.flat(rim, (hue or art.own).light)
    art.flat(oval(x, y - 68 * k, 43 * k, 10 * k), (hue or art.own).shade)
    art.flat(oval(x, y - 65 * k, 38 * k, 7 * k), TEA, opacity=0.9)


def _steam(art: Art, x: float, y: float) -> None:
    art.canvas.fill(
        smooth(
            f"{x - 6},{y} {x + 16},{y - 40} {x - 10},{y - 84} {x + 10},{y - 130} "
            f"{x + 2},{y - 80} {x + 26},{y - 40} {x + 8},{y}"
        ),
        WHITE,
        opacity=0.5,
        blur=7,
    )


@silhouette("tea-set")
def tea_set(art: Art, *, tray: bool = False, side: bool = False) -> None:
    """Draw a gaiwan (or a side-handled pot) with pitcher and cups, perhaps on a tray."""
    if tray:
        art.ground(400, 680, 640)
        art.solid(
            path(
                "M120 560 L680 560 L730 650 C732 670 720 684 700 684 L100 684 C80 "
                "684 68 670 70 650 Z"
            ),
            WOOD,
            depth=14,
        )
        for y in (580, 606, 632):
            art.line(
                path(f"M{150 - (y - 580)} {y} L{650 + (y - 580)} {y}"), WOOD.deep, 3, opacity=0.6
            )
    _steam(art, 380, 250)
    if side:
        teapot(art, at=(-20, -40), handle="side")
    else:
        _gaiwan(art)
        _pitcher(art)
    four = ((170, 650), (300, 666), (450, 666), (600, 650))
    six = ((130, 626), (230, 652), (336, 666), (444, 666), (550, 652), (650, 626))
    for x, y in four if side else six:
        _cup(art, x, y, 0.82 if side else 0.74)


def _gaiwan(art: Art) -> None:
    art.ground(350, 548, 330)
    art.solid(
        path(
            "M196 512 C240 540 460 540 504 512 C496 548 440 560 350 560 C260 560 204 548 196 512 Z"
        ),
        depth=12,
    )
    bowl = path("M206 356 C214 450 270 512 300 524 L400 524 C430 512 486 450 494 356 Z")
    art.solid(bowl, depth=30)
    art.flat(oval(350, 356, 148, 32), art.own.light)
    art.flat(oval(350, 358, 136, 26), art.own.shade)
    lid = path(
        "M222 352 C236 280 300 250 350 250 C400 250 464 280 478 352 C440 372 260 372 222 352 Z"
    )
    art.fold(oval(350, 362, 120, 14), blur=6, opacity=0.5)
    art.solid(lid, depth=22)
    art.solid(path("M318 244 C318 228 382 228 382 244 L372 264 L328 264 Z"), depth=8)
    art.shine(smooth("240,400 262,420 288,480 276,486 248,440"), opacity=0.8, blur=4)


def _pitcher(art: Art) -> None:
    art.ground(606, 540, 170)
    art.line(path("M676 400 C740 390 740 490 668 490"), art.own.shade, 16)
    art.solid(
        path(
            "M528 356 L512 340 L560 352 L680 352 C690 420 690 500 660 540 L560 540 "
            "C530 500 526 420 536 366 Z"
        ),
        depth=20,
    )
    art.flat(
        path("M514 342 C560 356 640 360 680 352 C660 366 560 370 530 358 Z"),
        art.own.deep,
        opacity=0.55,
    )


@silhouette("teapot")
def teapot(
    art: Art, *, glass: bool = False, at: tuple[float, float] = (0, 0), handle: str = "back"
) -> None:
    """Draw a teapot: clay, or glass with flowers inside over a candle."""
    dx, dy = at

    def place(drawn: Path) -> Path:
        return drawn.moved(dx, dy)

    hue = GLASS if glass else art.own
    if glass:
        _warmer(art)
    else:
        art.ground(390 + dx, 610 + dy, 380)
    if handle == "side":
        art.solid(
            place(path("M500 420 L640 330 C664 320 676 350 656 364 L530 470 Z")), hue, depth=12
        )
    else:
        art.line(
            place(path("M240 350 C110 320 110 560 262 536")), (WOOD if glass else hue).shade, 28
        )
        art.line(
            place(path("M240 350 C110 320 110 560 262 536").moved(-3, -5)),
            (WOOD if glass else hue).light,
            8,
            opacity=0.6,
        )
    spout = "M520 500 C600 480 610 400 640 350 L684 344 C668 420 650 520 540 560 Z"
    art.solid(
        place(
            path(
                spout
                if handle != "side"
                else "M280 470 C200 450 190 400 150 360 L120 376 C140 440 190 520 280 540 Z"
            )
        ),
        hue,
        depth=14,
    )
    body = place(
        smooth("390,310 500,336 566,430 548,540 470,604 390,612 310,604 232,540 214,430 280,336")
    )
    art.solid(body, hue, depth=44)
    if glass:
        _flowers(art, body)
    lid = place(path("M290 330 C300 270 480 270 490 330 C450 352 330 352 290 330 Z"))
    art.solid(lid, hue, depth=14)
    art.solid(place(oval(390, 266, 26, 24)), WOOD if glass else hue, depth=9)
    art.shine(
        place(smooth("262,420 286,370 320,356 300,410 280,470")),
        opacity=0.4 if not glass else 0.7,
        blur=9,
    )


def _warmer(art: Art) -> None:
    art.ground(392, 682, 340)
    art.solid(box(272, 606, 240, 76, 20), GLASS, depth=16)
    art.solid(box(360, 630, 64, 44, 8), METAL, depth=6)
    art.flat(smooth("392,632 380,620 392,596 404,620"), (248, 186, 84))


def _flowers(art: Art, body: Path) -> None:
    with art.within(body):
        art.flat(box(150, 440, 500, 200), (232, 178, 92), opacity=0.55)
        art.flat(oval(390, 440, 180, 20), (240, 196, 120), opacity=0.8)
        for x, y, hue in (
            (310, 500, "dusty-pink"),
            (400, 540, "yellow"),
            (470, 486, "coral"),
            (360, 446, "yellow"),
        ):
            petal = oval(x, y - 17, 11, 18)
            flower = petal
            for turn in range(45, 360, 45):
                flower += petal.turned(turn, (x, y))
            art.flat(flower, tones(hue).light)
            art.flat(oval(x, y, 9), tones("amber").base)


@silhouette("tea-cup")
def tea_cup(art: Art) -> None:
    """Draw one large wood-fired cup with ash running down its glaze."""
    art.ground(400, 620, 330)
    _steam(art, 390, 250)
    bowl = path("M216 300 C220 470 270 590 320 616 L480 616 C530 590 580 470 584 300 Z")
    art.solid(bowl, depth=46)
    with art.within(bowl):
        for x, length in ((240, 120), (290, 200), (340, 90), (410, 230), (470, 130), (530, 180)):
            art.flat(
                path(
                    f"M{x - 34} 280 L{x + 34} 280 C{x + 24} {290 + length * 0.5} "
                    f"{x + 12} {300 + length} {x} {306 + length} C{x - 14} "
                    f"{300 + length} {x - 24} {290 + length * 0.5} {x - 34} 280 Z"
                ),
                (176, 158, 112),
                opacity=0.85,
                blur=3,
            )
        art.shine(smooth("250,350 276,340 296,480 280,520 256,440"), opacity=0.3, blur=9)
    art.flat(oval(400, 300, 184, 46), (188, 168, 122))
    art.flat(oval(400, 304, 170, 38), art.own.ink)
    art.flat(oval(400, 314, 150, 26), TEA)
    art.solid(box(326, 612, 148, 16, 6), shifted(art.own, NIGHT, 0.3), depth=5)


@silhouette("travel-tea")
def travel_tea(art: Art) -> None:
    """Draw a travel tea set: a zipped round case standing open, pot and two cups before it."""
    shell = shifted(art.own, NIGHT, 0.32)
    art.ground(400, 640, 560)
    back = oval(330, 380, 236)
    art.solid(back, shell, depth=34)
    art.flat(oval(330, 384, 204), shifted(art.own, WHITE, 0.62).base)
    art.canvas.stroke(oval(330, 380, 222), METAL.deep, 7, closed=True)
    art.stitch(oval(330, 384, 190), art.own.base)
    for x, y in ((250, 350), (410, 350)):
        art.flat(oval(x, y, 58), art.own.deep, opacity=0.22, blur=5)
    art.line(smooth("546,300 610,300 628,360 590,404", closed=False), shell.ink, 12)
    art.solid(box(318, 128, 26, 50, 9), METAL, depth=6)
    art.ground(330, 640, 300)
    art.line(path("M460 470 C540 470 540 590 452 588"), art.own.shade, 22)
    art.solid(
        path("M206 500 C160 486 150 450 124 424 L104 440 C116 490 150 546 214 560 Z"), depth=10
    )
    pot = smooth("330,420 420,436 474,510 460,592 400,640 260,640 200,592 186,510 240,436")
    art.solid(pot, depth=40)
    art.solid(path("M240 446 C256 392 404 392 420 446 C384 464 276 464 240 446 Z"), depth=12)
    art.solid(oval(330, 390, 22, 19), depth=7)
    art.shine(smooth("226,500 246,462 276,452 254,500 240,548"), opacity=0.4, blur=7)
    _cup(art, 560, 664, 1.1)
    _cup(art, 676, 640, 0.94)


@silhouette("kettle")
def kettle(
    art: Art,
    *,
    gooseneck: bool = False,
    enamel: bool = False,
    glass: bool = False,
    folded: bool = False,
) -> None:
    """Draw a kettle: for the stove, gooseneck, enamel, glass, or half folded."""
    if gooseneck:
        _gooseneck(art)
    elif glass:
        _health_pot(art)
    elif folded:
        _folding(art)
    else:
        _stove_kettle(art, enamel=enamel)


def _stove_kettle(art: Art, *, enamel: bool) -> None:
    art.ground(390, 640, 440)
    arch = (
        "M250 360 C250 130 530 130 530 360" if not enamel else "M232 390 C240 120 540 120 548 390"
    )
    art.line(path(arch), METAL.deep if enamel else RUBBER.base, 12 if enamel else 30)
    if enamel:
        art.solid(box(340, 172, 100, 34, 17), WOOD, depth=8)
    art.solid(
        path("M530 460 C620 440 640 380 660 320 L706 310 C700 400 670 520 556 560 Z"), depth=14
    )
    body = path(
        "M286 344 C210 380 172 480 180 580 C184 620 210 640 250 640 L530 640 C570 "
        "640 596 620 600 580 C608 480 570 380 494 344 Z"
    )
    art.solid(body, depth=46)
    if enamel:
        dots = Path(
            tuple(
                oval(210 + i * 83 % 360, 390 + i * 47 % 230, 3 + i % 3).rings[0] for i in range(36)
            )
        )
        with art.within(body):
            art.flat(dots, WHITE if not art.pale else art.own.deep, opacity=0.7)
        art.line(path("M284 346 C340 362 440 362 496 346"), RUBBER.base, 7)
    art.solid(path("M284 344 C300 300 480 300 496 344 C450 364 330 364 284 344 Z"), depth=14)
    art.solid(oval(390, 300, 24, 20), RUBBER, depth=8)
    art.shine(smooth("230,480 262,410 300,380 276,450 250,540"), opacity=0.55, blur=9)


def _gooseneck(art: Art) -> None:
    art.ground(400, 676, 440)
    art.solid(box(236, 630, 330, 46, 20), shifted(art.own, NIGHT, 0.3), depth=10)
    art.line(path("M510 350 C640 330 650 560 530 570"), WOOD.shade, 30)
    art.line(path("M510 350 C640 330 650 560 530 570").moved(-3, -5), WOOD.light, 8, opacity=0.6)
    neck = path("M290 580 C170 580 200 420 150 360 C130 336 110 320 90 320")
    art.line(neck, art.own.deep, 34)
    art.line(neck.moved(-2, -4), art.own.base, 22)
    art.line(neck.moved(-5, -8), art.own.light, 5, opacity=0.7)
    art.round(path("M300 310 L500 310 L546 630 L256 630 Z"))
    art.solid(path("M300 310 C310 280 490 280 500 310 C460 326 340 326 300 310 Z"), depth=10)
    art.solid(oval(400, 272, 22, 20), WOOD, depth=8)
    art.solid(oval(400, 652, 20), METAL, depth=5)


def _health_pot(art: Art) -> None:
    art.ground(392, 680, 380)
    art.solid(box(232, 600, 320, 80, 26), shifted(METAL, NIGHT, 0.05), depth=14)
    art.flat(box(300, 628, 184, 26, 13), (30, 36, 46))
    art.flat(
        Path(tuple(oval(326 + i * 34, 641, 6).rings[0] for i in range(5))), tones("orange").base
    )
    art.line(path("M540 320 C660 310 660 540 540 548"), RUBBER.base, 30)
    pot = path("M256 280 C230 400 230 520 262 596 L522 596 C554 520 554 400 528 280 Z")
    art.solid(pot, GLASS, depth=30)
    with art.within(pot):
        art.flat(box(200, 390, 400, 240), (226, 168, 86), opacity=0.5)
        for x, y in ((300, 540), (360, 560), (430, 552), (490, 536), (330, 500), (460, 500)):
            art.flat(
                oval(x, y, 20, 13).turned(x % 40 - 20, (x, y)), tones("red").base, opacity=0.85
            )
        art.line(lines("M276 430 L306 430", "M272 480 L302 480", "M276 380 L306 380"), GLASS.ink, 4)
    art.solid(path("M252 280 C252 244 532 244 532 280 Z"), METAL, depth=10)
    art.solid(box(362, 214, 60, 34, 12), RUBBER, depth=7)
    art.shine(
        path("M492 310 C512 400 512 490 500 570 L514 570 C528 490 528 400 506 310 Z"),
        opacity=0.8,
        blur=3,
    )


def _folding(art: Art) -> None:
    art.ground(390, 640, 400)
    art.line(path("M540 330 C660 330 660 560 560 580"), art.own.deep, 30)
    art.solid(path("M232 330 L168 300 L190 372 L240 400 Z"), depth=8)
    for i, (top, half) in enumerate(((320, 150), (392, 166), (464, 178), (530, 186))):
        fold = path(
            f"M{390 - half + 14} {top} L{390 + half - 14} {top} C{390 + half + 14} "
            f"{top + 30} {390 + half + 14} {top + 50} {390 + half - 8} {top + 74} "
            f"L{390 - half + 8} {top + 74} C{390 - half - 14} {top + 50} "
            f"{390 - half - 14} {top + 30} {390 - half + 14} {top} Z"
        )
        art.solid(fold, depth=16 + i)
    art.solid(box(214, 594, 352, 48, 18), METAL, depth=12)
    art.solid(path("M244 322 C250 280 530 280 536 322 Z"), shifted(art.own, NIGHT, 0.12), depth=12)
    art.solid(box(356, 262, 68, 30, 12), shifted(art.own, NIGHT, 0.3), depth=7)
