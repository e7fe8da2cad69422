#include "index/query/asker_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "index/query/bearing_words.h"
#include "index/query/clinical_words.h"
#include "index/query/drug_names.h"
#include "index/query/word_set.h"

namespace bedside {
namespace {

// In capitals, a shorter word may be an abbreviation of something else: MS is a disease, and no title.
constexpr size_t kUnabbreviatedLetters = 5;
constexpr size_t kMaxNameWords = 5;

struct WordSets {
  // Written in capitals, they are no abbreviation all the same.
  const WordSet capitals = WordSetOf(
      "ok a i asap btw fwd fyi idk imo lmk lol omg pls plz tbh thx ty hi hey hello help it eli5 tldr bbc ceo cfo "
      "cto "
      "emt eu faq gp mba mcat nclex ngo nyc osce pdf phd rn stem tv uk un url usa usmle y iphone ipad bluecross "
      "blueshield youtube unitedhealthcare linkedin");
  // Before an occupation they say where.
  const WordSet jobs = WordSetOf("ae cna emt er ems gp hr icu it lpn nhs np or pa rn uk us");
  // In small letters they are something else.
  const WordSet capital_insurers = WordSetOf("cobra dak ihs msp sus tk");
  // Before these, and behind those, a word with a capital is a name.
  const WordSet behind_name =
      WordSetOf("asks asked asking wants wanted wonders wondered wondering would is here speaking again writing");
  const WordSet before_name = WordSetOf("hi hello hey dear regards sincerely faithfully truly wishes");
  // A name stands below these, and below thanks a drug may.
  const WordSet farewells = WordSetOf("best kind kindest warm regards sincerely faithfully yours signed");
  const WordSet particles = WordSetOf("al ben bin da de del della der di du el ibn la le van von y");
  // Somebody who is spoken to, but behind "my" and the like.
  const WordSet vocatives = WordSetOf(
      "bestie brah bro bruh bruv buddy colleague colleagues crew fam folks gang homie homies "
      "mate mates pal partner sir sirs team");
  const WordSet determiners = WordSetOf("a an another any her his my old one our the their this your");
  const WordSet insurers_behind = WordSetOf("plan insurance member hmo ppo card");
  const WordSet insured = WordSetOf("insured covered coverage");
  const WordSet insured_by = WordSetOf("by with through from under");
  const WordSet abilities = WordSetOf(
      "bend chew feel focus hear hold lift move read see sit speak stand swallow talk walk "
      "write");
  // Before these, with any of those between, they are lost.
  const WordSet inabilities = WordSetOf("cannot cant couldnt unable hardly barely struggle struggles struggling never");
  const WordSet between = WordSetOf("to even really no longer properly");
  // Diseases are called by them too.
  const WordSet eponyms = WordSetOf(
      "addison alport barrett basedow behcet bell brugada chagas charcot crohn cushing dercum dupuytren ehlers "
      "fabry gaucher gilbert graves guillain hashimoto hirschsprung hodgkin huntington kaposi kawasaki klinefelter "
      "lyme lynch marfan meniere menkes osler paget parkinson perthes peyronie pompe raynaud reye sheehan sjogren "
      "tourette turner wegener whipple wilson");
};

const WordSets& Sets() {
  static const WordSets& sets = *new WordSets();
  return sets;
}

// Which person a pronoun is of; 0 for another word.
int PersonOf(absl::string_view word) {
  if (word == "he" || word == "him" || word == "his") return 1;
  if (word == "she" || word == "her" || word == "hers") return 2;
  return word == "they" || word == "them" || word == "theirs" ? 3 : 0;
}

}  // namespace

AskerText::AskerText(absl::string_view question) : question_(question), words_(SurfaceWords(question)) {
  for (size_t i = 0; i < words_.size(); ++i) {
    kinds_.push_back(KindAt(i));
    const bool is_daily = IsDaily(i) || (i > 0 && IsDaily(i - 1));
    clinical_.push_back(!is_daily && HasClinicalWord(Written(i)));
    bearing_.push_back(!is_daily && (MayHaveBearing(words_[i].text) || IsLostAbility(i)));
  }
}

// Whether the word before a relation makes it somebody else: "my mate", "a close friend".
bool AskerText::IsQualifier(size_t i) const {
  return kinds_[i] == AskerWord::kGroup || kinds_[i] == AskerWord::kInsurance ||
         Sets().determiners.contains(words_[i].text);
}

// "Anyone?", "would anybody know".
bool AskerText::IsCall(size_t i) const {
  const absl::string_view word = words_[i].text;
  if (word != "anyone" && word != "anybody" && word != "somebody" && word != "someone") return false;
  if (i == 0) return false;
  const absl::string_view before = words_[i - 1].text;
  return BeginsSentence(i) || before == "can" || before == "could" || before == "does" || before == "would";
}

// "Blue Cross", "Blue Shield".
bool AskerText::IsBlueCross(size_t i) const {
  if (!IsCapitalised(i)) return false;
  const absl::string_view word = words_[i].text;
  const auto at = [&](size_t place) { return place < words_.size() ? absl::string_view(words_[place].text) : ""; };
  if (word == "blue") return at(i + 1) == "cross" || at(i + 1) == "shield";
  return (word == "cross" || word == "shield") && i > 0 && at(i - 1) == "blue";
}

AskerWord AskerText::KindAt(size_t i) const {
  const absl::string_view word = words_[i].text;
  const AskerWord kind = KindOfAskerWord(word);
  if (IsLostAbility(i)) return AskerWord::kOther;
  if (IsPronounPair(i) || (i > 0 && IsPronounPair(i - 1))) return AskerWord::kAsking;
  const bool has_next = i + 1 < words_.size();
  if (word == "what" && i > 0 && has_next && (words_[i + 1].text == "i" || words_[i + 1].text == "we")) {
    return AskerWord::kFunction;
  }
  const bool is_vocative = Sets().vocatives.contains(word) && (i == 0 || !IsQualifier(i - 1));
  if (is_vocative) return AskerWord::kAsking;
  if (IsInCapitals(i) && Sets().capital_insurers.contains(word)) return AskerWord::kInsurance;
  if (IsBlueCross(i)) return AskerWord::kInsurance;
  const bool is_in_job = has_next && IsInCapitals(i) && Sets().jobs.contains(word) && Gap(i + 1) == " " &&
                         KindOfAskerWord(words_[i + 1].text) == AskerWord::kOccupation;
  if (is_in_job) return AskerWord::kOccupation;
  if (i + 1 < words_.size() && AskTogether(word, words_[i + 1].text)) return AskerWord::kAsking;
  if (i > 0 && AskTogether(words_[i - 1].text, word)) return AskerWord::kAsking;
  const bool may_abbreviate = IsInCapitals(i) ? word.size() < kUnabbreviatedLetters : HasInnerCapital(i);
  if (may_abbreviate && kind != AskerWord::kInsurance && !Sets().capitals.contains(word)) return AskerWord::kOther;
  if (IsCall(i)) return AskerWord::kAsking;
  const bool is_followed = has_next && !BeginsPhrase(i + 1) && KindOfAskerWord(words_[i + 1].text) == AskerWord::kOther;
  return word == "ms" && !IsCapitalised(i) && !is_followed ? AskerWord::kOther : kind;
}

// "Cannot see", "can't even walk", "unable to swallow".
bool AskerText::IsLostAbility(size_t i) const {
  if (!Sets().abilities.contains(words_[i].text)) return false;
  size_t before = i;
  while (before > 0 && Sets().between.contains(words_[before - 1].text)) --before;
  if (before == 0) return false;
  const absl::string_view word = words_[before - 1].text;
  if (Sets().inabilities.contains(word)) return true;
  return word == "t" && before > 1 && (words_[before - 2].text == "can" || words_[before - 2].text == "couldn");
}

bool AskerText::IsDaily(size_t i) const {
  return i + 1 < words_.size() && HasNoBearingTogether(words_[i].text, words_[i + 1].text);
}

// "she/her", by which people say how to speak of them; not "he/she", which is anybody.
bool AskerText::IsPronounPair(size_t i) const {
  if (i + 1 >= words_.size() || Gap(i + 1) != "/") return false;
  const int first = PersonOf(words_[i].text);
  const int second = PersonOf(words_[i + 1].text);
  return first != 0 && (first == second || second == 3);
}

absl::string_view AskerText::Written(size_t i) const {
  return question_.substr(words_[i].span.begin, words_[i].span.size());
}

absl::string_view AskerText::Gap(size_t i) const {
  const uint32_t begin = i == 0 ? 0 : words_[i - 1].span.end;
  const size_t end = i == words_.size() ? question_.size() : words_[i].span.begin;
  return question_.substr(begin, end - begin);
}

bool AskerText::BeginsPhrase(size_t i) const {
  const absl::string_view gap = Gap(i);
  if (gap.find_first_of(",:;.!?()\n") != gap.npos) return true;
  return absl::StrContains(gap, " - ") || absl::StrContains(gap, "--") || absl::StrContains(gap, "–") ||
         absl::StrContains(gap, "—") || absl::StrContains(gap, "…");
}

bool AskerText::BeginsSentence(size_t i) const { return Gap(i).find_first_of(".!?\n") != absl::string_view::npos; }

bool AskerText::IsCapitalised(size_t i) const {
  return absl::ascii_isupper(static_cast<unsigned char>(question_[words_[i].span.begin]));
}

bool AskerText::IsInCapitals(size_t i) const {
  const absl::string_view word = Written(i);
  return std::none_of(word.begin(), word.end(),
                      [](char c) { return absl::ascii_islower(static_cast<unsigned char>(c)); });
}

// "PrEP", which is no "prep".
bool AskerText::HasInnerCapital(size_t i) const {
  const absl::string_view rest = Written(i).substr(1);
  return std::any_of(rest.begin(), rest.end(),
                     [](char c) { return absl::ascii_isupper(static_cast<unsigned char>(c)); });
}

bool AskerText::IsOfAny(size_t i) const { return kinds_[i] == AskerWord::kOther || kinds_[i] == AskerWord::kFunction; }

bool AskerText::IsEponym(size_t i) const { return Sets().eponyms.contains(words_[i].text); }

bool AskerText::IsSomebody(size_t i) const {
  return kinds_[i] == AskerWord::kRelation || kinds_[i] == AskerWord::kOccupation;
}

bool AskerText::MayBeNamePart(size_t i) const {
  if (kinds_[i] != AskerWord::kOther || !IsCapitalised(i)) return false;
  return !clinical_[i] && !bearing_[i] && !IsEponym(i) && !IsListedDrug(words_[i].text);
}

// Whether word `i` belongs to the one before: "Jamal Robinson", "O'Rourke", "Smith-Jones".
bool AskerText::IsJoined(size_t i) const {
  const absl::string_view gap = Gap(i);
  return gap == " " || gap == "-" || gap == "'" || gap == "’";
}

// "I am Maria", "call me Maria". Behind "it's" and "this is" a disease may stand as well.
bool AskerText::IsIntroduced(size_t i, WordRange range) const {
  if (Gap(i) != " ") return false;
  const absl::string_view word = words_[i - 1].text;
  if (word == "im") return true;
  if (i < range.begin + 2) return false;
  const absl::string_view before = words_[i - 2].text;
  return ((word == "m" || word == "am") && before == "i") || (word == "me" && before == "call") ||
         (word == "by" && before == "go") || (word == "called" && (before == "m" || before == "am"));
}

bool AskerText::FollowsAsName(size_t i, WordRange range) const {
  if (i == range.begin) return false;
  const absl::string_view before = words_[i - 1].text;
  const bool after_title = kinds_[i - 1] == AskerWord::kTitle && absl::StripAsciiWhitespace(Gap(i)).size() <= 1;
  const bool after_name = (before == "name" || before == "user" || before == "sender") && Gap(i) == ": ";
  if (after_title || after_name || Sets().before_name.contains(before)) return true;
  if (Gap(i) != " ") return false;
  // "The Hernandez sisters".
  const bool has_relation = before == "the" && i + 1 < range.end && kinds_[i + 1] == AskerWord::kRelation;
  return has_relation || IsSomebody(i - 1) || IsIntroduced(i, range);
}

bool AskerText::BeginsAsName(size_t i, WordRange range) const {
  if (i != range.begin || !MayBeNamePart(i)) return false;
  size_t next = i + 1;
  while (next < range.end && next < i + kMaxNameWords && MayBeNamePart(next) && IsJoined(next)) ++next;
  return next < range.end && Gap(next) == " " && Sets().behind_name.contains(words_[next].text);
}

// Whether the rest of the question from word `i` on is a name under a letter: ", Emily Walsh", "- Mohammed A.".
bool AskerText::IsSignature(size_t i, WordRange range) const {
  if (range.end != words_.size() || !BeginsPhrase(i) || range.end - i > kMaxNameWords) return false;
  const bool after_farewell = i > range.begin && Sets().farewells.contains(words_[range.begin].text);
  if (!after_farewell && (i != range.begin || range.end - i == 1)) return false;
  for (size_t at = i; at < range.end; ++at) {
    const bool is_initial = at > i && words_[at].text.size() == 1 && IsCapitalised(at);
    if (is_initial && IsJoined(at)) continue;
    const bool abbreviates = words_[at].text.size() > 1 && IsInCapitals(at);
    if (!MayBeNamePart(at) || abbreviates) return false;
    if (at > i && !IsJoined(at)) return false;
  }
  return true;
}

bool AskerText::IsParticle(size_t i) const {
  return kinds_[i] == AskerWord::kOther && Sets().particles.contains(words_[i].text);
}

// "My name is priya."
bool AskerText::IsStatedName(size_t i, WordRange range) const {
  if (kinds_[i] != AskerWord::kOther || clinical_[i] || bearing_[i] || i < range.begin + 2) return false;
  if (i < range.begin + 3 || words_[i - 3].text != "my") return false;
  return words_[i - 2].text == "name" && (words_[i - 1].text == "is" || words_[i - 1].text == "s") && Gap(i) == " ";
}

bool AskerText::IsName(size_t i, WordRange range) const {
  if (IsStatedName(i, range)) return true;
  if (!MayBeNamePart(i) && !(IsParticle(i) && i + 1 < range.end && MayBeNamePart(i + 1))) return false;
  for (size_t at = i, words = 1; MayBeNamePart(at) || IsParticle(at); --at, ++words) {
    if (IsStatedName(at, range) || FollowsAsName(at, range) || BeginsAsName(at, range)) return true;
    if (at == range.begin || words == kMaxNameWords || !IsJoined(at)) break;
  }
  return IsSignature(i, range);
}

bool AskerText::IsInsurer(size_t i) const {
  if (!MayBeNamePart(i)) return false;
  size_t end = i + 1;
  while (end < words_.size() && end < i + kMaxNameWords && MayBeNamePart(end) && Gap(end) == " ") ++end;
  if (end < words_.size() && Gap(end) == " " && Sets().insurers_behind.contains(words_[end].text)) return true;
  size_t begin = i;
  while (begin > 0 && begin + kMaxNameWords > i && MayBeNamePart(begin - 1) && Gap(begin) == " ") --begin;
  return begin >= 2 && Sets().insured_by.contains(words_[begin - 1].text) &&
         Sets().insured.contains(words_[begin - 2].text);
}

}  // namespace bedside
