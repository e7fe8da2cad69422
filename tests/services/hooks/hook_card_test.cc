#include "services/hooks/hook_card.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/hooks/hook_calls.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::ordered_json;

constexpr char kBase[] = "https://cds.example";

class HookCardTest : public ::testing::Test {
 protected:
  HookCardTest() {
    Add("Anticoagulation", "Example Society", "https://example.org/af");
    Add("Kidneys", "Example Institute", "");
    Say("Use 2.5 mg twice daily.", {2});
    Say("Avoid it below 15.", {2, 1});
    answer_.set_name("corpora/default/answers/a-1");
  }

  void Add(const std::string& title, const std::string& publisher, const std::string& url) {
    v1::Document& document = *answer_.mutable_basis()->add_evidence()->mutable_document();
    document.set_title(title);
    document.set_publisher(publisher);
    document.set_kind(v1::DOCUMENT_KIND_GUIDELINE);
    document.set_status(v1::DOCUMENT_STATUS_CURRENT);
    document.set_evidence_system("GRADE");
    document.mutable_publication_date()->set_year(2024);
    document.mutable_publication_date()->set_month(8);
    if (url.empty()) return;
    v1::ExternalId& id = *document.add_external_ids();
    id.set_scheme("url");
    id.set_value(url);
  }

  void Say(const std::string& text, const std::vector<int>& evidence) {
    v1::AnswerSentence& sentence = *answer_.mutable_text()->add_sentences();
    sentence.set_text(text);
    for (const int number : evidence) sentence.add_citations()->set_evidence_number(number);
  }

  Json Card(const std::string& summary = "Look at the dose") const {
    return MakeCard(rule_, summary, answer_, {"card-1", "suggestion-1"}, kBase);
  }

  config::HookRule rule_ = Rule("when { sex: SEX_MALE }");
  v1::Answer answer_;
};

TEST_F(HookCardTest, HasWhatTheSpecificationRequires) {
  const Json card = Card();
  EXPECT_EQ(card["uuid"], "card-1");
  EXPECT_EQ(card["summary"], "Look at the dose");
  EXPECT_EQ(card["indicator"], "info");
  EXPECT_EQ(card["source"]["label"], "Example Institute");
  EXPECT_FALSE(card["source"].contains("url")) << "it is the first that is cited, which has none";
}

TEST_F(HookCardTest, LeavesOutWhatIsEmpty) {
  answer_.clear_name();
  const Json card = Card();
  for (const char* element : {"links", "suggestions", "selectionBehavior", "overrideReasons"}) {
    EXPECT_FALSE(card.contains(element)) << element;
  }
}

TEST_F(HookCardTest, NumbersSourcesAsWarningsDo) {
  const std::string detail = Card()["detail"];
  EXPECT_THAT(detail, HasSubstr("Use 2.5 mg twice daily. \\[2\\]"));
  EXPECT_THAT(detail, HasSubstr("Avoid it below 15. \\[1, 2\\]"));
  EXPECT_THAT(detail, HasSubstr("- \\[2\\] Kidneys, Example Institute, guideline, 2024\\-08, GRADE\n"));
  EXPECT_THAT(detail, HasSubstr("- \\[1\\] [Anticoagulation](<https://example.org/af>), Example Society"));
}

TEST_F(HookCardTest, SaysWhatMustBeThoughtOf) {
  answer_.mutable_basis()->add_warnings()->set_message("allergy to penicillin");
  EXPECT_THAT(std::string(Card()["detail"]), HasSubstr("**Note** allergy to penicillin"));
}

TEST_F(HookCardTest, SaysWhereADocumentIsNotCurrent) {
  answer_.mutable_basis()->mutable_evidence(1)->mutable_document()->set_status(
      v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN);
  EXPECT_THAT(std::string(Card()["detail"]), HasSubstr("GRADE, expression of concern"));
}

TEST_F(HookCardTest, TheSummaryIsShort) {
  const std::string summary = Card(std::string(100, 'a') + " " + std::string(100, 'b'))["summary"];
  EXPECT_EQ(summary, std::string(100, 'a') + "…");
}

TEST_F(HookCardTest, OffersWhatTheRuleOffers) {
  rule_.set_accept_label("Taken into account");
  rule_.set_indicator(config::HOOK_INDICATOR_CRITICAL);
  rule_.mutable_topic()->set_code("anticoagulation");
  rule_.add_override_reasons()->set_code("known");
  rule_.mutable_override_reasons(0)->set_display("Known already");
  const Json card = Card();
  EXPECT_EQ(card["indicator"], "critical");
  EXPECT_EQ(card["suggestions"], Json::array({{{"label", "Taken into account"}, {"uuid", "suggestion-1"}}}));
  EXPECT_EQ(card["selectionBehavior"], "at-most-one");
  EXPECT_EQ(card["overrideReasons"][0]["system"], "https://cds.example/cds-services");
  EXPECT_EQ(card["overrideReasons"][0]["display"], "Known already");
  EXPECT_EQ(card["source"]["topic"]["code"], "anticoagulation");
  EXPECT_EQ(card["links"][0]["url"], "https://cds.example/#/answer/corpora/default/answers/a-1");
  EXPECT_EQ(card["links"][0]["type"], "absolute");
}

TEST_F(HookCardTest, TextOfADocumentIsNoMarkup) {
  answer_.mutable_text()->mutable_sentences(0)->set_text("![x](http://evil.example) <b>");
  answer_.mutable_basis()->mutable_evidence(1)->mutable_document()->set_title("[click](http://evil.example)");
  EXPECT_THAT(std::string(Card()["detail"]), Not(HasSubstr("](http")));
}

}  // namespace
}  // namespace bedside
