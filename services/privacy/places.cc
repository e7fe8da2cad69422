#include "services/privacy/places.h"

#include <algorithm>

#include "services/privacy/language_words.h"

namespace bedside {
namespace {

// Behind names: "Mr Boston".
constexpr int kPlaceRank = 1100;
constexpr size_t kMostWordsOfAPlace = 5;

class PlaceSearch {
 public:
  PlaceSearch(const std::vector<ScannedWord>& words, IdentifierCandidates* found) : words_(words), found_(found) {}

  void Run() {
    for (size_t i = 0; i < words_.size(); ++i) {
      BehindCue(i);
      BeforeEnding(i);
      City(i);
    }
  }

 private:
  const ScannedWord& word(size_t i) const { return words_[i]; }
  bool FollowsBySpace(size_t i) const { return i < words_.size() && !word(i).covered && word(i).gap == " "; }
  bool IsProper(size_t i) const {
    return !word(i).covered && word(i).capitalised && !CommonWords().contains(word(i).lower);
  }

  void Take(size_t begin, size_t end) {
    found_->push_back({v1::IDENTIFIER_KIND_PLACE, {word(begin).span.begin, word(end - 1).span.end}, kPlaceRank});
  }

  // "lives in Xville", "resident of Xville", "a woman from Xville".
  void BehindCue(size_t i) {
    static const WordSet& verbs = *new WordSet{
        "lives",  "living", "lived",     "resides",  "residing", "resident", "residents", "moved",   "born",  "home",
        "raised", "grew",   "travelled", "traveled", "returned", "stays",    "staying",   "address", "native"};
    static const WordSet& people =
        *new WordSet{"man",  "woman", "patient",    "he",     "she",     "boy",       "girl", "comes",
                     "came", "is",    "originally", "family", "visitor", "gentleman", "lady", "who"};
    static const WordSet& links = *new WordSet{"in", "at", "to", "of", "near", "from", "outside"};
    if (!links.contains(word(i).lower) || i == 0 || !FollowsBySpace(i + 1) || !IsProper(i + 1)) return;
    const std::string& before = word(i - 1).lower;
    if (!verbs.contains(before) && !(word(i).lower == "from" && people.contains(before))) return;
    size_t end = i + 2;
    while (end - i <= kMostWordsOfAPlace && FollowsBySpace(end) && IsProper(end)) ++end;
    if (!WidePlaces().contains(word(i + 1).lower) && !HeadFollows(end)) Take(i + 1, end);
  }

  bool HeadFollows(size_t end) const { return FollowsBySpace(end) && EponymHeads().contains(word(end).lower); }

  // "Kent County", "St Mary's Hospital".
  void BeforeEnding(size_t i) {
    static const WordSet& endings = *new WordSet{"county",   "hospital", "clinic", "infirmary", "hospice", "pharmacy",
                                                 "township", "borough",  "parish", "prison",    "academy", "nursery"};
    const bool of_two = FollowsBySpace(i) && i > 0 && IsTwoWordEnding(i);
    if ((!endings.contains(word(i).lower) && !of_two) || !word(i).capitalised || !FollowsBySpace(i)) return;
    const size_t last = of_two ? i - 1 : i;
    size_t begin = last;
    while (last - begin < kMostWordsOfAPlace && begin > 0 && IsPartOfName(begin - 1, begin)) --begin;
    while (begin < last && CommonWords().contains(word(begin).lower) && !IsInName(word(begin).lower)) ++begin;
    if (begin < last && !OnlyKinds(begin, last) && word(begin).lower != "mayo") Take(begin, i + 1);
  }

  bool IsTwoWordEnding(size_t i) const {
    static const WordSet& seconds = *new WordSet{"center", "centre", "home", "school", "practice", "house"};
    static const WordSet& firsts = *new WordSet{"medical", "health",  "nursing",    "care",  "primary",  "high",
                                                "middle",  "grammar", "elementary", "group", "surgical", "cancer"};
    return seconds.contains(word(i).lower) && firsts.contains(word(i - 1).lower) && word(i - 1).capitalised;
  }

  static bool IsInName(const std::string& lower) {
    return lower == "st" || lower == "saint" || lower == "mount" || lower == "lake" || lower == "royal";
  }

  bool IsPartOfName(size_t i, size_t next) const {
    const bool near = word(next).gap == " " || (word(next).gap == ". " && IsInName(word(i).lower));
    return near && !word(i).covered && (word(i).capitalised || word(i).all_caps);
  }

  // "University Hospital", "Community Health Centre": of no one place.
  bool OnlyKinds(size_t begin, size_t end) const {
    for (size_t i = begin; i < end; ++i) {
      if (!CommonWords().contains(word(i).lower) && !WidePlaces().contains(word(i).lower)) return false;
    }
    return true;
  }

  void City(size_t i) {
    static const WordSet& links = *new WordSet{"in", "at", "to", "near", "from", "outside", "around", "of", "visiting"};
    if (i == 0 || word(i).covered || !word(i).capitalised || !Cities().contains(word(i).lower)) return;
    const bool of_a_school = i > 1 && (word(i - 2).lower == "university" || word(i - 2).lower == "college");
    if (links.contains(word(i - 1).lower) && FollowsBySpace(i) && !of_a_school && !HeadFollows(i + 1)) Take(i, i + 1);
  }

  const std::vector<ScannedWord>& words_;
  IdentifierCandidates* const found_;
};

}  // namespace

void FindPlaces(const std::vector<ScannedWord>& words, IdentifierCandidates* found) { PlaceSearch(words, found).Run(); }

}  // namespace bedside
