"""``make test`` after its packages are there: browser, translations, weights, then pytest.

Becomes pytest, so that its exit code is the command's. A missing browser is an error where CI is
set and a printed line elsewhere (the browser tests then skip).
"""

import os
import sys

from shopguide.embedded.addresses import ROOT, data_dir
from shopguide.embedded.browsing import chromium, install_line, provide
from shopguide.embedded.children import follow_make
from shopguide.embedded.errors import EmbeddedError
from shopguide.embedded.setting_up import TEST_STAGES
from shopguide.embedded.stages import Stamps, weights
from shopguide.embedded.telling import Teller, fail
from shopguide.embedded.translating import translate

PROCESSES = "3"
# A file stays with one process, which makes what its tests share once; long files come first.
DEALING = ("--dist", "loadfile", "--no-loadscope-reorder")


def main(arguments: list[str]) -> int:
    """Prepare what the suite needs and become pytest."""
    follow_make()
    teller = Teller(TEST_STAGES)
    try:
        browser(teller)
        teller.begin("Translations", "compiling message catalogues")
        teller.done(f"{translate(ROOT)} changed")
        weights(teller, Stamps(data_dir() / "stamps"), data_dir())
    except EmbeddedError as error:
        return fail(error)
    except KeyboardInterrupt:
        return 130
    teller.begin("Tests", "pytest, " + ("every count full" if full() else "reduced counts"))
    pytest = [sys.executable, "-m", "pytest", "-n", PROCESSES, *DEALING, *arguments]
    os.execv(sys.executable, pytest)  # noqa: S606 (no shell)


def full() -> bool:
    """Tell whether every count is to be run at its full figure."""
    return os.environ.get("SHOPGUIDE_FULL") == "1"


def browser(teller: Teller) -> None:
    """See that the browser tests can run, or say what mends it."""
    teller.begin("Browser", "looking for Chromium and a Chinese font")
    wanting = provide(teller)
    if found := chromium():
        os.environ["CHROMIUM"] = str(found)
    if not wanting:
        teller.done(f"{found}")
        return
    line = install_line(wanting)
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        raise EmbeddedError(f"The browser tests need {' and '.join(wanting)}.", line)
    teller.done(f"browser tests will be skipped; to run them: {line}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
