#include "services/gateway/response_head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bedside {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(ResponseHeadTest, SaysWhatFollows) {
  const HttpResponse response = {404, "application/json", "{}", {{"Allow", "GET"}}};
  const std::string head = ResponseHead(response, BodyFraming::kLength, /*keeps_alive=*/true);
  EXPECT_THAT(head, StartsWith("HTTP/1.1 404 Not Found\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nContent-Type: application/json\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nContent-Length: 2\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nAllow: GET\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nConnection: keep-alive\r\n"));
  EXPECT_THAT(head, EndsWith("\r\n\r\n"));
}

TEST(ResponseHeadTest, NothingIsStoredOrGuessed) {
  const std::string head = ResponseHead({}, BodyFraming::kLength, false);
  EXPECT_THAT(head, HasSubstr("\r\nCache-Control: no-store\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nX-Content-Type-Options: nosniff\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nConnection: close\r\n"));
}

TEST(ResponseHeadTest, AStreamHasNoLength) {
  const std::string chunked = ResponseHead({}, BodyFraming::kChunked, true);
  EXPECT_THAT(chunked, HasSubstr("\r\nTransfer-Encoding: chunked\r\n"));
  EXPECT_THAT(chunked, Not(HasSubstr("Content-Length")));
  EXPECT_THAT(ResponseHead({}, BodyFraming::kToEnd, false), Not(HasSubstr("Transfer-Encoding")));
}

TEST(ResponseHeadTest, AChunkSaysItsLengthInHexadecimal) {
  EXPECT_EQ(Chunk("0123456789abcdefg"), "11\r\n0123456789abcdefg\r\n");
}

}  // namespace
}  // namespace bedside
