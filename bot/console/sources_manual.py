"""What ``--help`` says of ``briefbot sources`` and its commands, taught by example.

A line that is a backspace alone keeps the lines below it from being wrapped.
"""

SOURCES = """List the sources that are read, add feeds, try them.

Folders and feeds of the configuration and its packs stand beside the feeds added here. A bot that
runs picks a change up within seconds.
"""

LIST = """List every source and how it stands.

LAST NEWS is of when its newest item is, A DAY says how many it brings.
ok and quiet are well: quiet has nothing new, which is within its rhythm. stale answers, and has
brought nothing for far longer than usual. failing could not be read, WHY says what is wrong.

\b
briefbot sources list
briefbot sources list --format json | jq -r '.[] | select(.standing == "failing").name'
"""

ADD = """Find the feed of a site, try it, and read it from now on.

Its newest three headlines are shown. ADDRESS is that of a feed, or of any page of a site that
names its feeds. Where there are several, they are listed: choose one by its address.

\b
briefbot sources add astanatimes.com
briefbot sources add https://tass.com/rss/v2.xml --name TASS --owner state --country RU --tier 1
briefbot sources add https://example.uz/rss --fulltext never --quote headline
"""

REMOVE = """Read a feed no more that was added here.

Its articles stay in the archive. A source of the configuration is taken out there, or turned off
with enabled = false.

\b
briefbot sources remove "Astana Times"
"""

CHECK = """Ask feeds now and say what each answered.

Nothing is kept. The exit code is 1 if any fails. Without names, all that are enabled are asked.
ITEMS counts what is in the feed now, TEXT how much of each article it brings: the whole, a
teaser, or the headline alone.

\b
briefbot sources check
briefbot sources check TASS "Astana Times"
briefbot sources check --format json | jq -r '.[] | select(.ok | not).name'
"""

IMPORT = """Add the feeds of an OPML file; - is stdin.

Other news readers export such files. Feeds that are read already stay as they are. Nothing is
asked yet: a bot that runs does that, and so does briefbot sources check.

\b
briefbot sources import subscriptions.opml
"""

EXPORT = """Write all feeds as OPML.

Other news readers understand it, and another Briefbot brings everything back from it.

\b
briefbot sources export sources.opml
briefbot sources export > sources.opml
"""
