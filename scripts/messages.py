# SPDX-License-Identifier: MIT
"""Keeps the translations in step with the code.

    python scripts/messages.py            bring every catalog in step with the code; write the template for editors
    python scripts/messages.py --add ca   start a catalog for a language
    python scripts/messages.py --check    change nothing; fail where a translation is missing, old, unsure or wrong

The template, bot/locales/refdesk.pot, is made from the code each time and not kept.

Texts come from the code (`t`, `n`, `Text`, `translate` with literal words) and from what the cogs declare:
descriptions, labels and names of commands, parameters, settings and choices.
"""

import ast
import inspect
import sys
from collections.abc import Collection, Iterator
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import click
from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot.core.desks import community  # noqa: E402
from bot.core.finding import find_sources, import_cog  # noqa: E402
from bot.core.i18n.catalogs import agrees, forms  # noqa: E402
from bot.core.i18n.declared import declared, of_settings  # noqa: E402
from bot.core.i18n.names import siblings  # noqa: E402
from bot.kit.params import label_of  # noqa: E402

LOCALES = ROOT / "bot" / "locales"
TEMPLATE = LOCALES / "refdesk.pot"
KEYWORDS: dict[str, tuple[int, ...]] = {"t": (1,), "Text": (1,), "translate": (1,), "n": (1, 2)}
IN_CONTEXT = "t in context"
SPECS: dict[str, Any] = {**KEYWORDS, IN_CONTEXT: ((1, "c"), 2)}
WIDTH = 120


def literal_words(
    file: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: dict[str, Any]
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Yield the literal words of calls in a Python file, as Babel wants them.

    Babel's own reader works on tokens and sees neither into f-strings nor both sides of a conditional.
    """
    del keywords, comment_tags, options
    tree = ast.parse(file.read())
    ours = set(KEYWORDS) - ({"Text"} if _has_other_text(tree) else set())
    for node in ast.walk(tree):
        name = _called(node)
        if not isinstance(node, ast.Call) or name not in ours:
            continue
        places = KEYWORDS[name]
        said = [_strings(argument) for argument in node.args[: max(places)]]
        if context := _context(node):
            for words in said[0] if said else ():
                yield node.lineno, IN_CONTEXT, (context, words), []
        elif len(places) == 1 and said:
            for words in said[0]:
                yield node.lineno, name, words, []
        elif len(said) == len(places) and all(said):
            yield node.lineno, name, tuple(found[0] for found in said), []


def _context(call: ast.Call) -> str | None:
    """Return the context that keeps a message apart from the same words elsewhere."""
    given = next((each.value for each in call.keywords if each.arg == "context"), None)
    return next(iter(_strings(given)), None) if given is not None else None


def _called(node: ast.AST) -> str:
    """Return the name of a called function, or of a called method where ours are methods."""
    function = node.func if isinstance(node, ast.Call) else None
    if isinstance(function, ast.Attribute):
        return function.attr if function.attr == "translate" else ""
    return function.id if isinstance(function, ast.Name) else ""


def _has_other_text(tree: ast.Module) -> bool:
    """Tell whether a module's `Text` is that of a library."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return any(node.module == "rich.text" and any(name.name == "Text" for name in node.names) for node in imports)


def _strings(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return [*_strings(node.body), *_strings(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value else []


def collect() -> Catalog:
    """Return every text of the code, sorted by where it first stands."""
    template = Catalog(charset="utf-8")
    for path in sorted(path for folder in ("bot", "cogs") for path in (ROOT / folder).rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        with path.open("rb") as file:
            for _, message, _, context in extract(literal_words, file, keywords=SPECS):
                template.add(message, locations=[(place, 1)], context=context)
    for source in find_sources().values():
        if source.bundled:
            place = (f"cogs/{source.name}", 1)
            for each in declared(import_cog(source)):
                template.add(each.message, auto_comments=each.notes, locations=[place], context=each.context)
    for each in of_settings(community.NAME, community.PARAMS):
        place = ("bot.core.desks.community", 1)
        template.add(each.message, auto_comments=each.notes, locations=[place], context=each.context)
    for message, place in _labels():
        template.add(message, locations=[(place, 1)])
    return template


def _labels() -> Iterator[tuple[str, str]]:
    """Yield the labels of every enumeration that has its own."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith(("bot.", "cogs.")):
            for value in vars(module).values():
                if inspect.isclass(value) and issubclass(value, Enum) and value.__module__ == name:
                    yield from ((label_of(m), name) for m in value if isinstance(getattr(m, "label", None), str))


def texts(catalog: Catalog) -> dict[Any, Any]:
    """Return what a catalog says, without its header's dates."""
    return {
        (message.id, message.context): (
            message.string,
            sorted({place for place, _ in message.locations}),
            message.auto_comments,
        )
        for message in catalog
        if message.id
    }


def written(catalog: Catalog) -> bytes:
    """Return a catalog as a file's content, its header without Babel's names to be filled in."""
    catalog.project, catalog.version, catalog.fuzzy = "refdesk", "", False
    catalog.header_comment = f"# Refdesk in {catalog.locale.english_name if catalog.locale else 'other languages'}."
    catalog.msgid_bugs_address = ""
    if "EMAIL@ADDRESS" in (catalog.last_translator or ""):
        catalog.last_translator, catalog.revision_date = "", catalog.creation_date
    if "LL@li.org" in (catalog.language_team or ""):
        catalog.language_team = ""
    content = BytesIO()
    write_po(content, catalog, width=WIDTH, include_lineno=False, ignore_obsolete=True, sort_by_file=False)
    return content.getvalue()


def renew(path: Path, catalog: Catalog) -> bool:
    """Write a file unless it says the same already; tell whether it was written."""
    content = written(catalog)
    if path.exists() and texts(read(path)) == texts(_parsed(content, path)):
        return False
    path.write_bytes(content)
    return True


def read(path: Path) -> Catalog:
    """Return a catalog from a file; raises babel's PoFileError for one that cannot be read."""
    return _parsed(path.read_bytes(), path)


def _parsed(content: bytes, path: Path) -> Catalog:
    return read_po(BytesIO(content), locale=path.stem if path.suffix == ".po" else None, abort_invalid=True)


def complaints(template: Catalog) -> Iterator[str]:
    """Yield what is wrong with the catalogs as they lie there."""
    for path in sorted(LOCALES.glob("*.po")):
        yield from complaints_of(path, template)


def complaints_of(path: Path, template: Catalog) -> Iterator[str]:
    """Yield what is wrong with one catalog: what is missing, unsure or wrong, and what no text asks for any more."""
    catalog = read(path)
    for message in template:
        found = catalog.get(message.id, message.context) if message.id else None
        if message.id and (found is None or not all(forms(found))):
            yield f"{path.name}: not translated: {message.id!r}"
        elif found is not None and not agrees(found):
            yield f"{path.name}: other parameters than the source: {message.id!r}"
        elif found is not None and found.fuzzy:
            yield f"{path.name}: marked as unsure: {message.id!r}"
    yield from (f"{path.name}: {complaint}" for complaint in _unfit(catalog))
    said = set(texts(template))
    gone = [message for message in catalog if message.id and (message.id, message.context) not in said]
    for message in (*gone, *catalog.obsolete.values()):
        yield f"{path.name}: no longer said: {message.id!r}"


def _unfit(catalog: Catalog) -> Iterator[str]:
    """Yield which translations are too long, and which cannot be the name of what they name."""
    cogs = [import_cog(source) for source in find_sources().values() if source.bundled]
    for each in sorted({(each.message, each.limit) for cog in cogs for each in declared(cog) if each.limit}):
        message, limit = each
        if len(words := _said(catalog, message)) > limit:
            yield f"longer than {limit} characters: {words!r}"
    for names in siblings(operation for cog in cogs for operation in cog.operations):
        said = {name: words for name in names.names if (words := _said(catalog, name, names.context))}
        for name, words in names.unusable(said).items():
            yield f"cannot be the name of {name!r} in {names.where}: {words!r}"


def _said(catalog: Catalog, message: str, context: str | None = None) -> str:
    found = catalog.get(message, context)
    return str(found.string) if found is not None else ""


def update(template: Catalog) -> Iterator[str]:
    """Write the template and bring every catalog in step with it; yield what is still to be translated."""
    renew(TEMPLATE, template)
    yield f"refdesk.pot: {len(template)} texts"
    for path in sorted(LOCALES.glob("*.po")):
        catalog = read(path)
        catalog.update(template, no_fuzzy_matching=True)
        renew(path, catalog)
        yield f"{path.name}: {sum(1 for each in catalog if each.id and not all(forms(each)))} to translate"


def start(language: str) -> None:
    """Start a catalog; raises click.UsageError for no language, and for one that has its catalog."""
    try:
        locale = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        raise click.UsageError(f'"{language}" is no language that Babel knows. Write its code, such as hr.') from None
    path = LOCALES / f"{language}.po"
    if path.exists():
        raise click.UsageError(f"{path.name} is there already; run this without --add to bring it in step.")
    path.write_bytes(written(Catalog(locale=locale, charset="utf-8")))


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; fail where something is out of date or wrong.")
@click.option("--add", metavar="LANGUAGE", help="Start a catalog for a language.")
def main(check: bool, add: str | None) -> None:
    """Keep the translations in step with the code."""
    template = collect()
    if check:
        found = list(complaints(template))
        click.echo("\n".join(found) or "All texts are translated.")
        sys.exit(1 if found else 0)
    if add:
        start(add)
    for line in update(template):
        click.echo(line)


if __name__ == "__main__":
    main()
