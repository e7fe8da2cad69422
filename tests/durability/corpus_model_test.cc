#include "tests/durability/corpus_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Kind = CorpusOperation::Kind;

CorpusOperation FirstImport() { return {Kind::kFullImport, 0, 1, {{"a", 1}, {"b", 2}}, "g1"}; }

std::string Contradiction(std::vector<CorpusOperation> operations) {
  operations.push_back(FirstImport());
  return FindContradiction(std::move(operations));
}

TEST(CorpusModelTest, AReadBesideAChangeSeesItOrDoesNot) {
  for (const int seen : {1, 3}) {
    EXPECT_THAT(
        Contradiction({{Kind::kUpsert, 2, 5, {{"a", 3}}, ""}, {Kind::kRead, 3, 4, {{"a", seen}, {"b", 2}}, "g1"}}),
        IsEmpty());
  }
}

TEST(CorpusModelTest, AReadAfterAChangeSeesIt) {
  const CorpusOperation upsert{Kind::kUpsert, 2, 3, {{"a", 3}}, ""};
  EXPECT_THAT(Contradiction({upsert, {Kind::kRead, 4, 5, {{"a", 3}, {"b", 2}}, "g1"}}), IsEmpty());
  EXPECT_THAT(Contradiction({upsert, {Kind::kRead, 4, 5, {{"a", 1}, {"b", 2}}, "g1"}}),
              HasSubstr("4-5 read g1 a:1 b:2\nafter:"));
}

TEST(CorpusModelTest, WhatOneReadHasSeenALaterOneSees) {
  EXPECT_THAT(Contradiction({{Kind::kUpsert, 2, 9, {{"a", 3}}, ""},
                             {Kind::kRead, 3, 4, {{"a", 3}, {"b", 2}}, "g1"},
                             {Kind::kRead, 5, 6, {{"a", 1}, {"b", 2}}, "g1"}}),
              HasSubstr("5-6 read"));
}

TEST(CorpusModelTest, DocumentsOfOneChangeAreSeenTogether) {
  EXPECT_THAT(
      Contradiction({{Kind::kUpsert, 2, 9, {{"a", 3}, {"b", 4}}, ""}, {Kind::kRead, 3, 4, {{"a", 3}, {"b", 2}}, "g1"}}),
      HasSubstr("3-4 read"));
}

TEST(CorpusModelTest, AJobHasWhatWasUpsertedWhileItRan) {
  const CorpusOperation job{Kind::kImport, 2, 7, {{"a", 3}}, "g2"};
  const CorpusOperation upsert{Kind::kUpsert, 3, 4, {{"a", 4}}, ""};
  EXPECT_THAT(Contradiction({job, upsert, {Kind::kRead, 8, 9, {{"a", 4}, {"b", 2}}, "g2"}}), IsEmpty());
  // The upsert may have been before the job looked.
  EXPECT_THAT(Contradiction({job, upsert, {Kind::kRead, 8, 9, {{"a", 3}, {"b", 2}}, "g2"}}), IsEmpty());
  EXPECT_THAT(Contradiction({job, upsert, {Kind::kRead, 8, 9, {{"a", 1}, {"b", 2}}, "g2"}}), HasSubstr("8-9 read"));
}

TEST(CorpusModelTest, AJobThatHadLookedBeforeAnUpsertDoesNotReplaceIt) {
  const CorpusOperation job{Kind::kImport, 2, 8, {{"a", 3}}, "g2", /*looked_by=*/3};
  const CorpusOperation upsert{Kind::kUpsert, 4, 5, {{"a", 4}}, ""};
  EXPECT_THAT(Contradiction({job, upsert, {Kind::kRead, 9, 10, {{"a", 4}, {"b", 2}}, "g2"}}), IsEmpty());
  EXPECT_THAT(Contradiction({job, upsert, {Kind::kRead, 9, 10, {{"a", 3}, {"b", 2}}, "g2"}}), HasSubstr("9-10 read"));
}

// What is on disk, where a job looks, may be ahead of what serves until the change is acknowledged.
TEST(CorpusModelTest, AJobMayHaveSeenAChangeThatReadsDidNotSeeYet) {
  const CorpusOperation upsert{Kind::kUpsert, 2, 9, {{"a", 3}}, ""};
  const CorpusOperation job{Kind::kImport, 3, 11, {{"a", 4}}, "g2", /*looked_by=*/4};
  const CorpusOperation before{Kind::kRead, 5, 6, {{"a", 1}, {"b", 2}}, "g1"};
  const CorpusOperation after{Kind::kRead, 12, 13, {{"a", 4}, {"b", 2}}, "g2"};
  EXPECT_THAT(Contradiction({upsert, job, before, after}), IsEmpty());
  const CorpusOperation acknowledged{Kind::kRead, 10, 14, {{"a", 1}, {"b", 2}}, "g1"};
  EXPECT_THAT(Contradiction({upsert, job, acknowledged, after}), HasSubstr("10-14 read"));
}

TEST(CorpusModelTest, AJobDoesNotServeBeforeItHasLooked) {
  const CorpusOperation read{Kind::kRead, 3, 4, {{"a", 3}, {"b", 2}}, "g2"};
  EXPECT_THAT(Contradiction({{Kind::kImport, 2, 8, {{"a", 3}}, "g2", /*looked_by=*/5}, read}), HasSubstr("3-4 read"));
  EXPECT_THAT(Contradiction({{Kind::kImport, 2, 8, {{"a", 3}}, "g2"}, read}), IsEmpty());
}

TEST(CorpusModelTest, ARollBackBringsUpsertsAndNoDeletedDocument) {
  const std::vector<CorpusOperation> operations = {{Kind::kReindex, 2, 3, {}, "g2"},
                                                   {Kind::kUpsert, 4, 5, {{"a", 3}}, ""},
                                                   {Kind::kDelete, 6, 7, {{"b", 0}}, ""},
                                                   {Kind::kActivate, 8, 9, {}, "g1"}};
  const auto with_read = [&operations](const Revisions& seen, const std::string& generation) {
    std::vector<CorpusOperation> all = operations;
    all.push_back({Kind::kRead, 10, 11, seen, generation});
    return Contradiction(all);
  };
  EXPECT_THAT(with_read({{"a", 3}}, "g1"), IsEmpty());
  EXPECT_THAT(with_read({{"a", 1}}, "g1"), HasSubstr("10-11 read")) << "the upsert is lost";
  EXPECT_THAT(with_read({{"a", 3}, {"b", 2}}, "g1"), HasSubstr("10-11 read")) << "what was deleted is back";
  EXPECT_THAT(with_read({{"a", 3}}, "g2"), HasSubstr("10-11 read")) << "what was rolled back serves";
}

}  // namespace
}  // namespace bedside
