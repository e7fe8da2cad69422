// Every kind of identifier, in the forms that people write.
#include "services/privacy/deidentifier.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const Deidentifier& Shared() {
  static const auto& deidentifier = *Deidentifier::Create()->release();
  return deidentifier;
}

DeidentifiedText Done(const std::string& text) {
  Placeholders placeholders;
  auto done = Shared().Deidentify(text, {}, &placeholders);
  EXPECT_THAT(done, IsOk());
  return done.value_or(DeidentifiedText());
}

struct Case {
  v1::IdentifierKind kind;
  // The identifier stands between bars.
  const char* text;
};

class EveryKindTest : public testing::TestWithParam<Case> {};

TEST_P(EveryKindTest, IsFoundFromEndToEnd) {
  std::string text = GetParam().text;
  const size_t begin = text.find('|');
  text.erase(begin, 1);
  const size_t end = text.find('|');
  text.erase(end, 1);
  const IdentifiedSpan wanted{GetParam().kind, {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}};
  EXPECT_THAT(Done(text).spans, ElementsAre(wanted)) << text;
}

INSTANTIATE_TEST_SUITE_P(
    Numbers, EveryKindTest,
    testing::Values(Case{v1::IDENTIFIER_KIND_NATIONAL_ID, "her number is |123-45-6789|, please"},
                    Case{v1::IDENTIFIER_KIND_NATIONAL_ID, "SSN: |123456789|"},
                    Case{v1::IDENTIFIER_KIND_NATIONAL_ID, "with |943 476 5919| on file"},
                    Case{v1::IDENTIFIER_KIND_NATIONAL_ID, "NINO |QQ 12 34 56 C|"},
                    Case{v1::IDENTIFIER_KIND_MEDICAL_RECORD, "MRN |4455123|"},
                    Case{v1::IDENTIFIER_KIND_MEDICAL_RECORD, "medical record number is |AB-99-123|?"},
                    Case{v1::IDENTIFIER_KIND_HEALTH_PLAN, "member ID |XYZ 123456789|"},
                    Case{v1::IDENTIFIER_KIND_HEALTH_PLAN, "card |1EG4-TE5-MK73| was shown"},
                    Case{v1::IDENTIFIER_KIND_ACCOUNT, "paid by |4111 1111 1111 1111|"},
                    Case{v1::IDENTIFIER_KIND_ACCOUNT, "to |GB29 NWBK 6016 1331 9268 19| and"},
                    Case{v1::IDENTIFIER_KIND_ACCOUNT, "account number |00123456|"},
                    Case{v1::IDENTIFIER_KIND_LICENCE, "driver's license number |S123-4567|"},
                    Case{v1::IDENTIFIER_KIND_LICENCE, "prescriber |AB1234563|"},
                    Case{v1::IDENTIFIER_KIND_VEHICLE, "car |1M8GDM9AXKP042788|"},
                    Case{v1::IDENTIFIER_KIND_VEHICLE, "license plate |AB12 CDE|"},
                    Case{v1::IDENTIFIER_KIND_DEVICE, "pacemaker serial number |PM99-12345|"},
                    Case{v1::IDENTIFIER_KIND_BIOMETRIC, "fingerprint id |FP-998877|"},
                    Case{v1::IDENTIFIER_KIND_OTHER, "case |123e4567-e89b-12d3-a456-426614174000| of"},
                    Case{v1::IDENTIFIER_KIND_OTHER, "accession number |S21-12345|"}));

INSTANTIATE_TEST_SUITE_P(Contacts, EveryKindTest,
                         testing::Values(Case{v1::IDENTIFIER_KIND_PHONE, "reach at |(617) 555-0199|."},
                                         Case{v1::IDENTIFIER_KIND_PHONE, "|+44 20 7946 0958| is home"},
                                         Case{v1::IDENTIFIER_KIND_PHONE, "phone |555-0199|"},
                                         Case{v1::IDENTIFIER_KIND_FAX, "fax: |617-555-0199|"},
                                         Case{v1::IDENTIFIER_KIND_EMAIL, "write |j.doe+x@mail.example.org|, now"},
                                         Case{v1::IDENTIFIER_KIND_EMAIL, "write |jdoe (at) example (dot) com|"},
                                         Case{v1::IDENTIFIER_KIND_URL, "see |https://example.org/p?id=7|."},
                                         Case{v1::IDENTIFIER_KIND_IP_ADDRESS, "from |192.168.17.4| he"},
                                         Case{v1::IDENTIFIER_KIND_IP_ADDRESS, "from |2001:db8::17:4| he"},
                                         Case{v1::IDENTIFIER_KIND_IMAGE, "photo |face-001.jpg| shows"},
                                         Case{v1::IDENTIFIER_KIND_ADDRESS, "at |12 Acacia Avenue| since"},
                                         Case{v1::IDENTIFIER_KIND_ADDRESS, "at |346 Marvin Divide Suite 33| since"},
                                         Case{v1::IDENTIFIER_KIND_POSTCODE, "in MA |02129-1445|"},
                                         Case{v1::IDENTIFIER_KIND_POSTCODE, "at |SW1A 1AA|"},
                                         Case{v1::IDENTIFIER_KIND_PLACE, "lives in |Qorvale|"},
                                         Case{v1::IDENTIFIER_KIND_PLACE, "seen in |Liverpool| for gout"},
                                         Case{v1::IDENTIFIER_KIND_PLACE, "at |Qorvale County|"}));

INSTANTIATE_TEST_SUITE_P(
    Dates, EveryKindTest,
    testing::Values(Case{v1::IDENTIFIER_KIND_DATE, "since |12 March 2021|"},
                    Case{v1::IDENTIFIER_KIND_DATE, "since |March 12th, 2021|"},
                    Case{v1::IDENTIFIER_KIND_DATE, "on |2021-03-12|"}, Case{v1::IDENTIFIER_KIND_DATE, "DOB |12/03/48|"},
                    Case{v1::IDENTIFIER_KIND_DATE, "in |March|"}, Case{v1::IDENTIFIER_KIND_DATE, "born in |1931|"},
                    Case{v1::IDENTIFIER_KIND_AGE, "a |92-year-old| man"}, Case{v1::IDENTIFIER_KIND_AGE, "a |97|F with"},
                    Case{v1::IDENTIFIER_KIND_AGE, "Age: |101| years"}));

TEST(DeidentifierTest, WhatIsTakenOutIsNamedSoThatTheQuestionIsUnderstoodStill) {
  EXPECT_EQ(
      Done("Mr John Smith, a 92-year-old of 12 Acacia Avenue, was seen on 3 March 2021. Is Smith to have 5 mg?").text,
      "Mr [NAME A], a [AGED OVER 89] of [ADDRESS A], was seen on [DATE A, 2021]. Is [NAME A] to have 5 mg?");
}

TEST(DeidentifierTest, PlaceholdersAreTheSameThroughoutARequest) {
  Placeholders placeholders;
  EXPECT_EQ(Shared().Deidentify("Mr Smith has gout.", {}, &placeholders)->text, "Mr [NAME A] has gout.");
  EXPECT_EQ(Shared().Deidentify("Dr Mbeki saw Mr Smith.", {}, &placeholders)->text, "Dr [NAME B] saw Mr [NAME A].");
}

TEST(DeidentifierTest, DisguisedCharactersHideNothing) {
  EXPECT_THAT(Done("SSN １２３\u2011４５\u2011６７８９").text, "SSN [NATIONAL ID A]");
  EXPECT_THAT(Done("call 617\u200B-555\u00AD-0199").text, "call [PHONE A]");
}

TEST(DeidentifierTest, TextWithoutIdentifiersIsGivenBack) {
  const DeidentifiedText done = Done("β-blocker after infarction: 5 mg?\n");
  EXPECT_EQ(done.text, "β-blocker after infarction: 5 mg?\n");
  EXPECT_THAT(done.spans, IsEmpty());
  EXPECT_EQ(Done("").text, "");
}

TEST(DeidentifierTest, InvalidUtf8IsRefused) {
  Placeholders placeholders;
  EXPECT_THAT(Shared().Deidentify("Mr Smith \xC3\x28", {}, &placeholders),
              StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("UTF-8"), Not(HasSubstr("Smith")))));
}

TEST(DeidentifierTest, ATextThatIsTooLongIsRefused) {
  Placeholders placeholders;
  EXPECT_THAT(Shared().Deidentify(std::string(kMaxDeidentifiedBytes, 'a'), {}, &placeholders), IsOk());
  EXPECT_THAT(Shared().Deidentify(std::string(kMaxDeidentifiedBytes + 1, 'a'), {}, &placeholders),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("262145")));
}

}  // namespace
}  // namespace bedside
