#include "services/fhir/fhir_reader.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"
#include "tests/services/fhir/fhir_resources.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const absl::Time kNow = absl::FromCivil(absl::CivilDay(2026, 6, 15), absl::UTCTimeZone());

PatientReading Read(const std::vector<std::string>& resources) {
  const auto reading = ReadFhir(FhirBundle(resources), kNow);
  EXPECT_THAT(reading, IsOk());
  return reading.value_or(PatientReading());
}

v1::PatientContext Context(const std::vector<std::string>& resources) { return Read(resources).context; }

// "DRUG NOT_IN_FORCE 2", one a kind and reason.
std::vector<std::string> Ignored(const std::vector<std::string>& resources) {
  google::protobuf::RepeatedPtrField<v1::PatientContextItem> items;
  Read(resources).ignored.AddTo(&items);
  std::vector<std::string> texts;
  for (const v1::PatientContextItem& item : items) {
    texts.push_back(absl::StrCat(v1::PatientContextKind_Name(item.kind()).substr(21), " ",
                                 v1::PatientContextReason_Name(item.reason()).substr(23), " ", item.count()));
  }
  return texts;
}

std::string Refusal(const std::string& text) {
  const auto reading = ReadFhir(text, kNow);
  EXPECT_EQ(reading.status().code(), absl::StatusCode::kInvalidArgument) << text;
  return std::string(reading.status().message());
}

TEST(FhirReaderTest, DateOfBirthBecomesAnAge) {
  EXPECT_EQ(Context({FhirPatient("female", "1958-06-15")}).facts().age_years(), 68);
  EXPECT_EQ(Context({FhirPatient("female", "1958-06-16")}).facts().age_years(), 67);
  EXPECT_EQ(Context({FhirPatient("male", "2024-07-01")}).facts().age_months(), 23);
  EXPECT_EQ(Context({FhirPatient("male", "2024-06-15")}).facts().age_years(), 2);
  EXPECT_EQ(Context({FhirPatient("other", "1958")}).facts().sex(), v1::SEX_UNSPECIFIED);
  EXPECT_FALSE(Context({FhirResource("Patient")}).facts().has_age_years());
}

TEST(FhirReaderTest, SexAtBirthGoesBeforeGender) {
  const std::string patient = FhirResource(
      "Patient",
      R"(,"gender":"male","extension":[{"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex","valueCode":"F"}])");
  EXPECT_EQ(Context({patient}).facts().sex(), v1::SEX_FEMALE);
}

TEST(FhirReaderTest, OnlyActiveProblemsAreRead) {
  const std::vector<std::string> resources = {
      FhirCondition("Asthma"), FhirCondition("Cough", "resolved"), FhirCondition("Fever", "inactive"),
      FhirResource("Condition", absl::StrCat(R"(,"abatementDateTime":"2020")", FhirCode("code", kSnomed, "1", "Rash"))),
      FhirResource("Condition", absl::StrCat(FhirCode("verificationStatus", "s", "refuted", ""),
                                             FhirCode("code", kSnomed, "1", "Gout")))};
  ASSERT_EQ(Context(resources).problems_size(), 1);
  EXPECT_EQ(Context(resources).problems(0).display(), "Asthma");
  EXPECT_THAT(Ignored(resources), testing::ElementsAre("PROBLEM NOT_IN_FORCE 4"));
}

TEST(FhirReaderTest, DrugsAreFoundWhereverTheyAreNamed) {
  const v1::PatientContext context = Context(
      {FhirMedication("metformin 500 MG Oral Tablet"), FhirMedication("aspirin 81 MG Oral Tablet", "stopped"),
       FhirMedication("codeine", "entered-in-error"),
       FhirResource("MedicationStatement", R"(,"status":"active","medicationReference":{"reference":"Medication/m1"})"),
       FhirResource("Medication", absl::StrCat(R"(,"id":"m1")", FhirCode("code", kRxNorm, "2", "apixaban 5 MG"))),
       FhirResource("MedicationStatement",
                    absl::StrCat(R"(,"status":"active","medicationReference":{"reference":"#c"},"contained":[)",
                                 FhirResource("Medication",
                                              absl::StrCat(R"(,"id":"c")", FhirCode("code", kRxNorm, "3", "ramipril"))),
                                 "]"))});
  ASSERT_EQ(context.drugs_size(), 4);
  EXPECT_EQ(context.drugs(0).drug().display(), "metformin 500 MG Oral Tablet");
  EXPECT_TRUE(context.drugs(1).stopped());
  EXPECT_EQ(context.drugs(2).drug().display(), "apixaban 5 MG");
  EXPECT_EQ(context.drugs(3).drug().display(), "ramipril");
}

// What was typed by hand may name anybody, and an allergy must not be lost for want of a code.
TEST(FhirReaderTest, OfTextOnlyNamesOfDrugsAndAllergensAreTaken) {
  const v1::PatientContext context =
      Context({FhirResource("AllergyIntolerance", R"(,"code":{"text":"Penicillin - says mother, Mrs Schulist"})"),
               FhirResource("AllergyIntolerance", R"(,"code":{"text":"something in the water, says Mrs Schulist"})"),
               FhirResource("MedicationRequest", R"(,"medicationCodeableConcept":{"text":"Metformin for Bob"})")});
  ASSERT_EQ(context.allergies_size(), 2);
  EXPECT_EQ(context.allergies(0).substance().display(), "penicillin");
  EXPECT_EQ(context.allergies(1).substance().display(), "");
  EXPECT_EQ(context.drugs(0).drug().display(), "metformin");
  EXPECT_THAT(context.DebugString(), Not(HasSubstr("Schulist")));
}

TEST(FhirReaderTest, AnAllergyMayNameItsSubstanceInAReaction) {
  const auto context = Context(
      {FhirResource("AllergyIntolerance", absl::StrCat(R"(,"reaction":[{"substance":{"coding":[{"system":")", kRxNorm,
                                                       R"(","code":"723","display":"amoxicillin"}]}}])"))});
  EXPECT_EQ(context.allergies(0).substance().display(), "amoxicillin");
}

TEST(FhirReaderTest, AnAllergenWithACodeAloneIsKept) {
  const auto context = Context({FhirResource(
      "AllergyIntolerance", absl::StrCat(R"(,"code":{"coding":[{"system":")", kRxNorm, R"(","code":"7980"}]})",
                                         R"(,"reaction":[{"manifestation":[{"text":"Rash"}]}])"))});
  EXPECT_EQ(context.allergies(0).substance().code(), "7980");
}

TEST(FhirReaderTest, AllergiesKeepCriticalityAndReactions) {
  const v1::PatientContext context = Context(
      {FhirResource("AllergyIntolerance",
                    absl::StrCat(R"(,"criticality":"high")", FhirCode("code", kSnomed, "1", "Penicillin V (substance)"),
                                 R"(,"reaction":[{"manifestation":[{"coding":[{"system":")", kSnomed,
                                 R"(","code":"39579001","display":"Anaphylaxis"}]}]}])"))});
  EXPECT_EQ(context.allergies(0).criticality(), v1::ALLERGY_CRITICALITY_HIGH);
  EXPECT_EQ(context.allergies(0).reactions(0).display(), "Anaphylaxis");
  EXPECT_TRUE(Context({FhirResource("AllergyIntolerance", FhirCode("code", kSnomed, "716186003", "No known allergy"))})
                  .no_known_allergies());
}

TEST(FhirReaderTest, ValuesComeWithUnitAndAge) {
  const v1::PatientContext context = Context({FhirObservation("2160-0", "168.5", "umol/L", "2026-06-03T10:00:00Z")});
  ASSERT_EQ(context.observations_size(), 1);
  EXPECT_EQ(context.observations(0).loinc(), "2160-0");
  EXPECT_EQ(context.observations(0).value(), 168.5);
  EXPECT_EQ(context.observations(0).unit(), "umol/L");
  EXPECT_EQ(context.observations(0).age_days(), 12);
}

TEST(FhirReaderTest, PartsOfABloodPressureAreValues) {
  const std::string pressure = FhirResource(
      "Observation",
      absl::StrCat(R"(,"status":"final","effectiveDateTime":"2026-06-14")", FhirCode("code", kLoinc, "85354-9", "x"),
                   R"(,"component":[{"valueQuantity":{"value":72,"unit":"mmHg"})",
                   FhirCode("code", kLoinc, "8462-4", "x"), R"(},{"valueQuantity":{"value":116,"unit":"mmHg"})",
                   FhirCode("code", kLoinc, "8480-6", "x"), "}]"));
  const v1::PatientContext context = Context({pressure});
  ASSERT_EQ(context.observations_size(), 2);
  EXPECT_EQ(context.observations(1).value(), 116);
  EXPECT_EQ(context.observations(1).unit(), "mmHg");
  EXPECT_THAT(Ignored({pressure}), IsEmpty());
}

TEST(FhirReaderTest, ObservationsThatSayNothingOfUseAreCounted) {
  std::string comparator = FhirObservation("98979-8", "90", "mL/min", "2026");
  comparator.insert(comparator.find("\"value\""), R"("comparator":">",)");
  EXPECT_THAT(Ignored({comparator, FhirObservation("94531-1", "1", "1", "2026"),
                       FhirObservation("2160-0", "1", "mg/dL", "2027-01-01"),
                       FhirResource("Observation", R"(,"status":"cancelled")"), FhirResource("Observation")}),
              testing::UnorderedElementsAre("OBSERVATION NO_USABLE_VALUE 1", "OBSERVATION NO_USABLE_VALUE 1",
                                            "OBSERVATION NOT_READ 1", "OBSERVATION NOT_IN_FORCE 1",
                                            "OBSERVATION NO_KNOWN_CODE 1"));
}

std::string Coded(absl::string_view loinc, absl::string_view snomed, absl::string_view date) {
  return FhirResource("Observation", absl::StrCat(FhirCode("code", kLoinc, loinc, "x"), R"(,"effectiveDateTime":")",
                                                  date, "\"", FhirCode("valueCodeableConcept", kSnomed, snomed, "x")));
}

TEST(FhirReaderTest, SmokingAndPregnancyAreReadWhileTheyAreFresh) {
  EXPECT_EQ(Context({Coded("72166-2", "8517006", "2026-01"), Coded("72166-2", "77176002", "2025-01")}).smoking(),
            v1::SMOKING_STATUS_FORMER);
  EXPECT_EQ(Context({Coded("72166-2", "8517006", "2020")}).smoking(), v1::SMOKING_STATUS_UNSPECIFIED);
  EXPECT_TRUE(Context({Coded("82810-3", "77386006", "2026-03")}).facts().pregnant());
  EXPECT_FALSE(Context({Coded("82810-3", "77386006", "2025-03")}).facts().has_pregnant());
  EXPECT_FALSE(Context({Coded("82810-3", "60001007", "2026-03")}).facts().has_pregnant()) << "may be by now";
  EXPECT_TRUE(Context({FhirResource("Condition", FhirCode("code", kSnomed, "72892002", "Normal pregnancy"))})
                  .facts()
                  .pregnant());
}

TEST(FhirReaderTest, TheOtherTypesAreRead) {
  const v1::PatientContext context = Context(
      {FhirResource("Procedure", absl::StrCat(R"(,"status":"completed","performedPeriod":{"start":"2026-06-05"})",
                                              FhirCode("code", kSnomed, "1", "Appendectomy (procedure)"))),
       FhirResource("Procedure", R"(,"status":"not-done")"),
       FhirResource("Immunization", absl::StrCat(R"(,"status":"completed","occurrenceDateTime":"2026-06-14")",
                                                 FhirCode("vaccineCode", "http://hl7.org/fhir/sid/cvx", "140", "Flu"))),
       FhirResource("Encounter", R"(,"status":"in-progress","class":{"code":"EMER"})"),
       FhirResource("Encounter", R"(,"status":"finished","class":{"code":"AMB"})"),
       FhirResource("ServiceRequest", absl::StrCat(R"(,"status":"draft")", FhirCode("code", kLoinc, "1", "CT head")))});
  EXPECT_EQ(context.procedures(0).code().display(), "Appendectomy");
  EXPECT_EQ(context.procedures(0).age_days(), 10);
  EXPECT_EQ(context.procedures_size(), 1);
  EXPECT_EQ(context.immunizations(0).code().system(), v1::CODE_SYSTEM_CVX);
  EXPECT_EQ(context.encounter_class(), "EMER");
  EXPECT_EQ(context.service_requests(0).display(), "CT head");
}

TEST(FhirReaderTest, CodesOfUnknownSystemsAreNotTaken) {
  const v1::PatientContext context =
      Context({FhirResource("Condition", FhirCode("code", "http://hospital.example/local", "7", "Mr Schulist"))});
  EXPECT_THAT(context.DebugString(), Not(HasSubstr("Schulist")));
}

TEST(FhirReaderTest, OtherResourcesAreCounted) {
  EXPECT_THAT(Ignored({FhirResource("Claim"), FhirResource("Claim"), FhirResource("Organization")}),
              testing::ElementsAre("OTHER_RESOURCE NOT_READ 3"));
}

TEST(FhirReaderTest, ResourcesOfAnotherPatientAreNotRead) {
  std::string of_another = FhirCondition("Asthma");
  of_another.insert(of_another.size() - 1, R"(,"subject":{"reference":"Patient/p2"})");
  std::string of_this = FhirCondition("Gout");
  of_this.insert(of_this.size() - 1, R"(,"subject":{"reference":"https://ehr.example/Patient/p1/_history/2"})");
  const std::vector<std::string> resources = {of_another, of_this, FhirPatient("male", "1958")};
  ASSERT_EQ(Context(resources).problems_size(), 1);
  EXPECT_EQ(Context(resources).problems(0).display(), "Gout");
  EXPECT_THAT(Ignored(resources), testing::ElementsAre("PROBLEM OTHER_PATIENT 1"));
}

TEST(FhirReaderTest, SecondPatientIsRefused) {
  EXPECT_THAT(Refusal(FhirBundle({FhirPatient("male", "1958"), FhirResource("Patient", R"(,"id":"p2")")})),
              HasSubstr("Bundle.entry[1].resource: wanted the resources of one patient, got a second Patient"));
}

TEST(FhirReaderTest, SingleResourceIsRead) {
  const auto reading = ReadFhir(FhirMedication("metformin"), kNow);
  ASSERT_THAT(reading, IsOk());
  EXPECT_EQ(reading->context.drugs_size(), 1);
}

TEST(FhirReaderTest, WrongTypeIsRefusedWithItsPlace) {
  EXPECT_EQ(
      Refusal(FhirBundle({FhirPatient("male", "1958"),
                          FhirResource("Observation", absl::StrCat(FhirCode("code", kLoinc, "2160-0", "x"),
                                                                   R"(,"valueQuantity":{"value":"Schulist"})"))})),
      "Bundle.entry[1].resource.valueQuantity.value: wanted a number, got string");
  EXPECT_EQ(Refusal(R"({"resourceType":"Bundle","entry":{}})"), "Bundle.entry: wanted an array, got object");
  EXPECT_EQ(Refusal(R"({"resourceType":"Bundle","entry":[1]})"), "Bundle.entry[0]: wanted an object, got number");
  EXPECT_EQ(Refusal(R"({"resourceType":"Condition","code":{"coding":[{"code":7,"system":"s"}]}})"),
            "Condition.code.coding[0].code: wanted a string, got number");
  EXPECT_EQ(Refusal(R"({"resourceType":7})"), "resource.resourceType: wanted a string, got number");
  EXPECT_EQ(Refusal("{}"), "resource.resourceType: wanted a type of resource of FHIR R4, got none");
}

TEST(FhirReaderTest, DatesAndCodesThatFhirDoesNotHaveAreRefusedWithoutBeingRepeated) {
  EXPECT_EQ(Refusal(FhirBundle({FhirPatient("Schulist", "1958")})),
            "Bundle.entry[0].resource.gender: wanted male, female, other or unknown, got another string");
  EXPECT_THAT(Refusal(FhirBundle({FhirPatient("male", "02.05.2009")})),
              HasSubstr("Bundle.entry[0].resource.birthDate: wanted a date of FHIR"));
  for (const char* date : {"2027", "1850"}) {
    EXPECT_THAT(Refusal(FhirBundle({FhirPatient("male", date)})), HasSubstr("wanted a date of the last 130 years"));
  }
}

TEST(FhirReaderTest, OtherVersionsOfFhirAreRefusedByTheirName) {
  const struct {
    std::string resource;
    const char* says;
  } kCases[] = {
      {FhirResource("Condition", R"(,"clinicalStatus":"active")"),
       "clinicalStatus: wanted FHIR R4, got what only FHIR STU3 has"},
      {FhirResource("Encounter", R"(,"class":[{"coding":[]}])"), "class: wanted FHIR R4, got what only FHIR R5 has"},
      {FhirResource("MedicationRequest", R"(,"medication":{"concept":{}})"),
       "medication: wanted FHIR R4, got what only FHIR R5"},
      {FhirResource("ServiceRequest", R"(,"code":{"concept":{}})"), "code: wanted FHIR R4, got what only FHIR R5"},
      {FhirResource("MedicationOrder"), "resourceType: wanted FHIR R4, got what only FHIR DSTU2 has"},
      {FhirResource("CapabilityStatement", R"(,"fhirVersion":"5.0.0")"),
       "fhirVersion: wanted 4.0 or 4.3, got another version"},
  };
  for (const auto& one : kCases) {
    EXPECT_THAT(Refusal(FhirBundle({one.resource})), HasSubstr(absl::StrCat("Bundle.entry[0].resource.", one.says)));
  }
}

TEST(FhirReaderTest, PrefetchIsReadByItsKeys) {
  const auto reading = ReadPrefetch(absl::StrCat(R"({"patient":)", FhirPatient("male", "1958"), R"(,"drugs":)",
                                                 FhirBundle({FhirMedication("metformin")}), R"(,"none":null})"),
                                    kNow);
  ASSERT_THAT(reading, IsOk());
  EXPECT_EQ(reading->context.facts().age_years(), 68);
  EXPECT_EQ(reading->context.drugs_size(), 1);
}

TEST(FhirReaderTest, PrefetchThatHoldsOtherThanResourcesIsRefused) {
  EXPECT_THAT(ReadPrefetch(R"({"patient":"Patient/1"})", kNow),
              StatusIs(absl::StatusCode::kInvalidArgument, "prefetch.patient: wanted an object or null, got string"));
  EXPECT_THAT(ReadPrefetch(R"({"of Mr Schulist":{"resourceType":"Bundle","entry":1}})", kNow),
              StatusIs(absl::StatusCode::kInvalidArgument, "prefetch.?.entry: wanted an array, got number"));
}

TEST(FhirReaderTest, NothingIsAnEmptyRecord) {
  const auto empty = ReadFhir(R"({"resourceType":"Bundle"})", kNow);
  ASSERT_THAT(empty, IsOk());
  EXPECT_EQ(empty->context.ByteSizeLong(), 0u);
  EXPECT_THAT(ReadPrefetch("{}", kNow), IsOk());
}

}  // namespace
}  // namespace bedside
