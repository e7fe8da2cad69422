#include "services/answer/emergency.h"

#include <re2/re2.h>

#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

// Somebody who is there, as the first word behind `(?:^|[\s,.;:!?(-])`.
constexpr char kSomebody[] =
    R"((?:(?:my|our|the|this|a|an)\s+(?:[\w-]+\s+){0,2}?(?:patient|man|woman|boy|girl|child|baby|infant|newborn|toddler|husband|wife|mother|father|mum|mom|dad|son|daughter|friend|colleague|neighbou?r|person|lady|gentleman|resident|passenger|visitor|student))"
    R"(|patient|husband|wife|mother|father|mum|mom|dad|son|daughter|baby|he|she|i|man|woman|child)"
    R"(|\d+[\s-]*(?:year|month|week|day)s?[\s-]*old(?:\s+(?:man|woman|male|female|boy|girl|child|patient|infant|baby))?))";

// What is said of somebody who is in danger.
constexpr char kIs[] =
    R"((?:is|am|'s|’s|'m|’m)\s+(?:now\s+|currently\s+|suddenly\s+|still\s+)?(?:in\s+(?:(?:cardiac|respiratory|cardiorespiratory)\s+arrest|anaphyla\w+|(?:anaphylactic|septic|cardiogenic)\s+shock|ventricular\s+fibrillation|status\s+epilepticus)|(?:not|no\s+longer)\s+breathing|unresponsive|unconscious|pulseless|choking|seizing|convulsing|turning\s+blue|bleeding\s+(?:out|heavily|to\s+death)|having\s+an?\s+(?:\w+\s+)?(?:heart\s+attack|stroke|seizure|cardiac\s+arrest|asthma\s+attack|anaphyla\w+)|going\s+into\s+(?:shock|cardiac\s+arrest|anaphyla\w+)))";
constexpr char kHas[] =
    R"((?:has\s+|have\s+|'s\s+|’s\s+)?(?:just\s+|suddenly\s+)(?:collapsed|stopped\s+breathing|arrested|overdosed|swallowed|drank|lost\s+consciousness|been\s+(?:shot|stabbed|electrocuted|poisoned)))"
    R"(|(?:has|have)\s+(?:collapsed|stopped\s+breathing|arrested|no\s+pulse|lost\s+consciousness))";
constexpr char kCannot[] = R"(isn['’]?t\s+(?:breathing|responding)|(?:cannot|can['’]?t)\s+breathe)";

constexpr char kDangerNow[] =
    R"((?i)\b(?:(?:cardiac|respiratory)\s+arrest|anaphyla\w+|overdose|choking|status\s+epilepticus|stroke|heart\s+attack|stemi|seizure|septic\s+shock|ha?emorrhage|eclampsia|ventricular\s+fibrillation|tension\s+pneumothorax|poisoning|shoulder\s+dystocia|cord\s+prolapse))"
    R"((?:\s+for\s+(?:\d+|\w+)\s+\w+|\s+patient)?[\s,]+(?:right\s+now|happening\s+now|this\s+minute|as\s+we\s+speak|in\s+front\s+of\s+me|now\s*(?:[.,;:!?–-]|$)))";

// Somebody may take their life.
constexpr char kEndingALife[] =
    R"((?i)\b(?:want(?:s|ed)?|wanna|going|plan(?:s|ning)?|tr(?:y|ies|ied|ying)|thinking\s+of|thoughts\s+of|feel\s+like|wish)\s+)"
    R"((?:to\s+|of\s+)?(?:(?:end|ending)\s+(?:it\s+all|it|things|everything|(?:my|his|her)\s+(?:own\s+)?life))"
    R"(|(?:kill|killing|hang|hanging)\s+(?:my|him|her)self|tak(?:e|ing)\s+(?:my|his|her)\s+own\s+life)\b)"
    R"(|\b(?:i|he|she)\s+(?:just\s+)?wants?\s+to\s+die\b|\b(?:i|he|she)(?:['’]?m|['’]?s|\s+am|\s+is)\s+suicidal\b)"
    R"(|\b(?:i|he|she)\s+(?:do(?:es)?\s+not|do(?:es)?n['’]?t)\s+want\s+to\s+(?:live|be\s+(?:here|alive))\b)";

// What stands before somebody in a question that is asked in general.
constexpr char kInGeneral[] =
    R"((?i)\b(?:if|when|whenever|whether|who|that|which|while|unless|until|once)\s+(?:\w+\s+){0,4}$)";

bool IsSomebodyInDanger(absl::string_view question) {
  static const RE2& danger = *new RE2(absl::StrCat(R"((?i)(?:^|[\s,.;:!?(-])()", kSomebody, R"(\s*(?:who\s+)?(?:)", kIs,
                                                   "|", kHas, "|", kCannot, R"()\b))"));
  static const RE2& in_general = *new RE2(kInGeneral);
  const re2::StringPiece whole(question.data(), question.size());
  re2::StringPiece groups[2];
  for (size_t from = 0; danger.Match(whole, from, whole.size(), RE2::UNANCHORED, groups, 2);) {
    const auto begin = static_cast<size_t>(groups[1].data() - whole.data());
    if (!RE2::PartialMatch(whole.substr(0, begin), in_general)) return true;
    from = begin + groups[1].size();
  }
  return false;
}

}  // namespace

bool TellsOfEmergency(absl::string_view question) {
  static const RE2& danger_now = *new RE2(kDangerNow);
  static const RE2& ending_a_life = *new RE2(kEndingALife);
  const re2::StringPiece whole(question.data(), question.size());
  return IsSomebodyInDanger(question) || RE2::PartialMatch(whole, danger_now) ||
         RE2::PartialMatch(whole, ending_a_life);
}

v1::AnswerWarning EmergencyWarning() {
  v1::AnswerWarning warning;
  warning.set_kind(v1::WARNING_KIND_TIME_CRITICAL);
  warning.set_message(
      "This reads like an emergency that is happening now. Call for help and follow your emergency protocol first; do "
      "not wait for this service. What it quotes is for reading beside that, not instead of it.");
  return warning;
}

}  // namespace bedside
