#include "services/grounding/opposites.h"

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/grounding/word_stem.h"

namespace bedside {
namespace {

constexpr absl::string_view kOpposites[] = {
    "increase increases increased increasing increasingly higher greater elevate elevated elevates elevation raise "
    "raises raised rise rises rose risen more longer upregulate upregulated up-regulated upregulation enhance "
    "enhances enhanced larger highest greatest stronger faster augmented|"
    "decrease decreases decreased decreasing lower lowers lowered reduce reduces reduced reducing reduction decline "
    "declines declined fall falls fell fallen drop drops dropped diminish diminishes diminished less fewer shorter "
    "downregulate downregulated down-regulated downregulation attenuate attenuates attenuated smaller lowest "
    "weaker slower lessened",
    "high|low",
    "better improve improves improved improving improvement improvements|"
    "worse worsen worsens worsened worsening deteriorate deteriorates deteriorated deterioration aggravate aggravated "
    "exacerbate exacerbates exacerbated impair impairs impaired",
    "superior superiority|inferior inferiority",
    "effective effectively efficacious effectiveness|ineffective ineffectively ineffectiveness",
    "beneficial favourable favorable advantageous|harmful unfavourable unfavorable detrimental deleterious",
    "safe safely safety|unsafe unsafely dangerous",
    "recommended indicated advised|contraindicated avoided",
    "positive positively|negative negatively",
    "activate activates activated activating activation stimulate stimulates stimulated stimulation induce induces "
    "induced promote promotes promoted|"
    "inhibit inhibits inhibited inhibiting inhibition suppress suppresses suppressed suppression block blocks blocked",
    "agonist agonists|antagonist antagonists",
    "before|after",
    "start starts started initiate initiated|stop stops stopped discontinue discontinued",
    "early earlier|late later",
    "acute|chronic",
    "common commonly frequent frequently often|rare rarely uncommon infrequent infrequently seldom",
    "presence present|absence absent",
    "minimum minimal|maximum maximal",
    "men male males|women female females",
    "successful successfully success|unsuccessful unsuccessfully failure",
    "sensitive sensitivity|resistant resistance",
    "significant significantly|insignificant insignificantly nonsignificant non-significant",
    "likely|unlikely",
    "affected|unaffected",
    "changed|unchanged",
    "related|unrelated",
    "clear|unclear",
    "able|unable",
    "known|unknown",
    "certain|uncertain",
    "possible|impossible",
    "necessary|unnecessary",
    "sufficient|insufficient",
    "adequate adequately|inadequate inadequately",
    "appropriate appropriately|inappropriate inappropriately",
    "similar similarly|different differently",
    "upstream|downstream",
    "dominant|recessive",
    "benign|malignant",
};

constexpr absl::string_view kNegations =
    "not no never without neither nor cannot none can't don't doesn't didn't isn't aren't wasn't weren't won't "
    "shouldn't hasn't haven't couldn't";
constexpr absl::string_view kDenials =
    "avoid avoids avoided contraindicated contraindication fail fails failed failure lack lacks lacked lacking absence "
    "absent unable unlikely little few hardly rarely exclude excluded excludes rule ruled ineffective negative "
    "insufficient "
    "insignificant nonsignificant non-significant against independent independently unaffected unchanged unclear "
    "unknown unnecessary unsuccessful prevent prevents prevented free deny denied rather instead limited stop stopped "
    "discontinue discontinued inadequate equal equally similar similarly same comparable controversial loss lost";

using Words = absl::flat_hash_set<absl::string_view>;

std::vector<OppositeWords> ReadOpposites() {
  std::vector<OppositeWords> opposites;
  for (const absl::string_view pair : kOpposites) {
    const std::vector<absl::string_view> sides = absl::StrSplit(pair, '|');
    opposites.push_back({absl::StrSplit(sides[0], ' '), absl::StrSplit(sides[1], ' ')});
  }
  return opposites;
}

absl::flat_hash_map<std::string, Side> SidesByStem() {
  absl::flat_hash_map<std::string, Side> sides;
  uint64_t pair = 0;
  for (const OppositeWords& words : Opposites()) {
    for (const absl::string_view word : words.first) sides[WordStem(word)] = {pair, true};
    for (const absl::string_view word : words.second) sides[WordStem(word)] = {pair, false};
    ++pair;
  }
  return sides;
}

// "hyperkalaemia" and "hypokalaemia", by what follows.
absl::optional<Side> SideByPrefix(absl::string_view stem) {
  const bool first = absl::ConsumePrefix(&stem, "hyper");
  if (!first && !absl::ConsumePrefix(&stem, "hypo")) return absl::nullopt;
  // "hypothesis", "hypoth..." are no measurements.
  constexpr size_t kMinRest = 3;
  if (stem.size() < kMinRest || absl::StartsWith(stem, "thes") || absl::StartsWith(stem, "thet")) return absl::nullopt;
  return Side{absl::Hash<absl::string_view>()(stem) | (uint64_t{1} << 63), first};
}

}  // namespace

const std::vector<OppositeWords>& Opposites() {
  static const auto& opposites = *new std::vector<OppositeWords>(ReadOpposites());
  return opposites;
}

absl::optional<Side> SideOf(absl::string_view word) { return SideOf(word, WordStem(word)); }

absl::optional<Side> SideOf(absl::string_view word, const std::string& stem) {
  static const auto& sides = *new absl::flat_hash_map<std::string, Side>(SidesByStem());
  auto found = sides.find(stem);
  // "gram-positive", as "positive"; "low-dose", as "low".
  const size_t hyphen = word.rfind('-');
  if (found == sides.end() && hyphen != absl::string_view::npos) {
    found = sides.find(WordStem(word.substr(hyphen + 1)));
    if (found == sides.end()) found = sides.find(WordStem(word.substr(0, hyphen)));
  }
  return found != sides.end() ? absl::optional<Side>(found->second) : SideByPrefix(stem);
}

bool IsNegation(absl::string_view word) {
  static const auto& negations = *new Words(absl::StrSplit(kNegations, ' '));
  return negations.contains(word) || absl::EndsWith(word, "n’t");
}

bool Denies(absl::string_view word) {
  static const auto& denials = *new Words(absl::StrSplit(kDenials, ' '));
  return IsNegation(word) || denials.contains(word);
}

}  // namespace bedside
