// Documents that are upserted and purged through the server.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/fakes/folder_search.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kQuestion[] = "Which dose of zygopetalumab is given?";

std::string Guideline(const std::string& id, const std::string& text) {
  return absl::StrCat("---\nid: ", id, "\ntitle: Doses of zygopetalumab\n---\n\n", text, "\n");
}

class UpsertServiceTest : public ServiceFixture {
 protected:
  grpc::Status TryUpsert(const v1::UpsertDocumentsRequest& request, v1::UpsertDocumentsResponse* response) {
    grpc::ClientContext context;
    return corpora_->UpsertDocuments(&context, request, response);
  }

  static v1::UpsertDocumentsRequest Request(const std::string& content) {
    v1::UpsertDocumentsRequest request;
    request.set_parent("corpora/default");
    request.set_file_name("doses.md");
    request.set_content(content);
    return request;
  }

  v1::UpsertDocumentsResponse Upsert(const std::string& content) {
    v1::UpsertDocumentsResponse response;
    const grpc::Status status = TryUpsert(Request(content), &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  grpc::Status TryPurge(const std::string& name, google::longrunning::Operation* operation) {
    v1::PurgeDocumentRequest request;
    request.set_name(name);
    grpc::ClientContext context;
    return corpora_->PurgeDocument(&context, request, operation);
  }

  std::string ActiveGeneration() {
    v1::GetIndexRequest request;
    request.set_name("corpora/default/index");
    grpc::ClientContext context;
    v1::Index index;
    EXPECT_TRUE(index_->GetIndex(&context, request, &index).ok());
    return index.active_generation();
  }
};

TEST_F(UpsertServiceTest, IsInEverySearchThatBeginsAfterTheResponse) {
  Start();
  ImportAll();
  const std::string generation = ActiveGeneration();
  EXPECT_THAT(Found(Question(kQuestion)), Not(Contains("doses")));
  const v1::UpsertDocumentsResponse added = Upsert(Guideline("doses", "Zygopetalumab is given at 5 mg."));
  ASSERT_THAT(added.documents(), SizeIs(1));
  EXPECT_EQ(added.documents(0).name(), "corpora/default/documents/doses");
  EXPECT_EQ(added.documents(0).outcome(), v1::UPSERT_OUTCOME_ADDED);
  EXPECT_EQ(added.view().generation(), generation);
  EXPECT_EQ(Found(Question(kQuestion))[0], "doses");
  const v1::UpsertDocumentsResponse again = Upsert(Guideline("doses", "Zygopetalumab is given at 4 mg."));
  EXPECT_EQ(again.documents(0).outcome(), v1::UPSERT_OUTCOME_UPDATED);
  EXPECT_GT(again.view().change_sequence(), added.view().change_sequence());
  Stop();
  Start();
  EXPECT_EQ(Found(Question(kQuestion))[0], "doses");
  EXPECT_EQ(ActiveGeneration(), generation);
}

TEST_F(UpsertServiceTest, MakesACorpus) {
  Start();
  EXPECT_THAT(Upsert(Guideline("doses", "Zygopetalumab is given at 5 mg.")).documents(), SizeIs(1));
  EXPECT_THAT(Found(Question(kQuestion)), ElementsAre("doses"));
}

TEST_F(UpsertServiceTest, SaysWhatAFileLacks) {
  Start();
  const v1::UpsertDocumentsResponse response = Upsert("---\nid: [\n---\n");
  EXPECT_THAT(response.documents(), IsEmpty());
  ASSERT_THAT(response.problems(), Not(IsEmpty()));
  EXPECT_THAT(response.problems(0).source(), HasSubstr("doses.md"));
}

TEST_F(UpsertServiceTest, NamesEveryFieldThatIsWrong) {
  Start();
  v1::UpsertDocumentsRequest request;
  request.set_parent("default");
  request.set_source_set("NO NAME");
  v1::UpsertDocumentsResponse response;
  const grpc::Status status = TryUpsert(request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  for (const char* field : {"parent", "file_name", "content", "source_set"}) {
    EXPECT_THAT(status.error_message(), HasSubstr(field));
  }
  EXPECT_EQ(TryUpsert(Request(std::string((3 << 20) + 1, 'a')), &response).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(UpsertServiceTest, WhatIsPurgedIsNowhere) {
  Start();
  ImportAll();
  Upsert(Guideline("doses", "Zygopetalumab is given at 5 mg."));
  v1::AnswerRequest question;
  question.set_parent("corpora/default");
  question.set_question(kQuestion);
  grpc::ClientContext context;
  v1::AnswerResponse response;
  ASSERT_TRUE(answers_->Answer(&context, question, &response).ok());
  ASSERT_THAT(FilesWith(store_path_, "zygopetalumab"), Not(IsEmpty()));
  google::longrunning::Operation operation;
  grpc::Status status = TryPurge("corpora/default/documents/doses", &operation);
  // The upsert may have started a merge, and a corpus has one job at a time.
  while (status.error_code() == grpc::StatusCode::ABORTED) {
    absl::SleepFor(absl::Milliseconds(10));
    status = TryPurge("corpora/default/documents/doses", &operation);
  }
  ASSERT_TRUE(status.ok()) << status.error_message();
  const google::longrunning::Operation done = Await(operation);
  EXPECT_FALSE(done.has_error()) << done.error().message();
  EXPECT_THAT(Found(Question(kQuestion)), Not(Contains("doses")));
  EXPECT_THAT(FilesWith(store_path_, "ygopetalumab"), IsEmpty());
  grpc::ClientContext get_context;
  v1::GetAnswerRequest get;
  get.set_name(response.answer().name());
  v1::Answer answer;
  EXPECT_EQ(answers_->GetAnswer(&get_context, get, &answer).error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(Upsert(Guideline("doses", "Again.")).documents(), IsEmpty()) << "it stays deleted";
  Stop();
  EXPECT_THAT(FilesWith(store_path_, "ygopetalumab"), IsEmpty());
}

TEST_F(UpsertServiceTest, PurgesOnlyWhatIsOrWasThere) {
  Start();
  ImportAll();
  google::longrunning::Operation operation;
  EXPECT_EQ(TryPurge("corpora/default/documents/none", &operation).error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(TryPurge("corpora/other/documents/none", &operation).error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(TryPurge("doses", &operation).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace bedside
