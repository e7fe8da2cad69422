#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "index/text/lexical_analyzer.h"
#include "index/text/sentence_splitter.h"
#include "index/text/utf8.h"
#include "index/text/wordpiece_tokenizer.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Utf8Test, KnowsValidFromInvalid) {
  EXPECT_TRUE(IsValidUtf8("TNF-α"));
  EXPECT_TRUE(IsValidUtf8(""));
  for (const char* text : {"\xff", "\xc0\x80", "\xed\xa0\x80", "abc\xe2\x82"}) EXPECT_FALSE(IsValidUtf8(text));
}

TEST(Utf8Test, MakesTextCanonical) {
  EXPECT_EQ(CanonicalText("a\r\nb\rc"), "a\nb\nc");
  EXPECT_EQ(CanonicalText("e\xcc\x81"), "\xc3\xa9") << "NFC";
  EXPECT_EQ(CanonicalText("a\xe2\x80\x8b"
                          "b\xe2\x80\xae"
                          "c\x01"),
            "abc")
      << "what cannot be seen is removed";
  EXPECT_EQ(CanonicalText("5\xc2\xa0mg"), "5 mg");
  EXPECT_TRUE(IsValidUtf8(CanonicalText("\xff\xfe")));
}

TEST(Utf8Test, ConvertsCharsets) {
  EXPECT_EQ(*ToUtf8("caf\xe9", "ISO-8859-1"), "caf\xc3\xa9");
  EXPECT_THAT(ToUtf8("x", "no-such-charset"), StatusIs(absl::StatusCode::kInvalidArgument));
}

std::vector<std::string> Sentences(const std::string& text) {
  const auto splitter = SentenceSplitter::Create();
  std::vector<std::string> sentences;
  for (const Span& span : (*splitter)->Split(text)) sentences.push_back(text.substr(span.begin, span.size()));
  return sentences;
}

TEST(SentenceSplitterTest, EndsSentencesWhereTheyEnd) {
  EXPECT_THAT(Sentences("Stop metformin. Then measure the eGFR.\nA new line"),
              ElementsAre("Stop metformin.", "Then measure the eGFR.", "A new line"));
  EXPECT_THAT(Sentences(""), IsEmpty());
  EXPECT_THAT(Sentences(" \n "), IsEmpty());
}

TEST(SentenceSplitterTest, DoesNotEndThemAtAbbreviationsAndNumbers) {
  EXPECT_THAT(Sentences("Give 0.5 mg of drug A vs. drug B, as Smith et al. showed in Fig. 2."),
              ElementsAre("Give 0.5 mg of drug A vs. drug B, as Smith et al. showed in Fig. 2."));
  EXPECT_THAT(Sentences("It grew E. coli. It was treated."), ElementsAre("It grew E. coli.", "It was treated."));
}

std::vector<std::string> Terms(const std::string& text) { return (*LexicalAnalyzer::Create())->Terms(text); }

TEST(LexicalAnalyzerTest, StemsAndDropsStopWords) {
  EXPECT_EQ(Terms("the treatments of patients"), Terms("Treatment of patient"));
  EXPECT_THAT(Terms("the of and"), IsEmpty());
}

TEST(LexicalAnalyzerTest, KeepsWhatMattersInMedicine) {
  EXPECT_THAT(Terms("PD-L1"), Contains("pdl1"));
  EXPECT_THAT(Terms("TNF-α"), Contains("tnfalpha"));
  EXPECT_THAT(Terms("CD4+ cells"), Contains("cd4+"));
  EXPECT_THAT(Terms("0.5 mg"), Contains("0.5"));
}

std::unique_ptr<WordPieceTokenizer> Tokenizer() {
  return *WordPieceTokenizer::Create("external/bge_small_en/tokenizer.json");
}

// Ids of BERT's uncased English vocabulary, as the reference implementation gives them.
TEST(WordPieceTokenizerTest, AgreesWithTheReference) {
  EXPECT_THAT(Tokenizer()->Encode("hello world", 512), ElementsAre(101, 7592, 2088, 102));
  EXPECT_THAT(Tokenizer()->Encode("", 512), ElementsAre(101, 102));
  EXPECT_EQ(Tokenizer()->Encode("HÉLLO, wörld", 512), Tokenizer()->Encode("hello, world", 512));
}

TEST(WordPieceTokenizerTest, CutsAtTheEnd) {
  EXPECT_THAT(Tokenizer()->Encode("hello world hello world", 3), ElementsAre(101, 7592, 102));
  EXPECT_EQ(Tokenizer()->CountPieces("hello world"), 2u);
}

TEST(WordPieceTokenizerTest, SaysWhatItCannotRead) {
  EXPECT_THAT(WordPieceTokenizer::Create("no/such/file.json"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(WordPieceTokenizer::Create("external/bge_small_en/model.onnx"),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace bedside
