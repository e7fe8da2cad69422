#include "index/cluster/bulk_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/fakes/scripted_http_server.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kAllWritten[] = R"({"errors":false})";
constexpr char kTooMany[] = R"({"error":{"type":"rejected_execution_exception"},"status":429})";

// An answer with an item of each status.
std::string ItemsOf(const std::vector<int>& statuses, absl::string_view type = "some_exception") {
  std::vector<std::string> items;
  for (const int status : statuses) {
    const std::string error =
        status / 100 == 2 ? "" : absl::StrCat(R"(,"error":{"type":")", type, R"(","reason":"Doe"})");
    items.push_back(absl::StrCat(R"({"index":{"status":)", status, error, "}}"));
  }
  return absl::StrCat(R"({"errors":true,"items":[)", absl::StrJoin(items, ","), "]}");
}

class BulkWriterTest : public ::testing::Test {
 protected:
  BulkWriterTest() {
    config::ClusterConfig config;
    config.add_urls(node_.url());
    client_ = *ClusterClient::Create(config);
  }

  absl::Status Write(const std::vector<std::string>& ids) {
    pauses_.clear();
    BulkWriter bulk(client_.get(), "i", Patience([this](absl::Duration pause) { pauses_.push_back(pause); }));
    for (const std::string& id : ids) EXPECT_THAT(bulk.Add(id, "{}"), IsOk());
    return bulk.Flush();
  }

  std::vector<std::string> Bodies() const {
    std::vector<std::string> bodies;
    for (const auto& request : node_.requests()) bodies.push_back(request.body);
    return bodies;
  }

  ScriptedHttpServer node_;
  std::unique_ptr<ClusterClient> client_;
  std::vector<absl::Duration> pauses_;
};

std::string LinesOf(const std::vector<std::string>& ids) {
  std::string lines;
  for (const std::string& id : ids) absl::StrAppend(&lines, R"({"index":{"_id":")", id, "\"}}\n{}\n");
  return lines;
}

TEST_F(BulkWriterTest, WritesDocumentsUnderTheirIds) {
  node_.Answer({{200, kAllWritten}});
  EXPECT_THAT(Write({"0", "d0"}), IsOk());
  EXPECT_THAT(Bodies(), ElementsAre(LinesOf({"0", "d0"})));
  EXPECT_THAT(node_.requests()[0].line, HasSubstr("POST /i/_bulk"));
  EXPECT_EQ(node_.requests()[0].content_type, "application/x-ndjson");
  EXPECT_THAT(pauses_, IsEmpty());
}

TEST_F(BulkWriterTest, SendsNothingWhereNothingWasAdded) {
  EXPECT_THAT(Write({}), IsOk());
  EXPECT_THAT(node_.requests(), IsEmpty());
}

TEST_F(BulkWriterTest, SendsWhenABatchIsFull) {
  node_.Answer({{200, kAllWritten}});
  BulkWriter bulk(client_.get(), "i");
  EXPECT_THAT(bulk.Add("0", std::string(BulkWriter::kBatchBytes, ' ')), IsOk());
  EXPECT_THAT(node_.requests(), SizeIs(1));
  EXPECT_THAT(bulk.Flush(), IsOk());
  EXPECT_THAT(node_.requests(), SizeIs(1));
}

TEST_F(BulkWriterTest, SendsAgainWhatTheClusterHadNoRoomForAndNothingElse) {
  node_.Answer({{200, ItemsOf({201, 429, 200, 503})}, {200, ItemsOf({201, 429})}, {200, kAllWritten}});
  EXPECT_THAT(Write({"0", "1", "2", "3"}), IsOk());
  EXPECT_THAT(Bodies(), ElementsAre(LinesOf({"0", "1", "2", "3"}), LinesOf({"1", "3"}), LinesOf({"3"})));
  EXPECT_THAT(pauses_, ElementsAre(Patience::kFirstPause, 2 * Patience::kFirstPause));
}

TEST_F(BulkWriterTest, SendsAllAgainWhereTheRequestWasRefusedForNow) {
  node_.Answer({{429, kTooMany}, {503, ""}, {200, kAllWritten}});
  EXPECT_THAT(Write({"0", "1"}), IsOk());
  EXPECT_THAT(Bodies(), ElementsAre(LinesOf({"0", "1"}), LinesOf({"0", "1"}), LinesOf({"0", "1"})));
}

TEST_F(BulkWriterTest, GivesUpWhereTheClusterNeverHasRoom) {
  node_.Answer({{200, ItemsOf({429})}});
  EXPECT_THAT(Write({"0"}), StatusIs(absl::StatusCode::kResourceExhausted,
                                     AllOf(HasSubstr("429"), HasSubstr("try again"), Not(HasSubstr("Doe")))));
  EXPECT_THAT(node_.requests(), SizeIs(Patience::kAttempts));
  EXPECT_THAT(pauses_, SizeIs(Patience::kAttempts - 1));
  node_.Answer({{503, ""}});
  EXPECT_THAT(Write({"0"}), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(BulkWriterTest, EndsAtOnceWhereADocumentIsRefusedForGood) {
  const auto is_refused = AllOf(HasSubstr("HTTP 400"), Not(HasSubstr("Doe")));
  for (const char* type : {"mapper_parsing_exception", "illegal_argument_exception"}) {
    node_.Answer({{200, ItemsOf({201, 400, 429}, type)}});
    EXPECT_THAT(Write({"0", "1", "2"}), StatusIs(absl::StatusCode::kInvalidArgument, is_refused)) << type;
  }
  for (const char* type : {"index_closed_exception", "strict_dynamic_mapping_exception"}) {
    node_.Answer({{200, ItemsOf({400}, type)}});
    EXPECT_THAT(Write({"0"}), StatusIs(absl::StatusCode::kInternal, is_refused)) << type << " is of the index";
  }
  node_.Answer({{401, ""}});
  EXPECT_THAT(Write({"0"}), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(pauses_, IsEmpty());
}

TEST_F(BulkWriterTest, RefusesAnAnswerThatIsNotOneOfOpenSearch) {
  for (const std::string body :
       {"[]", "null", "1", "{}", R"({"errors":"no"})", R"({"errors":true})", R"({"errors":true,"items":{}})",
        R"({"errors":true,"items":[]})", R"({"errors":true,"items":[1]})", R"({"errors":true,"items":[{"create":{}}]})",
        R"({"errors":true,"items":[{"index":{"status":"429"}}]})",
        R"({"errors":true,"items":[{"index":{"status":400,"error":"Doe"}}]})",
        R"({"errors":true,"items":[{"index":{"status":400,"error":{"type":5}}}]})"}) {
    node_.Answer({{200, body}});
    EXPECT_THAT(Write({"0"}), StatusIs(absl::StatusCode::kInternal, Not(HasSubstr("Doe")))) << body;
  }
}

}  // namespace
}  // namespace bedside
