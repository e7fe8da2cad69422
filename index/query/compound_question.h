// Two questions in one: "What is the dose of heparin and what are its side effects?"
#ifndef BEDSIDE_INDEX_QUERY_COMPOUND_QUESTION_H_
#define BEDSIDE_INDEX_QUERY_COMPOUND_QUESTION_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/span.h"

namespace bedside {

// A question inside a question.
struct QuestionPart {
  Span span;
  // As it is asked by itself: with what "it", "its", "they" or "their" stand for.
  std::string text;
};

// The parts of a compound question, at most kMaxQuestionParts; empty for a single one and wherever in doubt. A part
// begins with a word that asks, behind the begin of the question, a question mark, or "and" or "or"; it has three words
// or more. A pronoun stands for what follows the last "of" of the first part; without that, the question is left whole.
constexpr int kMaxQuestionParts = 3;
std::vector<QuestionPart> SplitQuestion(absl::string_view question);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_COMPOUND_QUESTION_H_
