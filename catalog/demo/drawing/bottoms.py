"""Silhouettes of trousers and dresses, laid flat in front of the wall."""

from __future__ import annotations

from catalog.demo.drawing.art import Art, lines, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, mix, tones
from catalog.demo.drawing.path import Path, box, oval, path, smooth

COPPER = (192, 122, 74)
THREAD = (216, 156, 90)


def _legs(knee: float, hem: float) -> Path:
    """Return trousers whose outer edge is ``knee`` and ``hem`` pixels from the middle."""
    return path(
        f"M306 104 L494 104 C512 180 520 250 {400 + knee} 420 L{400 + hem} 700"
        f" C{400 + hem * 0.7} 710 {430} 708 {418} 700 L404 330 Q400 318 396 330 L382 700"
        f" C370 708 {400 - hem * 0.7} 710 {400 - hem} 700 L{400 - knee} 420 C280 250 "
        "288 180 306 104 Z"
    )


@silhouette("trousers")
def trousers(
    art: Art,
    *,
    denim: bool = False,
    wide: bool = False,
    slim: bool = False,
    cargo: bool = False,
    cuffed: bool = False,
) -> None:
    """Draw trousers: jeans, wide, slim, with cargo pockets, or with ribbed cuffs."""
    knee, hem = (140, 186) if wide else (122, 104) if slim else (126, 96) if cuffed else (130, 126)
    body = _legs(knee, hem)
    art.drop(body)
    art.solid(body, depth=24)
    with art.within(body):
        art.fold(
            path("M396 318 C380 420 384 560 376 710 L424 710 C416 560 420 420 404 318 Z"),
            blur=10,
            opacity=0.5,
        )
        art.fold(lines("M300 440 L360 452 L306 474 Z", "M500 450 L444 462 L496 482 Z"), blur=6)
        art.line(
            lines(
                f"M{400 - knee * 0.62} 200 L{400 - hem * 0.62} 696",
                f"M{400 + knee * 0.62} 200 L{400 + hem * 0.62} 696",
            ),
            width=3,
            opacity=0.3 if slim or wide else 0,
        )
    art.solid(box(304, 98, 192, 38, 6), depth=6)
    art.line(path("M400 136 L400 236 Q396 262 372 276"), width=3.4, opacity=0.7)
    art.line(
        lines("M306 150 Q316 196 292 222", "M494 150 Q484 196 508 222"), width=3.6, opacity=0.75
    )
    if denim:
        _jeans(art)
    if cargo:
        _cargo(art)
    if cuffed:
        _cuffs(art, hem)


def _jeans(art: Art) -> None:
    art.stitch(
        lines(
            "M304 158 Q310 192 288 214",
            "M496 158 Q490 192 512 214",
            "M408 140 L408 232 Q402 268 376 284",
            "M308 106 L492 106",
            "M308 130 L492 130",
        ),
        THREAD,
    )
    art.shine(
        lines(
            "M310 300 Q336 380 322 460 Q300 390 310 300 Z",
            "M490 300 Q464 380 478 460 Q500 390 490 300 Z",
        ),
        opacity=0.26,
        blur=14,
    )
    art.flat(oval(400, 117, 9), COPPER)
    art.stitch(lines("M276 688 L382 694", "M524 688 L418 694"), THREAD)


def _cargo(art: Art) -> None:
    art.line(lines("M268 500 L392 512", "M532 500 L408 512"), art.own.ink, 5)
    for x in (262, 458):
        art.fold(box(x, 380, 80, 96, 6).moved(2, 8), blur=6)
        art.solid(box(x, 380, 80, 96, 6), depth=7)
        art.solid(box(x - 4, 372, 88, 30, 5), depth=5)
        art.flat(oval(x + 40, 388, 5), art.own.ink)


def _cuffs(art: Art, hem: float) -> None:
    rib = shifted(art.own, NIGHT, 0.14)
    for x in (400 - hem - 2, 416):
        art.solid(box(x, 664, hem - 12, 44, 8), rib, depth=6)
    art.line(lines("M384 132 Q378 176 386 206", "M416 132 Q424 170 414 200"), (240, 238, 232), 5)


def _dress_outline(sleeves: str) -> Path:
    skirt = (
        "C470 340 470 356 482 380 C520 500 556 600 572 706 C480 730 320 730 228 706 C244 "
        "600 280 500 318 380 C330 356 330 340"
    )
    if sleeves == "slip":
        return path(
            "M334 176 Q366 216 400 218 Q434 216 466 176 C470 240 476 280 478 320 "
            f"{skirt} 322 320 C324 280 330 240 334 176 Z"
        )
    if sleeves == "long":
        arm = "C536 160 552 190 560 236 L606 520 C590 530 572 532 556 528 L500 300"
        back = "L244 528 C228 532 210 530 194 520 L240 236 C248 190 264 160 340 140"
        return path(
            f"M340 140 C370 158 430 158 460 140 {arm} C486 320 478 320 476 330 "
            f"{skirt} 324 330 C322 320 314 320 300 300 {back} Z"
        )
    arm = "C516 150 540 170 548 206 L566 286 C548 298 526 304 508 304 L490 250"
    back = "L292 304 C274 304 252 298 234 286 L252 206 C260 170 284 150 336 138"
    return path(
        f"M336 138 C370 170 430 170 464 138 {arm} C490 290 480 316 476 330 {skirt} "
        f"324 330 C320 316 310 290 310 250 {back} Z"
    )


@silhouette("dress")
def dress(
    art: Art, *, sleeves: str = "short", pattern: str = "", texture: str = "", wrap: bool = False
) -> None:
    """Draw a dress: floral, striped, ribbed, wrapped, or a slip on two straps."""
    body = _dress_outline(sleeves)
    art.drop(body)
    if sleeves == "slip":
        art.line(lines("M338 184 L348 100", "M462 184 L452 100"), width=6)
    else:
        art.flat(oval(400, 144, 64, 18), art.own.ink, opacity=0.8)
    if sleeves == "puff":
        _puffs(art)
    art.solid(body, depth=24)
    with art.within(body):
        _dress_cloth(art, pattern, texture)
        for crease in (
            "M350 390 C320 500 306 600 290 720 L316 720 C326 600 340 500 350 390 Z",
            "M400 390 C396 500 396 600 388 724 L420 724 C414 600 410 500 400 390 Z",
            "M450 390 C480 500 494 600 506 720 L532 720 C510 600 480 500 450 390 Z",
        ):
            art.fold(path(crease), blur=9, opacity=0.34)
    if wrap:
        _wrap(art)
    elif sleeves != "slip":
        art.line(
            path("M338 142 C370 176 430 176 462 142"), mix(art.own.base, art.own.shade, 0.7), 9
        )
        art.line(path("M322 332 C370 346 430 346 478 332"), width=4, opacity=0.6)


def _dress_cloth(art: Art, pattern: str, texture: str) -> None:
    if pattern == "floral":
        for i in range(46):
            x, y = 210 + (i * 137) % 390, 170 + (i * 89) % 560
            _daisy(art, x, y, 9 + i % 3 * 2)
    if pattern == "striped":
        art.line(
            path("".join(f"M{x} 120 L{x - (400 - x) * 0.5} 730 " for x in range(230, 580, 17))),
            WHITE,
            5,
            opacity=0.75,
        )
    if texture == "rib":
        art.line(
            path("".join(f"M{x} 120 L{x - (400 - x) * 0.45} 730 " for x in range(190, 620, 11))),
            width=2.2,
            opacity=0.42,
        )


def _daisy(art: Art, x: float, y: float, r: float) -> None:
    petals = oval(x, y - r * 0.7, r * 0.34, r * 0.6)
    flower = petals
    for turn in (72, 144, 216, 288):
        flower += petals.turned(turn, (x, y))
    art.flat(flower, (255, 252, 246))
    art.flat(oval(x, y, r * 0.36), (240, 180, 60) if art.colour != "yellow" else (226, 110, 70))


def _puffs(art: Art) -> None:
    for side in (smooth("312,150 256,150 222,210 240,276 300,290 326,230"),):
        art.solid(side, depth=18)
        art.solid(side.mirrored(), depth=18)


def _wrap(art: Art) -> None:
    art.flat(path("M340 136 L412 330 L380 300 L352 250 Z"), art.own.deep, opacity=0.5, blur=3)
    art.flat(path("M344 134 L398 256 L456 134 Q400 170 344 134 Z"), art.own.ink, opacity=0.85)
    art.line(path("M462 136 C440 220 400 290 330 334"), width=5)
    art.line(path("M340 138 L398 258"), width=4)
    art.solid(box(320, 318, 160, 30, 4), depth=6)
    art.solid(
        path("M330 340 C318 400 300 440 286 470 L312 480 C330 440 344 390 350 346 Z"), depth=8
    )
    art.line(path("M352 350 C400 480 440 600 452 720"), width=3.6, opacity=0.6)


@silhouette("qipao")
def qipao(art: Art) -> None:
    """Draw a qipao: stand-up collar, slanted front with knotted buttons, orchid pattern."""
    body = path(
        "M352 124 C376 136 424 136 448 124 C500 140 524 160 532 192 L548 262 C530 "
        "272 512 276 496 276"
        " C490 320 486 350 488 380 C500 470 506 600 504 724 C440 736 360 736 296 724"
        " C294 600 300 470 312 380 C314 350 310 320 304 276 C288 276 270 272 252 262 L268 192"
        " C276 160 300 140 352 124 Z"
    )
    gold = tones("gold")
    art.drop(body)
    art.solid(body, depth=26)
    with art.within(body):
        for x, y, turn in ((350, 560, -16), (452, 640, 14), (440, 420, 20), (340, 420, -10)):
            for bend in (-34, -8, 20, 44):
                art.line(
                    smooth(
                        f"{x},{y} {x + bend * 0.4},{y - 44} {x + bend},{y - 84}", closed=False
                    ).turned(turn, (x, y)),
                    gold.base,
                    3.4,
                    opacity=0.55,
                )
        art.fold(path("M398 330 C392 480 396 620 390 736 L412 736 L408 330 Z"), opacity=0.25)
    art.solid(
        path("M356 126 C354 108 360 98 400 98 C440 98 446 108 444 126 C424 140 376 140 356 126 Z"),
        depth=8,
    )
    seam = path("M400 136 C430 190 470 210 496 272")
    art.line(seam, gold.base, 5)
    art.line(path("M358 122 C376 138 424 138 442 122"), gold.base, 4)
    art.line(lines("M496 560 L500 724"), art.own.ink, 4)
    for x, y in ((400, 140), (436, 194), (478, 238)):
        art.line(path(f"M{x - 18} {y + 6} L{x + 18} {y - 6}"), gold.shade, 5)
        art.flat(oval(x, y, 7), gold.light)
