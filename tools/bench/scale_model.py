#!/usr/bin/python3
"""Fits a model of capacity to what tools/bench/run --scale measured, and works it through for sizes that nobody has
measured. Prints the tables of docs/scale.md as Markdown.

The largest size is left out at first, and predicted from the others: how far that is off is the third table. What is
worked through then is fitted to all sizes."""
import argparse
import os
import sys

import numpy as np

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, 'training'))
import bad_input
import scale_fit
import scale_plan
import scale_plot
import scale_resources
from scale_resources import RESOURCES, cpu, encoder, of_engine

LOADS = [1000, 100000]
WORKERS = [10, 100]
GOAL = 0.2


def table(heads, rows):
    lines = ['| %s |' % ' | '.join(heads), '|%s' % ('---|' * len(heads))]
    return '\n'.join(lines + ['| %s |' % ' | '.join(row) for row in rows]) + '\n'


def number(value):
    """Three digits, or whole thousands."""
    return '{:,.0f}'.format(value) if abs(value) >= 100 else '%.3g' % value


def query_cost(point):
    """CPU ms of one query beside the encoder: of servers, of nodes."""
    if point['engine'] == 'embedded':
        return cpu(point, 'asked_again', 'servers'), 0
    return cpu(point, 'many_clients', 'servers') - encoder(point['embedded']), cpu(point, 'many_clients', 'nodes')


def engine_of(point):
    if point['engine'] == 'embedded':
        return 'embedded'
    return 'nodes %d, servers %d' % (point['nodes'], point['servers'])


def measured_row(point):
    servers, nodes = query_cost(point)
    embedded, _ = query_cost(point['embedded'])
    of_encoder = encoder(point['embedded'])
    one, many = (point[load]['wall_clock_on_shared_cores'] for load in ('one_client', 'many_clients'))
    ratios = ((servers + nodes) / embedded, (servers + nodes + of_encoder) / (embedded + of_encoder))
    return ['{:,}'.format(point['passages']), engine_of(point), number(servers), number(nodes), number(of_encoder),
            '%.2f, %.2f' % ratios,
            '%s, %s' % (number(one['p50_ms']), number(one['p99_ms'])),
            '%s, %s' % (number(many['p50_ms']), number(many['p99_ms'])), number(many['qps']),
            '%.0f %%' % (100 * point['many_clients']['busy_share_of_cores'])]


def measured(points):
    return table(['passages', 'engine', 'CPU ms a query: servers', 'nodes', 'encoder',
                  'CPU against the embedded engine: without, with the encoder', 'one client: p50, p99 ms',
                  'several: p50, p99 ms', 'queries/s', 'cores busy'],
                 [measured_row(p) for p in points])


def idle(points):
    """What is in the CPU of nodes whether they are asked or not."""
    most = {}
    for p in of_engine(points, 'cluster'):
        most[p['nodes']] = max(most.get(p['nodes'], 0), p['idle_nodes_cpu_seconds_per_second'])
    return 'CPU ms a second of nodes that nobody asks, the most of all sizes: %s.\n' % ', '.join(
        '%s of %d' % (number(1000 * share), nodes) for nodes, share in sorted(most.items()))


def formula(fit):
    return ', '.join('%.3g' % c for c in fit.coefficients)


def model(fits):
    return table(['resource', 'form', 'coefficients, in its order', 'unit'],
                 [[r.label, r.form, formula(fits[r.key]), r.unit] for r in RESOURCES])


def left_out(results):
    return table(['resource', 'measured', 'predicted', 'off', 'within %.0f %%' % (100 * GOAL)],
                 [[r.label, number(results[r.key].measured), number(results[r.key].predicted),
                   '%+.0f %%' % (100 * results[r.key].off), 'yes' if abs(results[r.key].off) <= GOAL else 'no']
                  for r in RESOURCES])


def plan_row(p):
    return ['{:,}'.format(p.passages), '{:,.0f}'.format(p.queries * 60), number(p.shards),
            '%s, %s, %s' % (number(p.by_disk), number(p.by_memory), number(p.by_cpu)), number(p.nodes),
            number(p.servers), number(p.server_gib), number(p.server_start), number(p.megabits), number(p.vcpus),
            '{:,.0f}'.format(p.cost_a_month)]


def plans(all_plans):
    return table(['passages', 'questions a minute', 'shards', 'nodes by disk, memory, CPU', 'nodes', 'servers',
                  'GiB a server', 's to start one', 'Mbit/s', 'vCPUs', '$ a month'], [plan_row(p) for p in all_plans])


def times(all_plans, fits, settings):
    rows = []
    for p in all_plans:
        hours = [scale_plan.reindex_hours(p.passages, workers, p.nodes, fits, settings) for workers in WORKERS]
        rows.append(['{:,}'.format(p.passages), number(p.nodes)] +
                    ['%s + %s' % (number(encoding), number(publishing)) for encoding, publishing in hours] +
                    [number(scale_plan.recovery_minutes(p.passages, p.nodes, fits, settings))])
    return table(['passages', 'nodes'] + ['reindex with %d workers: h to encode + to publish' % w for w in WORKERS] +
                 ['min to recover from losing a node'], rows)


def limits(fits, settings):
    return table(['what breaks', 'at passages'],
                 [[what, number(passages)] for what, passages in scale_plan.limits(fits, settings)])


def segments_at(passages, points):
    """Of Lucene, between the points that were measured; none in the embedded engine."""
    measured = sorted({p['passages']: p.get('lucene_segments', 0) for p in points}.items())
    return float(np.interp(passages, [size for size, _ in measured], [segments for _, segments in measured]))


def series(resource, fit, points):
    """One for each count of nodes, of the mean over the servers."""
    for nodes in sorted({p['nodes'] for p in points}):
        these = [p for p in points if p['nodes'] == nodes]
        at = {}
        for p in these:
            at.setdefault(p['passages'], []).append(resource.value(p))
        name = 'embedded' if nodes == 0 else 'nodes: %d' % nodes
        yield scale_plot.Series(name, [(n, sum(values) / len(values)) for n, values in sorted(at.items())],
                                lambda n, of=these: fit.at(passages=n, shards=of[0].get('shards'),
                                                           nodes=of[0]['nodes'], lucene_segments=segments_at(n, of)))


def write_plots(folder, fits, points):
    os.makedirs(folder, exist_ok=True)
    for r in RESOURCES:
        drawn = list(series(r, fits[r.key], of_engine(points, r.engine)))[:len(scale_plot.COLOURS)]
        with open(os.path.join(folder, r.key + '.svg'), 'w', encoding='utf-8') as file:
            file.write(scale_plot.plot(r.label, r.unit, drawn))


def parsed():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('measured', metavar='JSON', help='what tools/bench/run --scale --output wrote')
    parser.add_argument('--plots', metavar='DIR', help='folder for a plot of each resource, as SVG; default: none')
    assumptions = parser.add_argument_group('assumptions, which nobody has measured here')
    for name, value, words in [
            ('passages', [40000000, 400000000], 'sizes to work through'),
            ('passages_per_shard', 5000000, '0: the most that was measured in one shard'),
            ('replicas', 1, 'copies of a shard beside the first'),
            ('vcpus', 16, 'of a node, and of a server'),
            ('memory_gib', 64, 'of each'),
            ('disk_tib', 1, 'of a node'),
            ('network_gbit', 10, 'of each'),
            ('utilisation', 0.5, 'share of the processors that is used: the rest is for peaks and for a lost node'),
            ('price_per_vcpu_hour', 0.05, 'in $, with its memory and disk'),
            ('encoder_passages_per_second', 130, 'of a worker with two cores: docs/performance.md'),
            ('recovery_mb_per_second', 40, 'that a node takes over, indices.recovery.max_bytes_per_sec')]:
        is_list = isinstance(value, list)
        assumptions.add_argument('--' + name, type=int if is_list else float, nargs='+' if is_list else None,
                                 default=value, metavar='N', help='%s; default %s' % (words, value))
    return parser.parse_args()


def check(settings):
    """All but the number of replicas and the default of the shard are above 0."""
    for name, value in vars(settings).items():
        if name in ('measured', 'plots'):
            continue
        lowest = 0 if name in ('replicas', 'passages_per_shard') else 1e-9
        if min(value if isinstance(value, list) else [value]) < lowest:
            wanted = 'more than 0' if lowest else '0 or more'
            raise bad_input.BadInput('--%s: wanted %s, got %s' % (name, wanted, value))


def main():
    settings = parsed()
    check(settings)
    report = scale_resources.read(settings.measured)
    points = report['points']
    if not settings.passages_per_shard:
        settings.passages_per_shard = max(p['passages'] / p['shards'] for p in of_engine(points, 'cluster'))
    fits = scale_fit.fit_all(points)
    all_plans = [scale_plan.plan(n, load / 60, fits, settings) for n in settings.passages for load in LOADS]
    for title, body in [('Measured', measured(points) + '\n' + idle(points)), ('The model', model(fits)),
                        ('Left out', left_out(scale_fit.left_out(points))), ('Worked through', plans(all_plans)),
                        ('Times', times(all_plans, fits, settings)), ('What breaks first', limits(fits, settings))]:
        print('## %s\n\n%s' % (title, body))
    if settings.plots:
        write_plots(settings.plots, fits, points)


if __name__ == '__main__':
    bad_input.run('scale_model.py', main)
