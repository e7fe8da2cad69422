// Models of a ranker for tests.
#ifndef BEDSIDE_TESTS_INDEX_RANKING_RANKER_MODELS_H_
#define BEDSIDE_TESTS_INDEX_RANKING_RANKER_MODELS_H_

#include <string>

#include "index/ranking/candidate_features.h"
#include "proto/bedside/storage/ranker_model.pb.h"

namespace bedside {

// A net whose score is `factor` times the feature `name`.
inline storage::FeedForwardNet NetOf(const std::string& name, float factor) {
  storage::FeedForwardNet net;
  for (const std::string& feature : CandidateFeatures::Names()) {
    net.add_mean(0);
    net.add_deviation(1);
    net.add_skip(feature == name ? factor : 0);
  }
  return net;
}

// A ranker whose score and log-odds are `factor` times the feature `name`.
inline storage::RankerModel RankerBy(const std::string& name, float factor = 1) {
  storage::RankerModel model;
  for (const std::string& feature : CandidateFeatures::Names()) model.add_features(feature);
  *model.mutable_order() = NetOf(name, factor);
  *model.mutable_relevance() = NetOf(name, factor);
  return model;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_RANKING_RANKER_MODELS_H_
