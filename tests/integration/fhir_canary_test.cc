// What says who a patient is stands in a record that comes with a question, and is looked for wherever the service
// writes: in what a language model is asked, in what the process prints, in errors, in answers, in its metrics, and in
// every byte of the store and of the audit log. With BEDSIDE_SHARED of its FHIR patients as well.
#include <prometheus/collectable.h>
#include <prometheus/text_serializer.h>

#include <regex>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/fakes/chat_server.h"
#include "tests/fakes/folder_search.h"
#include "tests/fakes/temp_folder.h"
#include "tests/integration/service_fixture.h"
#include "tests/services/fhir/fhir_resources.h"
#include "tests/services/fhir/record_identifiers.h"

namespace bedside {
namespace {

using ::testing::IsEmpty;

// Of a person who is in no list of names.
std::string OwnRecord() {
  const std::string subject =
      R"(,"subject":{"reference":"Patient/qorvix-7781","display":"Tundrela Qorvaxis"},"note":[{"text":"Qorvaxis' wish"}])";
  const std::string patient = FhirResource(
      "Patient",
      R"(,"id":"qorvix-7781","name":[{"family":"Qorvaxis","given":["Tundrela"]}],"telecom":[{"value":"555-019-7734"}],
         "gender":"female","birthDate":"1961-07-19","address":[{"line":["12 Wendelmoor Lane"],"city":"Ostravik"}],
         "identifier":[{"system":"urn:mrn","value":"MRN-99182731"}],
         "text":{"status":"generated","div":"<div>Tundrela Qorvaxis</div>"})");
  std::string condition = FhirCondition("Chronic kidney disease");
  condition.insert(condition.size() - 1, subject);
  return FhirBundle({patient, condition, FhirObservation("2160-0", "1.9", "mg/dL", "2020-01-02"),
                     FhirMedication("metformin 500 MG Oral Tablet"), FhirAllergy("Penicillin V (substance)")});
}

class FhirCanaryTest : public ServiceFixture {
 protected:
  void SetUp() override {
    ServiceFixture::SetUp();
    chat_ = ChatServer::Start(
        {EventStream({"Stop metformin when the eGFR falls below 30 mL/min/1.73 m2 [1]."}), ChatServer::Ending::kClose});
    auto& chat = *config_.mutable_answer()->mutable_generator()->mutable_chat();
    chat.set_base_url(chat_->base_url());
    chat.set_model("small");
    config_.mutable_audit()->set_folder(audit_);
    records_ = SharedRecords();
    records_.push_back(OwnRecord());
    for (const std::string& record : records_) identifiers_.merge(IdentifiersOf(record));
  }

  // The answer, or the status, message and details of a refusal, as one text.
  std::string Ask(const std::string& fhir) {
    v1::AnswerRequest request;
    request.set_parent("corpora/default");
    request.set_question("When is metformin stopped when the eGFR falls?");
    request.set_fhir(fhir);
    grpc::ClientContext context;
    v1::AnswerResponse response;
    const grpc::Status status = answers_->Answer(&context, request, &response);
    EXPECT_EQ(status.ok(), response.answer().basis().has_patient_context());
    return status.ok() ? response.DebugString() : absl::StrCat(status.error_message(), status.error_details());
  }

  // The identifiers that `text` holds.
  std::vector<std::string> IdentifiersIn(const std::string& text) const {
    std::vector<std::string> found;
    for (const std::string& identifier : identifiers_) {
      if (absl::StrContains(text, identifier)) found.push_back(identifier);
    }
    return found;
  }

  std::vector<std::string> IdentifiersBelow(const std::string& folder) const {
    std::vector<std::string> found;
    for (const std::string& identifier : identifiers_) {
      if (!FilesWith(folder, identifier).empty()) found.push_back(identifier);
    }
    return found;
  }

  const std::string audit_ = TempFolder();
  std::unique_ptr<ChatServer> chat_;
  std::vector<std::string> records_;
  std::set<std::string> identifiers_;
};

TEST_F(FhirCanaryTest, NothingThatSaysWhoThePatientIsGetsAnywhere) {
  ASSERT_GE(identifiers_.size(), 9u);
  ::testing::internal::CaptureStderr();
  ::testing::internal::CaptureStdout();
  Start();
  ImportAll();
  for (const std::string& record : records_) EXPECT_THAT(IdentifiersIn(Ask(record)), IsEmpty());
  std::string metrics;
  for (const auto& source : assembly_->metrics()) metrics += prometheus::TextSerializer().Serialize(source->Collect());
  Stop();
  const std::string printed = ::testing::internal::GetCapturedStderr() + ::testing::internal::GetCapturedStdout();
  EXPECT_THAT(IdentifiersIn(printed), IsEmpty());
  // Sums of seconds may end in as many nines as an identifier has.
  EXPECT_THAT(IdentifiersIn(std::regex_replace(metrics, std::regex(R"(\.\d+)"), "")), IsEmpty());
  EXPECT_THAT(IdentifiersBelow(audit_), IsEmpty());
  EXPECT_THAT(IdentifiersBelow(store_path_), IsEmpty());
  ASSERT_EQ(chat_->requests().size(), records_.size()) << "a model is asked for each";
  for (const std::string& prompt : chat_->requests()) EXPECT_THAT(IdentifiersIn(prompt), IsEmpty());
}

TEST_F(FhirCanaryTest, AnswerThatIsRecordedTellsNothingOfTheRecord) {
  Start();
  ImportAll();
  Ask(OwnRecord());
  Stop();
  for (const char* words : {"Penicillin", "Chronic kidney disease", "500 MG Oral Tablet"}) {
    EXPECT_THAT(FilesWith(store_path_, words), IsEmpty()) << words;
    EXPECT_THAT(FilesWith(audit_, words), IsEmpty()) << words;
  }
}

TEST_F(FhirCanaryTest, RefusedRecordIsNotRepeated) {
  Start();
  ImportAll();
  const std::string record = OwnRecord();
  const std::string wrong =
      R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","gender":"Qorvaxis"}}]})";
  for (const std::string& bad : {record.substr(0, record.size() / 2), record + "Qorvaxis", wrong}) {
    const std::string refusal = Ask(bad);
    EXPECT_TRUE(absl::StrContains(refusal, "fhir: ")) << refusal;
    EXPECT_THAT(IdentifiersIn(refusal), IsEmpty());
  }
}

}  // namespace
}  // namespace bedside
