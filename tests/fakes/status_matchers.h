// GoogleTest matchers for absl::Status and absl::StatusOr<T>, by value or by reference:
//
//   EXPECT_THAT(store.Write(batch), IsOk());
//   EXPECT_THAT(LexicalIndex::Open("short"), StatusIs(absl::StatusCode::kDataLoss));
//   EXPECT_THAT(Parse(""), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("wanted a title")));
#ifndef BEDSIDE_TESTS_FAKES_STATUS_MATCHERS_H_
#define BEDSIDE_TESTS_FAKES_STATUS_MATCHERS_H_

#include <ostream>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"

namespace bedside {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }

template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& status_or) {
  return status_or.status();
}

// Matches an OK status, or a StatusOr that holds a value. A failure prints the status.
MATCHER(IsOk, negation ? "is not OK" : "is OK") {
  *result_listener << "whose status is " << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

// What StatusIs returns; works for any type that StatusOf takes.
class StatusIsMatcher {
 public:
  StatusIsMatcher(absl::StatusCode code, testing::Matcher<const std::string&> message)
      : code_(code), message_(std::move(message)) {}

  template <typename T>
  bool MatchAndExplain(const T& value, testing::MatchResultListener* listener) const {
    const absl::Status& status = StatusOf(value);
    *listener << "whose status is " << status.ToString();
    return status.code() == code_ && message_.Matches(std::string(status.message()));
  }

  void DescribeTo(std::ostream* os) const {
    *os << "has the code " << absl::StatusCodeToString(code_) << " and a message that ";
    message_.DescribeTo(os);
  }

  void DescribeNegationTo(std::ostream* os) const {
    *os << "lacks the code " << absl::StatusCodeToString(code_) << " or has a message that ";
    message_.DescribeNegationTo(os);
  }

 private:
  absl::StatusCode code_;
  testing::Matcher<const std::string&> message_;
};

// Matches a status of exactly this code whose message matches `message`.
inline testing::PolymorphicMatcher<StatusIsMatcher> StatusIs(
    absl::StatusCode code, testing::Matcher<const std::string&> message = testing::_) {
  return testing::MakePolymorphicMatcher(StatusIsMatcher(code, std::move(message)));
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_STATUS_MATCHERS_H_
