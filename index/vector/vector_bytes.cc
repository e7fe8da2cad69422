#include "index/vector/vector_bytes.h"

#include <cmath>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "index/vector/finite_length.h"
#include "index/vector/vector_index_format.h"

namespace bedside {
namespace {

constexpr absl::string_view kMagic = "BedsVec\n";
constexpr uint32_t kMostDimensions = 65536;
constexpr uint32_t kMostLinks = 128;
constexpr uint32_t kMostLevels = 64;
constexpr uint64_t kMostRows = uint64_t{1} << 31;

absl::Status Damaged(size_t bytes, absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("vector index of ", bytes, " bytes: ", what, "; restore or rebuild the generation"));
}

// Takes values from the front of bytes.
class Reader {
 public:
  explicit Reader(absl::string_view bytes) : rest_(bytes) {}

  // Empty, and no longer IsWhole, when there are fewer than `count`.
  template <typename T>
  absl::Span<const T> Take(uint64_t count) {
    if (count > rest_.size() / sizeof(T)) {
      whole_ = false;
      return {};
    }
    const auto* begin = reinterpret_cast<const T*>(rest_.data());
    rest_.remove_prefix(static_cast<size_t>(count) * sizeof(T));
    return {begin, static_cast<size_t>(count)};
  }

  bool IsWhole() const { return whole_; }
  bool IsAtEnd() const { return rest_.empty(); }

 private:
  absl::string_view rest_;
  bool whole_ = true;
};

bool IsPossible(const VectorHeader& header) {
  const bool flat = header.links == 0;
  return header.dimension > 0 && header.dimension <= kMostDimensions && header.rows < kMostRows &&
         header.links <= kMostLinks && header.levels <= kMostLevels && header.unused == 0 &&
         (flat ? header.levels == 0 && header.entry == 0 : header.levels > 0 && header.rows > 0);
}

absl::StatusOr<VectorHeader> ReadHeader(absl::string_view bytes, Reader* reader) {
  const absl::Span<const VectorHeader> header = reader->Take<VectorHeader>(1);
  if (header.empty() || bytes.substr(0, kMagic.size()) != kMagic) {
    return Damaged(bytes.size(), "they do not begin as those of a vector index do");
  }
  if (header[0].format_version != kVectorFormatVersion) {
    return absl::FailedPreconditionError(absl::StrCat("vector index: format version ", header[0].format_version,
                                                      ", wanted ", kVectorFormatVersion, "; reindex the corpus"));
  }
  if (!IsPossible(header[0])) return Damaged(bytes.size(), "its header is not one that is written");
  return header[0];
}

GraphLevel ReadLevel(const VectorHeader& header, size_t level, Reader* reader) {
  if (level == 0) return {true, {}, reader->Take<uint32_t>(header.rows * 2 * header.links), size_t{2} * header.links};
  const absl::Span<const uint32_t> count = reader->Take<uint32_t>(1);
  if (count.empty()) return {false, {}, {}, header.links};
  const absl::Span<const uint32_t> rows = reader->Take<uint32_t>(count[0]);
  return {false, rows, reader->Take<uint32_t>(uint64_t{count[0]} * header.links), header.links};
}

void ReadGraph(Reader* reader, VectorParts* parts) {
  const VectorHeader& header = parts->header;
  const absl::Span<const float> centre = reader->Take<float>(header.dimension);
  const absl::Span<const char> rows = reader->Take<char>(header.rows * ByteRows::RowBytes(header.dimension));
  if (!reader->IsWhole()) return;
  parts->rows = ByteRows(rows.data(), static_cast<size_t>(header.rows), centre);
  parts->graph.entry = header.entry;
  for (size_t level = 0; level < header.levels && reader->IsWhole(); ++level) {
    parts->graph.levels.push_back(ReadLevel(header, level, reader));
  }
}

bool IsFiniteRow(const VectorParts& parts, size_t row) {
  if (parts.header.links == 0) {
    return HasFiniteLength(parts.floats.subspan(row * parts.header.dimension, parts.header.dimension));
  }
  const float largest = parts.rows.scale(row) * 128;
  return largest >= 0 && std::isfinite(largest * largest * static_cast<float>(parts.header.dimension));
}

absl::Status CheckValues(const VectorParts& parts, size_t bytes) {
  if (!HasFiniteLength(parts.rows.centre())) return Damaged(bytes, "its centre has no finite length");
  for (size_t row = 0; row < parts.header.rows; ++row) {
    if (IsFiniteRow(parts, row)) continue;
    return Damaged(bytes, absl::StrCat("vector ", row, " of ", parts.header.rows, " has no finite length"));
  }
  return absl::OkStatus();
}

}  // namespace

VectorHeader NewVectorHeader(size_t dimension) {
  VectorHeader header = {};
  std::memcpy(header.magic, kMagic.data(), sizeof(header.magic));
  header.format_version = kVectorFormatVersion;
  header.dimension = static_cast<uint32_t>(dimension);
  return header;
}

absl::StatusOr<VectorParts> ReadVectorParts(absl::string_view bytes) {
  Reader reader(bytes);
  VectorParts parts;
  ASSIGN_OR_RETURN(parts.header, ReadHeader(bytes, &reader));
  if (parts.header.links == 0) {
    parts.floats = reader.Take<float>(parts.header.rows * parts.header.dimension);
  } else {
    ReadGraph(&reader, &parts);
  }
  if (!reader.IsWhole()) return Damaged(bytes.size(), "they are cut short");
  if (!reader.IsAtEnd()) return Damaged(bytes.size(), "there are bytes after its end");
  RETURN_IF_ERROR(CheckValues(parts, bytes.size()));
  if (parts.header.links > 0 && !parts.graph.IsSound(static_cast<size_t>(parts.header.rows))) {
    return Damaged(bytes.size(), "its graph leads out of its vectors");
  }
  return parts;
}

}  // namespace bedside
