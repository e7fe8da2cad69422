#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "services/privacy/language_words.h"

namespace bedside {

WordSet WordsOfList(absl::string_view text) { return absl::StrSplit(text, absl::ByAnyChar(" \n"), absl::SkipEmpty()); }

const WordSet& GivenNames() {
  static const auto& names = *new WordSet(WordsOfList(R"(
aaron abdul abdullah abigail abraham adam adele adrian adriana agnes agnieszka ahmad ahmed aisha aiden akira alan albert
alberto alejandra alejandro aleksander alessandra alessandro alex alexander alexandra alexis alfred alfredo ali alice
alicia alina alison allan allen alma alvaro alyssa amanda amber amelia amina amir amit amy ana anand anastasia andre
andrea andreas andrei andres andrew andrzej angela angelica angelina angelo anil anita anja ann anna anne annette annie
anthony antoine anton antonia antonio anthony april aria ariana ariel arjun armando arnold arthur arturo arun asha ashley
astrid audrey augustus aurora austin ava barbara barry beatrice beatriz belinda ben benjamin bernadette bernard bernd
bernice bert beth bethany betty beverly bianca bill billy bjorn blake bob bobby bonnie boris brad bradley brandon brenda
brendan brian bridget britney brittany bruce bruno bryan caitlin caleb calvin cameron camila camille candice carl carla
carlo carlos carmen carol carole carolina caroline carolyn carrie casey cassandra catalina catherine cathy cecilia cedric
celia celine cesar chad chandra charlene charles charlie charlotte chelsea cheryl chiara chloe chris christian christina
christine christopher chuck cindy claire clara clarence claude claudia claudio clayton clifford clive cody colin colleen
connor conrad constance corey cornelia courtney craig cristina crystal curtis cynthia daisy dale damian damien dan dana
daniel daniela danielle danny daphne darius darlene darrell darren dave david dawn dean deborah debra deepak denise dennis
derek desmond devin diana diane diego dieter dimitri dina dmitri dolores dominic dominique don donald donna dora doreen
doris dorothy doug douglas duncan dustin dylan earl ebony eddie edgar edith edmund eduardo edward edwin eileen elaine
eleanor elena eli elias elijah elisa elisabeth elise eliza elizabeth ella ellen ellie elsa emil emilia emilio emily emma
emmanuel enrique eric erica erik erika erin ernest ernesto esperanza esther ethan eugene eugenia eva evan eve evelyn
fabian fabio faith farah fatima fatma felicia felicity felipe felix fernanda fernando filip fiona florence frances
francesca francesco francis francisco frank franz fred freda frederick frida gabriel gabriela gabrielle gail gareth gary
gavin gemma genevieve geoffrey george georgia georgina gerald geraldine gerard gerardo gerhard gertrude gianna gideon
gilbert giles gina giovanni gisela giulia giuseppe gladys glen glenn gloria gonzalo gopal gordon grace graham grant
greg gregor gregory greta guadalupe guillermo gunther gustavo guy gwen hamid hamza hana hanna hannah hans harish harold
harriet harry harvey hasan hassan hazel heather hector heidi heinrich helen helena helene helga henry herbert herman
hilary hiroshi holly hope howard hubert hugh hugo hussein ian ibrahim ida ignacio igor ilse imran ines ingrid inga irene
iris irma isaac isabel isabella isabelle isaiah ishaan ismail ivan ivana ivy jack jackie jackson jacob jacqueline jacques
jade jaime jake jamal james jamie jan jana jane janet janice jared jasmine jason javier jay jayden jean jeanette jeff
jeffrey jelena jenna jennifer jenny jeremy jerome jerry jesse jessica jesus jill jim jimmy jin jo joan joann joanna
joanne joaquin jocelyn jody joe joel johan johanna johannes john johnny jon jonas jonathan jordan jorge jose josef
joseph josephine josh joshua joy joyce juan juana juanita judith judy julia julian juliana julie juliet julio julius june
jurgen justin justine kamal karen kareem karim karin karl karla kate katherine kathleen kathryn kathy katie katja
katarzyna kayla keith kelly kelvin ken kenji kenneth kerry kevin khadija khalid kim kimberly kirk kirsten klaus kofi krista
kristen kristin kristina krzysztof kumar kurt kwame kyle lakshmi lamar lance lara larry lars latoya laura lauren laurence
lawrence layla lea leah lee leila lena leo leon leonard leonardo leroy leslie leticia lewis liam lidia lillian lily linda
lindsay lisa lloyd logan lois lola lorena lorenzo loretta lori lorraine louis louisa louise lourdes luca lucas lucia
luciana lucille lucy luigi luis luisa luke luther lydia lynda lynn mabel madeleine madison magdalena mahmoud makayla
malcolm malgorzata malik mandy manuel manuela marc marcel marcela marcia marco marcos marcus margaret margarita maria
mariam mariana marie marilyn marina mario marion marisol marissa marjorie mark marlene marta martha martin martina marvin
mary maryam mateo mathew matilda matteo matthew matthias maureen maurice mauricio max maxine may maya megan mehmet mei
melanie melinda melissa melody melvin mercedes meredith michael michaela michal michel michele michelle miguel mikhail
mildred miles milton mina mindy minh ming miranda miriam mitchell mohamed mohammad mohammed mohan moira molly mona monica
monique morgan moses muhammad muriel mustafa myra nabil nadia nadine nancy naomi naresh natalia natalie natasha nathan
nathaniel neha neil nelson nicholas nicola nicolas nicole nigel nikhil nikola nina noah noel noor nora norma norman nuria
octavio olga oliver olivia olivier omar oscar osman otto owen pablo pamela paola paolo parveen pascal patricia patricio
patrick paul paula paulina pauline pavel pearl pedro peggy penelope penny percy perry peter petra phil philip philippa
phillip phoebe phyllis pierre piotr pilar polly prakash pranav preeti priscilla priya quentin rachel radha rafael rahul
raj rajesh ralph ramesh ramon ramona randall randy raquel rashid raul ravi ray raymond rebecca regina reginald rekha rene
renee reza rhonda ricardo richard rick ricky rita rob robert roberta roberto robin rocio rodney rodrigo roger roland
rolf roman ron ronald rosa rosalind rosanna rosario rose rosemary ross roxanne roy ruben ruby rudolf rudy rupert russell
ruth ryan sabine sabrina sadie said sally salma salman salvador sam samantha samir samuel sandeep sandra sandy sanjay
santiago sara sarah sasha saul scott sean sebastian selena selma serena sergei sergio seth shanice shankar shannon sharon
shaun shawn sheila shelley sherry shirley shreya sidney siegfried sierra silvia simon simone sofia solomon sonia sonja
sophia sophie spencer stacey stacy stanislaw stanley stefan stefanie stella stephanie stephen steve steven stewart stuart
sue sunil sunita suresh susan susana susanne suzanne svetlana sven sydney sylvia tamara tamika tammy tanya tara tariq tasha
tatiana taylor ted terence teresa terri terry tessa thelma theodore theresa thomas tiffany tim timothy tina toby todd tom
tomas tomasz tommy toni tony tracey tracy travis trevor tricia trinity troy tyler tyrone uma ursula valentina valeria
valerie vanessa vera verna veronica vicki vicky victor victoria vijay vikram vincent vincenzo viola violet virginia vivian
vladimir vivek wade walter wanda warren wayne wei wendy werner wesley wilfred wilhelm will william willie wolfgang xavier
ximena yasmin yasmine yolanda yosef youssef yuki yusuf yvette yvonne zachary zainab zara zoe zofia
)"));
  return names;
}

const WordSet& NamesThatAreWords() {
  static const auto& names = *new WordSet(WordsOfList(R"(
alma amber angel april aria art aurora austin autumn basil bill blake bishop booker brook brooks brown bush butler cane
carol carter case cash chad chance chandler chase chelsea christian church clay coleman cook cooper crystal cross daisy
dale dan dawn day dean drew don duke earl eve faith field fields fisher florence ford forest foster fox francis frank
frost gale garden garland gates gene georgia glen golden grace grant gray graves green grey guy hall hand harmony hazel
head heart heath herb hill holly holmes hope house hunt hunter iris ivory ivy jack jade jasmine jay jean jesus joy judge
june king knight lake lamb lance lane law levy lily little logan long lot love lynn madison mark mason max may mercedes
mercy miles miller milton mina ming min minor moon moore moses mint mitt morgan myrtle norm north olive page paige park
parks pat patience pearl penny per pepper perry peter pierce piper poole pope porter potter power powers price prince
pride pure rain ramp randy ray reading reed rice rich rick rob robin roman rose ross roth rowe roy ruby rush russell said
salt sandy saul savage serena shade sharp shepherd short sierra sky small snow son song spring stark starr stone strong
sue summer sun sung swan swift sydney taylor ted terry tim tom tour tower tran trinity turner urban van vera vernal
victor viola violet virginia vista wade walker wall walls ward warm waters webb weeks wells west wheeler white wild will
winter wise wolf wood woods woody york young asia asher an ha ho hu hung in le lee lo lu ma me mo no so to tu wang wei wu
xi xu yang ye yi yu yuan li bo bay dam do he hear her hong sage sol star stein storm bell best bond bone bowel bird black
blood bright burns camp cotton cherry curry dial drake english fast french german grave hardy hart hay hooper hope ireland
israel jordan kay kent kidd lister lucas marsh march marshall marks marrow mills mole mullins nails nelson newborn nichol
noble noel oak orange painter palmer parish parsons pace pear peak pollen pool post pratt rake ratio rivers root roots
rowland sands singer skinner small smart spears speed spence spitz steel sterling strange street summers sweet tanner
temple thorn thyme tucker twin valley vein wallace walsh ware weaver webber wing winters worm wren yale zest max ron
kim abbott bayer lilly merck pfizer roche
)"));
  return names;
}

}  // namespace bedside
