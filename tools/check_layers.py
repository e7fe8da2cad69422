"""Checks that rooms depend only downwards, and that each engine library has one home. See docs/architecture.md.

usage: bazel query --output=xml 'kind(rule, //...)' | check_layers.py

Prints each edge that breaks a rule; exits 1 when there is one.
"""

import sys
import xml.etree.ElementTree as ElementTree

FOUNDATION = ["proto", "index/status", "index/hash", "index/passage", "index/recency"]
TEXT = FOUNDATION + ["index/text"]
PARTS = TEXT + ["index/interaction", "index/embedding", "index/lexical", "index/query", "index/vector", "index/store"]

# Room: what it may use beside itself, each with what is in it. A package is in the longest room that begins its path; a
# room that holds others is only the one package.
ALLOWED = {
    "proto/bedside/v1": ["third_party"],
    "proto/bedside/storage": ["third_party", "proto/bedside/v1"],
    "proto/bedside/config": ["third_party", "proto/bedside/v1"],
    "proto/grpc": ["third_party"],
    "third_party": [],
    "samples": [],
    "docs": [],
    "deploy": [],
    "index/status": [],
    "index/hash": [],
    "index/passage": [],
    "index/recency": [],
    "index/interaction": FOUNDATION,
    "index/text": FOUNDATION,
    "index/embedding": TEXT + ["index/interaction"],
    "index/lexical": TEXT,
    "index/query": TEXT + ["index/lexical"],
    # Vectors come and go as an EmbeddingMatrix.
    "index/vector": TEXT,
    "index/records": ["proto"],
    "index/store": TEXT + ["index/records"],
    "index/generation": PARTS,
    "index/engine": PARTS + ["index/generation"],
    "index/cluster": PARTS + ["index/records", "index/generation", "index/engine", "services/endpoint"],
    "index/ranking": TEXT + ["index/embedding", "index/engine"],
    "index/retrieval": TEXT + ["index/embedding", "index/engine", "index/query", "index/ranking"],
    "ingest/connectors": TEXT,
    "ingest/chunking": TEXT,
    "ingest/pipeline": PARTS + ["index/generation", "ingest/connectors", "ingest/chunking"],
    "ingest/gate": TEXT + ["index/embedding", "index/engine", "index/retrieval", "ingest/connectors", "ingest/pipeline"],
    "ingest": TEXT + ["index/cluster", "index/embedding", "index/engine", "index/generation", "index/retrieval", "index/store", "ingest/connectors", "ingest/gate",
                      "ingest/pipeline", "services/endpoint"],
    "services/resources": TEXT + ["index/engine", "index/query"],
    "services/grounding": TEXT + ["index/embedding", "index/query"],
    "services/privacy": TEXT,
    "services/patient": TEXT + ["index/query"],
    "services/fhir": TEXT + ["services/patient"],
    "services/trace": ["proto", "index/status", "services/endpoint"],
    "services/metrics": ["proto", "index/status"],
    "services/hooks": TEXT + ["services/access", "services/endpoint", "services/fhir", "services/patient", "services/trace"],
    "services/endpoint": ["index/status"],
    "services/generation": TEXT + ["services/endpoint", "services/privacy", "services/trace"],
    "services/answer": TEXT
    + ["index/embedding", "index/engine", "index/query", "index/retrieval", "services/resources",
       "services/generation", "services/grounding", "services/patient", "services/privacy", "services/trace"],
    "services/record": TEXT + ["index/engine", "index/records", "index/store", "services/hooks", "services/resources"],
    "services/access": FOUNDATION + ["services/endpoint"],
    "services/audit": ["proto", "index/status", "index/hash"],
    "services/rpc": TEXT
    + ["services/access", "index/generation", "index/engine", "index/retrieval", "ingest/pipeline", "services/resources",
       "services/answer", "services/audit", "services/fhir", "services/hooks", "services/patient", "services/record",
       "services/metrics",
       "services/trace"],
    "services/console": [],
    "services/gateway": ["proto", "index/status", "services/access", "services/console", "services/rpc", "services/trace"],
    "services": ["proto", "index", "ingest", "services"],
    "tools": ["proto", "index", "ingest", "services"],
}

# Library: the rooms that may use it. Others go through the interface of that room.
HOMES = {
    "faiss": ["index/vector"],
    "roaring": ["index/cluster"],
    "rocksdb": ["index/store"],
    "openvino": ["index/embedding"],
    "prometheus": ["services/metrics"],
    "grpc": ["proto/bedside/v1", "proto/grpc", "ingest", "services/access", "services/endpoint", "services/generation",
             "services/rpc", "services/gateway", "services", "tools"],
    "boost": ["services/gateway"],
    "grpc_reflection": ["services"],
}

# Tests may use everything; nothing else may use tests, since no list above names them.
UNCHECKED = "tests"


def inside(package, rooms):
    return any(package == room or package.startswith(room + "/") for room in rooms)


def room_of(package):
    """None when there is no rule for `package`."""
    rooms = [room for room in ALLOWED if inside(package, [room])]
    if not rooms:
        return None
    room = max(rooms, key=len)
    holds_others = any(inside(other, [room]) for other in ALLOWED if other != room)
    return None if package != room and holds_others else room


def problem(package, used):
    """What is wrong with `package` depending on the label `used`; "" when nothing is."""
    room = room_of(package)
    if room is None:
        return "has no rule: add its room to ALLOWED in tools/check_layers.py"
    if used.startswith("@"):
        library = used[1:].split("//")[0]
        homes = HOMES.get(library)
        return "" if homes is None or room in homes else "may not use %s: only %s may" % (used, ", ".join(homes))
    used_package = used[2:].split(":")[0]
    if not used_package or room_of(used_package) == room or inside(used_package, ALLOWED[room]):
        return ""
    return "may not use %s: %s may use %s" % (used, room, ", ".join(ALLOWED[room]) or "no other room")


def used_by(rule):
    """Labels that `rule` is built from. Its data are left out: to run a program is not to depend on its code."""
    data = {label.get("value") for label in rule.iterfind("list[@name='data']/label")}
    return {used.get("name") for used in rule.iter("rule-input")} - data


def main():
    problems = set()
    for rule in ElementTree.parse(sys.stdin).iter("rule"):
        package = rule.get("name")[2:].split(":")[0]
        if inside(package, [UNCHECKED]):
            continue
        for used in used_by(rule):
            found = problem(package, used)
            if found:
                problems.add("%s %s" % (rule.get("name"), found))
    print("\n".join(sorted(problems)), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
