"""The sample corpus as a dataset: the first words of each of its documents are a question that the document answers."""
import json
import os

CORPUS = "samples/beir/corpus.jsonl"


def write(path, lines):
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def make(folder):
    """In the format of BEIR. The ids of its documents."""
    os.makedirs(folder + "/qrels")
    with open(CORPUS, encoding="utf-8") as file:
        documents = [json.loads(line) for line in file]
    write(folder + "/corpus.jsonl", [json.dumps(document) for document in documents])
    write(folder + "/queries.jsonl", [json.dumps({"_id": "q" + document["_id"], "text": document["text"][:60]})
                                      for document in documents])
    write(folder + "/qrels/test.tsv", ["query-id\tcorpus-id\tscore"] +
          ["q{0}\t{0}\t1".format(document["_id"]) for document in documents])
    return [document["_id"] for document in documents]
