"""What ``--help`` says of each command, taught by example.

A line that is a backspace alone keeps the lines below it from being wrapped.
"""

BRIEFBOT = """Read news and make a brief of it in the sources' own words.

\b
briefbot run                     the digest, then a prompt
briefbot brief                   the digest alone
briefbot brief article.txt       a brief of one file
briefbot upcoming                what the news says is ahead
echo /brief 1 | briefbot chat    story 1 in full
briefbot search trade            all articles on trade there are
briefbot sources add ADDRESS     the news of a site, from its feed
briefbot check                   what works, and how to mend what does not
"""

RUN = """Read the sources, print the digest, then answer what is typed.

New, changed and removed files are told in a line while it runs.

\b
briefbot run                        until Ctrl-D
briefbot run </dev/null             the digest, and out
briefbot run --stay </dev/null      as a service, until SIGTERM
"""

CHAT = """Answer commands from the input, a line each, until it ends.

\b
briefbot chat                                   at a prompt
printf '/brief\\n/brief 1\\n' | briefbot chat     from a pipe
briefbot chat <commands.txt                     from a file
"""

BRIEF = """Print today's digest, one story of it, or a brief of a page or of files.

Files need no configuration and no archive. With --jsonl a line is {"id", "title", "text",
"language", "published"}, of which only "text" is needed, and a brief a line comes out.

\b
briefbot brief                                 the digest
briefbot brief Tokayev AI                      only news that has these words
briefbot brief 2                               story 2 of the last digest in full
briefbot brief https://example.org/report      a page of the public internet, kept nowhere
briefbot brief --lines 5 seeds/*.txt           files, five lines each
briefbot brief --format json article.txt       with the source span of every line
briefbot brief --jsonl articles.jsonl >out     many at once
"""

SEARCH = """Look through the whole archive, the best and newest first.

Every word must be in an article, in any form; words in double quotation marks side by side; what
follows a minus must not be there.

\b
briefbot search trade                          articles on trade, traded, trading
briefbot search '"high technology" -oil'       a phrase, without oil
briefbot search trade --page 2                 the next ten
briefbot search --format json trade            with ids and the source span of each line
"""

UPCOMING = """Print what the news says is ahead, or write it as a calendar file.

Within so many DAYS, or all of it. A calendar file holds the events that have a day, under the
same identity each time, so that a calendar can take in every later file, too.

\b
briefbot upcoming                     all that is ahead
briefbot upcoming 30                  what begins within 30 days
briefbot upcoming --ics dates.ics     for a calendar
"""

CHECK = """Look at every part and say how to mend what does not work.

\b
briefbot check
briefbot check --config other.toml
"""
