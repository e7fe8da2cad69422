// Measures the check of claims (services/grounding) on answers with their sources. True claims are sentences of the
// sources, and sentences in which experts said what the sources say. Untrue ones are true ones that were not refused,
// with one error each (claim_mutation.h), and sentences of answers to other questions.
#ifndef BEDSIDE_TOOLS_EVAL_CLAIMS_CLAIM_CHECK_EVALUATION_H_
#define BEDSIDE_TOOLS_EVAL_CLAIMS_CLAIM_CHECK_EVALUATION_H_

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "index/embedding/embedder.h"
#include "index/hash/split_mix.h"
#include "index/text/lexical_analyzer.h"
#include "index/text/sentence_splitter.h"
#include "services/grounding/grounding.h"
#include "services/grounding/term_set.h"
#include "tools/eval/claims/claim_check_result.h"
#include "tools/eval/grounding_answers.h"

namespace bedside {

struct ClaimCheckOptions {
  AnswerHalf half = AnswerHalf::kDevelopment;
  // Of the errors that are made and the sentences that are drawn.
  uint64_t seed = 1;
  // Errors of one kind in one set, at most.
  size_t most_cases = 250;
};

// A true claim that was refused, or an error that was not caught.
struct WronglyJudged {
  // "refused", or the name of the error.
  absl::string_view kind;
  const std::string& claim;
  const GroundingVerdict& verdict;
  const GroundingAnswer& answer;
};

// Not thread-safe.
class ClaimCheckEvaluation {
 public:
  // All must outlive it. `embedder` may be null: claims are then checked by words alone. `observer` is called with
  // each claim that is judged wrongly; it may be empty.
  ClaimCheckEvaluation(const LexicalAnalyzer* analyzer, const SentenceSplitter* splitter, const Embedder* embedder,
                       const ClaimCheckOptions& options, std::function<void(const WronglyJudged&)> observer);

  // Those of `answers` that are of the half, as up to two sets of the result, one of each origin. The seed goes on from
  // dataset to dataset: the same calls give the same result.
  void Measure(const std::string& dataset, std::vector<GroundingAnswer> answers);

  // Times ten sentences of and about the sources of each of `answers` that has as many, 400 at most; of both halves.
  void Time(const std::vector<GroundingAnswer>& answers);

  const ClaimCheckResult& result() const { return result_; }

 private:
  std::vector<std::string> SentencesOf(const std::string& text) const;
  std::vector<std::string> TrueClaims(const GroundingAnswer& answer, ClaimOrigin origin);
  ClaimSetResult MeasureSet(const std::vector<GroundingAnswer>& answers, const std::vector<TermSet>& terms,
                            ClaimOrigin origin);
  void CheckMutations(Grounding* grounding, const std::string& claim, const GroundingAnswer& answer,
                      std::map<ClaimMutation, CheckedClaims>* mutated);
  void Report(absl::string_view kind, const std::string& claim, const GroundingVerdict& verdict,
              const GroundingAnswer& answer) const;

  const LexicalAnalyzer* analyzer_;
  const SentenceSplitter* splitter_;
  const Embedder* embedder_;
  const ClaimCheckOptions options_;
  const std::function<void(const WronglyJudged&)> observer_;
  SplitMix64 random_;
  // Of the sources of the dataset at hand.
  std::vector<std::string> drugs_;
  ClaimCheckResult result_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_CLAIMS_CLAIM_CHECK_EVALUATION_H_
