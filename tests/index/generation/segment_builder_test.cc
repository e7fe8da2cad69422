#include "index/generation/segment_builder.h"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using SegmentBuilderTest = GenerationFixture;

EmbeddedPassage PassageAcross(uint32_t begin, uint32_t end, size_t dimension) {
  EmbeddedPassage embedded;
  embedded.passage.set_begin(begin);
  embedded.passage.set_end(end);
  embedded.vector.resize(dimension, 0.25f);
  return embedded;
}

TEST_F(SegmentBuilderTest, MakesPassagesThatBothSearchesFind) {
  const auto generation =
      Open(Build({TextDocument("a", "aspirin lowers fever\naspirin thins blood"), TextDocument("b", "heparin")}));
  ASSERT_THAT(generation, IsOk());
  const std::vector<PassageBitmap> all = {PassageBitmap(3, true)};
  const auto lexical = (*generation)->segments()[0]->lexical().Search(analyzer_->Terms("heparin"), all[0], 3);
  ASSERT_THAT(lexical, SizeIs(1));
  EXPECT_EQ(lexical[0].passage, PassageAt(2));
  const auto dense = (*generation)->vectors().Search(embedder_.EmbedQuery("aspirin thins blood")->vector, all, 3);
  ASSERT_THAT(dense, IsOk());
  EXPECT_EQ((*dense)[0].passage, PassageAt(1));
  const auto stored = store_->segments().GetPassages((*generation)->segments()[0]->number(), {PassageAt(2)});
  ASSERT_THAT(stored, IsOk());
  EXPECT_EQ((*stored)[0].document(), 1u);
  EXPECT_EQ((*stored)[0].end(), 7u);
}

TEST_F(SegmentBuilderTest, ASettingOutOfRangeIsRefusedBeforeAnythingIsAdded) {
  config_.set_hnsw_links(1);
  EXPECT_THAT(Builder(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("hnsw_links is 1")));
}

TEST_F(SegmentBuilderTest, FindsPassagesByTitleHeadingsContextAndTagsToo) {
  storage::Document document = TextDocument("a", "text");
  document.set_title("Warfarin");
  document.add_mesh_headings("Hemorrhage");
  EmbeddedPassage passage = PassageAcross(0, 4, embedder_.dimension());
  passage.passage.add_heading_path("Monitoring");
  passage.passage.set_context("Dosage table");
  const auto builder = *Builder();
  ASSERT_THAT(builder->AddDocument(document, "version", {passage}), IsOk());
  const auto built = builder->Finish();
  ASSERT_THAT(built, IsOk());
  const auto segment = Segment::Open(store_->segments(), built->manifest, config_);
  ASSERT_THAT(segment, IsOk());
  for (const char* word : {"warfarin", "hemorrhage", "monitoring", "dosage", "text"}) {
    EXPECT_THAT((*segment)->lexical().Search(analyzer_->Terms(word), PassageBitmap(1, true), 1), SizeIs(1)) << word;
  }
}

TEST_F(SegmentBuilderTest, NotesWhatFiltersAndStatusesNeedOfADocument) {
  storage::Document document = TextDocument("a", "text");
  document.set_kind(v1::DOCUMENT_KIND_GUIDELINE);
  document.set_jurisdiction("UK");
  document.set_language("en-GB");
  document.add_tags("Metformin");
  document.add_conditions("Diabetes");
  document.add_mesh_headings("Kidney");
  document.add_supersedes("old");
  document.mutable_publication_date()->set_year(2024);
  document.set_stated_status(v1::DOCUMENT_STATUS_WITHDRAWN);
  const auto generation = Open(Build({document}));
  ASSERT_THAT(generation, IsOk());
  const storage::DocumentEntry& entry = (*generation)->documents().entry(0);
  EXPECT_EQ(entry.version(), DocumentStore::VersionOf(document));
  EXPECT_EQ(entry.kind(), v1::DOCUMENT_KIND_GUIDELINE);
  EXPECT_EQ(entry.jurisdiction(), "uk");
  EXPECT_EQ(entry.language(), "en-gb");
  EXPECT_THAT(entry.tags(), ElementsAre("metformin", "diabetes", "kidney"));
  EXPECT_THAT(entry.supersedes(), ElementsAre("old"));
  EXPECT_EQ(entry.publication_date().year(), 2024);
  EXPECT_EQ(entry.stated_status(), v1::DOCUMENT_STATUS_WITHDRAWN);
}

TEST_F(SegmentBuilderTest, SaysWhatItMade) {
  const storage::SegmentManifest segment = BuildSegment({TextDocument("a", "one\ntwo")});
  EXPECT_EQ(segment.segment(), 1u);
  EXPECT_EQ(segment.documents(), 1u);
  EXPECT_EQ(segment.passages(), 2u);
  EXPECT_EQ(segment.indexes(1).variant(), "flat");
  EXPECT_THAT(segment.replaced(), IsEmpty());
  EXPECT_THAT(segment.mean_field_lengths(), ElementsAre(1, 0, 1, 0))
      << "title, without words that are everywhere; headings, body, tags";
}

// A passage of ten words is long where others have two, and short where they have a hundred.
TEST_F(SegmentBuilderTest, ComparesLengthsWithThoseOfTheGenerationThatItJoins) {
  const storage::Document document = TextDocument("a", "gout one two three four five six seven eight nine");
  const auto score = [&](double mean) {
    const storage::SegmentManifest built = BuildSegment({document}, "c", {0, 0, mean, 0});
    EXPECT_EQ(built.mean_field_lengths(2), mean);
    const auto segment = Segment::Open(store_->segments(), built, config_);
    return (*segment)->lexical().Search(analyzer_->Terms("gout"), PassageBitmap(1, true), 1)[0].score;
  };
  EXPECT_LT(score(2), score(100));
}

TEST_F(SegmentBuilderTest, HoldsItsSegmentUntilWhatItMadeIsLetGo) {
  auto builder = *Builder();
  const uint64_t segment = builder->segment();
  EXPECT_TRUE(store_->segments().IsHeld(segment));
  auto built = builder->Finish();
  ASSERT_THAT(built, IsOk());
  builder.reset();
  EXPECT_TRUE(store_->segments().IsHeld(segment));
  built->hold.reset();
  EXPECT_FALSE(store_->segments().IsHeld(segment));
}

TEST_F(SegmentBuilderTest, MakesAGenerationOfNothing) {
  const auto generation = Open(Build({}));
  ASSERT_THAT(generation, IsOk());
  EXPECT_EQ((*generation)->passages(), 0u);
  EXPECT_EQ((*generation)->documents().Find("a"), absl::nullopt);
}

TEST_F(SegmentBuilderTest, StaysInvisibleUntilItIsPublished) {
  Build({TextDocument("a", "text")});
  EXPECT_THAT(*store_->manifests().Corpora(), IsEmpty());
  EXPECT_THAT(*store_->manifests().Manifests("c"), IsEmpty());
}

TEST_F(SegmentBuilderTest, RefusesAVectorOfAnotherDimensionAndGoesOn) {
  const auto builder = *Builder();
  for (const size_t dimension : {size_t{0}, embedder_.dimension() - 1, embedder_.dimension() + 1}) {
    EXPECT_THAT(builder->AddDocument(TextDocument("a", "text"), "version",
                                     {PassageAcross(0, 4, embedder_.dimension()), PassageAcross(0, 4, dimension)}),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("document a")));
  }
  EXPECT_EQ(builder->passages(), 0u);
  ASSERT_THAT(Add(TextDocument("a", "text"), builder.get()), IsOk());
  const auto built = builder->Finish();
  ASSERT_THAT(built, IsOk());
  EXPECT_EQ(built->manifest.documents(), 1u);
}

TEST_F(SegmentBuilderTest, RefusesAPassageOutsideTheText) {
  const auto builder = *Builder();
  const std::vector<std::pair<uint32_t, uint32_t>> bad_spans = {{0, 5}, {5, 6}, {3, 2}, {5, 4}};
  for (const auto& [begin, end] : bad_spans) {
    EXPECT_THAT(
        builder->AddDocument(TextDocument("a", "text"), "version", {PassageAcross(begin, end, embedder_.dimension())}),
        StatusIs(absl::StatusCode::kInvalidArgument))
        << begin << "-" << end;
  }
  EXPECT_EQ(builder->passages(), 0u);
}

TEST_F(SegmentBuilderTest, DoesNotFinishWithDocumentsOutOfOrder) {
  const auto builder = *Builder();
  ASSERT_THAT(Add(TextDocument("b", "text"), builder.get()), IsOk());
  ASSERT_THAT(Add(TextDocument("a", "text"), builder.get()), IsOk());
  EXPECT_THAT(builder->Finish(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("out of order")));
}

TEST_F(SegmentBuilderTest, RefusesAVectorThatIsNoNumberAndGoesOn) {
  const auto builder = *Builder();
  EmbeddedPassage passage = PassageAcross(0, 4, embedder_.dimension());
  passage.vector[3] = std::nanf("");
  EXPECT_THAT(builder->AddDocument(TextDocument("a", "text"), "version", {passage}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("document a has a vector of no finite length")));
  EXPECT_EQ(builder->passages(), 0u);
  EXPECT_THAT(builder->Finish(), IsOk());
}

TEST_F(SegmentBuilderTest, DoesNotBeginInAStoreThatIsOpenForReading) {
  Reopen(Database::Access::kReadOnly);
  EXPECT_THAT(Builder(), StatusIs(absl::StatusCode::kPermissionDenied));
}

}  // namespace
}  // namespace bedside
