// Guidelines that disagree stand side by side in the answer, whoever writes it.
#include "absl/strings/str_cat.h"
#include "tests/services/answer/answer_engine_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

EvidencePassage Recommending(const std::string& id, const std::string& body, const std::string& text) {
  EvidenceBuilder builder(id, "Acute stroke");
  builder.document().set_kind(v1::DOCUMENT_KIND_GUIDELINE);
  builder.document().set_publisher(body);
  return builder.Paragraph(text).Build();
}

constexpr char kFor[] = "Aspirin should be given within 24 hours after acute stroke.";
constexpr char kAgainst[] = "Aspirin should not be given within 24 hours after acute stroke.";

class AnswerConflictTest : public AnswerEngineTest {
 protected:
  AnswerConflictTest() {
    source_.evidence.passages = {Recommending("a", "A", kFor), Trial(), Recommending("b", "B", kAgainst)};
  }
};

TEST_F(AnswerConflictTest, BothSidesComeFirstWithAWarning) {
  const v1::Answer answer = Answer();
  ASSERT_THAT(Texts(answer), SizeIs(3));
  EXPECT_EQ(Texts(answer)[0], kFor);
  EXPECT_EQ(Texts(answer)[1], kAgainst);
  EXPECT_EQ(answer.text().sentences(0).conflict(), 1);
  EXPECT_EQ(answer.text().sentences(1).citations(0).evidence_number(), 3);
  EXPECT_EQ(answer.text().sentences(2).conflict(), 0);
  ASSERT_THAT(answer.basis().conflicts(), SizeIs(1));
  EXPECT_EQ(answer.basis().conflicts(0).sides(1).publisher(), "B");
  bool warned = false;
  for (const v1::AnswerWarning& warning : answer.basis().warnings()) {
    if (warning.kind() != v1::WARNING_KIND_CONFLICTING_EVIDENCE) continue;
    warned = true;
    EXPECT_THAT(warning.message(), HasSubstr("[1] and [3] recommend and advise against"));
  }
  EXPECT_TRUE(warned);
  EXPECT_EQ(shown_, Texts(answer));
}

TEST_F(AnswerConflictTest, LanguageModelCannotHideIt) {
  UseChat(EventStream({"Aspirin should be given within 24 hours after acute stroke [1]."}));
  const v1::Answer answer = Answer();
  EXPECT_THAT(Texts(answer), ElementsAre(kFor, kAgainst, kFor));
  EXPECT_EQ(answer.basis().method().writer(), v1::WRITER_LANGUAGE_MODEL);
  EXPECT_THAT(answer.basis().conflicts(), SizeIs(1));
}

TEST_F(AnswerConflictTest, SidesAreTheAnswerWhereTheModelFindsNone) {
  UseChat(EventStream({"NO ANSWER"}));
  const v1::Answer answer = Answer();
  EXPECT_THAT(Texts(answer), ElementsAre(kFor, kAgainst));
  EXPECT_EQ(answer.basis().method().writer(), v1::WRITER_EXTRACTIVE);
}

TEST_F(AnswerConflictTest, SidesStayWhenTheModelFails) {
  UseChat("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");
  const v1::Answer answer = Answer();
  ASSERT_THAT(Texts(answer), SizeIs(3));
  EXPECT_EQ(Texts(answer)[0], kFor);
  EXPECT_EQ(shown_, Texts(answer));
}

TEST_F(AnswerConflictTest, SidesSayTheirStatus) {
  source_.evidence.passages[2].status = v1::DOCUMENT_STATUS_CORRECTED;
  EXPECT_THAT(Texts(Answer())[1], HasSubstr(absl::StrCat(kAgainst, " (")));
}

TEST_F(AnswerConflictTest, ConflictAboutSomethingElseIsNotShown) {
  source_.evidence.passages = {Guideline(),
                               Recommending("a", "A", "Prophylactic antibiotics should be given in pneumonia."),
                               Recommending("b", "B", "Prophylactic antibiotics should not be given in pneumonia.")};
  EXPECT_THAT(Answer().basis().conflicts(), IsEmpty());
}

TEST_F(AnswerConflictTest, GuidelinesThatAgreeAreInNoConflict) {
  source_.evidence.passages = {Recommending("a", "A", kFor), Recommending("b", "B", kFor)};
  const v1::Answer answer = Answer();
  EXPECT_THAT(answer.basis().conflicts(), IsEmpty());
  for (const v1::AnswerSentence& sentence : answer.text().sentences()) EXPECT_EQ(sentence.conflict(), 0);
}

}  // namespace
}  // namespace bedside
