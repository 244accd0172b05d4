# SPDX-License-Identifier: MIT
"""Help: what this person may do here, by task, in their language."""

from collections import defaultdict
from typing import Annotated

from rapidfuzz import process

from bot.kit import (
    Arg,
    Catalogue,
    Choice,
    Code,
    Cog,
    Command,
    Context,
    Field,
    Manifest,
    NotFound,
    PlacesDesk,
    Reply,
    Text,
    Visible,
    command,
    t,
)
from cogs.help.why import WhyCommands

TASKS = {
    "ask": t("Ask and find"),
    "request": t("Get hold of a source"),
    "event": t("Meet and edit together"),
    "me": t("For yourself"),
    "keep the FAQ": t("Look after the FAQ"),
    "moderate": t("Look after the community"),
    "": t("More"),
}


FIRST = frozenset(
    {
        "faq search",
        "faq add",
        "faq gaps",
        "request open",
        "request list",
        "request claim",
        "event list",
        "event join",
        "event create",
        "account link",
        "account language",
        "settings show",
        "settings channel",
        "settings level",
    }
)
"""The commands that stand for all of their noun where there are many."""

MANY = 4
"""How many commands of one noun are all named in a line."""


class Help(WhyCommands, Cog):
    """Explain what can be done here."""

    name = "help"
    manifest = Manifest(summary="Show what I can do for you, by task.", keeps="Nothing.", groups={})

    def __init__(self, catalogue: Catalogue, places: PlacesDesk) -> None:
        self.catalogue = catalogue
        self.places = places

    async def complete_topic(self, ctx: Context, typed: str) -> list[Choice]:
        """Offer the commands that the asker may use here."""
        said = typed.casefold()
        return [Choice(each.name, each.name) for each in await self.catalogue.usable(ctx) if said in each.name]

    @command("help", "Show what I can do for you", visible=Visible.QUIET, example="help", task="ask", alone=True)
    async def explain(
        self,
        ctx: Context,
        topic: Annotated[str | None, Arg("A command or a word from one", complete=complete_topic, max=60)] = None,
    ) -> Reply:
        """Show the commands by task, or explain one."""
        usable = await self.catalogue.usable(ctx)
        if topic is None:
            return overview(usable)
        said = topic.strip().lstrip("/!").casefold()
        found = next((each for each in self.catalogue.commands if each.name == said), None)
        if found is not None:
            return await self._one(ctx, found)
        within = [each for each in usable if each.group == said] or [
            each for each in usable if said in f"{each.name} {each.description}".casefold()
        ]
        if within:
            return Reply(title=t("About “{topic}”", topic=topic), items=tuple(map(line, within)))
        raise NotFound(unknown(topic, [each.name for each in usable]))

    async def _one(self, ctx: Context, found: Command) -> Reply:
        refusal = next((v.refusal for v in await self.catalogue.verdicts(ctx, found) if v.refusal is not None), None)
        fields = [Field(t("Type"), t("{usage}", usage=Code(self.catalogue.usage(found))))]
        if found.example:
            fields.append(Field(t("Example"), t("{line}", line=Code(found.example))))
        fields += [Field(param.name.replace("_", "-"), Text(param.arg.description)) for param in found.params]
        return Reply(Text(found.description), title=found.name, fields=tuple(fields), note=refusal or "")


def overview(usable: tuple[Command, ...]) -> Reply:
    """Show commands by task, one line for each task."""
    by_task: dict[str, list[str]] = defaultdict(list)
    for each in usable:
        by_task[each.task if each.task in TASKS else ""].append(each.name)
    return Reply(
        t("Ask me in your own words, or use a command. {command} explains one.", command=Code("help faq search")),
        title=t("What I can do for you here"),
        items=tuple(_task(title, by_task[task]) for task, title in TASKS.items() if task in by_task),
    )


def _task(title: Text, names: list[str]) -> Text:
    """Name the commands of a task; of those that share a noun and are many, the first that people need."""
    by_noun: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_noun[name.split(" ")[0]].append(name)
    many = [noun for noun, own in by_noun.items() if len(own) > MANY]
    named = Code(" · ".join(name for noun, own in by_noun.items() for name in (_first(own) if noun in many else own)))
    if not many:
        return t("**{task}**: {commands}", task=title, commands=named)
    more = Code(" · ".join(f"help {noun}" for noun in many))
    return t("**{task}**: {commands}. More: {more}", task=title, commands=named, more=more)


def _first(names: list[str]) -> list[str]:
    """Return the commands that stand for their noun; where none was chosen, the first of them."""
    return [name for name in names if name in FIRST] or names[:1]


def line(each: Command) -> Text:
    """Show one command."""
    return t("{name} · {about}", name=Code(each.name), about=Text(each.description))


def unknown(topic: str, names: list[str]) -> Text:
    """Say that there is no such topic, and what comes near."""
    near = [found for found, _, _ in process.extract(topic, names, limit=3, score_cutoff=60)]
    if near:
        return t("I have no help on “{topic}”. Did you mean {near}?", topic=topic, near=Code(", ".join(near)))
    return t("I have no help on “{topic}”. {command} shows everything.", topic=topic, command=Code("help"))


__all__ = ["FIRST", "Help"]
