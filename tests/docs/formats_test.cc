// Every page of docs/formats names the version that the code writes, and every format has a page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/lexical/lexical_index.h"
#include "index/query/abbreviation_table.h"
#include "index/query/word_table.h"
#include "index/store/backup_manifest.h"
#include "index/store/schema_version.h"
#include "index/vector/vector_index_format.h"
#include "services/audit/audit_format.h"
#include "tools/eval/run_file.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

constexpr char kFolder[] = "docs/formats";

std::string RunFormat() { return nlohmann::json::parse(RunsJson({}))["written_by"].get<std::string>(); }

// What each page must say.
std::map<std::string, std::vector<std::string>> Versions() {
  return {
      {"audit-log.md", {absl::StrCat("format version ", kAuditFormatVersion, " (`kAuditFormatVersion`)")}},
      {"backup.md", {absl::StrCat("format version ", kBackupFormatVersion, " (`kBackupFormatVersion`)")}},
      {"encoder-adapter.md", {"Without a version of its own"}},
      {"evaluation-runs.md", {absl::StrCat("`written_by` is `\"", RunFormat(), "\"`")}},
      {"gold-questions.md", {"Without a version of its own"}},
      {"lexical-index.md",
       {absl::StrCat("format version ", LexicalIndex::kFormatVersion, " (`LexicalIndex::kFormatVersion`)")}},
      {"query-tables.md",
       {absl::StrCat("`words`, format version ", WordTable::kFormatVersion, " (`WordTable::kFormatVersion`)"),
        absl::StrCat("`abbreviations`, format version ", AbbreviationTable::kFormatVersion,
                     " (`AbbreviationTable::kFormatVersion`)")}},
      {"ranker-model.md", {"Without a version of its own"}},
      {"report-cues.md", {"Without a version of its own"}},
      {"store.md",
       {absl::StrCat("schema version ", kSchemaVersion, " (`kSchemaVersion`"),
        absl::StrCat("| `meta` | `", kSchemaKey, "` | `", kSchemaVersion, "` |")}},
      {"vector-index.md", {absl::StrCat("format version ", kVectorFormatVersion, " (`kVectorFormatVersion`)")}},
  };
}

std::string ReadPage(const std::string& name) {
  std::ifstream input(absl::StrCat(kFolder, "/", name));
  return std::string((std::istreambuf_iterator<char>(input)), std::istreambuf_iterator<char>());
}

TEST(FormatsTest, EveryPageNamesTheVersionOfTheCode) {
  for (const auto& [page, versions] : Versions()) {
    for (const std::string& version : versions) EXPECT_THAT(ReadPage(page), HasSubstr(version)) << page;
  }
}

TEST(FormatsTest, EveryPageIsLookedAt) {
  std::set<std::string> pages;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    pages.insert(entry.path().filename().string());
  }
  std::set<std::string> known;
  for (const auto& page : Versions()) known.insert(page.first);
  EXPECT_EQ(pages, known);
}

}  // namespace
}  // namespace bedside
