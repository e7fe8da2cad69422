#include "services/generation/sse_parser.h"

#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The events of `stream` when it arrives in pieces of `step` bytes.
std::vector<std::string> Events(absl::string_view stream, size_t step = 1) {
  SseParser parser;
  std::vector<std::string> events;
  for (size_t begin = 0; begin < stream.size(); begin += step) {
    const absl::Status fed = parser.Feed(stream.substr(begin, step), [&events](absl::string_view data) {
      events.emplace_back(data);
      return absl::OkStatus();
    });
    EXPECT_THAT(fed, IsOk());
  }
  return events;
}

TEST(SseParserTest, EventEndsWithAnEmptyLine) {
  EXPECT_THAT(Events("data: one\n\ndata: two\n\n"), ElementsAre("one", "two"));
}

TEST(SseParserTest, EveryLineEndOfTheStandardIsAccepted) {
  EXPECT_THAT(Events("data: a\r\n\r\ndata: b\r\rdata: c\n\n"), ElementsAre("a", "b", "c"));
}

TEST(SseParserTest, DataLinesOfOneEventAreJoined) { EXPECT_THAT(Events("data: a\ndata: b\n\n"), ElementsAre("a\nb")); }

TEST(SseParserTest, OnlyOneSpaceAfterTheColonIsDropped) {
  EXPECT_THAT(Events("data:a\n\ndata:  b\n\n"), ElementsAre("a", " b"));
}

TEST(SseParserTest, DataWithoutValueIsAnEmptyLine) { EXPECT_THAT(Events("data\n\ndata:\n\n"), ElementsAre("", "")); }

TEST(SseParserTest, CommentsAndOtherFieldsGiveNoEvent) {
  EXPECT_THAT(Events(": keep-alive\n\nevent: ping\nid: 7\nretry: 10\n\ndatabase: x\n\n"), IsEmpty());
}

TEST(SseParserTest, ByteOrderMarkCountsAtTheBeginningOnly) {
  EXPECT_THAT(Events("\xEF\xBB\xBF"
                     "data: a\n\n\xEF\xBB\xBF"
                     "data: b\n\n"),
              ElementsAre("a"));
}

TEST(SseParserTest, EventWithoutItsEmptyLineIsNone) {
  EXPECT_THAT(Events("data: a\n\ndata: half\n"), ElementsAre("a"));
}

TEST(SseParserTest, StatusOfTheReceiverEndsTheCall) {
  SseParser parser;
  int calls = 0;
  const absl::Status fed = parser.Feed("data: a\n\ndata: b\n\n", [&calls](absl::string_view) {
    ++calls;
    return absl::DataLossError("enough");
  });
  EXPECT_THAT(fed, StatusIs(absl::StatusCode::kDataLoss, "enough"));
  EXPECT_EQ(calls, 1);
}

TEST(SseParserTest, CutsDoNotMatter) {
  std::mt19937 random(7);
  const std::vector<std::string> parts = {"data: x", "data:", "\n", "\r", "\r\n", ":c", "id: 1", "\n\n", "\xC3\xA9"};
  for (int round = 0; round < 500; ++round) {
    std::string stream;
    for (int i = 0; i < 20; ++i) stream += parts[random() % parts.size()];
    const std::vector<std::string> whole = Events(stream, stream.size());
    for (const size_t step : {1, 2, 3, 5}) EXPECT_EQ(Events(stream, step), whole) << testing::PrintToString(stream);
  }
}

}  // namespace
}  // namespace bedside
