// Where somebody can be reached or found. Sources of the forms: RFC 5322 and 3986 (addresses and URLs, as far as people
// write them), ITU-T E.123 and the North American Numbering Plan, Ofcom's National Telephone Numbering Plan, Royal Mail
// PAF Programmers Guide (postcodes), USPS Publication 28 (street suffixes, states).
#include <arpa/inet.h>

#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "services/privacy/identifier_pattern.h"

namespace bedside {
namespace {

size_t DigitsOf(absl::string_view value) {
  return static_cast<size_t>(absl::c_count_if(value, [](unsigned char c) { return absl::ascii_isdigit(c); }));
}

size_t WithoutPunctuation(absl::string_view value) {
  while (!value.empty() && absl::StrContains(".,;:!?')]\"", value.substr(value.size() - 1))) value.remove_suffix(1);
  return value.size();
}

size_t Phone(absl::string_view value) { return DigitsOf(value) >= 7 && DigitsOf(value) <= 18 ? value.size() : 0; }
size_t WorldPhone(absl::string_view value) { return DigitsOf(value) >= 8 && DigitsOf(value) <= 15 ? value.size() : 0; }
size_t NationalPhone(absl::string_view value) {
  return DigitsOf(value) >= 10 && DigitsOf(value) <= 12 ? value.size() : 0;
}

size_t IpV4(absl::string_view value) {
  for (const absl::string_view part : absl::StrSplit(value, '.')) {
    int number = 0;
    if (!absl::SimpleAtoi(part, &number) || number > 255) return 0;
  }
  return DigitsOf(value) > 4 ? value.size() : 0;
}

size_t IpV6(absl::string_view value) {
  in6_addr address;
  return inet_pton(AF_INET6, std::string(value).c_str(), &address) == 1 ? value.size() : 0;
}

}  // namespace

const std::vector<IdentifierPattern>& ContactPatterns() {
  static const auto& patterns = *new std::vector<IdentifierPattern>{
      {v1::IDENTIFIER_KIND_EMAIL,
       R"(((?:mailto:)?[a-z0-9._%+'-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,6}\.[a-z]{2,24}))"},
      {v1::IDENTIFIER_KIND_EMAIL,
       R"(\b([a-z0-9._%+-]{1,64} ?(?:\(at\)|\[at\]|<at>| at ) ?[a-z0-9-]{1,63}(?: ?(?:\(dot\)|\[dot\]| dot |\.) ?[a-z0-9-]{1,63}){0,3} ?(?:\(dot\)|\[dot\]| dot |\.) ?(?:com|org|net|edu|gov|uk|us|de|fr|es|it|nl|ca|au|in|example|test))\b)"},
      {v1::IDENTIFIER_KIND_URL, R"(\b((?:https?|ftps?|sftp|file)://[^\s<>"]{1,1000}))", &WithoutPunctuation},
      {v1::IDENTIFIER_KIND_URL, R"(\b(www\.[^\s<>"]{3,1000}))", &WithoutPunctuation},
      {v1::IDENTIFIER_KIND_IMAGE, R"(([\w-]{1,80}\.(?:jpe?g|png|dcm|dicom|heic|tiff?|bmp|gif|webp|raw|mp4|mov))\b)"},
      {v1::IDENTIFIER_KIND_URL,
       R"(\b([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:com|org|net|edu|gov|info|io|me|blog|health|example|nhs\.uk|co\.uk|ac\.uk|org\.uk|gov\.uk|de|fr|eu|int)(?:[/?][^\s<>"]{0,1000})?)(?:[\s,;:!?"')]|\.(?:\s|$)|$))",
       &WithoutPunctuation},
      {v1::IDENTIFIER_KIND_IP_ADDRESS, R"(\b(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})\b)", &IpV4},
      {v1::IDENTIFIER_KIND_IP_ADDRESS, R"(\b([0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7})\b)", &IpV6},
      // Fax and phone.
      {v1::IDENTIFIER_KIND_FAX, R"(\b(?:fax(?:ed)?|facsimile|telefax)<no>?(?: to| at| on)?<is><phone>)", &Phone},
      {v1::IDENTIFIER_KIND_PHONE,
       R"(\b(?:tele?phones?|phones?|tel|tph|mobile|mob|cell(?: ?phone)?|call(?:ed)?(?: (?:him|her|them|me|back))?|contact(?:ed)?(?: (?:him|her|them|me|number))?|reach(?:ed|able)?(?: (?:him|her|them|me))?|ring|text(?:ed)?|sms|whatsapp|landline|voicemail|hotline|home|work|number|ph)\.?<no>?(?: on| at| via)?<is><phone>)",
       &Phone},
      {v1::IDENTIFIER_KIND_PHONE, R"(\b(?:pager|bleep|beeper|extension|ext)\b\.?<no>?<is>(\d{3,7})\b)"},
      {v1::IDENTIFIER_KIND_PHONE,
       R"((?:^|[^\w.-])((?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?: ?(?:x|ext\.?|extension) ?\d{1,6})?)\b)"},
      {v1::IDENTIFIER_KIND_PHONE, R"((?:^|[^\w+])(\+ ?\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,7})\b)", &WorldPhone},
      {v1::IDENTIFIER_KIND_PHONE, R"(\b(00[1-9]\d{0,2}(?:[ .-]\(?\d{1,4}\)?){2,6})\b)", &WorldPhone},
      {v1::IDENTIFIER_KIND_PHONE, R"((?:^|[^\w.-])(\(?0\d{2,4}\)?[ -]?\d{3,4}[ -]?\d{3,4})\b)", &NationalPhone},
      {v1::IDENTIFIER_KIND_PHONE, R"(\b(0\d(?:[ .]\d{2}){4})\b)"},
      // Addresses.
      {v1::IDENTIFIER_KIND_ADDRESS, R"(\b(p\.? ?o\.? box \d{1,6})\b)"},
      {v1::IDENTIFIER_KIND_ADDRESS,
       R"(\b((?:<unit> ?,? )?\d{1,6}(?-i:[A-Za-z])?(?:[-/]\d{1,4})?,? (?-i:(?:[NSEW]{1,2}\.? |North |South |East |West )?(?:[A-Z][\w'.-]{0,30} ){1,4}<street>)\b\.?(?:,? <unit>)?))"},
      {v1::IDENTIFIER_KIND_ADDRESS,
       R"(\b(\d{1,5} (?:[a-z][\w'-]{1,20} ){1,2}(?:street|avenue|road|lane|boulevard|crescent|terrace)\b(?:,? <unit>)?))"},
      {v1::IDENTIFIER_KIND_ADDRESS,
       R"(\b(?:on|at|of|in|to|near|off) ((?-i:(?:[A-Z][\w'-]{1,30} ){1,3}(?:Street|Avenue|Road|Lane|Boulevard|Crescent|Terrace|Drive|Close|Mews)))\b)"},
      {v1::IDENTIFIER_KIND_ADDRESS, R"(\b((?:apt|apartment|suite|ste|flat)\.? #?\d{1,5}(?-i:[A-Za-z])?)\b)"},
      // A city and a postcode around the name of a state, which may stay.
      {v1::IDENTIFIER_KIND_PLACE,
       R"(\b((?-i:[A-Z][A-Za-z'.-]{1,30}(?: [A-Z][A-Za-z'.-]{1,30}){0,2})), ?(?:<state>,? \d{5}|<statename>)(?:\W|$))"},
      {v1::IDENTIFIER_KIND_POSTCODE, R"(\b<state>,? (\d{5}(?:-\d{4})?)\b)"},
      {v1::IDENTIFIER_KIND_POSTCODE,
       R"(\b(?:zip|postal|post)(?: ?code)?<gap>(\d{4,6}(?:-\d{3,4})?|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|[a-z]\d[a-z] ?\d[a-z]\d)\b)"},
      {v1::IDENTIFIER_KIND_POSTCODE, R"(\b(\d{5}-\d{4})\b)"},
      {v1::IDENTIFIER_KIND_POSTCODE, R"(\b((?-i:<area>\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}))\b)"},
      {v1::IDENTIFIER_KIND_POSTCODE, R"(\b((?-i:[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d))\b)"},
      {v1::IDENTIFIER_KIND_OTHER, R"((?:^|\s)(@[a-z_][a-z0-9_.]{2,40})\b)"},
  };
  return patterns;
}

}  // namespace bedside
