#!/usr/bin/python3
"""scale_model.py: what it finds in points that were made of a known model, and what it says of input it cannot use."""

import json
import math
import os
import subprocess
import sys
import unittest
import xml.etree.ElementTree as ElementTree

sys.path += ["tools/bench", "tools/training"]
import scale_fit
import scale_plan
import scale_plot
import scale_resources

SIZES = [10000, 30000, 100000, 300000]
ENCODER = 0.004


def load(servers, nodes, network):
    return {"wall_clock_on_shared_cores": {"p50_ms": 9, "p99_ms": 20, "qps": 100}, "busy_share_of_cores": 0.9,
            "servers_cpu_seconds_per_query": servers, "nodes_cpu_seconds_per_query": nodes,
            "loopback_bytes_per_query": network}


def embedded(passages):
    beside = 0.001 + 0.0005 * math.log(passages)
    return {"engine": "embedded", "nodes": 0, "servers": 1, "passages": passages, "disk_bytes": 3000 * passages,
            "one_client": load(beside + ENCODER, 0, 20000), "many_clients": load(beside + ENCODER, 0, 20000),
            "asked_again": load(beside, 0, 20000),
            "of_servers": {"start_wall_seconds": [1], "resident_gib": [0.5 + 2e-6 * passages]}}


def cluster(passages, nodes, servers):
    segments = nodes + passages // 10000
    of_nodes = 0.002 + nodes * 0.001 + 0.0003 * segments
    of_servers = ENCODER + 0.002
    cost = load(of_servers, of_nodes, 20000 + 5000 + 1000 * nodes)
    return {"engine": "cluster", "nodes": nodes, "shards": nodes, "replicas": 1, "servers": servers,
            "passages": passages, "lucene_segments": segments, "disk_bytes": 2 * 8000 * passages, "one_client": cost,
            "many_clients": cost,
            "of_servers": {"start_wall_seconds": [2 + 1e-5 * passages] * servers,
                           "resident_gib": [0.4 + 3e-7 * passages] * servers},
            "idle_nodes_cpu_seconds_per_second": 0.01 * nodes,
            "nodes_resident_gib": [0.7 + (0.2 + 0.1 * math.log(passages)) / nodes] * nodes,
            "publishing": {"nodes_cpu_seconds": 2 * (0.001 + 0.0006 * (1 - 1 / nodes)) * passages,
                           "publisher_cpu_seconds": 0.0002 * passages}}


def report(sizes=SIZES, nodes=(1, 3)):
    return {"machine": {}, "points": [point for size in sizes for point in
                                      [embedded(size)] + [cluster(size, n, s) for n in nodes for s in (1, 2, 4)]]}


def write(content, name):
    path = os.path.join(os.environ["TEST_TMPDIR"], name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(content)
    return path


def written(content, name="measured.json"):
    return write(json.dumps(content), name)


def run(*arguments):
    """The exit status, standard output and standard error."""
    done = subprocess.run(("tools/bench/scale_model.py",) + arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True)
    return done.returncode, done.stdout, done.stderr


class Settings:
    """The assumptions, small enough to calculate with."""
    passages_per_shard, replicas, vcpus, memory_gib, disk_tib = 5000000, 1, 10, 64, 1
    network_gbit, utilisation, price_per_vcpu_hour = 10, 0.5, 0.1
    encoder_passages_per_second, recovery_mb_per_second = 100, 40


class FitTest(unittest.TestCase):
    def setUp(self):
        self.points = scale_resources.read(written(report()))["points"]
        self.fits = scale_fit.fit_all(self.points)

    def test_the_model_that_points_were_made_of_is_found(self):
        for key, wanted in [("encoder_cpu", [4]), ("embedded_cpu", [1, 0.5]), ("servers_cpu", [6]),
                            ("nodes_cpu", [2, 1, 0.3]), ("network", [5, 1]), ("embedded_memory", [0.5, 2e-6]),
                            ("server_memory", [0.4, 3e-7]), ("nodes_memory", [0.2, 0.7, 0.1]),
                            ("server_start", [2, 1e-5]), ("embedded_disk", [3e-6]), ("nodes_disk", [8e-6]),
                            ("publishing_nodes_cpu", [0.001, 0.0006]), ("publishing_cpu", [0.0002])]:
            for got, want in zip(self.fits[key].coefficients, wanted):
                self.assertAlmostEqual(got / want, 1, 6, key)

    def test_every_resource_is_predicted_where_it_grows_as_modelled(self):
        results = scale_fit.left_out(self.points)
        self.assertEqual(len(results), len(scale_resources.RESOURCES))
        for key, result in results.items():
            self.assertEqual(result.passages, 300000)
            self.assertAlmostEqual(result.off, 0, 6, key)

    def test_a_size_that_is_off_is_said_to_be(self):
        for point in self.points:
            if point["passages"] == 300000 and point["engine"] == "cluster":
                point["disk_bytes"] *= 2
        result = scale_fit.left_out(self.points)["nodes_disk"]
        self.assertAlmostEqual(result.off, -0.5)
        self.assertAlmostEqual(result.measured, 2 * result.predicted)

    def test_the_point_that_is_furthest_off_is_named(self):
        self.points[-1]["many_clients"]["nodes_cpu_seconds_per_query"] *= 4
        self.assertAlmostEqual(scale_fit.left_out(self.points)["nodes_cpu"].off, -0.75)


class PlanTest(unittest.TestCase):
    def setUp(self):
        self.fits = scale_fit.fit_all(scale_resources.read(written(report()))["points"])

    def test_nodes_are_as_many_as_the_scarcest_resource_wants(self):
        plan = scale_plan.plan(40000000, 1000, self.fits, Settings)
        self.assertEqual(plan.shards, 8)
        # 40 M x 8,000 bytes, twice, for two generations, on 85 % of a TiB.
        self.assertEqual(plan.by_disk, 2)
        # 40 M x 1,830 bytes, twice, in 32 GiB.
        self.assertEqual(plan.by_memory, 5)
        # 1,000 a second on half of ten, each shard with ten small segments of Lucene, and all with large ones of 5 GiB.
        segments = 8 * 10 + 40e6 * 8000 / (5 * 2**30)
        self.assertEqual(plan.by_cpu, math.ceil((2 + 8 * 1 + 0.3 * segments) / 5))
        self.assertEqual(plan.nodes, plan.by_cpu)

    def test_money_is_for_all_machines(self):
        plan = scale_plan.plan(40000000, 1, self.fits, Settings)
        self.assertEqual((plan.nodes, plan.servers), (5, 2))
        self.assertAlmostEqual(plan.cost_a_month, 7 * 10 * 730 * 0.1)

    def test_a_reindex_is_shared_among_workers_until_the_nodes_are_slower(self):
        encoding, publishing = scale_plan.reindex_hours(36000000, 10, 1, self.fits, Settings)
        self.assertAlmostEqual(encoding, 10)
        # 36 M x 1 ms, two copies, on ten vCPUs.
        self.assertAlmostEqual(publishing, 2)

    def test_a_lost_node_is_taken_over_by_the_others(self):
        # 400 M x 16,000 bytes on 40 nodes, each of which has four shards of 40 GB: one shard goes to one node.
        self.assertAlmostEqual(scale_plan.recovery_minutes(400000000, 40, self.fits, Settings), 40e9 / 40e6 / 60)
        # Three nodes have 213 GB each, of 40 M: two take them over, which takes longer than one shard.
        self.assertAlmostEqual(scale_plan.recovery_minutes(40000000, 3, self.fits, Settings), 640e9 / 3 / 80e6 / 60)

    def test_what_breaks_is_in_order(self):
        limits = scale_plan.limits(self.fits, Settings)
        self.assertEqual(limits, sorted(limits, key=lambda limit: limit[1]))
        self.assertIn("builds the store alone", limits[0][0])
        self.assertAlmostEqual(limits[0][1], (64 - 0.5) / 2e-6, -3)


class ProgramTest(unittest.TestCase):
    def test_tables_and_plots_are_written(self):
        folder = os.path.join(os.environ["TEST_TMPDIR"], "plots")
        status, output, error = run(written(report()), "--plots=" + folder)
        self.assertEqual((status, error), (0, ""))
        for words in ["## Measured", "## Left out", "| 40,000,000 | 100,000 |", "| 400,000,000 | 1,000 |",
                      "with 100 workers", "## What breaks first", "| CPU of the encoder | 4 | 4 | ",
                      "all sizes: 10 of 1, 30 of 3."]:
            self.assertIn(words, output)
        self.assertNotIn("| no |", output)
        self.assertEqual(sorted(os.listdir(folder)), sorted(r.key + ".svg" for r in scale_resources.RESOURCES))
        for name in os.listdir(folder):
            drawn = ElementTree.parse(os.path.join(folder, name)).getroot()
            self.assertTrue(drawn.findall("{http://www.w3.org/2000/svg}circle"), name)

    def test_help_names_what_is_assumed(self):
        status, output, _ = run("--help")
        self.assertEqual(status, 0)
        for words in ["--price_per_vcpu_hour", "--recovery_mb_per_second", "nobody has measured"]:
            self.assertIn(words, output)

    def test_what_cannot_be_used_is_said(self):
        two_sizes = report(sizes=[10000, 30000])
        no_memory = report()
        del no_memory["points"][0]["of_servers"]
        no_time = report()
        no_time["points"][0]["asked_again"]["servers_cpu_seconds_per_query"] = 0
        for arguments, words in [(("/no/such/file",), "/no/such/file: No such file"),
                                 ((write("{", "cut.json"),), "cut.json: JSONDecodeError"),
                                 ((written([], "list.json"),), "wanted what tools/bench/run --scale writes"),
                                 ((written(no_memory, "less.json"),), "KeyError('of_servers')"),
                                 ((written(no_time, "idle.json"),), "ask more questions (--limit_queries)"),
                                 ((written(two_sizes, "two.json"),), "wanted three sizes or more"),
                                 ((written(report(nodes=[1]), "one.json"),), "wanted two counts of nodes"),
                                 ((written(report()), "--vcpus=0"), "--vcpus: wanted more than 0"),
                                 ((written(report()), "--replicas=-1"), "--replicas: wanted 0 or more")]:
            status, output, error = run(*arguments)
            self.assertEqual((status, output), (2, ""), words)
            self.assertIn(words, error)


class PlotTest(unittest.TestCase):
    def test_an_axis_ends_at_a_round_value(self):
        for value, wanted in [(0.3, 0.5), (1, 1), (1.1, 2), (73, 100)]:
            self.assertAlmostEqual(scale_plot.round_up(value), wanted)

    def test_words_are_escaped(self):
        drawn = scale_plot.plot("a < b", "s", [scale_plot.Series("one & two", [(10, 1), (100, 2)], lambda n: 1)])
        ElementTree.fromstring(drawn)


if __name__ == "__main__":
    unittest.main()
