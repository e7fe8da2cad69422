#include "services/audit/fhir_audit_event.h"

#include <nlohmann/json.hpp>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace bedside {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kType[] = "http://terminology.hl7.org/CodeSystem/audit-event-type";
constexpr char kDicom[] = "http://dicom.nema.org/resources/ontology/DCM";
constexpr char kInteraction[] = "http://hl7.org/fhir/restful-interaction";
constexpr char kEntityType[] = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
constexpr char kEntityRole[] = "http://terminology.hl7.org/CodeSystem/object-role";
constexpr char kSourceType[] = "http://terminology.hl7.org/CodeSystem/security-source-type";
constexpr char kMethods[] = "urn:bedside:method";
constexpr char kEvents[] = "urn:bedside:audit-event";

Json Coding(absl::string_view system, absl::string_view code, absl::string_view display) {
  Json coding = {{"system", std::string(system)}, {"code", std::string(code)}};
  if (!display.empty()) coding["display"] = std::string(display);
  return coding;
}

// What a method does: the value of AuditEvent.action and of its interaction.
struct Interaction {
  absl::string_view method_begins;
  const char* action;
  const char* interaction;
};

constexpr Interaction kInteractions[] = {
    {"Get", "R", "read"},        {"List", "R", "read"},        {"Export", "R", "read"},     {"Compare", "R", "read"},
    {"Replay", "R", "read"},     {"Wait", "R", "read"},        {"Create", "C", "create"},   {"Submit", "C", "create"},
    {"Import", "C", "create"},   {"Upsert", "C", "create"},    {"Adopt", "C", "create"},    {"Set", "U", "update"},
    {"Withdraw", "U", "update"}, {"Reinstate", "U", "update"}, {"Activate", "U", "update"}, {"Reindex", "U", "update"},
    {"Cancel", "U", "update"},   {"Delete", "D", "delete"},    {"Purge", "D", "delete"},    {"Retire", "D", "delete"},
};

Interaction InteractionOf(absl::string_view method) {
  const absl::string_view name = method.substr(method.rfind('.') + 1);
  for (const Interaction& known : kInteractions) {
    if (absl::StartsWith(name, known.method_begins)) return known;
  }
  return {"", "E", "operation"};
}

// Severity of https://hl7.org/fhir/R4/valueset-audit-event-outcome.html
const char* OutcomeOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kOk:
      return "0";
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kUnknown:
      return "8";
    default:
      return "4";
  }
}

void AddText(absl::string_view type, const std::string& value, Json* details) {
  if (!value.empty()) details->push_back({{"type", std::string(type)}, {"valueString", value}});
}

void AddBytes(absl::string_view type, const std::string& value, Json* details) {
  if (!value.empty()) {
    details->push_back({{"type", std::string(type)}, {"valueBase64Binary", absl::Base64Escape(value)}});
  }
}

Json Entity(const std::string& name, absl::string_view role, absl::string_view role_display) {
  Json entity;
  if (!name.empty()) entity["what"] = {{"identifier", {{"value", name}}}};
  entity["type"] = Coding(kEntityType, "2", "System Object");
  entity["role"] = Coding(kEntityRole, role, role_display);
  return entity;
}

Json QueryEntity(const storage::AuditedCall& call) {
  Json entity = Entity("", "24", "Query");
  Json details = Json::array();
  AddBytes("query-hmac-sha256", call.query_hash(), &details);
  AddBytes("resource-hmac-sha256", call.resource_hash(), &details);
  AddBytes("request-id-hmac-sha256", call.request_id_hash(), &details);
  AddText("request-id", call.request_id(), &details);
  AddText("generation", call.generation(), &details);
  if (!call.generation().empty()) AddText("change-sequence", absl::StrCat(call.change_sequence()), &details);
  if (call.abstained()) AddText("abstention-reason", absl::StrCat(call.abstention_reason()), &details);
  AddText("evidence-count", absl::StrCat(call.evidence_count()), &details);
  AddText("latency-microseconds", absl::StrCat(call.latency_micros()), &details);
  entity["detail"] = details;
  return entity;
}

Json EntitiesOf(const storage::AuditedCall& call) {
  Json entities = Json::array();
  entities.push_back(QueryEntity(call));
  if (!call.resource().empty()) entities.push_back(Entity(call.resource(), "4", "Domain Resource"));
  if (!call.result().empty()) entities.push_back(Entity(call.result(), "3", "Report"));
  for (const std::string& name : call.evidence()) entities.push_back(Entity(name, "4", "Domain Resource"));
  return entities;
}

Json AgentOf(const storage::AuditedCall& call) {
  Json agent;
  if (!call.subject().empty()) agent["who"] = {{"identifier", {{"value", call.subject()}}}};
  agent["requestor"] = true;
  if (!call.peer().empty()) agent["network"] = {{"address", call.peer()}, {"type", "2"}};
  return agent;
}

void AddCall(const storage::AuditedCall& call, const std::string& recorded, Json* event) {
  const Interaction interaction = InteractionOf(call.method());
  const auto code = static_cast<absl::StatusCode>(call.code());
  (*event)["type"] = Coding(kType, "rest", "RESTful Operation");
  (*event)["subtype"] = {Coding(kInteraction, interaction.interaction, ""), Coding(kMethods, call.method(), "")};
  (*event)["action"] = interaction.action;
  (*event)["recorded"] = recorded;
  (*event)["outcome"] = OutcomeOf(code);
  (*event)["outcomeDesc"] = call.denied() ? absl::StrCat("denied: ", absl::StatusCodeToString(code))
                            : code == absl::StatusCode::kOk && call.abstained() ? "OK: abstained"
                                                                                : absl::StatusCodeToString(code);
  (*event)["agent"] = {AgentOf(call)};
}

Json SubtypeOf(storage::AuditEventKind kind) {
  if (kind == storage::AUDIT_EVENT_KIND_STARTED) return Coding(kDicom, "110120", "Application Start");
  if (kind == storage::AUDIT_EVENT_KIND_ENDED) return Coding(kDicom, "110121", "Application Stop");
  return Coding(kEvents, storage::AuditEventKind_Name(kind), "");
}

Json DetailsOf(const storage::AuditEvent& happened) {
  Json details = Json::array();
  if (happened.cut_bytes() > 0) AddText("cut-bytes", absl::StrCat(happened.cut_bytes()), &details);
  AddBytes("cut-sha256", happened.cut_sha256(), &details);
  if (happened.kind() == storage::AUDIT_EVENT_KIND_RESUMED) {
    AddText("unrecorded-calls", absl::StrCat(happened.unrecorded_calls()), &details);
  }
  return details;
}

void AddEvent(const storage::AuditEvent& happened, const std::string& recorded, Json* event) {
  (*event)["type"] = Coding(kDicom, "110100", "Application Activity");
  (*event)["subtype"] = {SubtypeOf(happened.kind())};
  (*event)["action"] = "E";
  (*event)["recorded"] = recorded;
  (*event)["outcome"] = "0";
  (*event)["agent"] = {{{"who", {{"display", "bedside_server"}}}, {"requestor", false}}};
}

}  // namespace

std::string FhirAuditEvent(absl::string_view log_id, const storage::AuditRecord& record) {
  const std::string log = absl::BytesToHexString(log_id);
  const std::string recorded =
      absl::FormatTime("%Y-%m-%d%ET%H:%M:%E6SZ", absl::FromUnixMicros(record.time_micros()), absl::UTCTimeZone());
  Json event = {{"resourceType", "AuditEvent"}, {"id", absl::StrCat(log, "-", record.sequence())}};
  record.has_call() ? AddCall(record.call(), recorded, &event) : AddEvent(record.event(), recorded, &event);
  event["source"] = {{"observer", {{"identifier", {{"value", log}}}, {"display", "bedside_server"}}},
                     {"type", {Coding(kSourceType, "4", "Application Server")}}};
  if (record.has_call()) {
    event["entity"] = EntitiesOf(record.call());
  } else if (Json details = DetailsOf(record.event()); !details.empty()) {
    Json entity = Entity("", "13", "Security Resource");
    entity["detail"] = details;
    event["entity"] = Json::array({entity});
  }
  return event.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace bedside
