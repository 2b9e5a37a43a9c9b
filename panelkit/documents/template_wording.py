"""The sentences of a template: plain text with names filled in, and a choice between them.

A wording file may print a name that is on its list and choose with ``if``; it has no loop, no
filter, no call and no way to anything else, and is read before it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from panelkit.documents.templates import Template
from panelkit.domain.errors import BadInput

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment


def wording_environment(template: Template) -> SandboxedEnvironment:
    """Return the environment in which ``template``'s wording is filled.

    Plain text, so nothing is escaped; a name that was not given and a value that is None
    are errors; a wording file can reach nothing but what it is given.
    """
    return _environment(tuple(sorted(template.wording.items())))


def fill_wording(template: Template, name: str, values: Mapping[str, Any]) -> str:
    """Return the wording file ``name`` (``statement.j2``) with ``values`` filled in.

    ``values`` are texts, numbers and booleans, and lists and dicts of those. Raises BadInput
    naming the file if it is missing, wrong, or asks for a value that is not there, and
    TypeError if a value is anything else, which is a mistake of the program.
    """
    import jinja2

    _check_plain(dict(values))
    try:
        return wording_environment(template).get_template(name).render(values).strip()
    except jinja2.TemplateNotFound as error:
        raise BadInput(f"The template {template.id} has no wording file {error.name}.") from error
    except jinja2.TemplateSyntaxError as error:
        place = f"{error.name or name}, line {error.lineno}"
        raise BadInput(f"{template.id}, wording {place}: {error.message}.") from error
    except jinja2.TemplateError as error:
        raise BadInput(f"{template.id}, wording {name}: {error.message}.") from error
    except (TypeError, ValueError, ArithmeticError, LookupError) as error:
        # Its own words may quote a value, and a message may reach a log.
        raise BadInput(
            f"{template.id}, wording {name}: it cannot be worked out ({type(error).__name__})."
        ) from error


@lru_cache(maxsize=16)
def _environment(wording: tuple[tuple[str, str], ...]) -> SandboxedEnvironment:
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment

    @jinja2.pass_context
    def refuse_none(context: jinja2.runtime.Context, value: object) -> object:
        if value is None:
            raise jinja2.UndefinedError(f"a value that is blank is printed in {context.name}")
        return value

    return SandboxedEnvironment(
        loader=jinja2.DictLoader(dict(wording)),
        undefined=jinja2.StrictUndefined,
        finalize=refuse_none,
        autoescape=False,  # noqa: S701 - plain text; the writers escape
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _check_plain(value: object) -> None:
    match value:
        case str() | bool() | int() | None:
            return
        case dict():
            for each in value.values():
                _check_plain(each)
        case list() | tuple():
            for each in value:
                _check_plain(each)
        case _:
            raise TypeError(f"wording is filled from plain values, not {type(value).__name__}")
