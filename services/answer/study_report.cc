#include "services/answer/study_report.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstddef>

#include "index/text/occurs.h"
#include "services/answer/sentence_cues.h"

namespace bedside {
namespace {

// Shorter paragraphs are no report.
constexpr size_t kMinSentences = 4;

bool TellsAnAim(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(
      R"((?i)\b(?:aim|objective|purpose|goal)s?\b.{0,30}\b(?:was|were|is|are)\b)"
      R"(|\bto (?:determine|investigate|evaluate|assess|examine|compare) (?:the|whether|if|how)\b)"
      R"(|^to (?:report|explain|demonstrate|present|estimate|analy[sz]e|characteri[sz]e|understand|quantify|establish|clarify|develop|discuss|update|summari[sz]e)\b)"
      R"(|\b(?:remains?|is|are) (?:unclear|unknown|controversial|poorly understood|debated|lacking|a matter of debate|not (?:well |fully )?(?:known|understood|established|clear))\b)"
      R"(|\b(?:little|less) is known\b|\bfew (?:data|studies)\b|\bhas not (?:yet )?been\b)");
  return Occurs(sentence, pattern);
}

bool TellsAMethod(absl::string_view sentence) {
  static const RE2& passive = *new RE2(
      R"((?i)\b(?:was|were) (?:used|conducted|carried out|undertaken|reviewed|compared|examined|evaluated|investigated)"
      R"(|studied|administered|divided|assigned|allocated|selected|identified from|obtained (?:from|by|in)|recorded)"
      R"(|followed|surveyed|interviewed|asked|treated with|performed|assessed|measured|collected|analy[sz]ed)"
      R"(|calculated|determined (?:by|using|with)|included|excluded|defined|invited|scored|tested|screened)"
      R"(|randomi[sz]ed|matched|monitored|applied|estimated (?:using|by|with|from)|classified|categori[sz]ed)"
      R"(|grouped|stratified|documented|retrieved|gathered|completed by|sampled|operated|submitted|mailed)"
      R"(|distributed|abstracted|extracted|contacted)\b)");
  static const RE2& active = *new RE2(
      R"((?i)\bwe (?:also |then )?(?:compared|examined|evaluated|assessed|investigated|studied|identified|selected)"
      R"(|obtained|surveyed|interviewed|asked|recorded|followed|tested|screened|reviewed|retrospectively)"
      R"(|prospectively|calculated|determined|estimated|developed|applied|employed|considered|analy[sz]ed|present)\b)"
      R"(|\b(?:retrospective|prospective|cross-sectional|cohort|case-control|randomi[sz]ed|observational|double-blind)"
      R"(|pilot) (?:study|review|analysis|trial|survey|design)\b|\b(?:primary|secondary|main) (?:outcome|end ?point)s?\b)"
      R"(|\b(?:outcome measures?|regression (?:models?|analys[ei]s)|chi-square|power calculation|cross-sectional)\b)"
      R"(|\bstatistical(?:ly)? (?:analy|signific\w+ (?:was|at))|\bconsidered (?:statistically )?significant\b)");
  return Occurs(sentence, passive) || Occurs(sentence, active);
}

// More than a word that background has too.
bool ReportsAResult(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(
      R"((?i)\b(?:we|study|results?|findings?|analys[ei]s|data|patients|group) (?:\w+ ){0,2})"
      R"((?:found|show(?:s|ed|n)?|observed|demonstrat\w+|reveal\w*|suggest\w*|conclude\w*|indicate\w*)\b)"
      R"(|\bp ?[<=>] ?0?\.\d|\b\d+(?:\.\d+)? ?%.*\b(?:vs|versus|compared|and)\b|\bCI\b|\bconclu)"
      R"(|\b(?:odds|hazard) ratio\b|\bsignificant(?:ly)? (?:difference|higher|lower|more|less|increase|decrease)"
      R"(|associat|reduc|improv|correlat|better|greater|worse))");
  return Occurs(sentence, pattern);
}

// As results do, and seldom anything else behind a method.
bool CountsWhatWasSeen(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(R"((?i)\b\d+(?:\.\d+)? ?%|\b(?:mean|median|average) .{0,40}\b(?:was|were)\b)"
                                       R"(|\b(?:no|not) (?:\w+ )?(?:difference|correlat|associat|relationship|effect))"
                                       R"(|\b(?:most|majority|more|fewer|less) (?:of|likely|than|frequent|common))"
                                       R"(|^(?:overall|of (?:the )?\d+|a total of|there (?:was|were))\b)");
  return Occurs(sentence, pattern);
}

bool TellsNoResult(absl::string_view sentence) {
  if (StatesNoFinding(sentence)) return true;
  return (TellsAnAim(sentence) || TellsAMethod(sentence)) && !ReportsAResult(sentence);
}

}  // namespace

std::vector<bool> FindingsOfReport(const std::vector<absl::string_view>& sentences) {
  std::vector<bool> no_result;
  for (absl::string_view sentence : sentences) no_result.push_back(TellsNoResult(sentence));
  std::vector<bool> findings(sentences.size(), true);
  const auto first = std::find(no_result.begin(), no_result.end(), true);
  if (sentences.size() < kMinSentences || first == no_result.end()) return findings;
  // Without a sentence that reports a result, the results begin behind the last that tells how they were got.
  auto begin = static_cast<size_t>(no_result.rend() - std::find(no_result.rbegin(), no_result.rend(), true));
  bool method_told = false;
  for (auto i = static_cast<size_t>(first - no_result.begin()); i < sentences.size(); ++i) {
    if (!no_result[i] && (ReportsAResult(sentences[i]) || (method_told && CountsWhatWasSeen(sentences[i])))) {
      begin = i;
      break;
    }
    method_told |= TellsAMethod(sentences[i]);
  }
  for (size_t i = 0; i < sentences.size(); ++i) findings[i] = i >= begin && !no_result[i];
  return findings;
}

}  // namespace bedside
