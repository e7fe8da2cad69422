#include "index/retrieval/cross_encoder_stage.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "glog/logging.h"
#include "index/status/status_macros.h"
#include "index/text/passage_text.h"

namespace bedside {
namespace {

constexpr uint32_t kDefaultCandidates = 32;
constexpr uint32_t kMostCandidates = 100;

}  // namespace

absl::Time CrossEncoderDeadline(absl::Time now, absl::Time deadline) { return now + (deadline - now) / 2; }

absl::StatusOr<std::unique_ptr<CrossEncoderStage>> CrossEncoderStage::Create(const EvidenceEngine* engine,
                                                                             const config::CrossEncoderConfig& config) {
  if (config.candidates() > kMostCandidates) {
    return absl::InvalidArgumentError(
        absl::StrCat("retrieval.cross_encoder.candidates: wanted 0 or 1 to 100, got ", config.candidates()));
  }
  ASSIGN_OR_RETURN(std::unique_ptr<CrossEncoder> encoder, CrossEncoder::Load(config));
  LOG(INFO) << "Cross-encoder " << config.model_path() << ": " << encoder->id();
  const uint32_t candidates = config.candidates() == 0 ? kDefaultCandidates : config.candidates();
  return std::unique_ptr<CrossEncoderStage>(new CrossEncoderStage(engine, std::move(encoder), candidates));
}

absl::StatusOr<std::vector<std::string>> CrossEncoderStage::TextsOf(const EvidenceView& view, size_t count,
                                                                    const std::vector<RankedPassage>& ranked) const {
  ASSIGN_OR_RETURN(const std::vector<FoundPassage> found,
                   engine_->Read(view, OrdinalsOf(absl::MakeConstSpan(ranked).first(count))));
  std::vector<std::string> texts;
  for (const FoundPassage& passage : found) texts.push_back(EmbeddingText(*passage.document, passage.passage));
  return texts;
}

absl::Status CrossEncoderStage::Rank(const EvidenceView& view, const std::string& question, absl::Time deadline,
                                     std::vector<RankedPassage>* ranked) const {
  const absl::Time now = absl::Now();
  if (now >= deadline) return absl::DeadlineExceededError("no time was left to read passages");
  const size_t count = std::min(candidates_, ranked->size());
  ASSIGN_OR_RETURN(const std::vector<std::string> texts, TextsOf(view, count, *ranked));
  ASSIGN_OR_RETURN(const std::vector<double> scores,
                   encoder_->Score(question, texts, CrossEncoderDeadline(now, deadline)));
  for (size_t i = 0; i < count; ++i) {
    (*ranked)[i].cross_encoded = scores[i];
    (*ranked)[i].score = scores[i];
  }
  OrderFirst(count, ranked);
  return absl::OkStatus();
}

}  // namespace bedside
