#include "index/ranking/passage_ranker.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

absl::Status CheckFeatures(const storage::RankerModel& model) {
  const std::vector<std::string>& names = CandidateFeatures::Names();
  if (std::equal(names.begin(), names.end(), model.features().begin(), model.features().end())) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("features: wanted the ", names.size(), " of this version, got ", model.features_size(), " others"));
}

absl::StatusOr<storage::RankerModel> ReadModel(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError("no such file");
  storage::RankerModel model;
  if (!model.ParseFromIstream(&file)) return absl::InvalidArgumentError("not a RankerModel");
  return model;
}

absl::Status InNet(absl::string_view net, const absl::Status& status) {
  return absl::Status(status.code(), absl::StrCat(net, ".", status.message()));
}

}  // namespace

PassageRanker::PassageRanker(std::string embedder_id, FeedForwardNet order, FeedForwardNet relevance,
                             double relevance_threshold)
    : embedder_id_(std::move(embedder_id)),
      order_(std::move(order)),
      relevance_(std::move(relevance)),
      relevance_threshold_(relevance_threshold) {}

absl::StatusOr<std::unique_ptr<PassageRanker>> PassageRanker::FromModel(const storage::RankerModel& model) {
  RETURN_IF_ERROR(CheckFeatures(model));
  absl::StatusOr<FeedForwardNet> order = FeedForwardNet::Create(model.order(), CandidateFeatures::Names().size());
  if (!order.ok()) return InNet("order", order.status());
  absl::StatusOr<FeedForwardNet> relevance =
      FeedForwardNet::Create(model.relevance(), CandidateFeatures::Names().size());
  if (!relevance.ok()) return InNet("relevance", relevance.status());
  const double threshold = model.relevance_threshold();
  // Written so that NaN is none either.
  if (!(threshold >= 0 && threshold <= 1)) {
    return absl::InvalidArgumentError(absl::StrCat("relevance_threshold: wanted 0 to 1, got ", threshold));
  }
  return std::unique_ptr<PassageRanker>(
      new PassageRanker(model.embedder_id(), *std::move(order), *std::move(relevance), threshold));
}

absl::StatusOr<std::unique_ptr<PassageRanker>> PassageRanker::Load(const std::string& path) {
  const absl::StatusOr<storage::RankerModel> model = ReadModel(path);
  absl::StatusOr<std::unique_ptr<PassageRanker>> ranker =
      model.ok() ? FromModel(*model) : absl::StatusOr<std::unique_ptr<PassageRanker>>(model.status());
  if (ranker.ok()) return ranker;
  return absl::Status(ranker.status().code(),
                      absl::StrCat("ranker ", path, ": ", ranker.status().message(),
                                   ". Name one that tools/ranker made for this version, or none."));
}

std::vector<PassageRanker::Judgement> PassageRanker::Judge(const CandidateFeatures& features) const {
  std::vector<Judgement> judgements;
  for (size_t i = 0; i < features.candidates(); ++i) {
    const absl::Span<const float> row = features.row(i);
    const double relevance = 1 / (1 + std::exp(-relevance_.Score(row)));
    judgements.push_back({order_.Score(row), relevance, relevance >= relevance_threshold_});
  }
  return judgements;
}

}  // namespace bedside
