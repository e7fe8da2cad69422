#include "index/cluster/segment_schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

constexpr size_t kDimension = 16;

Json Mappings() { return SegmentIndexBody(config::ClusterConfig(), kDimension).at("mappings"); }

TEST(SegmentSchemaTest, HasTheShardsCopiesAndEngineOfTheConfiguration) {
  config::ClusterConfig config;
  Json body = SegmentIndexBody(config, kDimension);
  EXPECT_EQ(body["settings"]["index"]["number_of_shards"], 1);
  EXPECT_EQ(body["settings"]["index"]["number_of_replicas"], 1);
  EXPECT_EQ(body["mappings"]["properties"]["vector"]["method"]["engine"], "lucene");
  config.set_shards(3);
  config.set_replicas(0);
  config.set_vector_engine(config::CLUSTER_VECTOR_ENGINE_FAISS);
  body = SegmentIndexBody(config, kDimension);
  EXPECT_EQ(body["settings"]["index"]["number_of_shards"], 3);
  EXPECT_EQ(body["settings"]["index"]["number_of_replicas"], 0);
  EXPECT_EQ(body["mappings"]["properties"]["vector"]["method"]["engine"], "faiss");
}

TEST(SegmentSchemaTest, TakesItsOwnMappingsOfEitherEngine) {
  EXPECT_THAT(CheckSegmentMappings(Mappings(), kDimension), IsOk());
  config::ClusterConfig config;
  config.set_vector_engine(config::CLUSTER_VECTOR_ENGINE_FAISS);
  EXPECT_THAT(CheckSegmentMappings(SegmentIndexBody(config, kDimension).at("mappings"), kDimension), IsOk());
}

TEST(SegmentSchemaTest, SaysWhatDiffers) {
  const auto is = [](const char* text) { return StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr(text)); };
  EXPECT_THAT(CheckSegmentMappings(Mappings(), kDimension + 1), is("17 dimensions"));
  Json mappings = Mappings();
  mappings["_meta"]["bedside_schema"] = kSegmentSchemaVersion + 1;
  EXPECT_THAT(CheckSegmentMappings(mappings, kDimension), is("version"));
  const Json properties = Mappings().at("properties");
  for (const auto& field : properties.items()) {
    mappings = Mappings();
    mappings["properties"][field.key()]["type"] = "text";
    EXPECT_THAT(CheckSegmentMappings(mappings, kDimension), is(field.key().c_str()));
    mappings["properties"].erase(field.key());
    EXPECT_THAT(CheckSegmentMappings(mappings, kDimension), is(field.key() == "vector" ? "dimensions" : "field"));
  }
}

TEST(SegmentSchemaTest, RefusesWhatIsNoMapping) {
  for (const char* text : {"null", "[]", "1", "{}", R"({"_meta":[]})", R"({"_meta":"bedside_schema"})",
                           R"({"_meta":{"bedside_schema":1},"properties":[]})",
                           R"({"_meta":{"bedside_schema":1},"properties":{"vector":[]}})",
                           R"({"_meta":{"bedside_schema":1},"properties":{"vector":{"dimension":16},"terms":[1]}})"}) {
    EXPECT_THAT(CheckSegmentMappings(Json::parse(text), kDimension), StatusIs(absl::StatusCode::kFailedPrecondition))
        << text;
  }
}

TEST(SegmentSchemaTest, NamesOfTermsHaveNoDotAndStayApart) {
  EXPECT_EQ(FeatureName("aspirin"), "aspirin");
  EXPECT_EQ(FeatureName("2.5"), "2%2E5");
  EXPECT_EQ(FeatureName("2%2E5"), "2%252E5");
  EXPECT_EQ(FeatureName("50%"), "50%25");
}

}  // namespace
}  // namespace bedside
