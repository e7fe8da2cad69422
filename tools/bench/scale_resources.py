"""What is measured of the two engines, as resources whose growth is fitted: each a value of a point and a form of it.

A point is an object of "points" in what tools/bench/run --scale writes. The forms, with n passages in S shards on N
nodes, and L segments of Lucene in all shards together:

  constant             a
  proportional         b n
  linear               a + b n
  logarithmic          a + b ln n           a graph's search grows so (Malkov and Yashunin, 2018)
  shards and segments  c + a S + b L        each segment is searched, and one node puts together what shards found
  shards               a + b S
  forwarded            b n + c n (1 - 1/N)  the node that takes a passage sends it on to the one that keeps it
  nodes and logarithm  c + a N + b ln n     Java's heap, which fills up, and files that are mapped where they are read
"""
import json
import math
from collections import namedtuple

import numpy as np

from bad_input import BadInput

# `engine`: whose points have it. `value`: of a point, in `unit`. `form`: a name in FORMS.
Resource = namedtuple('Resource', 'key label unit engine form value')

FORMS = {
    'constant': lambda p: [1],
    'proportional': lambda p: [p['passages']],
    'linear': lambda p: [1, p['passages']],
    'logarithmic': lambda p: [1, math.log(p['passages'])],
    'shards and segments': lambda p: [1, p['shards'], p['lucene_segments']],
    'shards': lambda p: [1, p['shards']],
    'forwarded': lambda p: [p['passages'], p['passages'] * (1 - 1 / p['nodes'])],
    'nodes and logarithm': lambda p: [1, p['nodes'], math.log(p['passages'])],
}


def cpu(point, load, who):
    """Milliseconds a query."""
    return 1000 * point[load][who + '_cpu_seconds_per_query']


def encoder(point):
    """Of the embedded engine: the same questions by the same clients, without and with known vectors."""
    return cpu(point, 'many_clients', 'servers') - cpu(point, 'asked_again', 'servers')


def copies(point):
    return 1 + point['replicas']


RESOURCES = [
    Resource('encoder_cpu', 'CPU of the encoder', 'ms a query', 'embedded', 'constant', encoder),
    Resource('embedded_cpu', 'CPU of the embedded engine beside the encoder', 'ms a query', 'embedded', 'logarithmic',
             lambda p: cpu(p, 'asked_again', 'servers')),
    Resource('servers_cpu', 'CPU of servers of a cluster, encoder included', 'ms a query', 'cluster', 'constant',
             lambda p: cpu(p, 'many_clients', 'servers')),
    Resource('nodes_cpu', 'CPU of all nodes', 'ms a query', 'cluster', 'shards and segments',
             lambda p: cpu(p, 'many_clients', 'nodes')),
    Resource('network', 'bytes between servers and nodes, and between nodes', 'KB a query', 'cluster', 'shards',
             lambda p: (p['many_clients']['loopback_bytes_per_query'] -
                        p['embedded']['many_clients']['loopback_bytes_per_query']) / 1e3),
    Resource('embedded_memory', 'memory of the embedded engine', 'GiB', 'embedded', 'linear',
             lambda p: np.mean(p['of_servers']['resident_gib'])),
    Resource('server_memory', 'memory of a server of a cluster', 'GiB', 'cluster', 'linear',
             lambda p: np.mean(p['of_servers']['resident_gib'])),
    Resource('nodes_memory', 'memory of all nodes, files that they map included', 'GiB', 'cluster',
             'nodes and logarithm', lambda p: sum(p['nodes_resident_gib'])),
    Resource('server_start', 'start of a server with an empty cache', 's', 'cluster', 'linear',
             lambda p: np.mean(p['of_servers']['start_wall_seconds'])),
    Resource('embedded_disk', 'disk of a store', 'GB', 'embedded', 'proportional', lambda p: p['disk_bytes'] / 1e9),
    Resource('nodes_disk', 'disk of all nodes, one copy', 'GB', 'cluster', 'proportional',
             lambda p: p['disk_bytes'] / copies(p) / 1e9),
    Resource('publishing_nodes_cpu', 'CPU of nodes for publishing, one copy', 's', 'cluster', 'forwarded',
             lambda p: p['publishing']['nodes_cpu_seconds'] / copies(p)),
    Resource('publishing_cpu', 'CPU of who publishes', 's', 'cluster', 'proportional',
             lambda p: p['publishing']['publisher_cpu_seconds']),
]


def read(path):
    """The report, with the embedded point of its size as "embedded" in each point."""
    try:
        with open(path, encoding='utf-8') as file:
            report = json.load(file)
        embedded = {p['passages']: p for p in report['points'] if p['engine'] == 'embedded'}
        for point in report['points']:
            point['embedded'] = embedded[point['passages']]
        for point in of_engine(report['points'], 'cluster'):
            float(point['idle_nodes_cpu_seconds_per_second'])
        for resource in RESOURCES:
            for point in of_engine(report['points'], resource.engine):
                resource.value(point), FORMS[resource.form](point)
    except OSError as problem:
        raise BadInput('%s: %s' % (path, problem.strerror))
    except (ValueError, TypeError, KeyError) as problem:
        raise BadInput('%s: %r: wanted what tools/bench/run --scale writes with --output' % (path, problem))
    check(path, report['points'])
    return report


def check(path, points):
    sizes = {p['passages'] for p in points}
    if len(sizes) < 3:
        raise BadInput('%s: wanted three sizes or more, two for the fit and one to be left out; got %d' %
                       (path, len(sizes)))
    if any(cpu(p, 'asked_again', 'servers') <= 0 for p in of_engine(points, 'embedded')):
        raise BadInput('%s: a server took less CPU than can be measured: ask more questions (--limit_queries)' % path)
    for size in sizes:
        if len({p['shards'] for p in of_engine(points, 'cluster') if p['passages'] == size}) < 2:
            raise BadInput('%s: wanted two counts of nodes or more (--nodes), got fewer with %d passages' %
                           (path, size))


def of_engine(points, engine):
    return [p for p in points if p['engine'] == engine]
