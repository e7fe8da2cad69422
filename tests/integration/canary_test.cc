// Identifiers that exist nowhere else are put into questions, and looked for wherever the service writes: in what a
// language model is asked, in what the process prints, in errors, in its metrics, and in every byte of the store and of
// the audit log.
//
// BEDSIDE_CANARY_REQUESTS says how many requests (a long run: 1000). With BEDSIDE_SHARED the names are those of its
// FHIR patients as well.
#include <prometheus/collectable.h>
#include <prometheus/text_serializer.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "nlohmann/json.hpp"
#include "services/audit/audit_reader.h"
#include "tests/fakes/chat_server.h"
#include "tests/fakes/environment_number.h"
#include "tests/fakes/http_client.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/integration/service_fixture.h"
#include "tools/eval/privacy/name_stock.h"
#include "tools/eval/privacy/planted_text.h"

namespace bedside {
namespace {

using ::testing::IsEmpty;

constexpr int kFewRequests = 60;
// Shorter ones are in other numbers by chance.
constexpr size_t kFewestBytes = 6;
constexpr char kQuestion[] = "When is metformin stopped when the eGFR falls?";

int Requests() { return NumberFromEnvironment("BEDSIDE_CANARY_REQUESTS", kFewRequests); }

NameStock Names() {
  const char* shared = std::getenv("BEDSIDE_SHARED");
  auto stock = ReadNameStock(shared == nullptr ? "" : absl::StrCat(shared, "/data/fhir"), /*for_report=*/true);
  EXPECT_THAT(stock, IsOk());
  return stock.ok() ? *std::move(stock) : *ReadNameStock("", /*for_report=*/true);
}

// A name that no other request has: letters, so that it reads like one.
std::string UniqueName(int number) {
  std::string name = "Qorv";
  for (; number > 0; number /= 26) name.push_back(static_cast<char>('a' + number % 26));
  return name + "ix";
}

struct Canary {
  PlantedText planted;
  std::string patient;
  std::string question;
};

class CanaryTest : public ServiceFixture {
 protected:
  void SetUp() override {
    ServiceFixture::SetUp();
    chat_ = ChatServer::Start(
        {EventStream({"Stop metformin when the eGFR falls below 30 mL/min/1.73 m2 [1]."}), ChatServer::Ending::kClose});
    auto& chat = *config_.mutable_answer()->mutable_generator()->mutable_chat();
    chat.set_base_url(chat_->base_url());
    chat.set_model("small");
    config_.mutable_audit()->set_folder(audit_);
    MakeCanaries();
    WriteSource("words.md", SourceWithTheirWords());
  }

  // So that the corpus knows the words around identifiers, and questions are not declined for them.
  static std::string SourceWithTheirWords() {
    std::string source =
        "---\nid: words\ntitle: Words\nstatus: current\npublication_date: 2024-05-01\n---\n\n## Words\n\n";
    for (const IdentifierTemplate& form : IdentifierTemplates()) {
      const std::vector<absl::string_view> parts = absl::StrSplit(form.sentence, '|');
      absl::StrAppend(&source, parts[0], " ", parts[2], " Who asks.\n\n");
    }
    return source;
  }

  void MakeCanaries() {
    TextPlanter planter(Names(), 4);
    const std::vector<IdentifierTemplate>& forms = IdentifierTemplates();
    for (int i = 0; i < Requests(); ++i) {
      Canary canary;
      canary.planted = planter.Plant(forms[static_cast<size_t>(i) * 7 % forms.size()], kQuestion);
      canary.patient = UniqueName(i);
      canary.question = absl::StrCat(canary.planted.text, " It is about ", canary.patient, ", who asks.");
      canaries_.push_back(canary);
    }
  }

  static std::string Identifier(const Canary& canary) {
    return canary.planted.text.substr(canary.planted.span.begin, canary.planted.span.size());
  }

  v1::AnswerRequest RequestOf(const Canary& canary) {
    v1::AnswerRequest request;
    request.set_parent("corpora/default");
    request.set_question(canary.question);
    request.add_patient_identifiers(canary.patient);
    return request;
  }

  // The status, message and details of a call that is refused, and those of an answer, as one text.
  std::string Ask(const v1::AnswerRequest& request) {
    grpc::ClientContext context;
    v1::AnswerResponse response;
    const grpc::Status status = answers_->Answer(&context, request, &response);
    return status.ok() ? response.answer().SerializeAsString()
                       : absl::StrCat(status.error_message(), status.error_details());
  }

  static std::string BytesBelow(const std::string& folder) {
    std::string bytes;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      bytes.append(std::istreambuf_iterator<char>(file), {});
    }
    return bytes;
  }

  void GetDocument(const std::string& name) {
    v1::GetDocumentRequest request;
    request.set_name(name);
    grpc::ClientContext context;
    v1::Document response;
    EXPECT_FALSE(evidence_->GetDocument(&context, request, &response).ok());
  }

  // What the HTTP door answers to requests that have the canary where it should not be.
  std::string AskWronglyOverHttp(const Canary& canary) {
    const std::string quoted = nlohmann::json(canary.question).dump();
    std::string answers;
    for (const std::string& body :
         {absl::StrCat("{\"question\": ", quoted), absl::StrCat("{\"question\": [", quoted, "]}"),
          absl::StrCat("{\"maxEvidence\": ", quoted, "}"), absl::StrCat("{", quoted, ": 1}"), quoted,
          absl::StrCat("{\"filter\": {\"kinds\": [", quoted, "]}}"),
          absl::StrCat("{\"question\": {", quoted, ": 1}}")}) {
      answers += PostOverHttp("/v1/corpora/default:answer", body).body;
    }
    answers += PostOverHttp(absl::StrCat("/v1/corpora/", canary.patient, ":answer"), "{\"question\": \"Why?\"}").body;
    answers += PostOverHttp(absl::StrCat("/v1/corpora/default:answer?", canary.patient, "=1"), "{}").body;
    answers += PostOverHttp(absl::StrCat("/", canary.patient), "{}").body;
    return answers;
  }

  HttpReply PostOverHttp(const std::string& path, const std::string& body) {
    return SendHttp(
        {"POST", absl::StrCat("http://", http_->address(), path), body, {"Content-Type: application/json"}});
  }

  // What is served to who reads the metrics.
  std::string Metrics() const {
    std::string text;
    for (const auto& source : assembly_->metrics()) text += prometheus::TextSerializer().Serialize(source->Collect());
    return text;
  }

  // The canaries that `text` holds.
  std::vector<std::string> CanariesIn(const std::string& text) const {
    std::vector<std::string> found;
    for (const Canary& canary : canaries_) {
      if (absl::StrContains(text, canary.patient)) found.push_back(canary.patient);
      const std::string identifier = Identifier(canary);
      const bool is_unique = identifier.size() >= kFewestBytes && canary.planted.kind != v1::IDENTIFIER_KIND_NAME &&
                             canary.planted.kind != v1::IDENTIFIER_KIND_PLACE;
      if (is_unique && absl::StrContains(text, identifier)) found.push_back(identifier);
    }
    return found;
  }

  // "3 of 20": of names that no list has.
  std::string NamesIn(const std::string& text) const {
    int names = 0;
    int found = 0;
    for (const Canary& canary : canaries_) {
      if (canary.planted.kind != v1::IDENTIFIER_KIND_NAME || canary.planted.listed) continue;
      ++names;
      if (absl::StrContains(text, Identifier(canary))) ++found;
    }
    return absl::StrCat(found, " of ", names);
  }

  const std::string audit_ = TempFolder();
  std::unique_ptr<ChatServer> chat_;
  std::vector<Canary> canaries_;
};

TEST_F(CanaryTest, NoneIsInWhatTheHttpDoorSaysOrWrites) {
  ::testing::internal::CaptureStderr();
  config_.mutable_http()->set_listen_address("127.0.0.1:0");
  Start();
  ImportAll();
  std::string refusals;
  for (const Canary& canary : canaries_) {
    refusals += AskWronglyOverHttp(canary);
    const nlohmann::json request = {{"question", canary.question}, {"patientIdentifiers", {canary.patient}}};
    EXPECT_EQ(PostOverHttp("/v1/corpora/default:answer", request.dump()).status, 200);
  }
  const std::string metrics = Metrics();
  Stop();
  EXPECT_THAT(CanariesIn(refusals), IsEmpty());
  EXPECT_THAT(CanariesIn(metrics), IsEmpty());
  EXPECT_THAT(CanariesIn(::testing::internal::GetCapturedStderr()), IsEmpty());
  EXPECT_THAT(CanariesIn(BytesBelow(audit_)), IsEmpty());
  EXPECT_THAT(CanariesIn(BytesBelow(store_path_)), IsEmpty());
  for (const std::string& prompt : chat_->requests()) EXPECT_THAT(CanariesIn(prompt), IsEmpty());
}

TEST_F(CanaryTest, NoneIsInAPromptTheStoreTheAuditLogOrWhatIsPrinted) {
  ::testing::internal::CaptureStderr();
  ::testing::internal::CaptureStdout();
  Start();
  ImportAll();
  for (const Canary& canary : canaries_) {
    v1::AnswerRequest request = RequestOf(canary);
    request.set_request_id(canary.patient);
    Ask(request);
    // What a caller may mistake for a name.
    request.set_parent("corpora/" + canary.patient);
    Ask(request);
    GetDocument("corpora/default/documents/" + canary.patient);
  }
  Stop();
  const auto audited = ReadAuditLog(audit_, *AuditKey::Read(audit_ + "/audit.key"), {}, nullptr);
  ASSERT_THAT(audited, IsOk());
  EXPECT_GE(audited->records, 3 * canaries_.size());
  EXPECT_THAT(CanariesIn(BytesBelow(audit_)), IsEmpty());
  const std::string printed = ::testing::internal::GetCapturedStderr() + ::testing::internal::GetCapturedStdout();
  EXPECT_THAT(CanariesIn(printed), IsEmpty());
  EXPECT_THAT(CanariesIn(BytesBelow(store_path_)), IsEmpty());
  const std::vector<std::string> prompts = chat_->requests();
  EXPECT_GE(prompts.size(), canaries_.size() / 2) << "the others were declined before a model was asked";
  for (const std::string& prompt : prompts) EXPECT_THAT(CanariesIn(prompt), IsEmpty());
  std::cout << "prompts: " << prompts.size() << " of " << canaries_.size()
            << "; names outside of the lists that are in "
            << "one: " << NamesIn(absl::StrJoin(prompts, "\n")) << std::endl;
}

TEST_F(CanaryTest, NoneIsInTheMetrics) {
  Start();
  ImportAll();
  for (const Canary& canary : canaries_) Ask(RequestOf(canary));
  const std::string metrics = Metrics();
  EXPECT_TRUE(absl::StrContains(metrics, "bedside_deidentified_identifiers_total{kind=\"medical_record\"} "));
  EXPECT_FALSE(absl::StrContains(metrics, "bedside_deidentified_identifiers_total{kind=\"medical_record\"} 0\n"));
  EXPECT_THAT(CanariesIn(metrics), IsEmpty());
}

TEST_F(CanaryTest, NoneIsInAnError) {
  Start();
  ImportAll();
  for (const Canary& canary : canaries_) {
    v1::AnswerRequest request = RequestOf(canary);
    request.set_parent("corpora/no-such-corpus");
    EXPECT_THAT(CanariesIn(Ask(request)), IsEmpty());
    request.set_parent("corpora/default");
    request.mutable_patient()->set_age_years(200);
    EXPECT_THAT(CanariesIn(Ask(request)), IsEmpty());
    request.clear_patient();
    request.set_question(canary.question + std::string(9000, 'x'));
    EXPECT_THAT(CanariesIn(Ask(request)), IsEmpty());
  }
}

TEST_F(CanaryTest, TooManyOrTooLongIdentifiersAreRefusedWithoutBeingRepeated) {
  Start();
  ImportAll();
  v1::AnswerRequest request = RequestOf(canaries_[1]);
  request.add_patient_identifiers(canaries_[1].patient + std::string(256, 'x'));
  grpc::ClientContext context;
  v1::AnswerResponse response;
  const grpc::Status refused = answers_->Answer(&context, request, &response);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(CanariesIn(refused.error_message() + refused.error_details()), IsEmpty());
  request = RequestOf(canaries_[1]);
  for (int i = 0; i < 32; ++i) request.add_patient_identifiers("Qorvax");
  grpc::ClientContext second;
  EXPECT_EQ(answers_->Answer(&second, request, &response).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(CanaryTest, TheBasisSaysWhatWasTakenOut) {
  Start();
  ImportAll();
  v1::AnswerRequest request;
  request.set_parent("corpora/default");
  request.set_question(absl::StrCat("Of Mr Tundrel, MRN 4455123. ", kQuestion));
  grpc::ClientContext context;
  v1::AnswerResponse response;
  ASSERT_TRUE(answers_->Answer(&context, request, &response).ok());
  const v1::Deidentification& done = response.answer().basis().deidentification();
  ASSERT_EQ(done.identifiers_size(), 2) << response.ShortDebugString();
  EXPECT_EQ(done.identifiers(0).kind(), v1::IDENTIFIER_KIND_NAME);
  EXPECT_EQ(done.identifiers(0).count(), 1);
  EXPECT_EQ(done.identifiers(1).kind(), v1::IDENTIFIER_KIND_MEDICAL_RECORD);
}

}  // namespace
}  // namespace bedside
