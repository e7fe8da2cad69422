// What CDS Hooks says of the JSON of its responses, written from the specification (cds-hooks.org, "Discovery" and "CDS
// Service Response"): which attributes there are, which are required, and that nothing is null or empty.
#ifndef BEDSIDE_TESTS_SERVICES_HOOKS_CDS_SCHEMA_H_
#define BEDSIDE_TESTS_SERVICES_HOOKS_CDS_SCHEMA_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

namespace bedside {

class CdsSchema {
 public:
  // What is wrong, with its place; empty: nothing.
  static std::vector<std::string> FaultsOfDiscovery(const nlohmann::json& response) {
    CdsSchema schema;
    schema.Object("response", response, {{"services", "array"}}, {});
    schema.Each("services", response, true, [&](const std::string& place, const nlohmann::json& service) {
      schema.Object(place, service, {{"hook", "string"}, {"description", "string"}, {"id", "string"}},
                    {{"title", "string"}, {"prefetch", "object"}, {"usageRequirements", "string"}});
    });
    return schema.faults_;
  }

  static std::vector<std::string> FaultsOfCards(const nlohmann::json& response) {
    CdsSchema schema;
    schema.Object("response", response, {{"cards", "array"}}, {});
    schema.Each("cards", response, true,
                [&](const std::string& place, const nlohmann::json& card) { schema.Card(place, card); });
    return schema.faults_;
  }

 private:
  using Attributes = std::map<std::string, std::string>;

  void Fault(const std::string& place, const std::string& what) { faults_.push_back(absl::StrCat(place, ": ", what)); }

  void Object(const std::string& place, const nlohmann::json& object, const Attributes& required,
              const Attributes& optional) {
    if (!object.is_object()) return Fault(place, "is no object");
    for (const auto& [name, type] : required) {
      if (!object.contains(name)) Fault(place, absl::StrCat("has no ", name));
    }
    for (const auto& [name, value] : object.items()) {
      const auto known = required.count(name) > 0 ? required.find(name) : optional.find(name);
      if (known == required.end() || known == optional.end()) {
        Fault(place, absl::StrCat("has ", name, ", which there is not"));
      } else if (value.type_name() != known->second) {
        Fault(place, absl::StrCat(name, " is ", value.type_name(), ", wanted ", known->second));
      } else if (value.empty() || value == "") {
        // Only the lists at the top may say that there is nothing.
        if (place != "response") Fault(place, absl::StrCat(name, " is empty"));
      }
    }
  }

  template <typename Check>
  void Each(const char* name, const nlohmann::json& object, bool is_required, Check check) {
    if (!object.is_object() || !object.contains(name)) return;
    if (!object[name].is_array()) return;
    size_t number = 0;
    for (const nlohmann::json& one : object[name]) check(absl::StrCat(name, "[", number++, "]"), one);
  }

  void OneOf(const std::string& place, const nlohmann::json& object, const char* name,
             const std::set<std::string>& values) {
    if (!object.contains(name) || !object[name].is_string()) return;
    if (values.count(object[name].get<std::string>()) == 0) Fault(place, absl::StrCat(name, " is none of its values"));
  }

  void Coding(const std::string& place, const nlohmann::json& coding, bool wants_display) {
    Object(place, coding, {{"code", "string"}}, {{"system", "string"}, {"display", "string"}});
    if (wants_display && !coding.contains("display")) Fault(place, "has no display");
  }

  void Card(const std::string& place, const nlohmann::json& card) {
    Object(place, card, {{"summary", "string"}, {"indicator", "string"}, {"source", "object"}},
           {{"uuid", "string"},
            {"detail", "string"},
            {"suggestions", "array"},
            {"selectionBehavior", "string"},
            {"overrideReasons", "array"},
            {"links", "array"}});
    OneOf(place, card, "indicator", {"info", "warning", "critical"});
    OneOf(place, card, "selectionBehavior", {"at-most-one", "any"});
    if (CharactersOf(card.value("summary", "")) >= 140) Fault(place, "summary has 140 characters or more");
    if (card.contains("suggestions") != card.contains("selectionBehavior")) {
      Fault(place, "has one of suggestions and selectionBehavior without the other");
    }
    if (card.contains("source")) Source(place + ".source", card["source"]);
    Each("suggestions", card, false, [&](const std::string& at, const nlohmann::json& suggestion) {
      Object(place + "." + at, suggestion, {{"label", "string"}},
             {{"uuid", "string"}, {"isRecommended", "boolean"}, {"actions", "array"}});
    });
    Each("overrideReasons", card, false,
         [&](const std::string& at, const nlohmann::json& reason) { Coding(place + "." + at, reason, true); });
    Each("links", card, false,
         [&](const std::string& at, const nlohmann::json& link) { Link(place + "." + at, link); });
  }

  void Source(const std::string& place, const nlohmann::json& source) {
    Object(place, source, {{"label", "string"}}, {{"url", "string"}, {"icon", "string"}, {"topic", "object"}});
    if (source.contains("url")) Url(place, source["url"]);
    if (source.contains("topic")) Coding(place + ".topic", source["topic"], false);
  }

  void Link(const std::string& place, const nlohmann::json& link) {
    Object(place, link, {{"label", "string"}, {"url", "string"}, {"type", "string"}},
           {{"appContext", "string"}, {"autolaunchable", "boolean"}});
    OneOf(place, link, "type", {"absolute", "smart"});
    if (link.contains("url")) Url(place, link["url"]);
  }

  void Url(const std::string& place, const nlohmann::json& url) {
    const std::string text = url.is_string() ? url.get<std::string>() : "";
    if (!absl::StartsWith(text, "https://") && !absl::StartsWith(text, "http://")) Fault(place, "url is none");
  }

  // Of UTF-8.
  static size_t CharactersOf(const std::string& text) {
    size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    return count;
  }

  std::vector<std::string> faults_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_SERVICES_HOOKS_CDS_SCHEMA_H_
