#include "services/answer/question_language.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "index/text/letters.h"

namespace bedside {
namespace {

// Letters of another script that a symbol or a name may have: "β2", "α-synuclein".
constexpr size_t kFewLetters = 3;
constexpr size_t kMinForeignWords = 2;

constexpr char kEnglish[] =
    "the of and to in is are was were be been what which who whom whose how why when where does do did can could "
    "should would will may might for with by from on at as that this these those there it its or not has have had an "
    "any if between than after before about into during without list name give man also";

// Single letters and words of the list above are left out.
constexpr const char* kForeign[] = {
    "el la los las un una unos unas del al que qué cuál cuáles cómo cuándo dónde quién por para con sin es son está "
    "están se su sus en de como más puede debe tratamiento hay lo le les este esta",
    "le la les un une des du au aux que quel quelle quels quelles comment quand où qui pourquoi est sont dans avec "
    "sans sur par pour et ou de ce cette ces il elle se son sa ses peut doit traitement chez en ne pas",
    "der die das den dem des ein eine einen einem einer eines und oder ist sind wird werden wie was welche welcher "
    "welches wann wo wer warum bei mit ohne von zu zur zum für auf im nicht kann soll behandlung nach über gibt es",
    "il lo la gli le un uno una del della dei delle dello degli al alla che quale quali qual come quando dove chi "
    "perché è sono con senza per di da nel nella si può deve non su trattamento nei",
    "os as um uma do da dos das ao à que qual quais como quando onde quem por para com sem é são em no na nos nas se "
    "seu sua ou não pode deve tratamento de",
    "de het een en of is zijn wordt worden hoe wat welke wanneer waar wie waarom bij met zonder van voor op niet men "
    "kan moet behandeling naar te aan om",
    "hvad hvilken hvilke hvordan hvornår er af og til med ved hos eller ikke kan skal det den der et en for på "
    "behandling behandlingen",
    "vad vilken vilka hur när är av och till med vid hos eller inte kan ska det den som ett en för på behandling "
    "behandlingen",
    "czy jest jak jaki jaka jakie kiedy gdzie kto dlaczego przy bez od do na dla leczenie lub nie może się oraz przez"};

// Of surnames and of terms that English took over.
constexpr char kParticles[] = "de del der den dem des di da das do dos du el la le les las los van von zu al te en et";

// Single letters are words of many languages, and names of much else.
std::set<std::string> WordsOf(absl::string_view text) {
  std::set<std::string> words;
  for (LetterRun& run : LetterRuns(text)) {
    if (run.word.size() > 1) words.insert(std::move(run.word));
  }
  return words;
}

bool IsMostlyInAnotherScript(absl::string_view text) {
  size_t latin = 0, other = 0;
  for (const auto& [script, letters] : LettersByScript(text)) (script == USCRIPT_LATIN ? latin : other) += letters;
  return other > kFewLetters && other > latin;
}

const std::set<std::string>& English() {
  static const auto& words = *new std::set<std::string>(WordsOf(kEnglish));
  return words;
}

// Without what is English, too.
const std::vector<std::set<std::string>>& Foreign() {
  static const auto& languages = *[] {
    auto* made = new std::vector<std::set<std::string>>;
    for (const char* words : kForeign) {
      std::set<std::string>& language = made->emplace_back(WordsOf(words));
      for (const std::string& word : English()) language.erase(word);
    }
    return made;
  }();
  return languages;
}

size_t CountIn(const std::set<std::string>& words, const std::set<std::string>& language) {
  return static_cast<size_t>(
      std::count_if(words.begin(), words.end(), [&](const std::string& word) { return language.count(word) != 0; }));
}

}  // namespace

bool MayBeEnglish(absl::string_view question) {
  static const auto& particles = *new std::set<std::string>(WordsOf(kParticles));
  if (IsMostlyInAnotherScript(question)) return false;
  const std::set<std::string> words = WordsOf(question);
  std::set<std::string> telling = words;
  for (const std::string& particle : particles) telling.erase(particle);
  const size_t english = CountIn(words, English());
  return std::none_of(Foreign().begin(), Foreign().end(), [&](const std::set<std::string>& language) {
    const size_t foreign = CountIn(words, language);
    return foreign >= kMinForeignWords && foreign > english && CountIn(telling, language) > 0;
  });
}

}  // namespace bedside
