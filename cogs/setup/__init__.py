# SPDX-License-Identifier: MIT
"""Setting up: leads a new moderator from step to step; it can be stopped and resumed, and ends with a test."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from bot.kit import (
    Arg,
    Button,
    Catalogue,
    Choice,
    Code,
    Cog,
    Context,
    Database,
    Field,
    Home,
    HomeKind,
    Invalid,
    Level,
    LevelsDesk,
    Manifest,
    NotFound,
    Place,
    PlacesDesk,
    Poster,
    Reply,
    Role,
    SettingsDesk,
    Text,
    Tone,
    Transaction,
    UserError,
    Visible,
    Words,
    action,
    command,
    n,
    t,
)

from . import store
from .features import Features
from .steps import CHANNELS, COMMUNITY_WIDE, ROLES, Step


class Setup(Cog):
    """Lead a moderator through what has to be chosen."""

    name = "setup"
    manifest = Manifest(
        summary="Set me up, step by step.",
        keeps="Which steps of the set-up you took.",
        groups={},
        parts={"steps": "Steps of the set-up that you took"},
    )

    def __init__(
        self,
        db: Database,
        poster: Poster,
        catalogue: Catalogue,
        settings: SettingsDesk,
        places: PlacesDesk,
        levels: LevelsDesk,
    ) -> None:
        self.db = db
        self.poster = poster
        self.desk = settings
        self.places = places
        self.levels = levels
        self.features = Features(catalogue, settings)

    @command(
        "setup",
        "Set me up, step by step; stop and come back whenever you like",
        level=Level.MODERATOR,
        local=True,
        visible=Visible.QUIET,
        example="setup",
        task="moderate",
    )
    async def begin(
        self, ctx: Context, step: Annotated[Step | None, Arg("Where to go; leave it out to go on")] = None
    ) -> Reply:
        """Show the step that comes next, or one of the asker's choice."""
        if step is not None and step not in steps_for(ctx):
            raise UserError(t("This is chosen by the moderators of the whole community."))
        return await self._show(ctx, step)

    async def complete_language(self, ctx: Context, typed: str) -> list[Choice]:
        """Offer the languages that the bot speaks."""
        del ctx
        said, spoken = typed.casefold(), self.desk.languages()
        return [Choice(tag, name) for tag, name in spoken.items() if tag.startswith(said) or said in name.casefold()]

    @action(level=Level.MODERATOR, visible=Visible.QUIET)
    async def answer_language(
        self,
        ctx: Context,
        language: Annotated[
            str, Arg("Which language, such as English or en", ask=True, max=20, complete=complete_language)
        ],
    ) -> Reply:
        """Set the community's language."""
        await self._change(ctx, "language", language)
        return await self._next(ctx, Step.LANGUAGE)

    @action(level=Level.MODERATOR, visible=Visible.QUIET)
    async def answer_zone(
        self, ctx: Context, zone: Annotated[str, Arg("Which time zone, such as Europe/Madrid", ask=True, max=50)]
    ) -> Reply:
        """Set the community's time zone."""
        await self._change(ctx, "zone", zone)
        return await self._next(ctx, Step.ZONE)

    @action(level=Level.MODERATOR, local=True, visible=Visible.QUIET)
    async def answer_place(
        self, ctx: Context, step: Step, place: Annotated[Place, Arg("Which channel or room", ask=True)]
    ) -> Reply:
        """Let a place serve for something."""
        await self.places.assign(ctx, step.value, place)
        return await self._next(ctx, step)

    @action(level=Level.MODERATOR, local=True, visible=Visible.QUIET)
    async def answer_here(self, ctx: Context, step: Step) -> Reply:
        """Let the place in which the button is pressed serve for something."""
        await self.places.assign(ctx, step.value, ctx.place)
        return await self._next(ctx, step)

    @action(level=Level.MODERATOR, local=True, visible=Visible.QUIET)
    async def answer_role(self, ctx: Context, step: Step, role: Annotated[Role, Arg("Which role", ask=True)]) -> Reply:
        """Let the holders of a role be librarians, or organisers."""
        if step not in ROLES:
            raise NotFound(t("This step chooses no role."))
        await self.levels.value_role(ctx, role.id, role.name, ROLES[step])
        return await self._next(ctx, step)

    @action(level=Level.MODERATOR, visible=Visible.QUIET)
    async def toggle(self, ctx: Context, feature: Annotated[str, Arg("Which feature", max=32)]) -> Reply:
        """Switch a feature on or off, and show them again."""
        await self.features.toggle(ctx, feature)
        return await self._show(ctx, Step.FEATURES)

    @action(level=Level.MODERATOR, local=True, visible=Visible.QUIET)
    async def keep(self, ctx: Context, step: Step) -> Reply:
        """Leave a step as it is."""
        return await self._next(ctx, step, answered=False)

    @action(level=Level.MODERATOR, local=True, visible=Visible.QUIET)
    async def stop_here(self, ctx: Context) -> Reply:
        """Stop; nothing is lost."""
        home = home_of(ctx)
        left = [step for step in steps_for(ctx) if step not in await self.db.read(store.done, home.id)]
        words = n("{count} step is left.", "{count} steps are left.", len(left))
        return Reply(t("{left} {command} goes on there.", left=words, command=Code("setup")))

    @action(level=Level.MODERATOR, local=True, visible=Visible.QUIET)
    async def post_tests(self, ctx: Context) -> Reply:
        """Post a test to each place that serves for something."""
        home = home_of(ctx)
        chosen = {view.place.id: view.place for view in await self.places.slots(ctx)}
        if not chosen:
            raise UserError(t("No channel is chosen yet. {command} chooses one.", command=Code("settings channel")))
        await self.db.write(self._post, ctx, tuple(chosen.values()))
        await self.db.write(store.mark, home.id, ctx.community.id, Step.TEST.value, ctx.person.id)
        return finished(
            t(
                "A test is on its way to each of these channels. What does not arrive, {command} explains.",
                command=Code("settings check"),
            ),
            tuple(t("{place}", place=place) for place in chosen.values()),
        )

    def export(self, tx: Transaction, person_id: int) -> Mapping[str, list[dict[str, Any]]]:
        """Return the steps that somebody took."""
        return {"steps": store.steps_of(tx, person_id)}

    def _post(self, tx: Transaction, ctx: Context, chosen: Sequence[Place]) -> None:
        said = Reply(
            t("This is a test: I can post here."),
            note=t("{name} is setting me up.", name=ctx.person),
        )
        for place in chosen:
            key = f"setup:test:{place.id}:{ctx.now.isoformat()}"
            self.poster.post(tx, ctx.community.id, place.id, key, said, urgent=True)

    async def _change(self, ctx: Context, key: str, typed: str) -> None:
        try:
            await self.desk.change(ctx, f"community.{key}", typed)
        except Invalid as error:
            raise Invalid(key, error.text) from error

    async def _next(self, ctx: Context, step: Step, *, answered: bool = True) -> Reply:
        """Show the first step that is left, and what was `answered` to the latest one."""
        home = home_of(ctx)
        await self.db.write(store.mark, home.id, ctx.community.id, step.value, ctx.person.id)
        now = await self._now(ctx, step) if answered else ""
        following = await self._show(ctx, None)
        said = (Field(t("✓ {step}", step=Text(step.label)), now),) if now else ()
        return replace(following, fields=(*said, *following.fields))

    async def _show(self, ctx: Context, chosen: Step | None) -> Reply:
        """Show a step, or the first that is left."""
        home = home_of(ctx)
        steps = steps_for(ctx)
        done = await self.db.read(store.done, home.id)
        step = chosen or next((each for each in steps if each not in done), None)
        if step is None:
            return finished(t("I am set up. {command} shows a step again.", command=Code("setup step=zone")), ())
        now = await self._now(ctx, step)
        room = home.kind is HomeKind.ROOM
        return Reply(
            t("{question} {more}", question=step.question, more=step.in_room)
            if room and step.in_room
            else step.question,
            title=t(
                "Step {number} of {count}: {step}",
                number=steps.index(step) + 1,
                count=len(steps),
                step=Text(step.label),
            ),
            fields=(Field(t("Now"), now),) if now else (),
            buttons=(*await self._answers(ctx, step), *self._ways_on(step)),
            note=t(
                "Typed: {command}. Stop whenever you like; {again} goes on here.",
                command=step.typed,
                again=Code("setup"),
            ),
        )

    async def _now(self, ctx: Context, step: Step) -> Words:
        """Say how it is now."""
        if step in (Step.LANGUAGE, Step.ZONE):
            views = {view.name: view.shown for view in await self.desk.everything(ctx)}
            return views[f"community.{step.value}"]
        if step in CHANNELS:
            return ", ".join(view.place.name for view in await self.places.slots(ctx) if view.slot == step.value)
        if step in ROLES:
            found = await self.levels.grants(ctx)
            return ", ".join(grant.role for grant in found if grant.role and grant.level is ROLES[step])
        return self.features.shown(await self.features.all(ctx)) if step is Step.FEATURES else ""

    async def _answers(self, ctx: Context, step: Step) -> tuple[Button, ...]:
        """Return the buttons that answer a step."""
        match step:
            case Step.LANGUAGE:
                return (Button(t("Choose the language"), self.answer_language),)
            case Step.ZONE:
                return (Button(t("Choose the time zone"), self.answer_zone),)
            case Step.LIBRARIANS | Step.ORGANISERS:
                return (Button(t("Choose the role"), self.answer_role, step.value),)
            case Step.FEATURES:
                return tuple(self._toggles(await self.features.all(ctx)))
            case Step.TEST:
                return (Button(t("Post the tests"), self.post_tests),)
            case _ if home_of(ctx).kind is HomeKind.ROOM:
                return (Button(t("Here"), self.answer_here, step.value),)
            case _:
                return (
                    Button(t("Here"), self.answer_here, step.value),
                    Button(t("Another channel"), self.answer_place, step.value),
                )

    def _toggles(self, features: Mapping[str, bool]) -> list[Button]:
        return [
            Button(t("Switch {name} off", name=name) if on else t("Switch {name} on", name=name), self.toggle, name)
            for name, on in features.items()
        ]

    def _ways_on(self, step: Step) -> tuple[Button, Button]:
        return (Button(t("Next"), self.keep, step.value), Button(t("Stop here"), self.stop_here))


def home_of(ctx: Context) -> Home:
    """Return the home that is set up; raises UserError in private."""
    if ctx.home is None:
        raise UserError(t("Say this in the server or room that is to be set up."))
    return ctx.home


def steps_for(ctx: Context) -> tuple[Step, ...]:
    """Return the steps that the asker may take: a home that joined a community has its own channels and roles only."""
    everywhere = ctx.level >= Level.MODERATOR
    return tuple(step for step in Step if everywhere or step not in COMMUNITY_WIDE)


def finished(words: Text, items: tuple[Words, ...]) -> Reply:
    """Say that nothing is left."""
    return Reply(
        words,
        title=t("Setting up: done"),
        items=items,
        tone=Tone.GOOD,
        buttons=(Button(t("Is all well?"), "settings check"), Button(t("What can I do?"), "help")),
    )


__all__ = ["Setup"]
