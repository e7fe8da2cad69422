#include "services/privacy/language_words.h"

namespace bedside {

const WordSet& CommonWords() {
  static const auto& words = *new WordSet(WordsOfList(R"(
a about above across acute add after again against age aged ago all allergic allergies allergy alone along already also
although always am among an and another any anyone anything apply are around as asian ask at avoid away back bad based be
because become been before begin being below beneath benefit best better between big black blood both bp brief bring but by
call can cannot care case cases cause caused causes center centre change chart check child children chronic client clinic
clinical clinician close colleague come compare compared concerning condition consent consider contact contraindicated
control could criteria currently cut daily data date daughter day days dear decide decrease define describe developed
diabetic diagnosed diagnosis did difference different discuss disease do doctor does doing done dose dosing down drug drugs
due during each early eat effect effective effects effectively eg either elderly elective else emergency end ensure enough
estimate etc evaluate even ever every evidence exam examination example except explain family father fax female few fifth
find fine first five following follow followup for found four from full further future gave general generally get give given
go goes going good got gp great group guideline guidelines had half has have having he health heart help her here hers
hi high higher him his history home hospital hospitals hour hours how however husband i identify ie if immediate important
improve in incidence include included includes including increase indication indicated infant infection initial initiate
injection inpatient instead interpret intervention into is it its itself just keep kidney kind know known lab labs lack
large last late later latest least leave left less let level levels life like likely list listed little live liver long
longer look low lower lung made main major make makes male man manage managed management many mark markers match may me mean means
measure measured medical medication medications medicine medicines mental met method methods mg middle might mild minor
minute minutes missed ml mm moderate molecular month monthly months more morning most mother mr mrs ms much multiple must my name names
need needed needs negative neonate neurologist never new newborn newly next night no non none nor normal not note noted
notes nothing now nurse nursing obese obtain of off offer often old older on once one only onset open optimal options or
oral order other others our out outcome outcomes outpatient over own pain parent parents part patient patients people per
perform persistent person persons phone physician place plan please pneumonia policy positive possible post postoperative
potential pre predict pregnancy pregnant prescribe prescribed present presented presenting presents prevent prevention
previous primary prior probable problem procedure progress prognosis prophylaxis provide provided purpose question quick
range rapid rate rather re reading reason recent recently recommend recommendation recommendations recommended record
reduce refer referral regarding related relevant remember remove repeat report reported require required resistance respond
response result results review right risk risks role room routine rule safe safety said same sample saw say screening second
section see seek seen serious serum serve set severe severity sex she short should show shown side signs signature since single
sister six skin small so some someone something son soon specific stage standard start started starting states status step
steps steroid stop stopped strategies strong study studies such sudden suggest suggested summarise summarize summary support
suppose surgeon surgery surgical suspected symptom symptoms table take taken takes taking target team tell ten term test testing tests
than thank thanks that the their them then therapy there therefore these they thing things think third this those though
three through thus time times to today told tomorrow too took total toward toxic treat treated treating treatment treatments
trial trials try two type types typical typically under unless until up update upon urgent us use used useful user uses using
usual usually vaccine vaccination value versus very via view visit vs want warning was way we wean week weekly weeks well were what
whats when whenever where whereas whether which while white who whole whom whose why wife will with within without woman
women work worsening would write year years yes yesterday yet you young your
january february march april june july august september october november december monday tuesday wednesday thursday friday
saturday sunday mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec am pm
hi hello regards sincerely kind urgent private confidential subject reference referred referring admitted admission discharge
discharged followup attended reviewed signed accompanied lives living complains complaining denies endorses underwent describe
adult adults boy girl baby toddler teenager adolescent neonatal paediatric pediatric geriatric maternal fetal aspirin insulin
metformin warfarin heparin ibuprofen paracetamol acetaminophen morphine antibiotics antibiotic statin statins steroids
chemotherapy radiotherapy immunotherapy dialysis transplant ward unit department service services clinics trust board
committee ministry institute university college school academy association society foundation organization organisation
council agency federal national international regional local public royal saint st mount lake river north south east west
northern southern eastern western central upper inner outer greater memorial community county city town village street
hypertension diabetes asthma copd cancer stroke sepsis fever cough migraine epilepsy anemia anaemia obesity depression anxiety dementia
psoriasis arthritis gout lupus eczema malaria tuberculosis hiv aids covid influenza hepatitis cirrhosis pancreatitis
appendicitis cholecystitis colitis gastritis reflux ulcer hernia fracture osteoporosis thyroid hypothyroidism
hyperthyroidism renal cardiac hepatic pulmonary cerebral vascular gastric intestinal urinary venous arterial spinal
atrial ventricular coronary aortic mitral bacterial viral fungal parasitic genetic familial congenital idiopathic
systemic topical intravenous subcutaneous intramuscular rectal nasal ocular otic dermal vaginal buccal sublingual
magnetic computed ultrasound echocardiogram electrocardiogram biopsy endoscopy colonoscopy laparoscopy craniotomy
vitamin iron calcium magnesium potassium sodium zinc folate thiamine omega glucose lactate creatinine troponin albumin
bilirubin hemoglobin haemoglobin platelets neutrophils lymphocytes protein enzyme gene receptor antibody antigen inhibitor
blocker agonist antagonist beta alpha gamma delta kappa lambda sigma factor
american british canadian european australian african japanese chinese indian world united kingdom
)"));
  return words;
}

}  // namespace bedside
