#include "index/text/wordpiece_tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Json = nlohmann::json;
using Ids = std::vector<int64_t>;

constexpr int64_t kPad = 0, kUnknown = 100, kCls = 101, kSep = 102, kMask = 103;

const WordPieceTokenizer& Tokenizer() {
  static const auto& tokenizer = *WordPieceTokenizer::Create("external/bge_small_en/tokenizer.json")->release();
  return tokenizer;
}

// The ids of `text` without [CLS] and [SEP].
Ids Pieces(const std::string& text) {
  const Ids ids = Tokenizer().Encode(text, text.size() + 2);
  EXPECT_EQ(ids.front(), kCls);
  EXPECT_EQ(ids.back(), kSep);
  EXPECT_EQ(Tokenizer().CountPieces(text), ids.size() - 2);
  return {ids.begin() + 1, ids.end() - 1};
}

struct Example {
  std::string text;
  Ids ids;
};

void ExpectIds(const std::vector<Example>& examples) {
  for (const Example& example : examples)
    EXPECT_THAT(Pieces(example.text), ElementsAreArray(example.ids)) << example.text;
}

// The ids in these tables are those of the reference implementation (tokenizers 0.23.3) for this tokenizer.json.

TEST(WordPieceTokenizerTest, CutsMedicalTextIntoTheLongestPieces) {
  ExpectIds({
      {"unaffable", {14477, 20961, 3468}},
      {"metformin 5 mg/kg", {2777, 14192, 2378, 1019, 11460, 1013, 4705}},
      {"HbA1c ≥ 6.5%", {1044, 3676, 2487, 2278, 1609, 1020, 1012, 1019, 1003}},
      {"CD4+ T-cells", {3729, 2549, 1009, 1056, 1011, 4442}},
      {"TNF-α", {28286, 2546, 1011, 1155}},
      {"0.5 mL × 2.5–10", {1014, 1012, 1019, 19875, 1095, 1016, 1012, 1019, 1516, 2184}},
      {"co-trimoxazole", {2522, 1011, 12241, 11636, 10936, 9890}},
      {"β₂-agonist", {1156, 8229, 1011, 3283, 26942}},
  });
}

TEST(WordPieceTokenizerTest, PunctuationStandsApart) {
  ExpectIds({
      {"...?!", {1012, 1012, 1012, 1029, 999}},
      {"$5^2`~", {1002, 1019, 1034, 1016, 1036, 1066}},
      {"“q” – ’s", {1523, 1053, 1524, 1516, 1521, 1055}},
      {"##ing", {1001, 1001, 13749}},
  });
}

TEST(WordPieceTokenizerTest, DropsCaseAndAccents) {
  ExpectIds({
      {"naïve São", {15743, 7509}},
      {"e\u0301", {1041}},
      {"\u0301", {}},
      {"İstanbul", {9960}},
      {"ΑΣ", {1155, 29733}},
      {"नमस्ते", {1327, 29867, 29874, 29859}},
  });
}

TEST(WordPieceTokenizerTest, DropsWhatIsNotTextAndCutsAtAnyWhiteSpace) {
  ExpectIds({
      {"", {}},
      {" \n\u2003", {}},
      {"a\u200bb", {11113}},
      {"a\u00adb", {11113}},
      {std::string("a\0\x07"
                   "b",
                   4),
       {11113}},
      {"a\ufffdb", {11113}},
      {"a\u00a0b\u3000c\u2028d", {1037, 1038, 1039, 1040}},
      {"a\tb\r\nc", {1037, 1038, 1039}},
  });
}

TEST(WordPieceTokenizerTest, ReadsOtherScripts) {
  ExpectIds({
      {"胃a癌", {kUnknown, 1037, kUnknown}},
      {"アスピリン", {1693, 30233, 30245, 30258, 30263}},
      {"아스피린", {1463, 30006, 29997, 30017, 30004, 30019, 29994, 30019, 30021}},
      {"مرحبا", {1295, 17149, 29820, 29816, 25573}},
      {"🙂 ok 👩\u200d⚕️", {kUnknown, 7929, kUnknown}},
      // The gap that the reference leaves in the ranges of ideographs.
      {"\U0002b81f\U0002b820", {kUnknown, kUnknown}},
      // No compatibility forms: the ligature has a piece of its own, wide letters have none.
      {"ﬁbrosis ＡＢ", {1984, 12618, 6190, kUnknown}},
  });
}

TEST(WordPieceTokenizerTest, SpecialTokensStandForThemselvesAsTheyAreWritten) {
  ExpectIds({
      {"[CLS] x [SEP]", {kCls, 1060, kSep}},
      {"[MASK][PAD]", {kMask, kPad}},
      {"[[UNK]]", {1031, kUnknown, 1033}},
      {"[cls]", {1031, 18856, 2015, 1033}},
      {"[CL", {1031, 18856}},
  });
}

TEST(WordPieceTokenizerTest, AWordOfMoreThanAHundredCharactersIsUnknown) {
  EXPECT_EQ(Pieces(std::string(100, 'x')).size(), 50u);
  EXPECT_THAT(Pieces(std::string(101, 'x')), ElementsAre(kUnknown));
  std::string beta;
  for (int i = 0; i < 100; ++i) beta += "β";
  EXPECT_EQ(Pieces(beta).size(), 100u) << "characters, not bytes";
  EXPECT_THAT(Pieces(beta + "β"), ElementsAre(kUnknown));
}

TEST(WordPieceTokenizerTest, CutsAtTheEndAndKeepsTheLastToken) {
  EXPECT_THAT(Tokenizer().Encode("hello world hello world", 3), ElementsAre(kCls, 7592, kSep));
  EXPECT_THAT(Tokenizer().Encode("hello", 2), ElementsAre(kCls, kSep));
  EXPECT_THAT(Tokenizer().Encode("", 2), ElementsAre(kCls, kSep));
}

TEST(WordPieceTokenizerTest, APairIsTheFirstTextThenTheSecond) {
  const TokenPair pair = Tokenizer().EncodePair("hello", "world hello", 512);
  EXPECT_THAT(pair.ids, ElementsAre(kCls, 7592, kSep, 2088, 7592, kSep));
  EXPECT_EQ(pair.first_part, 3u);
  EXPECT_THAT(Tokenizer().EncodePair("", "", 5).ids, ElementsAre(kCls, kSep, kSep));
}

// A separator that is written in the first text does not end it.
TEST(WordPieceTokenizerTest, TheFirstPartOfAPairIsAllOfTheFirstText) {
  const TokenPair pair = Tokenizer().EncodePair("hello [SEP] hello", "world", 512);
  EXPECT_THAT(pair.ids, ElementsAre(kCls, 7592, kSep, 7592, kSep, 2088, kSep));
  EXPECT_EQ(pair.first_part, 5u);
}

TEST(WordPieceTokenizerTest, OfAPairTheSecondTextIsCut) {
  const TokenPair pair = Tokenizer().EncodePair("hello hello", "world world world", 7);
  EXPECT_THAT(pair.ids, ElementsAre(kCls, 7592, 7592, kSep, 2088, 2088, kSep));
  EXPECT_EQ(pair.first_part, 4u);
}

TEST(WordPieceTokenizerTest, OfAPairTheFirstTextIsCutToHalfOfTheRoomWhereTheSecondNeedsIt) {
  const std::string hello = "hello hello hello hello", world = "world world world world";
  EXPECT_THAT(Tokenizer().EncodePair(hello, world, 7).ids, ElementsAre(kCls, 7592, 7592, kSep, 2088, 2088, kSep));
  EXPECT_THAT(Tokenizer().EncodePair(hello, world, 8).ids, ElementsAre(kCls, 7592, 7592, kSep, 2088, 2088, 2088, kSep));
  EXPECT_THAT(Tokenizer().EncodePair(hello, "world", 7).ids, ElementsAre(kCls, 7592, 7592, 7592, kSep, 2088, kSep));
  EXPECT_THAT(Tokenizer().EncodePair(hello, "", 7).ids, ElementsAre(kCls, 7592, 7592, 7592, 7592, kSep, kSep));
  EXPECT_THAT(Tokenizer().EncodePair(hello, world, 5).ids, ElementsAre(kCls, 7592, kSep, 2088, kSep));
}

TEST(WordPieceTokenizerTest, ACutTextIsTheBeginningOfTheWholeText) {
  std::string text;
  for (int i = 0; i < 600; ++i) absl::StrAppend(&text, "dose ", i, " ");
  const Ids whole = Tokenizer().Encode(text, text.size());
  for (size_t max_tokens : {2, 3, 8, 511, 512, 513}) {
    const Ids cut = Tokenizer().Encode(text, max_tokens);
    ASSERT_EQ(cut.size(), max_tokens);
    EXPECT_TRUE(std::equal(cut.begin(), cut.end() - 1, whole.begin()));
    EXPECT_EQ(cut.back(), kSep);
  }
}

TEST(WordPieceTokenizerTest, ReadsAMegabyteOfAnything) {
  EXPECT_EQ(Tokenizer().CountPieces(std::string(1 << 20, 'x')), 1u);
  EXPECT_EQ(Tokenizer().CountPieces(std::string(1 << 20, '[')), size_t{1} << 20);
  EXPECT_EQ(Tokenizer().CountPieces(std::string(1 << 20, ' ')), 0u);
}

TEST(WordPieceTokenizerTest, PadsWithTheIdOfPad) { EXPECT_EQ(Tokenizer().pad_id(), kPad); }

// A tokenizer.json with a few pieces, for what the real one does not have.
class TokenizerFileTest : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<WordPieceTokenizer>> Create() const { return CreateFrom(json_.dump()); }

  static absl::StatusOr<std::unique_ptr<WordPieceTokenizer>> CreateFrom(const std::string& bytes) {
    const std::string path = TempFolder();
    std::ofstream(path, std::ios::binary) << bytes;
    return WordPieceTokenizer::Create(path);
  }

  void ExpectInvalid(const std::string& part_of_message) const {
    EXPECT_THAT(Create(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(part_of_message)));
  }

  Json json_ = Json::parse(R"({
    "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null,
                   "lowercase": true},
    "pre_tokenizer": {"type": "BertPreTokenizer"},
    "added_tokens": [{"id": 1, "content": "[CLS]"}, {"id": 4, "content": "<x>"}, {"id": 5, "content": "<x>y"}],
    "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
              "max_input_chars_per_word": 10,
              "vocab": {"[PAD]": 0, "[CLS]": 1, "[SEP]": 2, "[UNK]": 3, "a": 10, "##b": 11, "A": 12, "é": 13, "e": 14,
                        "i": 15, "##̇": 16, "胃": 17, "##胃": 18}}
  })");
};

TEST_F(TokenizerFileTest, ReadsTheFile) {
  EXPECT_THAT((*Create())->Encode("AB é b a胃", 20), ElementsAre(1, 10, 11, 14, 3, 10, 17, 2));
}

TEST_F(TokenizerFileTest, ObeysTheFlagsOfTheNormaliser) {
  Json& flags = json_["normalizer"];
  flags["lowercase"] = false;
  EXPECT_THAT((*Create())->Encode("A é", 20), ElementsAre(1, 12, 13, 2)) << "accents go with the case where unset";
  flags["strip_accents"] = true;
  EXPECT_THAT((*Create())->Encode("A é", 20), ElementsAre(1, 12, 14, 2));
  flags["handle_chinese_chars"] = false;
  EXPECT_THAT((*Create())->Encode("a胃", 20), ElementsAre(1, 10, 18, 2));
  flags["clean_text"] = false;
  EXPECT_THAT((*Create())->Encode("a\u200bb", 20), ElementsAre(1, 3, 2));
}

TEST_F(TokenizerFileTest, LowersADottedCapitalIToTwoCodePointsWhereAccentsStay) {
  json_["normalizer"]["strip_accents"] = false;
  EXPECT_THAT((*Create())->Encode("İ", 20), ElementsAre(1, 15, 16, 2));
}

TEST_F(TokenizerFileTest, TheLongestOfTheSpecialTokensThatBeginAtAPlaceWins) {
  EXPECT_THAT((*Create())->Encode("a<x>a<x>y<x", 20), ElementsAre(1, 10, 4, 10, 5, 3, 3, 2));
}

TEST_F(TokenizerFileTest, WithoutAFileIsNotFoundAndNamesIt) {
  EXPECT_THAT(WordPieceTokenizer::Create("no/such/file.json"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no/such/file.json")));
}

TEST_F(TokenizerFileTest, WhatIsNoJsonObjectIsInvalid) {
  for (const std::string& bytes : {std::string(), std::string("{"), std::string("[]"), std::string("null"),
                                   std::string("\xff\xfe"), std::string(1000, '\0'), json_.dump().substr(0, 300)}) {
    EXPECT_THAT(CreateFrom(bytes), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("a JSON object"))) << bytes;
  }
}

TEST_F(TokenizerFileTest, AFolderIsInvalid) {
  EXPECT_THAT(WordPieceTokenizer::Create(testing::TempDir()), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(TokenizerFileTest, ATokenizerOfAnotherKindIsInvalid) {
  const Json good = json_;
  json_["normalizer"]["type"] = "NFKC";
  ExpectInvalid("a BertNormalizer and a BertPreTokenizer");
  json_ = good;
  json_["pre_tokenizer"] = nullptr;
  ExpectInvalid("a BertNormalizer and a BertPreTokenizer");
  json_ = good;
  json_["model"]["type"] = "BPE";
  ExpectInvalid("type WordPiece");
  json_ = good;
  json_["model"]["continuing_subword_prefix"] = "@@";
  ExpectInvalid("'##'");
}

TEST_F(TokenizerFileTest, AVocabularyThatCannotBeUsedIsInvalid) {
  const Json good = json_;
  json_["model"]["vocab"] = Json::array();
  ExpectInvalid("with a vocab");
  for (const char* piece : {"[PAD]", "[CLS]", "[SEP]", "[UNK]"}) {
    json_ = good;
    json_["model"]["vocab"].erase(piece);
    ExpectInvalid(piece);
  }
  json_ = good;
  json_["model"]["vocab"]["a"] = -1;
  ExpectInvalid("ids that are not negative");
  json_["model"]["vocab"]["a"] = "10";
  ExpectInvalid("ids that are not negative");
}

TEST_F(TokenizerFileTest, AddedTokensThatAreMatchedInOtherWaysAreInvalid) {
  for (const char* flag : {"lstrip", "rstrip", "single_word", "normalized"}) {
    Json& token = json_["added_tokens"][1];
    token[flag] = true;
    ExpectInvalid("added_tokens without lstrip, rstrip, single_word and normalized");
    token[flag] = false;
    EXPECT_THAT(Create(), IsOk());
  }
  for (const char* token : {R"({"id": 1})", R"({"content": "x"})", R"({"id": 1, "content": ""})", R"("x")"}) {
    json_["added_tokens"] = Json::array({Json::parse(token)});
    ExpectInvalid("added_tokens with a content and an id");
  }
}

}  // namespace
}  // namespace bedside
