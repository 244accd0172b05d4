# SPDX-License-Identifier: MIT
"""Commands about the asker's own accounts, language and time zone."""

from typing import Annotated

from bot.kit import (
    Arg,
    Choice,
    Code,
    Confirm,
    Context,
    Identity,
    Invalid,
    KnownCommunity,
    LinksDesk,
    NotFound,
    Reply,
    SettingsDesk,
    Tone,
    Visible,
    command,
    t,
)


class AccountCommands:
    """What people choose for themselves."""

    desk: SettingsDesk
    links: LinksDesk

    async def complete_language(self, ctx: Context, typed: str) -> list[Choice]:
        """Offer the languages that the bot speaks."""
        del ctx
        said, spoken = typed.casefold(), self.desk.languages()
        return [Choice(tag, name) for tag, name in spoken.items() if tag.startswith(said) or said in name.casefold()]

    @command(
        "account show",
        "Show your linked accounts, language and time zone",
        visible=Visible.SECRET,
        example="account show",
        task="me",
        alone=True,
    )
    async def show_account(self, ctx: Context) -> Reply:
        """Show what the bot knows of the asker's accounts."""
        return Reply(
            t(
                "I speak {language} with you, in the time zone {zone}.",
                language=self.desk.languages().get(ctx.locale, ctx.locale),
                zone=ctx.zone,
            ),
            title=t("Your accounts"),
            items=tuple(
                t("{platform}: {name}", platform=each.platform, name=each.name) for each in ctx.person.identities
            ),
        )

    @command(
        "account language",
        "Choose the language in which I speak with you",
        visible=Visible.QUIET,
        example="account language en",
        task="me",
        alone=True,
    )
    async def choose_language(
        self,
        ctx: Context,
        language: Annotated[
            str | None, Arg("Such as en or English; leave it out for the community's", complete=complete_language)
        ] = None,
    ) -> Reply:
        """Set the asker's own language."""
        await self.desk.prefer(ctx, language, ctx.person.zone)
        if language is None:
            return Reply(
                t("Done. From now on I speak the language of your chat or community with you."), tone=Tone.GOOD
            )
        return Reply(t("Done. From now on I speak this language with you."), tone=Tone.GOOD)

    @command(
        "account timezone",
        "Choose the time zone in which I tell you times",
        visible=Visible.QUIET,
        example="account timezone Europe/Madrid",
        task="me",
        alone=True,
    )
    async def choose_zone(
        self,
        ctx: Context,
        zone: Annotated[str | None, Arg("Such as Europe/Madrid; leave it out for the community's")] = None,
    ) -> Reply:
        """Set the asker's own time zone."""
        await self.desk.prefer(ctx, ctx.person.locale, zone)
        return Reply(t("Done. From now on I tell you times like this: {now}.", now=ctx.now), tone=Tone.GOOD)

    async def complete_community(self, ctx: Context, typed: str) -> list[Choice]:
        """Offer the asker's communities; those of one name by their numbers."""
        said = typed.strip().casefold()
        fitting = [each for each in await self.desk.communities(ctx) if said in each.community.name.casefold()]
        return [Choice(_value(each), each.label) for each in fitting]

    @command(
        "account community",
        "Choose which community you mean when you talk with me in private",
        visible=Visible.SECRET,
        example='account community community="Riverside Libraries (demo)"',
        task="me",
        alone=True,
    )
    async def choose_community(
        self,
        ctx: Context,
        community: Annotated[str, Arg("Its name", ask=True, max=100, complete=complete_community)],
    ) -> Reply:
        """Remember a community for private conversations."""
        said = community.strip().casefold()
        known = await self.desk.communities(ctx)
        found = [each for each in known if said in (str(each.community.id), each.community.name.casefold())]
        if len(found) > 1:
            named = tuple(t("{number} is {name}", number=str(each.community.id), name=each.label) for each in found)
            raise Invalid(
                "community", t("Several communities have this name. Give the number of one: {list}.", list=named)
            )
        if not found:
            names = ", ".join(dict.fromkeys(each.community.name for each in known))
            raise Invalid("community", t("I know you in these communities: {names}.", names=names or "-"))
        await self.desk.prefer_community(ctx, found[0].community)
        return Reply(t("In private we speak about {community} from now on.", community=found[0].label), tone=Tone.GOOD)

    @command(
        "account link",
        "Make another account of yours known as you",
        visible=Visible.SECRET,
        example="account link",
        task="me",
    )
    async def link_account(
        self,
        ctx: Context,
        code: Annotated[str | None, Arg("The code from your other account; leave it out to get one", max=40)] = None,
    ) -> Reply | Confirm:
        """Give a code, or link this account to the one that asked for it."""
        if code is None:
            given = await self.links.account_code(ctx)
            return Reply(
                t(
                    "Within ten minutes, type {command} from your other account. It works once.",
                    command=Code(f"account link {given}"),
                ),
                title=t("Your code is {code}", code=Code(given)),
            )
        if not ctx.confirmed:
            owner = await self.links.account_of(ctx, code)
            accounts = tuple(f"{each.platform}: {each.name}" for each in owner.identities)
            return Confirm(
                t(
                    "Everything of this account will belong to {name} ({accounts}), who asked for the code. Say yes "
                    "only if that is you.",
                    name=owner.name,
                    accounts=accounts,
                )
            )
        person = await self.links.claim_account(ctx, code)
        return Reply(t("Done: this account is {name} now.", name=person.name), tone=Tone.GOOD)

    @command(
        "account unlink",
        "Make one of your accounts a person of its own again",
        visible=Visible.SECRET,
        example="account show",
        task="me",
    )
    async def unlink_account(
        self, ctx: Context, platform: Annotated[str, Arg("On which platform that account is", ask=True, max=32)]
    ) -> Reply | Confirm:
        """Release one of the asker's accounts."""
        account: Identity | None = ctx.person.on(platform.strip().casefold())
        if account is None:
            raise NotFound(t("You have no account there that is linked."))
        if len(ctx.person.identities) < 2:
            raise NotFound(t("{name} is your only account; nothing is linked to it.", name=account.name))
        if not ctx.confirmed:
            return Confirm(
                t("{name} will be a person of its own, without what you wrote so far. Go on?", name=account.name)
            )
        await self.links.release_account(ctx, account)
        return Reply(t("Done: {name} is a person of its own.", name=account.name), tone=Tone.GOOD)


def _value(known: KnownCommunity) -> str:
    """Return what is typed for a community: its name where that is enough, else its number."""
    return known.community.name if known.label == known.community.name else str(known.community.id)
