#include "services/gateway/message_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "proto/bedside/v1/answer_service.pb.h"
#include "proto/bedside/v1/evidence_service.pb.h"
#include "proto/bedside/v1/hook_service.pb.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;

RouteMatch Search() {
  return {
      v1::SearchRequest::descriptor()->file()->service(0)->FindMethodByName("Search"), {{"parent", "corpora/c"}}, "*"};
}

RouteMatch List() {
  return {v1::SearchRequest::descriptor()->file()->service(0)->FindMethodByName("ListDocuments"),
          {{"parent", "corpora/c"}},
          ""};
}

v1::SearchRequest Read(absl::string_view body) {
  const auto message = ReadRequestMessage(Search(), "", body);
  EXPECT_THAT(message, IsOk());
  return message.ok() ? static_cast<const v1::SearchRequest&>(**message) : v1::SearchRequest();
}

// The same fields, of a method that would have no body.
RouteMatch SearchByQuery() {
  RouteMatch route = Search();
  route.body.clear();
  return route;
}

TEST(MessageJsonTest, TheRequestIsOfPathAndBody) {
  const v1::SearchRequest request = Read(R"({"query": "Statins?", "filter": {"tags": ["a", "b"]}})");
  EXPECT_EQ(request.parent(), "corpora/c");
  EXPECT_EQ(request.query(), "Statins?");
  EXPECT_THAT(request.filter().tags(), ElementsAre("a", "b"));
}

TEST(MessageJsonTest, AMethodWithABodyTakesNoQuery) {
  for (const char* body : {"{}", "{\"filter\": 5}", "{\"filter\": {\"tags\": 5}}"}) {
    EXPECT_THAT(ReadRequestMessage(Search(), "filter.tags=a", body), StatusIs(kInvalid, HasSubstr("no query"))) << body;
  }
}

TEST(MessageJsonTest, ABodyMayBeAFieldAsItIs) {
  const RouteMatch hook = {
      v1::CallHookServiceRequest::descriptor()->file()->service(0)->FindMethodByName("CallHookService"),
      {{"service", "s"}},
      "call"};
  const auto message = ReadRequestMessage(hook, "", "{\"hook\" : 1, \"hook\": 2} ");
  ASSERT_THAT(message, IsOk());
  const auto& request = static_cast<const v1::CallHookServiceRequest&>(**message);
  EXPECT_EQ(request.service(), "s");
  EXPECT_EQ(request.call().data(), "{\"hook\" : 1, \"hook\": 2} ") << "whoever reads it judges it";
  EXPECT_EQ(request.call().content_type(), "application/json");
  EXPECT_EQ(*ToJson(request.call()), request.call().data());
  EXPECT_THAT(ReadRequestMessage(hook, "a=b", "{}"), StatusIs(kInvalid, HasSubstr("no query")));
}

TEST(MessageJsonTest, ThePathGoesBeforeTheBody) {
  EXPECT_EQ(Read(R"({"parent": "corpora/other"})").parent(), "corpora/c");
}

TEST(MessageJsonTest, NamesOfTheProtoAreTakenToo) { EXPECT_EQ(Read(R"({"page_size": 7})").page_size(), 7); }

TEST(MessageJsonTest, AQueryHasFieldsBelowOthersAndLists) {
  const auto message = ReadRequestMessage(
      SearchByQuery(),
      "filter.tags=a+b&filter.tags=%C3%A9&explain=true&filter.kinds=DOCUMENT_KIND_GUIDELINE&pageSize=5", "");
  ASSERT_THAT(message, IsOk());
  const auto& request = static_cast<const v1::SearchRequest&>(**message);
  EXPECT_THAT(request.filter().tags(), ElementsAre("a b", "é"));
  EXPECT_THAT(request.filter().kinds(), ElementsAre(v1::DOCUMENT_KIND_GUIDELINE));
  EXPECT_TRUE(request.explain());
  EXPECT_EQ(request.page_size(), 5);
}

TEST(MessageJsonTest, AQueryIsCheckedByTheFieldsThatThereAre) {
  const auto read = [](absl::string_view query) { return ReadRequestMessage(SearchByQuery(), query, "").status(); };
  EXPECT_THAT(read("smith=1"),
              StatusIs(kInvalid, AllOf(HasSubstr("SearchRequest has no field for"), Not(HasSubstr("smith")))));
  EXPECT_THAT(read("pageSize=5&page_size=6"), StatusIs(kInvalid, HasSubstr("pageSize: wanted once")));
  EXPECT_THAT(read("filter=5"), StatusIs(kInvalid, HasSubstr("filter: wanted a field of it")));
  EXPECT_THAT(read("query.Smith=5"),
              StatusIs(kInvalid, AllOf(HasSubstr("query: wanted no field below it"), Not(HasSubstr("Smith")))));
  EXPECT_THAT(read("pageSize=%4"), StatusIs(kInvalid, HasSubstr("hexadecimal")));
  EXPECT_THAT(read("page%FFSize=4"), StatusIs(kInvalid, HasSubstr("has no field for")));
  std::string many;
  for (int i = 0; i < 101; ++i) many += "filter.tags=a&";
  EXPECT_THAT(read(many), StatusIs(kInvalid, HasSubstr("wanted 100 parameters at most")));
}

TEST(MessageJsonTest, SaysWhichFieldIsWrongAndNotWhatItHolds) {
  const auto read = [](absl::string_view body) { return ReadRequestMessage(Search(), "", body).status(); };
  EXPECT_THAT(
      read(R"({"pageSize": "John Smith"})"),
      StatusIs(kInvalid, AllOf(HasSubstr("age"), HasSubstr("wanted a value of type INT32"), Not(HasSubstr("Smith")))));
  EXPECT_THAT(read(R"({"filter": {"kinds": ["JOHN SMITH"]}})"),
              StatusIs(kInvalid, AllOf(HasSubstr("kinds"), Not(HasSubstr("SMITH")))));
  EXPECT_THAT(read(R"({"query": {"text": "John Smith"}})"), StatusIs(kInvalid, Not(HasSubstr("Smith"))));
  EXPECT_THAT(read(R"({"smith": "John Smith"})"),
              StatusIs(kInvalid, AllOf(HasSubstr("a name that there is not"), Not(HasSubstr("mith")))));
}

TEST(MessageJsonTest, TakesNoJsonThatCanBeReadInTwoWays) {
  for (const char* body :
       {"{", "[]", "5", "{\"query\": \"a\", \"query\": \"b\"}", "{\"query\": \"\xff\"}", "{} {}", "null"}) {
    EXPECT_THAT(ReadRequestMessage(Search(), "", body), StatusIs(kInvalid, HasSubstr("the body is no JSON object")))
        << body;
  }
  std::string deep = "1";
  for (int i = 0; i < 1000; ++i) deep = "{\"filter\":" + deep + "}";
  EXPECT_THAT(ReadRequestMessage(Search(), "", deep), StatusIs(kInvalid));
}

TEST(MessageJsonTest, AMethodWithoutABodyTakesNone) {
  EXPECT_THAT(ReadRequestMessage(List(), "pageSize=5", ""), IsOk());
  EXPECT_THAT(ReadRequestMessage(List(), "", "{}"), StatusIs(kInvalid, HasSubstr("no body")));
}

TEST(MessageJsonTest, ResponsesAreInLowerCamelCase) {
  v1::ListDocumentsResponse response;
  response.set_next_page_token("t");
  response.set_total_size(5);
  const auto json = ToJson(response);
  ASSERT_THAT(json, IsOk());
  EXPECT_EQ(*json, R"({"nextPageToken":"t","totalSize":"5"})");
}

}  // namespace
}  // namespace bedside
