"""What a model of resources says of sizes that nobody has measured: machines, money, times, and what breaks first."""
import math
from collections import namedtuple

# Of OpenSearch's k-NN plugin for HNSW, bytes a vector: 1.1 (4 dimension + 8 m), with the dimension of the model and the
# m of index/cluster/segment_schema.cc.
GRAPH_BYTES = 1.1 * (4 * 384 + 8 * 16)
# cluster.routing.allocation.disk.watermark.low: a node beyond it gets no shard.
DISK_SHARE = 0.85
# Of a node: its files are read through the page cache, and half goes to the heap.
PAGE_CACHE_SHARE = 0.5
# What a shard comes to by Lucene's TieredMergePolicy, whose defaults OpenSearch has: segments that are as large as they
# may be, and a tier of smaller ones.
LARGEST_LUCENE_SEGMENT = 5 * 2**30
SEGMENTS_A_TIER = 10
# The generation that serves and the one that is being published.
GENERATIONS = 2
HOURS_A_MONTH = 730
LOWEST_NODES = 3
LOWEST_SERVERS = 2
# A worker of the encoder, which the passages a second are of.
CORES_A_WORKER = 2
# http.max_content_length of OpenSearch.
LONGEST_REQUEST = 100 * 2**20
# Bytes a passage of a question with a filter: a bitmap has a bit each in the worst case, four characters of base64
# stand for three bytes, and it is sent for the terms and for the vector.
FILTER_BYTES = 2 * 4 / 3 / 8
LUCENE_DOCUMENTS = 2**31 - 129

# Of one size under one load. `queries`: a second.
Plan = namedtuple('Plan', 'passages queries shards by_disk by_memory by_cpu nodes servers server_gib server_start '
                          'megabits vcpus cost_a_month')


def ceiling(value):
    return max(1, math.ceil(value - 1e-9))


def shards_of(passages, settings):
    return ceiling(passages / settings.passages_per_shard)


def lucene_segments(passages, fits, settings):
    """Of all shards of one copy."""
    largest = 1e9 * fits['nodes_disk'].at(passages=passages) / LARGEST_LUCENE_SEGMENT
    return SEGMENTS_A_TIER * shards_of(passages, settings) + largest


def nodes_ms(passages, fits, settings):
    """CPU of all nodes for one query."""
    return fits['nodes_cpu'].at(passages=passages, shards=shards_of(passages, settings),
                                lucene_segments=lucene_segments(passages, fits, settings))


def copies(settings):
    return 1 + settings.replicas


def disk_bytes(passages, fits, settings):
    """Of one generation, all copies."""
    return 1e9 * fits['nodes_disk'].at(passages=passages) * copies(settings)


def vcpu_seconds(settings):
    """That a machine has in a second, at the share that is to be used."""
    return settings.vcpus * settings.utilisation


def plan(passages, queries, fits, settings):
    by_disk = ceiling(disk_bytes(passages, fits, settings) * GENERATIONS / (settings.disk_tib * 2**40 * DISK_SHARE))
    by_memory = ceiling(passages * GRAPH_BYTES * copies(settings) / (settings.memory_gib * 2**30 * PAGE_CACHE_SHARE))
    by_cpu = ceiling(queries * nodes_ms(passages, fits, settings) / 1000 / vcpu_seconds(settings))
    nodes = max(by_disk, by_memory, by_cpu, LOWEST_NODES)
    server_ms = fits['servers_cpu'].at()
    servers = max(ceiling(queries * server_ms / 1000 / vcpu_seconds(settings)), LOWEST_SERVERS)
    shards = shards_of(passages, settings)
    vcpus = (nodes + servers) * settings.vcpus
    return Plan(passages, queries, shards, by_disk, by_memory, by_cpu, nodes, servers,
                fits['server_memory'].at(passages=passages), fits['server_start'].at(passages=passages),
                queries * fits['network'].at(shards=shards) * 8 / 1000, vcpus,
                vcpus * HOURS_A_MONTH * settings.price_per_vcpu_hour)


def reindex_hours(passages, workers, nodes, fits, settings):
    """Encoding, and publishing after it: of the workers, and of the nodes, whichever takes longer."""
    encoding = passages / (settings.encoder_passages_per_second * workers)
    of_workers = fits['publishing_cpu'].at(passages=passages) / (workers * CORES_A_WORKER)
    of_nodes = fits['publishing_nodes_cpu'].at(passages=passages, nodes=nodes) * copies(settings) / (nodes * settings.vcpus)
    return encoding / 3600, max(of_workers, of_nodes) / 3600


def recovery_minutes(passages, nodes, fits, settings):
    """Until each shard of a node that is lost has all its copies again: the others take it over together, a shard of
    it at least one of them alone."""
    of_node = disk_bytes(passages, fits, settings) / nodes
    of_shard = disk_bytes(passages, fits, settings) / copies(settings) / shards_of(passages, settings)
    return max(of_node / (nodes - 1), min(of_node, of_shard)) / (settings.recovery_mb_per_second * 1e6) / 60


def reaching(limit, fit, **point):
    """The passages at which a linear growth reaches a limit."""
    constant, slope = fit.at(passages=0, **point), fit.at(passages=1, **point) - fit.at(passages=0, **point)
    return (limit - constant) / slope if slope > 0 else math.inf


def limits(fits, settings):
    """What breaks, and at how many passages, the first one first. Documents are taken to have one passage each, the
    most documents that there can be."""
    gib, bandwidth = settings.memory_gib, settings.network_gbit * 1e9 / 8
    return sorted([
        ('a machine that builds the store alone has no memory for its indexes (%g GiB)' % gib,
         reaching(gib, fits['embedded_memory'])),
        ('the tables of documents and words do not fit a server (%g GiB)' % gib,
         reaching(gib, fits['server_memory'])),
        ('a server takes longer than 10 minutes to start with an empty cache', reaching(600, fits['server_start'])),
        ('a question with a filter of scattered passages is too long for OpenSearch (100 MiB)',
         LONGEST_REQUEST / FILTER_BYTES),
        ('10 such questions a second fill the network of a server (%g Gbit/s)' % settings.network_gbit,
         bandwidth / 10 / FILTER_BYTES),
        ('passages of a generation are numbered with 32 bits', 2.0**32),
        ('one shard has more than Lucene\'s 2^31 documents, one a passage and one a document, if it stays the only one',
         LUCENE_DOCUMENTS / 2),
    ], key=lambda limit: limit[1])
