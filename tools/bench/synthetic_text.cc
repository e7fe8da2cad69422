#include "tools/bench/synthetic_text.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "index/hash/split_mix.h"

namespace bedside {
namespace {

constexpr double kCoreWords = 7873;
// Flattens the frequencies of the first ranks, among which no stop words are (Mandelbrot's shift).
constexpr double kShift = 20;
constexpr double kTailExponent = 1.65;

constexpr uint64_t kTopics = 1000;
constexpr size_t kTopicWords = 200;
constexpr size_t kFocusWords = 8;
constexpr size_t kTitleWords = 9;
constexpr size_t kTags = 8;
// Rank of the most frequent word that is asked about.
constexpr uint64_t kFirstAsked = 60;

// What a draw is for, so that draws for different things do not repeat each other.
enum Purpose : uint64_t { kForDocument = 1, kForTopic, kForPassage, kForQuestion };

// Two letters a syllable, at least two syllables: each rank has a word of its own.
std::string WordOfRank(uint64_t rank) {
  constexpr char kConsonants[] = "bcdfghjklmnprstvwxyz";
  constexpr char kVowels[] = "aeiou";
  std::string word;
  for (uint64_t rest = rank + 100; rest > 0; rest /= 100) {
    word += kConsonants[rest % 100 / 5];
    word += kVowels[rest % 5];
  }
  return word;
}

}  // namespace

class SyntheticText::Random {
 public:
  Random(uint64_t seed, Purpose purpose, uint64_t number)
      : numbers_(SplitMix64(SplitMix64(seed).Next() ^ purpose).Next() ^ number) {}

  uint64_t Next() { return numbers_.Next(); }

  // In [0, 1).
  double Uniform() { return static_cast<double>(Next() >> 11) * 0x1p-53; }

  size_t Below(size_t bound) { return static_cast<size_t>(Uniform() * static_cast<double>(bound)); }

  // Of indexes below `bound`, the first most often.
  size_t Skewed(size_t bound) {
    const double u = Uniform();
    return static_cast<size_t>(u * u * static_cast<double>(bound));
  }

  // Box and Muller, "A note on the generation of random normal deviates" (1958).
  double Normal() { return std::sqrt(-2 * std::log(1 - Uniform())) * std::cos(2 * M_PI * Uniform()); }

  uint64_t RareRank() { return static_cast<uint64_t>(kCoreWords * std::pow(1 - Uniform(), -1 / (kTailExponent - 1))); }

  // The inverse of the cumulated frequencies of both regimes.
  uint64_t Rank() {
    const double core = std::log((kCoreWords + kShift) / (1 + kShift));
    const double tail = kCoreWords / (kCoreWords + kShift) / (kTailExponent - 1);
    const double at = Uniform() * (core + tail);
    if (at >= core) return RareRank();
    return static_cast<uint64_t>((1 + kShift) * std::exp(at) - kShift);
  }

 private:
  SplitMix64 numbers_;
};

struct SyntheticText::Document {
  uint64_t topic;
  std::array<uint64_t, kFocusWords> focus;
  std::vector<std::string> title;
  std::vector<std::string> tags;
};

uint64_t SyntheticText::TopicWord(uint64_t topic, size_t index) const {
  return Random(seed_, kForTopic, topic * kTopicWords + index).Rank();
}

uint64_t SyntheticText::WordAbout(const Document& document, double on_focus, double on_topic, Random* random) const {
  const double kind = random->Uniform();
  if (kind < on_focus) return document.focus[random->Skewed(kFocusWords)];
  if (kind < on_focus + on_topic) return TopicWord(document.topic, random->Skewed(kTopicWords));
  return random->Rank();
}

std::vector<std::string> SyntheticText::Words(size_t count, const Document& document, double on_focus, double on_topic,
                                              Random* random) const {
  std::vector<std::string> words(count);
  for (std::string& word : words) word = WordOfRank(WordAbout(document, on_focus, on_topic, random));
  return words;
}

SyntheticText::Document SyntheticText::DocumentAt(size_t number) const {
  Random random(seed_, kForDocument, number);
  Document document = {};
  document.topic = random.Below(kTopics);
  for (size_t i = 0; i < kFocusWords; ++i) {
    document.focus[i] = i % 2 == 0 ? TopicWord(document.topic, random.Below(kTopicWords)) : random.RareRank();
  }
  document.title = Words(kTitleWords, document, 0.35, 0.3, &random);
  if (random.Uniform() < 0.6) document.tags = Words(kTags, document, 0.2, 0.8, &random);
  return document;
}

LexicalTerms SyntheticText::Passage(size_t ordinal) const {
  const Document document = DocumentAt(ordinal / kPassagesPerDocument);
  Random random(seed_, kForPassage, ordinal);
  const double length = std::clamp(55 * std::exp(0.45 * random.Normal()), 8.0, 200.0);
  LexicalTerms terms;
  terms[static_cast<size_t>(LexicalField::kTitle)] = document.title;
  if (random.Uniform() < 0.5) terms[static_cast<size_t>(LexicalField::kHeadings)] = {WordOfRank(random.Skewed(50))};
  terms[static_cast<size_t>(LexicalField::kBody)] = Words(static_cast<size_t>(length), document, 0.12, 0.25, &random);
  terms[static_cast<size_t>(LexicalField::kTags)] = document.tags;
  return terms;
}

std::vector<std::string> SyntheticText::Question(size_t number, size_t passages) const {
  Random random(seed_, kForQuestion, number);
  const Document document = DocumentAt(random.Below(passages) / kPassagesPerDocument);
  std::vector<std::string> words;
  for (const size_t count = 3 + random.Below(6); words.size() < count;) {
    const uint64_t rank = WordAbout(document, 0.33, 0.33, &random);
    if (rank >= kFirstAsked) words.push_back(WordOfRank(rank));
  }
  return words;
}

}  // namespace bedside
