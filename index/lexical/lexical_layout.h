// The bytes of a lexical index, checked, and where in them everything is. Immutable, thread-safe.
#ifndef BEDSIDE_INDEX_LEXICAL_LEXICAL_LAYOUT_H_
#define BEDSIDE_INDEX_LEXICAL_LEXICAL_LAYOUT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "index/lexical/lexical_format.h"
#include "index/lexical/posting_list.h"

namespace bedside {

class LexicalLayout {
 public:
  // DATA_LOSS and FAILED_PRECONDITION as LexicalIndex::Open. Linear in the bytes.
  static absl::StatusOr<std::unique_ptr<LexicalLayout>> Read(std::string bytes);
  LexicalLayout(const LexicalLayout&) = delete;

  size_t passages() const { return header_.passages; }
  size_t terms() const { return header_.terms; }
  bool has_postings() const { return header_.posting_bytes > 0 || header_.terms == 0; }

  // REQUIRES for all: term < terms(). What is returned lives as long as this object.
  absl::string_view Text(size_t term) const;
  size_t Holders(size_t term) const { return entries_[term].holders; }
  // REQUIRES: has_postings()
  PostingList Postings(size_t term) const;

  // The bytes of the same terms and holders without postings.
  std::string WithoutPostings() const;

  // By binary search.
  absl::optional<size_t> Find(absl::string_view term) const;

 private:
  explicit LexicalLayout(std::string bytes) : bytes_(std::move(bytes)) {}

  absl::Status ReadHeader();
  absl::Status LocateSections();
  absl::Status CheckEnds() const;
  absl::Status CheckEntry(size_t term) const;
  absl::Status CheckPlaces(size_t term) const;
  absl::Status CheckPostings(size_t term) const;

  const std::string bytes_;
  LexicalHeader header_ = {};
  PackedArray<LexicalTermEntry> entries_;
  PackedArray<LexicalBlock> blocks_;
  PackedArray<uint8_t> maxima_;
  const char* postings_ = nullptr;
  absl::string_view text_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_LEXICAL_LAYOUT_H_
