// Takes the citations out of what a language model writes: "Aspirin helps [1, 3]." becomes "Aspirin helps." resting on
// passages 1 and 3. A sentence that cites nothing that was offered is removed.
//
// Citations are numbers in square brackets: [1], [1, 2], [1][3], [1-3]. They belong to the sentence in which they
// stand; where they stand between two sentences of a line, to the one before, unless that has some of its own. Other
// brackets
// ("[95% CI 1.1 to 1.3]", "[/1]") are text. List bullets, list numbers and Markdown emphasis are dropped.
//
// Text may arrive cut anywhere between characters; sentences come out as soon as two more have begun.
// Not thread-safe. Linear in the text but for sentences that never end, which cost n log n.
#ifndef BEDSIDE_SERVICES_ANSWER_CITATION_PARSER_H_
#define BEDSIDE_SERVICES_ANSWER_CITATION_PARSER_H_

#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/sentence_splitter.h"

namespace bedside {

struct CitedSentence {
  // Without citations, bullets and line ends; canonical UTF-8, never empty.
  std::string text;
  // Offered numbers, ascending; at least one, unless sentences without any are kept.
  std::vector<int> numbers;
  // It cites numbers that were not offered.
  bool cites_unknown = false;
};

// What becomes of sentences without a citation of an offered number.
enum class UncitedSentences { kRemove, kKeep };

class CitationParser {
 public:
  // `offered`: the numbers that may be cited. `splitter` must outlive the parser.
  CitationParser(const SentenceSplitter* splitter, const std::vector<int>& offered,
                 UncitedSentences uncited = UncitedSentences::kRemove)
      : splitter_(splitter), offered_(offered.begin(), offered.end()), uncited_(uncited) {}

  // The sentences that `delta` completes. REQUIRES: `delta` is valid UTF-8.
  std::vector<CitedSentence> Add(absl::string_view delta);

  // The rest. `cut_off`: the text ends somewhere, so the last sentence counts as removed unless its end can be seen.
  std::vector<CitedSentence> Finish(bool cut_off);

  // Citations of numbers that were not offered, and sentences without any valid citation. A range with such a number
  // counts once.
  int removed_citations() const { return removed_citations_; }
  int removed_sentences() const { return removed_sentences_; }

 private:
  struct Draft {
    std::string text;
    std::set<int> numbers;
    bool cites_unknown = false;
  };

  // Hands the first sentences of pending_ on, all but the last `held_back`.
  std::vector<CitedSentence> Take(size_t held_back);
  void TakeSentence(absl::string_view sentence, bool starts_line, std::vector<CitedSentence>& complete);
  void CloseDraft(std::vector<CitedSentence>& complete);
  void AddNumbers(const std::vector<int>& numbers);

  const SentenceSplitter* splitter_;
  std::set<int> offered_;
  UncitedSentences uncited_;
  std::string pending_;
  bool pending_starts_line_ = true;
  // Bytes of pending_ at which looking for sentences is worth while.
  size_t next_look_ = 1;
  // The last sentence that was taken; citations may still follow it.
  Draft draft_;
  int removed_citations_ = 0;
  int removed_sentences_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_CITATION_PARSER_H_
