#include "tools/bedside/doctor/config_checks.h"

#include <sys/stat.h>
#include <unistd.h>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ingest/pipeline/config_check.h"
#include "proto/bedside/config/ingest_config.pb.h"
#include "proto/bedside/config/textproto_config.h"

namespace bedside {
namespace {

constexpr char kSubject[] = "configuration";
constexpr char kSeeProtos[] = "Correct the file; every field is described in proto/bedside/config.";

void Fail(absl::string_view message, absl::string_view next_step, Findings* findings) {
  findings->push_back({FindingLevel::kFailure, kSubject, std::string(message), std::string(next_step)});
}

void CheckRange(absl::string_view field, double value, double lowest, double highest, Findings* findings) {
  if (value >= lowest && value <= highest) return;
  Fail(absl::StrCat(field, " is ", value, ", wanted ", lowest, " to ", highest), kSeeProtos, findings);
}

void CheckIndexAndPipeline(const config::ServerConfig& config, Findings* findings) {
  config::IngestConfig ingest_config;
  *ingest_config.mutable_index() = config.index();
  *ingest_config.mutable_pipeline() = config.pipeline();
  const absl::Status status = CheckIngestConfig(ingest_config);
  if (!status.ok()) Fail(status.message(), kSeeProtos, findings);
}

void CheckListenAddress(const std::string& address, Findings* findings) {
  const size_t colon = address.rfind(':');
  int port = -1;
  if (address.empty() || (colon != std::string::npos && colon > 0 &&
                          absl::SimpleAtoi(address.substr(colon + 1), &port) && port >= 0 && port <= 65535)) {
    return;
  }
  Fail(absl::StrCat("listen_address is \"", address, "\", wanted host:port"), kSeeProtos, findings);
}

void CheckImportRoot(const std::string& root, Findings* findings) {
  struct stat info = {};
  if (root.empty() || (stat(root.c_str(), &info) == 0 && S_ISDIR(info.st_mode))) return;
  Fail(absl::StrCat("import_root ", root, " is no folder"), "Make the folder, or correct import_root.", findings);
}

void CheckChat(const config::ChatGeneratorConfig& chat, Findings* findings) {
  constexpr absl::string_view kChat = "answer.generator.chat";
  if (chat.base_url().empty()) Fail(absl::StrCat(kChat, ".base_url is missing"), kSeeProtos, findings);
  if (chat.model().empty()) Fail(absl::StrCat(kChat, ".model is missing"), kSeeProtos, findings);
  if (!chat.api_key_file().empty() && access(chat.api_key_file().c_str(), R_OK) != 0) {
    Fail(absl::StrCat(kChat, ".api_key_file ", chat.api_key_file(), " cannot be read"),
         "Give the file to the user that runs the server, or correct the path.", findings);
  }
  if (chat.outside_trust_zone_accepted()) {
    findings->push_back({FindingLevel::kWarning, kSubject,
                         "questions and evidence may leave this machine for the chat "
                         "server",
                         "Make sure that this is meant; outside_trust_zone_accepted: false forbids it."});
  }
}

void CheckAnswer(const config::AnswerConfig& answer, Findings* findings) {
  CheckRange("answer.max_evidence", answer.max_evidence(), 0, 50, findings);
  CheckRange("answer.max_sentences", answer.max_sentences(), 0, 20, findings);
  CheckRange("answer.min_relevance", answer.min_relevance(), 0, 1, findings);
  if (answer.generator().has_chat()) CheckChat(answer.generator().chat(), findings);
}

}  // namespace

Finding CheckConfigFile(const std::string& path, config::ServerConfig* config) {
  const absl::Status status = ReadTextprotoConfig(path, config);
  if (status.ok()) return {FindingLevel::kOk, kSubject, absl::StrCat(path, " is read"), ""};
  return {FindingLevel::kFailure, kSubject, std::string(status.message()), kSeeProtos};
}

Findings CheckConfigFields(const config::ServerConfig& config) {
  Findings findings;
  CheckIndexAndPipeline(config, &findings);
  CheckListenAddress(config.listen_address(), &findings);
  CheckImportRoot(config.import_root(), &findings);
  CheckAnswer(config.answer(), &findings);
  CheckRange("shutdown_delay_ms", config.shutdown_delay_ms(), 0, 120'000, &findings);
  if (findings.empty()) findings.push_back({FindingLevel::kOk, kSubject, "every field is within its range", ""});
  return findings;
}

}  // namespace bedside
