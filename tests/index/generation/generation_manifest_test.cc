#include "index/generation/generation_manifest.h"

#include <gmock/gmock.h>

#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Versions = std::map<std::string, std::string>;

// Segments of documents with a passage each, and the generations that are made of them.
class GenerationManifestTest : public ::testing::Test {
 protected:
  storage::SegmentManifest Segment(const Versions& versions) {
    auto table = std::make_shared<storage::DocumentTable>();
    for (const auto& [id, version] : versions) {
      storage::DocumentEntry& entry = *table->add_entries();
      entry.set_id(id);
      entry.set_version(version);
      entry.set_passages(1);
    }
    storage::SegmentManifest segment;
    segment.set_segment(tables_.size() + 1);
    segment.set_documents(versions.size());
    segment.set_passages(versions.size());
    tables_[segment.segment()] = std::move(table);
    return segment;
  }

  const storage::DocumentTable& TableOf(const storage::SegmentManifest& segment) {
    return *tables_.at(segment.segment());
  }

  LiveDocuments DocumentsOf(const storage::Manifest& manifest) {
    LiveDocuments::Tables tables;
    for (const storage::SegmentManifest& segment : manifest.segments()) tables.push_back(tables_.at(segment.segment()));
    auto documents = LiveDocuments::Create(manifest, tables);
    EXPECT_TRUE(documents.ok()) << documents.status();
    return documents.ok() ? *std::move(documents) : LiveDocuments();
  }

  Versions VersionsOf(const storage::Manifest& manifest) {
    Versions versions;
    const LiveDocuments documents = DocumentsOf(manifest);
    for (size_t i = 0; i < documents.size(); ++i) {
      versions[documents.entry(i).id()] = documents.entry(i).version();
      EXPECT_EQ(documents.Find(documents.entry(i).id()), i);
      EXPECT_EQ(documents.At(documents.place(i)), i);
    }
    EXPECT_EQ(CountsOf(manifest).documents, versions.size());
    EXPECT_EQ(CountsOf(manifest).passages, versions.size());
    return versions;
  }

  storage::Manifest Of(const Versions& versions) { return GenerationOf("c", {}, Segment(versions)); }

  storage::Manifest With(const storage::Manifest& manifest, const Versions& versions,
                         const std::vector<std::string>& removed = {}) {
    const storage::SegmentManifest segment = Segment(versions);
    return WithSegment(manifest, DocumentsOf(manifest), segment, TableOf(segment), removed);
  }

  static std::vector<uint64_t> SegmentsOf(const storage::Manifest& manifest) {
    std::vector<uint64_t> numbers;
    for (const storage::SegmentManifest& segment : manifest.segments()) numbers.push_back(segment.segment());
    return numbers;
  }

  std::map<uint64_t, std::shared_ptr<const storage::DocumentTable>> tables_;
};

TEST_F(GenerationManifestTest, AGenerationIsNamedAfterItsSegment) {
  const storage::Manifest manifest = Of({{"a", "1"}});
  EXPECT_EQ(manifest.generation(), "g00000001");
  EXPECT_EQ(manifest.corpus(), "c");
  EXPECT_EQ(VersionsOf(manifest), (Versions{{"a", "1"}}));
}

TEST_F(GenerationManifestTest, ASegmentAddsReplacesAndTakesAway) {
  const storage::Manifest manifest = With(Of({{"a", "1"}, {"b", "1"}, {"c", "1"}}), {{"b", "2"}, {"d", "1"}}, {"c"});
  EXPECT_EQ(manifest.generation(), "g00000001") << "the name stays";
  EXPECT_EQ(VersionsOf(manifest), (Versions{{"a", "1"}, {"b", "2"}, {"d", "1"}}));
  EXPECT_THAT(manifest.segments(0).replaced(), ElementsAre(1, 2));
  EXPECT_EQ(manifest.segments(0).replaced_passages(), 2u);
}

TEST_F(GenerationManifestTest, ASegmentOfWhichNothingIsLeftLeaves) {
  storage::Manifest manifest = With(Of({{"a", "1"}, {"b", "1"}}), {{"a", "2"}});
  manifest = With(manifest, {{"a", "3"}});
  EXPECT_THAT(SegmentsOf(manifest), ElementsAre(1, 3));
  manifest = With(manifest, {}, {"a"});
  EXPECT_THAT(SegmentsOf(manifest), ElementsAre(1)) << "nor does one come that has nothing";
  manifest = With(manifest, {}, {"b"});
  EXPECT_THAT(SegmentsOf(manifest), SizeIs(1)) << "a generation of no document has a segment";
  EXPECT_THAT(VersionsOf(manifest), IsEmpty());
}

TEST_F(GenerationManifestTest, DocumentsAreLeftOutByTheirPlaces) {
  storage::Manifest manifest = Of({{"a", "1"}, {"b", "1"}});
  *manifest.add_segments() = Segment({{"a", "2"}});
  *manifest.add_segments() = Segment({{"a", "3"}, {"c", "1"}});
  const LiveDocuments::Tables tables = {tables_.at(1), tables_.at(2), tables_.at(3)};
  const storage::Manifest once = WithoutDocuments(manifest, {{2, 0}, {1, 0}}, tables);
  EXPECT_EQ(VersionsOf(once), (Versions{{"a", "1"}, {"b", "1"}, {"c", "1"}}));
  EXPECT_THAT(SegmentsOf(once), ElementsAre(1, 3));
  const storage::Manifest none = WithoutDocuments(manifest, {{0, 1}, {0, 0}, {1, 0}, {2, 0}, {2, 1}}, tables);
  EXPECT_THAT(none.segments(), IsEmpty());
}

TEST_F(GenerationManifestTest, WhatIsNotThereIsNotTakenAway) {
  EXPECT_EQ(VersionsOf(With(Of({{"a", "1"}}), {{"b", "1"}}, {"z"})), (Versions{{"a", "1"}, {"b", "1"}}));
}

TEST_F(GenerationManifestTest, AMergedSegmentTakesThePlaceOfTheFirstThatItSpends) {
  storage::Manifest manifest = With(With(With(Of({{"a", "1"}, {"b", "1"}}), {{"c", "1"}}), {{"a", "2"}}), {{"d", "1"}});
  const storage::SegmentManifest merged = Segment({{"a", "2"}, {"c", "1"}});
  manifest = WithMerged(manifest, DocumentsOf(manifest), merged, TableOf(merged));
  EXPECT_THAT(SegmentsOf(manifest), ElementsAre(1, merged.segment(), 4));
  EXPECT_EQ(VersionsOf(manifest), (Versions{{"a", "2"}, {"b", "1"}, {"c", "1"}, {"d", "1"}}));
}

// While it was written, "a" was upserted again, and "b" taken away.
TEST_F(GenerationManifestTest, AMergedSegmentGivesWayToWhatIsNewer) {
  const storage::Manifest before = With(Of({{"a", "1"}, {"b", "1"}}), {{"c", "1"}});
  const storage::SegmentManifest merged = Segment({{"a", "1"}, {"b", "1"}, {"c", "1"}});
  const storage::Manifest now = With(before, {{"a", "2"}}, {"b"});
  const storage::Manifest manifest = WithMerged(now, DocumentsOf(now), merged, TableOf(merged));
  EXPECT_EQ(VersionsOf(manifest), (Versions{{"a", "2"}, {"c", "1"}}));
  EXPECT_THAT(SegmentsOf(manifest), ElementsAre(merged.segment(), 4));
}

TEST_F(GenerationManifestTest, ADocumentLeavesItsSegmentAndTheOthersKeepTheirState) {
  const storage::Manifest before = With(Of({{"a", "1"}, {"b", "1"}, {"c", "1"}, {"d", "1"}}), {{"c", "2"}}, {"a"});
  const storage::SegmentManifest rewritten = Segment({{"a", "1"}, {"c", "1"}, {"d", "1"}});
  const storage::Manifest manifest = WithoutDocument(before, 0, 1, TableOf(before.segments(0)), rewritten);
  EXPECT_EQ(VersionsOf(manifest), (Versions{{"c", "2"}, {"d", "1"}}));
  EXPECT_THAT(manifest.segments(0).replaced(), ElementsAre(0, 1));
}

TEST_F(GenerationManifestTest, ASegmentThatHadTheDocumentAloneLeavesWithIt) {
  const storage::Manifest before = With(Of({{"a", "1"}}), {{"b", "1"}});
  const storage::Manifest manifest = WithoutDocument(before, 1, 0, TableOf(before.segments(1)), Segment({}));
  EXPECT_THAT(SegmentsOf(manifest), ElementsAre(1));
  EXPECT_EQ(VersionsOf(manifest), (Versions{{"a", "1"}}));
}

TEST_F(GenerationManifestTest, LengthsAreComparedWithThoseOfTheFirstSegment) {
  storage::Manifest manifest = Of({{"a", "1"}});
  EXPECT_EQ(MeanFieldLengthsOf(manifest), MeanFieldLengths{}) << "an earlier version did not write them";
  for (double length : {4, 3, 200, 0}) manifest.mutable_segments(0)->add_mean_field_lengths(length);
  EXPECT_EQ(MeanFieldLengthsOf(manifest), (MeanFieldLengths{4, 3, 200, 0}));
}

// Whatever order of changes: the documents are those of a map that was changed alike.
TEST_F(GenerationManifestTest, AnyChangesGiveWhatAMapWouldHold) {
  std::mt19937 random(7);
  const auto name = [&] { return std::string(1, static_cast<char>('a' + random() % 9)); };
  for (int round = 0; round < 100; ++round) {
    Versions expected = {{"a", "0"}, {"e", "0"}};
    storage::Manifest manifest = Of(expected);
    for (int step = 1; step <= 20; ++step) {
      const std::string version = std::to_string(step);
      if (random() % 4 == 0) {
        Versions all = VersionsOf(manifest);
        const storage::SegmentManifest merged = Segment(all);
        manifest = WithMerged(manifest, DocumentsOf(manifest), merged, TableOf(merged));
        EXPECT_THAT(manifest.segments(), SizeIs(1));
      } else {
        const Versions changed = {{name(), version}, {name(), version}};
        std::string removed = name();
        if (changed.count(removed) > 0) removed = "z";
        manifest = With(manifest, changed, {removed});
        for (const auto& [id, changed_version] : changed) expected[id] = changed_version;
        expected.erase(removed);
      }
      ASSERT_EQ(VersionsOf(manifest), expected);
    }
  }
}

}  // namespace
}  // namespace bedside
