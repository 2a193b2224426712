"""Every format gives the same kind of document: the article's words, and the fields with where they came from."""

from __future__ import annotations

import csv
import gzip
import io
import json
import logging
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from index.errors import UnreadableFileError
from index.metadata import find
from index.readers import Limits, read, read_stream, walk
from index.readers.html import plain
from index.types import Document, Origin

if TYPE_CHECKING:
    from pathlib import Path

PARAGRAPHS = [
    "Harbour pilots in Kestrel Bay refused to board ships on Monday, saying the new rota leaves them no time for sleep.",
    "“We will not sail tired,” said Ines Okafor, who leads the pilots’ union, at a meeting on the quay that afternoon.",
    "The port authority denied that anybody had been asked to work longer, and it called the stoppage unlawful and rash.",
    "Nine ships lay at anchor outside the bay by nightfall, among them a tanker whose master had waited since Saturday.",
]
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Pilots stay ashore - The Tern</title>
<meta property="og:title" content="Pilots stay ashore"><meta property="og:site_name" content="The Tern">
<meta property="article:published_time" content="2019-10-05T08:00:00Z"><meta name="author" content="Ana Lima">
<link rel="canonical" href="https://tern.example/pilots"></head>
<body><nav><a href="/">Home</a> <a href="/s">Sport</a></nav><article><h1>Pilots stay ashore</h1>
{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</article><footer>Copyright 2019 The Tern. Sign up now.</footer></body></html>"""
ENTRY = "<p>One &amp; two.<!-- not this --> Three</p><script>not()</script><p>Four<br>five</p>"
FEED = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Tern</title><language>en</language>
<item><guid>t1</guid><title>Pilots &amp; ships</title><link>https://tern.example/1</link><author>Ana Lima</author>
<pubDate>Sat, 05 Oct 2019 08:00:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[{ENTRY}]]></content:encoded></item>
<item><guid>t2</guid><title>Nothing</title></item></channel></rss>"""


def documents(path: Path, **kwargs: object) -> list[Document]:
    found = list(read(path, **kwargs))  # type: ignore[arg-type]
    assert all(isinstance(one, Document) for one in found), found
    return found  # type: ignore[return-value]


def failure(path: Path, **kwargs: object) -> str:
    (found,) = read(path, **kwargs)  # type: ignore[arg-type]
    assert isinstance(found, UnreadableFileError)
    return found.reason


def make_pdf(words: str) -> bytes:
    """A PDF of one page, written by hand."""
    stream = f"BT /F1 12 Tf 40 700 Td ({words}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Title(Pilots stay ashore)/Author(Ana Lima)>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 7\n0000000000 65535 f \n%strailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (table, len(out))
    )


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.html.gz"])
def test_a_page_gives_its_article_and_its_own_tags(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(PAGE.encode()) if name.endswith("gz") else PAGE.encode())
    (found,) = documents(path)
    assert [line for line in found.text.splitlines() if line != "Pilots stay ashore"] == PARAGRAPHS
    assert found.origin is Origin.TAG
    assert found.fields == {
        "title": "Pilots stay ashore",
        "outlet": "The Tern",
        "published": "2019-10-05",
        "authors": "Ana Lima",
        "url": "https://tern.example/pilots",
        "language": "en",
    }
    assert found.page == PAGE.encode()


def test_a_page_in_utf_16_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.encode("utf-16"))
    (found,) = documents(path)
    assert PARAGRAPHS[1] in found.text


def test_a_page_without_an_article_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><script>x()</script></body></html>")
    assert failure(path).startswith("holds no article")


def test_plain_text_of_markup_keeps_visible_words_only_a_line_a_block() -> None:
    assert plain(ENTRY) == "One & two. Three\nFour\nfive"
    assert plain("") == ""
    assert plain("no markup < here") == "no markup < here"


def test_a_pdf_gives_its_words_and_stated_title(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf("Nine ships lay at anchor."))
    (found,) = documents(path)
    assert (found.text, found.origin) == ("Nine ships lay at anchor.", Origin.TAG)
    assert found.fields == {"title": "Pilots stay ashore", "authors": "Ana Lima"}


def test_a_pdf_without_words_or_sense_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf(""))
    assert failure(path).startswith("has no text layer")
    path.write_bytes(b"%PDF-1.4 and then nothing")
    assert failure(path).startswith("is no sound PDF")


def test_a_feed_gives_an_article_for_each_entry_with_words(tmp_path: Path) -> None:
    path = tmp_path / "a.rss"
    path.write_text(FEED)
    first, second = read(path)
    assert first == Document(
        path=str(path),
        key="t1",
        text="One & two. Three\nFour\nfive",
        fields={
            "title": "Pilots & ships",
            "outlet": "The Tern",
            "published": "Sat, 05 Oct 2019 08:00:00 GMT",
            "authors": "Ana Lima",
            "url": "https://tern.example/1",
            "language": "en",
        },
        origin=Origin.TAG,
    )
    assert isinstance(second, UnreadableFileError)
    assert second.reason.startswith("entry 2 has no words")
    path.write_text("<svg/>")
    assert failure(path).startswith("is no feed")


TABLE = [
    {
        "ID": "k1",
        "Headline": "Pilots; ashore",
        "Body": "One, two.\nThree “four”.",
        "Publisher": "Tern",
        "Date": "2019-10-05",
    },
    {"ID": "", "Headline": "", "Body": "Second.", "Publisher": "", "Date": ""},
]
EXPECTED = [
    ("k1", "One, two.\nThree “four”.", {"title": "Pilots; ashore", "outlet": "Tern", "published": "2019-10-05"}),
    (None, "Second.", {}),
]


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), ("|", "cp1252")]
)
def test_a_csv_s_columns_are_told_from_their_names_and_said(
    tmp_path: Path, delimiter: str, encoding: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, list(TABLE[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(TABLE)
    with caplog.at_level(logging.INFO):
        found = documents(path)
    assert [(d.text, d.fields) for d in found] == [(text, fields) for _, text, fields in EXPECTED]
    assert [d.key for d in found] == ["k1", "4"]
    assert [record.message for record in caplog.records] == [
        f"{path}: text from Body, id from ID, outlet from Publisher, title from Headline, published from Date"
    ]


def test_a_column_that_the_user_names_wins_and_a_missing_one_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("words,text\nFirst.,Second.\n")
    assert documents(path, columns={"text": "words"})[0].text == "First."
    assert failure(path, columns={"text": "wrods"}).startswith("has no column wrods; its columns are words, text")
    path.write_text("a,b\n1,2\n")
    assert failure(path).startswith("has no column that looks like the text; its columns are a, b")


def test_a_crooked_csv_row_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,title\nOne.,T\nTwo.,T,more\n,T\nFour.\n")
    first, second, third, fourth = read(path)
    assert isinstance(first, Document)
    assert isinstance(fourth, Document)
    assert [str(error).split(": ")[1][:22] for error in (second, third)] == [
        "line 3 has more cells ",
        "line 4 has no words in",
    ]


def test_a_csv_that_changes_its_encoding_breaks_off_with_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"text\n" + b"Plain words.\n" * 3000 + b"caf\xe9\n")
    *good, last = read(path)
    assert isinstance(last, UnreadableFileError)
    assert "from line" in last.reason
    assert len(good) > 1000


@pytest.mark.parametrize("name", ["a.parquet", "a.parquet.gz"])
def test_a_parquet_file_gives_its_rows_and_says_its_columns(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    buffer = io.BytesIO()
    parquet.write_table(arrow.Table.from_pylist([row | {"other": 1.5} for row in TABLE]), buffer)
    path = tmp_path / name
    path.write_bytes(gzip.compress(buffer.getvalue()) if name.endswith("gz") else buffer.getvalue())
    with caplog.at_level(logging.INFO):
        found = documents(path, columns={"title": "Headline"})
    assert [(d.text, d.fields) for d in found] == [(text, fields) for _, text, fields in EXPECTED]
    assert [record.message for record in caplog.records] == [
        f"{path}: text from Body, id from ID, outlet from Publisher, title from Headline, published from Date"
    ]
    path.write_bytes(gzip.compress(b"PAR1") if name.endswith("gz") else b"PAR1")
    assert failure(path).startswith("is no sound Parquet file")


def test_a_web_archive_gives_its_pages(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    records = []
    for url, kind, status in (
        ("https://tern.example/1", "text/html", "200 OK"),
        ("https://tern.example/2", "image/png", "200 OK"),
        ("https://tern.example/3", "text/html", "404 Not Found"),
    ):
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{PAGE}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-10-06T00:00:00Z\r\n"
            "WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(records))
    (found,) = documents(path)
    assert (found.path, found.key) == (str(path), "https://tern.example/1")
    assert found.fields["url"] == "https://tern.example/1"
    assert PARAGRAPHS[2] in found.text
    path.write_bytes(b"not an archive at all" * 20)
    assert failure(path).startswith("is")


def pack(path: Path, files: dict[str, bytes]) -> Path:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
    else:
        with tarfile.open(path, "w:gz" if path.suffix in (".gz", ".tgz") else "w") as archive:
            for name, data in files.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))
            link = tarfile.TarInfo("link.txt")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(link)
    return path


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tgz"])
def test_packed_files_are_read_in_place_and_a_bad_one_costs_only_itself(tmp_path: Path, name: str) -> None:
    files = {
        "../../evil.txt": b"Outside.",
        "/etc/absolute.txt": b"Absolute.",
        "in/rows.jsonl.gz": gzip.compress(b'{"text": "One.", "id": "r"}\n{"text": "Two."}\n'),
        "in/empty.txt": b"",
        "in/page.html": PAGE.encode(),
        "photo.png": b"\x89PNG",
        ".hidden.txt": b"x",
        "__MACOSX/x.txt": b"x",
        "inner.zip": b"PK",
    }
    path = pack(tmp_path / name, files)
    found = list(read(path))
    good = {d.key: d.text for d in found if isinstance(d, Document)}
    assert good.pop("in/page.html").endswith(PARAGRAPHS[3])
    assert good == {
        "../../evil.txt": "Outside.",
        "/etc/absolute.txt": "Absolute.",
        "in/rows.jsonl.gz/r": "One.",
        "in/rows.jsonl.gz/2": "Two.",
    }
    assert [str(e) for e in found if isinstance(e, UnreadableFileError)] == [
        f"{path}/in/empty.txt: is empty; leave it out or fill it"
    ]
    assert {d.path for d in found} == {str(path), f"{path}/in/empty.txt"}
    assert sorted(p.name for p in tmp_path.rglob("*")) == [name]


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_an_archive_that_unfolds_too_far_is_stopped(tmp_path: Path, name: str) -> None:
    path = pack(tmp_path / name, {"first.txt": b"Good.", "bomb.txt": b" " * 5_000_000})
    *good, error = read(path, Limits(unpacked=1_000_000, document=10_000_000))
    assert isinstance(error, UnreadableFileError)
    assert error.reason.startswith("unpacks to more than 1 MB")
    assert [d.text for d in good if isinstance(d, Document)] == ["Good."]


def test_a_sidecar_wins_over_what_the_file_says_and_is_no_article_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Pilots stay ashore\n" + PARAGRAPHS[0])
    (tmp_path / "a.json").write_text(json.dumps({"outlet": "The Tern", "authors": ["Ana Lima", "Bo Ray"], "text": "x"}))
    (tmp_path / "b.html").write_text(PAGE)
    (tmp_path / "b.json").write_text(json.dumps({"outlet": "Kestrel Daily"}))
    (tmp_path / "c.txt").write_text("Words.")
    (tmp_path / "c.json").write_text("[")
    first, second, third = (found for path in walk([tmp_path]) for found in read(path))
    assert isinstance(first, Document)
    assert first.fields == {"outlet": "The Tern", "authors": "Ana Lima; Bo Ray"}
    assert first.origins == {"outlet": Origin.SIDECAR, "authors": Origin.SIDECAR}
    assert isinstance(second, Document)
    assert (second.fields["outlet"], second.fields["title"]) == ("Kestrel Daily", "Pilots stay ashore")
    assert (second.origin, second.origins) == (Origin.TAG, {"outlet": Origin.SIDECAR})
    shown = find(second)
    assert {name: shown[name].origin for name in ("outlet", "title")} == {"outlet": Origin.SIDECAR, "title": Origin.TAG}
    assert isinstance(third, UnreadableFileError)
    assert third.path == str(tmp_path / "c.json")


def test_one_article_is_read_from_a_stream_without_a_name() -> None:
    (found,) = read_stream(io.BytesIO(b"Plain words.\n"))
    assert found == Document(path="-", key="", text="Plain words.\n")
    (page,) = read_stream(io.BytesIO(b"\n " + PAGE.encode()))
    assert isinstance(page, Document)
    assert PARAGRAPHS[0] in page.text
    (error,) = read_stream(io.BytesIO(b""))
    assert isinstance(error, UnreadableFileError)
