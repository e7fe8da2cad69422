#include "index/lexical/lexical_index_writer.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <limits>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "index/lexical/lexical_format.h"
#include "index/text/lexical_analyzer.h"

namespace bedside {
namespace {

struct Posting {
  uint32_t passage;
  uint8_t impact;
};

template <typename T>
void Append(const std::vector<T>& values, std::string* bytes) {
  bytes->append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

template <typename Offset>
void AppendBlock(absl::Span<const Posting> block, std::string* bytes) {
  for (const Posting& posting : block) {
    const Offset offset = static_cast<Offset>(posting.passage - block.front().passage);
    bytes->append(reinterpret_cast<const char*>(&offset), sizeof(offset));
  }
  for (const Posting& posting : block) bytes->push_back(static_cast<char>(posting.impact));
}

// The sections of the bytes, in their order after the header.
class Sections {
 public:
  // Terms in their order. REQUIRES: postings are not empty
  void AddTerm(absl::string_view text, absl::Span<const Posting> postings) {
    AddEntry(postings.size());
    text_.append(text.data(), text.size());
    bool wide = false;
    for (size_t i = 0; i < postings.size(); i += kLexicalBlockPostings) {
      wide |= AddBlock(postings.subspan(i, kLexicalBlockPostings));
    }
    for (size_t i = 0; i < postings.size(); i += kLexicalBlockPostings) {
      const absl::Span<const Posting> block = postings.subspan(i, kLexicalBlockPostings);
      if (wide) {
        AppendBlock<uint32_t>(block, &postings_);
      } else {
        AppendBlock<uint16_t>(block, &postings_);
      }
    }
  }

  std::string Join(size_t passages) {
    LexicalHeader header = {};
    std::memcpy(header.magic, kLexicalMagic.data(), sizeof(header.magic));
    header.format_version = kLexicalFormatVersion;
    header.analyzer_version = LexicalAnalyzer::kVersion;
    header.passages = passages;
    header.terms = entries_.size();
    header.blocks = blocks_.size();
    header.posting_bytes = postings_.size();
    header.text_bytes = text_.size();
    AddEntry(0);
    std::string bytes;
    bytes.reserve(sizeof(header) + entries_.size() * sizeof(LexicalTermEntry) +
                  blocks_.size() * (sizeof(LexicalBlock) + 1) + postings_.size() + text_.size());
    bytes.append(reinterpret_cast<const char*>(&header), sizeof(header));
    Append(entries_, &bytes);
    Append(blocks_, &bytes);
    Append(maxima_, &bytes);
    bytes += postings_;
    bytes += text_;
    return bytes;
  }

 private:
  void AddEntry(size_t holders) {
    entries_.push_back(
        {text_.size(), postings_.size(), static_cast<uint32_t>(blocks_.size()), static_cast<uint32_t>(holders)});
  }

  // Returns whether offsets from the first passage need more than two bytes.
  bool AddBlock(absl::Span<const Posting> postings) {
    uint8_t max_impact = 0;
    for (const Posting& posting : postings) max_impact = std::max(max_impact, posting.impact);
    blocks_.push_back({postings.front().passage, postings.back().passage});
    maxima_.push_back(max_impact);
    return postings.back().passage - postings.front().passage > std::numeric_limits<uint16_t>::max();
  }

  std::vector<LexicalTermEntry> entries_;
  std::vector<LexicalBlock> blocks_;
  std::vector<uint8_t> maxima_;
  std::string postings_;
  std::string text_;
};

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
  std::vector<Posting> postings;
  for (const auto& [text, id] : terms) {
    postings.clear();
    const std::vector<Occurrences>& list = occurrences_[id];
    for (size_t i = 0; i < list.size();) {
      const uint32_t passage = list[i].passage;
      double frequency = 0;
      for (; i < list.size() && list[i].passage == passage; ++i) {
        frequency += NormalisedFrequency(static_cast<LexicalField>(list[i].field), list[i].count,
                                         lengths_[passage][list[i].field], means[list[i].field]);
      }
      postings.push_back({passage, Impact(frequency)});
    }
    sections.AddTerm(text, postings);
  }
  std::string bytes = sections.Join(lengths_.size());
  *this = LexicalIndexWriter();
  return bytes;
}

}  // namespace bedside
