#include "index/store/manifest_store.h"

#include <gmock/gmock.h>

#include "tests/index/store/database_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;

storage::Manifest ManifestOf(const std::string& corpus, const std::string& generation) {
  storage::Manifest manifest;
  manifest.set_corpus(corpus);
  manifest.set_generation(generation);
  return manifest;
}

class ManifestStoreTest : public DatabaseFixture {
 protected:
  ManifestStore manifests() { return ManifestStore(database_.get()); }

  void Add(const std::string& corpus, const std::string& generation) {
    WriteBatch batch;
    ManifestStore::Put(ManifestOf(corpus, generation), &batch);
    Write(batch);
  }
  void Activate(const std::string& corpus, const std::string& generation) {
    WriteBatch batch;
    ManifestStore::SetCurrent(corpus, generation, &batch);
    Write(batch);
  }

  std::vector<std::string> Names(const std::string& corpus) {
    std::vector<std::string> names;
    const auto listed = manifests().Manifests(corpus);
    EXPECT_THAT(listed, IsOk());
    for (const storage::Manifest& manifest : *listed) names.push_back(manifest.generation());
    return names;
  }
};

TEST_F(ManifestStoreTest, ListsGenerationsNewestFirst) {
  for (const char* name : {"g00000001", "g00000003", "g00000002"}) Add("c", name);
  Reopen(Database::Access::kReadOnly);
  EXPECT_THAT(Names("c"), ElementsAre("g00000003", "g00000002", "g00000001"));
}

TEST_F(ManifestStoreTest, KeepsCorporaApartAlsoWhenTheirNamesBeginAlike) {
  Add("corpus", "g1");
  EXPECT_THAT(Names("corp"), IsEmpty());
  EXPECT_THAT(manifests().Get("corp", "g1"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ManifestStoreTest, NamesTheCorporaThatHaveAnActiveGeneration) {
  Add("b", "g1");
  Add("never-active", "g2");
  Activate("b", "g1");
  Activate("a", "g3");
  EXPECT_THAT(*manifests().Corpora(), ElementsAre("a", "b"));
}

TEST_F(ManifestStoreTest, RemembersWhichGenerationIsActive) {
  EXPECT_EQ(*manifests().Current("c"), absl::nullopt);
  Activate("c", "g1");
  Activate("c", "g2");
  Reopen(Database::Access::kReadOnly);
  EXPECT_THAT(*manifests().Current("c"), Optional(std::string("g2")));
}

TEST_F(ManifestStoreTest, ForgetsOneGenerationAndKeepsTheOthers) {
  Add("c", "g1");
  Add("c", "g2");
  WriteBatch batch;
  ManifestStore::Delete(ManifestOf("c", "g1"), &batch);
  Write(batch);
  EXPECT_THAT(Names("c"), ElementsAre("g2"));
  EXPECT_THAT(manifests().Get("c", "g1"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("generation g1 of corpus c")));
}

TEST_F(ManifestStoreTest, NoticesAManifestThatDoesNotParse) {
  Add("c", "g1");
  Put(Family::kMeta, std::string("manifest\0c\0g2", 13), "\xff\xff");
  EXPECT_THAT(manifests().Get("c", "g2"), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("g2")));
  EXPECT_THAT(manifests().Manifests("c"), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("corpus c")));
  EXPECT_THAT(manifests().Get("c", "g1"), IsOk());
}

}  // namespace
}  // namespace bedside
