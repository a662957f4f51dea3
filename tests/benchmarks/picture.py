"""The picture of quality against speed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

#: Where a name may stand beside its point: the shift in points of print, and what is aligned.
_PLACES = (
    ((9, 0), "left", "center"),
    ((-9, 0), "right", "center"),
    ((0, 9), "center", "bottom"),
    ((0, -9), "center", "top"),
    ((9, 14), "left", "center"),
    ((9, -14), "left", "center"),
)


@dataclass(frozen=True, slots=True)
class Point:
    """One method: how long it takes, and how much better than the lead it is."""

    name: str
    #: Milliseconds an article.
    milliseconds: float
    #: Mean ROUGE less the lead's, in points.
    gain: float
    ours: bool


def draw(points: Sequence[Point], path: Path) -> None:
    """Draw the methods as a PNG file: faster is left, better is up."""
    figure = Figure(figsize=(8, 5), dpi=150, layout="constrained")
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_xscale("log")
    axes.axhline(0, color="0.7", linewidth=1, zorder=0)
    for point in points:
        colour = "tab:red" if point.ours else "tab:blue"
        axes.scatter(point.milliseconds, point.gain, color=colour, s=45)
    axes.set_title("Three-sentence summaries of news: quality against speed")
    axes.set_xlabel("milliseconds an article (log scale; left is faster)")
    axes.set_ylabel("mean of ROUGE-1, 2, Lsum: points above the lead")
    axes.margins(x=0.25, y=0.15)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.grid(visible=True, which="major", alpha=0.3)
    canvas.draw()
    taken: list[Bbox] = [_around(axes, point) for point in points]
    for point in points:
        taken.append(_name(axes, point, taken))
    figure.savefig(path)


def _around(axes: Axes, point: Point) -> Bbox:
    """Return the pixels that a point covers."""
    x, y = axes.transData.transform((point.milliseconds, point.gain))
    return Bbox.from_bounds(x - 8, y - 8, 16, 16)


def _name(axes: Axes, point: Point, taken: Sequence[Bbox]) -> Bbox:
    """Write the point's name where nothing stands yet, and return the pixels it covers."""
    box = Bbox.null()
    for number, (shift, horizontal, vertical) in enumerate(_PLACES, start=1):
        label = axes.annotate(
            point.name,
            (point.milliseconds, point.gain),
            xytext=shift,
            textcoords="offset points",
            ha=horizontal,
            va=vertical,
            fontsize=9,
        )
        box = label.get_window_extent()
        if number == len(_PLACES) or not any(box.overlaps(other) for other in taken):
            break
        label.remove()
    return box
