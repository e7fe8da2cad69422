#!/usr/bin/env python3
"""Draws texts like those that are asked from sets of documents: what the shipped question adapter learned on.

usage: draw_texts.py DATA OUTPUT
DATA: a folder with medquad.zip, pubmedqa/ori_pqal.json and guidelines/*/*.md
OUTPUT: a folder; written are medquad and pubmedqa (their questions), short (sentences, titles, headings and words of
all three, and the first words of some) and long (sections of abstracts), a text a line. The same DATA gives the same
bytes.
"""
import glob
import html
import json
import os
import random
import re
import sys
import zipfile

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, 'training'))
import bad_input
from bad_input import BadInput

WORDS = range(3, 31)
FIRST_WORDS = range(2, 9)
CUT = 2500


def sentences(text):
    return re.split(r'(?<=[.?!])\s+', text)


def some(texts, count):
    return random.sample(texts, min(count, len(texts)))


def medquad(data):
    questions, short = [], []
    with zipfile.ZipFile(os.path.join(data, 'medquad.zip')) as archive:
        for name in sorted(archive.namelist()):
            text = html.unescape(archive.read(name).decode('utf-8', 'replace')) if name.endswith('.xml') else ''
            questions += re.findall(r'<Question[^>]*>(.*?)</Question>', text, re.S)
            for answer in re.findall(r'<Answer>(.*?)</Answer>', text, re.S):
                short += some(sentences(answer), 2)
    return questions, short


def pubmedqa(data):
    with open(os.path.join(data, 'pubmedqa', 'ori_pqal.json'), encoding='utf-8') as file:
        articles = json.load(file).values()
    sections = [section for article in articles for section in article['CONTEXTS']]
    short = [random.choice(sentences(section)) for section in sections]
    return [article['QUESTION'] for article in articles], short, sections


def guidelines(data):
    short = []
    for path in sorted(glob.glob(os.path.join(data, 'guidelines', '*', '*.md'))):
        with open(path, encoding='utf-8') as file:
            text = file.read()
        short += re.findall(r'^title: "?(.*?)"?$', text, re.M)
        short += some(re.findall(r'^#+ (.*)$', text, re.M), 4)
        tags = re.findall(r'^  - (.*)$', text, re.M)
        short += [' '.join(some(tags, count)) for count in (1, 2, 3)]
        short += some([line.strip('-* ') for line in text.splitlines() if 30 < len(line) < 200], 6)
    return short


def write(folder, name, texts):
    lines = sorted({' '.join(text.split()) for text in texts} - {''})
    with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
        file.writelines(line + '\n' for line in lines)


def draw(data, output):
    random.seed(0)
    of_medquad, short = medquad(data)
    of_pubmedqa, more, long = pubmedqa(data)
    short = [text for text in short + more + guidelines(data) if len(text.split()) in WORDS]
    short += [' '.join(text.split()[:random.choice(FIRST_WORDS)]) for text in some(short, CUT)]
    for name, texts in [('medquad', of_medquad), ('pubmedqa', of_pubmedqa), ('short', short), ('long', long)]:
        write(output, name, texts)


def main():
    if len(sys.argv) != 3:
        raise BadInput('wanted DATA and OUTPUT, got %d arguments\n%s' % (len(sys.argv) - 1, __doc__))
    try:
        draw(*sys.argv[1:])
    except (OSError, zipfile.BadZipFile, ValueError, KeyError) as error:
        raise BadInput('wanted DATA with the files of the three sets and a folder OUTPUT, got: %s' % error) from None


if __name__ == '__main__':
    bad_input.run('draw_texts.py', main)
