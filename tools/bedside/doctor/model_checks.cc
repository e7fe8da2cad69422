#include "tools/bedside/doctor/model_checks.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

constexpr char kSubject[] = "model";
constexpr char kFetch[] =
    "Run tools/setup, or set index.embedder.model_path to a folder with model.onnx and tokenizer.json.";
constexpr char kAdapter[] =
    "Set index.embedder.adapter_path to an adapter of this model, or leave it out; see "
    "docs/formats/encoder-adapter.md.";
constexpr char kQuestionAdapter[] =
    "Set index.embedder.question_adapter_path to one that was made for this adapter and query_prefix, or leave it out; "
    "see docs/formats/encoder-adapter.md.";

Finding CheckModelFile(const std::string& path, const char* advice) {
  std::error_code error;
  std::string content(std::filesystem::is_regular_file(path, error) ? std::filesystem::file_size(path, error) : 0, 0);
  std::ifstream file(path, std::ios::binary);
  if (content.empty() || !file.read(content.data(), static_cast<std::streamsize>(content.size()))) {
    return {FindingLevel::kFailure, kSubject, absl::StrCat(path, " is missing, empty or cannot be read"), advice};
  }
  return {FindingLevel::kOk, kSubject,
          absl::StrCat(path, ": ", HumanBytes(static_cast<int64_t>(content.size())), ", SHA-256 ", Sha256Hex(content)),
          ""};
}

// What to do about a model that does not load for this reason, which names the file.
const char* AdviceFor(absl::string_view reason, const config::EmbedderConfig& config) {
  const auto names = [&](const std::string& path) { return !path.empty() && absl::StrContains(reason, path); };
  if (names(config.question_adapter_path())) return kQuestionAdapter;
  return names(config.adapter_path()) ? kAdapter : kFetch;
}

// Until the first that is a failure.
Findings CheckModelFiles(const config::EmbedderConfig& config) {
  std::vector<std::pair<std::string, const char*>> files = {
      {absl::StrCat(config.model_path(), "/model.onnx"), kFetch},
      {absl::StrCat(config.model_path(), "/tokenizer.json"), kFetch}};
  if (!config.adapter_path().empty()) files.emplace_back(config.adapter_path(), kAdapter);
  if (!config.question_adapter_path().empty()) files.emplace_back(config.question_adapter_path(), kQuestionAdapter);
  Findings findings;
  for (const auto& [path, advice] : files) {
    findings.push_back(CheckModelFile(path, advice));
    if (findings.back().level == FindingLevel::kFailure) break;
  }
  return findings;
}

}  // namespace

Findings CheckModel(const config::EmbedderConfig& config, const EmbedderIdFunction& load, std::string* embedder_id) {
  embedder_id->clear();
  Findings findings = CheckModelFiles(config);
  if (findings.back().level == FindingLevel::kFailure) return findings;
  const absl::StatusOr<std::string> id = load(config);
  if (id.ok()) {
    *embedder_id = *id;
    findings.push_back({FindingLevel::kOk, kSubject, absl::StrCat("loads as ", *id), ""});
  } else {
    const std::string message(id.status().message());
    findings.push_back({FindingLevel::kFailure, kSubject, message, AdviceFor(message, config)});
  }
  return findings;
}

}  // namespace bedside
