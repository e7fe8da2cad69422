#include "index/query/asker_words.h"

#include <algorithm>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace bedside {
namespace {

// Everyday words that may have bearing (old, tired, born, son) belong in bearing_words.cc, which goes before these.
constexpr char kFunctionWords[] =
    "a able about absolutely academia accent accented account accounts across actually add address addressing afford "
    "affords after afternoons again against agency ago ah ahead ai aid ain airport aka alike all almost along "
    "already alright also although always am amateur among an anatomy and android another any anybody anyhow anyone "
    "anyway anyways anywhere apart apartment app apparently appointment apr april are aren arent argumentative "
    "around arrived art as aside association at aug august autocorrect away awesome back bad bag bags bakery band "
    "bar barely bars bbc bc be beach because been before began begin begins behind believe believes beside besides "
    "bet between beyond bf big bike bilingual bio biology birthday bit block blogs bluntly bookshop border bored "
    "boring bot both bots bottom bought bout box breakfast brief briefly bring brings brochure bronze brought browse "
    "browsed browser browsers browsing buddhism buff building bunch bus busy but buy by cab cafe cafes calendar call "
    "called calling calls came campus can cannot cant car cares caring cars case casual cause cc center centre ceo "
    "certain certainly cfo chance channel channels chapter chapters charity chat chatting check checked checking "
    "checks cheeky chemistry chess choir church cinema city classroom clearly clever client clients clinic clinical "
    "close closer closest club coffee college come comes coming committee community commute commuting company "
    "complete computer concert concerts conference conferences confusing congress context cool copies copy corridor "
    "cos could couldn couldnt council counter country couple coworking coz cto curious curriculum cus cuz d database "
    "databases dating day deadline dec december def definitely defo degree department desk desks detail details "
    "dialect dialects dictated dictating dictionary did didn didnt difficult dinner disagreements distant divorced "
    "do documentaries documentary does doesn doesnt doing don done dont door dorm dot downstairs downtown drives "
    "dummy dunno during each eager earlier east eastern easy edit edited edits eg either em email emails emoji emt "
    "end engaged english enrol enrols enthusiast era errand especially etc eu even evening evenings ever every "
    "everybody everyone everything everywhere ex exactly exclamation expert factory faq far farm fav fb feb february "
    "federal feedback fellow fence ferry few figure figured find finds firm first flat floor fluent fluently flyer "
    "folder folders follow for form formally forms forum found foundation frankly free fri friday fridays friendly "
    "from front full fun funeral funny garage garden geek geeky genuinely geography get gets getting gimme give glad "
    "glance glanced go goes gold gonna got gov gp great grew guesses guidance gym had hadn handover handwriting "
    "hanging happen happened happening happens hard hardly has hasn hasnt hates have haven havent having he headset "
    "health healthcare heard hearing hears hence her here herself hes hier him himself hmu hobbies hobby hobbyist "
    "holds holiday holidays home honest honestly hope hoped hopefully hopes hoping hospital hostel hotel hour hours "
    "house however human humble i ich id idea ideas ie if ig im important in inbox indeed individuals info "
    "informally information input inside insight instead interface interfaces internet interpret interpreting "
    "interprets into ipad iphone irl is island isn isnt issue ist it its ive jan january je job joined journal "
    "journals jul july jun june just keep keeping keeps kept key keyboard keypad kinda kitchen know known lab lake "
    "language laptop last later law layman laymans leaflet leaflets let lets library likely lil line lines literally "
    "literature little live lived lives living ll local long look looked looking looks lost lot lots loved lovely "
    "loves ltd luck lunch m made mail mainly make makes making manuscript many map mar march mark market married "
    "mathematics maths matter may maybe mba mcat me mean meant meanwhile med medical meeting meets mention mentioned "
    "mentions merely met mi microphone mid midnight might mine minute minutes misspelled misspelling mob mobile "
    "module modules moment mon monday mondays monolingual month more mosque most mostly mountain moved movie movies "
    "moving much multilingual municipal museum mustn my myself n nah name named national nclex near nearby nearly "
    "neat need needful needing needs neighborhood neighbourhood neither nerd nerdy net never new newspaper next ngo "
    "nice night nights no nobody noon nor north northern nosy not notebook notes nothing nov novels november now "
    "nowhere number nyc obviously oct october odd of off office often oh ol omw on once one ones online only onto "
    "open opinion opinions opposite or org originally osce other others otherwise our ours ourselves out outside "
    "over overhear overheard own owns page paid pair pamphlet paper papers parenthetical parish park particularly "
    "partly party patient patiently patients pay pays pdf pen people per perhaps person pharmacology philosophy "
    "phone phoned phones physics physiology pic pics piece platinum play plays plenty poems poetry polite poor "
    "possible possibly poster ppl practice pretend pretty printer printers pro prob probably probs program programs "
    "project promptly proud pub punctuation put puts puzzle puzzles q queue quickly quite r radio raise raised ran "
    "random rang rather re read reading reads real really reason reasons reception regional register registered "
    "registering registers rent renting rents replies respectful response restaurant retweet rich rides right road "
    "room roster rota round rounds run running runs rural rush s said same sat saturday saturdays saw say saying "
    "scholarship screen screenshot script scripts scroll scrolled scrolling search searched seen sees self seminar "
    "send sentence sentences sep september serious seriously server servers service services set settle several "
    "share shares sharing she shelf shelves shes shift shoot shop shops short shortly should shouldn shouldnt shy "
    "side silly silver simple simply since sing single sings sit sitcom sits skim skimmed skimming slang slide "
    "slides small smart smartphone so society sofa software sold some somebody somehow someone something somewhat "
    "somewhere soon sort sorta southern soy speak speaker speakers speaks spellcheck spelled spelt spoke spoken "
    "spreadsheet spreadsheets square staff stairs stands start started state station stay stayed staying stays stem "
    "still stood store straight strange street stubborn studio studios stuff subject subtitle subtitles such suis "
    "sum sun sunday sundays sup supermarket suppose supposedly supposes sure surely survey swiftly switch switched "
    "switches syllabus synagogue t table takes talk talked talks tax television temple term text than that thats the "
    "theater theatre them themselves then there therefore theres these they theyre theyve thing things think thinks "
    "this tho though thoughts thread through throughout thru thu thursday thursdays thus tidy till tiny to today "
    "together tomorrow ton tonight tons too took top topic totally tough toward towards town toy train trains tram "
    "trams transcript transcripts translate translated translation translator translators tricky trivia tue tuesday "
    "tuesdays tutorial tutorials tv twice type typed u uk un unable under understand understands understood uni "
    "union unit university unsure until up upon upstairs ur urban urgent url us usa use used useless uses using "
    "usmle usually vacation van ve version very via vid video vids view views village visit visiting visits voice "
    "vow vs w waited waiting waits ward warehouse was wasn wasnt watch watched watching way we web webinar webinars "
    "websites wed wedding wednesday wednesdays wee week weekday weekend weird went were weren west western whats "
    "whether which while who whom widowed wifi will win wish wished with within without won wont word words work "
    "worked working works workshop worried would wouldn wouldnt wow ya yard ye yeah year years yes yesterday yet you "
    "youd your youre yourself youve yrs zip zone zoo zoom";
constexpr char kAskingWords[] =
    "access additionally adore advance advise afaict afaik afternoon aha ahem ahoy alaikum alexa aloha alrighty "
    "annyeong answer answers anticipation apologies apologise apologize apologizing app appreciate appreciated "
    "appreciation apps argue argued argues arguing argument arguments arigato article articles asap ask asked asking "
    "asks assalamualaikum assignment assist assistance assisting attention attn autocorrected aye basically beg "
    "begging behalf best bet bless blessings blog bonjour bonsoir book books bot bother bothering bots briefly btw "
    "buenas buenos bugged bugging bye chatgpt cheerio cheers chime ciao citation citations clarification clarify "
    "clarity class classes comment commented comments concern convey conveys copilot cordially correspondence course "
    "courses courteous crossword crosswords curiosity curious cya danke dare dared dares dear debate debated debates "
    "debating deets describe describes dias dictated dictating dictation disagree disagreed disagreeing disagreement "
    "disagrees discussed discussing dispute dissertation disturb doc doubt doubts dumb ehm elaborate eli5 ello email "
    "emailed enlighten enquire enquired enquires enquiring enquiry er erm essay essays evenin evening evidence exam "
    "excuse explain explained explains explanation faithfully fascinated flashcards followup forgive "
    "forgiveness forward forwarded forwarding frfr furnish fwd fyi gday genius geniuses god gonna goodness "
    "google googled googling gosh gotta gpt gracias grammar grateful gratefully grazie greet greeting greetings "
    "greets guess guten haha hahaha hallo halp happy hear heck hehe hej hello helloo helo help helped helping helpme "
    "helps hey heya heyy heyyy hi hihi hii hiii hiya hm hmm hmmm hmmmm hola homework honor honored honour honoured "
    "howdy humble humbly idk ignorance iirc ily imo inform inquire inquired inquires inquiring inquiry "
    "interested interrogates intrigued intrusion jambo jk k kia kind kindest kindly konnichiwa learn learning "
    "lecture lemme letter light like likes listen lmao lmk login lol love magazine marhaba matters merci merhaba "
    "message messaged messages messaging mhm mind minding mmm moin moreover morgen mornin morning nah namaskar "
    "namaste newsletter ngl nope note novel nvm obliged obrigado oi ok okay okey ola omg oops oopsie ora outline "
    "pardon pardons ping pinged please pleased pleasee pleasure plis plox pls plss plz podcast point pointer "
    "pointers portal post posted posting posts pray preciate prep preparation preparing presentation privet pronoun "
    "pronouns puzzled puzzling q queried queries query question questions quick quickie quiz quizzes quizzing quote "
    "quoted quotes recommend reddit reference references regarding regards relay relayed relaying relays reply "
    "request requested requesting requests research researching respect respectfully responding response "
    "responses revising revision rightio righto rofl salaam salam salut salutations sawubona says searching seminar "
    "send sender sends sent servus shalom signature signed sincere sincerely siri site sites smh soo "
    "sooo sorry source sources spasibo spelling study studying stumped stupid submit submits submitted "
    "submitting suggestion suggestions summarise summarize summary sup ta tag tardes "
    "taught tbh teach teaches teaching tell text textbook textbooks texted texting thank thankful thankfulness "
    "thanking thanks thankyou thankyouu thanx thesis thnx thought thx tks tldr tnx told tool tools training "
    "transcribed trivia truly ttyl tweet tweeted ty typing typo typos tysm tyvm uh uhm um "
    "voicemail wager wanna want wanted wants wassup website welcome whatsapp whoa wiki wikipedia wishes "
    "wonder wondered wondering wonders wow write writes writing written wrote wtf xd xo xoxo y yall yeah yelp yep yo "
    "yoo yours yup yw";
constexpr char kRelations[] =
    "abuela abuelo acquaintance acquaintances apprentice apprentices attendee attendees aunt auntie aunties aunts "
    "aunty babushka bestie besties bff bffs boss bosses boyfriend boyfriends brah bro brother brothers bruh bruv "
    "buddies buddy bunkmate caller callers clan classmate classmates co colleague colleagues companion companions "
    "comrade cousin cousins coworker coworkers crew customer customers dad daddy dads delegate delegates employee "
    "employees employer employers exes fam family father fathers fiance fiancee flatmate flatmates folks follower "
    "followers friend friends gang gf girlfriend girlfriends godfather godmother godparents gramps gran grandad "
    "granddad grandfather grandfathers grandma grandmother grandmothers grandpa grandparent grandparents grandpas "
    "grannies granny grans guest guests homie homies host hostess hosts household housemate housemates hubby hubbys "
    "husband husbands inlaw inlaws interns kin kinfolk kinsman landladies landlady landlord landlords law laws "
    "listener listeners lodger lodgers lover lovers ma mam mama mamma mate mates member members mentee mentees "
    "mentor mentors missis missus mom mommy moms mother mothers mum mummy mums nan nana nanna nanny neighbor "
    "neighbors neighbour neighbours nephew nephews niece nieces nonna nonno oma opa pal pals papa parent parents "
    "participant partner passenger passengers peer peers penpal pop poster reader readers relation relations "
    "relative relatives renter roommate roommates schoolmate sib sibling siblings sibs sis sister sisters sponsor "
    "spouse spouses stepbrother stepfather stepkid stepmother stepsister stranger strangers subordinate subscriber "
    "subscribers subtenant supervisor supervisors team teammate teammates tenant tenants trainees uncle uncles "
    "underling viewer viewers visitor visitors wife wifey wives worker workmate workmates";
constexpr char kOccupations[] =
    "academic academics accountant accountants actor actors actress adjuster adjusters admin administrator "
    "administrators adviser advisers advisor advisors advocate advocates agent agents analyst analysts announcer "
    "anthropologist architect architects archivist artist artists assistant astronomer attending attorney attorneys "
    "auditor author authors baker bakers banker bankers barber barista baristas barman bartender bartenders "
    "beautician biochemist biologist biologists bishop blacksmith blogger bloggers bookkeeper bookseller bouncer "
    "bricklayer broker brokers builder builders bursar butcher butchers butler buyer cab cabbie cabdriver cameraman "
    "captain caregiver carer caretaker caretakers carpenter cashier cashiers caterer chancellor chaplain chaplains "
    "chauffeur chauffeurs chef chemist chemists chiropractor choirmaster civil cleaner cleaners clergyman clerk "
    "clerks coach coaches coder coders colonel columnist columnists comedian commuter composer concierge conductor "
    "constable consultant consultants contractor contractors cook cooks coordinator cop cops copywriter corporal "
    "counsellor counselor courier couriers craftsman crna curator custodian dancer dancers deacon dealer dean "
    "decorator dentist dentists deputy designer designers detective developer developers dietician dietitian "
    "dietitians diplomat director directors dispatcher dj docent docs doctor doctors dogwalker doorman draughtsman "
    "dressmaker driver drivers drummer economist editor editors educator educators electrician electricians emt "
    "engineer engineers enthusiast entrepreneur examiner examiners executive executives fan fans farmer farmers "
    "farmhand finance firefighter firefighters fireman fisherman fishermen florist foreman forester freelancer "
    "gardener gardeners geographer geologist governess gp gps grad graduate grocer grocers groundskeeper guard "
    "guards guide guides guitarist gymnast hairdresser hairstylist handyman headmaster headmistress headteacher "
    "historian housekeeper housekeepers housewife illustrator imam inspector instructor instructors intern "
    "interpreter interpreters inventor investigator investor invigilator janitor janitors jeweler jeweller jockey "
    "joiner journalist journalists judge judges juror laborer labourer landscaper laundress lawyer lawyers leader "
    "lecturer lecturers legal librarian lieutenant lifeguard linguist locksmith locum logistician lorry lyft "
    "machinist magistrate maid mailman manager managers manicurist marketing mason masseur masseuse mathematician "
    "mechanic mechanics mediator medic medics merchant messenger midwife midwives milkman minister model models monk "
    "musician musicians nannies negotiator nerds newsreader notary novelist novelists nun nurse nurseryman nurses "
    "officer officers official officials operator operators optician optometrist orderly organiser organisers "
    "organist organizer owner owners painter painters paralegal paramedic paramedics parishioner pastor pathologist "
    "patrolman pharmacist pharmacists pharmacy phd phds philosopher photographer photographers physician physicians "
    "physicist physio physiotherapist physiotherapists pianist pilot pilots plasterer plumber plumbers podcaster "
    "poet police policeman policewoman policymaker politician porter porters postdoc postdoctoral postgrad "
    "postgraduate postgraduates postman postwoman potter practitioner practitioners preacher president priest "
    "priests principal printer producer professors programmer programmers provost psychologist psychologists "
    "publican publisher quizmaster rabbi radiographer radiologist ranger realtor receptionist receptionists "
    "recruiter referee registrar registrars rep reporter reporters representative reps researcher researchers "
    "resident residents restaurateur reverend roofer sailor sailors sales saleslady salesman salesmen salesperson "
    "saleswoman scholar scholars schoolmaster schoolteacher scientist scientists sculptor seamstress secretaries "
    "secretary security senator sergeant servant server sexton shepherd sheriff shoemaker shopkeeper shopkeepers "
    "singer singers software soldier soldiers solicitor solicitors sommelier specialist specialists sportsman "
    "staffer staffers stationmaster statistician steward stewardess stockbroker stocker storekeeper student students "
    "stylist superintendent supplier surgeon surgeons surveyor tailor tailors taxi teacher teachers tech technician "
    "technicians technologist teller therapist therapists tiler trader traders trainee trainer trainers tram "
    "transcriber transcriptionist translator treasurer truck trucker truckers tutor tutors typist uber undergrad "
    "undergraduate undergraduates undertaker usher valet vendor vendors vet veteran veterans veterinarian vets vicar "
    "violinist volunteer volunteers waiter waiters waitress waitresses warden watchmaker watchman weaver webmaster "
    "welder woodworker workers workman writer writers yogi youtuber zookeeper zoologist";
constexpr char kPersons[] =
    "bloke blokes chap chaps dude dudes females gal gals gentleman gentlemen guy guys lad ladies lads lady lass "
    "lassie madam males man men sir woman women";
constexpr char kInsurances[] =
    "adeslas aetna affordable ahcip aia allianz ambetter amerigroup anthem aok asylum aviva axa ayushman "
    "badgercare barmer bcbs beneficiaries beneficiary benefits bharat bill billed billing bills bkk bluecross "
    "blueshield bpjs bulk bupa canceled cancelled carefirst caresource cash ccss centene cghs champva charge charges "
    "cheap cigna claim claims coinsurance compulsory concession copay copayment copayments copays cost costs "
    "cover coverage covered debeka debt debts deductible deductibles dkv dole elevance eligible emblemhealth "
    "employed enroll enrolled enrollee enrollment enrolment entitled entitlement esic exchange expensive expired "
    "fee fees fonasa fsa fund funded funds geha generali gesetzlich gkv group hcf hdhp health helsana highmark hmo "
    "hra hsa humana ikk imss income individual ineligible insurance insure insured insurer insurers insures insuring "
    "invoice invoices isapre issste jkn job jobs kaiser kasse kkh krankenkasse lowincome mandatory manulife mapfre "
    "marketplace masshealth means medi medibank medicaid medicare medisave medishare medishield molina mutuelle nhif "
    "nhis nhs nib noninsured obamacare ohip optum paid pay payer payers paying payor pays permanente philhealth pkv "
    "plan pocket policies policy policyholder popular ppo premera premium premiums prepaid price prices pricing "
    "privat private public ramq regence reimburse reimbursed reimbursement renewal renewed sanitas scheme schemes "
    "secu seeker seguro selfpay sliding soonercare sponsored ssdi statutory subsidies subsidised subsidized subsidy "
    "swica techniker tenncare tier tricare underinsured undocumented unemployed unimed uninsurable uninsured united "
    "unitedhealthcare va vgz vhi visa voucher vouchers waiver welfare wellcare wellmark wellpoint zilveren";
constexpr char kGroups[] =
    "aboriginal adventist afghan afghani african africans agnostic albanian algerian american americans amish "
    "ancestry andorran anglican angolan arab arabian arabic argentine argentinean argentinian armenian asexual "
    "ashkenazi asian asians assyrian atheist aussie australian austrian azerbaijani azeri background bahai "
    "bahamian bahraini bajan bangladeshi baptist barbadian basque belarusian belarussian belgian belizean bengali "
    "beninese berber bhutanese binary biracial bisexual black bolivian bosniak bosnian botswanan brazilian breton "
    "brit british brits bruneian buddhist bulgarian burkinabe burmese burundian cambodian cameroonian canadian "
    "canuck caribbean catalan catholic caucasian chadian chamorro chechen cherokee chicana chicano chilean "
    "chinese christian circassian cis cisgender colombian comorian congolese coptic cornish corsican costa creole "
    "croat croatian cuban cypriot czech dalit dane danish descent desi djiboutian dominican dutch dutchman "
    "ecuadorean ecuadorian egyptian emigrant emirati enby english englishman englishwoman equatorial eritrean "
    "estonian ethiopian ethnic ethnicity european europeans evangelical expat expats female feminine fijian "
    "filipina filipino finn finnish flemish foreign foreigner french frenchman frenchwoman gabonese galician "
    "gambian gay genderfluid genderqueer georgian german ghanaian greek grenadian guamanian guatemalan guinean "
    "gujarati guyanese gypsy haitian han hasidic hausa hawaiian hebrew heritage hindu hispanic hispanics hmong "
    "honduran hungarian hutu icelander icelandic igbo immigrant immigrants indian indigenous indonesian inuit "
    "iranian iraqi irish irishman irishwoman israeli italian ivorian jain jamaican japanese javanese jew jewish "
    "jordanian kazakh kenyan khmer kikuyu kiwi korean kosovan kosovar kurd kurdish kuwaiti kyrgyz lankan lao "
    "laotian lapp latina latinas latine latino latinos latinx latvian lebanese leonean lesbian lesotho lgbt lgbtq "
    "liberian libyan liechtenstein lithuanian lutheran luxembourgish macedonian malagasy malawian malay malayali "
    "malaysian maldivian male malian maltese maori marathi masculine mauritanian mauritian mayan mennonite "
    "methodist mexican micronesian migrant migrants minority mizrahi moldovan monegasque mongol mongolian "
    "montenegrin mormon moroccan mozambican multiracial muslim namibian native nauruan navajo nepalese nepali "
    "newfoundlander nicaraguan nigerian nigerien non nonbinary norwegian omani origin orthodox pakistani "
    "palestinian panamanian pansexual papuan paraguayan pashtun pentecostal persian peruvian pole polish "
    "portuguese presbyterian protestant puerto punjabi qatari quaker quebecois quechua queer race refugee "
    "refugees rican rohingya roma romani romanian roots russian rwandan salvadoran salvadorian sami samoan saudi "
    "scandinavian scot scots scotsman scottish senegalese sephardi serb serbian seychellois shia shiite sicilian "
    "sierra sikh sindhi singaporean sinhalese slav slavic slovak slovakian slovene slovenian somali south "
    "spaniard spanish sri sudanese sufi sunni surinamese swahili swazi swede swedish swiss syrian tahitian "
    "taiwanese tajik tamil tanzanian tatar telugu thai tibetan tobagonian tongan trans transgender trinidadian "
    "tunisian turk turkish turkmen tutsi ugandan uighur ukrainian uruguayan uyghur uzbek venezuelan vietnamese "
    "wallonian welsh welshman white xhosa yank yankee yemeni yemenite yoruba zambian zimbabwean zoroastrian zulu";
// Of two words, behind each other, that ask or plead together.
constexpr char kAskingPairs[] =
    "a favor,a favour,due respect,any clue,any idea,any ideas,any thoughts,be possible,first language,native "
    "language,mother tongue,last one,long story,"
    "more thing,new topic,next one,no hurry,no rush,no clue,no idea,one thing,real talk,right place,the thing,t "
    "judge,t laugh";
constexpr char kTitles[] = "dr miss mr mrs ms mx prof professor";

using Kinds = absl::flat_hash_map<absl::string_view, AskerWord>;

void AddKinds(const char* words, AskerWord kind, Kinds* kinds) {
  for (absl::string_view word : absl::StrSplit(words, ' ', absl::SkipEmpty())) (*kinds)[word] = kind;
}

const Kinds& AllKinds() {
  static const Kinds& kinds = *[] {
    auto* made = new Kinds();
    AddKinds(kFunctionWords, AskerWord::kFunction, made);
    AddKinds(kAskingWords, AskerWord::kAsking, made);
    AddKinds(kRelations, AskerWord::kRelation, made);
    AddKinds(kOccupations, AskerWord::kOccupation, made);
    AddKinds(kPersons, AskerWord::kPerson, made);
    AddKinds(kInsurances, AskerWord::kInsurance, made);
    AddKinds(kGroups, AskerWord::kGroup, made);
    AddKinds(kTitles, AskerWord::kTitle, made);
    return made;
  }();
  return kinds;
}

AskerWord Listed(absl::string_view word) {
  const auto found = AllKinds().find(word);
  return found == AllKinds().end() ? AskerWord::kOther : found->second;
}

// The word with each run of three letters or more cut to `length` letters: "pleaaase".
std::string WithoutRuns(absl::string_view word, size_t length) {
  std::string text;
  for (size_t begin = 0, end; begin < word.size(); begin = end) {
    end = std::min(word.find_first_not_of(word[begin], begin), word.size());
    text.append(end - begin < 3 ? end - begin : length, word[begin]);
  }
  return text;
}

}  // namespace

AskerWord KindOfAskerWord(absl::string_view word) {
  const AskerWord listed = Listed(word);
  if (listed != AskerWord::kOther) return listed;
  for (absl::string_view before : {"step", "half", "grand", "great", "god"}) {
    absl::string_view relation = word;
    if (absl::ConsumePrefix(&relation, before) && Listed(relation) == AskerWord::kRelation) return AskerWord::kRelation;
  }
  for (absl::string_view ending : {"ologist", "ologists", "iatrist", "iatrists", "iatrician", "iatricians"}) {
    if (absl::EndsWith(word, ending)) return AskerWord::kOccupation;
  }
  const AskerWord once = Listed(WithoutRuns(word, 1));
  const AskerWord kind = once == AskerWord::kOther ? Listed(WithoutRuns(word, 2)) : once;
  return kind == AskerWord::kFunction ? AskerWord::kAsking : kind;
}

bool AskTogether(absl::string_view word, absl::string_view next) {
  static const auto& pairs = *new absl::flat_hash_set<absl::string_view>(absl::StrSplit(kAskingPairs, ','));
  return pairs.contains(absl::StrCat(word, " ", next));
}

}  // namespace bedside
