#include "services/privacy/person_names.h"

#include <re2/re2.h>

#include <algorithm>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "services/privacy/language_words.h"
#include "services/privacy/name_cues.h"

namespace bedside {
namespace {

// Behind every pattern of structured identifiers.
constexpr int kNameRank = 1000;
constexpr size_t kMostWordsOfAName = 6;
constexpr size_t kWordsBackToAPerson = 4;

bool AnyPart(absl::string_view lower, const WordSet& set) {
  if (set.contains(lower)) return true;
  if (!absl::StrContains(lower, '-')) return false;
  for (const absl::string_view part : absl::StrSplit(lower, '-')) {
    if (set.contains(part)) return true;
  }
  return false;
}

// Generated data write "Bibi254".
absl::string_view WithoutDigits(absl::string_view lower) {
  while (!lower.empty() && lower.back() >= '0' && lower.back() <= '9') lower.remove_suffix(1);
  return lower;
}

bool IsEponym(const ScannedWord& word) { return AnyPart(word.lower, Eponyms()); }
// "Smith-Jones", but not "X-Ray", "Long-standing" nor "Burke-Fahn-Marsden".
bool IsNameOf(absl::string_view lower, const WordSet& set) {
  if (!absl::StrContains(lower, '-')) return set.contains(lower);
  const std::vector<absl::string_view> parts = absl::StrSplit(lower, '-');
  bool listed = false;
  for (const absl::string_view part : parts) {
    if (part.size() < 3 || CommonWords().contains(part) || NamesThatAreWords().contains(part)) return false;
    listed = listed || set.contains(part);
  }
  return listed && parts.size() == 2;
}

bool IsGiven(const ScannedWord& word) { return IsNameOf(WithoutDigits(word.lower), GivenNames()); }
bool IsSurname(const ScannedWord& word) { return IsNameOf(WithoutDigits(word.lower), Surnames()); }
bool IsListed(const ScannedWord& word) { return IsGiven(word) || IsSurname(word); }
bool IsAlsoAWord(const ScannedWord& word) {
  return NamesThatAreWords().contains(word.lower) || CommonWords().contains(word.lower);
}
// Names that are nothing else.
bool IsPlainGiven(const ScannedWord& word) { return IsGiven(word) && !IsAlsoAWord(word); }
bool IsPlainSurname(const ScannedWord& word) { return IsSurname(word) && !IsAlsoAWord(word); }

bool MayBegin(const ScannedWord& word) {
  return !word.covered && word.capitalised && !CommonWords().contains(word.lower) && !WidePlaces().contains(word.lower);
}

class NameSearch {
 public:
  NameSearch(absl::string_view text, const std::vector<ScannedWord>& words)
      : text_(text), words_(words), taken_(words.size()), is_thing_(words.size()) {
    for (size_t i = 0; i < words_.size(); ++i) is_thing_[i] = IsNameOfAThing(i);
  }

  void Run() {
    for (size_t i = 0; i < words_.size(); ++i) {
      if (words_[i].covered || taken_[i]) continue;
      BehindTitle(i);
      BehindNamingWord(i);
      BehindPersonNoun(i);
      BehindSalutation(i);
    }
    for (size_t i = 0; i < words_.size(); ++i) {
      if (words_[i].covered || taken_[i] || IsBehindSaint(i)) continue;
      if (FromLists(i) || Described(i)) continue;
      Alone(i);
    }
    Again();
  }

  void Report(IdentifierCandidates* found) const {
    for (size_t i = 0; i < words_.size();) {
      if (!taken_[i]) {
        ++i;
        continue;
      }
      size_t last = i;
      while (last + 1 < words_.size() && taken_[last + 1] && joined_.contains(last + 1)) ++last;
      found->push_back({v1::IDENTIFIER_KIND_NAME, {words_[i].span.begin, words_[last].span.end}, kNameRank});
      i = last + 1;
    }
  }

 private:
  const ScannedWord& word(size_t i) const { return words_[i]; }
  bool Has(size_t i) const { return i < words_.size() && !words_[i].covered; }
  // Only a space parts word i from the one before.
  bool Follows(size_t i) const { return Has(i) && word(i).follows_closely(); }
  bool FollowsBySpace(size_t i) const { return Has(i) && word(i).gap == " "; }

  // "Crohn's disease", "Glasgow coma scale", "Sister Mary Joseph nodule", "Stevens-Johnson".
  bool IsNameOfAThing(size_t i) const {
    for (size_t ahead = 1; ahead <= 3 && FollowsBySpace(i + ahead); ++ahead) {
      const ScannedWord& next = word(i + ahead);
      if (EponymHeads().contains(next.lower)) {
        return ahead == 1 || (IsEponym(word(i)) && !IsPlainGiven(word(i))) || !SaysOtherThings(next.lower);
      }
      const bool goes_on = IsEponym(next) || NameParticles().contains(next.lower);
      if (!goes_on && !(ahead == 1 && IsEponym(word(i)))) return false;
    }
    return absl::StrContains(word(i).lower, '-') && IsEponym(word(i));
  }

  // "James Wilson test results": may speak of somebody.
  static bool SaysOtherThings(absl::string_view head) {
    static const WordSet& words = *new WordSet{"test",  "tests", "score", "scores", "scale", "study", "trial",
                                               "sign",  "signs", "rule",  "report", "form",  "block", "position",
                                               "graft", "stent", "valve", "repair", "stage", "index", "result"};
    return words.contains(head);
  }

  // Behind the last word of a name that begins at i, whatever i is.
  size_t EndOfName(size_t i) const {
    size_t end = i + 1;
    while (end - i < kMostWordsOfAName && !word(end - 1).possessive && GoesOn(end)) ++end;
    return end;
  }

  bool GoesOn(size_t i) const {
    const bool near = FollowsBySpace(i) || (Follows(i) && word(i - 1).initial);
    if (!near || is_thing_[i]) return false;
    if (word(i).initial) return word(i).lower != "i" || IsNameWord(i + 1);
    if (NameParticles().contains(word(i).lower)) return ParticleLeadsOn(i);
    return IsNameWord(i);
  }

  // "van Qorvax", "van der Qorvax".
  bool ParticleLeadsOn(size_t i) const {
    if (!FollowsBySpace(i + 1)) return false;
    const bool another = NameParticles().contains(word(i + 1).lower) && FollowsBySpace(i + 2);
    return IsNameWord(another ? i + 2 : i + 1);
  }

  bool IsNameWord(size_t i) const {
    if (!Has(i)) return false;
    if (word(i).all_caps) return IsListed(word(i)) && !IsAlsoAWord(word(i));
    return word(i).capitalised && (!CommonWords().contains(word(i).lower) || IsPlainGiven(word(i)));
  }

  void Take(size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      taken_[i] = true;
      if (i > begin) joined_.insert(i);
    }
  }

  // By a cue: parts of the name are names wherever else they stand.
  void TakeKnown(size_t begin, size_t end) {
    Take(begin, end);
    for (size_t i = begin; i < end; ++i) {
      if (word(i).lower.size() >= 3 && !IsAlsoAWord(word(i)) && !NameParticles().contains(word(i).lower)) {
        known_.insert(word(i).lower);
      }
    }
  }

  void BehindTitle(size_t i) {
    if (!Titles().contains(word(i).lower) || !Follows(i + 1)) return;
    const ScannedWord& next = word(i + 1);
    if (word(i).capitalised) {
      const bool is_name = next.initial || (next.all_caps && next.lower.size() > 2) ||
                           (next.capitalised && !CommonWords().contains(next.lower)) || StartsWithParticle(i + 1);
      if (!is_name) return;
      return TakeKnown(i + 1, EndOfName(i + 1));
    }
    BehindPlainTitle(i);
  }

  bool StartsWithParticle(size_t i) const {
    return NameParticles().contains(word(i).lower) && FollowsBySpace(i + 1) && word(i + 1).capitalised;
  }

  // "mr smith", "MR SMITH": less is certain.
  void BehindPlainTitle(size_t i) {
    static const WordSet& sure = *new WordSet{"mr", "mrs", "dr", "prof"};
    const ScannedWord& next = word(i + 1);
    if (CommonWords().contains(next.lower) || next.lower.size() < 2) return;
    const bool is_sure = sure.contains(word(i).lower) && !(word(i).all_caps && word(i).lower == "mr");
    if (!IsListed(next) && !(is_sure && (!word(i).all_caps || next.all_caps))) return;
    const bool goes_on = FollowsBySpace(i + 2) && IsListed(word(i + 2)) && !IsAlsoAWord(word(i + 2));
    TakeKnown(i + 1, goes_on ? i + 3 : i + 2);
  }

  // Whether a person is spoken of shortly before word i.
  bool PersonBefore(size_t i) const {
    static const WordSet& people = *new WordSet{"patients",   "people",  "person",   "child", "male",     "female",
                                                "individual", "someone", "somebody", "guy",   "teenager", "adult"};
    for (size_t back = 1; back <= std::min(i, kWordsBackToAPerson); ++back) {
      const std::string& lower = word(i - back).lower;
      if (PersonNouns().contains(lower) || people.contains(lower)) return true;
    }
    return false;
  }

  // "brand name is": of a thing.
  bool ThingIsNamed(size_t i) const {
    static const WordSet& things = *new WordSet{"brand",    "generic",     "trade", "drug", "gene",       "product",
                                                "chemical", "proprietary", "file",  "test", "scientific", "protein",
                                                "common",   "official",    "the",   "what", "its",        "disease"};
    return i > 0 && things.contains(word(i - 1).lower);
  }

  void BehindNamingWord(size_t i) {
    static const WordSet& links = *new WordSet{"is", "was", "reads"};
    if (!NamingWords().contains(word(i).lower) || !Has(i + 1)) return;
    const bool is_noun = absl::EndsWith(word(i).lower, "name");
    const bool has_colon = word(i + 1).gap.find_first_not_of(" :") == absl::string_view::npos;
    if (!has_colon || (is_noun ? ThingIsNamed(i) : !PersonBefore(i) && word(i).lower != "aka")) return;
    const bool linked = links.contains(word(i + 1).lower);
    const size_t first = linked ? i + 2 : i + 1;
    if (!Has(first) || CommonWords().contains(word(first).lower)) return;
    const ScannedWord& name = word(first);
    const bool surely = name.capitalised || name.initial || (name.all_caps && !word(i).all_caps);
    if (surely || IsListed(name) || !is_noun) TakeKnown(first, EndOfCuedName(first));
  }

  // Also of one in small letters.
  size_t EndOfCuedName(size_t first) const {
    size_t end = EndOfName(first);
    const bool small = !word(first).capitalised && !word(first).all_caps;
    const bool goes_on = FollowsBySpace(end) && !IsAlsoAWord(word(end)) && !PersonVerbs().contains(word(end).lower);
    if (end == first + 1 && small && goes_on) ++end;
    // "Name: GARCIA, Maria".
    const bool of_a_field = absl::StrContains(word(first).gap, ':');
    if (Has(end) && word(end).gap == ", " && MayBegin(word(end)) && (of_a_field || IsListed(word(end)))) ++end;
    return end;
  }

  void BehindPersonNoun(size_t i) {
    if (!PersonNouns().contains(word(i).lower) || !Has(i + 1)) return;
    const ScannedWord& next = word(i + 1);
    const bool near = next.gap == " " || next.gap == ": " || next.gap == ", ";
    const bool of_a_title = word(i).capitalised && !word(i).begins_sentence;
    if (!near || word(i).possessive || !IsNameWord(i + 1) || is_thing_[i + 1]) return;
    const size_t end = EndOfCuedName(i + 1);
    const bool listed = IsListedRun(i + 1, end);
    // "Patient Global Impression", "physician, Medicare", "patient Parkinson".
    const bool apart = next.gap == ", " && !(Has(end) && absl::StartsWith(word(end).gap, ","));
    const bool doubtful = of_a_title || word(i).capitalised || apart || IsEponym(next);
    if (doubtful && !listed && next.gap != ": ") return;
    if (end == i + 2 && WidePlaces().contains(next.lower)) return;
    TakeKnown(i + 1, end);
  }

  bool IsListedRun(size_t begin, size_t end) const {
    for (size_t i = begin; i < end; ++i) {
      if (IsListed(word(i)) && (!IsAlsoAWord(word(i)) || end - begin > 1)) return true;
    }
    return false;
  }

  // "Dear Maria", "Regards,\nJ. Smith", "Re: Maria Garcia", "seen by Maria Garcia".
  void BehindSalutation(size_t i) {
    static const WordSet& words =
        *new WordSet{"dear", "regards", "sincerely", "signed", "hi", "hello", "re", "nok", "kin", "thanks", "cc"};
    static const WordSet& deeds =
        *new WordSet{"seen",        "referred",  "reviewed", "signed",  "assessed", "examined",
                     "accompanied", "witnessed", "dictated", "written", "operated", "sent"};
    const bool by = word(i).lower == "by" && i > 0 && deeds.contains(word(i - 1).lower);
    static const WordSet& meets = *new WordSet{"saw", "met", "examined", "admitted", "discharged", "treated"};
    const bool we = i > 0 && (word(i - 1).lower == "i" || word(i - 1).lower == "we");
    const bool met = we && meets.contains(word(i).lower) && IsNameWord(i + 1) && !IsEponym(word(i + 1));
    if ((!words.contains(word(i).lower) && !by && !met) || !IsNameWord(i + 1)) return;
    if (Titles().contains(word(i + 1).lower)) return;
    const absl::string_view gap = word(i + 1).gap;
    const bool near = gap.find_first_not_of(" ,:\n") == absl::string_view::npos;
    const bool needs_colon = word(i).lower == "re" || word(i).lower == "nok" || word(i).lower == "kin";
    if (!near || is_thing_[i + 1] || (needs_colon && !absl::StrContains(gap, ':'))) return;
    TakeKnown(i + 1, EndOfCuedName(i + 1));
  }

  bool FromLists(size_t i) {
    const size_t end = EndFromLists(i);
    if (end == i) return false;
    TakeKnown(i, end);
    return true;
  }

  // Behind a name of two words or more that begins at i, one of them listed; i: there is none.
  size_t EndFromLists(size_t i) const {
    if (!Follows(i + 1)) return Has(i + 1) && word(i + 1).gap == ", " ? EndOfReversed(i) : i;
    const ScannedWord& first = word(i);
    const ScannedWord& second = word(i + 1);
    if (is_thing_[i] && is_thing_[i + 1]) return i;
    if (first.initial) return EndBehindInitials(i);
    if (second.gap != " " || first.possessive) return i;
    const bool caps = first.all_caps && second.all_caps && first.lower.size() > 2 && second.lower.size() > 2;
    const bool small = !first.capitalised && !first.all_caps && !second.capitalised && first.lower.size() > 3;
    if (caps || small) return IsPlainGiven(first) && IsPlainSurname(second) ? i + 2 : i;
    if (IsSpokenOf(i)) return i + 2;
    if (!MayBegin(first) && !(first.capitalised && IsPlainGiven(first))) return i;
    return IsName(i) ? std::max(EndOfName(i), i + 2) : i;
  }

  // "Mark Young was": two words that are names as well, of which something is said.
  bool IsSpokenOf(size_t i) const {
    return word(i).capitalised && word(i + 1).capitalised && IsGiven(word(i)) && IsSurname(word(i + 1)) &&
           FollowsBySpace(i + 2) && PersonVerbs().contains(word(i + 2).lower) &&
           !EponymHeads().contains(word(i + 2).lower);
  }

  // Of two capitalised words, or one and an initial.
  bool IsName(size_t i) const {
    const ScannedWord& first = word(i);
    const ScannedWord& second = word(i + 1);
    if (!GoesOn(i + 1) && !(IsNameWord(i + 1) && IsPlainGiven(first))) return false;
    if (IsPlainGiven(first)) return true;
    if (second.initial) return IsGiven(first) && !first.begins_sentence;
    if (IsGiven(first) && IsSurname(second)) return !IsEponym(second) || !is_thing_[i + 1];
    return IsPlainSurname(second) && !IsEponym(first) && !IsEponym(second);
  }

  size_t EndBehindInitials(size_t i) const {
    size_t last = i + 1;
    while (last - i < 4 && Has(last) && word(last).initial && Follows(last)) ++last;
    if (!Follows(last) || is_thing_[last] || !word(last).capitalised) return i;
    return IsPlainSurname(word(last)) ? EndOfName(last) : i;
  }

  // "Smith, John".
  size_t EndOfReversed(size_t i) const {
    const ScannedWord& first = word(i);
    const ScannedWord& second = word(i + 1);
    const bool written = (first.capitalised || first.all_caps) && (second.capitalised || second.all_caps);
    const bool listed = IsPlainSurname(first) && IsPlainGiven(second);
    return written && listed && !IsEponym(first) ? i + 2 : i;
  }

  // "Xolani, a 54-year-old", "Xolani (DOB", "Xolani lives".
  bool Described(size_t i) {
    if (!MayBegin(word(i)) || is_thing_[i] || IsEponym(word(i))) return false;
    const size_t end = EndOfName(i);
    if (!IsDescribedAt(end - 1) && !ActsAt(end, end - i)) return false;
    TakeKnown(i, end);
    return true;
  }

  bool IsDescribedAt(size_t last) const {
    static const RE2& description = *new RE2(
        R"((?i)(?:,? (?:is|was)(?: now)? (?:an? )?(?:\d{1,3}|\[AGED)|, (?:an? )?(?:aged )?(?:\d{1,3}|\[AGED)|,? aged \d| \((?:aged? )?\d{1,3})(?: ?\)|[- ]?(?:years?|yrs?|y/?o|yo|y\.o|months?|mo|weeks?|days?)\b| OVER 89)|(?:, | \()\d{2,3}[- ]?(?:m|f|male|female)\b|(?:,| \(|,? with|) ?(?:dob|d\.o\.b|mrn|nhs (?:no|number)|born (?:on|in)|date of birth)\b)");
    const size_t end = word(last).span.end + (word(last).possessive ? 2 : 0);
    const absl::string_view rest = text_.substr(end, 64);
    return description.Match({rest.data(), rest.size()}, 0, rest.size(), RE2::ANCHOR_START, nullptr, 0);
  }

  bool ActsAt(size_t i, size_t length) const {
    static const WordSet& sure = *new WordSet{"lives",  "phoned", "rang",      "smokes",   "drinks",
                                              "weighs", "denies", "complains", "attended", "asks"};
    if (!FollowsBySpace(i) || word(i).capitalised) return false;
    if (sure.contains(word(i).lower)) return true;
    static const WordSet& doubtful =
        *new WordSet{"is",      "was",  "has",  "had",    "needs", "takes", "reported", "stated",
                     "reports", "says", "said", "states", "came",  "works", "returned"};
    return length > 1 && PersonVerbs().contains(word(i).lower) && !doubtful.contains(word(i).lower);
  }

  void Alone(size_t i) {
    const ScannedWord& name = word(i);
    if (!MayBegin(name) || is_thing_[i] || IsEponym(name) || IsAlsoAWord(name)) return;
    if (FollowsBySpace(i + 1) && (word(i + 1).lower == "et" || EponymHeads().contains(word(i + 1).lower))) return;
    if (IsGiven(name) || (IsSurname(name) && !name.begins_sentence)) Take(i, i + 1);
  }

  // "San Francisco".
  bool IsBehindSaint(size_t i) const {
    static const WordSet& saints = *new WordSet{"san", "santa", "saint", "st", "sao"};
    return i > 0 && Follows(i) && saints.contains(word(i - 1).lower);
  }

  // What a cue has told, wherever else it stands.
  void Again() {
    for (size_t i = 0; i < words_.size(); ++i) {
      if (taken_[i] || word(i).covered || is_thing_[i] || !known_.contains(word(i).lower)) continue;
      Take(i, i + 1);
    }
  }

  const absl::string_view text_;
  const std::vector<ScannedWord>& words_;
  std::vector<bool> taken_;
  // A word of the name of a disease or the like.
  std::vector<bool> is_thing_;
  // Words that belong to the name of the word before.
  absl::flat_hash_set<size_t> joined_;
  absl::flat_hash_set<std::string> known_;
};

}  // namespace

void FindPersonNames(absl::string_view text, const std::vector<ScannedWord>& words, IdentifierCandidates* found) {
  NameSearch search(text, words);
  search.Run();
  search.Report(found);
}

}  // namespace bedside
