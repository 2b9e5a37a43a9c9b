"""What is kept beside the record and follows from it (the index of the search, lists of what falls due):
whether it is as the record is, and made anew."""

from __future__ import annotations

from panelkit.domain.fields import how_many
from panelkit.domain.people import Act
from panelkit.services.acting import acting
from panelkit.store.listed import Lists
from panelkit.store.record import Record
from panelkit.store.searching import Lag


@acting(Act.COPY)
class Indexing:
    """Looks at the index of one record in a file, and makes it anew."""

    def __init__(self, record: Record) -> None:
        """``record`` is in a file; the index on a server is its owner's."""
        self.record = record

    def lag(self) -> Lag:
        """How it differs from the record; every row is looked at."""
        return self.record.lag()

    def again(self) -> tuple[Lag, Lists]:
        """Made of what is there; how it differed before. Raises NotSaved."""
        before = (self.lag(), self.record.wrong_lists())
        self.record.index_again()
        self.record.put_away_log()
        return before


def differs(lag: Lag) -> str:
    """In words how an index differs from its record; blank where it does not."""
    said = []
    if lag.missing:
        said.append(f"{how_many(lag.missing, 'place')} not found as they stand")
    if lag.extra:
        said.append(f"{how_many(lag.extra, 'place')} still in it that are gone")
    if lag.untold:
        said.append(f"it is not told of changes in {', '.join(lag.untold)}")
    return "; ".join(said)
