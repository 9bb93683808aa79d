"""Read a PDF from standard input, write its text: a program of its own, so that limits hold.

Started by `assistant.knowledge.documents`. It imports nothing of the shop, opens no file but its
code, and is ended by the kernel if it wants more time or memory than a manual needs. Exit codes: 0
text, 2 not readable, 3 locked.
"""

import contextlib
import io
import resource
import sys

SECONDS, BYTES = 20, 512 << 20
MOST_PAGES, MOST_CHARACTERS = 400, 200_000


def main() -> int:
    """Read, and return the exit code."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of this kind
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    import logging

    from pypdf import PdfReader

    logging.disable()
    try:
        reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return 3
        left = MOST_CHARACTERS
        for number, page in enumerate(reader.pages):
            if number >= MOST_PAGES or left <= 0:
                break
            text = page.extract_text()[:left]
            left -= len(text)
            sys.stdout.buffer.write(paragraphs(text).encode("utf-8", "replace") + b"\n\n")
    except Exception:  # whatever a damaged file makes of a parser, it is a file we cannot read
        return 2
    return 0


def paragraphs(text: str) -> str:
    """Join lines that were broken at the margin: a sentence that goes on goes on."""
    lines: list[str] = []
    for line in (one.strip() for one in text.splitlines()):
        open_ = lines and lines[-1] and lines[-1][-1] not in ".!?。！？:：;；|"
        if line and open_ and len(lines[-1]) > 40 and not line[:1].isdigit():
            wide = line[0] > "\u2e7f"
            lines[-1] += line if wide else " " + line
        else:
            lines.append(line)
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
