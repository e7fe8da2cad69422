#include "services/answer/study_report.h"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "index/text/occurs.h"
#include "services/answer/report_cues.h"

namespace bedside {
namespace {

// Fewer stand in no report, whatever their place in it.
constexpr size_t kMinSentences = 4;
// Sentences that tell aims or methods, as many as are to be expected by the odds of all, that make a report; of a short
// paragraph this share of its sentences.
constexpr double kAimsAndMethods = 1.25;
constexpr double kShareOfAShortOne = 0.16;

constexpr absl::string_view kReportCues =
#include "services/answer/report_cues.inc"
    ;

// What speaks for a finding, and what for an aim or a method: log-odds.
struct Evidence {
  double finding = 0;
  double method = 0;
};

// What tools/report_cues/train.py wrote: lines of a weight for a finding, one for an aim or a method, and a cue.
class CueWeights {
 public:
  CueWeights() {
    for (const absl::string_view line : absl::StrSplit(kReportCues, '\n', absl::SkipEmpty())) {
      const std::vector<absl::string_view> fields = absl::StrSplit(line, '\t');
      Evidence& weights = weights_[fields.back()];
      if (!absl::SimpleAtod(fields[0], &weights.finding) || !absl::SimpleAtod(fields[1], &weights.method)) weights = {};
    }
  }

  Evidence Of(const std::vector<std::string>& cues) const {
    Evidence sum = weights_.at("(bias)");
    for (const std::string& cue : cues) {
      const auto found = weights_.find(cue);
      if (found == weights_.end()) continue;
      sum.finding += found->second.finding;
      sum.method += found->second.method;
    }
    return sum;
  }

  const Evidence& threshold() const { return weights_.at("(threshold)"); }

 private:
  absl::flat_hash_map<absl::string_view, Evidence> weights_;
};

// What a protocol says that it is going to do; it has no results that would tell the methods from them.
bool PlansAStudy(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(
      R"((?i)\bwill be (?:randomi[sz]|recruit|enrol|includ|invit|ask|measur|assess|record|collect|follow|compar|evaluat)"
      R"(|analy[sz]|conduct|perform|report)\w*|\b(?:primary|secondary|main) (?:outcome|end ?point)s? (?:is|are|will)\b)");
  return Occurs(sentence, pattern);
}

bool IsReport(const std::vector<Evidence>& sentences) {
  double aims_and_methods = 0;
  for (const Evidence& sentence : sentences) aims_and_methods += 1 / (1 + std::exp(-sentence.method));
  const double of_a_short_one = kShareOfAShortOne * static_cast<double>(sentences.size());
  return sentences.size() >= kMinSentences && aims_and_methods >= std::min(kAimsAndMethods, of_a_short_one);
}

}  // namespace

std::vector<bool> FindingsOfReport(const std::vector<absl::string_view>& sentences) {
  static const CueWeights& weights = *new CueWeights();
  std::vector<Evidence> evidence;
  for (const std::vector<std::string>& cues : ReportCues(sentences)) evidence.push_back(weights.Of(cues));
  const bool is_report = IsReport(evidence);
  std::vector<bool> findings;
  for (size_t i = 0; i < sentences.size(); ++i) {
    const bool tells = is_report ? evidence[i].finding >= weights.threshold().finding
                                 : evidence[i].method < weights.threshold().method;
    findings.push_back(tells && !PlansAStudy(sentences[i]));
  }
  return findings;
}

}  // namespace bedside
