#include "index/cluster/allowed_passages.h"

#include <cstdint>
#include <roaring/roaring.hh>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

std::string BytesOf(Roaring bitmap) {
  bitmap.runOptimize();
  std::string bytes(bitmap.getSizeInBytes(/*portable=*/true), '\0');
  bitmap.write(&bytes[0], /*portable=*/true);
  return bytes;
}

std::string Clause(const char* name, const Roaring& bitmap) {
  return absl::StrCat("\"", name, R"(":[{"terms":{"passage":[")", absl::Base64Escape(BytesOf(bitmap)),
                      R"("],"value_type":"bitmap"}}])");
}

}  // namespace

std::string BoolClausesOf(const PassageBitmap& allowed) {
  Roaring bitmap;
  for (size_t i = 0; i < allowed.size(); ++i) {
    if (allowed.Contains(PassageAt(i))) bitmap.add(static_cast<uint32_t>(i));
  }
  const uint64_t count = bitmap.cardinality();
  if (count == allowed.size()) return "";
  if (count <= allowed.size() / 2) return Clause("filter", bitmap);
  bitmap.flip(0, allowed.size());
  return Clause("must_not", bitmap);
}

}  // namespace bedside
