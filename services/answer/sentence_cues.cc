#include "services/answer/sentence_cues.h"

#include <re2/re2.h>

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "index/text/occurs.h"

namespace bedside {
namespace {

bool IsQuestion(absl::string_view sentence) {
  return absl::EndsWith(absl::StripTrailingAsciiWhitespace(sentence), "?");
}

bool Announces(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(
      R"((?i)\b(?:we|the authors) (?:aim(?:ed)?|sought|set out|intend(?:ed)?|plan(?:ned)?|wish(?:ed)?|tested|asked|(?:investigat|examin|evaluat|assess|explor|stud)\w+)\b)"
      R"(|\b(?:aim|objective|purpose|goal)s? (?:of|in) (?:this|the present|the current|our|the study)\b)"
      R"(|\b(?:our|the|primary|main|study) (?:aim|objective|purpose|goal)s? (?:was|were)\b)"
      R"(|\b(?:this|the present|the current|our) (?:study|trial|review|paper|article|report|work|analysis|meta-analysis|protocol|guideline)\b)"
      R"(.{0,40}\b(?:aim|sought|designed|conducted|performed|undertaken|will|(?:investigat|evaluat|examin|assess|explor|describ|review|compar|summari[sz]|discuss|address|outlin)\w*)\b)"
      R"(|\bwe (?:\w+ )?(?:discuss|review|summari[sz]e|outline)\b)"
      R"(|\bwhether\b.{0,200}\b(?:was|were) (?:investigated|examined|evaluated|assessed|studied)\b)"
      R"(|^\W*in (?:this|the present|the current|our) (?:study|work|paper|article|report|analysis), .{0,200}\b(?:was|were) )"
      R"((?:investigated|examined|evaluated|assessed|studied|explored)\b)"
      R"(|^to (?:determine|investigate|evaluate|assess|examine|compare|describe|identify|explore|review|test|study)\b)");
  return Occurs(sentence, pattern);
}

// Whatever words of a result it has: "The objective of this study is to demonstrate ...".
bool NamesItsAim(absl::string_view sentence) {
  static const RE2& pattern =
      *new RE2(R"((?i)\b(?:aim|objective|purpose|goal)s? of (?:this|our|the present|the current) )"
               R"((?:\w+ )?(?:study|trial|review|paper|article|work|analysis) (?:is|was|were) to\b)");
  return Occurs(sentence, pattern);
}

bool Supposes(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(R"((?i)\bhypothes[ie]s|\bpostulated\b)");
  static const RE2& verb = *new RE2(R"((?i)\bhypothesi[sz]e)");
  return Occurs(sentence, pattern) || Occurs(sentence, verb);
}

bool TellsHow(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(
      R"((?i)\bwe (?:searched|enrolled|recruited|randomly|related|compared|randomi[sz]ed|performed|conducted|used|included|carried out|collected|measured|reviewed|analy[sz]ed|undertook|extracted|retrieved)\b)"
      R"(|\b(?:was|were) (?:randomly|randomi[sz]ed (?:to|into)|recruited|enrolled|searched|retrospectively|prospectively|(?:included|enrolled) in (?:the|this) (?:study|trial|analysis|review))\b)"
      R"(|\b(?:was|were) compared (?:with|to|between|among)\b)"
      R"(|\bcompleted (?:[\w-]+ ){0,3}(?:questionnaires?|surveys?|measures|interviews?)\b)"
      R"(|\b(?:instrument|questionnaire|survey|scale) (?:measured|assessed|comprised|consisted|included|contained)\b)"
      R"(|\b(?:was|were) (?:collected|analy[sz]ed|measured|calculated|extracted|performed|assessed) (?:using|by|with|from|in|at|before|after)\b)"
      R"(|\b(?:was|were) (?:collected|analy[sz]ed|measured|calculated|extracted|performed|assessed|evaluated|examined)\W*$)"
      R"(|\b(?:was|were) (?:compared|investigated|studied|recorded|reviewed|obtained|included|screened|determined)\W*$)");
  return Occurs(sentence, pattern);
}

// Says that there is something to say: "This study demonstrates the effects of statins.", "Certain factors raise the
// risk."
bool SaysNothingYet(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(
      R"((?i)\b(?:this|the|our|present) (?:study|trial|review|paper|article|report|work|case)s? (?:demonstrat|describ|show|present|discuss|illustrat|report)\w* (?:the )?(?:effects?|roles?|uses?|influence|impact) of [^,;:]{1,80}$)"
      R"(|^\W*(?:certain|several|many|some|various|a few|a number of) (?:\w+ )?(?:factors|things|steps|ways)\b[^,;:]{0,70}$)"
      R"(|^\W*(?:however, )?(?:further|more|additional|larger|future|prospective) (?:[\w-]+ ){0,3}(?:research|studies|trials|work|investigations?) (?:(?:is|are|will be) (?:\w+ )?(?:necessary|needed|required|warranted)|should|must|needs? to)\b)"
      R"(|^\W*(?:the )?(?:minimum |mean |median |average |maximum )?(?:duration of )?follow-?up (?:period |time |duration )?(?:was|ranged)\b)");
  return Occurs(sentence, pattern);
}

bool ReportsAResult(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(
      R"((?i)\b(?:found|show(?:s|ed|n)?|observed|demonstrat\w+|reveal\w*|suggest\w*|conclude\w*|indicate\w*|resulted in|led to|associated with|reduc(?:ed|es|tion)|increased|improved|lower|higher|significant\w*|confirmed|recommend\w*|should|died|deaths?|fatal\w*|miscarr\w*|occurred|fewer|caused)\b)");
  return Occurs(sentence, pattern);
}

// Who took part, and nothing of what became of them: "The mean age was 64 years.", "A total of 12 patients were
// identified."
bool DescribesParticipants(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(
      R"((?i)^\W*(?:the |their )?(?:mean|average|median) (?:patient )?age (?:of (?:the )?(?:patients|participants|subjects|)"
      R"(children|women|men|cohort|sample) )?(?:was|were) [\d.±, ]+(?:\([^)]*\))?(?: ?years?)?)"
      R"((?:,? (?:and )?[\d.]+ ?%[^,;]{0,40}\b(?:male|female|men|women)s?)?\W*$)"
      R"(|^\W*(?:a total of|overall,?|in total,?|altogether,?) [\w,-]+ (?:[\w-]+ ){0,2}(?:patients|participants|subjects|)"
      R"(adults|children|women|men|infants|individuals|people|students|volunteers) (?:\([^)]*\) )?(?:was|were) )"
      R"((?:identified|included|enrolled|recruited|studied|analy[sz]ed|evaluated|examined|screened|eligible)\W*$)"
      R"(|^\W*there were [\d,]+ (?:patients|participants|subjects|recipients|adults|children|women|men|infants) in the )"
      R"((?:[\w-]+ ){1,3}group and [\d,]+ (?:[\w-]+ ){0,2}in the (?:[\w-]+ ){1,3}group\W*$)");
  return Occurs(sentence, pattern);
}

// "A lung infection may cause this damage": of a word behind the first, what "this" stands for is not shown. A source
// may speak of itself, and of today.
bool PointsBackWithin(absl::string_view sentence) {
  static const RE2& pattern =
      *new RE2(R"((?i)^\W*(?:(?:[\w'()-]+[ ,]+){1,6}|(?:[\w'()-]+(?:,\d+)* ){1,12})(?:this|these) ([\w-]+))");
  static const RE2& of_itself = *new RE2(
      R"((?i)stud(?:y|ies)|trials?|reviews?|guidelines?|meta-analys[ei]s|analys[ei]s|cohort|document|article|report|paper|)"
      R"(data|time|year|page|section|website)");
  std::string noun;
  return RE2::PartialMatch(re2::StringPiece(sentence.data(), sentence.size()), pattern, &noun) &&
         !RE2::FullMatch(noun, of_itself);
}

bool PointsElsewhere(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(
      R"((?i)^\W*for (?:more|further|additional) (?:\w+ )?(?:information|results|details)\b|\brefine the search\b)"
      R"(|^\W*(?:click|see|refer to|visit) (?:here|also|separate|the|our|table|figure|box|section|chapter|appendix)\b)"
      R"(|\bmore (?:\w+ )?information\b.{0,80}\b(?:is|are|can be) (?:also )?(?:provided|available|found|obtained)\b)"
      R"(|\b(?:content|information) (?:on|of|in) this (?:web ?site|web ?page|page)\b)"
      R"(|^\W*(?:read more about|more on|case definitions have been updated|tips for talking)\b)"
      R"(|\b(?:article|fact sheet|booklet|web ?site|health topic)s? (?:also )?(?:has|have|describes?|explains?|offers?|lists?)\b)"
      R"(|\b(?:special attention|emphasis) is (?:given|placed|paid)\b)"
      // Two parts of an abstract that nothing separates.
      R"(|[a-z]\.\s?(?-i:BACKGROUND|OBJECTIVES?|AIMS?|METHODS|RESULTS|CONCLUSIONS?):)");
  return Occurs(sentence, pattern);
}

}  // namespace

bool StatesNoFinding(absl::string_view sentence) {
  if (IsQuestion(sentence) || NamesItsAim(sentence) || Supposes(sentence) || PointsElsewhere(sentence) ||
      SaysNothingYet(sentence)) {
    return true;
  }
  return (Announces(sentence) || TellsHow(sentence) || DescribesParticipants(sentence)) && !ReportsAResult(sentence);
}

bool NeedsPredecessor(absl::string_view sentence) {
  static const RE2& stands_alone = *new RE2(
      R"((?i)^\W*(?:it (?:is|was|has been) (?:not )?(?:strongly |generally |widely |well |therefore )?(?:recommended|important|estimated|known|likely|unlikely|possible|essential|suggested|thought|believed|unclear|unknown|reasonable|advisable|necessary|appropriate|shown|reported|advised|preferable|established)\b)"
      R"(|(?:this|these|our) (?:[\w-]+ )?(?:stud(?:y|ies)|trials?|reviews?|meta-analys[ei]s|analys[ei]s|results?|findings?|data|guidelines?|work|paper|report|cohort)\b.{0,60}\b(?:show|suggest|indicat|demonstrat|confirm|support|found|find|provid|reveal|recommend|conclud|impl))"
      R"(|that is why))");
  static const RE2& begins = *new RE2(
      R"((?i)^\W*(?:this|these|those|that|such|it|its|they|their|them|he|she|his|her|however|therefore|thus|hence|moreover|furthermore|in addition|additionally|in contrast|by contrast|in comparison|conversely|consequently|nevertheless|nonetheless|but|and|or|similarly|instead|otherwise|likewise|accordingly|meanwhile|besides|also|then|as such|as a result|on the other hand|on the contrary|in this|in these|in such|in that|for this|for these|for example|for instance|of these|of those|of them|among these|among them|with this|with these|because of this|due to this|despite th(?:is|ese)|both of|neither of|some of these|most of these|all of these|another|yet|so|in the (?:other|remaining)|finally|indeed|in fact|in particular|specifically|overall, th(?:is|ese)|to this end|here|there(?:by|after|from)|exceptions?|if (?:so|not|positive|negative))\b)");
  static const RE2& within = *new RE2(
      R"((?i)\bthe (?:former|latter)\b|\b(?:mentioned|described|noted|stated|listed) above\b|\bthe above\b|\bthe aforementioned\b|\((?:see )?(?:above|below)\))"
      R"(|^\W*the actual\b|^[^.;:]{0,80}, (?:however|therefore),|^\W*the (?:survey|researchers|investigators)\b)"
      R"(|^\W*(?:others|other (?:people|patients))\b|^\W*rather,)"
      // Whose dose it is stands elsewhere.
      R"(|^\W*(?:a|the) (?:[\w-]+ )?(?:typical|usual|recommended|starting|initial|maximum|standard|average) (?:[\w-]+ )?dos(?:e|age) (?:is|was)\b)"
      R"(|^\W*(?:when|if|although|though|while|because|since|as|after|before|once|unless) (?:it|they|this|these|he|she)\b)"
      R"(|^\W*the (?:vaccine|drug|agent|compound|tool|method|software|program|algorithm) (?:is|was|has|had|can|may|also)\b)"
      R"(|\b(?:one|both|each|either|some|any|many|most|all)(?: or (?:both|more))? of (?:these|them)\b|\bthese same\b|\bthe same (?:types?|kinds?|patterns?|changes|effects?|results?) (?:of|were|was|in)\b|^\W*both (?:are )?required\b)");
  if (Occurs(sentence, stands_alone)) return false;
  return Occurs(sentence, begins) || Occurs(sentence, within) || PointsBackWithin(sentence);
}

bool IsFragment(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(R"(^[\s\pP]*(?:[a-z]|[a-z]{2}[a-z-]*)(?:[\s,;:.!]|$))");
  static const RE2& open_parenthesis = *new RE2(R"(\([^)]{0,12}$)");
  return Occurs(sentence, pattern) || Occurs(sentence, open_parenthesis);
}

bool IsAboutTheSource(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(
      R"(^\W*(?:Replaces|Supersedes|Updates|Emphasi[sz]es|Introduces|Focuses|Incorporates|Endorses|Reflects|Highlights|Covers)\b)");
  return Occurs(sentence, pattern);
}

bool IntroducesMore(absl::string_view sentence) {
  static const RE2& open_end =
      *new RE2(R"((?i)\b(?:including|includes?|such as|(?:as|the) following|listed below)[\s:.]*$)"
               R"(|\b(?:by|are|is|of|to|with|for|from|in|on|and|or|if|who|that|when|the|a)\s*$|,\s*$)");
  return absl::EndsWith(absl::StripTrailingAsciiWhitespace(sentence), ":") || Occurs(sentence, open_end);
}

bool WantsTheWholeList(absl::string_view lead_in) {
  // Each item is to be avoided.
  static const RE2& avoid = *new RE2(R"((?i)^\W*(?:avoid|do not (?:give|use|take|combine)|stop)\b)");
  if (Occurs(lead_in, avoid)) return false;
  static const RE2& pattern =
      *new RE2(R"((?i)\bboth (?:are )?required\b|\brequires both\b|\b(?:all|both|each) of the following\b)"
               R"(|\ball (?:\w+ ){0,2}(?:required|must be met)\b|\bmust have (?:all|both)\b)"
               R"(|\b(?:[2-9]|two|three|four|five) (?:or more )?of (?:the following|[3-9]|three|four|five|six)\b)");
  return Occurs(lead_in, pattern);
}

}  // namespace bedside
