"""Edits a Word file in LibreOffice itself; run by the system's Python, which has its bridge.

    office_edit.py IN OUT FIND ADD [FIND ADD ...]

Each FIND is looked for, ADD typed at its end, and the file saved as docx.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def connected(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(600):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("LibreOffice did not answer")


def said(name, value):
    return PropertyValue(Name=name, Value=value)


def main(source, target, *edits):
    with tempfile.TemporaryDirectory() as home:
        pipe = Path(home).name
        office = subprocess.Popen(
            ["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--norestore",
             f"--accept=pipe,name={pipe};urp;"]
        )  # fmt: skip
        try:
            context = connected(pipe)
            desktop = context.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", context
            )
            document = desktop.loadComponentFromURL(
                Path(source).as_uri(), "_blank", 0, (said("Hidden", True),)
            )
            for find, add in zip(edits[::2], edits[1::2], strict=True):
                search = document.createSearchDescriptor()
                search.SearchString = find
                found = document.findFirst(search)
                found.getText().insertString(found.getEnd(), add, False)
            document.storeToURL(Path(target).as_uri(), (said("FilterName", "MS Word 2007 XML"),))
            document.close(True)
            desktop.terminate()
        finally:
            office.wait(60)


main(*sys.argv[1:])
