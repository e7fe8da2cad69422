// The ranking function of the lexical index: its parameters and its two factors.
//
// score(q, p) = sum over the terms t of q of Idf(N, n_t) * Saturation(tf), where tf is the sum over the fields of
// NormalisedFrequency. With one field of weight 1 this is BM25 without its constant factor k1 + 1.
// Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), sections 3.4 and 3.6.
//
// The index stores Impact(tf), which is Saturation(tf) in 255 steps of 1/256, and ranks by it: a posting takes a byte
// for it. A change of a parameter is a change of LexicalIndex::kFormatVersion.
#ifndef BEDSIDE_INDEX_LEXICAL_BM25F_H_
#define BEDSIDE_INDEX_LEXICAL_BM25F_H_

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace bedside {

enum class LexicalField { kTitle, kHeadings, kBody, kTags };
constexpr size_t kLexicalFields = 4;

// Terms of each field, on average over the passages where it is not empty; 0 for a field that is empty everywhere.
using MeanFieldLengths = std::array<double, kLexicalFields>;

struct Bm25FieldParameters {
  double weight;
  // 0: the length of the field does not matter; 1: frequencies are divided by the relative length.
  double b;
};

// Where the second of several occurrences still counts: half of the maximum is reached at a frequency of k1.
constexpr double kBm25K1 = 0.9;

// Indexed by LexicalField. A body alone is BM25 with k1 0.9 and b 0.4, the defaults of Anserini (Yang, Fang and Lin,
// "Anserini: Reproducible Ranking Baselines Using Lucene", 2018), which were chosen on other texts; against k1 1.2 and
// b 0.75 they rank better here, too: docs/performance.md. Titles and headings are short and written to
// say what the passage is about; tags are a list, whose length says how much was catalogued, not how much was said.
constexpr std::array<Bm25FieldParameters, kLexicalFields> kBm25Fields = {
    {{2.0, 0.5}, {1.5, 0.5}, {1.0, 0.4}, {1.0, 0.3}}};

// What `frequency` occurrences in a field of `length` terms add to the frequency of a term in the passage.
// `mean_length` is over the passages where the field is not empty, so that a field that few passages have is not
// thought long in all of them. REQUIRES: mean_length > 0
inline double NormalisedFrequency(LexicalField field, double frequency, double length, double mean_length) {
  const Bm25FieldParameters& parameters = kBm25Fields[static_cast<size_t>(field)];
  return parameters.weight * frequency / (1.0 - parameters.b + parameters.b * length / mean_length);
}

// From 0 for an absent term towards 1.
inline double Saturation(double frequency) { return frequency / (kBm25K1 + frequency); }

constexpr double kImpactLevels = 256;

// kImpactLevels times the saturation, to the nearest whole number from 1 to 255.
inline uint8_t Impact(double frequency) {
  return static_cast<uint8_t>(std::clamp(std::round(kImpactLevels * Saturation(frequency)), 1.0, kImpactLevels - 1));
}

// Always positive. REQUIRES: holders <= passages
inline double Idf(double passages, double holders) { return std::log1p((passages - holders + 0.5) / (holders + 0.5)); }

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_BM25F_H_
