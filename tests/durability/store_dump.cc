#include "tests/durability/store_dump.h"

#include <array>
#include <memory>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/optional.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

// In the order of Family; the names are those of docs/formats/store.md.
constexpr std::array<const char*, 13> kFamilies = {"documents",    "heads",    "passages", "vectors", "token_vectors",
                                                   "status",       "changes",  "pieces",   "meta",    "answers",
                                                   "answer_index", "feedback", "cards"};

std::string Hex(absl::string_view bytes) { return bytes.empty() ? "-" : absl::BytesToHexString(bytes); }
std::string Bytes(absl::string_view hex) { return hex == "-" ? "" : absl::HexStringToBytes(hex); }

absl::optional<Family> FamilyNamed(absl::string_view name) {
  for (size_t i = 0; i < kFamilies.size(); ++i) {
    if (name == kFamilies[i]) return static_cast<Family>(i);
  }
  return absl::nullopt;
}

}  // namespace

absl::StatusOr<std::string> DumpStore(const Database& database) {
  std::string dump;
  for (size_t i = 0; i < kFamilies.size(); ++i) {
    RETURN_IF_ERROR(database.Scan(static_cast<Family>(i), "", "", [&](absl::string_view key, absl::string_view value) {
      absl::StrAppend(&dump, kFamilies[i], " ", Hex(key), " ", Hex(value), "\n");
      return true;
    }));
  }
  return dump;
}

absl::Status MakeStore(const std::string& dump, const std::string& path) {
  WriteBatch batch;
  const std::vector<std::string> lines = absl::StrSplit(dump, '\n', absl::SkipEmpty());
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::vector<std::string> parts = absl::StrSplit(lines[i], ' ');
    const absl::optional<Family> family = FamilyNamed(parts[0]);
    if (parts.size() != 3 || !family.has_value()) {
      return absl::InvalidArgumentError(absl::StrCat("line ", i + 1, " is no key of a store"));
    }
    batch.Put(*family, Bytes(parts[1]), Bytes(parts[2]));
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<Database> database, Database::Open(path, Database::Access::kReadWrite));
  return database->Write(batch, Database::Durability::kSynced);
}

}  // namespace bedside
