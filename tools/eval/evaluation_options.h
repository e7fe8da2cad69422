// The command line of bedside_eval.
#ifndef BEDSIDE_TOOLS_EVAL_EVALUATION_OPTIONS_H_
#define BEDSIDE_TOOLS_EVAL_EVALUATION_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/eval/question_perturbation.h"

namespace bedside {

// What each is for: kEvaluationUsage. Empty means not given.
struct EvaluationOptions {
  bool help = false;
  std::vector<std::string> datasets;
  std::string results;
  std::string address;
  std::string store;
  std::string config;
  std::string bin_dir;
  int limit_queries = 0;
  int page_size = 100;
  std::vector<Perturbation> perturbations;
  uint64_t seed = 1;
  bool growth = false;
  std::string json;
  std::vector<std::string> with;
  std::string report;
  std::string compare;
  std::string gate;
  double gate_level = 0.05;
};

extern const absl::string_view kEvaluationUsage;

// `arguments` without the name of the program; every option but --growth is --name=value. INVALID_ARGUMENT: an unknown
// option, a value out of range, an option given twice that may not be, or options that do not go together; the message
// says what would do.
absl::StatusOr<EvaluationOptions> ParseEvaluationOptions(const std::vector<std::string>& arguments);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_EVALUATION_OPTIONS_H_
