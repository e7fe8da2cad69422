#include "tools/eval/privacy/planted_text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "services/privacy/checksums.h"
#include "services/privacy/language_words.h"

namespace bedside {
namespace {

constexpr const char* kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                   "July",    "August",   "September", "October", "November", "December"};

bool IsListed(const std::string& name) {
  const std::string lower = absl::AsciiStrToLower(name);
  return GivenNames().contains(lower) || Surnames().contains(lower);
}

}  // namespace

std::string TextPlanter::Digits(absl::string_view form) {
  std::string digits;
  for (const char c : form) {
    if (c == '#') {
      digits.push_back(static_cast<char>('0' + random_.Next() % 10));
    } else if (c == '@') {
      digits.push_back("ABCDEFGHJKLMNPRSTUVWXYZ"[random_.Next() % 23]);
    } else {
      digits.push_back(c == '%' ? "0123456789abcdef"[random_.Next() % 16] : c);
    }
  }
  return digits;
}

template <typename Check>
std::string TextPlanter::Valid(absl::string_view form, Check check) {
  std::string made = Digits(form);
  while (!check(made)) made = Digits(form);
  return made;
}

std::string TextPlanter::Made(const std::string& name, bool* listed) {
  const auto take = [&](const std::vector<std::string>& all) {
    const std::string& taken = OneOf(all);
    *listed = *listed || IsListed(taken);
    return taken;
  };
  if (name == "given") return take(stock_.given);
  if (name == "surname") return take(stock_.surnames);
  if (name == "lowgiven") return absl::AsciiStrToLower(take(stock_.given));
  if (name == "lowsurname") return absl::AsciiStrToLower(take(stock_.surnames));
  if (name == "low") return absl::AsciiStrToLower(OneOf(stock_.surnames));
  if (name == "at") return "@";
  if (name == "city") return OneOf(stock_.cities);
  if (name == "nhs") return Valid("### ### ####", &IsNhsNumber);
  if (name == "card") return Valid("4### #### #### ####", &IsCardNumber);
  if (name == "iban") return Valid("GB## NWBK #### #### #### ##", &IsIban);
  if (name == "vin") return Valid("1@#@@##@#@@######", &IsVin);
  if (name == "dea") return Valid("A@#######", &IsDeaNumber);
  if (name == "hex3") return Digits("%%%");
  if (name == "hex4") return Digits("%%%%");
  if (name == "hex8") return Digits("%%%%%%%%");
  if (name == "hex12") return Digits("%%%%%%%%%%%%");
  const int day = 1 + static_cast<int>(random_.Next() % 28), month = 1 + static_cast<int>(random_.Next() % 12);
  if (name == "d") return absl::StrCat(day);
  if (name == "dd") return absl::StrFormat("%02d", day);
  if (name == "m") return absl::StrCat(month);
  if (name == "mm") return absl::StrFormat("%02d", month);
  if (name == "Month") return kMonths[month - 1];
  if (name == "Mon") return std::string(kMonths[month - 1]).substr(0, 3);
  const int year = 1951 + static_cast<int>(random_.Next() % 75);
  return name == "yy" ? absl::StrFormat("%02d", year % 100) : absl::StrCat(year);
}

std::string TextPlanter::Fill(absl::string_view form, bool* listed) {
  std::string filled;
  while (!form.empty()) {
    const size_t open = form.find('{');
    filled += Digits(form.substr(0, open));
    if (open == absl::string_view::npos) break;
    const size_t close = form.find('}', open);
    filled += Made(std::string(form.substr(open + 1, close - open - 1)), listed);
    form.remove_prefix(close + 1);
  }
  return filled;
}

PlantedText TextPlanter::Plant(const IdentifierTemplate& form, const std::string& question) {
  const std::vector<absl::string_view> parts = absl::StrSplit(form.sentence, '|');
  PlantedText planted{form.kind, "", {}, false};
  const bool before = random_.Next() % 2 == 0;
  const std::string head = absl::StrCat(before ? "" : question + " ", parts[0]);
  const std::string identifier = Fill(parts[1], &planted.listed);
  planted.span = {static_cast<uint32_t>(head.size()), static_cast<uint32_t>(head.size() + identifier.size())};
  planted.text = absl::StrCat(head, identifier, parts[2], before ? " " + question : "");
  return planted;
}

}  // namespace bedside
