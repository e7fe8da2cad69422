#include "ingest/connectors/document_id.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"

namespace bedside {
namespace {

constexpr size_t kMaxBytes = 200;
constexpr size_t kKeptBytes = 160;
constexpr size_t kHashDigits = 32;

bool IsUnreserved(unsigned char c) { return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '~' || c == '-'; }

}  // namespace

std::string DocumentId(absl::string_view source_id) {
  std::string id;
  for (unsigned char c : source_id) {
    if (IsUnreserved(c)) {
      id.push_back(static_cast<char>(c));
    } else {
      absl::StrAppend(&id, "%", absl::Hex(c, absl::kZeroPad2));
    }
  }
  if (id.size() > kMaxBytes)
    id = absl::StrCat(id.substr(0, kKeptBytes), "-", Sha256Hex(source_id).substr(0, kHashDigits));
  return id;
}

}  // namespace bedside
