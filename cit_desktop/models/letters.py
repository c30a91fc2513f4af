"""Letters that were written to people."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cit_desktop.tables import ADay, Base, Key, Words


class RenewalLetter(Base):
    """Somebody was written to about the renewal that was due on a day, so nobody asks twice.

    ``way`` is ``pdf``, ``print``, ``merge`` or ``eml``: on paper, or as what makes a letter.
    """

    __tablename__ = "renewal_letter"
    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    due: Mapped[ADay]
    made_on: Mapped[ADay]
    way: Mapped[Words]
