// Against the element list of https://hl7.org/fhir/R4/auditevent.html: type, recorded, agent and source are required,
// an agent says whether it is the requestor, a source has an observer, and codes come from the value sets.
#include "services/audit/fhir_audit_event.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kLog(16, '\x0a');

storage::AuditRecord AnswerRecord() {
  storage::AuditRecord record;
  record.set_sequence(7);
  record.set_time_micros(1'795'707'000'123'456);
  storage::AuditedCall& call = *record.mutable_call();
  call.set_method("bedside.v1.AnswerService.Answer");
  call.set_subject("dr-a");
  call.set_peer("10.1.2.3");
  call.set_resource("corpora/default");
  call.set_result("corpora/default/answers/1");
  call.set_query_hash(std::string(32, 'q'));
  call.set_generation("corpora/default/generations/2");
  call.set_change_sequence(9);
  call.add_evidence("corpora/default/documents/d/passages/0-9");
  call.set_evidence_count(1);
  return record;
}

nlohmann::json Parsed(const storage::AuditRecord& record) {
  const std::string line = FhirAuditEvent(kLog, record);
  EXPECT_THAT(line, Not(HasSubstr("\n")));
  return nlohmann::json::parse(line);
}

TEST(FhirAuditEventTest, ACallHasWhatTheSpecificationWants) {
  const nlohmann::json event = Parsed(AnswerRecord());
  EXPECT_EQ(event["resourceType"], "AuditEvent");
  EXPECT_EQ(event["id"], "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a-7");
  EXPECT_LE(event["id"].get<std::string>().size(), 64);
  EXPECT_EQ(event["type"]["system"], "http://terminology.hl7.org/CodeSystem/audit-event-type");
  EXPECT_EQ(event["type"]["code"], "rest");
  EXPECT_EQ(event["subtype"][0]["code"], "operation");
  EXPECT_EQ(event["subtype"][1]["code"], "bedside.v1.AnswerService.Answer");
  EXPECT_EQ(event["action"], "E");
  EXPECT_EQ(event["recorded"], "2026-11-26T15:30:00.123456Z");
  EXPECT_EQ(event["outcome"], "0");
  EXPECT_EQ(event["agent"][0]["requestor"], true);
  EXPECT_EQ(event["agent"][0]["who"]["identifier"]["value"], "dr-a");
  EXPECT_EQ(event["agent"][0]["network"]["address"], "10.1.2.3");
  EXPECT_EQ(event["agent"][0]["network"]["type"], "2");
  EXPECT_EQ(event["source"]["observer"]["display"], "bedside_server");
  EXPECT_EQ(event["source"]["type"][0]["code"], "4");
  ASSERT_EQ(event["entity"].size(), 4);
  EXPECT_EQ(event["entity"][3]["what"]["identifier"]["value"], "corpora/default/documents/d/passages/0-9");
}

TEST(FhirAuditEventTest, AHashIsADetailAndNeverTheQuery) {
  const nlohmann::json entity = Parsed(AnswerRecord())["entity"][0];
  EXPECT_FALSE(entity.contains("query"));
  EXPECT_EQ(entity["detail"][0]["type"], "query-hmac-sha256");
  EXPECT_EQ(entity["detail"][0]["valueBase64Binary"], absl::Base64Escape(std::string(32, 'q')));
}

TEST(FhirAuditEventTest, OutcomesAreGraded) {
  storage::AuditRecord record = AnswerRecord();
  record.mutable_call()->set_code(static_cast<uint32_t>(absl::StatusCode::kPermissionDenied));
  record.mutable_call()->set_denied(true);
  EXPECT_EQ(Parsed(record)["outcome"], "4");
  EXPECT_EQ(Parsed(record)["outcomeDesc"], "denied: PERMISSION_DENIED");
  record.mutable_call()->set_code(static_cast<uint32_t>(absl::StatusCode::kInternal));
  EXPECT_EQ(Parsed(record)["outcome"], "8");
}

TEST(FhirAuditEventTest, ActionsSayWhatMethodsDo) {
  storage::AuditRecord record = AnswerRecord();
  const auto action = [&](const char* method) {
    record.mutable_call()->set_method(method);
    return Parsed(record)["action"].get<std::string>();
  };
  EXPECT_EQ(action("bedside.v1.EvidenceService.GetDocument"), "R");
  EXPECT_EQ(action("bedside.v1.EvidenceService.Search"), "E");
  EXPECT_EQ(action("bedside.v1.CorpusService.UpsertDocuments"), "C");
  EXPECT_EQ(action("bedside.v1.CorpusService.SetDocumentStatus"), "U");
  EXPECT_EQ(action("bedside.v1.CorpusService.PurgeDocument"), "D");
  EXPECT_EQ(action("unknown"), "E");
}

TEST(FhirAuditEventTest, EventsOfTheLogAreApplicationActivity) {
  storage::AuditRecord record;
  record.set_sequence(1);
  record.mutable_event()->set_kind(storage::AUDIT_EVENT_KIND_STARTED);
  EXPECT_EQ(Parsed(record)["type"]["code"], "110100");
  EXPECT_EQ(Parsed(record)["subtype"][0]["code"], "110120");
  EXPECT_FALSE(Parsed(record).contains("entity"));
  record.mutable_event()->set_kind(storage::AUDIT_EVENT_KIND_RESUMED);
  record.mutable_event()->set_unrecorded_calls(5);
  EXPECT_EQ(Parsed(record)["entity"][0]["detail"][0]["valueString"], "5");
  EXPECT_EQ(Parsed(record)["agent"][0]["requestor"], false);
}

}  // namespace
}  // namespace bedside
