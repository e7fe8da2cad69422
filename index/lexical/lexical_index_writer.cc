#include "index/lexical/lexical_index_writer.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <limits>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "index/lexical/lexical_format.h"
#include "index/lexical/posting_list.h"
#include "index/text/lexical_analyzer.h"

namespace bedside {
namespace {

struct Posting {
  uint32_t passage;
  uint8_t impact;
};

template <typename Offset>
void AppendBlock(absl::Span<const Posting> block, std::string* bytes) {
  for (const Posting& posting : block) {
    const Offset offset = static_cast<Offset>(posting.passage - block.front().passage);
    bytes->append(reinterpret_cast<const char*>(&offset), sizeof(offset));
  }
  for (const Posting& posting : block) bytes->push_back(static_cast<char>(posting.impact));
}

std::vector<Posting> PostingsOf(const OccurrenceList& occurrences,
                                const std::vector<std::array<uint32_t, kLexicalFields>>& lengths,
                                const MeanFieldLengths& mean_lengths) {
  std::vector<Posting> postings;
  postings.reserve(occurrences.passages());
  double frequency = 0;
  occurrences.ForEach([&](const OccurrenceList::Occurrence& occurrence) {
    if (postings.empty() || postings.back().passage != occurrence.passage) {
      postings.push_back({occurrence.passage, 0});
      frequency = 0;
    }
    frequency += NormalisedFrequency(static_cast<LexicalField>(occurrence.field), occurrence.count,
                                     lengths[occurrence.passage][occurrence.field], mean_lengths[occurrence.field]);
    postings.back().impact = Impact(frequency);
  });
  return postings;
}

// How much there will be of each section.
struct SectionSizes {
  size_t terms = 0;
  size_t blocks = 0;
  size_t text_bytes = 0;
  size_t most_posting_bytes = 0;

  void AddTerm(absl::string_view text, size_t holders) {
    ++terms;
    blocks += PostingList::Blocks(holders);
    text_bytes += text.size();
    most_posting_bytes += PostingList::Bytes(holders, /*wide=*/true);
  }
};

// The bytes, as they are written: all sections before the postings have their place from the start.
class IndexBytes {
 public:
  explicit IndexBytes(const SectionSizes& sizes)
      : blocks_at_(sizeof(LexicalHeader) + (sizes.terms + 1) * sizeof(LexicalTermEntry)),
        maxima_at_(blocks_at_ + sizes.blocks * sizeof(LexicalBlock)),
        postings_at_(maxima_at_ + sizes.blocks) {
    bytes_.reserve(postings_at_ + sizes.most_posting_bytes + sizes.text_bytes);
    bytes_.resize(postings_at_);
  }

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
        AppendBlock<uint32_t>(block, &bytes_);
      } else {
        AppendBlock<uint16_t>(block, &bytes_);
      }
    }
  }

  // REQUIRES: the terms that the sizes are of were added
  std::string Take(size_t passages) {
    LexicalHeader header = {};
    std::memcpy(header.magic, kLexicalMagic.data(), sizeof(header.magic));
    header.format_version = kLexicalFormatVersion;
    header.analyzer_version = LexicalAnalyzer::kVersion;
    header.passages = passages;
    header.terms = terms_;
    header.blocks = blocks_;
    header.posting_bytes = bytes_.size() - postings_at_;
    header.text_bytes = text_.size();
    AddEntry(0);
    Put(header, 0);
    bytes_ += text_;
    return std::move(bytes_);
  }

 private:
  template <typename T>
  void Put(const T& value, size_t at) {
    std::memcpy(&bytes_[at], &value, sizeof(value));
  }

  void AddEntry(size_t holders) {
    const LexicalTermEntry entry = {text_.size(), bytes_.size() - postings_at_, static_cast<uint32_t>(blocks_),
                                    static_cast<uint32_t>(holders)};
    Put(entry, sizeof(LexicalHeader) + terms_++ * sizeof(entry));
  }

  // Returns whether offsets from the first passage need more than two bytes.
  bool AddBlock(absl::Span<const Posting> postings) {
    uint8_t max_impact = 0;
    for (const Posting& posting : postings) max_impact = std::max(max_impact, posting.impact);
    Put(LexicalBlock{postings.front().passage, postings.back().passage}, blocks_at_ + blocks_ * sizeof(LexicalBlock));
    Put(max_impact, maxima_at_ + blocks_++);
    return postings.back().passage - postings.front().passage > std::numeric_limits<uint16_t>::max();
  }

  size_t blocks_at_;
  size_t maxima_at_;
  size_t postings_at_;
  // Added so far.
  size_t terms_ = 0;
  size_t blocks_ = 0;
  std::string bytes_;
  std::string text_;
};

}  // namespace

void LexicalIndexWriter::Add(const LexicalTerms& terms) {
  const uint32_t passage = static_cast<uint32_t>(lengths_.size());
  FieldLengths& lengths = lengths_.emplace_back();
  for (uint32_t field = 0; field < kLexicalFields; ++field) {
    lengths[field] = static_cast<uint32_t>(terms[field].size());
    AddField(terms[field], passage, field);
  }
}

uint32_t LexicalIndexWriter::IdOf(const std::string& term) {
  const uint32_t id = term_ids_.try_emplace(term, static_cast<uint32_t>(occurrences_.size())).first->second;
  if (id == occurrences_.size()) occurrences_.emplace_back();
  return id;
}

void LexicalIndexWriter::AddField(const std::vector<std::string>& terms, uint32_t passage, uint32_t field) {
  std::vector<uint32_t> ids;
  for (const std::string& term : terms) ids.push_back(IdOf(term));
  std::sort(ids.begin(), ids.end());
  for (auto run = ids.begin(); run != ids.end();) {
    const auto end = std::upper_bound(run, ids.end(), *run);
    occurrences_[*run].Add({passage, field, static_cast<uint32_t>(end - run)});
    run = end;
  }
}

MeanFieldLengths LexicalIndexWriter::MeanLengths() const {
  MeanFieldLengths means = {};
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

std::string LexicalIndexWriter::Finish(const MeanFieldLengths& means) {
  MeanFieldLengths lengths = MeanLengths();
  for (size_t field = 0; field < kLexicalFields; ++field) {
    if (means[field] > 0) lengths[field] = means[field];
  }
  std::vector<std::pair<absl::string_view, uint32_t>> terms(term_ids_.begin(), term_ids_.end());
  std::sort(terms.begin(), terms.end());
  SectionSizes sizes;
  for (const auto& [text, id] : terms) sizes.AddTerm(text, occurrences_[id].passages());
  IndexBytes index(sizes);
  for (const auto& [text, id] : terms) {
    index.AddTerm(text, PostingsOf(std::exchange(occurrences_[id], OccurrenceList()), lengths_, lengths));
  }
  std::string bytes = index.Take(lengths_.size());
  *this = LexicalIndexWriter();
  return bytes;
}

}  // namespace bedside
