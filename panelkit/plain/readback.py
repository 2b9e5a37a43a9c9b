"""The read-back: every decision, risk and action as the chair reads it aloud, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from panelkit.domain import entries as e
from panelkit.domain.fields import long_date
from panelkit.domain.quick import smart_of
from panelkit.domain.vocabulary import Change, ReadBack, YesNo
from panelkit.plain.steps import Step, row_in_words, withdraw
from panelkit.plain.values import NotTaken
from panelkit.plain.voice import said_of, sentence

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk


@dataclass(frozen=True, slots=True)
class ReadOut(Step):
    """One line of the read-back: a decision, a risk or an action."""

    kind: type[e.Entry]
    entry: str

    @property
    def key(self) -> str:
        """The entry, as gaps name it."""
        return f"read_back_{self.entry}"

    def ask(self, talk: Talk) -> tuple[str, ...]:
        """What the chair reads aloud, and what may be typed."""
        row = talk.session.meeting.entry(self.kind, self.entry)
        waits = "For the chair to confirm" if row.read_back is ReadBack.TO_CONFIRM else ""
        how = "Type confirm, open to correct, or press Enter to go on"
        if isinstance(row, e.Action):
            how = "Type yes when its owner accepts it, confirm, open to correct, withdraw, or press Enter to go on"
        return (sentence(*_aloud(row, talk), waits, how),)

    def take(self, talk: Talk, said: str) -> None:
        """The chair confirms, an owner accepts, or it is corrected."""
        word, chairing = said.strip().casefold(), talk.session.chairing
        row = talk.session.meeting.entry(self.kind, self.entry)
        if word == "confirm":
            talk.do(lambda m: chairing.read_back(m, self.kind, self.entry))
            talk.voice.say("Confirmed.")
            talk.forward()
        elif word in ("yes", "y") and isinstance(row, e.Action):
            talk.do(
                lambda m: chairing.change(
                    m, e.Action, self.entry, accepted=YesNo.YES,
                    read_back=m.entry(e.Action, self.entry).read_back,
                )
            )  # fmt: skip
            talk.voice.say(f"Saved: {row.owner or 'its owner'} accepts it.")
            talk.forward()
        elif word == "open":
            talk.open_form(self.kind, self.entry)
        elif word == "withdraw" and not isinstance(row, e.RiskRating):
            withdraw(talk, row)
        else:
            accepts = " yes," if isinstance(row, e.Action) else ""
            msg = f"Type{accepts} confirm or open, or press Enter to go on."
            raise NotTaken(msg)


def _aloud(row: e.Entry, talk: Talk) -> list[str]:
    match row:
        case e.Decision():
            reason = f"Because: {row.because}" if row.because else "No reason is recorded"
            words = said_of(row.decision or "nothing is decided yet", is_open=False)
            return [
                f"Decision {row.ref}, {row.type.label if row.type else 'kind not said'}",
                words, said_of(reason, is_open=False),
            ]  # fmt: skip
        case e.RiskRating():
            level = row.level.label.upper() if row.level else "not rated"
            moved = {Change.UP: ", raised", Change.DOWN: ", lowered"}.get(
                row.change or Change.SAME, ""
            )
            because = row.because if row.change is not Change.SAME else ""
            head = f"Risk to {row.group.label.lower() if row.group else 'nobody named'}"
            said = said_of(f"{level}{moved}", is_open=False)
            return [f"{head}: {said}", said_of(because, is_open=False)]
        case e.Action():
            weak = [words for _l, met, words in smart_of(row, talk.session.meeting) if not met]
            accepted = {YesNo.YES: "accepted", YesNo.NO: "REFUSED by its owner"}
            said = accepted.get(row.accepted, "not accepted yet") if row.accepted else ""
            due = long_date(row.due) or "no date"
            return [
                f"Action {row.ref}, {row.owner or 'no owner'}, by {due}, {said or 'not accepted yet'}",
                said_of(row.text, is_open=False),
                f"Not yet: {'; '.join(weak)}" if weak else "",
            ]
        case _:
            return [row_in_words(row)]
