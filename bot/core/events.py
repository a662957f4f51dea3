"""What an article says is ahead: things that are to take place, and when and where."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.core.appointments import Around, fits, time_of
from bot.core.clauses import Piece, stretches
from bot.core.dates import Time, mentions, times
from bot.core.doubts import (
    alternative,
    is_doubtful,
    is_dropped,
    is_unscheduled,
    may_occur,
    standing,
)
from bot.core.foretold import Kind, Verb
from bot.core.happening import Named, named
from bot.core.language import Language
from bot.core.once import once
from bot.core.prospects import Calendar, Plans
from bot.core.report import Report, Sentence
from bot.core.subjects import Clause, clauses, is_elliptic, shared
from bot.core.values import Event, Precision, Span, When

#: What is longer is a table or no sentence, in characters.
_LONGEST = 1500
#: A sentence of no more words may be a time cut off from the one before it.
_FRAGMENT = 5


def events(report: Report) -> tuple[Event, ...]:
    """Return what is ahead of the article's publication, in the order of the text, each once.

    What is past, cancelled, denied, conditional or projected is left out, as is what leans on
    something that was not named. Linear in the length of the text.
    """
    plans, calendar = report.language.plans, report.language.calendar
    if calendar is None:
        return ()
    published = report.article.published or report.wire.published
    reader = _Reader(report, report.language, plans, published.day if published else None)
    found: list[Event] = []
    before: Sentence | None = None
    for sentence in _whole(report, calendar):
        if sentence.part.end - sentence.part.start <= _LONGEST:
            found += reader.read(sentence, before)
        before = sentence
    return once(found, report.language)


def _whole(report: Report, calendar: Calendar) -> Iterator[Sentence]:
    """Yield the sentences, each with what a stop cut off: "6 a.m. On May 5.", "Ash v. Oak"."""
    text = report.article.text
    held: Sentence | None = None
    for sentence in report.sentences:
        words = sentence.span.of(text).split()
        is_name = held is not None and held.span.of(text).endswith(report.language.plans.versus)
        cut_off = is_name or (
            held is not None
            and len(words) <= _FRAGMENT
            and words[0].lower() in calendar.prepositions
            and "\n" not in text[held.span.end : sentence.span.start]
        )
        if held and cut_off:
            held = replace(
                held,
                span=Span(held.span.start, sentence.span.end),
                part=Span(held.part.start, max(held.part.end, sentence.part.end)),
            )
            continue
        if held:
            yield held
        held = sentence
    if held:
        yield held


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the sentences of one report."""

    report: Report
    language: Language
    plans: Plans
    published: date | None

    def read(self, sentence: Sentence, before: Sentence | None) -> Iterator[Event]:
        """Yield what a sentence says is ahead."""
        text = self.report.article.text
        named_times = times(text, sentence.part, self.language, self.published)
        if not named_times and not may_occur(text, sentence.part, self.plans):
            return
        context = before.span if before else None
        for pieces in stretches(text, sentence.part, named_times, self.language):
            whole = Span(pieces[0].span.start, pieces[-1].span.end)
            if is_dropped(text, pieces, self.plans):
                context = whole
                continue
            spoken: dict[int, Verb] = {}
            found = list(clauses(text, pieces, self.language))
            for clause in standing(text, found, whole.end, self.plans):
                event = self._event(clause, whole, sentence, context)
                if event:
                    spoken[clause.verb.start] = clause.verb
                    yield event
            if spoken:
                yield from self._elliptic(pieces, spoken, sentence)
            context = whole

    def _event(
        self, clause: Clause, whole: Span, sentence: Sentence, before: Span | None
    ) -> Event | None:
        text = self.report.article.text
        if is_doubtful(text, clause, sentence.span, self.language):
            return None
        if clause.verb.moves:
            # "From 9 to 23 May" is no span of days here: only the new day counts.
            behind = Span(clause.verb.end, clause.span.end)
            own = times(text, behind, self.language, self.published)
            clause = replace(clause, own=own)
        around = Around(start=clause.opens, own=clause.own, near=clause.near)
        time = time_of(text, clause.verb, around, self.plans)
        if time is None and not self._is_undated(clause, whole):
            return None
        if time and not (self._is_ahead(time) and self._is_known(time, clause.verb)):
            return None
        if time and self._is_alternative(time, whole):
            return None
        what = named(text, clause, time, before, self.language)
        if what is None or (time is None and not what.is_occasion):
            return None
        return self._made(what, time, sentence)

    def _elliptic(
        self, pieces: list[Piece], spoken: dict[int, Verb], sentence: Sentence
    ) -> Iterator[Event]:
        """Yield what shares its verb with the piece before it: "…, the ministers in June"."""
        text = self.report.article.text
        verb: Verb | None = None
        for piece in pieces:
            own = [spoken[start] for start in spoken if piece.span.start <= start < piece.span.end]
            if own:
                verb = own[-1] if own[-1].kind is not Kind.REDUCED else None
            elif verb and is_elliptic(text, piece, self.language):
                clause, time = shared(text, piece, verb, self.language), piece.times[0]
                what = named(text, clause, time, None, self.language)
                # "The court will decide on May 5, the king on May 6": "king" alone says nothing.
                if what and verb.kind is Kind.ACTS and len(what.what.split()) == 1:
                    continue
                stands = self._is_ahead(time) and not self._is_alternative(time, piece.span)
                if what and stands and fits(verb, time, self.plans):
                    yield self._made(what, time, sentence)
            else:
                verb = None

    def _is_undated(self, clause: Clause, whole: Span) -> bool:
        """Say whether a thing is to take place and no time at all is given."""
        text = self.report.article.text
        occurs = clause.verb.takes_place and not clause.verb.told
        return (
            occurs
            and not mentions(text, whole, self.language)
            and not is_unscheduled(text, whole, self.plans)
        )

    def _is_alternative(self, time: Time, whole: Span) -> bool:
        """Say whether another time may hold instead: "on January 12 or on January 19"."""
        text, beside = self.report.article.text, alternative(self.plans)
        if beside[0].search(text[whole.start : time.start]):
            return True
        link = beside[1].match(text, time.span.end, whole.end)
        if link is None:
            return False
        others = times(text, Span(link.end(), whole.end), self.language, self.published)
        return any(other.start == link.end() for other in others)

    def _is_ahead(self, time: Time) -> bool:
        """Say whether a time lies behind the day of publication; days must all do so."""
        if time.first is None or time.last is None or self.published is None:
            return True
        edge = time.first if time.precision is Precision.DAY else time.last
        return edge > self.published

    def _is_known(self, time: Time, verb: Verb) -> bool:
        """Say whether a time is known to be ahead: the present alone does not say so of a year."""
        return not (verb.present and self.published is None and time.first is not None)

    def _made(self, what: Named, time: Time | None, sentence: Sentence) -> Event:
        text = self.report.article.text
        when = When(text="", precision=Precision.NONE)
        if time:
            when = When(
                text=" ".join(time.span.of(text).split()),
                precision=time.precision,
                first=time.first,
                last=time.last,
            )
        return Event(
            what=what.what,
            when=when,
            where=what.where,
            article=self.report.article.id,
            spans=what.spans,
            sentence=sentence.index + 1,
            quoted=sentence.quoted,
            speaker=sentence.speaker,
        )
