#include "tests/fakes/status_matchers.h"

#include <memory>

#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(StatusMatchersTest, StatusMatchesItsExactCode) {
  EXPECT_THAT(absl::OkStatus(), IsOk());
  EXPECT_THAT(absl::NotFoundError("no such file"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(absl::NotFoundError("no such file"), Not(IsOk()));
  EXPECT_THAT(absl::NotFoundError("no such file"), Not(StatusIs(absl::StatusCode::kDataLoss)));
  EXPECT_THAT(absl::OkStatus(), Not(StatusIs(absl::StatusCode::kNotFound)));
}

TEST(StatusMatchersTest, MessageMustMatchToo) {
  const absl::Status status = absl::DataLossError("piece 3 is short");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("piece 3")));
  EXPECT_THAT(status, Not(StatusIs(absl::StatusCode::kDataLoss, HasSubstr("piece 4"))));
}

TEST(StatusMatchersTest, StatusOrOfAMoveOnlyValueIsMatched) {
  const absl::StatusOr<std::unique_ptr<int>> value = std::make_unique<int>(7);
  const absl::StatusOr<std::unique_ptr<int>> error = absl::AbortedError("again");
  EXPECT_THAT(value, IsOk());
  EXPECT_THAT(error, StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(error, Not(IsOk()));
}

}  // namespace
}  // namespace bedside
