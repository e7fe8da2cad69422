#include "index/store/token_store.h"

#include <gmock/gmock.h>

#include <string>

#include "tests/fakes/status_matchers.h"
#include "tests/index/store/database_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Optional;

class TokenStoreTest : public DatabaseFixture {
 protected:
  void Put(const std::string& key, const std::string& codes) {
    WriteBatch batch;
    TokenStore::Put(key, codes, &batch);
    Write(batch);
  }

  TokenStore Store() { return TokenStore(database_.get(), 8); }
};

TEST_F(TokenStoreTest, GivesTheCodesOfEachKeyInTheOrderAsked) {
  Put("a", "12345678");
  Put("b", "");
  const auto codes = Store().Get({"b", "unknown", "a"});
  ASSERT_THAT(codes, IsOk());
  EXPECT_THAT(*codes, ElementsAre(Optional(std::string()), absl::nullopt, Optional(std::string("12345678"))));
}

TEST_F(TokenStoreTest, CodesThatAreNotWholeAreLost) {
  Put("a", "1234567812");
  EXPECT_THAT(Store().Get({"a"}), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("10 bytes")));
}

}  // namespace
}  // namespace bedside
