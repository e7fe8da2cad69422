#include "ingest/connectors/document_id.h"

#include <openssl/evp.h>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

constexpr size_t kMaxBytes = 200;
constexpr size_t kKeptBytes = 160;

bool IsUnreserved(unsigned char c) { return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '~' || c == '-'; }

std::string ShortHash(absl::string_view text) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr);
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<char*>(digest), 16));
}

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
  if (id.size() > kMaxBytes) id = absl::StrCat(id.substr(0, kKeptBytes), "-", ShortHash(source_id));
  return id;
}

}  // namespace bedside
