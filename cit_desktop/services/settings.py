"""Settings that belong to the records and travel with the file; their values are JSON."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from cit_desktop.models import Setting

Json: TypeAlias = Any


def get(session: Session, name: str, default: Json = None) -> Json:
    """The value of a setting, or the default where it was never put."""
    stored = session.scalar(select(Setting.value).where(Setting.name == name))
    return default if stored is None else json.loads(stored)


def put(session: Session, name: str, value: Json) -> None:
    """Keep a value that JSON can hold; it replaces the one before."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
    setting = session.scalar(select(Setting).where(Setting.name == name))
    if setting is None:
        session.add(Setting(name=name, value=text))
    elif setting.value != text:
        setting.value = text
    session.flush()


def remove(session: Session, name: str) -> None:
    """Forget a setting; the default counts again."""
    setting = session.scalar(select(Setting).where(Setting.name == name))
    if setting is not None:
        session.delete(setting)
        session.flush()


def everything(session: Session) -> dict[str, Json]:
    """Every setting that was put, by name."""
    found = session.execute(select(Setting.name, Setting.value).order_by(Setting.name))
    return {name: json.loads(value) for name, value in found}
