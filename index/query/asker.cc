#include "index/query/asker.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "index/query/asker_text.h"
#include "index/query/word_set.h"

namespace bedside {
namespace {

constexpr size_t kMinAskedWords = 3;

struct WordSets {
  // Before these a question may begin without a sign between.
  const WordSet questions = WordSetOf("how what when where whether which why");
  // With a capital so may these, and they begin a sentence.
  const WordSet openers = WordSetOf(
      "are as at by can could define describe did do does explain for give had has have how if in is list may "
      "mention might name of on should the there these this to under was were what when where whether which who "
      "whose why will would");
  const WordSet negations = WordSetOf(
      "no not none never neither nor without cannot cant dont doesnt didnt isnt arent wasnt wont couldnt hardly don "
      "doesn didn isn aren wasn won couldn wouldn haven hasn hadn");
  // Of whom a phrase may tell more than that they ask.
  const WordSet tellers =
      WordSetOf("i im ive id ill we weve us he hes she shes they theyre theyve something somebody someone my our");
  const WordSet wishes = WordSetOf("want wants wanted like likes love need needs gotta gonna wanna");
  const WordSet asking = WordSetOf(
      "ask asks asked asking answer answers curious know question questions queries query wonder wondered wondering "
      "wonders explain tell explanation clarify advise");
  const WordSet courtesies = WordSetOf(
      "hi hello hey dear please pls plz thanks thank thx ty sorry grateful appreciate kindly kind regards wishes best "
      "excuse pardon apologies apologise apologize english google googled he him his she her hers they them theirs");
  // Of these alone a phrase limits nothing: "by the way", "right then", "if it makes a difference".
  const WordSet fillers = WordSetOf(
      "a actually advance again all am and anyway anyways basically but by course difference er everyone does here hmm "
      "honestly "
      "if is it just like lot lots makes matters million much no now of ok okay one really right s so that the then "
      "this uh um way well "
      "yeah");
  const WordSet addressees = WordSetOf("you u y ya yall your anyone anybody someone somebody me us i we");
  const WordSet spoken_to = WordSetOf("you u ya your");
  // Behind a question, without a sign or behind any.
  const WordSet thanks = WordSetOf("asap cheers lmk lol please pls plz thank thanks thanx thx ty");
  const WordSet farewells = WordSetOf(
      "asked asking best cheers greetings kind kindly love many please pls plz regards sent signed sincerely sorry "
      "thank thanks thanx thx ty warm yours");
  const WordSet first_person = WordSetOf("i im ive id here asking curious greetings sincerely regards signed");
  // Who works there is no patient.
  const WordSet workplaces = WordSetOf("accounts department desk lab library office pharmacology reception records");
  // Who is or does something in a sentence.
  const WordSet subjects = WordSetOf("i im ive id he hes she shes it its they theyre theyve");
  // So does a phrase that begins with them, of somebody who was named before.
  const WordSet continuing = WordSetOf("cannot cant feels gets had has is keeps was");
  // Before a word that is of nobody or of people, they say in whom: "in outpatients".
  const WordSet in_whom = WordSetOf("in among during under after with without at for only");
  const WordSet sexes = WordSetOf("men women males females boys girls");
  const WordSet patient_pronouns = WordSetOf("i my me he she his her him hers");
  // Before a patient.
  const WordSet carers = WordSetOf("have has had see saw seeing treat treating admitted mean meant");
  // "Type I" is no I.
  const WordSet numbered = WordSetOf("type class phase stage factor complex grade group level collagen");
};

const WordSets& Sets() {
  static const WordSets& sets = *new WordSets();
  return sets;
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

  // Whether a question may begin with word `i`.
  bool MayBeginQuestion(size_t i) const {
    const absl::string_view word = text_.At(i).text;
    // "What is (are) asthma?"
    if (text_.Gap(i).find('(') != absl::string_view::npos) return false;
    if (text_.BeginsPhrase(i) || (text_.IsCapitalised(i) && Sets().openers.contains(word))) return true;
    return Sets().questions.contains(word) && !Sets().questions.contains(text_.At(0).text);
  }

  bool HoldsAny(WordRange range, const WordSet& words) const {
    for (size_t i = range.begin; i < range.end; ++i) {
      if (words.contains(text_.At(i).text)) return true;
    }
    return false;
  }

  bool HoldsKind(WordRange range, AskerWord kind) const {
    for (size_t i = range.begin; i < range.end; ++i) {
      if (text_.KindOf(i) == kind) return true;
    }
    return false;
  }

  // Whether one of so many words tells of a man, a woman or a people.
  bool HoldsPeople(size_t begin, size_t end) const {
    constexpr size_t kReach = 4;
    const WordRange near = {begin, std::min(end, begin + kReach)};
    return HoldsKind(near, AskerWord::kPerson) || HoldsKind(near, AskerWord::kGroup);
  }

  // Whether word `i` begins "for my mother" or "for a woman".
  bool IsForSomebody(size_t i, size_t end) const {
    constexpr size_t kReach = 3;
    const bool is_for =
        text_.At(i).text == "for" || (text_.At(i).text == "of" && i > 0 && text_.At(i - 1).text == "behalf");
    if (!is_for || (i + 1 < end && Sets().addressees.contains(text_.At(i + 1).text))) return false;
    for (size_t next = i + 1; next < std::min(end, i + 1 + kReach); ++next) {
      // "For a men's magazine".
      if (next + 1 < end && text_.At(next + 1).text == "s") return false;
      if (text_.KindOf(next) == AskerWord::kRelation || text_.KindOf(next) == AskerWord::kPerson) return true;
    }
    return false;
  }

  size_t EndOfPhrase(size_t begin, size_t limit) const {
    size_t end = begin + 1;
    while (end < limit && !text_.BeginsPhrase(end)) ++end;
    return end;
  }

  // Whether the phrase says of somebody, or of "it", how they are, and nothing of who asks: "it got worse"; or in whom.
  bool TellsHowTheyAre(WordRange phrase, WordRange range) const {
    if (SaysInWhom(phrase)) return true;
    bool has_subject = phrase.begin > range.begin && Sets().continuing.contains(text_.At(phrase.begin).text);
    bool says_who = false;
    for (size_t i = phrase.begin; i < phrase.end; ++i) {
      if (IsInWhichSex(i)) return true;
      const bool is_relation = text_.KindOf(i) == AskerWord::kRelation;
      // "My sister" between commas only names her.
      has_subject |=
          (is_relation && i + 1 < phrase.end && text_.At(phrase.begin).text != "as") || IsSubject(i, phrase.begin);
      says_who |= (!text_.IsOfAny(i) && !is_relation) || text_.IsName(i, range) || text_.IsInsurer(i) ||
                  Sets().spoken_to.contains(text_.At(i).text);
    }
    return has_subject && !says_who;
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

  // Of words that may mean anything, whether they may mean something here: the kinds of words tell of people what they
  // tell of medicine elsewhere ("nurse", "driver").
  bool MayHaveBearing(size_t i, WordRange range) const {
    if (text_.IsName(i, range) || text_.IsInsurer(i)) return false;
    // "Farmer", "refugee".
    if (text_.KindOf(i) == AskerWord::kOccupation && text_.MayBear(i)) return true;
    if (!text_.IsOfAny(i)) return false;
    return text_.KindOf(i) == AskerWord::kOther || text_.MayBear(i) || text_.IsClinical(i);
  }

  // Whether the phrase may limit what is asked: it has a place, a time or an amount, and nobody who asks or is asked:
  // "in hospital, please", "first line, thanks".
  bool MayLimit(WordRange phrase, WordRange range) const {
    bool limits = false;
    for (size_t i = phrase.begin; i < phrase.end; ++i) {
      // "In hospital please."
      if (Sets().thanks.contains(text_.At(i).text)) continue;
      if (!text_.IsOfAny(i) || text_.IsName(i, range) || text_.IsInsurer(i)) return false;
      if (Sets().addressees.contains(text_.At(i).text)) return false;
      limits |= !Sets().fillers.contains(text_.At(i).text);
    }
    return limits;
  }

  // Whether somebody in the phrase does more than ask: "I have lost interest", "I want to end it", "he is not talking".
  bool TellsMoreThanThatTheyAsk(WordRange phrase) const {
    bool has_subject = false, wishes = false, asks = false, does_more = false;
    for (size_t i = phrase.begin; i < phrase.end; ++i) {
      const absl::string_view word = text_.At(i).text;
      if (Sets().negations.contains(word) && (i + 1 == phrase.end || text_.KindOf(i + 1) != AskerWord::kInsurance)) {
        return true;
      }
      // "He/him" is a kind of asking.
      has_subject |= (Sets().tellers.contains(word) && text_.KindOf(i) != AskerWord::kAsking) ||
                     text_.KindOf(i) == AskerWord::kRelation;
      wishes |= Sets().wishes.contains(word);
      asks |= Sets().asking.contains(word);
      does_more |= text_.KindOf(i) == AskerWord::kAsking && !Sets().wishes.contains(word) &&
                   !Sets().asking.contains(word) && !Sets().courtesies.contains(word);
    }
    return (wishes && !asks) || (has_subject && does_more);
  }

  // Below a letter, or "Olga here", "I'm Olga", "my name is Olga".
  bool SaysTheirName(size_t i, WordRange range) const {
    if (!text_.IsName(i, range)) return false;
    if (i == range.begin || range.end == text_.size()) return true;
    const absl::string_view before = text_.At(i - 1).text;
    return before == "m" || before == "im" || before == "am" || before == "me" || before == "is";
  }

  // Whether the words say who asks, and nothing else.
  bool IsOfTheAsker(WordRange range) const {
    bool asks = false;
    for (size_t begin = range.begin, end; begin < range.end; begin = end) {
      end = EndOfPhrase(begin, range.end);
      const WordRange phrase = {begin, end};
      if (MayLimit(phrase, range) || TellsMoreThanThatTheyAsk(phrase) || TellsHowTheyAre(phrase, range)) return false;
      for (size_t i = begin; i < end; ++i) {
        if (MayHaveBearing(i, range) || IsForSomebody(i, range.end)) return false;
        asks |= text_.KindOf(i) == AskerWord::kAsking || SaysTheirName(i, range);
      }
    }
    return asks;
  }

  WordRange LongestBefore() const {
    WordRange longest = {0, 0};
    for (size_t end = 1; end + kMinAskedWords <= text_.size(); ++end) {
      if (MayBeginQuestion(end) && IsOfTheAsker({0, end})) longest.end = end;
    }
    return longest;
  }

  WordRange LongestAfter(size_t from) const {
    bool is_behind_question = false;
    for (size_t begin = from + 1; begin < text_.size(); ++begin) {
      const bool ends = text_.BeginsSentence(begin);
      is_behind_question |= ends;
      const bool says_farewell =
          !is_behind_question && text_.BeginsPhrase(begin) && Sets().farewells.contains(text_.At(begin).text);
      const bool may_begin = ends || says_farewell || Sets().thanks.contains(text_.At(begin).text);
      if (may_begin && IsOfTheAsker({begin, text_.size()})) return {begin, text_.size()};
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
  bool IsAboutSomebody(size_t i, size_t end) const { return text_.At(i).text == "about" && HoldsPeople(i, end); }

  // "Patient", but no "patient advocate".
  bool IsPatient(size_t i) const {
    const absl::string_view word = text_.At(i).text;
    if (word == "patients") return true;
    const bool is_in_job =
        i + 1 < text_.size() && text_.KindOf(i + 1) == AskerWord::kOccupation && text_.Gap(i + 1) == " ";
    return word == "patient" && !is_in_job;
  }

  // "My wife is Ashkenazi", "I have a Black woman".
  bool SaysHowSomebodyIs(size_t i, size_t end) const {
    if (i + 1 >= end) return false;
    const absl::string_view next = text_.At(i + 1).text;
    if (text_.KindOf(i) != AskerWord::kRelation)
      return Sets().carers.contains(text_.At(i).text) && HoldsPeople(i + 1, end);
    return (next == "is" || next == "was" || next == "s") && HoldsPeople(i + 2, end);
  }

  bool MayBeOfThePatient(WordRange range, WordRange asked) const {
    bool tells = false, is_another = false, is_patient = false;
    for (size_t i = range.begin; i < range.end; ++i) {
      const absl::string_view word = text_.At(i).text;
      tells |= TellsOfSomebody(i);
      is_another |= text_.IsSomebody(i) || Sets().workplaces.contains(word);
      is_patient |=
          AsksForAdvice(i, range) || IsAboutSomebody(i, range.end) || IsPatient(i) || SaysHowSomebodyIs(i, range.end);
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
