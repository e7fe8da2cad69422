#include "services/answer/verb_cues.h"

#include <re2/re2.h>

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/text/occurs.h"

namespace bedside {
namespace {

// What findings are told with.
constexpr char kVerbs[] =
    "abolish absorb accelerate accept accompany account accumulate acetylate achieve act activate adapt add "
    "address affect aggravate aggregate agree aid alleviate allow alter ameliorate amplify appear approve arise "
    "assemble assess assign assist associate assume attach attack attenuate augment avoid bear become begin "
    "behave believe belong benefit bind block boost bring calculate carry catalyse catalyze cause change "
    "characterise characterize circulate cleave cluster coincide collaborate colocalize combine compare compete "
    "complicate comprise compromise concern conclude confer confirm connect consist constitute consume contain "
    "continue contribute control convert cooperate correct correlate cover create cross cure damage deacetylate "
    "decline decrease define degrade delay deliver demonstrate depend deplete describe detect deteriorate "
    "determine develop diagnose die differ differentiate dimerize diminish disagree discriminate display disrupt "
    "distinguish disturb divide dominate double downregulate drive drop eat elevate elicit eliminate emerge "
    "emphasize employ enable encode encompass encounter end enhance enrich ensure enter escape establish evade "
    "evolve exacerbate examine exceed exclude excrete exert exhibit exist expand expect experience explain "
    "exploit expose express extend facilitate fail fall favor favour fluctuate follow form fuse gain generate get "
    "give grow guide halt happen harbor harbour harness have heal help hold hydrolyze identify illustrate impact "
    "impair impede imply improve inactivate include incorporate increase indicate induce infect influence inhibit "
    "initiate integrate interact interfere intervene introduce invade involve keep know lack last lead leave "
    "lessen leverage lie limit link live localise localize lose lower maintain make manifest measure mediate meet "
    "metabolize methylate migrate mimic mirror mobilize model modify modulate move mutate need occur offer "
    "oligomerize operate originate outperform overcome overlap oxidize participate peak penetrate perform permit "
    "persist phosphorylate play point polymerize possess potentiate precede precipitate predict predispose prefer "
    "prescribe present preserve prevent proceed process produce progress prohibit prolong promote propose protect "
    "prove provide purify quantify raise range reach react realize recapitulate receive recognise recognize "
    "recommend recover recruit recur reduce refer reflect regulate reject relapse relate release relieve rely "
    "remain remove repair repeat replace replicate report represent repress require rescue reside resist resolve "
    "respond restore restrict result retain reveal reverse rise run say secrete seem separate sequence serve set "
    "shift shorten show signal silence slow spread stabilise stabilize start stay stem stimulate stop strengthen "
    "substitute suffer suggest support suppress surpass survive sustain switch synergize take target tend "
    "terminate tolerate trace transcribe transfer transform translate transmit transport treat trigger "
    "trimethylate turn ubiquitinate undergo underlie understand upregulate use utilise utilize validate vary "
    "warrant weaken work worsen yield";
// Verbs wherever they stand.
constexpr char kSureVerbs[] =
    "am is are was were be been isn aren wasn weren has have had hasn haven hadn do does did don doesn didn can cannot "
    "could may might must shall should will would won wouldn shouldn couldn showed found led became began brought came "
    "chose drove fell gave grew held kept knew lost made met proved rose ran said saw seemed stood took taught told "
    "underwent went wrote resulted contributed occurred participated responded appeared remained depended differed "
    "varied consisted belonged tended failed emerged persisted progressed interacted died survived";
// Behind these a form in -ed is no verb of the sentence, nor before those.
constexpr char kBeforeNouns[] =
    "a an the of in on at by for with from to and or as into during after before under its their";
constexpr char kBehindParticiples[] = "with by for from to using at on as into of in via";

using Words = absl::flat_hash_set<std::string>;

Words WordsOf(const char* list) { return absl::StrSplit(list, ' ', absl::SkipEmpty()); }

std::string Singular(const std::string& verb) {
  const char last = verb.back();
  if (last == 'y' && verb.size() > 2 && verb.find_last_of("aeiou") != verb.size() - 2) {
    return absl::StrCat(verb.substr(0, verb.size() - 1), "ies");
  }
  const bool hisses = last == 's' || last == 'x' || last == 'z' || last == 'o' ||
                      verb.substr(verb.size() - 2) == "ch" || verb.substr(verb.size() - 2) == "sh";
  return absl::StrCat(verb, hisses ? "es" : "s");
}

std::string Past(const std::string& verb) {
  if (verb.back() == 'e') return absl::StrCat(verb, "d");
  if (verb.back() == 'y' && verb.find_last_of("aeiou") != verb.size() - 2) {
    return absl::StrCat(verb.substr(0, verb.size() - 1), "ied");
  }
  return absl::StrCat(verb, "ed");
}

const Words& SureVerbs() {
  static const Words& words = *new Words(WordsOf(kSureVerbs));
  return words;
}

const Words& PresentForms() {
  static const Words& words = *[] {
    auto* forms = new Words(WordsOf(kVerbs));
    for (const std::string& verb : WordsOf(kVerbs)) forms->insert(Singular(verb));
    return forms;
  }();
  return words;
}

const Words& PastForms() {
  static const Words& words = *[] {
    auto* forms = new Words();
    for (const std::string& verb : WordsOf(kVerbs)) forms->insert(Past(verb));
    return forms;
  }();
  return words;
}

bool IsVerb(const std::vector<std::string>& words, size_t i) {
  static const Words& before_nouns = *new Words(WordsOf(kBeforeNouns));
  static const Words& behind_participles = *new Words(WordsOf(kBehindParticiples));
  if (SureVerbs().contains(words[i])) return true;
  // "Give aspirin", but "Use of aspirin".
  if (i == 0) return PresentForms().contains(words[i]) && words.size() > 1 && words[1] != "of";
  if (before_nouns.contains(words[i - 1])) return false;
  if (PresentForms().contains(words[i])) return true;
  const bool is_participle = i + 1 == words.size() || behind_participles.contains(words[i + 1]);
  return PastForms().contains(words[i]) && !is_participle;
}

// "Enasidenib: first inhibitor", "TAL1 as a factor".
bool SaysWhatItIs(absl::string_view sentence) {
  static const RE2& pattern =
      *new RE2(R"((?i)^\W*[\w-]+(?: \([^)]*\))?(?: as an? |[:,] (?:an?|the|first|novel|new|another)\b))");
  return Occurs(sentence, pattern);
}

}  // namespace

bool NamesWithoutSaying(absl::string_view sentence) {
  const std::string lower = absl::AsciiStrToLower(sentence);
  const std::vector<std::string> words =
      absl::StrSplit(lower, absl::ByAnyChar(" \t\n.,;:()[]'\"/?!<>="), absl::SkipEmpty());
  for (size_t i = 0; i < words.size(); ++i) {
    if (IsVerb(words, i)) return false;
  }
  return !SaysWhatItIs(sentence);
}

}  // namespace bedside
