// Short names of licences.
#ifndef BEDSIDE_INGEST_CONNECTORS_LICENCE_NAME_H_
#define BEDSIDE_INGEST_CONNECTORS_LICENCE_NAME_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// "CC BY-NC 3.0" of "http://creativecommons.org/licenses/by-nc/3.0/", "CC0 1.0" and "Public domain" of the addresses of
// these; "" for other addresses.
std::string CreativeCommonsName(absl::string_view url);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_LICENCE_NAME_H_
