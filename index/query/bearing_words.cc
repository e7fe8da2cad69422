#include "index/query/bearing_words.h"

#include <re2/re2.h>

#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace bedside {
namespace {

// A word that ends in "$" is whole.
constexpr char kBearing[] =
    "age$ aged$ ages$ ageing$ aging$ due$ old older oldest young younger youngest elder elderly baby babies toddler "
    "child kid$ kids$ "
    "boy$ boys$ girl girls teen teens little tiny wee teenage teenager adolescen son$ sons$ daughter minor$ minors$ "
    "born "
    "birth newborn months$ weeks$ days$ rats$ trimester expecting pregnan breastfe breast nursing$ menopaus "
    "postmenopaus premenopaus perimenopaus period$ "
    "periods$ fertil sick ill$ illness unwell hurt hurts ache aches aching sore pain dizzy dizz faint fainted "
    "fainting fell$ fall$ falls$ falling tired tiredness fatigue exhaust weak swollen swell bleed bruise itch "
    "rash fever cough sneez vomit throw$ throwing$ puke nausea bloat gas$ constipat diarrh poo pee peeing "
    "stool urine thirst hungry appetite weight heavy overweight obese fat$ thin$ skinny underweight tall$ "
    "drink drinks drinking drank drunk beer wine alcohol sober booze vodka whisky smoke smok cigar vape "
    "vaping weed$ cannabis marijuana drug drugs addict heroin cocaine opioid diet vegan vegetarian gluten "
    "keto hoarse cramp chew face$ stiff spreading$ worse worsen fast$ fasted$ fasting fasts bug$ bugs$ dim$ remember "
    "recogni lips lip$ tongue paint sprays spraying budgie breeds binder ramadan kosher halal salt$ salty sugar "
    "caffeine coffee$ grapefruit eat eats eating "
    "ate food foods meal$ meals$ allerg intoleran reaction sport athlet marathon runner$ running$ gym$ "
    "workout lifts lifting exercis cycling cyclist swim dive diving diver climb hike hiking altitude flight "
    "flights fly flies flying flew travel trip$ abroad tropic asbestos dust mine$ miner mining weld chemical "
    "chemicals pesticide farm farmer lead$ noise radiation sunburn bite bites bitten sting stung tick$ ticks$ "
    "dog$ cat$ cats$ dogs$ bat$ rabies pet$ pets$ bird birds operation operated surgery surgical stitch stent "
    "bypass pacemaker transplant donor kidney$ liver heart lung brain blood pressure sugar$ cholesterol "
    "thinner thinners pill pills tablet tablets capsule inject injection jab jabs shot$ shots$ dose doses "
    "dosage medicine medicines meds$ medication prescri patch patches inhaler pump$ vaccin booster vitamin "
    "supplement herbal herb$ herbs$ tea$ remedy homeopath disab wheelchair blind deaf hearing$ vision sight "
    "glasses crutch bedbound bedridden housebound immobile paraly amputat prosthe dement alzheim forget "
    "memory confus depress anxious anxiety panic bipolar schizo psych mental autis adhd suicid stress "
    "insomnia sleep sleeps sleeping slept snor nap$ mood grief diabet asthma cancer tumor tumour chemo stroke "
    "seizure epilep fit$ fits$ arthrit gout angina attack hypertens hypotens thyroid anemi anaemi hiv$ aids$ "
    "hepatit tb$ covid flu$ cold$ infection infect virus immune lupus celiac coeliac crohn colitis ulcer "
    "reflux heartburn hernia gallstone gallbladder stone stones failure failing disease condition conditions "
    "disorder syndrome chronic acute history$ family$ inherited gene genetic carrier risk broke broken break$ "
    "fracture sprain sprained strain$ injur wound cut$ burn burns burnt accident crash concuss knock knocked "
    "unconscious collapse choke choking breath breathe wheez tight$ numb tingl shak tremor twitch homeless "
    "prison jail inmate refugee asylum undocumented exposed exposure contact$ needle tattoo pierc sex$ sexual "
    "condom partner$ std$ sti$ hormone testosterone estrogen puberty transition intersex pigeon parrot leg$ "
    "legs$ arm$ arms$ hands$ foot feet toe$ toes$ finger fingers limb miscarr stillb asthen gravis latex "
    "react seventy eighty ninety sixty fifty forty thirty retiree retired war$ tropics malaria neck knee hip$ "
    "hips$ shoulder chest belly tummy stomach skin hair nail teeth tooth gum$ gums$ mouth ear$ ears$ nose "
    "throat eye$ eyes$";

constexpr char kTogether[] =
    "due respect,answer fast,reply fast,fast answer,fast reply,fast question,gp surgery,doctors surgery,dental "
    "surgery,lunch break,my break,coffee break,tea break,on break,quick break,"
    "short break,a break,coffee shop,coffee machine,coffee morning,tea room,running late,family doctor,family "
    "physician,family medicine,family practice,family business,family shop,"
    "girls at,girls from,boys at,boys from,nursing student,nursing students,nursing tutor,nursing lecturer,"
    "nursing school,nursing degree,reads nursing,study nursing,studying nursing,teach nursing,nursing instructor,old "
    "school,cold call,cold calls,travel agent,travel agency,"
    "travel insurance,travel writer,food bank,food writer,wine shop,drug store,drug rep,blood bank,pet shop,"
    "gym buddy,for ages,of mine,dance school,fall semester,fall term,public health,community health,"
    "a little,little bit,little question,wee bit,tiny question,throw in,throwing in,sign in,minor point,minor question";

std::string Pattern() {
  std::vector<std::string> alternatives;
  for (absl::string_view word : absl::StrSplit(kBearing, ' ', absl::SkipEmpty())) {
    const bool is_whole = absl::ConsumeSuffix(&word, "$");
    alternatives.push_back(absl::StrCat(word, is_whole ? "" : ".*"));
  }
  return absl::StrJoin(alternatives, "|");
}

}  // namespace

bool MayHaveBearing(const std::string& word) {
  static const RE2& bearing = *new RE2(Pattern());
  return RE2::FullMatch(word, bearing);
}

bool HasNoBearingTogether(const std::string& word, const std::string& next) {
  static const auto& pairs = *new absl::flat_hash_set<absl::string_view>(absl::StrSplit(kTogether, ','));
  return pairs.contains(absl::StrCat(word, " ", next));
}

}  // namespace bedside
