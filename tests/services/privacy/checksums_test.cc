#include "services/privacy/checksums.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(ChecksumsTest, ACardIsOfThirteenToNineteenDigitsWithALuhnDigit) {
  EXPECT_TRUE(IsCardNumber("4111 1111 1111 1111"));
  EXPECT_TRUE(IsCardNumber("3782-822463-10005"));
  EXPECT_FALSE(IsCardNumber("4111 1111 1111 1112"));
  EXPECT_FALSE(IsCardNumber("4111 1111 111"));
  EXPECT_FALSE(IsCardNumber("0000 0000 0000 0000"));
  EXPECT_FALSE(IsCardNumber("4111 1111 1111 111x"));
}

TEST(ChecksumsTest, AnNhsNumberIsCheckedByModulusEleven) {
  EXPECT_TRUE(IsNhsNumber("943 476 5919"));
  EXPECT_FALSE(IsNhsNumber("943 476 5918"));
  EXPECT_FALSE(IsNhsNumber("943 476 591"));
  EXPECT_FALSE(IsNhsNumber("000 000 0000"));
}

TEST(ChecksumsTest, AnIbanIsCheckedByModulusNinetySeven) {
  EXPECT_TRUE(IsIban("GB29 NWBK 6016 1331 9268 19"));
  EXPECT_TRUE(IsIban("de89370400440532013000"));
  EXPECT_FALSE(IsIban("GB29 NWBK 6016 1331 9268 18"));
  EXPECT_FALSE(IsIban("GB29"));
  EXPECT_FALSE(IsIban("2929 NWBK 6016 1331 9268 19"));
}

TEST(ChecksumsTest, AVinIsCheckedByItsNinthCharacter) {
  EXPECT_TRUE(IsVin("1M8GDM9AXKP042788"));
  EXPECT_FALSE(IsVin("1M8GDM9A1KP042788"));
  EXPECT_FALSE(IsVin("1M8GDM9AXKP04278O"));
  EXPECT_FALSE(IsVin("1M8GDM9AX"));
}

TEST(ChecksumsTest, ADeaNumberIsCheckedByItsLastDigit) {
  EXPECT_TRUE(IsDeaNumber("AB1234563"));
  EXPECT_FALSE(IsDeaNumber("AB1234567"));
  EXPECT_FALSE(IsDeaNumber("1B1234563"));
}

}  // namespace
}  // namespace bedside
