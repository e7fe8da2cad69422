#include "index/query/clinical_words.h"

#include <re2/re2.h>

#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "index/query/drug_names.h"
#include "index/query/other_names.h"

namespace bedside {
namespace {

// A word that ends in "$" is whole.
constexpr char kBeginnings[] =
    "abort abscess acne addiction adhd adolescen adren aids$ allele allerg alzheimer amputat amino amygdal anaem "
    "anaesth analges anatom androgen anemi anesth aneurysm angina angio antenatal antibio antibod anticoag antidep "
    "antiv anxiety aorta aortic apnea apnoea apopto arrhythm arteri arthr asthma atheros atri autis autoimmun autops "
    "axilla axon bacteri bariatric bile$ biliar biolog biomark biomed biops births$ childbirth bladder bleed blood "
    "bone bones bowel brain breast bronch cancer carcin cardi caregiver cartilag catheter cells$ cellular celiac "
    "cereb cervical cesarean caesarean chemo cholera cholesterol chromatin chromosom cirrho clinic clostrid coagul "
    "cognitive collagen colon$ colorectal comorbid contracep coronary cough cyst$ cysts$ cytok cytot deaf death "
    "dement dental depress dermat diabet diagnos dialy diarrh digest disab disease disorder doctor dopamin dosage "
    "dose$ doses$ dosing drug drugs dysf dysp ear$ ears$ eczema edema elderly embol embryo endocr endom endosc enzym "
    "epidem epidur epigen epilep epithel erythr esophag estrogen euthanas eye$ eyes$ faecal fatal femor fetal fetus "
    "fever fibro fistula flu$ foetal foot$ feet$ fractur fung gastr gene$ genes$ genetic genom genotyp gestation "
    "gland glauc glioma gluco glyc gout$ graft gynaec gynec haem hair headache health heal heals hearing$ heart hema "
    "hemo hepat hereditary hernia herpes herpet histo hiv hormon hospic hospital hpv hyper hypo hyster immun implant "
    "incontinen infan infect inflam influenza inhal inhibit injur insomnia insulin intestin intox intraven intub "
    "ischaem ischem jaundice joint joints kidney kinase knee lactat laparosc laryng larynx lesion leuk ligament "
    "lipid liver lung lupus lymph malaria malform malign mammogr mastect maternal measles medic mellitus membran "
    "menop menstr mental$ metabol metasta methylation microb migraine mitochond molecul morbid mortality mosquito "
    "mucosa muscle muscul mutant mutat myel myo nasal nausea neoplas nephr nerve nervous neonat neur newborn nose "
    "nucleo nurse nursing obes obstetr ocular oedema oestr oncol ophthalm opioid organ$ organs$ organism orthop "
    "osteo otitis ovar ovul paediatr pain painful palliat pancre paraly parasit parkinson pathog patholog patient "
    "pediatr pelvi penic peptid perinat periodont perioper pharm pharyng phenotyp phospho physician physio placebo "
    "placenta platelet pleur pneum poison polio$ polyp postnatal postoper postpartum pregnan prematur prenat preoper "
    "prescri prevalen prognos prophyla prostat prote psori psych pulmon rabies radiat radiog radiol radiop radioth "
    "rash$ receptor rectal recurren rehab relaps renal resect respir resuscit retin rheum sarc schizo scler scolio "
    "seizure sepsis septic serum sickle sinus skelet skin sleep smallpox smoking smoker specimen sperm spinal spine "
    "spleen spondyl staining stent steroid stomach stroke suicid surg surviv swelling symptom syndrom tachy tendon "
    "testic testos tetanus therap thorac throat thrombo thyro tissue tobacco tonsil toxi trachea transcript transfus "
    "transgen transplant trauma treatment tremor tubercul tumor tumour ubiquit ulcer ultraso umbilic ureth urin uro "
    "uter vaccin vagin valve vascul vaso vein ventil ventric vertebr vertigo vesic viral virus viruses vitamin vomit "
    "weakness wound wrist yeast zika";

constexpr char kEndings[] =
    "itis osis oses aemia emia oma omas omata pathy pathies ectomy ostomy otomy plasty scopy algia rrhea rrhoea "
    "rrhage plegia uria philia penia trophy trophic cyte cytes ase ases phobia genesis genic lysis globin ectasia "
    "stenosis kine kines plasia aemic emic";

// "IL-6", "mRNA", "RiboTag", "p53"; not a number alone.
constexpr char kSymbol[] = R"(\b(?:[A-Z][A-Za-z]*-?\d+[A-Za-z]?|[A-Za-z]*[a-z][A-Z]+[A-Za-z]*|p\d\d+)\b)";

// Ordinary words of these beginnings and endings.
constexpr char kOthers[] =
    "base bases case cases phase phases erase purchase increase decrease release lease please chase vase phrase "
    "phrases database databases diploma aroma protest protests proteus protective academia";

std::string Alternatives(absl::string_view words) { return absl::StrJoin(absl::StrSplit(words, ' '), "|"); }

bool IsClinical(const std::string& word) {
  static const auto& others = *new std::vector<std::string>(absl::StrSplit(kOthers, ' '));
  static const RE2& known =
      *new RE2(absl::StrCat("(?:", Alternatives(kBeginnings), ").*|.{2,}(?:", Alternatives(kEndings), ")"));
  if (absl::c_linear_search(others, word)) return false;
  return LooksLikeDrug(word) || RE2::FullMatch(word, known);
}

}  // namespace

bool HasClinicalWord(absl::string_view question) {
  static const RE2& symbol = *new RE2(kSymbol);
  static const RE2& name = *new RE2(absl::StrCat(R"((?i)\b(?:)", absl::StrJoin(OtherNames(), "|"), R"()\b)"));
  const re2::StringPiece text(question.data(), question.size());
  if (RE2::PartialMatch(text, symbol) || RE2::PartialMatch(text, name)) return true;
  static const RE2& next_word = *new RE2("([A-Za-z]+)");
  re2::StringPiece rest = text;
  for (std::string word; RE2::FindAndConsume(&rest, next_word, &word);) {
    if (IsClinical(absl::AsciiStrToLower(word))) return true;
  }
  return false;
}

}  // namespace bedside
