"""Asks Bedside over HTTP, with nothing but Python's own library.

usage: ask.py URL QUESTION      the token, where the site has one, in BEDSIDE_TOKEN
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request

MOST_TRIES = 5


def post(url, request):
    """The response to `request`; what the server refuses for load is asked again when it says."""
    headers = {"Content-Type": "application/json", "grpc-timeout": "30S"}
    if os.environ.get("BEDSIDE_TOKEN"):
        headers["Authorization"] = "Bearer " + os.environ["BEDSIDE_TOKEN"]
    body = json.dumps(request).encode()
    for tries in range(1, MOST_TRIES + 1):
        try:
            with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as response:
                return json.load(response)
        except urllib.error.HTTPError as refusal:
            if refusal.code not in (429, 503) or tries == MOST_TRIES:
                raise SystemExit(json.load(refusal)["error"]["message"])
            time.sleep(int(refusal.headers.get("Retry-After", "1")))


def main(url, question):
    answer = post(f"{url}/v1/corpora/default:answer", {"question": question})["answer"]
    evidence = answer["basis"].get("evidence", [])
    for warning in answer["basis"].get("warnings", []):
        print("! " + warning["message"])
    if "abstention" in answer:
        print("No answer: " + answer["abstention"]["message"])
    for sentence in answer.get("text", {}).get("sentences", []):
        numbers = [citation["evidenceNumber"] for citation in sentence["citations"]]
        print(f"{sentence['text']} {numbers}")
    for number, piece in enumerate(evidence, 1):
        document = piece["document"]
        print(f"[{number}] {document.get('title', document['name'])}, {document.get('publisher', '')}")


if __name__ == "__main__":
    main(*sys.argv[1:])
