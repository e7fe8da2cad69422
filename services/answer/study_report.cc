#include "services/answer/study_report.h"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "absl/algorithm/container.h"
#include "glog/logging.h"
#include "index/text/occurs.h"
#include "services/answer/cue_table.h"
#include "services/answer/report_cues.h"

namespace bedside {
namespace {

// Fewer stand in no report, whatever their place in it.
constexpr size_t kMinSentences = 4;
// Sentences that tell aims or methods, as many as are to be expected by the odds of all, that make a report; of a short
// paragraph this share of its sentences.
constexpr double kAimsAndMethods = 1.0;
constexpr double kShareOfAShortOne = 0.13;
// Log odds of aim or method of the sentence with which the authors begin to tell of their study.
constexpr double kLeastOfTheStudy = -1;

constexpr absl::string_view kReportCues =
#include "services/answer/report_cues.inc"
    ;

const CueTable& Cues() {
  static const CueTable& table = *new CueTable([] {
    auto parsed = CueTable::Parse(kReportCues);
    CHECK(parsed.ok()) << parsed.status();
    return *std::move(parsed);
  }());
  return table;
}

// What a protocol says that it is going to do; it has no results that would tell the methods from them.
bool PlansAStudy(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(
      R"((?i)\bwill be (?:randomi[sz]|recruit|enrol|includ|invit|ask|measur|assess|record|collect|follow|compar|evaluat)"
      R"(|analy[sz]|conduct|perform|report)\w*|\b(?:primary|secondary|main) (?:outcome|end ?point)s? (?:is|are|will)\b)");
  return Occurs(sentence, pattern);
}

bool SpeaksOfAStudy(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(
      R"((?i)\b(?:stud(?:y|ies)|trials?|protocols?|cohorts?|participants?|randomi[sz]\w*|recruit\w*|enrol\w*)\b)");
  return Occurs(sentence, pattern);
}

// Not "whether it should be given", "patients should understand".
bool TellsWhatToDo(absl::string_view sentence) {
  static const RE2& advice = *new RE2(
      R"((?i)\b(?:(?:is|are) contra-?indicated|(?:should|must) (?:not|never|receive|avoid|be (?:avoided|given|used|taken|)"
      R"(started|stopped|withheld|withdrawn|reduced|halved|treated|monitored|administered|offered|discontinued))|)"
      R"((?:do|does) not (?:give|use|take|start|stop|exceed)|(?:is|are) (?:not )?recommended (?:for|in|as|to)|)"
      R"((?:maximum|usual|starting|initial) (?:daily )?dose is|the (?:\w+ )?dose is )"
      R"((?:\d[\w.,]*|one|two|half|halved|reduced|limited|increased|doubled))\b)");
  static const RE2& doubt = *new RE2(
      R"((?i)\b(?:whether|if true|hypothesi\w+|unclear|unknown|controvers\w+|debat\w+|how long|guidelines|it has been|)"
      R"((?:was|were) (?:told|asked|instructed))\b)");
  return Occurs(sentence, advice) && !Occurs(sentence, doubt);
}

// What the authors compared or set out to do; not what is measured each month, nor what happened to a patient.
bool TellsOfTheStudy(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(
      R"((?i)\b(?:aim(?:s|ed)?|objectives?|hypothesi\w+|(?:was |were |we (?:\w+ )?)compared|randomi[sz]\w+|)"
      R"(we (?:\w+ )?(?:sought|assess|evaluat|investigat|examin|explor|compar|stud(?:y|ied)|test|determin|review|)"
      R"(analy[sz])\w*|(?:this|our|present|current) (?:\w+ )?(?:stud(?:y|ies)|trial|review|analysis))\b)");
  static const RE2& one_patient = *new RE2(R"((?i)\bcases? of (?:an? )?|\d+-(?:year|month|week|day)-old\b)");
  return Occurs(sentence, pattern) && !Occurs(sentence, one_patient);
}

// "To stop bleeding, apply pressure.", not "To assess bleeding, we ...".
bool SaysWhatForSomethingIs(absl::string_view sentence) {
  static const RE2& purpose = *new RE2(R"(^\s*To [a-z]+)");
  static const RE2& aim = *new RE2(
      R"(^\s*To (?:(?:further|better|also|systematically|prospectively|retrospectively) )?(?:address|analy[sz]e|answer|)"
      R"(ascertain|assess|characteri[sz]e|clarify|collect|compare|confirm|construct|correlate|define|demonstrate|describe|)"
      R"(design|detect|determine|develop|discover|discuss|document|elucidate|establish|estimate|evaluate|examine|explain|)"
      R"(explore|find|gain|get|identify|illustrate|investigate|know|learn|look|measure|obtain|outline|predict|present|)"
      R"(provide|quantify|report|review|search|see|show|study|summari[sz]e|survey|test|understand|validate|verify)\b)");
  return Occurs(sentence, purpose) && !Occurs(sentence, aim);
}

bool IsReport(const std::vector<CueWeight>& sentences) {
  double aims_and_methods = 0;
  for (const CueWeight& sentence : sentences) aims_and_methods += 1 / (1 + std::exp(-sentence.method));
  const double of_a_short_one = kShareOfAShortOne * static_cast<double>(sentences.size());
  return sentences.size() >= kMinSentences && aims_and_methods >= std::min(kAimsAndMethods, of_a_short_one);
}

// Of a report: where its own part begins, behind what others say; 0 where nothing tells it.
size_t BeginOfTheStudy(const std::vector<absl::string_view>& sentences, const std::vector<CueWeight>& weights) {
  for (size_t i = 0; i < sentences.size() && weights[i].finding < Cues().threshold().finding; ++i) {
    const bool is_likely = weights[i].method > std::max(weights[i].finding, kLeastOfTheStudy);
    if (is_likely && TellsOfTheStudy(sentences[i])) return i;
  }
  return 0;
}

}  // namespace

std::vector<bool> FindingsOfReport(const std::vector<absl::string_view>& sentences, ReportPart part) {
  std::vector<CueWeight> weights;
  for (const std::vector<std::string>& cues : ReportCues(sentences)) weights.push_back(Cues().Of(cues));
  const CueWeight& threshold = Cues().threshold();
  const bool is_report = part == ReportPart::kWhole && IsReport(weights);
  const size_t own = is_report ? BeginOfTheStudy(sentences, weights) : 0;
  const auto may_plan = [&] { return is_report || absl::c_any_of(sentences, SpeaksOfAStudy); };
  std::vector<bool> findings;
  for (size_t i = 0; i < sentences.size(); ++i) {
    const bool is_method =
        weights[i].method >= threshold.method && (is_report || !SaysWhatForSomethingIs(sentences[i]));
    const bool is_advice = i >= own && TellsWhatToDo(sentences[i]);
    const bool is_told = !is_report || weights[i].finding >= threshold.finding || is_advice;
    findings.push_back(is_told && !is_method && !(PlansAStudy(sentences[i]) && may_plan()));
  }
  return findings;
}

}  // namespace bedside
