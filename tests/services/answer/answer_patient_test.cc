// What a patient's record changes of an answer, and what it does not.
#include "tests/services/answer/answer_engine_fixture.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class AnswerPatientTest : public AnswerEngineTest {
 protected:
  AnswerPatientTest() {
    record_.emplace();
    record_->context.mutable_facts()->set_age_years(68);
    record_->context.mutable_facts()->set_sex(v1::SEX_FEMALE);
    record_->context.add_problems()->set_display("Ischemic stroke (disorder)");
    record_->context.add_drugs()->mutable_drug()->set_display("ramipril 5 MG Oral Tablet");
    record_->context.add_allergies()->mutable_substance()->set_display("Ibuprofen");
    v1::PatientObservation& creatinine = *record_->context.add_observations();
    creatinine.set_loinc("2160-0");
    creatinine.set_value(1.9);
    creatinine.set_unit("mg/dL");
    creatinine.set_age_days(12);
  }

  static std::vector<std::string> Cautions(const v1::Answer& answer) {
    std::vector<std::string> messages;
    for (const v1::AnswerWarning& warning : answer.basis().warnings()) {
      if (warning.kind() == v1::WARNING_KIND_PATIENT_CAUTION) messages.push_back(warning.message());
    }
    return messages;
  }
};

TEST_F(AnswerPatientTest, AllergiesAndRenalFunctionStandBesideDrugs) {
  const v1::Answer answer = Answer();
  EXPECT_THAT(
      Cautions(answer),
      Contains("Allergy: [1] names aspirin, one of the NSAIDs; the patient's record has an allergy to Ibuprofen."));
  EXPECT_THAT(Cautions(answer), Contains(AllOf(HasSubstr("eGFR 28"), HasSubstr("does not speak of renal function"))));
  EXPECT_EQ(answer.basis().patient_cautions_size(), static_cast<int>(Cautions(answer).size()));
}

TEST_F(AnswerPatientTest, BasisListsWhatWasUsed) {
  const v1::Basis basis = Answer().basis();
  ASSERT_TRUE(basis.has_patient_context());
  EXPECT_EQ(basis.patient_context().used_size(), 7) << basis.patient_context().DebugString();
  EXPECT_THAT(basis.patient_context().missing(), IsEmpty());
}

TEST_F(AnswerPatientTest, WithoutARecordNothingOfItIsThere) {
  record_.reset();
  const v1::Answer answer = Answer();
  EXPECT_FALSE(answer.basis().has_patient_context());
  EXPECT_THAT(Cautions(answer), IsEmpty());
}

TEST_F(AnswerPatientTest, SentencesStayTheSameWhereTheQuestionDoesNotReferToThePatient) {
  const std::vector<std::string> with = Texts(Answer());
  EXPECT_EQ(source_.last_question.question, asked_.substr(0, asked_.size() - 1) + " (Ischemic stroke)?");
  record_.reset();
  EXPECT_EQ(Texts(Answer()), with);
  EXPECT_EQ(source_.last_question.question, asked_);
}

TEST_F(AnswerPatientTest, QuestionIsSearchedWithWhatItRefersTo) {
  asked_ = "Is aspirin safe after stroke with her current medication?";
  const v1::Answer answer = Answer();
  EXPECT_THAT(source_.last_question.question, HasSubstr("(ramipril, Ischemic stroke)?"));
  EXPECT_THAT(answer.basis().patient_context().searched_with(), ElementsAre("ramipril", "Ischemic stroke"));
}

TEST_F(AnswerPatientTest, LanguageModelIsToldTheRecord) {
  UseChat(EventStream({"Give aspirin within 48 hours of an acute stroke [1]."}));
  EXPECT_THAT(Cautions(Answer()), Not(IsEmpty()));
  ASSERT_THAT(server_->requests(), SizeIs(1));
  EXPECT_THAT(server_->requests()[0],
              AllOf(HasSubstr("Age: 68 years"), HasSubstr("eGFR: 28 mL/min/1.73 m2"),
                    HasSubstr("Active problems: Ischemic stroke"), HasSubstr("Takes: ramipril 5 MG Oral Tablet"),
                    HasSubstr("Allergies: Ibuprofen"), HasSubstr("creatinine 1.9 mg/dL (12 days ago)")));
}

}  // namespace
}  // namespace bedside
