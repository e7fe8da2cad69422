#include "ingest/connectors/html_metadata.h"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/optional.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/external_id.h"
#include "ingest/connectors/html_text.h"
#include "ingest/connectors/licence_name.h"
#include "ingest/connectors/publication_date.h"

namespace bedside {
namespace {

// The first content of each meta element, by its name or property in lower case; "dcterms.x" counts as "dc.x".
class MetaElements {
 public:
  explicit MetaElements(const GumboNode& root) {
    for (const GumboNode* meta : FindAll(root, GUMBO_TAG_META)) {
      std::string name = absl::AsciiStrToLower(HtmlAttribute(*meta, "name"));
      if (name.empty()) name = absl::AsciiStrToLower(HtmlAttribute(*meta, "property"));
      if (absl::StartsWith(name, "dcterms.")) name.erase(2, 5);
      const absl::string_view content = absl::StripAsciiWhitespace(HtmlAttribute(*meta, "content"));
      if (!name.empty() && !content.empty()) contents_.emplace(std::move(name), content);
    }
  }

  // Of the first of `names` that there is; "" otherwise.
  std::string First(std::initializer_list<absl::string_view> names) const {
    for (absl::string_view name : names) {
      const auto it = contents_.find(name);
      if (it != contents_.end()) return it->second;
    }
    return "";
  }

 private:
  absl::flat_hash_map<std::string, std::string> contents_;
};

// Address of the first link of that relation.
std::string Link(const GumboNode& root, GumboTag tag, absl::string_view relation) {
  for (const GumboNode* link : FindAll(root, tag)) {
    if (absl::EqualsIgnoreCase(HtmlAttribute(*link, "rel"), relation)) return std::string(HtmlAttribute(*link, "href"));
  }
  return "";
}

// The title of the work, else the page's only heading of the first level, else the title of the window.
std::string Title(const GumboNode& root, const MetaElements& meta) {
  std::string title = meta.First({"citation_title", "dc.title"});
  const std::vector<const GumboNode*> headings = FindAll(root, GUMBO_TAG_H1);
  if (title.empty() && headings.size() == 1) title = HtmlInlineText(*headings[0]);
  if (title.empty()) title = meta.First({"og:title"});
  const std::vector<const GumboNode*> titles = FindAll(root, GUMBO_TAG_TITLE);
  if (title.empty() && !titles.empty()) title = HtmlInlineText(*titles[0]);
  absl::RemoveExtraAsciiWhitespace(&title);
  return title;
}

void AddExternalId(absl::string_view scheme, absl::string_view value, storage::Document& document) {
  const absl::optional<v1::ExternalId> id = MakeExternalId(scheme, value);
  if (id.has_value()) *document.add_external_ids() = *id;
}

}  // namespace

void ReadHtmlMetadata(const HtmlTree& tree, storage::Document& document) {
  const GumboNode& root = tree.root();
  const MetaElements meta(root);
  std::string url = Link(root, GUMBO_TAG_LINK, "canonical");
  if (url.empty()) url = meta.First({"og:url"});
  if (absl::StartsWith(url, "http://") || absl::StartsWith(url, "https://")) {
    document.set_id(DocumentId(absl::StrCat("html-", url.substr(url.find("//") + 2))));
    AddExternalId("url", url, document);
  }
  AddExternalId("doi", meta.First({"citation_doi", "dc.identifier.doi", "dc.identifier"}), document);
  AddExternalId("pmid", meta.First({"citation_pmid"}), document);

  document.set_title(Title(root, meta));
  document.set_publisher(
      meta.First({"citation_journal_title", "dc.publisher", "citation_publisher", "og:site_name", "publisher"}));
  const v1::Date date = ParsePublicationDate(
      meta.First({"citation_publication_date", "citation_date", "dc.date.issued", "dc.issued", "dc.date",
                  "article:published_time", "date", "article:modified_time", "dc.modified", "last-modified"}));
  if (date.year() > 0) *document.mutable_publication_date() = date;

  document.set_language(std::string(HtmlAttribute(root, "lang")));
  if (document.language().empty()) document.set_language(meta.First({"citation_language", "dc.language", "og:locale"}));
  const std::string keywords = meta.First({"citation_keywords", "keywords", "dc.subject"});
  for (absl::string_view keyword : absl::StrSplit(keywords, absl::ByAnyChar(",;"), absl::SkipWhitespace())) {
    document.add_tags(std::string(absl::StripAsciiWhitespace(keyword)));
  }
  std::string licence = Link(root, GUMBO_TAG_LINK, "license");
  if (licence.empty()) licence = Link(root, GUMBO_TAG_A, "license");
  if (licence.empty()) licence = meta.First({"dc.rights", "dc.license"});
  const std::string name = CreativeCommonsName(licence);
  document.mutable_rights()->set_licence(name.empty() ? licence : name);
  document.set_kind(meta.First({"citation_journal_title"}).empty() ? v1::DOCUMENT_KIND_OTHER
                                                                   : v1::DOCUMENT_KIND_ARTICLE);
}

}  // namespace bedside
