#include "services/resources/resource_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ResourceNameTest, ReadsWhatItWrites) {
  EXPECT_EQ(*ParseCorpusName(CorpusNameOf("default")), "default");
  EXPECT_EQ(ParseDocumentName(DocumentNameOf("c", "nice-t2d.2024"))->document, "nice-t2d.2024");
  const auto passage = ParsePassageName(PassageNameOf("c", "a%2Fb", {12, 340}));
  ASSERT_THAT(passage, IsOk());
  EXPECT_EQ(passage->document.corpus, "c");
  EXPECT_EQ(passage->document.document, "a%2Fb");
  EXPECT_EQ(passage->span, (Span{12, 340}));
  EXPECT_EQ(ParseGenerationName(GenerationNameOf("c", "g00000001"))->generation, "g00000001");
  EXPECT_EQ(*ParseIndexName("corpora/c/index"), "c");
}

TEST(ResourceNameTest, RefusesOtherNames) {
  for (const char* name : {"", "default", "corpora/", "corpora/Upper", "corpora/a b", "corpora/a/", "xcorpora/a"}) {
    EXPECT_THAT(ParseCorpusName(name), StatusIs(absl::StatusCode::kInvalidArgument)) << name;
  }
  EXPECT_THAT(ParseCorpusName(absl::StrCat("corpora/", std::string(64, 'a'))), Not(IsOk()));
  EXPECT_THAT(ParseDocumentName("corpora/c/documents/a/b"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ParseDocumentName("corpora/c/documents/"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ParsePassageName("corpora/c/documents/d/passages/1"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ParsePassageName("corpora/c/documents/d/passages/01-9"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ParsePassageName("corpora/c/documents/d/passages/1-99999999999"),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(ResourceNameTest, SaysWhatWasWantedAndDoesNotRepeatWhatItGot) {
  EXPECT_THAT(ParseDocumentName("what should I give Mrs Smith"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       ::testing::AllOf(HasSubstr("corpora/{corpus}/documents/{document}"), Not(HasSubstr("Smith")))));
}

TEST(ResourceNameTest, NamesAnAnswerAndItsFeedback) {
  EXPECT_EQ(AnswerNameOf("c", "7f-1"), "corpora/c/answers/7f-1");
  EXPECT_EQ(FeedbackNameOf("c", "7f-1", "x"), "corpora/c/answers/7f-1/feedback/x");
  const auto name = ParseAnswerName("corpora/c/answers/7f-1");
  ASSERT_TRUE(name.ok());
  EXPECT_EQ(name->corpus, "c");
  EXPECT_EQ(name->answer, "7f-1");
  for (const std::string& bad :
       {std::string("7f-1"), std::string("corpora/c/answers/"), std::string("corpora/c/answers/A"),
        "corpora/c/answers/" + std::string(64, 'a'), std::string("corpora/c/answers/1/feedback/x")}) {
    EXPECT_EQ(ParseAnswerName(bad).status().code(), absl::StatusCode::kInvalidArgument) << bad;
  }
}

TEST(ResourceNameTest, NamesASourceSet) {
  EXPECT_EQ(SourceSetNameOf("c", "nice-2024"), "corpora/c/sourceSets/nice-2024");
  const auto name = ParseSourceSetName("corpora/c/sourceSets/nice-2024");
  ASSERT_TRUE(name.ok());
  EXPECT_EQ(name->corpus, "c");
  EXPECT_EQ(name->source_set, "nice-2024");
  for (const std::string bad : {"nice", "corpora/c/sourceSets/", "corpora/c/sourceSets/NICE", "corpora/c/sources/a"}) {
    EXPECT_EQ(ParseSourceSetName(bad).status().code(), absl::StatusCode::kInvalidArgument) << bad;
  }
}

}  // namespace
}  // namespace bedside
