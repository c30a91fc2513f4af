"""What every table shares: the base class, the column types, the names of constraints."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import Dialect, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Day(TypeDecorator[date]):
    """A calendar day, stored as ISO text."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, stored as ISO text with a Z."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


class Flag(TypeDecorator[bool]):
    """Yes or no, stored as 1 or 0."""

    impl = Integer
    cache_ok = True

    @override
    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


def new_uid() -> str:
    """A fresh identity for a record that travels between files."""
    return str(uuid.uuid4())


Key = Annotated[int, mapped_column(Integer, primary_key=True, autoincrement=True)]
Uid = Annotated[str, mapped_column(Text, unique=True, default=new_uid)]
Blank = Annotated[str, mapped_column(Text, default="", server_default="")]
Words = Annotated[str, mapped_column(Text)]
Number = Annotated[int, mapped_column(Integer)]
ADay = Annotated[date, mapped_column(Day)]
MaybeDay = Annotated[date | None, mapped_column(Day)]
AMoment = Annotated[datetime, mapped_column(Moment)]
MaybeMoment = Annotated[datetime | None, mapped_column(Moment)]
MaybeNumber = Annotated[int | None, mapped_column(Integer)]
YesNo = Annotated[bool, mapped_column(Flag, default=False, server_default="0")]
Version = Annotated[int, mapped_column(Integer, default=1, server_default="1")]


class Base(DeclarativeBase):
    """The base of every table: strict types, keys that are never used again."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text}
    __table_args__: Any = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        "sqlite_strict": True,
        "sqlite_autoincrement": True,
    }


class Versioned:
    """A record that people edit: SQLAlchemy refuses to save it in a stale state."""

    version: Mapped[Version]

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]
