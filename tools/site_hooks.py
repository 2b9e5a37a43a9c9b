"""What the site has beyond ``docs``: the pages at the root of the project, with links that lead.

Read by ProperDocs (and MkDocs) as it builds; see ``hooks`` in ``mkdocs.yml``.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PROJECT_PAGES = {
    "README.md": "project.md", "CHANGELOG.md": "changelog.md", "SECURITY.md": "security.md",
    "CONTRIBUTING.md": "contributing.md",
}  # fmt: skip
"""Pages at the root, and what they are called on the site."""
_LINK = re.compile(r"(\]\()([^)#\s]+)((?:#[^)\s]*)?\))")
_FROM_ELSEWHERE = re.compile(
    r"""<(?:script|link|img|iframe|source)\b[^>]*?\b(?:src|href)=["'](?:https?:)?//""",
    re.IGNORECASE,
)


def on_files(files: Any, config: Any, **_rest: Any) -> Any:
    """The project's own pages join those of ``docs``."""
    kind = type(next(iter(files)))
    for name, page in PROJECT_PAGES.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        files.append(kind.generated(config, page, content=_on_site(text, "")))
    return files


def on_page_markdown(markdown: str, page: Any, **_rest: Any) -> str:
    """Links that leave ``docs`` for the root of the project lead to its page here."""
    return _on_site(markdown, posixpath.dirname(page.file.src_uri), inside=True)


def on_post_page(output: str, page: Any, **_rest: Any) -> str:
    """Nothing on a page is fetched from another place. Raises ValueError where something is."""
    if found := _FROM_ELSEWHERE.search(output):
        msg = f"{page.file.src_uri}: {found[0]}... is fetched from elsewhere"
        raise ValueError(msg)
    return output


def _on_site(markdown: str, folder: str, *, inside: bool = False) -> str:
    """Its links as the site has them; ``folder`` is the page's own, below ``docs`` if ``inside``."""

    def led(found: re.Match[str]) -> str:
        target = found[2]
        if re.match(r"[a-z]+:", target):
            return found[0]
        at = posixpath.normpath(posixpath.join("docs" if inside else "", folder, target))
        if at in PROJECT_PAGES:
            at = PROJECT_PAGES[at]
        elif at.startswith("docs/"):
            at = at.removeprefix("docs/")
        else:
            return found[0]  # what the site has not is named by the build
        return found[1] + posixpath.relpath(at, folder or ".") + found[3]

    return _LINK.sub(led, markdown)
