from __future__ import annotations

import hashlib
import io
import sqlite3
import struct
import zlib
from contextlib import closing

import pytest
from PIL import Image

from cit_desktop.errors import FileProblem, NotFound, Refused
from cit_desktop.services import assets


def picture(kind="PNG", mode="RGB", size=(8, 4), **saved):
    target = io.BytesIO()
    Image.new(mode, size).save(target, kind, **saved)
    return target.getvalue()


def keep(db, data, media_type="image/png", name="logo.png"):
    with db.operation("Add picture") as session:
        return assets.add_asset(session, data, media_type, name)


def kept(db, asset_id):
    with db.read() as session:
        return assets.asset(session, asset_id)


def png_that_claims(width, height):
    """A small file that says it has very many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = b""
    for name, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 64)), (b"IEND", b"")):
        chunks += struct.pack(">I", len(data)) + name + data
        chunks += struct.pack(">I", zlib.crc32(name + data))
    return b"\x89PNG\r\n\x1a\n" + chunks


def test_the_same_picture_is_kept_once(db):
    first = keep(db, picture())
    assert keep(db, picture(), name="again.png") == first
    assert keep(db, kept(db, first).data) == first
    assert keep(db, picture(size=(8, 5))) != first


def test_a_picture_is_found_by_the_hash_of_what_is_kept(db):
    view = kept(db, keep(db, picture()))
    assert view.sha256 == hashlib.sha256(view.data).hexdigest()
    assert (view.media_type, view.name) == ("image/png", "logo.png")
    with db.read() as session:
        assert assets.images(session, frozenset({view.sha256, "0"})) == {view.sha256: view.data}


def alter(db, asset_id):
    """Change a picture as another program might."""
    with closing(sqlite3.connect(db.path, isolation_level=None)) as driver:
        driver.execute("UPDATE asset SET data = x'00' WHERE id = ?", [asset_id])


def test_a_picture_that_was_altered_is_not_drawn(db):
    view = kept(db, keep(db, picture()))
    alter(db, view.id)
    with db.read() as session:
        with pytest.raises(FileProblem, match=r"“logo\.png” is no longer what it was"):
            assets.images(session, {view.sha256})
        assert assets.images(session, {"0"}) == {}


def test_only_pictures_that_were_altered_are_told(db):
    first = keep(db, picture())
    keep(db, picture(size=(9, 9)))
    with db.read() as session:
        assert assets.altered(session) == []
    alter(db, first)
    with db.read() as session:
        assert assets.altered(session) == ["The picture “logo.png”"]


def test_what_the_camera_adds_is_dropped_and_its_turn_is_applied(db):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "secret place"
    data = picture("JPEG", exif=exif, comment=b"secret note")
    assert b"secret" in data
    view = kept(db, keep(db, data, "image/jpeg"))
    assert b"secret" not in view.data
    with Image.open(io.BytesIO(view.data)) as image:
        assert (image.size, image.format, dict(image.getexif())) == ((4, 8), "JPEG", {})


def test_words_inside_a_png_are_dropped(db):
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "secret")
    view = kept(db, keep(db, picture(pnginfo=words)))
    assert b"secret" not in view.data


@pytest.mark.parametrize(
    ("mode", "stored"), [("1", "L"), ("P", "RGBA"), ("LA", "LA"), ("RGBA", "RGBA")]
)
def test_every_usual_kind_of_color_can_be_drawn(db, mode, stored):
    view = kept(db, keep(db, picture(mode=mode)))
    with Image.open(io.BytesIO(view.data)) as image:
        assert image.mode == stored


def test_a_transparent_color_stays_transparent(db):
    view = kept(db, keep(db, picture(transparency=(0, 0, 0))))
    with Image.open(io.BytesIO(view.data)) as image:
        assert image.getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "not a PNG or JPEG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "not a PNG or JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG or JPEG"),
        (picture("GIF"), "not a PNG or JPEG"),
        (picture(size=(64, 64))[:60], "damaged"),
        (picture("JPEG", size=(64, 64))[:300], "damaged"),
        (picture(mode="I;16"), "colors of the kind"),
        (b"\0" * (assets.MOST_BYTES + 1), "larger than 5 MB"),
        (png_that_claims(5001, 5000), "more than 25 million"),
        (png_that_claims(12_000, 12_000), "more than 25 million"),
        (png_that_claims(60_000, 60_000), "more than 25 million"),
    ],
)
def test_what_cannot_be_printed_safely_is_refused(db, data, complaint):
    with pytest.raises(Refused, match=complaint) as caught:
        keep(db, data)
    assert set(caught.value.fields) == {"data"}
    with pytest.raises(NotFound):
        kept(db, 1)


def test_what_the_caller_takes_for_something_else_is_refused(db):
    with pytest.raises(Refused, match="not a PNG or JPEG"):
        keep(db, picture(), "image/svg+xml")


def test_what_a_picture_is_counts_not_what_it_is_called(db):
    assert kept(db, keep(db, picture("JPEG"), "image/png")).media_type == "image/jpeg"
