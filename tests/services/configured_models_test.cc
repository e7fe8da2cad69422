#include "services/configured_models.h"

#include "gmock/gmock.h"
#include "index/hash/sha256.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(ModelsBesideTheEncoderTest, AreNamedByTheirFilesWithTheirDigests) {
  const std::string folder = TempFolder();
  config::ServerConfig config;
  config.mutable_index()->mutable_embedder()->set_adapter_path(WriteFile(folder, "ours.adapter", "a"));
  config.mutable_index()->mutable_embedder()->set_question_adapter_path(WriteFile(folder, "questions.adapter", "q"));
  config.mutable_retrieval()->mutable_ranker()->set_model_path(WriteFile(folder, "ours.ranker", "b"));
  WriteFile(folder, "pairs/model.onnx", "c");
  config.mutable_retrieval()->mutable_cross_encoder()->set_model_path(folder + "/pairs/");
  const auto models = ModelsBesideTheEncoder(config);
  ASSERT_THAT(models, IsOk());
  ASSERT_THAT(*models, SizeIs(4));
  EXPECT_EQ((*models)[0].role(), v1::MODEL_ROLE_ADAPTER);
  EXPECT_EQ((*models)[0].id(), "ours.adapter");
  EXPECT_EQ((*models)[0].sha256(), Sha256Hex("a"));
  EXPECT_EQ((*models)[1].role(), v1::MODEL_ROLE_QUESTION_ADAPTER);
  EXPECT_EQ((*models)[1].id(), "questions.adapter");
  EXPECT_EQ((*models)[1].sha256(), Sha256Hex("q"));
  EXPECT_EQ((*models)[2].role(), v1::MODEL_ROLE_RANKER);
  EXPECT_EQ((*models)[2].id(), "ours.ranker");
  EXPECT_EQ((*models)[2].sha256(), Sha256Hex("b"));
  EXPECT_EQ((*models)[3].role(), v1::MODEL_ROLE_CROSS_ENCODER);
  EXPECT_EQ((*models)[3].id(), "pairs");
  EXPECT_EQ((*models)[3].sha256(), Sha256Hex("c"));
}

TEST(ModelsBesideTheEncoderTest, WhatIsNotConfiguredIsNone) {
  const auto models = ModelsBesideTheEncoder({});
  ASSERT_THAT(models, IsOk());
  EXPECT_THAT(*models, IsEmpty());
}

TEST(ModelsBesideTheEncoderTest, AMissingFileIsNotFoundAndNamed) {
  config::ServerConfig config;
  config.mutable_retrieval()->mutable_ranker()->set_model_path("no/such.ranker");
  EXPECT_THAT(ModelsBesideTheEncoder(config), StatusIs(absl::StatusCode::kNotFound, HasSubstr("no/such.ranker")));
}

}  // namespace
}  // namespace bedside
