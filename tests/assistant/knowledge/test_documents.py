"""Files in: what they say is kept, what could hurt is refused."""

import gzip
import io
import zipfile

import pytest

from assistant.knowledge import documents
from assistant.knowledge.documents import text_of
from assistant.knowledge.importing import entries, unpacked
from catalog.feeds.problems import Refused

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(body: str, head: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body>'
            "</w:document>",
        )
    return packed.getvalue()


def run(text: str, style: str = "") -> str:
    kind = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{kind}<w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(text: str) -> bytes:
    """Return a PDF of one line."""
    drawing = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        content + b"xref\n0 6\n0000000000 65535 f \n" + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(content)
    )  # fmt: skip


def test_word_keeps_headings_and_tables() -> None:
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    table = f"<w:tbl>{row.format(run('码'), run('胸围'))}{row.format(run('M'), run(''))}</w:tbl>"
    found = text_of("a.docx", word(run("保养", "Heading2") + run("冷水洗") + table))
    assert found == "## 保养\n\n冷水洗\n\n| 码 | 胸围 |\n|---|---|\n| M |  |"


def test_html_keeps_what_is_shown() -> None:
    page = (
        "<html><head><title>x</title></head><body><script>alert(1)</script><h2>Care</h2>"
        "<p>Wash&nbsp;cold &lt;30&gt;<br>please</p><ul><li>flat</li></ul><table><tr><th>Size</th>"
        "<th>cm</th></tr><tr><td>M</td><td>94</td></tr></table><style>p{}</style></body></html>"
    )
    assert text_of("a.html", page.encode()) == (
        "## Care\n\nWash cold <30>\nplease\n\n- flat\n\n| Size | cm |\n|---|---|\n| M | 94 |"
    )


def test_pdf_is_read_and_a_broken_one_is_refused() -> None:
    assert text_of("a.pdf", pdf("Dry it flat.")) == "Dry it flat."
    with pytest.raises(Refused, match="PDF"):
        text_of("a.pdf", b"%PDF-1.7\n" + b"\x00garbage" * 50)


def test_plain_text_in_another_encoding_and_without_what_is_not_seen() -> None:
    assert text_of("a.txt", "冷水手洗".encode("gb18030")) == "冷水手洗"
    assert text_of("a.md", "a\u200bb\u202ec\r\nd".encode()) == "abc\nd"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ"), ("a.txt", b""), ("a.txt", b"\x00\x01" * 50), ("a.docx", b"PK\x03\x04x"),
        ("a.docx", word(run("&x;"), "<!DOCTYPE d [<!ENTITY x 'y'>]>")),
        ("a.docx", word("<w:p>" * 90)), ("a.html", b"<script>only</script>"),
        ("a.txt", b"x" * (documents.MOST_BYTES + 1)),
    ],
)  # fmt: skip
def test_what_cannot_be_an_article_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refused):
        text_of(name, content)


def test_bombs_are_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr("word/document.xml", b" " * (documents.MOST_UNPACKED + 1))
    with pytest.raises(Refused):
        text_of("a.docx", bomb.getvalue())
    with pytest.raises(Refused):
        unpacked("a.json.gz", gzip.compress(b" " * (documents.MOST_UNPACKED + 1)))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", '{"questions": [{"question": "Q?", "answer": "A."}]}'),
        ("a.json", '[{"title": "Q?", "body": "A."}]'),
        ("a.jsonl", '{"q": "Q?", "a": "A."}\n\n'),
        ("a.csv", "问题,答案\nQ?,A.\n"),
        ("a.json", '{"F": {"description": "d", "subflows": {"Q?": {"instructions": ["A."]}}}}'),
    ],
)
def test_lists_of_questions_are_read(name: str, content: str) -> None:
    (found,) = entries(name, content.encode())
    assert (found.title, found.body.strip()) == ("Q?", "A.")


@pytest.mark.parametrize("content", ["[1, null, [2]]", "{}", '"x"', '[{"question": 3}]'])
def test_what_is_no_entry_has_no_words(content: str) -> None:
    assert all(not one.title and not one.body for one in entries("a.json", content.encode()))
