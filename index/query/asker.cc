#include "index/query/asker.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "index/query/asker_words.h"
#include "index/query/bearing_words.h"
#include "index/query/clinical_words.h"
#include "index/query/drug_names.h"
#include "index/query/surface_words.h"

namespace bedside {
namespace {

constexpr size_t kMinAskedWords = 3;

// Before these, and behind those, a word with a capital is a name.
constexpr char kNameBefore[] = "asks asked asking wants wanted wonders wondered wondering would is";
constexpr char kNameBehind[] = "hi hello hey dear regards sincerely faithfully truly cheers thanks best from";
// Written in capitals, they are no abbreviation of something else: MS is a disease, and no title.
constexpr char kCapitals[] = "ok a i asap btw fwd fyi idk imo lmk lol omg pls plz tbh thx ty";
// Behind these a word with a capital may be a drug, a disease or a place that counts.
constexpr char kBeforeNames[] =
    "from to on off take takes taking taken took use uses using used with without of have has had having got";
// Before these a question may begin, and behind it thanks may follow, without a sign between.
constexpr char kQuestionWords[] = "how what when where whether which why";
constexpr char kThanks[] = "asap cheers lol please pls plz thank thanks thx ty you";
constexpr char kFirstPerson[] = "i im ive id we us our here";
constexpr char kPatientPronouns[] = "i my me he she his her him hers";

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
const WordSet& QuestionWords() {
  static const WordSet& words = *new WordSet(absl::StrSplit(kQuestionWords, ' '));
  return words;
}
const WordSet& Thanks() {
  static const WordSet& words = *new WordSet(absl::StrSplit(kThanks, ' '));
  return words;
}
const WordSet& BeforeNames() {
  static const WordSet& words = *new WordSet(absl::StrSplit(kBeforeNames, ' '));
  return words;
}
const WordSet& FirstPerson() {
  static const WordSet& words = *new WordSet(absl::StrSplit(kFirstPerson, ' '));
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
    for (const SurfaceWord& word : words_) {
      kinds_.push_back(KindAt(word));
      clinical_.push_back(HasClinicalWord(Text(word)));
      bearing_.push_back(MayHaveBearing(word.text));
    }
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
  AskerWord KindAt(const SurfaceWord& word) const {
    const bool abbreviates = IsInCapitals(Text(word));
    const AskerWord kind = KindOfAskerWord(word.text);
    return abbreviates && kind != AskerWord::kInsurance && !Capitals().contains(word.text) ? AskerWord::kOther : kind;
  }

  absl::string_view Text(const SurfaceWord& word) const { return question_.substr(word.span.begin, word.span.size()); }

  // What stands between word `i` and the one before it.
  absl::string_view Gap(size_t i) const {
    const uint32_t begin = i == 0 ? 0 : words_[i - 1].span.end;
    const size_t end = i == words_.size() ? question_.size() : words_[i].span.begin;
    return question_.substr(begin, end - begin);
  }

  bool EndsPhrase(absl::string_view gap) const {
    if (gap.find_first_of(",:;.!?()\n") != gap.npos) return true;
    return absl::StrContains(gap, " - ") || absl::StrContains(gap, "–") || absl::StrContains(gap, "—") ||
           absl::StrContains(gap, "…");
  }
  bool EndsSentence(absl::string_view gap) const { return gap.find_first_of(".!?\n") != gap.npos; }

  // Whether a question may begin with word `i`.
  bool MayBeginQuestion(size_t i) const {
    if (EndsPhrase(Gap(i))) return true;
    return QuestionWords().contains(words_[i].text) && !QuestionWords().contains(words_[0].text);
  }

  bool AreThanks(WordRange range) const {
    return std::all_of(words_.begin() + range.begin, words_.begin() + range.end,
                       [](const SurfaceWord& word) { return Thanks().contains(word.text); });
  }

  bool IsSomebody(size_t i) const { return kinds_[i] == AskerWord::kRelation || kinds_[i] == AskerWord::kOccupation; }

  bool IsCapitalised(size_t i) const {
    return absl::ascii_isupper(static_cast<unsigned char>(question_[words_[i].span.begin]));
  }

  // Whether a name follows the word before `i`: a title, a relation, "name is", a greeting, or a name.
  bool FollowsAsName(size_t i, WordRange range) const {
    if (i == range.begin) return false;
    const bool after_title = kinds_[i - 1] == AskerWord::kTitle && absl::StripAsciiWhitespace(Gap(i)).size() <= 1;
    if (after_title || NameBehind().contains(words_[i - 1].text)) return true;
    if (Gap(i) != " ") return false;
    const bool after_is = words_[i - 1].text == "is" && i >= range.begin + 2 && words_[i - 2].text == "name";
    return after_is || IsSomebody(i - 1) || IsName(i - 1, range);
  }

  // Whether the word is given as a name: it has a capital, and follows as one, or begins the range and then asks. Of
  // two words the second is one with the first.
  bool IsName(size_t i, WordRange range) const {
    if (kinds_[i] != AskerWord::kOther || !IsCapitalised(i) || IsListedDrug(words_[i].text)) return false;
    if (FollowsAsName(i, range)) return true;
    size_t next = i + 1;
    while (next < range.end && kinds_[next] == AskerWord::kOther && IsCapitalised(next) && Gap(next) == " ") ++next;
    return i == range.begin && next < range.end && Gap(next) == " " && NameBefore().contains(words_[next].text);
  }

  // Whether word `i` may be a drug, a disease or a place: a capital or a digit that nothing else explains.
  bool MayBeNamed(size_t i, WordRange range) const {
    const absl::string_view word = Text(words_[i]);
    if (word.find_first_of("0123456789") != word.npos) return true;
    if (kinds_[i] != AskerWord::kOther || !IsCapitalised(i) || IsName(i, range)) return false;
    const bool begins = i == range.begin || EndsSentence(Gap(i));
    if (begins) return IsInCapitals(word);
    return (word.size() > 1 && IsInCapitals(word)) || BeforeNames().contains(words_[i - 1].text);
  }

  // Whether word `i` begins "for my mother".
  bool IsForSomebody(size_t i, size_t end) const {
    constexpr size_t kReach = 3;
    if (words_[i].text != "for") return false;
    for (size_t next = i + 1; next < std::min(end, i + 1 + kReach); ++next) {
      if (kinds_[next] == AskerWord::kRelation || kinds_[next] == AskerWord::kPerson) return true;
    }
    return false;
  }

  // Whether word `i` may have bearing on what is asked. The kinds of words tell of people what they tell of medicine
  // elsewhere: "nurse", "driver".
  bool MayHaveBearingAt(size_t i, WordRange range) const {
    if (IsForSomebody(i, range.end) || MayBeNamed(i, range)) return true;
    if (!IsOfAny(i) || IsName(i, range)) return false;
    return bearing_[i] || (kinds_[i] == AskerWord::kOther && clinical_[i]);
  }

  bool IsOfAny(size_t i) const { return kinds_[i] == AskerWord::kOther || kinds_[i] == AskerWord::kFunction; }

  // Whether the words are of somebody who asks and have no bearing on what is asked, which stands elsewhere.
  bool HasNoBearing(WordRange range, WordRange asked) const {
    const auto asks_of_medicine = std::find(clinical_.begin() + asked.begin, clinical_.begin() + asked.end, true);
    if (asks_of_medicine == clinical_.begin() + asked.end) return false;
    bool is_of_asker = false;
    for (size_t i = range.begin; i < range.end; ++i) {
      if (MayHaveBearingAt(i, range)) return false;
      is_of_asker |= !IsOfAny(i) || IsName(i, range);
    }
    return is_of_asker;
  }

  // Whether the words say who asks, and nothing else.
  bool IsOfTheAsker(WordRange range) const {
    bool asks = false;
    for (size_t i = range.begin; i < range.end; ++i) {
      asks |= kinds_[i] == AskerWord::kAsking;
      if (kinds_[i] == AskerWord::kOther && !IsName(i, range)) return false;
    }
    return asks;
  }

  WordRange LongestBefore() const {
    WordRange longest = {0, 0};
    for (size_t end = 1; end + kMinAskedWords <= words_.size(); ++end) {
      if (!MayBeginQuestion(end)) continue;
      const bool is_sentence = Gap(end).find_first_of(".!?:;\n") != absl::string_view::npos ||
                               (IsCapitalised(end) && QuestionWords().contains(words_[end].text));
      if (IsOfTheAsker({0, end}) || (is_sentence && HasNoBearing({0, end}, {end, words_.size()}))) longest.end = end;
    }
    return longest;
  }

  WordRange LongestAfter(size_t from) const {
    for (size_t begin = from + 1; begin < words_.size(); ++begin) {
      const WordRange range = {begin, words_.size()};
      const bool ends = EndsSentence(Gap(begin));
      if ((ends || AreThanks(range)) && IsOfTheAsker(range)) return range;
      if (ends && HasNoBearing(range, {from, begin})) return range;
    }
    return {words_.size(), words_.size()};
  }

  bool MayBeOfThePatient(WordRange range, WordRange asked) const {
    bool tells = false, is_another = false, is_first = false;
    for (size_t i = range.begin; i < range.end; ++i) {
      tells |= kinds_[i] == AskerWord::kGroup || kinds_[i] == AskerWord::kPerson || kinds_[i] == AskerWord::kOccupation;
      is_another |= IsSomebody(i);
      is_first |= FirstPerson().contains(words_[i].text);
    }
    if (!tells) return false;
    if (!is_another && !is_first) return true;
    for (size_t i = asked.begin; i < asked.end; ++i) {
      if (PatientPronouns().contains(words_[i].text)) return true;
    }
    return false;
  }

  absl::string_view question_;
  std::vector<SurfaceWord> words_;
  // Of each word.
  std::vector<AskerWord> kinds_;
  std::vector<bool> clinical_;
  std::vector<bool> bearing_;
};

}  // namespace

std::vector<Span> FindAsker(absl::string_view question) { return Reading(question).Find(); }

}  // namespace bedside
