#include "ingest/connectors/list_context.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(ListContextTest, IsTheLastSentenceBeforeTheList) {
  EXPECT_EQ(ListContext("Contraindications:"), "Contraindications:");
  EXPECT_EQ(ListContext("Placebol is safe. It must not be given in: "), "It must not be given in:");
  EXPECT_EQ(ListContext("Who? When? Ask about:"), "Ask about:");
  EXPECT_EQ(ListContext("Give 1.5 mg to:"), "Give 1.5 mg to:");
}

TEST(ListContextTest, IsEmptyWithoutAColonOrWhenTooLong) {
  EXPECT_EQ(ListContext("No list follows."), "");
  EXPECT_EQ(ListContext(""), "");
  EXPECT_EQ(ListContext(std::string(400, 'x') + ":"), "");
}

}  // namespace
}  // namespace bedside
