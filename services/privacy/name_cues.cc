#include "services/privacy/name_cues.h"

namespace bedside {

const WordSet& Titles() {
  static const auto& words = *new WordSet(WordsOfList(R"(
mr mrs ms miss mx dr doctor prof professor sir dame lord rev reverend mister madam sgt sergeant capt captain
lieutenant colonel drs messrs rabbi imam pastor senor senora herr frau monsieur
madame signor signora
)"));
  return words;
}

const WordSet& PersonNouns() {
  static const auto& words = *new WordSet(WordsOfList(R"(
patient pt client resident baby infant toddler son daughter wife husband mother father mum mom dad brother sister aunt
uncle cousin nephew niece grandmother grandfather grandson granddaughter grandma grandpa partner fiance girlfriend
boyfriend friend neighbour neighbor carer caregiver guardian spouse colleague physician surgeon gp midwife therapist
cardiologist neurologist oncologist psychiatrist paediatrician pediatrician pharmacist dentist consultant registrar
boy girl man woman lady gentleman twin twins veteran
)"));
  return words;
}

const WordSet& NamingWords() {
  static const auto& words =
      *new WordSet(WordsOfList("named called name surname forename firstname lastname alias nickname"
                               " nicknamed aka"));
  return words;
}

const WordSet& NameParticles() {
  static const auto& words = *new WordSet(
      WordsOfList("van von der den de del della di da dos das la le du el al bin ibn bint st ter ten abu y"));
  return words;
}

const WordSet& PersonVerbs() {
  static const auto& words = *new WordSet(WordsOfList(R"(
presents presented complains complained lives attended attends reports reported denies denied states stated says said
underwent works came called phoned rang takes took weighs smokes drinks asks asked wants wishes feels felt was has is had
needs suffers returned fell collapsed
)"));
  return words;
}

}  // namespace bedside
