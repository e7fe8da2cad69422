#include "index/query/drug_names.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "index/query/word_set.h"

namespace bedside {
namespace {

constexpr size_t kMinStemmedLetters = 6;
// Letters of kEndings.
constexpr size_t kShortestEnding = 3;
constexpr size_t kLongestEnding = 10;

constexpr char kEndings[] =
    "abine actide adol alol amivir ampanel ampicin anserin antel apine aprant arabine arone arotene astine asvir avir "
    "axine azapine azenil azepam azepine azolam azole azoline azone azosin bactam bamate barbital bendazole bradine "
    "bufen butamol buvir caftor caine calcet calcitol capone cavir ciclib ciclovir cillin citabine coctin codone "
    "conazole copeptin cort crinat cromil curium curonium cycline cyclovir dipine dralazine dronate dronic elvekin "
    "entan eprazole erolimus fenac fenacin fentanil fentanyl fiban fibrate flapon floxacin flozin flurane formin "
    "fosfamide fovir fungin gabalin gabide gatran giline glinide gliptin glitazone glutide golide grastim grel grelor "
    "guanide imibe ipramine irudin isomide kacin ketorolac kinra lamide lidomide limus lisib lukast lutamide mab "
    "mantadine melteon mesine metacin methacin micin mivir morelin morphan morphine morphone mustine mycin nabant "
    "navir nercept netide nicline nidazole nidine nitidine nixin olol olone onide opamine oprazole orex orphan "
    "orphine oxacin oxanide oxapine oxef oxetine oxicam oxifene oxin pamil parcin parib parin peridol peridone perone "
    "pezil phylline piprazole pitant planin plase platin poetin ponin poside pramine prazole previr pride pril prilat "
    "profen promazine prost prostil quine quinidine quinil racetam rafenib relin relix renone ribine rizine rolimus "
    "rubicin salan sartan semide setron sidone solone sone spirone steride stigmine sulfan tadine taxel tecan "
    "tegravir tepa terol terone thiazide thromycin tiazem tidine tinib tizide tocin toin trexate trexed triptan "
    "triptyline troban trombopag tropium trozole uracil vaptan vastatin verine virdine virine viroc vudine xaban "
    "xanox zepam ziline zolid zomib";

constexpr char kBeginnings[] = "cef cephalex cephrad sulfadi sulfame sulfasal predniso";

// No drug, though they end as one.
constexpr char kOthers[] =
    "baseline bride calibrate combine creatinine cyclone decline define examine guideline hormone magazine override "
    "pride routine urine vibrate";

constexpr char kListed[] =
    "abilify accolate accupril acetaminophen aciphex activase actonel actos adacel adderall adrenaline advair advicor "
    "aggrenox albuterol aldara alkeran allegra allopurinol altace amaryl ambien amiloride amiodarone amphetamine "
    "anafranil apixaban aranesp arava aricept asacol aspirin atarax ativan atropine avandia avapro avinza "
    "azathioprine baclofen benadryl benazepril benicar bicillin bumetanide bupropion buspirone caduet calan captopril "
    "carafate carbatrol cardizem cardura carvedilol casodex catapres celebrex celexa cellcept cerebyx cerezyme "
    "chantix chlorambucil chloroquine chlorpropamide cialis ciclosporin ciprofloxacin clomid clomifene clomiphene "
    "clonidine clozapine clozaril codeine colace colazal colchicine combivir concerta copaxone coreg coumadin covera "
    "cozaar crestor cyclophosphamide cycloserine cyclosporine cymbalta cytarabine cytoxan dalteparin dantrium dapsone "
    "daptacel darvocet demerol denavir depakene depakine depakote desoxyn desyrel dexedrine diabeta diamox diazepam "
    "diflucan digoxin dilantin dilaudid diltiazem diovan diprivan dipyridamole ditropan dobutamine dolophine dopamine "
    "doxorubicin doxycycline duragesic edecrin effexor elavil eldepryl eliquis enbrel ephedrine epinephrine epogen "
    "estrace ethambutol etomidate evista exelon femara femhrt fioricet fiorinal flagyl flexeril flomax flonase "
    "flovent folate foradil fosamax fragmin gabapentin geodon gleevec glibenclamide glimepiride glipizide glucophage "
    "glucotrol glyburide haldol heparin humalog humira humulin hydralazine hydrea hydrocodone hydromorphone "
    "hydroxyurea hydroxyzine ibuprofen imdur imitrex imuran inderal insulin invirase isoniazid isordil jantoven "
    "januvia kaletra keflex kenalog keppra klonopin kytril lamictal lamisil lamivudine lamotrigine lanoxin lantus "
    "lasix leucovorin leukeran levaquin levemir levitra levodopa levothyroxine levoxyl lexapro librium lipitor "
    "lisinopril lithium lodine lomotil lopressor losec lotensin lotronex lovaza lovenox lunesta luvox lyrica maxalt "
    "mebaral medrol mellaril melphalan metformin methadone methimazole methotrexate methylphenidate metolazone "
    "metoprolol metronidazole micardis micronase microzide midodrine minipress minocin miralax mirapex mirtazapine "
    "misoprostol mitomycin morphine motrin mucinex mycophenolate myleran naloxone naltrexone naprosyn narcan nardil "
    "nasonex navane neoral neulasta neupogen neurontin nexium niacin nifedipine nimodipine nitroglycerin nizoral "
    "nolvadex noradrenaline norepinephrine norvasc norvir novolin novolog nystatin orlistat oxycodone oxycontin "
    "oxytocin pamelor panadol paracetamol paraplatin parlodel parnate paxil penicillamine penicillin percocet "
    "percodan periactin phenergan phenobarbital phenytoin pitocin plaquenil platinol plavix plendil pletal "
    "pramipexole prandin pravachol premarin prempro prevacid prilosec prinivil procardia prograf prolixin propofol "
    "propranolol propylthiouracil proscar protamine protonix provera provigil prozac purinethol pyrazinamide "
    "pyridoxine quetiapine quinidine quinine reglan remeron reminyl renagel repaglinide requip reserpine restoril "
    "retrovir rheumatrex rifadin rifampicin rifampin rifater rilutek risperdal ritalin ritonavir rituxan robaxin "
    "ropinirole roxanol roxicodone salagen sandimmune seldane selegiline septra serax seroquel sertraline serzone "
    "sinemet sinequan singulair solumedrol soriatane spironolactone sporanox starlix stelazine strattera suboxone "
    "subutex sudafed symbicort symmetrel synthroid tambocor tamiflu tamoxifen taxol taxotere tegretol tenormin "
    "terazosin thalidomide theophylline thiamine thioguanine thorazine tiagabine ticlid timoptic tizanidine tobradex "
    "tobrex tofranil topamax toprol toradol tramadol trandate trazodone trental trexall tricor trileptal tylenol "
    "ultracet ultram valcyte valium valproate valtrex vancomycin vasotec venlafaxine ventolin verapamil vesicare "
    "viagra vicodin videx vinblastine vincristine vinorelbine viracept viramune vistaril vytorin warfarin wellbutrin "
    "xanax xarelto xeloda xenical xopenex yasmin zaditor zanaflex zantac zarontin zebeta zestoretic zestril zetia "
    "ziac ziagen zidovudine zithromax zocor zofran zoloft zometa zomig zonegran zonisamide zovirax zyban zyloprim "
    "zyprexa zyrtec zyvox";

const WordSet& Listed() {
  static const auto* const kWords = new WordSet(WordSetOf(kListed));
  return *kWords;
}

// How the endings end: most words end in none of these ways, and need not be compared with all.
WordSet LastLettersOf(const WordSet& endings) {
  WordSet last;
  for (const absl::string_view ending : endings) last.insert(ending.substr(ending.size() - kShortestEnding));
  return last;
}

bool HasStem(absl::string_view word) {
  static const auto* const kOther = new WordSet(WordSetOf(kOthers));
  static const auto* const kEnds = new WordSet(WordSetOf(kEndings));
  static const auto* const kLast = new WordSet(LastLettersOf(*kEnds));
  static const auto* const kBegins =
      new std::vector<absl::string_view>(absl::StrSplit(kBeginnings, ' ', absl::SkipEmpty()));
  if (word.size() < kMinStemmedLetters || kOther->contains(word)) return false;
  const auto begins = [&](absl::string_view stem) { return absl::StartsWith(word, stem); };
  const size_t longest = kLast->contains(word.substr(word.size() - kShortestEnding)) ? kLongestEnding : 0;
  for (size_t length = kShortestEnding; length <= std::min(longest, word.size()); ++length) {
    if (kEnds->contains(word.substr(word.size() - length))) return true;
  }
  return std::any_of(kBegins->begin(), kBegins->end(), begins);
}

}  // namespace

bool IsListedDrug(absl::string_view word) { return Listed().contains(word); }

bool LooksLikeDrug(absl::string_view word) { return IsListedDrug(word) || HasStem(word); }

}  // namespace bedside
