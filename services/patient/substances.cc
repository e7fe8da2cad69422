#include "services/patient/substances.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "index/query/drug_names.h"

namespace bedside {
namespace {

// Lists of words, separated by spaces.
struct DrugClass {
  absl::string_view name;
  // Words that name the class.
  absl::string_view class_words;
  // Members, and beginnings and endings of members.
  absl::string_view members;
  absl::string_view begins;
  absl::string_view ends;
};

constexpr DrugClass kClasses[] = {
    {"penicillins", "penicillin penicillins", "augmentin co-amoxiclav tazocin zosyn bicillin", "", "cillin"},
    {"cephalosporins", "cephalosporin cephalosporins", "keflex rocephin", "cef cephal cephr", ""},
    {"carbapenems", "carbapenem carbapenems", "", "", "penem"},
    {"sulfonamides", "sulfonamide sulfonamides sulphonamide sulphonamides sulfa",
     "co-trimoxazole cotrimoxazole bactrim septra", "sulfadi sulfame sulfasal sulfis", ""},
    {"macrolides", "macrolide macrolides", "zithromax", "", "thromycin"},
    {"quinolones", "quinolone quinolones fluoroquinolone fluoroquinolones", "", "", "floxacin"},
    {"tetracyclines", "tetracyclines", "", "", "cycline"},
    {"aminoglycosides", "aminoglycoside aminoglycosides",
     "gentamicin gentamycin tobramycin amikacin streptomycin neomycin", "", ""},
    {"NSAIDs", "nsaid nsaids",
     "aspirin ibuprofen naproxen diclofenac indometacin indomethacin ketorolac etodolac mefenamic acetylsalicylic", "",
     "profen oxicam coxib fenac"},
    {"opioids", "opioid opioids opiate opiates",
     "morphine codeine oxycodone hydrocodone hydromorphone tramadol fentanyl methadone buprenorphine tapentadol "
     "pethidine meperidine",
     "", "fentanil"},
    {"statins", "statin statins", "crestor lipitor zocor", "", "vastatin"},
    {"ACE inhibitors", "ace-inhibitor ace-inhibitors", "", "", "opril lapril napril zepril mipril"},
    {"angiotensin receptor blockers", "arb arbs", "", "", "sartan"},
    {"beta blockers", "beta-blocker beta-blockers", "", "", "olol"},
    {"SGLT2 inhibitors", "sglt2", "", "", "gliflozin"},
    {"GLP-1 receptor agonists", "glp-1", "", "", "glutide enatide"},
    {"sulfonylureas", "sulfonylurea sulfonylureas sulphonylurea sulphonylureas",
     "gliclazide glipizide glyburide glibenclamide glimepiride", "", ""},
    {"anticoagulants", "anticoagulant anticoagulants doac doacs noac noacs", "warfarin heparin", "",
     "xaban gatran parin"},
    {"proton pump inhibitors", "ppi ppis", "", "", "prazole"},
};

// Recorded as allergies, and no drugs.
constexpr absl::string_view kAllergens =
    "latex peanut peanuts nut nuts egg eggs milk fish shellfish soy soya wheat gluten pollen mould mold dander mite "
    "venom bee wasp nickel strawberry sesame mustard lupin";

// In letters that LooksLikeDrug does not know.
constexpr absl::string_view kDrugs = "metformin iodinated chlorhexidine lithium nitrofurantoin trimethoprim";

const absl::flat_hash_set<absl::string_view>& WordsOf(absl::string_view list) {
  static const auto* const kAllergenSet =
      new absl::flat_hash_set<absl::string_view>(absl::StrSplit(kAllergens, ' ', absl::SkipEmpty()));
  static const auto* const kDrugSet =
      new absl::flat_hash_set<absl::string_view>(absl::StrSplit(kDrugs, ' ', absl::SkipEmpty()));
  return list == kAllergens ? *kAllergenSet : *kDrugSet;
}

// kClasses by what a word may be, so that each is looked at once.
class ClassTable {
 public:
  ClassTable() {
    for (const DrugClass& one : kClasses) {
      for (const absl::string_view word : Split(one.class_words)) words_[word] = {one.name, true};
      for (const absl::string_view word : Split(one.members)) words_[word] = {one.name, false};
      for (const absl::string_view stem : Split(one.begins)) begins_.push_back({stem, one.name});
      for (const absl::string_view stem : Split(one.ends)) ends_.push_back({stem, one.name});
    }
  }

  // With the class of `word`, if it has any.
  NamedSubstance Classified(absl::string_view word) const {
    const auto found = words_.find(word);
    if (found != words_.end()) return {std::string(word), found->second.first, found->second.second};
    for (const Stem& stem : begins_) {
      if (absl::StartsWith(word, stem.letters)) return {std::string(word), stem.drug_class, false};
    }
    for (const Stem& stem : ends_) {
      if (absl::EndsWith(word, stem.letters)) return {std::string(word), stem.drug_class, false};
    }
    return {std::string(word), "", false};
  }

 private:
  struct Stem {
    absl::string_view letters;
    absl::string_view drug_class;
  };

  static std::vector<absl::string_view> Split(absl::string_view list) {
    return absl::StrSplit(list, ' ', absl::SkipEmpty());
  }

  // Class, and whether the word names it.
  absl::flat_hash_map<absl::string_view, std::pair<absl::string_view, bool>> words_;
  std::vector<Stem> begins_;
  std::vector<Stem> ends_;
};

NamedSubstance Classified(absl::string_view word) {
  static const auto& table = *new ClassTable();
  return table.Classified(word);
}

// Two words that are written as one here: "beta blocker".
void JoinWords(std::string* text) {
  for (const std::string two : {"beta blocker", "ace inhibitor"}) {
    for (size_t at = text->find(two); at != std::string::npos; at = text->find(two, at + 1)) {
      (*text)[text->find(' ', at)] = '-';
    }
  }
}

bool IsLetter(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-'; }

}  // namespace

std::vector<NamedSubstance> SubstancesIn(absl::string_view text) {
  std::string folded = absl::AsciiStrToLower(text);
  JoinWords(&folded);
  std::replace_if(
      folded.begin(), folded.end(), [](char c) { return !IsLetter(c); }, ' ');
  constexpr size_t kMostNamed = 64;
  std::vector<NamedSubstance> named;
  for (absl::string_view word : absl::StrSplit(folded, ' ', absl::SkipEmpty())) {
    NamedSubstance substance = Classified(word);
    const bool known = !substance.drug_class.empty() || WordsOf(kAllergens).contains(word) ||
                       WordsOf(kDrugs).contains(word) || LooksLikeDrug(word);
    const bool is_new = !absl::c_any_of(named, [word](const NamedSubstance& one) { return one.name == word; });
    if (known && is_new && named.size() < kMostNamed) named.push_back(std::move(substance));
  }
  return named;
}

bool AreRelated(const NamedSubstance& a, const NamedSubstance& b) {
  if (a.name == b.name) return true;
  return !a.drug_class.empty() && a.drug_class == b.drug_class;
}

bool IsDrug(const NamedSubstance& substance) { return !WordsOf(kAllergens).contains(substance.name); }

std::string DrugNameIn(absl::string_view display) {
  for (NamedSubstance& substance : SubstancesIn(display)) {
    if (IsDrug(substance)) return std::move(substance.name);
  }
  return std::string(display);
}

}  // namespace bedside
