#include "services/privacy/checksums.h"

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"

namespace bedside {
namespace {

int Digit(char c) { return c - '0'; }

bool AllDigits(absl::string_view text) {
  return absl::c_all_of(text, [](unsigned char c) { return absl::ascii_isdigit(c); });
}

// A letter of a VIN; -1 for those that it may not have.
int VinValue(char c) {
  constexpr absl::string_view kLetters = "ABCDEFGHJKLMNPRSTUVWXYZ";
  constexpr absl::string_view kValues = "12345678123457923456789";
  if (absl::ascii_isdigit(static_cast<unsigned char>(c))) return Digit(c);
  const size_t at = kLetters.find(c);
  return at == absl::string_view::npos ? -1 : Digit(kValues[at]);
}

}  // namespace

std::string Compact(absl::string_view number) {
  std::string compact;
  for (const unsigned char c : number) {
    if (absl::ascii_isalnum(c)) compact.push_back(absl::ascii_toupper(c));
  }
  return compact;
}

bool IsCardNumber(absl::string_view number) {
  const std::string digits = Compact(number);
  if (digits.size() < 13 || digits.size() > 19 || !AllDigits(digits)) return false;
  int sum = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    const int digit = Digit(digits[digits.size() - 1 - i]);
    sum += i % 2 == 0 ? digit : (2 * digit) / 10 + (2 * digit) % 10;
  }
  return sum % 10 == 0 && sum != 0;
}

bool IsNhsNumber(absl::string_view number) {
  const std::string digits = Compact(number);
  if (digits.size() != 10 || !AllDigits(digits)) return false;
  int sum = 0;
  for (size_t i = 0; i < 9; ++i) sum += Digit(digits[i]) * static_cast<int>(10 - i);
  const int check = (11 - sum % 11) % 11;
  return check != 10 && check == Digit(digits[9]) && sum != 0;
}

bool IsIban(absl::string_view number) {
  const std::string iban = Compact(number);
  if (iban.size() < 15 || iban.size() > 34) return false;
  const bool has_head = AllDigits(iban.substr(2, 2)) && !absl::ascii_isdigit(static_cast<unsigned char>(iban[0])) &&
                        !absl::ascii_isdigit(static_cast<unsigned char>(iban[1]));
  if (!has_head) return false;
  int remainder = 0;
  for (const char c : iban.substr(4) + iban.substr(0, 4)) {
    const bool is_digit = absl::ascii_isdigit(static_cast<unsigned char>(c));
    remainder = is_digit ? (remainder * 10 + Digit(c)) % 97 : (remainder * 100 + c - 'A' + 10) % 97;
  }
  return remainder == 1;
}

bool IsVin(absl::string_view number) {
  constexpr int kWeights[] = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  const std::string vin = Compact(number);
  if (vin.size() != 17) return false;
  int sum = 0;
  for (size_t i = 0; i < vin.size(); ++i) {
    if (VinValue(vin[i]) < 0) return false;
    sum += VinValue(vin[i]) * kWeights[i];
  }
  const int check = sum % 11;
  return vin[8] == (check == 10 ? 'X' : static_cast<char>('0' + check));
}

bool IsDeaNumber(absl::string_view number) {
  const std::string dea = Compact(number);
  if (dea.size() != 9 || !absl::ascii_isalpha(static_cast<unsigned char>(dea[0])) || !AllDigits(dea.substr(2))) {
    return false;
  }
  const int odd = Digit(dea[2]) + Digit(dea[4]) + Digit(dea[6]);
  const int even = Digit(dea[3]) + Digit(dea[5]) + Digit(dea[7]);
  return (odd + 2 * even) % 10 == Digit(dea[8]);
}

}  // namespace bedside
