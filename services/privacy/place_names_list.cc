#include "services/privacy/language_words.h"

namespace bedside {

const WordSet& Cities() {
  static const auto& cities = *new WordSet(WordsOfList(R"(
aberdeen abuja accra adelaide albany albuquerque alexandria algiers amman amsterdam anchorage ankara antwerp athens atlanta
auckland austin baghdad baltimore bangalore bangkok barcelona barnsley basel bath beijing beirut belfast bergen berlin
bern bilbao birmingham blackburn blackpool bogota boise bologna bolton bonn bordeaux boston boulder bournemouth bradford
brighton brisbane bristol brooklyn brussels bucharest budapest buffalo cairo calgary cambridge canberra cardiff caracas
casablanca charleston chennai chester chicago cincinnati cleveland cologne colombo columbus copenhagen cork coventry
croydon dakar dallas damascus darlington delhi denver derby detroit dhaka doncaster dortmund dresden dublin dubai dundee
durban durham dusseldorf edinburgh edmonton eindhoven essen exeter florence frankfurt fresno galway gateshead geneva genoa
ghent gloucester gothenburg graz grenoble guadalajara guangzhou guildford halifax hamburg hanoi hanover harare harlem
hartford havana helsinki honolulu houston huddersfield hull hyderabad indianapolis ipswich islamabad istanbul jaipur
jakarta jeddah jerusalem johannesburg kabul kampala karachi kathmandu kiev kingston kolkata krakow kyiv kyoto lagos lahore
lancaster leeds leicester leipzig leuven lille lima limerick lincoln lisbon liverpool ljubljana london luton lyon madrid
malmo manchester manila maputo marseille melbourne memphis miami middlesbrough milan milwaukee minneapolis minsk montevideo
montreal moscow mumbai munich nagoya nairobi nantes naples nashville newark newcastle norwich nottingham nuremberg oakland
omaha orlando osaka oslo ottawa oxford palermo paris perth philadelphia phoenix pittsburgh plymouth portland portsmouth porto
prague preston pune quebec quito raleigh reading reykjavik richmond riga riyadh rochester rome rotterdam sacramento salford
salzburg santiago sapporo sarajevo seattle seoul seville shanghai sheffield singapore sofia southampton southend spokane
stockholm stockport stoke strasbourg stuttgart sunderland swansea swindon sydney taipei tallinn tampa tampere tbilisi tehran
tokyo toledo toronto toulouse tucson tulsa tunis turin utrecht valencia vancouver venice verona vienna vilnius wakefield
walsall warsaw watford wellington wigan winnipeg wolverhampton worcester wuhan york zagreb zurich brockton quincy worcester
springfield marlborough westborough attleboro templeton baldwinville plainville milton weymouth haiphong
)"));
  return cities;
}

const WordSet& WidePlaces() {
  static const auto& places = *new WordSet(WordsOfList(R"(
afghanistan africa african alabama alaska albania algeria america american angola argentina arizona arkansas armenia asia
asian australia australian austria azerbaijan bahrain bangladesh belarus belgium bolivia bosnia botswana brazil britain
british bulgaria california cambodia cameroon canada canadian caribbean carolina chile china chinese colombia colorado
congo connecticut croatia cuba cyprus czech dakota delaware denmark dutch ecuador egypt england english eritrea estonia
ethiopia europe european finland florida france french georgia german germany ghana greece guatemala guinea haiti hawaii
honduras hungary iceland idaho illinois india indian indiana indonesia iowa iran iraq ireland irish israel italian italy
jamaica japan japanese jersey jordan kansas kazakhstan kentucky kenya korea korean kosovo kuwait latin latvia lebanon
liberia libya lithuania louisiana luxembourg madagascar maine malawi malaysia mali malta maryland massachusetts mauritius
mexican mexico michigan minnesota mississippi missouri moldova mongolia montana morocco mozambique myanmar namibia nebraska
nepal netherlands nevada hampshire new nicaragua niger nigeria norway oceania ohio oklahoma oman ontario oregon pakistan
panama paraguay pennsylvania peru philippines poland portugal qatar quebec romania russia russian rwanda saharan samoa
saudi scandinavia scotland scottish senegal serbia sierra leone slovakia slovenia somalia south spain spanish sri lanka
sudan sweden swedish switzerland syria taiwan tanzania tennessee texas thailand togo trinidad tunisia turkey uganda
ukraine uk usa utah uruguay uzbekistan venezuela vermont vietnam virginia wales washington welsh wisconsin wyoming yemen
zambia zimbabwe east west north central northern southern eastern western arabia emirates kingdom states united
)"));
  return places;
}

}  // namespace bedside
