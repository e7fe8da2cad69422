#include "tools/eval/privacy/name_stock.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "services/privacy/language_words.h"

namespace bedside {
namespace {

constexpr size_t kListedNames = 40;

constexpr absl::string_view kRareGiven =
    "Thandiwe Oluwaseun Xochitl Ngozi Eirlys Caoimhe Siobhan Tuuli Yevgenia Bakhyt Isioma Nkechi Tinashe Wambui "
    "Anneliese "
    "Bronwen Chidinma Dagny Eluned Fenella Gudrun Hyacinth Ieuan Jadwiga Kelechi Ludmila Mairead Niamh Oisin Pertti "
    "Quirino Rutendo Solvei Tadhg Ulrika Vasilisa Wioletta Xanthe Yaroslav Zsuzsanna";
constexpr absl::string_view kRareSurnames =
    "Achterberg Bjarnason Csikszent Dzhugashvili Eberhardt Fjeldstad Gwatkin Hrdlicka Iwuchukwu Jaskolski Kiprotich "
    "Lavoisin Mkhize Nakashian Oyelaran Przybylski Quaife Rautavaara Szczepanik Tchaikov Uzoma Vaitkus Wojciechow "
    "Xhaferi Ytterdal Zubizarreta Abernethy Brathwaite Cholmondeley Drummond Etxeberria Fotheringay Grunwald Hjelmstad "
    "Inzaghi Juskiewicz Kvernmo Llewellyn Mphahlele Nwosu";
constexpr absl::string_view kCities =
    "Ashbourne Brackwell Cheltenham Dunmore Elmhurst Fairhaven Grimsby Hartlepool Inverness Jarrow Keswick Lowestoft "
    "Marlborough Northampton Ormskirk Pontefract Querrin Rotherham Scarborough Tiverton Uttoxeter Vernonia Whitby "
    "Yeovil";

// Upper-case letter first, letters after it; generated names have digits behind them.
std::string Proper(std::string name) {
  name.erase(std::remove_if(name.begin(), name.end(), [](unsigned char c) { return absl::ascii_isdigit(c); }),
             name.end());
  absl::AsciiStrToLower(&name);
  if (!name.empty()) name[0] = absl::ascii_toupper(static_cast<unsigned char>(name[0]));
  return name;
}

void AddNamesOf(const nlohmann::json& resource, std::set<std::string>* given, std::set<std::string>* surnames) {
  for (const auto& name : resource.value("name", nlohmann::json::array())) {
    if (!name.is_object()) continue;
    surnames->insert(Proper(name.value("family", "")));
    for (const auto& part : name.value("given", nlohmann::json::array())) given->insert(Proper(part));
  }
}

absl::Status ReadFhir(const std::string& folder, std::set<std::string>* given, std::set<std::string>* surnames) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    std::ifstream file(entry.path());
    const nlohmann::json bundle = nlohmann::json::parse(file, nullptr, false);
    if (bundle.is_discarded()) return absl::InvalidArgumentError(entry.path().string() + " is not JSON");
    for (const auto& item : bundle.value("entry", nlohmann::json::array())) {
      const std::string type = item["resource"].value("resourceType", "");
      if (type == "Patient" || type == "Practitioner") AddNamesOf(item["resource"], given, surnames);
    }
  }
  return error ? absl::NotFoundError(absl::StrCat("no folder ", folder, ": ", error.message())) : absl::OkStatus();
}

void AddListed(const WordSet& words, std::set<std::string>* names) {
  std::set<std::string> plain;
  for (const absl::string_view word : words) {
    if (!NamesThatAreWords().contains(word)) plain.insert(Proper(std::string(word)));
  }
  size_t index = 0;
  for (const std::string& name : plain) {
    if (index++ % std::max<size_t>(1, plain.size() / kListedNames) == 0) names->insert(name);
  }
}

std::vector<std::string> Half(const std::set<std::string>& names, bool for_report) {
  std::vector<std::string> half;
  for (const std::string& name : names) {
    const bool reported = static_cast<unsigned char>(Sha256(name)[0]) % 2 == 0;
    if (!name.empty() && reported == for_report) half.push_back(name);
  }
  return half;
}

std::set<std::string> SetOf(absl::string_view words) { return absl::StrSplit(words, ' ', absl::SkipEmpty()); }

}  // namespace

absl::StatusOr<NameStock> ReadNameStock(const std::string& fhir, bool for_report) {
  std::set<std::string> given = SetOf(kRareGiven), surnames = SetOf(kRareSurnames);
  if (!fhir.empty()) RETURN_IF_ERROR(ReadFhir(fhir, &given, &surnames));
  AddListed(GivenNames(), &given);
  AddListed(Surnames(), &surnames);
  return NameStock{Half(given, for_report), Half(surnames, for_report), Half(SetOf(kCities), for_report)};
}

}  // namespace bedside
