// The search along a graph beside a scan of all rows, for filters that let few, many and unevenly spread passages
// through.
#include "index/vector/row_graph.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "index/vector/best_rows.h"
#include "index/vector/flat_rows.h"
#include "index/vector/vector_bytes.h"
#include "tests/index/vector/built_index.h"
#include "tests/index/vector/clustered_vectors.h"

namespace bedside {
namespace {

constexpr size_t kRows = 8000;
constexpr size_t kDimension = 32;
constexpr size_t kBeam = 64;
constexpr size_t kBest = 20;

class RowGraphTest : public testing::Test {
 protected:
  static config::VectorIndexConfig Config() {
    config::VectorIndexConfig config;
    config.set_flat_limit(1);
    config.set_hnsw_links(16);
    config.set_hnsw_build_beam(100);
    return config;
  }

  using Choice = std::function<bool(size_t row)>;

  static PassageBitmap Allowed(const Choice& choice) {
    PassageBitmap allowed(kRows, false);
    for (size_t row = 0; row < kRows; ++row) {
      if (choice(row)) allowed.Add(PassageAt(row));
    }
    return allowed;
  }

  static PassageBitmap Share(double share) {
    std::mt19937 random(5);
    std::bernoulli_distribution chosen(share);
    return Allowed([&](size_t) { return chosen(random); });
  }

  struct Quality {
    // Of the questions for which as many passages as wanted were found; for others a caller scans.
    double complete = 0;
    // Of the best of a scan for these.
    double recall = 0;
  };

  Quality QualityOf(const PassageBitmap& allowed) const {
    size_t complete = 0, hits = 0;
    for (size_t i = 0; i < questions_.rows(); ++i) {
      const ByteQuestion question(questions_.row(i), parts_.rows.centre());
      const auto found = parts_.graph.Search(parts_.rows, question, &allowed, kBeam, kBest);
      const PassageBitmap distinct = Checked(found, allowed);
      if (found.size() < kBest) continue;
      ++complete;
      for (const ScoredPassage& best : Ranked(ScanRows(parts_.rows, question, allowed, kBest, 0), kBest)) {
        if (distinct.Contains(best.passage)) ++hits;
      }
    }
    return {static_cast<double>(complete) / static_cast<double>(questions_.rows()),
            static_cast<double>(hits) / static_cast<double>(kBest * complete)};
  }

  static PassageBitmap Checked(const std::vector<ScoredPassage>& found, const PassageBitmap& allowed) {
    EXPECT_TRUE(std::is_sorted(found.begin(), found.end(), RanksBefore));
    PassageBitmap distinct(kRows, false);
    for (const ScoredPassage& passage : found) {
      EXPECT_TRUE(allowed.Contains(passage.passage));
      distinct.Add(passage.passage);
    }
    EXPECT_EQ(distinct.Count(), found.size());
    return distinct;
  }

  // As two rows have it that are about one subject.
  bool AreClose(size_t a, size_t b) const {
    double product = 0;
    for (size_t i = 0; i < kDimension; ++i) product += vectors_.row(a)[i] * vectors_.row(b)[i];
    return product > 0.6;
  }

  const EmbeddingMatrix vectors_ = ClusteredVectors(1, kRows, kDimension);
  const EmbeddingMatrix questions_ = ClusteredVectors(2, 100, kDimension);
  const std::string bytes_ = BuiltIndex(vectors_, Config()).value();
  const VectorParts parts_ = ReadVectorParts(bytes_).value();
};

TEST_F(RowGraphTest, FindsTheBestOfAnyShare) {
  for (double share : {0.05, 0.1, 0.2, 0.3, 0.6, 1.0}) {
    const Quality quality = QualityOf(Share(share));
    EXPECT_EQ(quality.complete, 1) << "share " << share;
    EXPECT_GE(quality.recall, 0.98) << "share " << share;
  }
}

// What is asked is mostly about other subjects.
TEST_F(RowGraphTest, FindsTheBestOfAFewSubjects) {
  for (size_t subjects : {2, 5, 8, 12}) {
    const PassageBitmap allowed = Allowed([&](size_t row) {
      for (size_t subject = 0; subject < subjects; ++subject) {
        if (AreClose(subject, row)) return true;
      }
      return false;
    });
    EXPECT_GE(QualityOf(allowed).recall, 0.95) << "passages " << allowed.Count();
  }
}

TEST_F(RowGraphTest, FindsTheBestOnOneSideOfSpace) {
  for (float least : {0.0F, 0.1F, 0.2F, 0.3F}) {
    const PassageBitmap allowed = Allowed([&](size_t row) { return vectors_.row(row)[0] > least; });
    EXPECT_GE(QualityOf(allowed).recall, 0.95) << "passages " << allowed.Count();
  }
}

TEST_F(RowGraphTest, FindsFewerWhereFewerAreAllowed) {
  const PassageBitmap allowed = Allowed([](size_t row) { return row % 1000 == 0; });
  for (size_t i = 0; i < questions_.rows(); ++i) {
    const ByteQuestion question(questions_.row(i), parts_.rows.centre());
    Checked(parts_.graph.Search(parts_.rows, question, &allowed, kBeam, kBest), allowed);
  }
}

}  // namespace
}  // namespace bedside
