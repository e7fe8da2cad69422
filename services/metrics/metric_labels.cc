#include "services/metrics/metric_labels.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace bedside {
namespace {

constexpr char kOther[] = "other";
constexpr absl::string_view kUnspecified = "UNSPECIFIED";

struct Fallback {
  // How an entry of `degraded` begins, and ends.
  absl::string_view begin;
  absl::string_view end;
  absl::string_view label;
};

constexpr Fallback kFallbacks[] = {
    {"dense", "", "lexical_only"},
    {"ranker", "", "without_ranker"},
    {"cross_encoder", "", "without_cross_encoder"},
    {"shards", "", "partial_index"},
    {"generator: ", "answered extractively", "extractive"},
    {"generator: stopped", "", "answer_cut_off"},
    {"prompt: ", "", "prompt_shortened"},
    {"grounding: ", "", "grounding_by_words"},
    {"evidence filter: ", "", "filter_by_words"},
    {"evidence: passages that address", "", "suspect_passages"},
};

}  // namespace

std::string MethodLabel(absl::string_view method) {
  if (absl::StartsWith(method, "/")) method.remove_prefix(1);
  const std::string full_name = absl::StrReplaceAll(method, {{"/", "."}});
  const auto* found = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(full_name);
  if (found == nullptr) return kOther;
  // In the one spelling that gRPC has: a client may write others.
  return absl::StrCat(found->service()->full_name(), "/", found->name()) == method ? std::string(method) : kOther;
}

std::string CodeLabel(absl::StatusCode code) {
  const std::string name = absl::StatusCodeToString(code);
  return name.empty() ? "UNKNOWN" : name;
}

bool IsServerFault(absl::StatusCode code) {
  return code == absl::StatusCode::kUnknown || code == absl::StatusCode::kInternal ||
         code == absl::StatusCode::kDataLoss;
}

std::string EnumLabel(const google::protobuf::EnumDescriptor& descriptor, int number) {
  const auto* value = descriptor.FindValueByNumber(number);
  if (value == nullptr) return kOther;
  const std::string& zero = descriptor.FindValueByNumber(0)->name();
  const size_t prefix = absl::EndsWith(zero, kUnspecified) ? zero.size() - kUnspecified.size() : 0;
  return absl::AsciiStrToLower(value->name().substr(prefix));
}

std::vector<std::string> EnumLabels(const google::protobuf::EnumDescriptor& descriptor) {
  std::vector<std::string> labels;
  for (int i = 0; i < descriptor.value_count(); ++i) {
    const int number = descriptor.value(i)->number();
    if (number != 0) labels.push_back(EnumLabel(descriptor, number));
  }
  return labels;
}

std::string FallbackLabel(absl::string_view degraded) {
  for (const Fallback& fallback : kFallbacks) {
    if (absl::StartsWith(degraded, fallback.begin) && absl::EndsWith(degraded, fallback.end)) {
      return std::string(fallback.label);
    }
  }
  return kOther;
}

std::vector<std::string> FallbackLabels() {
  std::vector<std::string> labels;
  for (const Fallback& fallback : kFallbacks) labels.emplace_back(fallback.label);
  labels.emplace_back(kOther);
  return labels;
}

}  // namespace bedside
