#include "index/query/asker.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "index/query/drug_names.h"
#include "index/query/surface_words.h"

namespace bedside {
namespace {

constexpr size_t kMinAskedWords = 3;

enum class WordKind {
  // None of these: it may mean something.
  kOther,
  kFunction,
  // Asking, greeting, thanking.
  kAsking,
  // Somebody who is not the patient.
  kRelation,
  // Somebody who may be the patient.
  kPerson,
  kInsurance,
  // Sex or ethnicity.
  kGroup,
  // After which a name follows.
  kTitle,
};

constexpr char kFunctionWords[] =
    "a an the my our your this that these it its is am are was were be been has have had having do does in on at "
    "of to for from with by and or but who whom which i we you he she they me us him her them if as so just some "
    "something no one could can would will should may might very much most more there here now today also only "
    "really like lot best mine s ll d m ve re u ur r back work office home church school next door town far know "
    "known knows name named called get got let give need needs about over under near before after since because "
    "while then than too even still again always often first last new other another same own few many each every "
    "all both any anyone everyone everybody anybody nobody nothing everything way matter case thing things "
    "yesterday tomorrow week weekend month day night breakfast lunch dinner coffee phone street road village city "
    "country block floor stairs upstairs downstairs corridor neighbourhood neighborhood building bus train club "
    "choir gym band class course parish mosque synagogue temple pub shop store market desk reception accounts "
    "clinic hospital practice lives live living works worked working sits sit stays stay met meets talked talks "
    "spoke speaks came comes come went goes go visiting visits keeps kept lost pays pay paid tutor teach teaches "
    "run runs sing sings play plays actually honestly anyway maybe perhaps sure right alright oh ah";
constexpr char kAskingWords[] =
    "ask asks asked asking wonder wonders wondered wondering want wants wanted like likes question questions "
    "query tell told learn answer answers reply hi hello hey dear good morning afternoon evening greetings "
    "regards kind warm sincerely faithfully yours truly cheers thank thanks thankful grateful gratefully obliged "
    "appreciate appreciated advance please pls plz thx ty help following quick ok okay um uh er hmm well lol "
    "basically sorry sir madam curious interested interest debating debated discussing discussed talking writes "
    "writing wrote written send sends sent emailed email texted text messaged message messages note letter "
    "forwarded fwd regarding behalf signed hear explain clarify advise inform enlighten excuse pardon bother "
    "bothering disturb trouble kindly best wishes yo hiya howdy folks guys doc mate dude bro btw fyi asap lmk idk "
    "tbh imo gotta gonna wanna";
constexpr char kRelations[] =
    "colleague colleagues coworker friend friends neighbour neighbours neighbor neighbors cousin relative "
    "relatives brother sister uncle aunt aunty mother father mum mom mummy mommy dad daddy husband wife partner "
    "girlfriend boyfriend boss landlord roommate flatmate classmate acquaintance family parents grandmother "
    "grandfather grandma grandpa nephew niece sibling siblings nurse doctor physician pharmacist student teacher "
    "resident trainee intern secretary manager team law laws stepbrother stepsister stepmother stepfather "
    "godmother godfather housemate landlady roommates fiance fiancee buddy pal teammate tenant employer employee "
    "supervisor mentor lawyer accountant driver farmer chef cook cleaner librarian engineer plumber electrician "
    "carpenter priest pastor imam rabbi officer soldier policeman barber hairdresser tutor professor lecturer "
    "principal receptionist carer caregiver volunteer assistant";
constexpr char kPersons[] =
    "man men woman women male female lady gentleman guy person people somebody someone anybody patient patients "
    "client ladies gentlemen guys";
constexpr char kInsurances[] =
    "medicaid medicare insurance insured uninsured underinsured private public health plan cover covered coverage "
    "hmo ppo tricare obamacare copay deductible premium premiums benefits va policy claim claims enrollee "
    "enrolled cost costs self pocket out";
constexpr char kGroups[] =
    "male female black white african american americans asian hispanic latino latina latinx caucasian native "
    "indigenous chinese indian mexican japanese korean vietnamese pakistani bangladeshi arab european jewish "
    "muslim christian hindu caribbean filipino somali nigerian polish irish italian german french spanish "
    "transgender gay lesbian nonbinary roma romani turkish greek dutch swedish norwegian danish finnish russian "
    "ukrainian brazilian colombian cuban puerto rican peruvian argentinian chilean haitian jamaican ghanaian "
    "ethiopian eritrean kenyan ugandan congolese egyptian moroccan algerian tunisian syrian iraqi iranian afghan "
    "kurdish lebanese palestinian israeli saudi yemeni sri lankan nepali nepalese thai cambodian burmese "
    "indonesian malaysian taiwanese tibetan mongolian maori aboriginal inuit hawaiian samoan portuguese belgian "
    "austrian swiss czech slovak hungarian romanian bulgarian serbian croatian bosnian albanian british english "
    "scottish welsh canadian australian punjabi bengali tamil gujarati";
constexpr char kTitles[] = "mr mrs ms miss mx dr prof professor";
// Before these, and behind those, a word with a capital is a name.
constexpr char kNameBefore[] = "asks asked asking wants wanted wonders wondered wondering would is";
constexpr char kNameBehind[] = "hi hello hey dear regards sincerely faithfully truly cheers thanks best from";
// Written in capitals, they are no abbreviation of something else: MS is a disease, and no title.
constexpr char kCapitals[] = "hmo ppo va ok a i";
constexpr char kPatientPronouns[] = "i my me he she his her him hers";

using Kinds = absl::flat_hash_map<absl::string_view, WordKind>;

void AddKinds(const char* words, WordKind kind, Kinds* kinds) {
  for (absl::string_view word : absl::StrSplit(words, ' ', absl::SkipEmpty())) (*kinds)[word] = kind;
}

WordKind KindOf(const std::string& word) {
  static const Kinds& kinds = *[] {
    auto* made = new Kinds();
    AddKinds(kFunctionWords, WordKind::kFunction, made);
    AddKinds(kAskingWords, WordKind::kAsking, made);
    AddKinds(kRelations, WordKind::kRelation, made);
    AddKinds(kPersons, WordKind::kPerson, made);
    AddKinds(kInsurances, WordKind::kInsurance, made);
    AddKinds(kGroups, WordKind::kGroup, made);
    AddKinds(kTitles, WordKind::kTitle, made);
    return made;
  }();
  const auto found = kinds.find(word);
  return found == kinds.end() ? WordKind::kOther : found->second;
}

using WordSet = absl::flat_hash_set<std::string>;

const WordSet& NameBefore() {
  static const WordSet& words = *new WordSet(absl::StrSplit(kNameBefore, ' '));
  return words;
}
const WordSet& NameBehind() {
  static const WordSet& words = *new WordSet(absl::StrSplit(kNameBehind, ' '));
  return words;
}
const WordSet& Capitals() {
  static const WordSet& words = *new WordSet(absl::StrSplit(kCapitals, ' '));
  return words;
}
const WordSet& PatientPronouns() {
  static const WordSet& words = *new WordSet(absl::StrSplit(kPatientPronouns, ' '));
  return words;
}

bool IsInCapitals(absl::string_view word) {
  return std::none_of(word.begin(), word.end(),
                      [](char c) { return absl::ascii_islower(static_cast<unsigned char>(c)); });
}

// Words [begin, end) of the question.
struct WordRange {
  size_t begin;
  size_t end;
};

class Reading {
 public:
  explicit Reading(absl::string_view question) : question_(question), words_(SurfaceWords(question)) {
    for (const SurfaceWord& word : words_) kinds_.push_back(KindAt(word));
  }

  std::vector<Span> Find() const {
    const WordRange before = LongestBefore();
    const WordRange after = LongestAfter(before.end);
    if (after.begin < before.end + kMinAskedWords) return {};
    const WordRange asked = {before.end, after.begin};
    std::vector<Span> spans;
    if (before.end > 0 && !MayBeOfThePatient(before, asked)) spans.push_back({0, words_[before.end].span.begin});
    if (after.begin < words_.size() && !MayBeOfThePatient(after, asked)) {
      spans.push_back({words_[after.begin].span.begin, static_cast<uint32_t>(question_.size())});
    }
    return spans;
  }

 private:
  WordKind KindAt(const SurfaceWord& word) const {
    const bool abbreviates = IsInCapitals(question_.substr(word.span.begin, word.span.size()));
    return abbreviates && !Capitals().contains(word.text) ? WordKind::kOther : KindOf(word.text);
  }

  // What stands between word `i` and the one before it.
  absl::string_view Gap(size_t i) const {
    const uint32_t begin = i == 0 ? 0 : words_[i - 1].span.end;
    const size_t end = i == words_.size() ? question_.size() : words_[i].span.begin;
    return question_.substr(begin, end - begin);
  }

  bool EndsPhrase(absl::string_view gap) const { return gap.find_first_of(",:.!?\n") != gap.npos; }
  bool EndsSentence(absl::string_view gap) const { return gap.find_first_of(".!?\n") != gap.npos; }

  bool IsCapitalised(size_t i) const {
    return absl::ascii_isupper(static_cast<unsigned char>(question_[words_[i].span.begin]));
  }

  // Whether a name follows the word before `i`: a title, a relation, "name is", a greeting, or a name.
  bool FollowsAsName(size_t i, WordRange range) const {
    if (i == range.begin) return false;
    const bool after_title = kinds_[i - 1] == WordKind::kTitle && absl::StripAsciiWhitespace(Gap(i)).size() <= 1;
    if (after_title || NameBehind().contains(words_[i - 1].text)) return true;
    if (Gap(i) != " ") return false;
    const bool after_is = words_[i - 1].text == "is" && i >= range.begin + 2 && words_[i - 2].text == "name";
    return after_is || kinds_[i - 1] == WordKind::kRelation || IsName(i - 1, range);
  }

  // Whether the word is given as a name: it has a capital, and follows as one, or begins the range and then asks. Of
  // two words the second is one with the first.
  bool IsName(size_t i, WordRange range) const {
    if (kinds_[i] != WordKind::kOther || !IsCapitalised(i) || IsListedDrug(words_[i].text)) return false;
    if (FollowsAsName(i, range)) return true;
    size_t next = i + 1;
    while (next < range.end && kinds_[next] == WordKind::kOther && IsCapitalised(next) && Gap(next) == " ") ++next;
    return i == range.begin && next < range.end && Gap(next) == " " && NameBefore().contains(words_[next].text);
  }

  // Whether the words say who asks, and nothing else.
  bool IsOfTheAsker(WordRange range) const {
    bool asks = false;
    for (size_t i = range.begin; i < range.end; ++i) {
      asks |= kinds_[i] == WordKind::kAsking;
      if (kinds_[i] == WordKind::kOther && !IsName(i, range)) return false;
    }
    return asks;
  }

  WordRange LongestBefore() const {
    WordRange longest = {0, 0};
    for (size_t end = 1; end + kMinAskedWords <= words_.size(); ++end) {
      if (EndsPhrase(Gap(end)) && IsOfTheAsker({0, end})) longest.end = end;
    }
    return longest;
  }

  WordRange LongestAfter(size_t from) const {
    for (size_t begin = from + 1; begin < words_.size(); ++begin) {
      if (EndsSentence(Gap(begin)) && IsOfTheAsker({begin, words_.size()})) return {begin, words_.size()};
    }
    return {words_.size(), words_.size()};
  }

  bool MayBeOfThePatient(WordRange range, WordRange asked) const {
    bool has_group = false, has_relation = false;
    for (size_t i = range.begin; i < range.end; ++i) {
      has_group |= kinds_[i] == WordKind::kGroup || kinds_[i] == WordKind::kPerson;
      has_relation |= kinds_[i] == WordKind::kRelation;
    }
    if (!has_group) return false;
    if (!has_relation) return true;
    for (size_t i = asked.begin; i < asked.end; ++i) {
      if (PatientPronouns().contains(words_[i].text)) return true;
    }
    return false;
  }

  absl::string_view question_;
  std::vector<SurfaceWord> words_;
  std::vector<WordKind> kinds_;
};

}  // namespace

std::vector<Span> FindAsker(absl::string_view question) { return Reading(question).Find(); }

}  // namespace bedside
