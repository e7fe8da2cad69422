#include "services/privacy/language_words.h"

namespace bedside {

const WordSet& Eponyms() {
  static const auto& names = *new WordSet(WordsOfList(R"(
achard adams addison adie adson albright alexander allen allis alport alstrom alzheimer andersen anderson angelman apert
apgar ardern argyll arnold asherman asperger auspitz aschoff austin babinski baker bankart bardet barlow barre barrett
barth barthel bartholin bartter basedow batten battle bazett beck becker beckwith beers behcet bell bellini bence bennett
berger berlin bernard best bickel bickerstaff biedl biermer billroth binet binswanger biot bishop bitot blalock bland bloom
blount blumberg boerhaave bohr bonnet bouchard bourneville bowen bowman braden bright broca brodie brown browning
brucella bruce brudzinski brugada bruton bryant budd buerger burch burkitt buruli cabot caffey calve canavan caplan capgras
carney caroli carpenter carter castleman centor chadwick chagas charcot charlson chediak cheyne chiari child
christmas chvostek clark cobb cockayne cockcroft codman coffin cogan cohn colles conn coombs cooley cooper corrigan
costen cotard cowden coxsackie cox cornell creutzfeldt crigler crohn cronkhite crouzon cruveilhier cullen curling cushing
dandy danlos darier dejerine dekker delphian dercum devic diamond digeorge dieulafoy down dravet dressler dubin
dubowitz duchenne duffy duke dukes duncan dupuytren duroziez eagle ebstein edwards ehlers eisenmenger ellis ellsworth
epley epstein erb esterly eustachian evans ewing fabry fallopian fallot fanconi farber farmer felty finkelstein
fitz fisher fleischner flynn forbes fordyce forrester fothergill fournier fowler framingham francis frank freiberg frey
friedreich froment fuchs fuhrman gaisbock galeazzi ganser gardner garrod gartner gaucher gault gehrig gell geneva
gerstmann gilbert gilles gitelman glasgow gleason goldman goldblatt goodpasture gordon gorlin gottron gowers gradenigo graefe
graham gram graves greenfield grey grocco groenblad guedel guerin guillain guthrie guyon haab hageman hailey hakim hallpike
ham hamilton hamman hand hansen harris harrison hartmann hartnup hashimoto haverhill heberden hebra heimlich heinz
heller helmholtz henderson henoch herlitz hermansky hers hertel hess hickman hill hinchey hippel hirschsprung hodgkin
hoffa hoffman hoffmann holmes homans holter holt hopkins horner horton houston howell hughes hunter huntington hurler hurst
hurthle hutchinson iselin ivor jaccoud jackson jacksonian jacob jacquet jadassohn jakob james janeway jarisch jeghers
jensen jerusalem jervell jewett johnson johanson jolly jones joseph joubert kallmann kanner kaplan kaposi kartagener kasabach kasai
kawasaki kayser kearns keith kelley kellgren kelly kernig kerley kienbock killip kimmelstiel kimura kinsbourne klatskin
klebsiella klein klinefelter klippel klumpke kniest kocher koch koebner kohler koplik korsakoff korotkoff kostmann krabbe
krause krukenberg kuhnt kupffer kurtzke kussmaul kveim lachman ladd laennec lafora lambert lance landau landsteiner
lange langerhans langer laron larrey lasegue laurence lawrence leber lebombo leigh lennox lenegre leopold leriche lesch leser
letournel letterer lev levine lewis lewy lhermitte liddle li libman lichtheim lille lisfranc little lobstein lockwood
loeys loffler looser louis lowe lown lowenberg lucey ludwig luebeck lugano lund lutembacher lyell lynch lyme machado mallory
malpighi mantoux marburg marfan marie marion maroteaux marshall martin mayer mayo mazzotti mcardle mcburney mccune
mcgill mcmurray mcroberts meckel meigs melkersson mendelson mendel menetrier meniere menkes merkel michaelis mikulicz miller
milroy minamata mirizzi mitchell mobitz moebius mohs moll mondor monro monteggia montgomery morgagni morley moro morquio
morrison morton moses muir munchausen murphy myerson naegele naffziger nelson newcastle newman niemann nikolsky nissen noonan
norwalk norwood ockham ogilvie oliver ollier ondine ormond ortolani osgood osler oslo osserman otto owen paget
pancoast panayiotopoulos paneth papanicolaou parkes parkinson pasteur patau patrick paul payr pearson pel pelger pelizaeus pendred
penfield perthes pesaran peter peters peutz peyer peyronie pfeiffer phalen philadelphia phillips pick pickwick pierre plummer
poland pompe poncet poppen potain pott potter prader pringle prinzmetal proteus pugh purkinje purtscher quervain quincke
rahe ramsay ramstedt rankin ranke ranson rapp rathke raynaud recklinghausen reed refsum reifenstein reilly reiter rendu
rett reye reynolds rich richter riedel riley rinne robin robinson roemheld rokitansky romberg rosai rosenthal ross roth
rothmund rotor roux rovsing roy rubinstein rumack rundles russell ryle sandhoff sanfilippo saint santorini schatzki scheie
schiller schilder schirmer schmidt schober schonlein schwachman schwartz schwann seip selye sertoli sever sezary sheehan
shwachman shy silver sims sipple sister sjogren skene sly smith sneddon snellen sonne sotos spencer spigelian spitz
sprengel spurling stanford stargardt starling steele steinert stein stensen stevens stewart stickler still stokes
strachan stromeyer strumpell sturge sudeck sweet sydenham syme swan ganz takayasu takotsubo tanner tay sachs taylor terry
thiersch thomas thompson thomsen tietze tinel todd tolosa torre tourette treacher treitz trendelenburg trousseau turcot turner
tzanck uhthoff unverricht usher valsalva vater verner vernet vincent virchow vogt volkmann voorhoeve waardenburg waldenstrom
waldeyer wallenberg wallace walker warburg ward warthin waterhouse watson weber wechsler wegener weil weill weir wells
werdnig werlhof wermer wernicke werner wertheim westermark weston wharton whipple white wickham wiedemann wilkins
willebrand williams willis wilms wilson winter wiskott wolf wolff wolfram wolman wright wood yates young zellweger zenker
ziehl neelsen zieve zollinger zuckerkandl kabuki mallampati sengstaken foley hickman kirschner hartnell swann minnesota
vancomycin ibsen kegel pavlik ilizarov harrington cotrel ponseti ottawa rockall glasgow blatchford nottingham epworth mallet
trendel bristol lund mackay norton waterlow braden karnofsky ecog zubrod wexner rutherford fontaine hunt hess fazekas
spetzler ogden pugh gustilo garden weber lauge salter schatzker danis neer frykman tscherne alvarado atlanta balthazar
wagner texas barthelme katz lawton beighton bosniak centor mcisaac jones duke stroke amsterdam rome vienna montreal paris
)"));
  return names;
}

const WordSet& EponymHeads() {
  static const auto& heads = *new WordSet(WordsOfList(R"(
disease diseases syndrome syndromes sign signs test tests score scores scale scales criteria criterion classification
palsy chorea lymphoma lymphomas sarcoma tumor tumors tumour tumours cell cells body bodies reaction reactions phenomenon
anemia anaemia ataxia dystrophy maneuver manoeuvre procedure operation repair fracture fractures contracture thyroiditis
triad tetrad law node nodes nodule nodules disorder disorders deficiency encephalopathy neuropathy arthropathy purpura
nephritis nephropathy colitis esophagus oesophagus diverticulum hernia duct ducts gland glands granulomatosis
macroglobulinemia index indices equation formula method technique stage staging grade grading system angina palsies
malformation malformations anomaly stain staining agar virus viruses fever catheter tube clamp shunt bandage position
incision approach patch fold folds ring rings spots spot line lines crystals ulcer ulcers gangrene cyst cysts sinus
phenotype mutation mutations gene genes protein proteins antigen antibody toxin complex pathway receptor ligand factor
factors study trial cohort questionnaire inventory guideline guidelines consensus rule rules principle
algorithm staging arthritis myopathy epilepsy seizure seizures esotropia cataract glaucoma keratitis dysplasia
leukodystrophy lipidosis mucopolysaccharidosis porphyria hepatitis cirrhosis stenosis aneurysm vasculitis
arteritis angiitis exanthem pox measles eczema psoriasis nevus melanoma carcinoma adenocarcinoma leukemia
leukaemia myeloma blastoma nephroblastoma hemangioma hyperplasia thrombophilia hemophilia haemophilia thrombasthenia
coma depression dementia aphasia psychosis encephalitis meningitis myelitis neuritis neuralgia tremor tic tics spasm
cardiomyopathy block arrhythmia murmur pulse respiration breathing effect oxygenation ventilation suture
flap graft stent valve prosthesis fusion osteotomy arthroplasty amputation exercise exercises technique
score's disease-like type variant form syndrome-like convention declaration protocol regimen checklist tool
wort report statement foundation university institute college society journal prize calculator nomogram
)"));
  return heads;
}

}  // namespace bedside
