#include "ingest/pipeline/document_selection.h"

#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

using Versions = std::vector<std::pair<std::string, std::string>>;

DocumentHeads Read(const Versions& versions) {
  DocumentHeads heads;
  for (const auto& [id, version] : versions) heads[id].version = version;
  return heads;
}

LiveDocuments Table(const Versions& versions) {
  storage::DocumentTable table;
  for (const auto& [id, version] : versions) {
    storage::DocumentEntry& entry = *table.add_entries();
    entry.set_id(id);
    entry.set_version(version);
  }
  return LiveDocuments(std::move(table));
}

Versions Selected(const DocumentSelection& selection) {
  Versions versions;
  for (const SelectedDocument& document : selection.documents) versions.emplace_back(document.id, document.version);
  return versions;
}

NoticeLedger Deleted(const std::string& id) {
  storage::StatusNotice notice;
  notice.set_document_id(id);
  notice.set_status(v1::DOCUMENT_STATUS_DELETED);
  notice.set_origin(storage::STATUS_ORIGIN_DELETION);
  return NoticeLedger({notice});
}

TEST(DocumentSelectionTest, AnIncrementalRunAddsUpdatesAndKeeps) {
  const auto selection =
      SelectDocuments(Read({{"b", "2"}, {"c", "1"}, {"z", "1"}}), Table({{"a", "1"}, {"b", "1"}, {"c", "1"}}),
                      /*keep_unread=*/{true, ""}, NoticeLedger({}));
  EXPECT_THAT(Selected(selection), ElementsAre(Pair("a", "1"), Pair("b", "2"), Pair("c", "1"), Pair("z", "1")));
  EXPECT_EQ(selection.changed, 2);
  EXPECT_EQ(selection.unchanged, 1);
  EXPECT_FALSE(selection.same_as_active);
}

TEST(DocumentSelectionTest, AFullRunDropsWhatWasNotRead) {
  const auto selection = SelectDocuments(Read({{"b", "1"}}), Table({{"a", "1"}, {"b", "1"}}),
                                         /*keep_unread=*/{false, ""}, NoticeLedger({}));
  EXPECT_THAT(Selected(selection), ElementsAre(Pair("b", "1")));
  EXPECT_EQ(selection.unchanged, 1);
  EXPECT_FALSE(selection.same_as_active);
}

TEST(DocumentSelectionTest, SameMeansEveryIdInEveryVersion) {
  const LiveDocuments active = Table({{"a", "1"}, {"b", "1"}});
  EXPECT_TRUE(SelectDocuments(Read({{"b", "1"}}), active, {true, ""}, NoticeLedger({})).same_as_active);
  EXPECT_TRUE(SelectDocuments(Read({{"a", "1"}, {"b", "1"}}), active, {false, ""}, NoticeLedger({})).same_as_active);
  EXPECT_FALSE(SelectDocuments(Read({{"b", "2"}}), active, {true, ""}, NoticeLedger({})).same_as_active);
  EXPECT_FALSE(SelectDocuments(Read({{"c", "1"}}), active, {true, ""}, NoticeLedger({})).same_as_active);
}

TEST(DocumentSelectionTest, WhatWasDeletedStaysOutAndLeaves) {
  const auto selection = SelectDocuments(Read({{"a", "1"}}), Table({{"b", "1"}, {"c", "1"}}), {true, ""}, Deleted("b"));
  EXPECT_THAT(Selected(selection), ElementsAre(Pair("a", "1"), Pair("c", "1")));
}

TEST(DocumentSelectionTest, NothingOfNothing) {
  const auto selection = SelectDocuments({}, {}, {true, ""}, NoticeLedger({}));
  EXPECT_THAT(Selected(selection), IsEmpty());
  EXPECT_TRUE(selection.same_as_active);
}

TEST(DocumentSelectionTest, IdsAreOrderedByTheirBytes) {
  const auto selection =
      SelectDocuments(Read({{"a", "1"}, {"B", "1"}, {"a-", "1"}, {"a%2F", "1"}}), {}, {true, ""}, NoticeLedger({}));
  EXPECT_THAT(Selected(selection), ElementsAre(Pair("B", "1"), Pair("a", "1"), Pair("a%2F", "1"), Pair("a-", "1")));
}

}  // namespace
}  // namespace bedside
