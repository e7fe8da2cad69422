#include "services/privacy/language_words.h"

namespace bedside {

const WordSet& Surnames() {
  static const auto& names = *new WordSet(WordsOfList(R"(
abbott abdi abdullah abe abraham acosta adams adamski adebayo agarwal aguilar ahmed akhtar ali allen alonso alvarez
andersen anderson andersson andrews arias armstrong arnold arora ashton atkinson austin ayala bailey baker banerjee barker
barnes barnett barrera barrett barry bartlett bauer baxter becker bell beltran bennett benson berg berger bernard bergstrom
berry bianchi bishop black blake blanc bowen bowman boyd boyle bradley brady brennan briggs brooks brown bryant burgess
burke burns burton bush butler byrne cabrera cain caldwell calderon campbell campos cannon cardenas carlson carpenter carr
carrillo carroll carter castillo castro cervantes chambers chan chandler chang chapman charles chavez chen cheng cheung
choi chowdhury christensen chung clark clarke clayton cohen cole coleman collins conley connolly contreras conway cook
cooper cordova cortez costa cox craig crawford cruz cunningham curtis dang daniels das davidson davies davis dawson
delgado desai deshmukh dhillon diaz dixon dominguez donnelly douglas doyle duarte dubois duncan dunn duran duval edwards
elliott ellis erickson eriksson escobar esposito espinoza estrada evans farah farrell ferguson fernandes fernandez ferrari
fields figueroa fischer fisher fitzgerald fleming fletcher flores flynn ford foster fowler fox franklin fraser frazier
freeman fuentes fujita fuller gallagher gallardo gallo garcia gardner garner garrett garza george gibson gilbert gill
gomes gomez gonzales gonzalez goodman goodwin gordon gracia graham grant graves gray greco green greene griffin griffith
guerrero gupta gustafsson gutierrez guzman haas hale hall hamilton hansen hanson harding hardy harper harris harrison hart
hartmann harvey hassan hawkins hayes henderson henry hernandez herrera hicks higgins hill hinojosa ho hoang hoffman hoffmann
holland holmes holt hopkins horvath howard howell huang hudson huffman hughes hunt hunter hussain hussein huynh ibarra
ibrahim iqbal ivanov iyer jackson jacobs jacobsen james janssen jansen jenkins jennings jensen jimenez johansen johansson
johnson johnston jones jordan joseph joshi juarez kang kaplan kapoor karlsson kaur kaya keller kelley kelly kennedy kent
kenny khan kim king klein knight kobayashi koch kowalski kozlov kramer krause kruger kumar kuznetsov lambert lane lang
larsen larson lawrence lawson le lebedev lee lehmann leon leonard lewis li lim lin lindberg lindgren liu lloyd lombardi
long lopez lowe lucas luna lynch ma macdonald machado mackenzie mahmood maldonado malik mann manning marino marquez
marsh marshall martin martinez martins mason matthews maxwell mccarthy mccoy mcdonald mcgrath mckenzie mclaughlin mclean
mcmahon medina mehta mejia melendez mendez mendoza mensah mercado meyer miller mills mishra mitchell mohamed molina
montgomery montoya moore morales moran moreau moreno morgan moretti mori morris morrison moser moss mueller mukherjee muller
munoz murphy murray myers nair nakamura naranjo navarro nelson neumann newman ng nguyen nguyen nichols nielsen nilsson
noble nolan novak nowak nunez obrien ochoa oconnor odonnell ohara okafor okonkwo oliveira oliver olsen olson oneill orozco
ortega ortiz osborne owens owusu ozturk pacheco padilla page palmer papadopoulos park parker parks patel patterson payne
pearson pedersen pena pereira perez perkins perry peters petersen peterson petrov pham phillips pierce popov porter potter
powell price quinn quintero rahman ramirez ramos rao reddy reed reid reilly reyes reynolds ricci rice richards richardson
richter riley rios ritter rivas rivera roberts robertson robinson rocha rodrigues rodriguez rogers rojas romano romero rosales
rose ross rossi rossmann roux rowe ruiz rubio russell russo ryan salazar salinas sanchez sanders sandoval santiago santos sato
saunders schaefer schmidt schmitt schneider scholz schroeder schubert schultz schulz schumacher schwartz schwarz scott
serrano sharma shaw sheikh shepherd sherman shevchenko shimizu silva simmons simpson singh smirnov smith snyder sokolov
solis sorensen soto sousa spencer stanley stein stephens stevens stevenson stewart stone suarez sullivan sutton suzuki
svensson swanson szabo takahashi tan tanaka taylor thomas thompson thomson tiwari torres townsend tran trujillo tucker
turner underwood valdez valencia valenzuela vargas vasquez vazquez vega velasquez verma villa villanueva virtanen vogel
volkov wagner walker wallace walsh walters wang ward warren watanabe watkins watson watts weaver webb weber webster weiss
wells werner west wheeler white wilkins wilkinson williams williamson willis wilson winkler wolf wolfe wong wood woods
wright wu yamamoto yang yilmaz yoshida young yusuf zamora zapata zhang zhao zheng zhou zhu ziegler zimmermann
)"));
  return names;
}

}  // namespace bedside
