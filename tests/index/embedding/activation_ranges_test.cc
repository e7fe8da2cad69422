// The file of ranges: what it says, and what is refused.
#include "index/embedding/activation_ranges.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

TEST(ActivationRangesTest, ReadsTheRangeOfEachOperation) {
  const auto ranges = ParseActivationRanges(R"({"format": 1, "ranges": {"/a/Add": [-1.5, 2], "b": [0, 1]}})");
  ASSERT_THAT(ranges, IsOk());
  ASSERT_EQ(ranges->size(), 2u);
  EXPECT_EQ(ranges->at("/a/Add").low, -1.5F);
  EXPECT_EQ(ranges->at("/a/Add").high, 2.0F);
  EXPECT_EQ(ranges->at("b").low, 0.0F);
}

TEST(ActivationRangesTest, WhatIsWrittenIsRead) {
  const ActivationRanges ranges = {{"a", {-0.1F, 3.3333333F}}, {"b", {-1e-7F, 0.0F}}};
  const auto read = ParseActivationRanges(ActivationRangesJson(ranges));
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->at("a").low, -0.1F);
  EXPECT_EQ(read->at("a").high, 3.3333333F);
  EXPECT_EQ(read->at("b").low, -1e-7F);
  EXPECT_EQ(ActivationRangesJson(*read), ActivationRangesJson(ranges));
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
  for (const char* range : {"1", "[]", "[1]", "[-1, 1, 2]", "[\"a\", 1]", "[1, 2]", "[-2, -1]", "[0, 0]", "[1, -1]",
                            "[0, 1e39]", "[null, 1]"}) {
    const std::string bytes = std::string(R"({"format": 1, "ranges": {"/layer": )") + range + "}}";
    EXPECT_THAT(ParseActivationRanges(bytes), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("for /layer")))
        << range;
  }
}

}  // namespace
}  // namespace bedside
