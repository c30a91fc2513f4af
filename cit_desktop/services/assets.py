"""Logos and signatures: checked, made anew without what cameras add, and kept once each."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.errors import FileProblem, NotFound, Refused
from cit_desktop.models import Asset
from cit_desktop.services import records
from cit_desktop.text import clean

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_PIXELS: Final = 25_000_000
MENDED_BY: Final = "Restore a backup made before, or choose another picture under Settings."
_SAVED_AS: Final = {"1": "L", "P": "RGBA", "PA": "RGBA", "CMYK": "RGB", "YCbCr": "RGB"}
_KEPT: Final = frozenset({"L", "LA", "RGB", "RGBA"})


@dataclass(frozen=True, slots=True)
class AssetView:
    """A picture of the records."""

    id: int
    sha256: str
    media_type: str
    name: str
    data: bytes


def add_asset(session: Session, data: bytes, media_type: str, name: str) -> int:
    """Keep a picture; the same picture again gives the id it has.

    Args:
        media_type: What the caller takes it for. What it is, is found in the data.

    Raises:
        Refused: It is no PNG or JPEG picture, damaged, or too large.
    """
    if media_type not in ("image/png", "image/jpeg", "image/jpg"):
        raise _refused(name, "is not a PNG or JPEG picture")
    digest, made, found_type = kept_as(data, name)
    known = session.scalar(select(Asset.id).where(Asset.sha256 == digest))
    if known is not None:
        return known
    asset = Asset(sha256=digest, media_type=found_type, name=records.line("name", name), data=made)
    session.add(asset)
    session.flush()
    return asset.id


def kept_as(data: bytes, name: str) -> tuple[str, bytes, str]:
    """The hash, the data and the media type that a picture gets once it is kept.

    Raises:
        Refused: It is no PNG or JPEG picture, damaged, or too large.
    """
    made, found_type = _made_anew(data, name)
    return hashlib.sha256(made).hexdigest(), made, found_type


def asset(session: Session, asset_id: int) -> AssetView:
    """A picture with its data.

    Raises:
        NotFound: There is none.
    """
    found = session.get(Asset, asset_id)
    if found is None:
        raise NotFound("This picture is not in the records.")
    return AssetView(found.id, found.sha256, found.media_type, found.name, found.data)


def images(session: Session, sha256s: Collection[str]) -> dict[str, bytes]:
    """The data of pictures by their hashes, for drawing; unknown ones are left out.

    Raises:
        FileProblem: One of them was altered outside the program.
    """
    found = session.execute(
        select(Asset.sha256, Asset.name, Asset.data).where(Asset.sha256.in_(sorted(sha256s)))
    ).all()
    for row in found:
        if not _fits(row.data, row.sha256):
            raise FileProblem(
                f"{_called(row.name)} is no longer what it was when it was chosen.", MENDED_BY
            )
    return {row.sha256: row.data for row in found}


def altered(session: Session) -> list[str]:
    """What pictures are called whose data is not what was kept, for a sentence."""
    found = session.execute(
        select(Asset.sha256, Asset.name, Asset.data).order_by(Asset.id),
        execution_options={"yield_per": 10},
    )
    return [_called(row.name) for row in found if not _fits(row.data, row.sha256)]


def _fits(data: bytes, sha256: str) -> bool:
    return hashlib.sha256(data).hexdigest() == sha256


def _called(name: str) -> str:
    return f"The picture “{name}”" if name else "A picture without a name"


def _made_anew(data: bytes, name: str) -> tuple[bytes, str]:
    """The picture written again, pixels only, and its media type."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(data) > MOST_BYTES:
        raise _refused(name, "is larger than 5 MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise _refused(name, "has more than 25 million pixels")
                kind = opened.format or ""
                opened.load()
                return _encoded(_pixels(ImageOps.exif_transpose(opened), name), kind)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _refused(name, "has more than 25 million pixels") from error
    except UnidentifiedImageError as error:
        raise _refused(name, "is not a PNG or JPEG picture") from error
    except (OSError, SyntaxError, ValueError, EOFError, Warning) as error:
        raise _refused(name, "is damaged") from error


def _pixels(image: Image, name: str) -> Image:
    """The bare pixels in a mode that every PDF and window can draw."""
    mode = _SAVED_AS.get(image.mode, image.mode)
    if mode not in _KEPT:
        raise _refused(name, f"has colors of the kind {image.mode}, which cannot be printed")
    if image.mode in ("L", "RGB") and "transparency" in image.info:
        mode = "RGBA"
    bare = image.convert(mode)
    bare.info.clear()
    return bare


def _encoded(image: Image, kind: str) -> tuple[bytes, str]:
    target = io.BytesIO()
    if kind == "PNG":
        image.save(target, "PNG", optimize=False)
        return target.getvalue(), "image/png"
    image.save(target, "JPEG", quality=95, subsampling=0)
    return target.getvalue(), "image/jpeg"


def _refused(name: str, complaint: str) -> Refused:
    sentence = f"“{clean(name) or 'The picture'}” {complaint}."
    hint = "Save it as a PNG or JPEG picture of up to 5 MB and 25 million pixels, then try again."
    return Refused(sentence, hint, {"data": sentence})
