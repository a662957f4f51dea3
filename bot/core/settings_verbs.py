"""The verbs by which a chat says what it wants to get, and when."""

from bot.core.abilities import Ability
from bot.core.verb import Usage, Verb, Who, alone
from bot.core.wording import later

SCHEDULE = Verb(
    name="schedule",
    summary=later("when this chat gets its digest"),
    usages=(
        Usage(takes="", meaning=later("when this chat gets its digest"), example="/schedule"),
        Usage(
            # Translators: stands for a time of day, days of the week and a city.
            takes=later("TIME DAYS CITY"),
            meaning=later("a digest at that time, in place of what was set before"),
            example="/schedule 8am weekdays Astana",
        ),
        Usage(
            # Translators: "add" is typed as it stands.
            takes=later("add TIME DAYS"),
            meaning=later("one more at that time"),
            example="/schedule add 18:00",
        ),
        Usage(
            # Translators: "test" is typed as it stands.
            takes=later("test"),
            meaning=later("the next digest as it would be now, for you alone"),
            example="/schedule test",
        ),
        Usage(
            # Translators: "off" is typed as it stands.
            takes=later("off"),
            meaning=later("no more digests that come by themselves"),
            example="/schedule off",
        ),
        Usage(
            # Translators: "undo" is typed as it stands.
            takes=later("undo"),
            meaning=later("takes back the last change"),
            example="/schedule undo",
        ),
    ),
    who=Who.ADMINS,
)
RESEND = alone("resend", later("the last digest once more, marked so"), who=Who.ADMINS)
FOLLOW = Verb(
    name="follow",
    summary=later("narrows the digest to a topic, or to one more"),
    usages=(
        Usage(
            # Translators: stands for a topic, as in "/follow TOPIC".
            takes=later("TOPIC"),
            meaning=later("narrows the digest to a topic, or to one more"),
            example="/follow trade",
        ),
    ),
    who=Who.ADMINS,
)
UNFOLLOW = Verb(
    name="unfollow",
    summary=later("takes a topic out of the digest"),
    usages=(
        Usage(
            takes=later("TOPIC"),
            meaning=later("takes a topic out of the digest"),
            example="/unfollow trade",
        ),
        Usage(
            # Translators: "all" is typed as it stands.
            takes=later("all"),
            meaning=later("the digest covers everything again"),
            example="/unfollow all",
        ),
    ),
    who=Who.ADMINS,
)
TOPICS = alone("topics", later("what the digest of this chat covers"))
SETTINGS = Verb(
    name="settings",
    summary=later("the settings of this chat"),
    usages=(
        Usage(takes="", meaning=later("the settings of this chat"), example="/settings"),
        Usage(
            # Translators: stands for one of the words time, days, city, topics, length, language.
            takes=later("SETTING"),
            meaning=later("the choices: time, days, city, topics, length or language"),
            example="/settings time",
        ),
        Usage(
            # Translators: "length" is typed as it stands, and so are the three words.
            takes=later("length LENGTH"),
            meaning=later("how long the digest is: short, standard or long"),
            example="/settings length short",
        ),
        Usage(
            # Translators: "quiet skip" and "quiet post" are typed as they stand.
            takes=later("quiet skip"),
            meaning=later("no post on a day without news; “quiet post” for one all the same"),
            example="/settings quiet skip",
        ),
        Usage(
            # Translators: "silent on" and "silent off" are typed as they stand.
            takes=later("silent on"),
            meaning=later("posts that make no sound; “silent off” for the sound"),
            example="/settings silent on",
            needs=Ability.SOUND,
        ),
        Usage(
            # Translators: "stories flat" and "stories thread" are typed as they stand.
            takes=later("stories flat"),
            meaning=later("digests without a thread; “stories thread” for one (Slack)"),
            example="/settings stories flat",
            needs=Ability.THREADS,
        ),
        Usage(
            # Translators: "language" is typed as it stands.
            takes=later("language LANGUAGE"),
            meaning=later("the language of my own words"),
            example="/settings language English",
        ),
        Usage(
            # Translators: "pause" and "resume" are typed as they stand.
            takes=later("pause"),
            meaning=later("no digests until “resume”"),
            example="/settings pause",
        ),
        Usage(
            takes=later("undo"),
            meaning=later("takes back the last change"),
            example="/settings undo",
        ),
    ),
    who=Who.ADMINS,
)
MISSED = alone("missed", later("digests that came late or not at all, and why"))
PRIVACY = alone("privacy", later("what I keep about you"))
