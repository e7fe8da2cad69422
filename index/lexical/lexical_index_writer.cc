#include "index/lexical/lexical_index_writer.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <utility>

#include "index/lexical/lexical_format.h"
#include "index/lexical/lexical_index.h"
#include "index/text/lexical_analyzer.h"

namespace bedside {
namespace {

// The sections of the bytes, in their order after the header.
struct Sections {
  std::vector<LexicalTermEntry> entries;
  std::vector<uint32_t> passages;
  std::vector<float> impacts;
  std::vector<float> max_impacts;
  std::string text;
};

template <typename T>
void Append(const std::vector<T>& values, std::string* bytes) {
  bytes->append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

std::string Join(const Sections& sections, size_t passages) {
  LexicalHeader header = {};
  std::memcpy(header.magic, kLexicalMagic.data(), sizeof(header.magic));
  header.format_version = LexicalIndex::kFormatVersion;
  header.analyzer_version = LexicalAnalyzer::kVersion;
  header.passages = passages;
  header.terms = sections.max_impacts.size();
  header.postings = sections.passages.size();
  header.text_bytes = sections.text.size();
  std::string bytes;
  bytes.reserve(sizeof(header) + sections.entries.size() * sizeof(LexicalTermEntry) + sections.passages.size() * 8 +
                sections.max_impacts.size() * sizeof(float) + sections.text.size());
  bytes.append(reinterpret_cast<const char*>(&header), sizeof(header));
  Append(sections.entries, &bytes);
  Append(sections.passages, &bytes);
  Append(sections.impacts, &bytes);
  Append(sections.max_impacts, &bytes);
  bytes += sections.text;
  return bytes;
}

}  // namespace

void LexicalIndexWriter::Add(const LexicalTerms& terms) {
  const uint32_t passage = static_cast<uint32_t>(lengths_.size());
  FieldLengths& lengths = lengths_.emplace_back();
  for (uint32_t field = 0; field < kLexicalFields; ++field) {
    lengths[field] = static_cast<uint32_t>(terms[field].size());
    for (const std::string& term : terms[field]) AddOccurrence(term, passage, field);
  }
}

void LexicalIndexWriter::AddOccurrence(const std::string& term, uint32_t passage, uint32_t field) {
  const uint32_t id = term_ids_.try_emplace(term, static_cast<uint32_t>(occurrences_.size())).first->second;
  if (id == occurrences_.size()) occurrences_.emplace_back();
  std::vector<Occurrences>& list = occurrences_[id];
  if (!list.empty() && list.back().passage == passage && list.back().field == field) {
    ++list.back().count;
  } else {
    list.push_back({passage, field, 1});
  }
}

std::array<double, kLexicalFields> LexicalIndexWriter::MeanLengths() const {
  std::array<double, kLexicalFields> means = {};
  for (size_t field = 0; field < kLexicalFields; ++field) {
    uint64_t total = 0;
    uint64_t holders = 0;
    for (const FieldLengths& lengths : lengths_) {
      total += lengths[field];
      holders += lengths[field] > 0 ? 1 : 0;
    }
    if (holders > 0) means[field] = static_cast<double>(total) / static_cast<double>(holders);
  }
  return means;
}

std::string LexicalIndexWriter::Finish() {
  const std::array<double, kLexicalFields> means = MeanLengths();
  std::vector<std::pair<absl::string_view, uint32_t>> terms(term_ids_.begin(), term_ids_.end());
  std::sort(terms.begin(), terms.end());
  Sections sections;
  for (const auto& [text, id] : terms) {
    sections.entries.push_back({sections.text.size(), sections.passages.size()});
    sections.text.append(text.data(), text.size());
    float max_impact = 0;
    const std::vector<Occurrences>& list = occurrences_[id];
    for (size_t i = 0; i < list.size();) {
      const uint32_t passage = list[i].passage;
      double frequency = 0;
      for (; i < list.size() && list[i].passage == passage; ++i) {
        frequency += NormalisedFrequency(static_cast<LexicalField>(list[i].field), list[i].count,
                                         lengths_[passage][list[i].field], means[list[i].field]);
      }
      sections.passages.push_back(passage);
      sections.impacts.push_back(static_cast<float>(Saturation(frequency)));
      max_impact = std::max(max_impact, sections.impacts.back());
    }
    sections.max_impacts.push_back(max_impact);
  }
  sections.entries.push_back({sections.text.size(), sections.passages.size()});
  std::string bytes = Join(sections, lengths_.size());
  *this = LexicalIndexWriter();
  return bytes;
}

}  // namespace bedside
