"""Commands for whoever keeps an area's templates: look at them, see their pages, list the slots."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelkit import paths
from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import BadInput, NotFound
from panelkit.domain.fields import long_date
from panelkit.wiring import Settings, area_of, open_desk, sample_packs

if TYPE_CHECKING:
    from panelkit.documents.shelf import Shelf
    from panelkit.documents.template_report import Report

_SAMPLE = "l2_review_carried_actions"


def shelf_of(settings: Settings) -> Shelf:
    """The templates in use."""
    from panelkit.documents.shelf import Shelf

    return Shelf(paths.shipped("templates"), settings.own_templates)


def check(settings: Settings, names: Sequence[str], *, as_json: bool) -> int:
    """Everything wrong with the named templates, else with all in use; 1 where one is refused."""
    from panelkit.documents.shelf import refuse_twins
    from panelkit.documents.template_report import report

    shelf = shelf_of(settings)
    heads = [shelf.called(name) for name in names] if names else list(shelf.heads())
    reports = [report(head.folder) for head in heads]
    twins = ""
    try:
        refuse_twins(list(shelf.heads()))
    except BadInput as refused:
        twins = refused.sentence
    bad = bool(twins) or any(each.problems for each in reports)
    if as_json:
        said = [_as_json(each) for each in reports]
        say_json({"ok": not bad, "templates": said, "confused": twins})
        return 1 if bad else 0
    for each in reports:
        _say(each)
    if twins:
        say(twins)
    return 1 if bad else 0


def _say(found: Report) -> None:
    since = f"in force from {long_date(found.effective_from)}" if found.effective_from else ""
    approved = found.smb_approved_on
    board = f"board approval {long_date(approved)}" if approved else "no board approval recorded"
    facts = [f"{found.id} {found.version}".strip() or "not read", since, board if found.id else ""]
    say(f"{found.folder}\n    {'  '.join(fact for fact in facts if fact)}")
    for name, place in found.slots:
        say(f"    slot {name}: {place}")
    if found.left_behind:
        say(f"    left behind: {'; '.join(found.left_behind)}")
    for problem in found.problems:
        say(f"    REFUSED  {problem.what} {problem.remedy}".rstrip())
    if not found.problems:
        say("    good")


def _as_json(found: Report) -> dict[str, Any]:
    return {
        "folder": str(found.folder), "id": found.id, "version": found.version,
        "effective_from": found.effective_from.isoformat() if found.effective_from else "",
        "smb_approved_on": found.smb_approved_on.isoformat() if found.smb_approved_on else "",
        "problems": [{"what": p.what, "remedy": p.remedy} for p in found.problems],
        "slots": [{"name": name, "place": place} for name, place in found.slots],
        "left_behind": list(found.left_behind),
    }  # fmt: skip


def sample(settings: Settings, name: str, output: Path | None) -> int:
    """The pages of a template, from a fictional meeting."""
    from panelkit.documents.files import write_file
    from panelkit.documents.templates import load_template
    from panelkit.packs.reader import read_pack
    from panelkit.services.minute_taking import MinuteTaking
    from panelkit.services.sampling import extension_of
    from panelkit.services.sampling import sample as written

    template = load_template(shelf_of(settings).called(name).folder)
    area, agenda = area_of(settings)
    pack = next((path for path in sample_packs() if path.stem == _SAMPLE), None)
    if pack is None:
        raise NotFound("The sample meetings were not installed.", remedy="Install panelkit again.")
    meeting = read_pack(pack, agenda).meeting
    taking = MinuteTaking(
        None, area, settings.clock, settings.person, paths.shipped("templates"),
        settings.own_templates,
    )  # fmt: skip
    body = written(taking, template, meeting)
    target = output or Path(f"sample_{template.id}.{extension_of(template.id)}")
    if target.is_dir():
        target = target / f"sample_{template.id}.{extension_of(template.id)}"
    say(f"{write_file(target, body).path}")
    return 0


def fields(*, as_json: bool) -> int:
    """The slots of a house file, and what template.toml and wording files may name."""
    from panelkit.documents.slots import SLOTS
    from panelkit.documents.template_kinds import SECTION_KEYS, WORDING_NAMES

    if as_json:
        return say_json(
            {
                "slots": [
                    {"name": s.name, "about": s.about, "block": s.block, "templates": list(s.documents)}
                    for s in SLOTS
                ],
                "sections": {key: list(keys) for key, keys in SECTION_KEYS.items()},
                "wording": {
                    key: {file: list(names) for file, names in files.items()}
                    for key, files in WORDING_NAMES.items()
                },
            }
        )  # fmt: skip
    say("Slots of house.docx, written [[name]]; * alone in a paragraph of the page:")
    for slot in SLOTS:
        only = f"  ({', '.join(slot.documents)})" if slot.documents else ""
        say(
            f"  {'*' if slot.block else ' '} [[{slot.name}]]{'':<{17 - len(slot.name)}}{slot.about}{only}"
        )
    say("\nSections of template.toml:")
    for key, keys in SECTION_KEYS.items():
        say(f"    {key}: {', '.join(keys)}")
    say("\nNames in wording files, written {{ name }}:")
    for key, files in WORDING_NAMES.items():
        for file, names in files.items():
            say(f"    {key}/wording/{file}: {', '.join(names)}")
    return 0


def used(settings: Settings, ref: str, output: Path | None, *, as_json: bool) -> int:
    """What each document of a meeting was issued with; with a folder, those templates again."""
    desk = open_desk(settings, settings.database)
    meeting = desk.caseload.find(ref)
    found = desk.minute_taking.choosing.used(meeting)
    if as_json:
        rows = [
            {
                "kind": issued.kind, "version": issued.version, "template": issued.template_id,
                "template_version": issued.template_version, "sha256": issued.template_hash,
                "kept": kept is not None, "effective_from": kept.effective_from if kept else "",
                "smb_approved_on": kept.smb_approved_on if kept else "",
                "smb_rationale": kept.smb_rationale if kept else "",
            }
            for issued, kept in found
        ]  # fmt: skip
        return say_json({"ref": meeting.ref, "issued": rows})
    for issued, kept in found:
        say(
            f"{issued.kind} version {issued.version}: {issued.template_id} {issued.template_version}"
        )
        if kept is None:
            say("    its template was not kept")
            continue
        approved = kept.smb_approved_on or "no board approval recorded"
        say(f"    in force from {kept.effective_from}; board approval: {approved}")
        if output is not None:
            say(f"    {_unpack(kept.body, kept.sha256, output)}")
    if not found:
        say(f"Nothing of {meeting.ref} was issued.")
    return 0


def _unpack(body: bytes, sha256: str, output: Path) -> Path:
    """The files of a kept template as a folder again; borrowed looks become its own."""
    from panelkit.documents.files import write_file
    from panelkit.documents.shelf import unpacked
    from panelkit.documents.templates import BORROWED
    from panelkit.services.minute_taking import make_folder

    template = unpacked(body, sha256)
    folder = output / f"{template.id}_{sha256[:8]}"
    for name, data in template.files.items():
        target = folder / ("house.docx" if name == BORROWED else name)
        make_folder(target.parent)
        write_file(target, data)
    return folder
