#include "services/answer/question_language.h"

#include <string>

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(QuestionLanguageTest, EnglishPasses) {
  for (const char* question :
       {"What is the treatment of hypertension in pregnancy?", "Is metformin safe?", "Dose of amoxicillin in children",
        "Spinal subdural hematoma: a sequela of a ruptured intracranial aneurysm?"}) {
    EXPECT_TRUE(MayBeEnglish(question)) << question;
  }
}

TEST(QuestionLanguageTest, ShortQuestionsAndNamesPass) {
  for (const char* question :
       {"", "amoxicillin", "metformina", "warfarin INR", "?", "2019", "β2-agonist", "IL-6", "阿司匹"}) {
    EXPECT_TRUE(MayBeEnglish(question)) << question;
  }
}

TEST(QuestionLanguageTest, WordsThatEnglishTookOverAndSurnamesPass) {
  for (const char* question : {"de novo mutations", "van der Woude syndrome", "von Willebrand disease",
                               "De Quervain tenosynovitis", "la belle indifference", "Roux-en-Y de novo", "Cri du chat",
                               "café au lait spots", "Sjögren, Ménière, Behçet"}) {
    EXPECT_TRUE(MayBeEnglish(question)) << question;
  }
}

TEST(QuestionLanguageTest, OtherLanguagesOfLatinLettersDoNot) {
  for (const char* question :
       {"¿Cuál es el tratamiento de la hipertensión en el embarazo?", "Quel est le traitement de la migraine ?",
        "Wie wird eine akute Pankreatitis behandelt?", "Behandlung der Hypertonie in der Schwangerschaft",
        "Qual è la dose di paracetamolo nei bambini?", "Qual a dose de amoxicilina para crianças?",
        "Wat is de behandeling van jicht?", "Hvad er behandlingen af astma hos børn?",
        "Vad är behandlingen av astma hos barn?", "Czy metformina jest bezpieczna?"}) {
    EXPECT_FALSE(MayBeEnglish(question)) << question;
  }
}

TEST(QuestionLanguageTest, OtherScriptsDoNot) {
  for (const char* question : {"Как лечить гипертонию?", "高血压的治疗方法是什么?", "ما هو علاج ارتفاع ضغط الدم؟",
                               "Ποια είναι η δόση;", "उच्च रक्तचाप का इलाज", "metformin какая доза при диабете"}) {
    EXPECT_FALSE(MayBeEnglish(question)) << question;
  }
}

TEST(QuestionLanguageTest, QuotationInAnEnglishQuestionPasses) {
  EXPECT_TRUE(MayBeEnglish("What does the patient mean who says \"me duele el pecho\" to the nurse on the ward?"));
  EXPECT_TRUE(MayBeEnglish("What is the meaning of гипертония in this report of a patient?"));
}

TEST(QuestionLanguageTest, LongestQuestionIsRead) {
  std::string question;
  while (question.size() < 8000) question += "dosis para el niño ";
  EXPECT_FALSE(MayBeEnglish(question));
}

}  // namespace
}  // namespace bedside
