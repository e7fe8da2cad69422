// What a server says of itself at /metrics: as docs/metrics.md lists it, and nothing of what it was asked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/metrics/metrics_endpoint.h"
#include "tests/fakes/http_client.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kPage[] = "docs/metrics.md";
constexpr char kSecret[] = "qwertzuiop-0815";

// Type and labels of a metric.
struct Kind {
  std::string type;
  std::set<std::string> labels;

  bool operator==(const Kind& other) const { return type == other.type && labels == other.labels; }
};

std::ostream& operator<<(std::ostream& out, const Kind& kind) {
  return out << kind.type << " {" << absl::StrJoin(kind.labels, ", ") << "}";
}

using Kinds = std::map<std::string, Kind>;

// Of the rows "| `name` | type | `label`, `label` | what |".
Kinds KindsOfPage() {
  Kinds kinds;
  std::ifstream page(kPage);
  for (std::string line; std::getline(page, line);) {
    if (!absl::StartsWith(line, "| `")) continue;
    const std::vector<std::string> cells = absl::StrSplit(line, '|');
    Kind& kind = kinds[std::string(absl::StripAsciiWhitespace(absl::StrReplaceAll(cells[1], {{"`", ""}})))];
    kind.type = std::string(absl::StripAsciiWhitespace(cells[2]));
    const std::string labels = absl::StrReplaceAll(cells[3], {{"`", ""}, {" ", ""}});
    if (!labels.empty()) kind.labels = absl::StrSplit(labels, ',');
  }
  return kinds;
}

// Of what a server serves, added to `kinds`. `le` and `quantile` are parts of a metric, not labels.
void AddScraped(const std::string& text, Kinds* kinds) {
  std::string family;
  const std::vector<std::string> lines = absl::StrSplit(text, '\n', absl::SkipEmpty());
  for (const std::string& line : lines) {
    const std::vector<std::string> words = absl::StrSplit(line, ' ');
    if (absl::StartsWith(line, "# TYPE ")) {
      family = words[2];
      (*kinds)[family].type = words[3];
    } else if (const size_t open = line.find('{'); line[0] != '#' && open != std::string::npos) {
      const std::string labels = line.substr(open + 1, line.rfind('}') - open - 1);
      for (absl::string_view label : absl::StrSplit(labels, ',', absl::SkipEmpty())) {
        const std::string name(label.substr(0, label.find('=')));
        if (name != "le" && name != "quantile") (*kinds)[family].labels.insert(name);
      }
    }
  }
}

class MetricsTest : public ServiceFixture {
 protected:
  ~MetricsTest() override { endpoint_.reset(); }

  void SetUp() override {
    ServiceFixture::SetUp();
    Serve();
  }

  void Serve() {
    endpoint_.reset();
    Start();
    endpoint_ = *MetricsEndpoint::Start("127.0.0.1:0", assembly_->metrics());
  }

  std::string Scrape() { return HttpGet(absl::StrCat("http://", endpoint_->address(), "/metrics")); }

  v1::AnswerResponse Ask(const std::string& question) {
    grpc::ClientContext context;
    v1::AnswerRequest request;
    request.set_parent("corpora/default");
    request.set_question(question);
    v1::AnswerResponse response;
    const grpc::Status status = answers_->Answer(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  void Retract(const std::string& document) {
    grpc::ClientContext context;
    v1::SetDocumentStatusRequest request;
    request.set_name("corpora/default/documents/" + document);
    request.set_status(v1::DOCUMENT_STATUS_RETRACTED);
    v1::Document response;
    const grpc::Status status = corpora_->SetDocumentStatus(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }

  std::unique_ptr<MetricsEndpoint> endpoint_;
};

TEST_F(MetricsTest, ThePageListsWhatIsServedAndNothingElse) {
  Kinds scraped;
  ImportAll();
  Retract("warfarin-monitoring");
  Ask("Should metformin be stopped when the eGFR falls?");
  AddScraped(Scrape(), &scraped);
  config_.mutable_follow();
  Serve();
  AddScraped(Scrape(), &scraped);
  EXPECT_THAT(scraped, ::testing::ContainerEq(KindsOfPage()));
}

TEST_F(MetricsTest, CallsAreCountedByMethodAndCode) {
  ImportAll();
  Ask("Should metformin be stopped when the eGFR falls?");
  grpc::ClientContext context;
  v1::SearchResponse response;
  EXPECT_FALSE(evidence_->Search(&context, v1::SearchRequest(), &response).ok());
  EXPECT_THAT(Scrape(),
              AllOf(HasSubstr("bedside_calls_total{code=\"OK\",method=\"bedside.v1.AnswerService/Answer\"} 1\n"),
                    HasSubstr("bedside_calls_total{code=\"INVALID_ARGUMENT\","
                              "method=\"bedside.v1.EvidenceService/Search\"} 1\n"),
                    HasSubstr("bedside_call_duration_seconds_count{method=\"bedside.v1.AnswerService/Answer\"} 1\n"),
                    HasSubstr("bedside_calls_in_flight 0\n")));
}

TEST_F(MetricsTest, NothingThatWasAskedIsInThem) {
  ImportAll();
  Ask(absl::StrCat("Should metformin be stopped for ", kSecret, "?"));
  SendRaw(absl::StrCat("bedside.v1.", kSecret, ".Search"), kSecret);
  SendRaw(absl::StrCat("bedside.v1.EvidenceService.", kSecret), kSecret);
  grpc::ClientContext context;
  v1::SearchRequest request;
  request.set_parent(absl::StrCat("corpora/", kSecret));
  request.set_query(kSecret);
  v1::SearchResponse response;
  EXPECT_EQ(evidence_->Search(&context, request, &response).error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(Scrape(), Not(HasSubstr(kSecret)));
}

TEST_F(MetricsTest, AnswersAreCountedByOutcomeReasonAndStage) {
  ImportAll();
  EXPECT_TRUE(Ask("Should metformin be stopped when the eGFR falls?").answer().has_text());
  EXPECT_TRUE(
      Ask("Quelle est la dose de metformine pour un patient avec insuffisance renale?").answer().has_abstention());
  EXPECT_THAT(Scrape(), AllOf(HasSubstr("bedside_answers_total{outcome=\"extractive\"} 1\n"),
                              HasSubstr("bedside_answers_total{outcome=\"abstention\"} 1\n"),
                              HasSubstr("bedside_abstentions_total{reason=\"unsupported_language\"} 1\n"),
                              HasSubstr("bedside_abstentions_total{reason=\"no_evidence\"} 0\n"),
                              HasSubstr("bedside_stage_duration_seconds_count{stage=\"retrieval\"} 2\n"),
                              HasSubstr("bedside_stage_duration_seconds_count{stage=\"verification\"} 0\n"),
                              HasSubstr("bedside_queue_wait_seconds_count")));
}

TEST_F(MetricsTest, WhatServesIsSeen) {
  EXPECT_THAT(Scrape(), HasSubstr("bedside_ready 0\n"));
  ImportAll();
  Retract("warfarin-monitoring");
  EXPECT_THAT(Scrape(),
              AllOf(HasSubstr("bedside_ready 1\n"), HasSubstr("bedside_corpus_loaded{corpus=\"default\"} 1\n"),
                    HasSubstr("bedside_corpus_documents{corpus=\"default\"} 3\n"),
                    HasSubstr("bedside_corpus_documents_in_force{corpus=\"default\"} 1\n"),
                    HasSubstr("bedside_generation_info{corpus=\"default\",generation=\""),
                    HasSubstr("bedside_corpus_status_timestamp_seconds{corpus=\"default\"} "),
                    HasSubstr("bedside_corpus_age_limit_seconds{of=\"generation\"} 31536000\n"),
                    HasSubstr("bedside_jobs_total{code=\"OK\"} 1\n"), HasSubstr("bedside_workers 2\n")));
}

TEST_F(MetricsTest, AFallBackIsCounted) {
  ImportAll();
  embedder_->FailWith(absl::InternalError("out of order"));
  Ask("Should metformin be stopped when the eGFR falls?");
  EXPECT_THAT(Scrape(), HasSubstr("bedside_fallbacks_total{kind=\"lexical_only\"} 1\n"));
}

}  // namespace
}  // namespace bedside
