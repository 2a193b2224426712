"""Tables with one article a row: JSONL, CSV and Parquet."""

from __future__ import annotations

import csv
import io
import json
import logging
import math
from typing import TYPE_CHECKING, Any

from index.errors import UnreadableFileError
from index.readers.columns import choose
from index.readers.source import MEGABYTE, readable
from index.readers.text import encoding_of
from index.types import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.readers.source import Source

Found = Document | UnreadableFileError

BATCH = 256
SNIFFED_BYTES = 8192
LOG = logging.getLogger(__name__)


class _Rows:
    """Turns the rows of one table into documents, and says once which columns were taken for what."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._columns: tuple[str, ...] | None = None
        self._chosen: dict[str, str] = {}

    def choose(self, columns: tuple[str, ...]) -> dict[str, str]:
        """The column for each field; raises UnreadableFileError where the text has none."""
        if columns != self._columns:
            chosen = choose(columns, self._source.columns, self._source.name)
            if chosen != self._chosen and any(field != column for field, column in chosen.items()):
                said = ", ".join(f"{field} from {column}" for field, column in chosen.items())
                LOG.info("%s: %s", self._source.name, said)
            self._columns, self._chosen = columns, chosen
        return self._chosen

    def document(self, number: int, row: Mapping[str, Any]) -> Found:
        """The document of a row, or what is wrong with it; rows are numbered as lines are, from 1."""
        try:
            chosen = self.choose(tuple(row))
        except UnreadableFileError as error:
            return self.error(number, error.reason)
        values = {field: row[column] for field, column in chosen.items()}
        text = values.pop("text")
        if not isinstance(text, str) or not text.strip():
            return self.error(number, f"has no words in its field {chosen['text']}; fill or remove it")
        fields = {field: value for field in values if (value := _value(values[field]))}
        if any(map(_broken, (text, *fields.values()))):
            return self.error(number, "holds halves of characters (lone surrogates); correct it")
        key = fields.pop("id", "") or str(number)
        return Document(path=self._source.name, key=key, text=text, fields=fields)

    def error(self, number: int, reason: str) -> UnreadableFileError:
        """What is wrong with one row."""
        return UnreadableFileError(self._source.name, f"line {number} {reason}")


def read_jsonl(source: Source) -> Iterator[Found]:
    """The rows of a file with one JSON object a line: `text`, and where known id, url, outlet, title, ….

    A document's key is its id, or the number of its line where it has none.
    """
    rows = _Rows(source)
    number = 0
    while True:
        with readable(source.name):
            line = source.stream.readline(source.limits.document + 1)
        if not line:
            break
        number += 1
        if len(line) > source.limits.document:
            _skip_line(source, line)
            limit = f"{source.limits.document / MEGABYTE:g} MB"
            yield rows.error(number, f"holds more than {limit}; raise that limit or split it")
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _json_row(rows, number, line)
    if not number:
        raise UnreadableFileError(source.name, "is empty; leave it out or fill it")


def _json_row(rows: _Rows, number: int, line: bytes) -> Found:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return rows.error(number, "is not JSON in UTF-8; correct or remove it")
    if not isinstance(row, dict):
        return rows.error(number, "is not a JSON object; write one with a field text")
    return rows.document(number, row)


def _skip_line(source: Source, start: bytes) -> None:
    chunk = start
    with readable(source.name):
        while chunk and not chunk.endswith(b"\n"):
            chunk = source.stream.readline(source.limits.document)


def read_csv(source: Source) -> Iterator[Found]:
    """The rows of a table with a line of column names, parted by comma, semicolon, tab or bar.

    Raises:
        UnreadableFileError: no column holds the text, or the table breaks off as one.
    """
    csv.field_size_limit(source.limits.document)
    with readable(source.name):
        head = source.stream.peek(SNIFFED_BYTES)[:SNIFFED_BYTES]
    if not head:
        raise UnreadableFileError(source.name, "is empty; leave it out or fill it")
    encoding = encoding_of(head, source.name)
    lines = io.TextIOWrapper(source.stream, encoding=encoding, newline="")
    reader = csv.DictReader(lines, delimiter=_delimiter(head.decode(encoding, "ignore")), restkey="")
    rows = _Rows(source)
    try:
        with readable(source.name):
            rows.choose(tuple(reader.fieldnames or ()))
            for row in reader:
                if row.get(""):
                    yield rows.error(reader.line_num, "has more cells than there are columns; correct its quotes")
                else:
                    yield rows.document(reader.line_num, row)
    except (csv.Error, UnicodeError) as error:
        reason = f"cannot be read from line {reader.line_num + 1} on ({error}); save it as CSV in UTF-8"
        raise UnreadableFileError(source.name, reason) from error
    finally:
        lines.detach()


def _delimiter(head: str) -> str:
    """The mark that parts the column names: the most frequent one in the first line."""
    first = head.split("\n", 1)[0]
    return max(",;\t|", key=first.count)


def read_parquet(source: Source) -> Iterator[Found]:
    """The rows of a Parquet file, in batches, only the columns that are used.

    Raises:
        UnreadableFileError: pyarrow is missing, the file is damaged, or no column holds the text.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        reason = "is a Parquet file, which needs one more package: pip install 'rashomon[parquet]'"
        raise UnreadableFileError(source.name, reason) from error
    rows = _Rows(source)
    try:
        with readable(source.name):
            stream = source.stream if source.stream.seekable() else io.BytesIO(source.stream.read())
            table = parquet.ParquetFile(stream)
            chosen = rows.choose(tuple(table.schema_arrow.names))
            number = 0
            for batch in table.iter_batches(BATCH, columns=list(chosen.values())):
                for row in batch.to_pylist():
                    number += 1
                    yield rows.document(number, row)
    except (pa.ArrowException, UnicodeError) as error:
        raise UnreadableFileError(source.name, "is no sound Parquet file; write it again") from error


def _value(value: Any) -> str:
    """A table's value as text without surrounding space; empty where there is none."""
    if isinstance(value, (list, tuple)):
        return "; ".join(filter(None, map(_value, value)))
    nothing = value is None or isinstance(value, dict) or (isinstance(value, float) and math.isnan(value))
    return "" if nothing else str(value).strip()


def _broken(text: str) -> bool:
    """Whether `text` holds half of a surrogate pair, which no encoding can write."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
