#include "index/vector/stored_vector_index.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "index/status/status_macros.h"
#include "index/vector/best_rows.h"
#include "index/vector/finite_length.h"
#include "index/vector/flat_rows.h"
#include "index/vector/vector_bytes.h"
#include "index/vector/vector_settings.h"

namespace bedside {
namespace {

// Rows that are scanned, for each link of a row, in the time in which a beam takes up one row that is allowed, and in
// which it leaps to one: measured with 16 links and passages of 384 values. Of 100,000 a row takes 28 ns, a place of
// the beam 2.3 to 3 us and one that is leapt to 3.2 to 5.3 us; of a million, 33 ns and more and 11 to 13 us.
constexpr double kRowsALink = 5;
constexpr double kRowsALinkLeapt = 16;

// Asks for large pages: a beam reads everywhere, and would find most small pages in no table at hand. Kernels that
// cannot collapse pages (before Linux 6.1) leave them as they are.
void AskForLargePages(std::string* bytes) {
  constexpr uintptr_t kLargePage = uintptr_t{1} << 21;
  constexpr int kCollapse = 25;  // MADV_COLLAPSE, which Debian 12's headers lack.
  const size_t before = (kLargePage - reinterpret_cast<uintptr_t>(bytes->data()) % kLargePage) % kLargePage;
  if (bytes->size() < before + kLargePage) return;
  madvise(bytes->data() + before, (bytes->size() - before) / kLargePage * kLargePage, kCollapse);
}

}  // namespace

struct StoredVectorIndex::Parts {
  // What the others are views of.
  std::string bytes;
  VectorParts read;
  // Where there is no graph.
  absl::optional<FlatRows> flat;
  std::string variant;
  size_t search_beam;

  std::vector<ScoredPassage> SearchBytes(const ByteQuestion& question, const PassageBitmap& allowed, size_t count,
                                         size_t k) const;
};

// A beam passes as many rows that are not allowed for each that is as there are, or leaps over them.
std::vector<ScoredPassage> StoredVectorIndex::Parts::SearchBytes(const ByteQuestion& question,
                                                                 const PassageBitmap& allowed, size_t count,
                                                                 size_t k) const {
  const size_t beam = std::max(search_beam, k);
  const double share = static_cast<double>(count) / static_cast<double>(read.rows.rows());
  const double rows_a_link = share < RowGraph::kFewAllowed ? kRowsALinkLeapt : kRowsALink / share;
  if (static_cast<double>(count) > static_cast<double>(beam) * rows_a_link * read.header.links) {
    const PassageBitmap* filter = count == allowed.size() ? nullptr : &allowed;
    std::vector<ScoredPassage> found = read.graph.Search(read.rows, question, filter, beam, k);
    // Passages that links do not lead to are still passages.
    if (found.size() == k) return found;
  }
  return Ranked(ScanRows(read.rows, question, allowed, k, 0), k);
}

StoredVectorIndex::StoredVectorIndex(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
StoredVectorIndex::~StoredVectorIndex() = default;

absl::StatusOr<std::unique_ptr<StoredVectorIndex>> StoredVectorIndex::Open(std::string bytes,
                                                                           const config::VectorIndexConfig& config) {
  ASSIGN_OR_RETURN(const VectorSettings settings, ResolveVectorSettings(config));
  auto parts = std::make_unique<Parts>();
  parts->bytes = std::move(bytes);
  parts->search_beam = settings.search_beam;
  ASSIGN_OR_RETURN(parts->read, ReadVectorParts(parts->bytes));
  const uint32_t links = parts->read.header.links;
  parts->variant = links == 0 ? "flat" : absl::StrCat("hnsw", links, "-sq8");
  if (links > 0) AskForLargePages(&parts->bytes);
  if (links == 0) parts->flat.emplace(parts->read.floats, parts->read.header.dimension);
  return std::unique_ptr<StoredVectorIndex>(new StoredVectorIndex(std::move(parts)));
}

absl::StatusOr<std::vector<ScoredPassage>> StoredVectorIndex::Search(absl::Span<const float> vector,
                                                                     const PassageBitmap& allowed, size_t k) const {
  if (vector.size() != dimension()) {
    return absl::InvalidArgumentError(
        absl::StrCat("a vector of ", vector.size(), " values, the index holds vectors of ", dimension()));
  }
  if (!HasFiniteLength(vector)) return absl::InvalidArgumentError("the vector has no finite length");
  const size_t count = allowed.Count();
  const size_t wanted = std::min(k, count);
  if (wanted == 0) return std::vector<ScoredPassage>();
  if (parts_->flat.has_value()) return parts_->flat->Search(vector, allowed, wanted);
  return parts_->SearchBytes(ByteQuestion(vector, parts_->read.rows.centre()), allowed, count, wanted);
}

void StoredVectorIndex::Read(PassageOrdinal passage, float* values) const {
  if (!parts_->flat.has_value()) return parts_->read.rows.Decode(IndexOf(passage), values);
  const absl::Span<const float> row = parts_->read.floats.subspan(IndexOf(passage) * dimension(), dimension());
  std::copy(row.begin(), row.end(), values);
}

size_t StoredVectorIndex::search_depth() const {
  return parts_->flat.has_value() ? passages() : std::min(parts_->search_beam, passages());
}
size_t StoredVectorIndex::passages() const { return static_cast<size_t>(parts_->read.header.rows); }
size_t StoredVectorIndex::dimension() const { return parts_->read.header.dimension; }
const std::string& StoredVectorIndex::variant() const { return parts_->variant; }

}  // namespace bedside
