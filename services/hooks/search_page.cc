#include "services/hooks/search_page.h"

#include <utility>

namespace bedside {

using nlohmann::json;

std::string NextPageOf(const json& resource) {
  if (!resource.is_object() || !resource.contains("link") || !resource["link"].is_array()) return "";
  for (const json& link : resource["link"]) {
    if (!link.is_object() || link.value("relation", json()) != json("next")) continue;
    const json url = link.value("url", json());
    // One without an address cannot be followed, and says all the same that this is not all.
    return url.is_string() && url != json("") ? url.get<std::string>() : "unknown";
  }
  return "";
}

void AppendEntries(json page, json* whole) {
  const auto entries = page.find("entry");
  if (entries == page.end() || !entries->is_array()) return;
  json& all = (*whole)["entry"];
  if (!all.is_array()) all = json::array();
  for (json& entry : *entries) all.push_back(std::move(entry));
}

}  // namespace bedside
