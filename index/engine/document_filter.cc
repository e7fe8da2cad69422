#include "index/engine/document_filter.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "proto/bedside/config/source_trust.h"

namespace bedside {
namespace {

// Of a date of which parts are unknown, the first day that it may mean, or the last.
int FirstDay(const v1::Date& date) {
  return date.year() * 10000 + std::max(date.month(), 1) * 100 + std::max(date.day(), 1);
}
int LastDay(const v1::Date& date) {
  return date.year() * 10000 + (date.month() == 0 ? 12 : date.month()) * 100 + (date.day() == 0 ? 31 : date.day());
}

template <typename List, typename Matches>
bool AnyOf(const List& wanted, Matches matches) {
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), matches);
}

bool SpeaksLanguage(const std::string& language, const std::string& wanted) {
  return language == wanted || absl::StartsWith(language, absl::StrCat(wanted, "-"));
}

template <typename List>
void LowerAll(List* list) {
  for (std::string& text : *list) absl::AsciiStrToLower(&text);
}

}  // namespace

DocumentFilter::DocumentFilter(const v1::EvidenceFilter& filter) : filter_(filter) {
  LowerAll(filter_.mutable_jurisdictions());
  LowerAll(filter_.mutable_languages());
  LowerAll(filter_.mutable_tags());
}

bool DocumentFilter::Admits(const storage::DocumentEntry& document) const {
  return AnyOf(filter_.kinds(), [&](int kind) { return document.kind() == kind; }) &&
         AnyOf(filter_.jurisdictions(), [&](const std::string& wanted) { return document.jurisdiction() == wanted; }) &&
         AnyOf(filter_.languages(),
               [&](const std::string& wanted) { return SpeaksLanguage(document.language(), wanted); }) &&
         AnyOf(filter_.tags(),
               [&](const std::string& wanted) {
                 return std::find(document.tags().begin(), document.tags().end(), wanted) != document.tags().end();
               }) &&
         AnyOf(filter_.source_sets(),
               [&](const std::string& wanted) { return NameOfSourceSet(document.source_set()) == wanted; }) &&
         AdmitsDate(document.publication_date());
}

bool DocumentFilter::AdmitsDate(const v1::Date& date) const {
  if (!filter_.has_published_after() && !filter_.has_published_before()) return true;
  if (date.year() == 0) return false;
  if (filter_.has_published_after() && LastDay(date) < FirstDay(filter_.published_after())) return false;
  return !filter_.has_published_before() || FirstDay(date) <= LastDay(filter_.published_before());
}

}  // namespace bedside
