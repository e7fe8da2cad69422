// A question as it is searched: what was asked, what was added to it, and what that rests on.
#ifndef BEDSIDE_INDEX_QUERY_INTERPRETED_QUESTION_H_
#define BEDSIDE_INDEX_QUERY_INTERPRETED_QUESTION_H_

#include <cstddef>
#include <string>
#include <vector>

#include "index/text/span.h"
#include "index/text/weighted_term.h"

namespace bedside {

enum class AssumptionKind {
  // A word that nobody knows was taken for one that was meant.
  kSpelling,
  // An abbreviation, or its long form, was also searched as the other.
  kAbbreviation,
  // Another name of the same thing was also searched.
  kThesaurus,
  // A part of the question was also searched by itself; or, where `to` is `from`, instead of the whole, of which the
  // rest says who asks.
  kPart,
};

struct Assumption {
  AssumptionKind kind;
  // The words of the question, as written there.
  std::string from;
  std::string to;
  // Of `from` in the question.
  Span span;
};

// A word that nobody knows and that is close to these names of drugs. None was chosen.
struct Ambiguity {
  // As written in the question.
  std::string word;
  // At least one, the likeliest first.
  std::vector<std::string> names;
  Span span;
};

struct InterpretedQuestion {
  // The question with its spelling corrected, without what says who asks; as asked where nothing was.
  std::string corrected;
  // What the lexical index is searched for: every term of the question as asked, but of who asks, then what was added.
  std::vector<WeightedTerm> terms;
  // So many of these, from the first, were asked.
  size_t asked_terms = 0;
  // What is embedded: the corrected question, with the long form of an abbreviation in brackets behind it, or the
  // other way round.
  std::string embedded;
  // What is embedded beside that: the parts of a compound question.
  std::vector<std::string> other_texts;
  std::vector<Assumption> assumptions;
  std::vector<Ambiguity> ambiguities;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_INTERPRETED_QUESTION_H_
