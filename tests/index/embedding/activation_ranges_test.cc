// The file of ranges: what it says, and what is refused.
#include "index/embedding/activation_ranges.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

TEST(ActivationRangesTest, ReadsTheRangeOfEachOperation) {
  const auto ranges = ParseActivationRanges(R"({"format": 1, "ranges": {"/a/Add": [-1.5, 2], "b": [0, 1]}})");
  ASSERT_THAT(ranges, IsOk());
  ASSERT_EQ(ranges->ranges.size(), 2u);
  EXPECT_EQ(ranges->ranges.at("/a/Add").low, -1.5F);
  EXPECT_EQ(ranges->ranges.at("/a/Add").high, 2.0F);
  EXPECT_EQ(ranges->ranges.at("b").low, 0.0F);
  EXPECT_EQ(ranges->adapter, "");
}

TEST(ActivationRangesTest, WhatIsWrittenIsRead) {
  for (const char* adapter : {"", "0a1b"}) {
    const MeasuredRanges measured = {adapter, {{"a", {-0.1F, 3.3333333F}}, {"b", {-1e-7F, 0.0F}}}};
    const auto read = ParseActivationRanges(ActivationRangesJson(measured));
    ASSERT_THAT(read, IsOk());
    EXPECT_EQ(read->adapter, adapter);
    EXPECT_EQ(read->ranges.at("a").low, -0.1F);
    EXPECT_EQ(read->ranges.at("a").high, 3.3333333F);
    EXPECT_EQ(read->ranges.at("b").low, -1e-7F);
    EXPECT_EQ(ActivationRangesJson(*read), ActivationRangesJson(measured));
  }
}

TEST(ActivationRangesTest, ReadsTheScalesOfChannelsAndWritesThem) {
  const char* file = R"({"format": 1, "ranges": {"a": [-1, 2, {"7": 4, "381": 2}], "b": [-1, 2, {}]}})";
  const auto read = ParseActivationRanges(file);
  ASSERT_THAT(read, IsOk());
  EXPECT_THAT(read->ranges.at("a").scales, ElementsAre(Pair(7, 4), Pair(381, 2)));
  EXPECT_THAT(read->ranges.at("b").scales, IsEmpty());
  const auto again = ParseActivationRanges(ActivationRangesJson(*read));
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->ranges.at("a").scales, read->ranges.at("a").scales);
}

TEST(ActivationRangesTest, AScaleThatIsNoneIsInvalidAndNamed) {
  for (const char* scales :
       {R"({"7": 3})", R"({"7": 1})", R"({"7": 0})", R"({"7": -2})", R"({"7": "2"})", R"({"7": 1e39})", R"({"7": 256})",
        R"({"07": 2})", R"({"-7": 2})", R"({"seven": 2})", R"({"": 2})"}) {
    const std::string bytes = absl::StrCat(R"({"format": 1, "ranges": {"a": [-1, 2, )", scales, "]}}");
    EXPECT_THAT(ParseActivationRanges(bytes),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("a: wanted a power of two")))
        << scales;
  }
  EXPECT_THAT(ParseActivationRanges(R"({"format": 1, "ranges": {"a": [-1, 2, [2, 2]]}})"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("wanted scales as an object")));
}

TEST(ActivationRangesTest, AModelWithoutAnAdapterIsNotNamedByOne) {
  EXPECT_THAT(ActivationRangesJson({"", {{"a", {0, 1}}}}), Not(HasSubstr("adapter")));
}

TEST(ActivationRangesTest, RangesBelongToOneAdapterOrToNone) {
  const MeasuredRanges alone = {"", {}}, adapted = {"0a1b", {}};
  EXPECT_THAT(alone.CheckAdapter(""), IsOk());
  EXPECT_THAT(adapted.CheckAdapter("0a1b"), IsOk());
  EXPECT_THAT(alone.CheckAdapter("0a1b"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("wanted ranges of the model with the adapter of SHA-256 0a1b"),
                             HasSubstr("got those with no adapter"), HasSubstr("--adapter"))));
  EXPECT_THAT(adapted.CheckAdapter("ffff"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("0a1b")));
  EXPECT_THAT(adapted.CheckAdapter(""), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("with no adapter")));
}

TEST(ActivationRangesTest, ThoseOfAnAdapterStandBesideIt) {
  EXPECT_EQ(RangesFileBeside("folder/my.adapter"), "folder/my.adapter.ranges.json");
}

TEST(ActivationRangesTest, AnAdapterThatIsNoTextIsInvalid) {
  EXPECT_THAT(ParseActivationRanges(R"({"format": 1, "adapter": 7, "ranges": {"a": [0, 1]}})"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("got 7")));
}

TEST(ActivationRangesTest, WhatIsNotTheFormatIsInvalid) {
  for (const char* bytes : {"", "{", "[]", "{}", R"({"format": 2, "ranges": {"a": [0, 1]}})", "\xff\xfe"}) {
    EXPECT_THAT(ParseActivationRanges(bytes), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("\"format\": 1")));
  }
}

TEST(ActivationRangesTest, AFileWithoutRangesIsInvalid) {
  for (const char* bytes : {R"({"format": 1})", R"({"format": 1, "ranges": {}})", R"({"format": 1, "ranges": [1]})"}) {
    EXPECT_THAT(ParseActivationRanges(bytes), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("got none")));
  }
}

TEST(ActivationRangesTest, ARangeThatIsNoneIsInvalidAndNamed) {
  for (const char* range : {"1", "[]", "[1]", "[-1, 1, {}, 2]", "[\"a\", 1]", "[1, 2]", "[-2, -1]", "[0, 0]", "[1, -1]",
                            "[0, 1e39]", "[null, 1]"}) {
    const std::string bytes = std::string(R"({"format": 1, "ranges": {"/layer": )") + range + "}}";
    EXPECT_THAT(ParseActivationRanges(bytes), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("for /layer")))
        << range;
  }
}

}  // namespace
}  // namespace bedside
