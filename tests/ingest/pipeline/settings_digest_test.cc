#include "ingest/pipeline/settings_digest.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(SettingsDigestTest, EverythingThatShapesAGenerationCounts) {
  std::set<std::string> digests = {SettingsSha256({}, {}, "model"), SettingsSha256({}, {}, "another model")};
  const std::vector<std::function<void(config::VectorIndexConfig*)>> changes = {
      [](config::VectorIndexConfig* vector) { vector->set_flat_limit(11); },
      [](config::VectorIndexConfig* vector) { vector->set_hnsw_links(11); },
      [](config::VectorIndexConfig* vector) { vector->set_hnsw_build_beam(11); },
  };
  for (const auto& change : changes) {
    config::VectorIndexConfig vector;
    change(&vector);
    digests.insert(SettingsSha256(vector, {}, "model"));
  }
  config::ChunkingConfig chunking;
  chunking.set_target_tokens(11);
  digests.insert(SettingsSha256({}, chunking, "model"));
  EXPECT_EQ(digests.size(), 6u);
}

TEST(SettingsDigestTest, WhatShapesASearchDoesNot) {
  config::VectorIndexConfig vector;
  vector.set_hnsw_search_beam(64);
  EXPECT_EQ(SettingsSha256(vector, {}, "model"), SettingsSha256({}, {}, "model"));
}

TEST(SettingsDigestTest, ItIsHexadecimal) {
  const std::string digest = SettingsSha256({}, {}, "model");
  EXPECT_EQ(digest.size(), 64u);
  EXPECT_EQ(digest.find_first_not_of("0123456789abcdef"), std::string::npos);
}

}  // namespace
}  // namespace bedside
