#include "index/query/asker.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "index/query/asker_text.h"
#include "index/query/common_words.h"

namespace bedside {
namespace {

constexpr size_t kMinAskedWords = 3;
// Letters of what may abbreviate something in small letters: "ibs".
constexpr size_t kMaxAbbreviation = 3;

using WordSet = absl::flat_hash_set<absl::string_view>;

WordSet SetOf(absl::string_view words) { return absl::StrSplit(words, ' ', absl::SkipEmpty()); }

struct WordSets {
  // Before these a question may begin without a sign between.
  const WordSet questions = SetOf("how what when where whether which why");
  // With a capital so may these, and they begin a sentence.
  const WordSet openers = SetOf(
      "are as at by can could define describe did do does explain for give had has have how if in is list may "
      "mention might name of on should the there these this to under was were what when where whether which who "
      "whose why will would");
  // Words by which something is asked for that is no plea to somebody.
  const WordSet askers = SetOf(
      "are can could define describe did do does explain give has have how is list mention name should was were "
      "what when where whether which who whose why will");
  const WordSet addressees = SetOf("you u y ya yall your anyone anybody someone somebody me us i we");
  const WordSet spoken_to = SetOf("you u ya your");
  // Of circumstances in which something happens, not of somebody who asks.
  const WordSet circumstances = SetOf(
      "after although because before during if once since though unless until when "
      "whenever whereas while");
  // Behind a question, without a sign or behind any.
  const WordSet thanks = SetOf("asap cheers lmk lol please pls plz thank thanks thanx thx ty");
  const WordSet farewells = SetOf(
      "asked asking best cheers greetings kind kindly love many please pls plz regards sent signed sincerely sorry "
      "thank thanks thanx thx ty warm yours");
  // Behind these a word with a capital may be a drug, a disease or a place that counts.
  const WordSet before_names =
      SetOf("from to on off take takes taking taken took use uses using used with without of have has had having got");
  // Behind these, and "a" or "her", so may any that is not known.
  const WordSet before_unknown = SetOf(
      "take takes taking taken took has had have having got gets on off with using uses suffers caught no wear wears "
      "wearing");
  const WordSet articles = SetOf("a an the some bad his her my their this really still again regular daily");
  const WordSet first_person = SetOf("i im ive id we us our here asking curious greetings sincerely regards signed");
  // Who works there is no patient.
  const WordSet workplaces = SetOf("accounts department desk lab library office pharmacology reception records");
  // Who is or does something in a sentence.
  const WordSet subjects = SetOf("i im ive id he hes she shes it its they theyre theyve");
  // So does a phrase that begins with them, of somebody who was named before.
  const WordSet continuing = SetOf("cannot cant feels gets had has is keeps was");
  const WordSet possessives = SetOf("my her his their our");
  // Before a word that is of nobody or of people, they say in whom: "in outpatients".
  const WordSet in_whom = SetOf("in among during under after with without at for only");
  const WordSet sexes = SetOf("men women males females boys girls");
  const WordSet third_person = SetOf("he him his she her hes shes");
  const WordSet patient_pronouns = SetOf("i my me he she his her him hers");
  // "Type I" is no I.
  const WordSet numbered = SetOf("type class phase stage factor complex grade group level collagen");
  // What these stand for was said before.
  const WordSet references = SetOf("it its they them their this that these those there he she him his her hers");
};

const WordSets& Sets() {
  static const WordSets& sets = *new WordSets();
  return sets;
}

// Whether it is a word of every day, or one with an ending.
bool IsCommonForm(absl::string_view word) {
  if (IsCommonWord(word)) return true;
  const auto is_form = [&](absl::string_view ending) {
    absl::string_view stem = word;
    if (!absl::ConsumeSuffix(&stem, ending)) return false;
    return IsCommonWord(stem) || (ending.size() > 1 && IsCommonWord(absl::StrCat(stem, "e")));
  };
  return absl::c_any_of(std::initializer_list<absl::string_view>{"s", "d", "ed", "ing", "ly"}, is_form);
}

class Reading {
 public:
  explicit Reading(absl::string_view question) : text_(question) {}

  std::vector<Span> Find() const {
    const WordRange before = LongestBefore();
    const WordRange after = LongestAfter(before.end);
    if (after.begin < before.end + kMinAskedWords) return {};
    const WordRange asked = {before.end, after.begin};
    std::vector<Span> spans;
    if (before.end > 0 && !MayBeOfThePatient(before, asked)) spans.push_back({0, text_.At(before.end).span.begin});
    if (after.begin < text_.size() && !MayBeOfThePatient(after, asked)) {
      spans.push_back({EndOfAsked(after.begin), static_cast<uint32_t>(text_.question().size())});
    }
    return spans;
  }

 private:
  // The place behind the first sign and the blanks that follow what is asked, before word `i`.
  uint32_t EndOfAsked(size_t i) const {
    const absl::string_view gap = text_.Gap(i);
    const size_t sign = gap.find_first_of(".!?");
    const size_t size = gap.find_first_not_of(" \n", sign == gap.npos ? 0 : sign + 1);
    return text_.At(i - 1).span.end + static_cast<uint32_t>(std::min(size, gap.size()));
  }

  // Whether a question may begin with word `i`, and whether it then begins a sentence for certain.
  bool MayBeginQuestion(size_t i) const {
    const absl::string_view word = text_.At(i).text;
    if (text_.BeginsPhrase(i) || (text_.IsCapitalised(i) && Sets().openers.contains(word))) return true;
    return Sets().questions.contains(word) && !Sets().questions.contains(text_.At(0).text);
  }
  bool BeginsQuestion(size_t i) const {
    if (text_.Gap(i).find_first_of(".!?:;\n") != absl::string_view::npos) return true;
    return text_.IsCapitalised(i) && Sets().openers.contains(text_.At(i).text);
  }

  bool HoldsAny(WordRange range, const WordSet& words) const {
    for (size_t i = range.begin; i < range.end; ++i) {
      if (words.contains(text_.At(i).text)) return true;
    }
    return false;
  }

  // Whether word `i` begins a question that is joined by a comma to words in which somebody speaks.
  bool IsJoinedByComma(size_t i) const {
    const WordRange range = {0, i};
    const bool asks = text_.BeginsPhrase(i) && Sets().askers.contains(text_.At(i).text);
    return asks && !HoldsAny(range, Sets().circumstances) &&
           (HoldsAny(range, Sets().first_person) || HoldsKind(range, AskerWord::kAsking));
  }

  bool HoldsKind(WordRange range, AskerWord kind) const {
    for (size_t i = range.begin; i < range.end; ++i) {
      if (text_.KindOf(i) == kind) return true;
    }
    return false;
  }

  // Whether word `i` may be a drug, a disease or a place: a capital or a digit that nothing else explains, or a word
  // that few know behind "takes" or "has".
  bool MayBeNamed(size_t i, WordRange range) const {
    const absl::string_view word = text_.Written(i);
    if (word.find_first_of("0123456789") != word.npos) return true;
    if (text_.KindOf(i) != AskerWord::kOther || text_.IsName(i, range) || text_.IsInsurer(i)) return false;
    if (text_.IsEponym(i)) return true;
    if (!text_.IsCapitalised(i)) return IsUnknown(i) && (word.size() <= kMaxAbbreviation || IsBehindHaving(i, range));
    const bool begins = i == range.begin || text_.BeginsSentence(i);
    if (begins) return text_.IsInCapitals(i);
    const bool has_article = text_.At(i - 1).text == "the" && i > range.begin + 1;
    const size_t before = has_article ? i - 2 : i - 1;
    return (word.size() > 1 && text_.IsInCapitals(i)) || Sets().before_names.contains(text_.At(before).text);
  }

  bool IsUnknown(size_t i) const {
    const absl::string_view word = text_.At(i).text;
    return text_.KindOf(i) == AskerWord::kOther && !Sets().openers.contains(word) && !IsCommonForm(word);
  }

  bool IsBehindHaving(size_t i, WordRange range) const {
    if (i > range.begin && Sets().possessives.contains(text_.At(i - 1).text)) return true;
    size_t before = i;
    while (before > range.begin && Sets().articles.contains(text_.At(before - 1).text)) --before;
    return before > range.begin && !text_.BeginsPhrase(i) && Sets().before_unknown.contains(text_.At(before - 1).text);
  }

  // Whether word `i` begins "for my mother" or "for a woman".
  bool IsForSomebody(size_t i, size_t end) const {
    constexpr size_t kReach = 3;
    if (text_.At(i).text != "for" || (i + 1 < end && Sets().addressees.contains(text_.At(i + 1).text))) return false;
    for (size_t next = i + 1; next < std::min(end, i + 1 + kReach); ++next) {
      // "For a men's magazine".
      if (next + 1 < end && text_.At(next + 1).text == "s") return false;
      if (text_.KindOf(next) == AskerWord::kRelation || text_.KindOf(next) == AskerWord::kPerson) return true;
    }
    return false;
  }

  // Whether word `i` may have bearing on what is asked. The kinds of words tell of people what they tell of medicine
  // elsewhere: "nurse", "driver".
  bool MayHaveBearingAt(size_t i, WordRange range) const {
    if (IsForSomebody(i, range.end) || MayBeNamed(i, range)) return true;
    if (!text_.IsOfAny(i) || text_.IsName(i, range)) return false;
    return text_.MayBear(i) || (text_.KindOf(i) == AskerWord::kOther && text_.IsClinical(i));
  }

  bool IsUnnamedThing(size_t i) const {
    return IsUnknown(i) || text_.Written(i).find_first_of("0123456789") != absl::string_view::npos ||
           (i > 0 && text_.KindOf(i) == AskerWord::kOther && text_.IsInCapitals(i));
  }

  // Whether the words ask by themselves: of something clinical, or of something that few know, with nothing that stands
  // for what was said before.
  bool StandsAlone(WordRange asked) const {
    for (size_t i = asked.begin; i < asked.end; ++i) {
      if (text_.IsClinical(i)) return true;
    }
    bool has_thing = false;
    size_t end = asked.begin;
    do has_thing |= IsUnnamedThing(end++);
    while (end < asked.end && !text_.BeginsSentence(end));
    return has_thing && Sets().askers.contains(text_.At(asked.begin).text) &&
           !HoldsAny({asked.begin, end}, Sets().references);
  }

  // Whether the sentence asks for something, and nobody in particular.
  bool AsksOfAnything(WordRange sentence) const {
    const bool asks = Sets().askers.contains(text_.At(sentence.begin).text) ||
                      text_.Gap(sentence.end).find('?') != absl::string_view::npos;
    return asks && !HoldsAny(sentence, Sets().addressees);
  }

  // Whether the sentence speaks of somebody else and may tell how they are: nothing else is said of them, or something
  // that few know.
  bool MayTellOfAnother(WordRange sentence, WordRange range) const {
    bool is_another = false, says_who = false, is_unknown = false;
    for (size_t i = sentence.begin; i < sentence.end; ++i) {
      const bool is_name = text_.IsName(i, range) || text_.IsInsurer(i);
      const bool is_relation = text_.KindOf(i) == AskerWord::kRelation;
      is_another |= is_relation || (text_.IsOfAny(i) && Sets().third_person.contains(text_.At(i).text));
      is_unknown |= !is_name && !text_.IsCapitalised(i) && IsUnknown(i);
      says_who |= is_name || (!text_.IsOfAny(i) && !is_relation);
    }
    return is_another && (is_unknown || !says_who);
  }

  // Whether a phrase of the range says of somebody, or of "it", how they are, and nothing of who asks: "it got worse,
  // thanks"; or begins with in whom.
  bool TellsHowTheyAre(WordRange range) const {
    for (size_t begin = range.begin, end; begin < range.end; begin = end) {
      end = begin + 1;
      while (end < range.end && !text_.BeginsPhrase(end)) ++end;
      if (SaysInWhom({begin, end})) return true;
      bool has_subject = false, says_who = false;
      for (size_t i = begin; i < end; ++i) {
        if (IsInWhichSex(i)) return true;
        const bool is_relation = text_.KindOf(i) == AskerWord::kRelation;
        // "My sister" between commas only names her.
        has_subject |= (begin > range.begin && Sets().continuing.contains(text_.At(begin).text)) ||
                       (is_relation && i + 1 < end && text_.At(begin).text != "as") || IsSubject(i, begin);
        says_who |= (!text_.IsOfAny(i) && !is_relation) || text_.IsName(i, range) || text_.IsInsurer(i) ||
                    Sets().spoken_to.contains(text_.At(i).text);
      }
      if (has_subject && !says_who) return true;
    }
    return false;
  }

  // "If it helps" says nothing of anybody, "it hurts" may.
  bool IsSubject(size_t i, size_t begin) const {
    const absl::string_view word = text_.At(i).text;
    if (text_.At(begin).text == "as" || !Sets().subjects.contains(word)) return false;
    return (word != "it" && word != "its") || i == begin || text_.At(i - 1).text == "and" ||
           text_.At(i - 1).text == "but";
  }

  // "I mean in men specifically."
  bool IsInWhichSex(size_t i) const {
    const absl::string_view word = text_.At(i).text;
    return (word == "in" || word == "among") && i + 1 < text_.size() && Sets().sexes.contains(text_.At(i + 1).text);
  }

  bool SaysInWhom(WordRange phrase) const {
    if (phrase.end < phrase.begin + 2 || !Sets().in_whom.contains(text_.At(phrase.begin).text)) return false;
    const AskerWord kind = text_.KindOf(phrase.begin + 1);
    if (text_.At(phrase.begin).text == "only") return kind != AskerWord::kAsking;
    const bool is_unnamed = kind == AskerWord::kOther && !text_.IsCapitalised(phrase.begin + 1) &&
                            !Sets().openers.contains(text_.At(phrase.begin + 1).text);
    return is_unnamed || kind == AskerWord::kPerson || kind == AskerWord::kGroup;
  }

  // Whether the words are of somebody who asks and have no bearing on what is asked, which stands elsewhere.
  bool HasNoBearing(WordRange range, WordRange asked) const {
    bool is_of_asker = false;
    for (size_t i = range.begin; i < range.end; ++i) {
      if (MayHaveBearingAt(i, range)) return false;
      is_of_asker |= !text_.IsOfAny(i) || text_.IsName(i, range);
    }
    if (!is_of_asker || !StandsAlone(asked) || TellsHowTheyAre(range)) return false;
    for (size_t begin = range.begin, end; begin < range.end; begin = end) {
      end = begin + 1;
      while (end < range.end && !text_.BeginsSentence(end)) ++end;
      if (AsksOfAnything({begin, end}) || MayTellOfAnother({begin, end}, range)) return false;
    }
    return true;
  }

  // Whether the words say who asks, and nothing else.
  bool IsOfTheAsker(WordRange range) const {
    bool asks = false;
    for (size_t i = range.begin; i < range.end; ++i) {
      const bool is_name = text_.IsName(i, range);
      asks |= text_.KindOf(i) == AskerWord::kAsking || (is_name && range.end == text_.size());
      if (text_.KindOf(i) == AskerWord::kOther && !is_name && !text_.IsInsurer(i)) return false;
    }
    return asks && !TellsHowTheyAre(range);
  }

  WordRange LongestBefore() const {
    WordRange longest = {0, 0};
    for (size_t end = 1; end + kMinAskedWords <= text_.size(); ++end) {
      if (!MayBeginQuestion(end)) continue;
      const bool begins = BeginsQuestion(end) || IsJoinedByComma(end);
      if (IsOfTheAsker({0, end}) || (begins && HasNoBearing({0, end}, {end, text_.size()}))) longest.end = end;
    }
    return longest;
  }

  WordRange LongestAfter(size_t from) const {
    bool is_behind_question = false;
    for (size_t begin = from + 1; begin < text_.size(); ++begin) {
      const WordRange range = {begin, text_.size()};
      const bool ends = text_.BeginsSentence(begin);
      is_behind_question |= ends;
      const bool says_farewell =
          !is_behind_question && text_.BeginsPhrase(begin) && Sets().farewells.contains(text_.At(begin).text);
      const bool thanks = Sets().thanks.contains(text_.At(begin).text) || says_farewell;
      if ((ends || thanks) && IsOfTheAsker(range)) return range;
      if (ends && HasNoBearing(range, {from, begin})) return range;
    }
    return {text_.size(), text_.size()};
  }

  // "Spanish-language".
  bool IsOfLanguage(size_t i) const {
    if (i + 1 == text_.size()) return false;
    const absl::string_view next = text_.At(i + 1).text;
    return next == "language" || next == "speaking" || next == "speaker" || next == "translation";
  }

  bool TellsOfSomebody(size_t i) const {
    const AskerWord kind = text_.KindOf(i);
    // Many excuse their English.
    if (text_.At(i).text == "english" || IsOfLanguage(i)) return false;
    return kind == AskerWord::kGroup || kind == AskerWord::kPerson || kind == AskerWord::kOccupation;
  }

  bool IsPatientPronoun(size_t i) const {
    const absl::string_view word = text_.At(i).text;
    if (word == "i" && i > 0 && Sets().numbered.contains(text_.At(i - 1).text)) return false;
    return Sets().patient_pronouns.contains(word);
  }

  // "I am", "thanks from", "question from", "as a".
  bool SpeaksForThemselves(WordRange range) const {
    if (range.end > range.begin + 1 && (text_.At(range.begin).text == "as" || text_.At(range.begin).text == "from"))
      return true;
    if (HoldsAny(range, Sets().first_person)) return true;
    for (size_t i = range.begin + 1; i < range.end; ++i) {
      if (text_.At(i).text == "from" && HoldsKind({range.begin, i}, AskerWord::kAsking)) return true;
    }
    return false;
  }

  // "What I should take", where "I should be grateful" asks for none.
  bool AsksForAdvice(size_t i, WordRange range) const {
    return i >= range.begin + 2 && text_.At(i).text == "should" &&
           Sets().patient_pronouns.contains(text_.At(i - 1).text) && Sets().openers.contains(text_.At(i - 2).text);
  }

  // "About a man".
  bool IsAboutSomebody(size_t i, size_t end) const {
    constexpr size_t kReach = 4;
    return text_.At(i).text == "about" && HoldsKind({i, std::min(end, i + kReach)}, AskerWord::kPerson);
  }

  // "Patient", but no "patient advocate".
  bool IsPatient(size_t i) const {
    return text_.At(i).text == "patient" && (i + 1 == text_.size() || text_.KindOf(i + 1) != AskerWord::kOccupation);
  }

  bool MayBeOfThePatient(WordRange range, WordRange asked) const {
    bool tells = false, is_another = false, is_patient = false;
    for (size_t i = range.begin; i < range.end; ++i) {
      const absl::string_view word = text_.At(i).text;
      tells |= TellsOfSomebody(i);
      is_another |= text_.IsSomebody(i) || Sets().workplaces.contains(word);
      is_patient |= AsksForAdvice(i, range) || IsAboutSomebody(i, range.end) || IsPatient(i) ||
                    (IsForSomebody(i, range.end) && !HoldsKind({i, range.end}, AskerWord::kRelation));
    }
    if (!tells) return false;
    if (is_patient || (!is_another && !SpeaksForThemselves(range))) return true;
    for (size_t i = asked.begin; i < asked.end; ++i) {
      if (IsPatientPronoun(i)) return true;
    }
    return false;
  }

  AskerText text_;
};

}  // namespace

std::vector<Span> FindAsker(absl::string_view question) { return Reading(question).Find(); }

}  // namespace bedside
