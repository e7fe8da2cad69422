// Answers without a language model: picks the statements of the evidence that answer a question best, each with the
// bytes that it was taken from. The same question and evidence give the same answer.
//
// A statement is scored by the share of the question's terms that it holds (a term counts the more, the fewer
// statements hold it; half when only title or headings do), by the rank of its passage and by its section. Picking is
// greedy by maximal marginal relevance (Carbonell and Goldstein 1998, with Jaccard similarity of terms);
// near-duplicates, what another statement holds word for word, and statements far below the best are left out.
// Statements are never merged: sources that disagree stand side by side. A list item, a table row or a short sentence
// that does not name what its document is about, or whose title limits what is said ("in Children"), is put after the
// title: "Hepatitis B: Prevention: Vaccinate all". So is every statement of a guideline that does not hold all that the
// title names, or whose title limits what is said.
//
// A row of a small table (up to eight rows) is quoted with all rows of its table that are in the evidence, since the
// right row may be another one, unless the question picks rows out by its words or numbers (table_rows.h).
//
// Thread-safe. One to three milliseconds for eight passages.
#ifndef BEDSIDE_SERVICES_ANSWER_EXTRACTIVE_COMPOSER_H_
#define BEDSIDE_SERVICES_ANSWER_EXTRACTIVE_COMPOSER_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/lexical_analyzer.h"
#include "index/text/sentence_splitter.h"
#include "proto/bedside/v1/answer.pb.h"
#include "services/answer/evidence_source.h"
#include "services/answer/subject.h"
#include "services/grounding/term_set.h"

namespace bedside {

class ExtractiveComposer {
 public:
  // Both must outlive the composer.
  ExtractiveComposer(const LexicalAnalyzer* analyzer, const SentenceSplitter* splitter);

  // At most max_sentences, a table that is quoted whole counting as one; only from passages that speak of `subject`,
  // and about its people. The statements of one document together and in its order, the document with the best
  // statement first; none when the evidence states no finding. Evidence is numbered from 1. Statements of documents
  // that are not simply current end in the status: "(superseded)". REQUIRES: max_sentences >= 1
  // `patient`: for the rows of tables, see TableRows.
  std::vector<v1::AnswerSentence> Compose(absl::string_view question, const Subject& subject,
                                          const std::vector<EvidencePassage>& evidence, size_t max_sentences,
                                          const v1::PatientFacts& patient = {}) const;

 private:
  const LexicalAnalyzer* analyzer_;
  const SentenceSplitter* splitter_;
  // Terms that ask rather than name what is asked about.
  TermSet frame_;
  // Terms of titles that name no topic.
  TermSet generic_title_terms_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_EXTRACTIVE_COMPOSER_H_
