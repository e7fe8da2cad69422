#include "index/query/asker_words.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace bedside {
namespace {

// A word that may have clinical bearing is in none of these, be it an everyday one: old, tired, born, school, son.
constexpr char kFunctionWords[] =
    "a able about absolutely accent accounts across actually afford affords after again against agency ago ah "
    "ahead aid airport alike all almost along already alright also although always am among an and another any "
    "anybody anyhow anyone anyway anyways anywhere apart apartment app apparently appointment april are arent "
    "around arrived as aside association at august autocorrect away awesome back bakery band bar barely bc be "
    "beach because been before began begin begins behind believe believes beside besides between beyond big "
    "biology birthday bit block blog book border bored both bottom bought breakfast brief bring brings brought "
    "building bunch bus busy but by cafe call called calling calls came campus can cannot cant cares caring case "
    "casual cause center centre certain certainly charity chat check checked checking checks choir church cinema "
    "city class clearly clever client clients clinic clinical close closer closest club coffee college come comes "
    "coming committee company complete computer conference congress cool corridor cos could couldnt council "
    "country couple course coz cuz d dating day december def definitely defo department desk detail details "
    "dictated dictating didnt difficult dinner distant divorced do does doesnt doing done dont door downstairs "
    "downtown drives due dumb dunno during each eager earlier east eastern easy either em end engaged especially "
    "even ever every everybody everyone everything everywhere ex exactly factory far farm february feedback "
    "fellow few figure figured find finds firm first flat floor follow for form forum found foundation free "
    "friday friendly from front full funeral funny garage garden get gimme give glad go goes got grammar great "
    "grew guess guesses guidance gym had handover hanging happen happened happening happens hard hardly has hasnt "
    "hates have havent having he health healthcare heard hearing hears hence her here hes him holds holiday "
    "holidays home honestly hope hoped hopefully hopes hoping hospital hotel hour hours house however human i id "
    "idea if im important in inbox indeed individuals info information input inside insight instead internet into "
    "is island isnt issue it its ive january joined july june just keen keep keeping keeps kept keyboard kinda "
    "kitchen know known knows lake language laptop last later lecture let lets library likely line literally "
    "little live lived lives living ll local long look looked looking looks lost lot lots loved lovely loves "
    "lunch m made magazine mail mainly make makes making many march market married matter may maybe me mean meant "
    "meanwhile medical meeting meets mention mentioned mentions merely met midnight might mine minute minutes "
    "mobile moment monday month more mosque most mostly mountain moved moving much museum my n name named near "
    "nearby nearly neat need needs neighborhood neighbourhood neither never new newspaper next nice night no "
    "nobody noon nor north northern nosy not nothing november now nowhere number obviously october of off office "
    "often oh on once one ones online only onto open opinion or originally other others otherwise our out outside "
    "over own owns page paid pair parish park particularly partly party patient patients pay pays people perhaps "
    "person pharmacology phone phoned piece play plays plenty podcast polite poor portal possible possibly "
    "practice pretty prob probably probs project proud pub put puts quite r raise raised random rang rather re "
    "read reading reads real really reception rent renting rents replies response restaurant rich rides right "
    "road room round rounds run runs rural s said same sat saturday saw say saying says search searched seen sees "
    "self seminar sentence september serious seriously services set settle several share shares sharing she shes "
    "shift shop short should shouldnt shy side silly simple simply since sing single sings sit sits small smart "
    "so society sold some somebody somehow someone something somewhat somewhere soon sort sorta southern speak "
    "speaker speakers speaks spelling spoke spoken square staff stairs stands start started station stay stayed "
    "staying stays still stood store strange street stuff stupid subject such sunday supermarket suppose "
    "supposedly supposes sure surely survey synagogue table takes talked talks teach teaches temple term than "
    "that thats the theater theatre them then there therefore theres these they theyre theyve thing things think "
    "thinks this tho though thought thoughts thread through throughout thru thursday thus till tiny to today "
    "together tomorrow ton tonight tons too took topic totally tough toward towards town train translate "
    "translated translation tricky tuesday twice type typo typos u unable under understand understands understood "
    "union unit university unsure until up upon upstairs ur urban urgent us used uses using vacation ve very via "
    "video view views village visit visiting visits voice w waited waiting waits warehouse was wasnt watch "
    "watched watching way we website wedding wednesday week weekday weekend went were west western whats whether "
    "which while who whom widowed will wish wished with within without wont word words work worked working works "
    "workshop worried would wouldnt y ya yall yard year years yes yesterday you youd your youre youve zoom";
constexpr char kAskingWords[] =
    "additionally advance advise afaict afaik afternoon aha ahem ahoy aloha alrighty answer answers apologies "
    "apologise apologize apologizing appreciate appreciated argument arigato asap ask asked asking asks "
    "assignment assist assistance assisting attention attn aye basically behalf best bet bless blessings bonjour "
    "bother bothering briefly btw cheers ciao clarification clarify comment commented comments convey conveys "
    "cordially courteous curious cya danke dear debated debating describe describes discussed discussing dispute "
    "disturb doc doubt doubts ehm elaborate eli5 email emailed enlighten enquire enquired enquires enquiring "
    "enquiry er erm essay evening exam excuse explain explained explains explanation faithfully following "
    "followup forgive forgiveness forward forwarded forwarding frfr fwd fyi gday god gonna good goodness gosh "
    "gotta gracias grateful gratefully grazie greet greetings greets guten haha hahaha hallo happy hear heck hehe "
    "hello help helped helping helpme helps hey heya heyy hi hiya hm hmm hmmm hola homework honor honored honour "
    "honoured howdy humble humbly idk iirc imo inform inquire inquired inquires inquiring inquiry interest "
    "interested interrogates k kind kindly learn learning lemme letter light like likes lmao lmk lol love merci "
    "message messaged messages messaging mhm mind minding mmm moreover morning nah namaste ngl nope note nvm "
    "obliged obrigado ok okay okey ola omg oops oopsie outline pardon ping pinged please pleased pleasure pls plz "
    "point pointer pointers post posted posting posts prep preparation preparing presentation puzzled puzzling "
    "queried queries query question questions quick quickie quiz quote quoted quotes recommend reference "
    "regarding regards relay relayed relaying relays reply request requested requesting requests research "
    "researching respectfully revising revision rightio righto rofl salaam salam salutations send sender sends "
    "sent shalom shed signature signed sincere sincerely smh soo sooo sorry spasibo steer study studying submit "
    "submits submitted submitting suggestion suggestions summarise summarize summary support supportive ta tag "
    "talking taught tbh tell text texted texting thank thankful thanks thankyou thanx thnx thx tip tips tks tnx "
    "told training transcribed trivia trouble truly ttyl tweet tweeted ty tysm tyvm uh uhm um voicemail wanna "
    "want wanted wants warm welcome well whatsapp whoa wishes wonder wondered wondering wonders wow writes "
    "writing written wrote wtf xd yeah yep yo yours yup yw";
constexpr char kRelations[] =
    "abuela abuelo acquaintance acquaintances apprentice apprentices attendee attendees aunt auntie aunties aunts "
    "aunty babushka bestie besties bff bffs boss bosses boyfriend boyfriends bro brother brothers buddies buddy "
    "bunkmate caller callers clan classmate classmates co colleague colleagues companion companions comrade "
    "cousin cousins coworker coworkers customer customers dad daddy dads delegate delegates employee employees "
    "employer employers exes family father fathers fiance fiancee flatmate flatmates folks follower followers "
    "friend friends gf girlfriend girlfriends godfather godmother godparents gramps gran grandad granddad "
    "grandfather grandfathers grandma grandmother grandmothers grandpa grandparent grandparents grandpas grannies "
    "granny grans guest guests host hostess hosts household housemate housemates hubby hubbys husband husbands "
    "inlaw inlaws interns kin kinfolk kinsman landladies landlady landlord landlords law laws listener listeners "
    "lodger lodgers lover lovers ma mam mama mamma mate mates member members mentee mentees mentor mentors missis "
    "missus mom mommy moms mother mothers mum mummy mums nan nana nanna nanny neighbor neighbors neighbour "
    "neighbours nephew nephews niece nieces nonna nonno oma opa pal pals papa parent parents participant partner "
    "passenger passengers peer peers penpal pop poster reader readers relation relations relative relatives "
    "renter roommate roommates schoolmate sib sibling siblings sibs sis sister sisters sponsor spouse spouses "
    "stepbrother stepfather stepkid stepmother stepsister stranger strangers subordinate subscriber subscribers "
    "subtenant supervisor supervisors team teammate teammates tenant tenants trainees uncle uncles underling "
    "viewer viewers visitor visitors wife wifey wives worker workmate workmates";
constexpr char kOccupations[] =
    "accountant accountants actor actors actress admin administrator administrators adviser advisers advisor "
    "advisors agent agents analyst analysts announcer anthropologist architect architects archivist artist "
    "artists assistant astronomer attending attorney attorneys auditor author authors baker bakers banker bankers "
    "barber barista baristas barman bartender bartenders beautician biologist blacksmith bookkeeper bookseller "
    "bouncer bricklayer broker brokers builder builders bursar butcher butchers butler buyer cab cabbie cabdriver "
    "cameraman caregiver carer caretaker caretakers carpenter cashier cashiers caterer chaplain chauffeur "
    "chauffeurs chef chemist chemists chiropractor choirmaster civil cleaner cleaners clergyman clerk clerks "
    "coach coaches coder coders columnist comedian commuter composer concierge conductor constable consultant "
    "consultants contractor contractors cook cooks coordinator cop cops copywriter counsellor counselor courier "
    "couriers craftsman crna curator custodian dancer dancers dealer decorator dentist dentists deputy designer "
    "designers detective developer developers dietician dietitian dietitians diplomat director directors "
    "dispatcher dj docent docs doctor doctors dogwalker doorman draughtsman dressmaker driver drivers drummer "
    "economist editor editors electrician electricians emt engineer engineers entrepreneur executive executives "
    "farmer farmers farmhand finance firefighter firefighters fireman fisherman fishermen florist foreman "
    "forester freelancer gardener gardeners geographer geologist governess gp gps grad graduate grocer grocers "
    "groundskeeper guard guards guide guides guitarist gymnast hairdresser hairstylist handyman headmaster "
    "headmistress headteacher historian housekeeper housekeepers housewife illustrator imam inspector instructor "
    "instructors intern interpreter interpreters inventor investigator investor janitor janitors jeweler jeweller "
    "jockey joiner journalist journalists judge judges juror laborer labourer landscaper laundress lawyer lawyers "
    "leader lecturer lecturers legal librarian lifeguard linguist locksmith locum logistician lorry lyft "
    "machinist magistrate maid mailman manager managers manicurist marketing mason masseur masseuse mathematician "
    "mechanic mechanics mediator merchant messenger midwife midwives milkman minister model models monk musician "
    "musicians nannies negotiator newsreader notary novelist nun nurse nurseryman nurses officer officers "
    "official officials operator operators optician optometrist orderly organiser organist organizer owner owners "
    "painter painters paralegal paramedic paramedics parishioner pastor pathologist patrolman pharmacist "
    "pharmacists pharmacy phd philosopher photographer photographers physician physicians physicist physio "
    "physiotherapist physiotherapists pianist pilot pilots plasterer plumber plumbers poet police policeman "
    "policewoman policymaker politician porter porters postdoc postdoctoral postgrad postgraduate postman "
    "postwoman potter practitioner practitioners preacher president priest priests principal printer producer "
    "professors programmer programmers psychologist psychologists publican publisher rabbi radiographer "
    "radiologist ranger realtor receptionist receptionists recruiter referee registrar registrars rep reporter "
    "reporters representative reps researcher researchers resident residents restaurateur roofer sailor sailors "
    "sales saleslady salesman salesmen salesperson saleswoman scholar scholars scientist scientists sculptor "
    "seamstress secretaries secretary security senator sergeant servant server sexton shepherd sheriff shoemaker "
    "shopkeeper shopkeepers singer singers software soldier soldiers solicitor solicitors sommelier specialist "
    "specialists sportsman stationmaster statistician steward stewardess stockbroker stocker storekeeper student "
    "students stylist superintendent supplier surgeon surgeons surveyor tailor tailors taxi teacher teachers tech "
    "technician technicians technologist teller therapist therapists tiler trader traders trainee trainer "
    "trainers tram translator treasurer truck trucker truckers tutor tutors typist uber undergrad undergraduate "
    "undertaker usher valet vendor vendors veteran veterans veterinarian vets vicar violinist volunteer "
    "volunteers waiter waiters waitress waitresses ward warden watchmaker watchman weaver webmaster welder "
    "woodworker workers workman writer writers yogi zookeeper zoologist";
constexpr char kPersons[] =
    "bloke blokes chap chaps dude dudes females gal gals gentleman gentlemen guy guys lad ladies lads lady lass "
    "lassie madam males man men sir woman women";
constexpr char kInsurances[] =
    "aca aetna affordable ambetter anthem aok asylum aviva axa ayushman barmer bcbs beneficiaries beneficiary "
    "benefits bharat bill billed billing bills bpjs bulk bupa canceled cancelled cash centene cghs champva charge "
    "charges cheap chip cigna claim claims coinsurance compulsory concession copay copayment copayments copays "
    "cost costs cover coverage covered debt debts deductible deductibles dole elevance eligible enroll enrolled "
    "enrollee enrollment enrolment entitled entitlement esic exchange expensive expired fee fees fund funded "
    "funds gesetzlich gkv group hcf hdhp health hmo humana imss income individual ineligible insurance insure "
    "insured insurer insurers insures insuring invoice invoices issste jkn job jobs kaiser kasse krankenkasse "
    "lowincome mandatory marketplace means medi medibank medicaid medicare medisave medishield molina mutuelle "
    "nhif nhis nhs noninsured obamacare ohip payer payers payor permanente philhealth pkv plan pocket policies "
    "policy policyholder popular ppo premium premiums price prices pricing privat private public ramq reimburse "
    "reimbursed reimbursement renewal renewed scheme schemes secu seeker seguro sliding sponsored ssdi statutory "
    "subsidies subsidised subsidized subsidy techniker tier tricare underinsured undocumented unemployed unimed "
    "uninsurable uninsured united unitedhealthcare va visa voucher vouchers waiver welfare wellcare";
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

}  // namespace

AskerWord KindOfAskerWord(absl::string_view word) {
  const AskerWord listed = Listed(word);
  if (listed != AskerWord::kOther) return listed;
  for (absl::string_view before : {"step", "half", "grand", "great", "god"}) {
    absl::string_view relation = word;
    if (absl::ConsumePrefix(&relation, before) && Listed(relation) == AskerWord::kRelation) return AskerWord::kRelation;
  }
  return AskerWord::kOther;
}

}  // namespace bedside
