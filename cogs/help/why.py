# SPDX-License-Identifier: MIT
"""Why somebody can or cannot use a command here: check by check, with what to do about it."""

from typing import Annotated

from rapidfuzz import process

from bot.kit import (
    Arg,
    Catalogue,
    Choice,
    Code,
    Command,
    Context,
    Denied,
    Level,
    NotFound,
    Person,
    PlacesDesk,
    Reply,
    Text,
    Tone,
    Verdict,
    Visible,
    command,
    t,
)


class WhyCommands:
    """The command `why`."""

    catalogue: Catalogue
    places: PlacesDesk

    async def complete_command(self, ctx: Context, typed: str) -> list[Choice]:
        """Offer every command, those included that the asker may not use."""
        del ctx
        said = typed.casefold()
        return [Choice(each.name, each.name) for each in self.catalogue.commands if said in each.name]

    @command(
        "why",
        "Find out why somebody can or cannot use a command here",
        visible=Visible.QUIET,
        example="why status",
        task="ask",
        alone=True,
    )
    async def explain_why(
        self,
        ctx: Context,
        command: Annotated[str, Arg("Which command", ask=True, complete=complete_command, max=60)],
        person: Annotated[Person | None, Arg("Who; leave it out for yourself (others: moderators only)")] = None,
    ) -> Reply:
        """Show every check with its verdict and its remedy."""
        found = self._find(command)
        other = person if person is not None and person.id != ctx.person.id else None
        if other is not None and max(ctx.level, ctx.local_level) < Level.MODERATOR:
            raise Denied(
                t("Only a moderator may ask this about somebody else. Leave the person out to ask it for yourself.")
            )
        verdicts = await self.catalogue.verdicts(ctx, found, other)
        refused = any(each.refusal is not None and each.final for each in verdicts)
        advice = self.places.advice(ctx)
        about = (
            t("For {name}, as far as I know: roles that I have not seen lately may give more.", name=other)
            if other
            else None
        )
        return Reply(
            conclusion(found, other, refused=refused),
            title=t("Why?"),
            items=tuple(line(each, told=other is not None) for each in verdicts),
            note=about or (advice[0] if advice and not refused else ""),
            tone=Tone.WARNING if refused else Tone.GOOD,
        )

    def _find(self, typed: str) -> Command:
        said = " ".join(typed.strip().lstrip("/!").casefold().split())
        known = {each.name: each for each in self.catalogue.commands}
        if said in known:
            return known[said]
        begun = max((name for name in known if said.startswith(f"{name} ")), key=len, default="")
        if begun:
            person = " ".join(typed.strip().lstrip("/!").split()[len(begun.split()) :])
            example = f'why {begun} person="{person}"' if " " in person else f"why {begun} person={person}"
            raise NotFound(t("To ask about somebody, write {example}.", example=Code(example)))
        near = [name for name, _, _ in process.extract(said, list(known), limit=3, score_cutoff=60)]
        if near:
            raise NotFound(
                t("There is no command {name}. Did you mean {near}?", name=Code(said), near=Code(", ".join(near)))
            )
        raise NotFound(t("There is no command {name}; its feature may be switched off.", name=Code(said)))


def conclusion(found: Command, other: Person | None, *, refused: bool) -> Text:
    """Say the outcome in one sentence."""
    name = Code(found.name)
    if other is None:
        return t("You cannot use {name} here now.", name=name) if refused else t("You can use {name} here.", name=name)
    if refused:
        return t("{person} cannot use {name} here now.", person=other, name=name)
    return t("{person} can use {name} here.", person=other, name=name)


def line(verdict: Verdict, *, told: bool) -> Text:
    """Show one check; what somebody else is `told` speaks to them, and so it is quoted."""
    if verdict.refusal is None:
        return t("✓ {check}", check=verdict.check)
    sign, refusal = "✗" if verdict.final else "!", verdict.refusal
    if told and verdict.final:
        refusal = t("they are told “{refusal}”", refusal=refusal)
    if verdict.remedy is None:
        return t("{sign} {check}: {refusal}", sign=sign, check=verdict.check, refusal=refusal)
    return t(
        "{sign} {check}: {refusal} {remedy}",
        sign=sign,
        check=verdict.check,
        refusal=refusal,
        remedy=verdict.remedy,
    )
