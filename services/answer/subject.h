// What a question is about, and whether evidence speaks of it. However close the words around it are, a quotation
// misleads when the drug, the disease or the population asked about is another.
//
// The subject is a question without the words that ask and those that any clinical text holds ("dose", "treatment",
// "recommended"). Stems, British and American spelling (haemorrhage, hemorrhage) and some other names of one thing
// (adrenaline, epinephrine; heart attack, myocardial infarction) count as the same. Other paraphrases do not, so that
// some questions are declined which a reader could answer from the passages.
//
// Measured on the first 200 questions of bioasq-dev over its 13,038 abstracts (extractive, eight passages): without
// this, 184 are answered, 169 of them with a sentence of a document that was judged relevant, and of all sentences 74 %
// are from such a document. With it 148, 139 and 88 %; some of the generic words were chosen after a look at what these
// questions were declined for, and without them it was 142, 133 and 88 %. Since then words of comparison became
// generic, and those of sex ceased to be; this was not measured again.
//
// Immutable, thread-safe. Below a millisecond a passage for a question of usual length; 0.2 s for one of 8 KiB.
#ifndef BEDSIDE_SERVICES_ANSWER_SUBJECT_H_
#define BEDSIDE_SERVICES_ANSWER_SUBJECT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/lexical_analyzer.h"
#include "services/answer/evidence_source.h"
#include "services/answer/people.h"
#include "services/grounding/term_set.h"

namespace bedside {

class Subject {
 public:
  // `analyzer` must outlive it. Where `counts` is empty, every part of the subject weighs the same, and none is known
  // to be missing from the corpus. REQUIRES: IsValidUtf8(question)
  Subject(const LexicalAnalyzer* analyzer, absl::string_view question, const TermCounts& counts);

  // Which passages speak of the subject. Such a passage, as far as it is shown, with its title, headings, context,
  // tags and conditions, names the people asked about (so may its publisher those of an age), every drug and disease of
  // OtherNames(), every numbered one ("type 2"), and all parts of up to three, of more 50 % of the weight; and 80 % of
  // what the best does. None does where the whole corpus lacks a word of the subject; all of them where the question
  // has none.
  std::vector<bool> SpokenOfIn(const std::vector<EvidencePassage>& evidence) const;

  // Whether a statement with these terms, its headings' and title's among them, names any part of the subject beside
  // the people; true where there is none.
  bool IsTouchedBy(const TermSet& terms) const;

  const People& people() const { return people_; }

  // Words and names that it has beside the people.
  size_t size() const { return parts_.size(); }

 private:
  // One word or name.
  struct Part {
    // Sets of terms, each of which is a way to write it.
    std::vector<TermSet> ways;
    // The rarer, the more.
    double weight = 1;
    // A passage without it does not speak of the subject: a known name, or a word that the whole corpus lacks.
    bool needed = false;
  };
  class Reader;

  // Share of the weight of the subject that the passage holds; -1 where people or a needed part are missing.
  double CoverageBy(const EvidencePassage& evidence) const;

  const LexicalAnalyzer* analyzer_;
  People people_;
  std::vector<Part> parts_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_SUBJECT_H_
