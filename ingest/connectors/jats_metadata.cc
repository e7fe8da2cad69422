#include "ingest/connectors/jats_metadata.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/external_id.h"
#include "ingest/connectors/inline_text.h"
#include "ingest/connectors/licence_name.h"
#include "ingest/connectors/publication_date.h"

namespace bedside {
namespace {

// What a related-article element says; the types are those that JATS suggests and that PMC uses.
struct RelationKind {
  absl::string_view type;
  v1::DocumentStatus status;
  // Whether it is said of the article that the element names; otherwise of the article that holds it.
  bool about_other;
};

constexpr RelationKind kRelationKinds[] = {
    {"retracted-article", v1::DOCUMENT_STATUS_RETRACTED, true},
    {"retraction-forward", v1::DOCUMENT_STATUS_RETRACTED, false},
    {"corrected-article", v1::DOCUMENT_STATUS_CORRECTED, true},
    {"correction-forward", v1::DOCUMENT_STATUS_CORRECTED, false},
    {"object-of-concern", v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN, true},
    {"concern-forward", v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN, false},
};

void AddIdentifiers(const XmlElement& meta, storage::Document& document) {
  for (absl::string_view scheme : {"pmcid", "doi", "pmid"}) {
    for (const XmlElement* id : meta.All("article-id")) {
      if (SchemeOf(id->Attribute("pub-id-type")) != scheme) continue;
      const absl::optional<v1::ExternalId> external_id = MakeExternalId(scheme, id->Text());
      if (!external_id.has_value()) continue;
      if (document.id().empty()) document.set_id(DocumentId(absl::StrCat(scheme, "-", external_id->value())));
      *document.add_external_ids() = *external_id;
      break;
    }
  }
}

// Whether `a` comes before `b`; unknown parts count as late.
bool IsEarlier(const v1::Date& a, const v1::Date& b) {
  const auto key = [](const v1::Date& date) {
    return std::make_tuple(date.year(), date.month() == 0 ? 13 : date.month(), date.day() == 0 ? 32 : date.day());
  };
  return b.year() == 0 || key(a) < key(b);
}

void SetDate(const XmlElement& meta, storage::Document& document) {
  v1::Date published;
  v1::Date of_collection;
  for (const XmlElement* element : meta.All("pub-date")) {
    const absl::string_view type =
        element->Attribute("pub-type").empty() ? element->Attribute("date-type") : element->Attribute("pub-type");
    const v1::Date date = PublicationDate(element->TextAt("year"), element->TextAt("month"), element->TextAt("day"));
    const bool is_publication =
        type.empty() || type == "pub" || type == "epub" || type == "ppub" || type == "epub-ppub";
    if (!is_publication && type != "collection") continue;
    v1::Date& earliest = is_publication ? published : of_collection;
    if (date.year() > 0 && IsEarlier(date, earliest)) earliest = date;
  }
  if (published.year() == 0) published = of_collection;
  if (published.year() > 0) *document.mutable_publication_date() = published;
}

// The first address below `element` that is a licence of Creative Commons.
std::string FindCreativeCommons(const XmlElement& element) {
  std::string found = CreativeCommonsName(element.is_text() ? element.text : element.Attribute("xlink:href"));
  for (auto child = element.children.begin(); found.empty() && child != element.children.end(); ++child) {
    found = FindCreativeCommons(*child);
  }
  return found;
}

std::string Licence(const XmlElement& meta) {
  constexpr size_t kMaxBytes = 300;
  const XmlElement* licence = meta.Find("permissions/license");
  if (licence == nullptr) return "";
  std::string name = FindCreativeCommons(*licence);
  if (name.empty()) name = licence->Text();
  if (name.empty() || name.size() > kMaxBytes) name = std::string(licence->Attribute("license-type"));
  return name;
}

// Subjects of all depths.
void AddSubjects(const XmlElement& group, bool is_heading, storage::Document& document) {
  for (const XmlElement& child : group.children) {
    if (child.name == "subj-group") AddSubjects(child, is_heading, document);
    if (child.name != "subject") continue;
    std::string subject = InlineText(child);
    if (subject.empty()) continue;
    if (is_heading) {
      document.add_publication_types(std::move(subject));
    } else {
      document.add_tags(std::move(subject));
    }
  }
}

v1::DocumentKind KindOf(const storage::Document& document) {
  const auto any = [&document](std::initializer_list<absl::string_view> words) {
    return std::any_of(
        document.publication_types().begin(), document.publication_types().end(), [&words](const std::string& type) {
          const std::string lower = absl::AsciiStrToLower(type);
          return std::any_of(words.begin(), words.end(),
                             [&lower](absl::string_view word) { return absl::StrContains(lower, word); });
        });
  };
  if (any({"guideline"})) return v1::DOCUMENT_KIND_GUIDELINE;
  if (any({"systematic review", "systematic-review", "meta-analys", "meta analys"}))
    return v1::DOCUMENT_KIND_SYSTEMATIC_REVIEW;
  if (any({"randomized controlled trial", "randomised controlled trial"})) return v1::DOCUMENT_KIND_RANDOMIZED_TRIAL;
  if (any({"case-report", "case report"})) return v1::DOCUMENT_KIND_CASE_REPORT;
  if (any({"correction", "retraction", "expression-of-concern", "addendum"})) return v1::DOCUMENT_KIND_OTHER;
  return v1::DOCUMENT_KIND_ARTICLE;
}

void SetTitle(const XmlElement& meta, storage::Document& document) {
  const XmlElement* group = meta.Find("title-group");
  if (group == nullptr) return;
  if (const XmlElement* title = group->Find("article-title"); title != nullptr) document.set_title(InlineText(*title));
  const XmlElement* subtitle = group->Find("subtitle");
  if (subtitle != nullptr) document.set_title(absl::StrCat(document.title(), ": ", InlineText(*subtitle)));
}

void SetJournal(const XmlElement& article, storage::Document& document) {
  for (absl::string_view path : {"front/journal-meta/journal-title-group/journal-title",
                                 "front/journal-meta/journal-title", "front/journal-meta/publisher/publisher-name"}) {
    if (document.publisher().empty()) document.set_publisher(article.TextAt(path));
  }
}

// The value of "xlink:href", whatever the prefix.
absl::string_view Href(const XmlElement& element) {
  for (const auto& [key, value] : element.attributes) {
    if (key == "href" || absl::EndsWith(key, ":href")) return value;
  }
  return "";
}

// The identifiers of the article that a related-article element names: by its link, in its content, or in its text.
std::vector<v1::ExternalId> IdentifiersOf(const XmlElement& related) {
  std::vector<v1::ExternalId> ids;
  const auto add = [&ids](const absl::optional<v1::ExternalId>& id) {
    if (id.has_value()) ids.push_back(*id);
  };
  const absl::string_view scheme = SchemeOf(related.Attribute("ext-link-type"));
  // Without a known type, what looks like a DOI is one.
  add(MakeExternalId(scheme.empty() || scheme == "url" ? "doi" : scheme, Href(related)));
  for (const XmlElement* id : related.All("pub-id")) {
    const absl::string_view of_id = SchemeOf(id->Attribute("pub-id-type"));
    if (!of_id.empty() && of_id != "url") add(MakeExternalId(of_id, id->Text()));
  }
  if (ids.empty()) add(FindDoi(related.Text()));
  return ids;
}

storage::StatusNotice Notice(v1::DocumentStatus status, std::string reason) {
  storage::StatusNotice notice;
  notice.set_status(status);
  notice.set_origin(storage::STATUS_ORIGIN_FEED);
  notice.set_reason(std::move(reason));
  return notice;
}

void Announce(storage::StatusNotice notice, const v1::ExternalId& subject, JatsNotices* notices) {
  *notice.mutable_external_id() = subject;
  notices->notices.push_back(std::move(notice));
}

// "vol 3, page 12", as far as the element has it.
std::string Whereabouts(const XmlElement& related) {
  std::string text;
  for (absl::string_view attribute : {"vol", "issue", "page", "elocation-id"}) {
    const absl::string_view value = related.Attribute(attribute);
    if (!value.empty()) absl::StrAppend(&text, text.empty() ? "" : ", ", attribute, " ", value);
  }
  return text;
}

void AnnounceOfOther(const XmlElement& related, const RelationKind& kind, const storage::Document& document,
                     JatsNotices* notices) {
  storage::StatusNotice notice = Notice(kind.status, absl::StrCat(kind.type, ", said by ", document.id()));
  if (document.has_publication_date()) *notice.mutable_date() = document.publication_date();
  const std::vector<v1::ExternalId> others = IdentifiersOf(related);
  for (const v1::ExternalId& other : others) Announce(notice, other, notices);
  if (!others.empty()) return;
  const std::string whereabouts = Whereabouts(related);
  notices->unidentified.push_back(absl::StrCat("says ", kind.type, " of an article without its DOI, PMID or PMCID",
                                               whereabouts.empty() ? "" : absl::StrCat(" (", whereabouts, ")")));
}

}  // namespace

bool IsJatsNotice(const XmlElement& article) {
  const absl::string_view type = article.Attribute("article-type");
  return type == "retraction" || type == "expression-of-concern";
}

void ReadJatsMetadata(const XmlElement& article, storage::Document& document) {
  const absl::string_view language = article.Attribute("xml:lang");
  // The DTD's default.
  document.set_language(language.empty() ? "en" : std::string(language));
  if (!article.Attribute("article-type").empty()) {
    document.add_publication_types(std::string(article.Attribute("article-type")));
  }
  SetJournal(article, document);
  if (const XmlElement* meta = article.Find("front/article-meta"); meta != nullptr) {
    AddIdentifiers(*meta, document);
    SetTitle(*meta, document);
    SetDate(*meta, document);
    document.mutable_rights()->set_licence(Licence(*meta));
    document.set_source_version(meta->TextAt("article-version"));
    if (const XmlElement* categories = meta->Find("article-categories"); categories != nullptr) {
      for (const XmlElement* group : categories->All("subj-group")) {
        AddSubjects(*group, group->Attribute("subj-group-type") == "heading", document);
      }
    }
    for (const XmlElement* group : meta->All("kwd-group")) {
      for (const XmlElement* keyword : group->All("kwd")) document.add_tags(InlineText(*keyword));
    }
  }
  document.set_kind(KindOf(document));
}

JatsNotices ReadJatsNotices(const XmlElement& article, storage::Document& document) {
  JatsNotices notices;
  const XmlElement* meta = article.Find("front/article-meta");
  const absl::string_view article_type = article.Attribute("article-type");
  bool names_other = false;
  for (const XmlElement* related : meta == nullptr ? std::vector<const XmlElement*>() : meta->All("related-article")) {
    const absl::string_view type = related->Attribute("related-article-type");
    const RelationKind* kind = std::find_if(std::begin(kRelationKinds), std::end(kRelationKinds),
                                            [type](const RelationKind& known) { return known.type == type; });
    if (kind == std::end(kRelationKinds)) continue;
    if (kind->about_other) {
      names_other = true;
      AnnounceOfOther(*related, *kind, document, &notices);
      continue;
    }
    document.set_stated_status(std::max(document.stated_status(), kind->status));
    const storage::StatusNotice notice = Notice(kind->status, absl::StrCat(type, " ", Href(*related)));
    for (const v1::ExternalId& own : document.external_ids()) Announce(notice, own, &notices);
  }
  if (!names_other && (IsJatsNotice(article) || article_type == "correction")) {
    notices.unidentified.push_back(absl::StrCat("is a notice of ", article_type, " and names no article"));
  }
  return notices;
}

}  // namespace bedside
