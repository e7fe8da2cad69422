#include "index/lexical/lexical_layout.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "index/text/lexical_analyzer.h"

namespace bedside {
namespace {

absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("lexical index: ", what, "; restore or rebuild the generation"));
}

absl::Status CheckVersion(absl::string_view what, uint32_t wanted, uint32_t got) {
  if (wanted == got) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("lexical index: ", what, " version ", got, ", this binary reads ",
                                                    wanted,
                                                    "; reindex with this binary, or use the one that wrote it"));
}

// Returns what is wrong with a block of a list, or nothing.
template <typename Offset>
absl::string_view FlawOf(const PostingList& list, size_t block) {
  const PostingBlock<Offset> postings = list.Block<Offset>(block);
  if (postings.offsets[0] != 0) return "does not begin with its first passage";
  uint8_t lowest = postings.impacts[0];
  uint8_t highest = lowest;
  bool ascending = true;
  for (size_t i = 1; i < postings.size; ++i) {
    ascending &= postings.offsets[i - 1] < postings.offsets[i];
    lowest = std::min(lowest, postings.impacts[i]);
    highest = std::max(highest, postings.impacts[i]);
  }
  if (!ascending) return "has passages out of order";
  if (list.First(block) + postings.offsets[postings.size - 1] != list.Last(block)) return "has a false last passage";
  if (lowest == 0) return "has an impact of 0";
  if (highest != list.MaxImpact(block)) return "has a false maximum";
  return "";
}

}  // namespace

absl::StatusOr<std::unique_ptr<LexicalLayout>> LexicalLayout::Read(std::string bytes) {
  std::unique_ptr<LexicalLayout> layout(new LexicalLayout(std::move(bytes)));
  RETURN_IF_ERROR(layout->ReadHeader());
  RETURN_IF_ERROR(layout->LocateSections());
  RETURN_IF_ERROR(layout->CheckEnds());
  for (size_t term = 0; term < layout->terms(); ++term) RETURN_IF_ERROR(layout->CheckEntry(term));
  if (!layout->has_postings()) return layout;
  for (size_t term = 0; term < layout->terms(); ++term) RETURN_IF_ERROR(layout->CheckPostings(term));
  return layout;
}

absl::Status LexicalLayout::ReadHeader() {
  if (bytes_.size() < sizeof(header_)) {
    return Damaged(absl::StrCat(bytes_.size(), " bytes, a header takes ", sizeof(header_)));
  }
  std::memcpy(&header_, bytes_.data(), sizeof(header_));
  if (absl::string_view(header_.magic, sizeof(header_.magic)) != kLexicalMagic) {
    return Damaged("the bytes do not begin as those of a lexical index do");
  }
  RETURN_IF_ERROR(CheckVersion("format", kLexicalFormatVersion, header_.format_version));
  return CheckVersion("analyser", LexicalAnalyzer::kVersion, header_.analyzer_version);
}

absl::Status LexicalLayout::LocateSections() {
  // Each count is bounded by the bytes before sizes are multiplied, so that nothing overflows.
  const uint64_t limit = bytes_.size();
  if (header_.passages > uint64_t{1} << 32 || header_.terms > limit || header_.blocks > limit ||
      header_.blocks > std::numeric_limits<uint32_t>::max() || header_.posting_bytes > limit ||
      header_.text_bytes > limit) {
    return Damaged("the header counts more than the bytes could hold");
  }
  const uint64_t blocks_at = sizeof(header_) + (header_.terms + 1) * sizeof(LexicalTermEntry);
  const uint64_t maxima_at = blocks_at + header_.blocks * sizeof(LexicalBlock);
  const uint64_t postings_at = maxima_at + header_.blocks;
  const uint64_t text_at = postings_at + header_.posting_bytes;
  if (text_at + header_.text_bytes != limit) {
    return Damaged(absl::StrCat(limit, " bytes, the header asks for ", text_at + header_.text_bytes));
  }
  entries_ = PackedArray<LexicalTermEntry>(bytes_.data() + sizeof(header_));
  blocks_ = PackedArray<LexicalBlock>(bytes_.data() + blocks_at);
  maxima_ = PackedArray<uint8_t>(bytes_.data() + maxima_at);
  postings_ = bytes_.data() + postings_at;
  text_ = absl::string_view(bytes_.data() + text_at, header_.text_bytes);
  return absl::OkStatus();
}

absl::Status LexicalLayout::CheckEnds() const {
  const LexicalTermEntry first = entries_[0];
  const LexicalTermEntry last = entries_[header_.terms];
  const bool cover = first.text_begin == 0 && first.postings_begin == 0 && first.blocks_begin == 0 &&
                     last.text_begin == header_.text_bytes && last.postings_begin == header_.posting_bytes &&
                     last.blocks_begin == header_.blocks && last.holders == 0;
  return cover ? absl::OkStatus() : Damaged("the terms do not cover the text, the blocks and the postings");
}

absl::Status LexicalLayout::CheckEntry(size_t term) const {
  const LexicalTermEntry entry = entries_[term];
  const LexicalTermEntry end = entries_[term + 1];
  const std::string which = absl::StrCat("term ", term, " of ", terms());
  if (entry.text_begin > end.text_begin || end.text_begin > header_.text_bytes) {
    return Damaged(absl::StrCat(which, " has an offset out of order"));
  }
  RETURN_IF_ERROR(CheckPlaces(term));
  if (entry.holders > passages()) {
    return Damaged(absl::StrCat(which, " is held by ", entry.holders, " of ", passages(), " passages"));
  }
  if (term > 0 && Text(term - 1) >= Text(term)) return Damaged(absl::StrCat(which, " is not after the one before it"));
  return absl::OkStatus();
}

absl::Status LexicalLayout::CheckPlaces(size_t term) const {
  const LexicalTermEntry entry = entries_[term];
  const LexicalTermEntry end = entries_[term + 1];
  const uint64_t holders = has_postings() ? entry.holders : 0;
  const std::string which = absl::StrCat("term ", term, " of ", terms());
  if (entry.postings_begin + (has_postings() ? 1 : 0) > end.postings_begin ||
      end.postings_begin > header_.posting_bytes) {
    return Damaged(absl::StrCat(which, " has an offset out of order"));
  }
  const uint64_t bytes = end.postings_begin - entry.postings_begin;
  if (entry.holders == 0 || end.blocks_begin != entry.blocks_begin + PostingList::Blocks(holders) ||
      (bytes != PostingList::Bytes(holders, false) && bytes != PostingList::Bytes(holders, true))) {
    return Damaged(absl::StrCat(which, ": ", entry.holders, " passages do not fit its blocks and its postings"));
  }
  return absl::OkStatus();
}

absl::Status LexicalLayout::CheckPostings(size_t term) const {
  const PostingList list = Postings(term);
  uint64_t lowest = 0;
  for (size_t block = 0; block < list.blocks(); ++block) {
    const auto damaged = [&](absl::string_view what) {
      return Damaged(absl::StrCat("term ", term, " of ", terms(), ": block ", block, " of ", list.blocks(), " ", what));
    };
    if (list.First(block) < lowest || list.Last(block) >= passages()) {
      return damaged(absl::StrCat("with passages ", list.First(block), " to ", list.Last(block), " of ", passages(),
                                  " is out of range or out of order"));
    }
    lowest = list.Last(block) + 1;
    const absl::string_view flaw = list.wide() ? FlawOf<uint32_t>(list, block) : FlawOf<uint16_t>(list, block);
    if (!flaw.empty()) return damaged(flaw);
  }
  return absl::OkStatus();
}

absl::string_view LexicalLayout::Text(size_t term) const {
  const size_t begin = entries_[term].text_begin;
  return text_.substr(begin, entries_[term + 1].text_begin - begin);
}

PostingList LexicalLayout::Postings(size_t term) const {
  const LexicalTermEntry entry = entries_[term];
  const uint64_t bytes = entries_[term + 1].postings_begin - entry.postings_begin;
  return PostingList(postings_ + entry.postings_begin, entry.holders, bytes == PostingList::Bytes(entry.holders, true),
                     blocks_.From(entry.blocks_begin), maxima_.From(entry.blocks_begin));
}

std::string LexicalLayout::WithoutPostings() const {
  LexicalHeader header = header_;
  header.blocks = 0;
  header.posting_bytes = 0;
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof(header));
  for (size_t term = 0; term <= terms(); ++term) {
    const LexicalTermEntry entry = {entries_[term].text_begin, 0, 0, entries_[term].holders};
    bytes.append(reinterpret_cast<const char*>(&entry), sizeof(entry));
  }
  bytes.append(text_.data(), text_.size());
  return bytes;
}

absl::optional<size_t> LexicalLayout::Find(absl::string_view term) const {
  size_t low = 0;
  size_t high = terms();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const int order = Text(middle).compare(term);
    if (order == 0) return middle;
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return absl::nullopt;
}

}  // namespace bedside
