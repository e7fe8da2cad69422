// The first two bytes say how long the manifest is; all tables of its segments are the one that follows.
#include <glog/logging.h>

#include <algorithm>

#include "index/generation/live_documents.h"
#include "tests/fuzz/input.h"

namespace {

constexpr int kMostSegments = 4;

// As Segment::Open has it.
bool Ascends(const bedside::storage::DocumentTable& table) {
  const auto out_of_order = [](const auto& a, const auto& b) { return a.id() >= b.id(); };
  return std::adjacent_find(table.entries().begin(), table.entries().end(), out_of_order) == table.entries().end();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  absl::string_view bytes = bedside::TextOf(data, size);
  const size_t manifest_bytes = bedside::TakeByte(&bytes) + 256 * size_t{bedside::TakeByte(&bytes)};
  const absl::string_view first = bytes.substr(0, manifest_bytes);
  const absl::string_view second = bytes.substr(first.size());
  bedside::storage::Manifest manifest;
  const auto table = std::make_shared<bedside::storage::DocumentTable>();
  if (!manifest.ParseFromArray(first.data(), static_cast<int>(first.size()))) return 0;
  if (!table->ParseFromArray(second.data(), static_cast<int>(second.size())) || !Ascends(*table)) return 0;
  if (manifest.segments_size() > kMostSegments) return 0;
  const auto documents = bedside::LiveDocuments::Create(
      manifest, bedside::LiveDocuments::Tables(static_cast<size_t>(manifest.segments_size()), table));
  if (!documents.ok()) return 0;
  for (size_t i = 0; i < documents->size(); ++i) {
    CHECK(documents->Find(documents->entry(i).id()) == i);
    CHECK(documents->At(documents->place(i)) == i);
  }
  return 0;
}
