// Searches of FHIR servers come in pages (https://hl7.org/fhir/R4/http.html#paging), those of a prefetch as well.
#ifndef BEDSIDE_SERVICES_HOOKS_SEARCH_PAGE_H_
#define BEDSIDE_SERVICES_HOOKS_SEARCH_PAGE_H_

#include <string>

#include "nlohmann/json.hpp"

namespace bedside {

// Where `resource`, any that came, goes on; empty where it is whole.
std::string NextPageOf(const nlohmann::json& resource);

// The entries of `page` behind those of `whole`, a Bundle.
void AppendEntries(nlohmann::json page, nlohmann::json* whole);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_SEARCH_PAGE_H_
