// Real texts, and every code point, against what the reference implementation made of them: wordpiece_golden.json,
// written by make_wordpiece_golden.py, which says what the texts are.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "index/hash/sha256.h"
#include "index/text/code_point.h"
#include "index/text/wordpiece_tokenizer.h"
#include "ingest/connectors/source_reader.h"
#include "nlohmann/json.hpp"

namespace bedside {
namespace {

// Keeps members in the order of the file.
using Json = nlohmann::ordered_json;

std::string FileBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

const Json& Golden() {
  static const Json& golden = *new Json(Json::parse(FileBytes("tests/index/text/wordpiece_golden.json")));
  return golden;
}

// What the golden file says of a series of texts.
class Series {
 public:
  void Add(absl::string_view text) {
    const std::vector<int64_t> ids = tokenizer_->Encode(text, text.size() + 2);
    absl::StrAppend(&lines_, absl::StrJoin(ids, " "), "\n");
    ids_ += ids.size();
    ++texts_;
  }

  void AddStringsOf(const Json& value) {
    if (value.is_string()) Add(value.get_ref<const std::string&>());
    if (!value.is_structured()) return;
    for (const Json& member : value) AddStringsOf(member);
  }

  void AddFile(const std::string& name, const std::string& bytes) {
    if (absl::EndsWith(name, ".json")) return AddStringsOf(Json::parse(bytes));
    const bool json_lines = absl::EndsWith(name, ".jsonl");
    for (absl::string_view line : absl::StrSplit(bytes, '\n')) {
      if (!json_lines) {
        Add(line);
      } else if (!line.empty()) {
        AddStringsOf(Json::parse(line));
      }
    }
  }

  void ExpectEquals(const Json& golden) const {
    ASSERT_EQ(texts_, golden["texts"].get<size_t>()) << "other texts than the golden file was made of";
    EXPECT_EQ(ids_, golden["ids"].get<size_t>());
    EXPECT_EQ(Sha256Hex(lines_), golden["sha256"].get<std::string>());
  }

 private:
  const std::unique_ptr<WordPieceTokenizer> tokenizer_ =
      WordPieceTokenizer::Create("external/bge_small_en/tokenizer.json").value();
  size_t texts_ = 0, ids_ = 0;
  std::string lines_;
};

TEST(WordPieceGoldenTest, EveryCodePointIsTreatedAsByTheReference) {
  Series series;
  for (UChar32 c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text = "a";
    AppendCodePoint(c, text);
    series.Add(text + "b");
  }
  series.ExpectEquals(Golden()["code_points"]);
}

class WordPieceDatasetTest : public testing::TestWithParam<std::string> {};

void AddFolder(const std::string& folder, Series& series) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) series.AddFile(path, FileBytes(path));
}

void AddArchive(const std::string& path, Series& series) {
  const auto add = [&](const SourceFile& file) {
    series.AddFile(file.name, file.bytes);
    return true;
  };
  const auto fail = [](const v1::JobProblem& problem) { ADD_FAILURE() << problem.reason(); };
  SourceReader::Create({path}, config::ReadLimits()).value().Read(add, fail);
}

TEST_P(WordPieceDatasetTest, TheIdsOfAllTextsAreThoseOfTheReference) {
  const char* shared = std::getenv("BEDSIDE_SHARED");
  const std::string path = absl::StrCat(shared == nullptr ? "" : shared, "/data/", GetParam());
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "needs data/" << GetParam() << " below $BEDSIDE_SHARED";
  Series series;
  std::filesystem::is_directory(path) ? AddFolder(path, series) : AddArchive(path, series);
  series.ExpectEquals(Golden()["datasets"][GetParam()]);
}

std::vector<std::string> Datasets() {
  std::vector<std::string> names;
  for (const auto& [name, golden] : Golden()["datasets"].items()) names.push_back(name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Shared, WordPieceDatasetTest, testing::ValuesIn(Datasets()), [](const auto& test) {
  std::string name = test.param;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; }, '_');
  return name;
});

}  // namespace
}  // namespace bedside
