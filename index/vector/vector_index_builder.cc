#include "index/vector/vector_index_builder.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "index/vector/byte_rows.h"
#include "index/vector/finite_length.h"
#include "index/vector/row_graph_builder.h"

namespace bedside {
namespace {

// Rows, at least, whose mean is the centre of the others too.
constexpr uint64_t kCentreRows = 4096;

}  // namespace

VectorIndexBuilder::VectorIndexBuilder(size_t dimension, const config::VectorIndexConfig& config)
    : settings_(ResolveVectorSettings(config)),
      header_(NewVectorHeader(dimension)),
      bytes_(sizeof(VectorHeader), '\0') {}

absl::Status VectorIndexBuilder::Add(absl::Span<const float> vector) {
  RETURN_IF_ERROR(settings_.status());
  if (vector.size() != header_.dimension) {
    return absl::InvalidArgumentError(absl::StrCat("vector ", header_.rows, " has ", vector.size(),
                                                   " values, the index holds vectors of ", header_.dimension));
  }
  if (!HasFiniteLength(vector)) {
    return absl::InvalidArgumentError(
        absl::StrCat("vector ", header_.rows, " has no finite length; embed its passage again"));
  }
  if (header_.rows == std::max<uint64_t>(settings_->flat_limit, kCentreRows)) BecomeBytes();
  if (centre_.empty()) {
    bytes_.append(reinterpret_cast<const char*>(vector.data()), vector.size() * sizeof(float));
  } else {
    ByteRows::Append(vector, centre_, &bytes_);
  }
  ++header_.rows;
  return absl::OkStatus();
}

void VectorIndexBuilder::BecomeBytes() {
  const std::string floats = std::exchange(bytes_, std::string(sizeof(VectorHeader), '\0'));
  const absl::Span<const float> values(reinterpret_cast<const float*>(floats.data() + sizeof(VectorHeader)),
                                       static_cast<size_t>(header_.rows) * header_.dimension);
  centre_ = MeanOf(values, header_.dimension);
  bytes_.append(reinterpret_cast<const char*>(centre_.data()), centre_.size() * sizeof(float));
  for (size_t at = 0; at < values.size(); at += header_.dimension) {
    ByteRows::Append(values.subspan(at, header_.dimension), centre_, &bytes_);
  }
}

absl::Status VectorIndexBuilder::Link() {
  // Room for the links, so that the rows are not copied when these are there beside them: level 0 has 2 * links a row,
  // those above about one part in `links` of that.
  bytes_.reserve(bytes_.size() + static_cast<size_t>(header_.rows) * (2 * settings_->links + 3) * sizeof(uint32_t));
  const ByteRows rows(bytes_.data() + sizeof(VectorHeader) + centre_.size() * sizeof(float),
                      static_cast<size_t>(header_.rows), centre_);
  ASSIGN_OR_RETURN(const BuiltGraph graph, BuildRowGraph(rows, settings_->links, settings_->build_beam));
  header_.links = static_cast<uint32_t>(settings_->links);
  header_.levels = graph.levels;
  header_.entry = graph.entry;
  bytes_.append(graph.bytes);
  return absl::OkStatus();
}

absl::StatusOr<std::string> VectorIndexBuilder::Finish() {
  RETURN_IF_ERROR(settings_.status());
  if (header_.rows > settings_->flat_limit) {
    if (centre_.empty()) BecomeBytes();
    RETURN_IF_ERROR(Link());
  }
  std::memcpy(&bytes_[0], &header_, sizeof(header_));
  return std::move(bytes_);
}

}  // namespace bedside
