"""One resource as a plot: what was measured, and the line of the model, over a logarithmic axis of passages."""
import html
import math

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 360, 70, 20, 40, 50
COLOURS = ['#1f5fa8', '#b3541e', '#2f7d4f', '#7a4a9c']
STEPS = 60


def round_up(value):
    """The next of 1, 2, 5 times a power of ten."""
    power = 10 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value * (1 - 1e-9))


class Axes:
    def __init__(self, passages, highest):
        self.low, self.high = math.log10(min(passages)) - 0.1, math.log10(max(passages)) + 0.1
        self.top = round_up(highest) if highest > 0 else 1

    def x(self, passages):
        return LEFT + (math.log10(passages) - self.low) / (self.high - self.low) * (WIDTH - LEFT - RIGHT)

    def y(self, value):
        return HEIGHT - BOTTOM - max(0, value) / self.top * (HEIGHT - TOP - BOTTOM)


def text(x, y, words, anchor='middle'):
    return '<text x="%.1f" y="%.1f" text-anchor="%s">%s</text>' % (x, y, anchor, html.escape(words))


def grid(axes, passages):
    parts = []
    for i in range(5):
        value = axes.top * i / 4
        y = axes.y(value)
        parts.append('<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#ddd"/>' % (LEFT, WIDTH - RIGHT, y, y))
        parts.append(text(LEFT - 8, y + 4, '%g' % value, 'end'))
    parts += [text(axes.x(n), HEIGHT - BOTTOM + 20, '{:,}'.format(n)) for n in sorted(set(passages))]
    return parts + [text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, 'passages')]


def line(axes, series, colour):
    steps = [10 ** (axes.low + (axes.high - axes.low) * i / STEPS) for i in range(STEPS + 1)]
    points = ' '.join('%.1f,%.1f' % (axes.x(n), axes.y(min(series.at(n), axes.top))) for n in steps)
    return '<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>' % (points, colour)


class Series:
    """`points`: pairs of passages and what was measured; `at`: the model, of passages."""

    def __init__(self, name, points, at):
        self.name, self.points, self.at = name, points, at


def plot(title, unit, series):
    """The text of an SVG file. REQUIRES: at most four series, of positive passages."""
    passages = [n for s in series for n, _ in s.points]
    axes = Axes(passages, max(value for s in series for _, value in s.points))
    parts = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">' %
             (WIDTH, HEIGHT), '<rect width="100%" height="100%" fill="#fff"/>',
             text(LEFT, 20, '%s, %s' % (title, unit), 'start')] + grid(axes, passages)
    for i, (s, colour) in enumerate(zip(series, COLOURS)):
        parts.append(line(axes, s, colour))
        parts += ['<circle cx="%.1f" cy="%.1f" r="4" fill="%s"/>' % (axes.x(n), axes.y(value), colour)
                  for n, value in s.points]
        parts.append('<g fill="%s">%s</g>' % (colour, text(LEFT + 10, TOP + 14 + 16 * i, s.name, 'start')))
    return '\n'.join(parts + ['</svg>']) + '\n'
