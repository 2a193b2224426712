"""Web archives (WARC): each page of HTML in them is an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.errors import UnreadableFileError
from index.readers.source import Member, Source, in_memory

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = ("text/html", "application/xhtml+xml")
OK = 200


def members(source: Source) -> Iterator[Member]:
    """Each response that is a page, under its address.

    Raises:
        UnreadableFileError: fastwarc is missing, the archive is damaged, or its pages exceed the limit.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        reason = "is a web archive, which needs one more package: pip install 'rashomon[warc]'"
        raise UnreadableFileError(source.name, reason) from error
    left = source.limits.unpacked
    found = 0
    records = ArchiveIterator(source.stream, record_types=WarcRecordType.response, parse_http=True)
    for record in _sound(source.name, records):
        found += 1
        if not _is_page(record):
            continue
        data = record.reader.read(min(source.limits.document, left) + 1)
        left -= len(data)
        if left < 0:
            limit = source.limits.unpacked / 1e6
            reason = f"unpacks to more than {limit:g} MB; raise that limit or split the file"
            raise UnreadableFileError(source.name, reason)
        url = record.headers.get("WARC-Target-URI") or record.record_id
        yield Member(url, Source(f"{source.name}/{url}", ".html", in_memory(data), source.limits), {"url": url})
    if not found:
        raise UnreadableFileError(source.name, "is no web archive with responses; fetch it again")


def _is_page(record: Any) -> bool:
    content = record.http_content_type or ""
    status = record.http_headers.status_code if record.http_headers else None
    return content.lower().startswith(PAGES) and status in (None, OK)


def _sound(name: str, records: Any) -> Iterator[Any]:
    """The records; what the library raises over a broken archive becomes one error."""
    try:
        yield from records
    except (ValueError, OSError, RuntimeError) as error:
        raise UnreadableFileError(name, "is damaged or cut short; fetch or pack it again") from error
