"""Pictures of the terminal as files: gzip-compressed SVG, which browsers open, one a test."""

import gzip
import re

from syrupy.extensions.single_file import SingleFileSnapshotExtension
from syrupy.types import PropertyFilter, PropertyMatcher, SerializableData, SerializedData


class Svgz(SingleFileSnapshotExtension):
    """Stores an SVG compressed, and compares what is in it: another zlib packs the same picture into other bytes."""

    _file_extension = "svgz"

    def serialize(
        self,
        data: SerializableData,
        *,
        exclude: PropertyFilter | None = None,
        include: PropertyFilter | None = None,
        matcher: PropertyMatcher | None = None,
    ) -> SerializedData:
        """Return the bytes of the file; the id that each export invents is left out, and no time is noted."""
        return gzip.compress(without_id(data).encode(), mtime=0)

    def matches(self, *, serialized_data: SerializableData, snapshot_data: SerializableData) -> bool:
        """Return whether two files show the same."""
        return unpacked(serialized_data) == unpacked(snapshot_data)


def without_id(svg: str) -> str:
    """Return an SVG without the id that each export invents."""
    return re.sub(r"\bterminal-\d+-", "terminal-", svg)


def unpacked(file: bytes) -> str:
    """Return the SVG in a file."""
    return gzip.decompress(file).decode()
