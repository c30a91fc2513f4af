"""Begin the records: every table of the first schema."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None


def text(name: str, *, nullable: bool = False, default: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=nullable, server_default=default)


def texts(*names: str) -> list[sa.Column[Any]]:
    return [text(name) for name in names]


def blanks(*names: str) -> list[sa.Column[Any]]:
    return [text(name, default="") for name in names]


def number(name: str, *, nullable: bool = False, default: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=nullable, server_default=default)


def flags(*names: str) -> list[sa.Column[Any]]:
    return [number(name, default="0") for name in names]


def blob(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary, nullable=False)


def reference(name: str, target: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(target), nullable=nullable)


def create(name: str, *parts: Any, indexes: tuple[tuple[str, ...], ...] = ()) -> None:
    key = sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)
    op.create_table(name, key, *parts, sqlite_strict=True, sqlite_autoincrement=True)
    for columns in indexes:
        op.create_index(f"ix_{name}_{'_'.join(columns)}", name, list(columns))


def upgrade() -> None:
    create_agency_to_course()
    create_operation_to_setting()
    create_agency_spelling_to_course_module()
    create_employment_to_signer()
    create_signing_key_to_training_class()
    create_block_to_import_batch()
    create_attendance_to_block_part()
    create_certificate_to_makeup()
    op.execute(
        "CREATE VIRTUAL TABLE search USING fts5("
        "words, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')"
    )


def create_agency_to_course() -> None:
    create(
        "agency",
        *texts("uid", "name", "sort_key"),
        *blanks("kind", "county", "ori"),
        number("patrol_strength", nullable=True),
        text("strength_on", nullable=True),
        *blanks("contact", "address", "phone", "email", "note"),
        number("archived", default="0"),
        number("version", default="1"),
        sa.UniqueConstraint("uid"),
        indexes=(("sort_key", "id"),),
    )
    create(
        "asset",
        text("sha256"),
        text("media_type"),
        text("name", default=""),
        blob("data"),
        sa.UniqueConstraint("sha256"),
    )
    create(
        "course",
        *texts("uid", "code", "title"),
        number("minutes"),
        text("audience", default=""),
        *flags("basic", "refresher", "post_credit"),
        text("prerequisite", default=""),
        number("validity_months", nullable=True),
        number("refresher_months", nullable=True),
        number("min_attendance"),
        number("min_score", nullable=True),
        *flags("scenario_required", "makeup_allowed"),
        text("source", default=""),
        number("archived", default="0"),
        number("version", default="1"),
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("uid"),
    )


def create_operation_to_setting() -> None:
    create(
        "operation",
        *texts("uid", "label", "at", "actor"),
        reference("undoes_id", "operation.id", nullable=True),
        number("undoable"),
        number("schema"),
        text("hash", default=""),
        sa.UniqueConstraint("uid"),
    )
    create(
        "person",
        text("uid"),
        text("last"),
        *blanks("first", "middle", "suffix", "nickname"),
        text("sort_key"),
        *blanks("discipline", "county", "email", "phone", "note"),
        number("archived", default="0"),
        number("version", default="1"),
        sa.UniqueConstraint("uid"),
        indexes=(("email",), ("sort_key", "id")),
    )
    create(
        "roster_profile",
        text("profile"),
        text("toml"),
        number("version", default="1"),
        sa.UniqueConstraint("profile"),
    )
    create(
        "setting",
        text("name"),
        text("value"),
        sa.UniqueConstraint("name"),
    )


def create_agency_spelling_to_course_module() -> None:
    create("agency_apart", text("one"), text("other"), sa.UniqueConstraint("one", "other"))
    create(
        "agency_spelling",
        reference("agency_id", "agency.id"),
        text("spelling"),
        text("key"),
        sa.UniqueConstraint("key"),
        indexes=(("agency_id",),),
    )
    create(
        "change",
        reference("operation_id", "operation.id"),
        text("table"),
        number("row_id"),
        text("kind"),
        text("before", nullable=True),
        text("after", nullable=True),
        text("salt", nullable=True),
        text("digest"),
        indexes=(("operation_id",), ("table", "row_id")),
    )
    create(
        "chapter",
        *texts("uid", "name", "word", "code", "state"),
        *blanks("council_line", "provider", "address", "phone", "email"),
        reference("logo_id", "asset.id", nullable=True),
        number("archived", default="0"),
        number("version", default="1"),
        sa.UniqueConstraint("uid"),
    )
    create(
        "course_module",
        reference("course_id", "course.id"),
        number("position"),
        number("day"),
        text("title"),
        number("minutes"),
        text("delivery", default=""),
        text("area"),
        indexes=(("course_id",),),
    )


def create_employment_to_signer() -> None:
    create(
        "employment",
        reference("person_id", "person.id"),
        reference("agency_id", "agency.id"),
        text("title", default=""),
        text("starts", nullable=True),
        text("ends", nullable=True),
        indexes=(("agency_id",), ("person_id",)),
    )
    create(
        "state_number",
        reference("person_id", "person.id"),
        *texts("kind", "number", "key"),
        indexes=(("key",), ("person_id",)),
    )
    create_person_alias_and_not_same()
    create_liaison_and_county()
    create(
        "chapter_county",
        reference("chapter_id", "chapter.id"),
        text("county"),
        text("starts", nullable=True),
        text("ends", nullable=True),
        indexes=(("chapter_id",),),
    )
    create(
        "number_series",
        reference("chapter_id", "chapter.id"),
        number("year"),
        number("next_number"),
        sa.UniqueConstraint("chapter_id", "year"),
    )
    create(
        "signer",
        reference("chapter_id", "chapter.id"),
        text("name"),
        text("title", default=""),
        number("position"),
        reference("signature_id", "asset.id", nullable=True),
        number("archived", default="0"),
        number("version", default="1"),
        indexes=(("chapter_id",),),
    )


def create_person_alias_and_not_same() -> None:
    create(
        "person_alias",
        text("uid"),
        reference("person_id", "person.id"),
        number("former_id"),
        number("operation_id"),
        text("last"),
        *blanks("first", "middle", "suffix", "nickname"),
        text("sort_key"),
        *blanks("email", "phone"),
        sa.UniqueConstraint("uid"),
        sa.UniqueConstraint("former_id"),
        indexes=(("person_id",),),
    )
    create(
        "not_same",
        reference("person_id", "person.id"),
        reference("other_id", "person.id"),
        sa.CheckConstraint("person_id < other_id", name="order"),
        sa.UniqueConstraint("person_id", "other_id"),
        indexes=(("other_id",),),
    )


def create_liaison_and_county() -> None:
    create(
        "liaison",
        *texts("uid", "name", "sort_key"),
        *blanks("kind", "employer", "phone", "after_hours", "email", "note"),
        number("archived", default="0"),
        number("version", default="1"),
        sa.UniqueConstraint("uid"),
        indexes=(("sort_key", "id"),),
    )
    create(
        "liaison_county",
        reference("liaison_id", "liaison.id"),
        text("county"),
        sa.UniqueConstraint("liaison_id", "county"),
        indexes=(("county",),),
    )


def create_signing_key_to_training_class() -> None:
    create(
        "signing_key",
        reference("chapter_id", "chapter.id"),
        text("key_id"),
        text("public_key"),
        text("private_key", default=""),
        number("keepings", default="0"),
        text("created"),
        number("retired", default="0"),
        text("retired_at", nullable=True),
        sa.UniqueConstraint("key_id"),
        indexes=(("chapter_id",),),
    )
    create(
        "training_class",
        text("uid"),
        reference("chapter_id", "chapter.id"),
        reference("course_id", "course.id"),
        text("code"),
        text("title"),
        *blanks("location", "county"),
        number("seats", nullable=True),
        *blanks("lead_instructor", "course_number"),
        text("starts", nullable=True),
        text("ends", nullable=True),
        text("status"),
        number("minutes"),
        number("min_attendance"),
        number("min_score", nullable=True),
        *flags("scenario_required", "makeup_allowed"),
        text("finalized_at", nullable=True),
        *blanks("reopen_reason", "note"),
        number("archived", default="0"),
        number("version", default="1"),
        sa.CheckConstraint("min_attendance BETWEEN 0 AND 100", name="min_attendance"),
        sa.CheckConstraint("status IN ('open','finalized','on record','cancelled')", name="status"),
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("uid"),
        indexes=(("chapter_id",), ("course_id",)),
    )


def create_block_to_import_batch() -> None:
    create(
        "block",
        reference("class_id", "training_class.id"),
        text("day"),
        number("starts_at"),
        number("minutes"),
        text("title"),
        number("version", default="1"),
        sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes"),
        sa.CheckConstraint("starts_at BETWEEN 0 AND 1439", name="starts_at"),
        indexes=(("class_id",),),
    )
    create(
        "enrollment",
        text("uid"),
        reference("class_id", "training_class.id"),
        reference("person_id", "person.id"),
        reference("agency_id", "agency.id", nullable=True),
        text("title", default=""),
        text("role"),
        number("number", nullable=True),
        number("score", nullable=True),
        number("scenario_passed", nullable=True),
        text("result"),
        number("credited_minutes", nullable=True),
        text("completed_on", nullable=True),
        text("note", default=""),
        number("version", default="1"),
        sa.CheckConstraint("result IN ('open','completed','partial','withdrawn')", name="result"),
        sa.CheckConstraint("role IN ('trainee','instructor','observer')", name="role"),
        sa.UniqueConstraint("class_id", "person_id"),
        sa.UniqueConstraint("uid"),
        indexes=(("agency_id",), ("person_id",)),
    )
    create(
        "import_batch",
        text("source"),
        text("sheet", default=""),
        text("sha256"),
        reference("class_id", "training_class.id", nullable=True),
        text("counts"),
        text("report"),
        indexes=(("sha256",),),
    )


def create_attendance_to_block_part() -> None:
    create(
        "attendance",
        reference("enrollment_id", "enrollment.id"),
        reference("block_id", "block.id"),
        text("mark"),
        number("minutes"),
        sa.CheckConstraint(
            "mark IN ('present','absent','late','excused','left early','partial')", name="mark"
        ),
        sa.CheckConstraint("minutes >= 0", name="minutes"),
        sa.UniqueConstraint("enrollment_id", "block_id"),
        indexes=(("block_id",),),
    )
    create(
        "block_instructor",
        reference("block_id", "block.id"),
        reference("person_id", "person.id"),
        text("title", default=""),
        sa.UniqueConstraint("block_id", "person_id"),
        indexes=(("block_id",), ("person_id",)),
    )
    create(
        "block_part",
        reference("block_id", "block.id"),
        number("position"),
        text("title"),
        number("minutes"),
        number("planned", nullable=True),
        text("delivery", default=""),
        text("area"),
        indexes=(("block_id",),),
    )


def create_certificate_to_makeup() -> None:
    create(
        "certificate",
        text("uid"),
        text("number"),
        reference("person_id", "person.id"),
        reference("class_id", "training_class.id"),
        reference("enrollment_id", "enrollment.id"),
        text("kind"),
        text("status"),
        text("completed_on", nullable=True),
        number("minutes", nullable=True),
        text("issued_at", nullable=True),
        *blanks("snapshot", "snapshot_sha256", "signature", "key_id", "code"),
        text("printed_at", nullable=True),
        text("revoked_at", nullable=True),
        text("revoked_reason", default=""),
        reference("replaces_id", "certificate.id", nullable=True),
        number("version", default="1"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("uid"),
        indexes=(("class_id",), ("enrollment_id",), ("person_id",)),
    )
    create(
        "makeup",
        reference("enrollment_id", "enrollment.id"),
        reference("block_id", "block.id"),
        number("minutes"),
        text("day"),
        reference("other_block_id", "block.id", nullable=True),
        text("approved_by"),
        text("note", default=""),
        sa.CheckConstraint("minutes > 0", name="minutes"),
        indexes=(("block_id",), ("enrollment_id",)),
    )
    create(
        "renewal_letter",
        reference("person_id", "person.id"),
        *texts("due", "made_on", "way"),
        indexes=(("person_id",),),
    )
