// Clients that call while generations are published and switched: no error, and each response from one generation.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using ::testing::Contains;

constexpr int kClients = 8;
constexpr int kSwitches = 20;
constexpr char kQuestion[] = "At which eGFR should metformin be stopped?";

// One edition of a set of guidelines: every title names it.
std::string Guideline(int number, const std::string& edition) {
  return absl::StrCat("---\nid: guideline-", number, "\ntitle: Metformin ", number, ", ", edition,
                      " edition\n---\n\n## Recommendations\n\n- Stop metformin when the eGFR falls below ", number + 20,
                      ".\n");
}

class ConcurrencyTest : public ServiceFixture {
 protected:
  void SetUp() override {
    ServiceFixture::SetUp();
    Start();
    edition_of_[ImportEdition("first")] = "first";
    edition_of_[ImportEdition("second")] = "second";
  }

  std::string ImportEdition(const std::string& edition) {
    for (int i = 0; i < 10; ++i) WriteSource(absl::StrCat("guideline-", i, ".md"), Guideline(i, edition));
    return ImportAll().generation();
  }

  void Activate(const std::string& generation) {
    grpc::ClientContext context;
    v1::ActivateGenerationRequest request;
    request.set_name(generation);
    v1::Generation response;
    const grpc::Status status = index_->ActivateGeneration(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }

  // That `title` is of the edition of the generation.
  void CheckEdition(const std::string& generation, const std::string& title) {
    const auto edition = edition_of_.find(generation);
    ASSERT_NE(edition, edition_of_.end()) << generation;
    if (title.rfind("Metformin ", 0) != 0 || title.find("edition") == std::string::npos) return;
    EXPECT_NE(title.find(edition->second), std::string::npos) << title << " in a response of the " << edition->second;
  }

  void Search() {
    grpc::ClientContext context;
    v1::SearchResponse response;
    const grpc::Status status = evidence_->Search(&context, Question(kQuestion), &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_GT(response.hits_size(), 0);
    for (const v1::SearchHit& hit : response.hits()) CheckEdition(response.view().generation(), hit.document().title());
  }

  v1::AnswerRequest AnswerRequest() {
    v1::AnswerRequest request;
    request.set_parent("corpora/default");
    request.set_question(kQuestion);
    return request;
  }

  void CheckBasis(const v1::Basis& basis) {
    EXPECT_GT(basis.evidence_size(), 0);
    for (const v1::Evidence& evidence : basis.evidence()) {
      CheckEdition(basis.view().generation(), evidence.document().title());
    }
  }

  void Answer() {
    grpc::ClientContext context;
    v1::AnswerResponse response;
    const grpc::Status status = answers_->Answer(&context, AnswerRequest(), &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    CheckBasis(response.answer().basis());
  }

  void StreamAnswer() {
    grpc::ClientContext context;
    const auto stream = answers_->StreamAnswer(&context, AnswerRequest());
    v1::StreamAnswerResponse part;
    std::string first;
    while (stream->Read(&part)) {
      if (part.has_evidence()) first = part.evidence().view().SerializeAsString();
    }
    const grpc::Status status = stream->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(part.complete().answer().basis().view().SerializeAsString(), first) << "one view from first to last";
    CheckBasis(part.complete().answer().basis());
  }

  void List() {
    grpc::ClientContext context;
    v1::ListDocumentsRequest request;
    request.set_parent("corpora/default");
    v1::ListDocumentsResponse response;
    const grpc::Status status = evidence_->ListDocuments(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    std::map<std::string, int> editions;
    for (const v1::Document& document : response.documents()) {
      for (const auto& edition : edition_of_) {
        if (document.title().find(edition.second + " edition") != std::string::npos &&
            document.name().find("guideline-") != std::string::npos) {
          ++editions[edition.second];
        }
      }
    }
    EXPECT_EQ(editions.size(), 1u) << "one edition in one response";
  }

  void GetIndex() {
    grpc::ClientContext context;
    v1::GetIndexRequest request;
    request.set_name("corpora/default/index");
    v1::Index index;
    const grpc::Status status = index_->GetIndex(&context, request, &index);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(edition_of_.count(index.active_generation()), 1u);
  }

  // By the full name of the generation. Not changed while clients run.
  std::map<std::string, std::string> edition_of_;
};

TEST_F(ConcurrencyTest, EachResponseIsOfOneGenerationWhileTheyAreSwitched) {
  std::atomic<bool> ends{false};
  std::atomic<int> rounds{0};
  std::vector<std::thread> clients;
  for (int client = 0; client < kClients; ++client) {
    clients.emplace_back([&, client] {
      for (int call = client; !ends || call < client + 5; ++call, ++rounds) {
        switch (call % 5) {
          case 0:
            Search();
            break;
          case 1:
            Answer();
            break;
          case 2:
            StreamAnswer();
            break;
          case 3:
            List();
            break;
          default:
            GetIndex();
        }
      }
    });
  }
  for (int i = 0; i < kSwitches; ++i) {
    for (const auto& edition : edition_of_) Activate(edition.first);
  }
  ends = true;
  for (std::thread& client : clients) client.join();
  EXPECT_GE(rounds, kClients * 5);
}

TEST_F(ConcurrencyTest, ClientsSeeTheOldGenerationUntilAnImportIsPublished) {
  std::atomic<bool> ends{false};
  std::vector<std::thread> clients;
  // Any edition: the import makes a third one.
  for (int client = 0; client < kClients; ++client) {
    clients.emplace_back([&] {
      do {
        EXPECT_THAT(Found(Question("warfarin ratio")), Contains("warfarin-monitoring"));
      } while (!ends);
    });
  }
  ImportEdition("third");
  Activate(edition_of_.begin()->first);
  ends = true;
  for (std::thread& client : clients) client.join();
}

}  // namespace
}  // namespace bedside
