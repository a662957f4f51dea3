"""What ``--help`` says of the commands for who runs the bot, taught by example.

A line that is a backspace alone keeps the lines below it from being wrapped.
"""

SUBSCRIPTIONS = """List every chat that gets a digest: when, when next, and whether it is served.

\b
briefbot subscriptions
briefbot subscriptions --format json | jq -r '.[] | select(.standing == "stopped").destination'
"""

RECEIPTS = """List what became of slots: whether each was posted, in how many parts, and why not.

PARTS counts those that arrived, ATTEMPTS every sending begun, INTERRUPTED those that a crash cut
short, so that a part may be there twice. A slot is named by its NUMBER in other commands.

\b
briefbot receipts                                   the last 50
briefbot receipts --stuck                           late by 15 minutes or more, or half sent
briefbot receipts --destination file:team.txt       of one chat
briefbot receipts --format json | jq '.[0].parts'   with the receipt of each part
"""

POST = """Post a digest of now, and print its receipt.

It goes out as one of the schedule does: with a receipt, once, and with what is new in that chat.
A bot that runs sends it; where none does, this command reads the sources and sends it itself.

\b
briefbot post --to file:team.txt              posts
briefbot post --to file:team.txt --dry-run    prints what would be posted
"""

RESEND = """Post a slot once more, and print the receipt.

What was posted goes out as it was, marked as sent again. In place of a slot that was missed,
refused, cancelled or is unknown after a backup was restored, a digest of now is posted.

\b
briefbot resend 57                                the number that `briefbot receipts` prints
briefbot resend "file:team.txt@2026-11-23 08:00"  a chat's slot, by its own date and time
"""

CANCEL = """Cancel a slot that is on its way, or a chat's next one. The chat's schedule stays.

\b
briefbot cancel 58                                what is still on its way
briefbot cancel "file:team.txt@2026-11-24 08:00"  the next one, before it is due
"""

ALLOW = """List a chat, so that the bot serves it, or take it off the list.

A chat that is not listed is told the line to type here. One that is taken off the list gets no
digest any more; listed again, it has its schedule back.

\b
briefbot allow telegram:-1001234567890
briefbot allow telegram:-1001234567890 --remove
briefbot allow slack:T0123/C0456
"""

FORGET = """Delete all that is kept of a chat, or a person's id wherever it is kept.

What stays known is that a chat was taken off the list, and that the bot was in a Slack channel, so
that it never joins one by itself again. Backups that were made before still hold all of it.

\b
briefbot forget telegram:-1001234567890     a chat: settings, receipts, numbers of digests
briefbot forget 123456789                   a person, by the platform's id
briefbot forget T0123/U0456                 the same on Slack
briefbot forget terminal                    what was typed at the prompt, too
"""

BACKUP = """Write everything into one file: the archive, the keys and the configuration.

The bot may run meanwhile. No token is in the file. An older backup of the same name is replaced
once the new one is whole.

\b
briefbot backup briefbot.tar.gz
briefbot backup "/backups/briefbot-$(date +%F).tar.gz"
"""

RESTORE = """Put a backup's archive and keys into DATA_DIR, and list what is not sent again.

Nobody knows what was sent after the backup was made. So that nothing is posted twice, every slot
since then is marked as unknown; `briefbot resend` posts one all the same. Stop the bot first.

\b
briefbot restore briefbot.tar.gz
briefbot restore briefbot.tar.gz --force    puts the archive that is there aside
tar -xzf briefbot.tar.gz config             the configuration, which is not put back by itself
"""

STATUS = """Say how the bot and its archive are: what runs, what waits, what you were told.

\b
briefbot status
"""

GATHER = """Read all sources once, now, whatever their time.

Folders and feeds are read into the archive; what each brings is said as it comes. With names only
those are read. Ctrl-C stops at any moment: what was read stays. The exit code is 1 if every source
fails. A bot that runs does all this by itself.

\b
briefbot gather
briefbot gather TASS "Astana Times"
"""

SLACK = """What Slack has to know of the bot."""

MANIFEST = """Print the manifest from which Slack makes the app, with your command and names.

Paste it at https://api.slack.com/apps: Create New App, From a manifest, YAML. Without --http the
app is for Socket Mode, which needs no public address. With --lookup a post of which Slack gave no
answer is looked for in the channel, so that it never comes twice: the app may read channels then.

\b
briefbot slack manifest >slack-manifest.yaml
briefbot slack manifest --http https://bot.example.org/slack/events
briefbot slack manifest --lookup
"""
