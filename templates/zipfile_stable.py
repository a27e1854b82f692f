"""Pack a zip again so that the same content gives the same bytes: members sorted, dated 1980-01-01, one compression."""

from __future__ import annotations

import io
import zipfile

DATE = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"  # Word and Excel look for it at the front


def repack(content: bytes) -> bytes:
    """Return the zip with members in a fixed order, date and attributes. Raises zipfile.BadZipFile."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != _FIRST, name)):
            info = zipfile.ZipInfo(name, DATE)
            # a picture is compressed already
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            target.writestr(info, source.read(name), compresslevel=6)
    return out.getvalue()
