#include "tools/bedside/doctor/model_checks.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <system_error>

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

}  // namespace

Findings CheckModel(const config::EmbedderConfig& config, const EmbedderIdFunction& load, std::string* embedder_id) {
  embedder_id->clear();
  Findings findings;
  for (const char* name : {"model.onnx", "tokenizer.json"}) {
    findings.push_back(CheckModelFile(absl::StrCat(config.model_path(), "/", name), kFetch));
    if (findings.back().level == FindingLevel::kFailure) return findings;
  }
  if (!config.adapter_path().empty()) {
    findings.push_back(CheckModelFile(config.adapter_path(), kAdapter));
    if (findings.back().level == FindingLevel::kFailure) return findings;
  }
  const absl::StatusOr<std::string> id = load(config);
  if (id.ok()) {
    *embedder_id = *id;
    findings.push_back({FindingLevel::kOk, kSubject, absl::StrCat("loads as ", *id), ""});
  } else {
    const std::string message(id.status().message());
    const bool is_adapter = !config.adapter_path().empty() && absl::StrContains(message, config.adapter_path());
    findings.push_back({FindingLevel::kFailure, kSubject, message, is_adapter ? kAdapter : kFetch});
  }
  return findings;
}

}  // namespace bedside
