// A question as words, each with what it says of somebody who asks: what asker.h decides by.
#ifndef BEDSIDE_INDEX_QUERY_ASKER_TEXT_H_
#define BEDSIDE_INDEX_QUERY_ASKER_TEXT_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/query/asker_words.h"
#include "index/query/surface_words.h"

namespace bedside {

// Words [begin, end) of the question.
struct WordRange {
  size_t begin;
  size_t end;
};

// Places are indexes of words, below size() unless said otherwise. The question must outlive it. Thread-compatible; its
// methods are const and look at a few words beside the place; one of its names has five words at most.
class AskerText {
 public:
  // REQUIRES: IsValidUtf8(question)
  explicit AskerText(absl::string_view question);

  absl::string_view question() const { return question_; }
  size_t size() const { return words_.size(); }
  const SurfaceWord& At(size_t i) const { return words_[i]; }
  AskerWord KindOf(size_t i) const { return kinds_[i]; }

  // As written.
  absl::string_view Written(size_t i) const;

  // What stands between word `i` and the one before it. i <= size()
  absl::string_view Gap(size_t i) const;

  // Whether a phrase, or even a sentence, ends before word `i`. i <= size()
  bool BeginsPhrase(size_t i) const;
  bool BeginsSentence(size_t i) const;

  // Whether word `i` begins with a capital.
  bool IsCapitalised(size_t i) const;

  // Whether word `i` is of nobody: it may mean anything.
  bool IsOfAny(size_t i) const;

  // Somebody who is not the patient.
  bool IsSomebody(size_t i) const;

  // Whether word `i` names something clinical (clinical_words.h), or may have bearing (bearing_words.h).
  bool IsClinical(size_t i) const { return clinical_[i]; }
  bool MayBear(size_t i) const { return bearing_[i]; }

  // Whether the word is given as a name of a person inside the range: it has a capital, is no drug, eponym, clinical
  // word nor one that may bear, and follows a title, a relation, "hi", "dear", "regards", "I'm" or a name; or it begins
  // the range and then asks or speaks; or the range ends with it behind a farewell. Behind "my name is" it needs no
  // capital.
  bool IsName(size_t i, WordRange range) const;

  // Whether word `i` begins the name of an insurer or ends it: "Blue Cross plan", "insured with Debeka".
  bool IsInsurer(size_t i) const;

 private:
  AskerWord KindAt(size_t i) const;
  // Whether it has no small letter.
  bool IsInCapitals(size_t i) const;
  bool HasInnerCapital(size_t i) const;
  // Whether a disease is called by it: "Graves".
  bool IsEponym(size_t i) const;
  bool IsDaily(size_t i) const;
  bool IsLostAbility(size_t i) const;
  bool IsCall(size_t i) const;
  bool IsQualifier(size_t i) const;
  bool IsPronounPair(size_t i) const;
  bool IsBlueCross(size_t i) const;
  bool MayBeNamePart(size_t i) const;
  bool IsParticle(size_t i) const;
  bool IsJoined(size_t i) const;
  bool IsStatedName(size_t i, WordRange range) const;
  bool IsIntroduced(size_t i, WordRange range) const;
  bool FollowsAsName(size_t i, WordRange range) const;
  bool BeginsAsName(size_t i, WordRange range) const;
  bool IsSignature(size_t i, WordRange range) const;

  absl::string_view question_;
  std::vector<SurfaceWord> words_;
  // Of each word.
  std::vector<AskerWord> kinds_;
  std::vector<bool> clinical_;
  std::vector<bool> bearing_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_ASKER_TEXT_H_
