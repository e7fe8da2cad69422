#include "ingest/connectors/medline_connector.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "ingest/connectors/document_builder.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/external_id.h"
#include "ingest/connectors/inline_text.h"
#include "ingest/connectors/job_problem.h"
#include "ingest/connectors/publication_date.h"
#include "ingest/connectors/section_label.h"
#include "ingest/connectors/xml_element.h"

namespace bedside {
namespace {

// What a CommentsCorrections entry says of its subject.
struct NoticeKind {
  absl::string_view ref_type;
  v1::DocumentStatus status;
  // Whether the subject is the article that the entry names; otherwise it is the article that holds the entry.
  bool about_other;
};

constexpr NoticeKind kNoticeKinds[] = {
    {"RetractionIn", v1::DOCUMENT_STATUS_RETRACTED, false},
    {"RetractionOf", v1::DOCUMENT_STATUS_RETRACTED, true},
    {"RetractedandRepublishedIn", v1::DOCUMENT_STATUS_RETRACTED, false},
    {"RetractedandRepublishedFrom", v1::DOCUMENT_STATUS_RETRACTED, true},
    {"PartialRetractionIn", v1::DOCUMENT_STATUS_CORRECTED, false},
    {"PartialRetractionOf", v1::DOCUMENT_STATUS_CORRECTED, true},
    {"ErratumIn", v1::DOCUMENT_STATUS_CORRECTED, false},
    {"ErratumFor", v1::DOCUMENT_STATUS_CORRECTED, true},
    {"CorrectedandRepublishedIn", v1::DOCUMENT_STATUS_CORRECTED, false},
    {"CorrectedandRepublishedFrom", v1::DOCUMENT_STATUS_CORRECTED, true},
    {"ExpressionOfConcernIn", v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN, false},
    {"ExpressionOfConcernFor", v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN, true},
};

// Of the language codes of MEDLINE (ISO 639-2/B), those that have a shorter code in BCP 47.
constexpr std::pair<absl::string_view, absl::string_view> kLanguages[] = {
    {"eng", "en"}, {"ger", "de"}, {"fre", "fr"}, {"spa", "es"}, {"ita", "it"}, {"por", "pt"}, {"rus", "ru"},
    {"jpn", "ja"}, {"chi", "zh"}, {"kor", "ko"}, {"dut", "nl"}, {"pol", "pl"}, {"cze", "cs"}, {"dan", "da"},
    {"swe", "sv"}, {"nor", "no"}, {"fin", "fi"}, {"hun", "hu"}, {"tur", "tr"}, {"heb", "he"}, {"ara", "ar"},
    {"gre", "el"}, {"rum", "ro"}, {"ukr", "uk"}, {"bul", "bg"}, {"hrv", "hr"}, {"srp", "sr"}, {"slv", "sl"},
    {"slo", "sk"}, {"per", "fa"}, {"vie", "vi"}, {"tha", "th"}, {"ice", "is"}, {"lit", "lt"}, {"est", "et"},
};

std::string LanguageTag(absl::string_view code) {
  for (const auto& [medline, tag] : kLanguages) {
    if (code == medline) return std::string(tag);
  }
  return std::string(code);
}

v1::DocumentKind KindOf(const std::vector<std::string>& publication_types) {
  const auto has = [&publication_types](absl::string_view type) {
    return std::find(publication_types.begin(), publication_types.end(), type) != publication_types.end();
  };
  if (has("Practice Guideline") || has("Guideline")) return v1::DOCUMENT_KIND_GUIDELINE;
  if (has("Systematic Review") || has("Meta-Analysis")) return v1::DOCUMENT_KIND_SYSTEMATIC_REVIEW;
  if (has("Randomized Controlled Trial")) return v1::DOCUMENT_KIND_RANDOMIZED_TRIAL;
  if (has("Case Reports")) return v1::DOCUMENT_KIND_CASE_REPORT;
  return v1::DOCUMENT_KIND_ABSTRACT;
}

// Publication types of records that only say something about other articles.
bool IsNotice(absl::string_view publication_type) {
  return publication_type == "Retraction of Publication" || publication_type == "Retraction Notice" ||
         publication_type == "Published Erratum" || publication_type == "Expression of Concern";
}

// "2018 May 17" of "N Engl J Med. 2018 May 17;378(20):1940".
v1::Date CitedDate(absl::string_view citation) {
  for (size_t at = citation.find(". "); at != absl::string_view::npos; at = citation.find(". ", at + 1)) {
    const absl::string_view rest = citation.substr(at + 2);
    if (!rest.empty() && absl::ascii_isdigit(static_cast<unsigned char>(rest[0]))) {
      return ParsePublicationDate(rest.substr(0, rest.find(';')));
    }
  }
  return v1::Date();
}

using Identifiers = std::vector<v1::ExternalId>;
using Elements = std::vector<const XmlElement*>;

// Null for other relations.
const NoticeKind* KindOf(absl::string_view ref_type) {
  const NoticeKind* kind = std::find_if(std::begin(kNoticeKinds), std::end(kNoticeKinds),
                                        [ref_type](const NoticeKind& known) { return known.ref_type == ref_type; });
  return kind == std::end(kNoticeKinds) ? nullptr : kind;
}

// Of the article that a CommentsCorrections entry names.
Identifiers IdentifiersOf(const XmlElement& entry) {
  Identifiers ids;
  for (const auto& id : {MakeExternalId("pmid", entry.TextAt("PMID")), FindDoi(entry.TextAt("RefSource"))}) {
    if (id.has_value()) ids.push_back(*id);
  }
  return ids;
}

// Turns one PubmedArticle into a document and notices.
class ArticleReader {
 public:
  ArticleReader(const XmlElement& record, size_t line, const SourceFile& file, DocumentSink& sink)
      : record_(record), line_(line), file_(file), sink_(sink) {}

  // As DocumentSink::OnDocument.
  bool Read();

 private:
  std::vector<std::string> Texts(absl::string_view list_path, absl::string_view item) const;
  void AddIdentifiers(storage::Document& document) const;
  void AddJournal(storage::Document& document) const;
  void AddMesh(storage::Document& document) const;
  void AddRelations(storage::Document& document) const;
  // Whether there was any.
  bool AddAbstract(DocumentBuilder& builder) const;
  std::string Title() const;
  // Of an element with Year, Month and Day; empty when there is none.
  v1::Date DateAt(absl::string_view path) const;
  // Sends what the record says of itself, to each of `own_ids`, and of others; returns the gravest of what it says of
  // itself.
  v1::DocumentStatus SendNotices(const Identifiers& own_ids) const;
  void SendNotice(const Identifiers& subjects, v1::DocumentStatus status, absl::string_view reason,
                  const v1::Date& date) const;
  // `entry`: what is said, and where it should say of whom.
  void ReportUnidentified(absl::string_view entry) const;
  std::string Location() const;

  const XmlElement& record_;
  const size_t line_;
  const SourceFile& file_;
  DocumentSink& sink_;
  v1::ExternalId pmid_;
  std::vector<std::string> publication_types_;
};

bool ArticleReader::Read() {
  const std::string pmid_text = record_.TextAt("MedlineCitation/PMID");
  const absl::optional<v1::ExternalId> pmid = MakeExternalId("pmid", pmid_text);
  if (!pmid.has_value()) {
    sink_.OnProblem(Unreadable(
        file_, Location(),
        absl::StrCat("wanted a PMID of digits, got \"", pmid_text.substr(0, 40), "\"; the record is left out")));
    return true;
  }
  pmid_ = *pmid;
  publication_types_ = Texts("MedlineCitation/Article/PublicationTypeList", "PublicationType");

  DocumentBuilder builder;
  storage::Document& document = builder.metadata();
  document.set_id(DocumentId(absl::StrCat("pmid-", pmid_.value())));
  document.set_source(file_.name);
  document.set_source_version(std::string(record_.Find("MedlineCitation/PMID")->Attribute("Version")));
  *document.mutable_last_revision() = DateAt("MedlineCitation/DateRevised");
  document.set_title(Title());
  document.set_language(LanguageTag(record_.TextAt("MedlineCitation/Article/Language")));
  document.set_kind(KindOf(publication_types_));
  for (const std::string& type : publication_types_) document.add_publication_types(type);
  for (std::string& keyword : Texts("MedlineCitation/KeywordList", "Keyword")) document.add_tags(std::move(keyword));
  AddIdentifiers(document);
  AddJournal(document);
  AddMesh(document);
  AddRelations(document);
  document.set_stated_status(SendNotices({document.external_ids().begin(), document.external_ids().end()}));

  if (!AddAbstract(builder)) {
    if (std::any_of(publication_types_.begin(), publication_types_.end(), IsNotice)) return true;
    if (document.title().empty()) {
      sink_.OnProblem(Unreadable(file_, Location(), "the record has neither title nor abstract; it is left out"));
      return true;
    }
    sink_.OnProblem(Warning(file_, Location(), "the record has no abstract; its title is its only text"));
    builder.AddParagraph(document.title());
  }
  return sink_.OnDocument(std::move(builder).Build());
}

std::vector<std::string> ArticleReader::Texts(absl::string_view list_path, absl::string_view item) const {
  std::vector<std::string> texts;
  const XmlElement* list = record_.Find(list_path);
  if (list == nullptr) return texts;
  for (const XmlElement* element : list->All(item)) {
    std::string text = InlineText(*element);
    if (!text.empty()) texts.push_back(std::move(text));
  }
  return texts;
}

std::string ArticleReader::Title() const {
  const XmlElement* title = record_.Find("MedlineCitation/Article/ArticleTitle");
  std::string text = title == nullptr ? "" : InlineText(*title);
  if (!text.empty() && text != "[Not Available].") return text;
  const XmlElement* vernacular = record_.Find("MedlineCitation/Article/VernacularTitle");
  return vernacular == nullptr ? text : InlineText(*vernacular);
}

v1::Date ArticleReader::DateAt(absl::string_view path) const {
  return PublicationDate(record_.TextAt(absl::StrCat(path, "/Year")), record_.TextAt(absl::StrCat(path, "/Month")),
                         record_.TextAt(absl::StrCat(path, "/Day")));
}

void ArticleReader::AddIdentifiers(storage::Document& document) const {
  *document.add_external_ids() = pmid_;
  absl::optional<v1::ExternalId> doi;
  absl::optional<v1::ExternalId> pmcid;
  if (const XmlElement* ids = record_.Find("PubmedData/ArticleIdList"); ids != nullptr) {
    for (const XmlElement* id : ids->All("ArticleId")) {
      if (id->Attribute("IdType") == "doi") doi = MakeExternalId("doi", id->Text());
      if (id->Attribute("IdType") == "pmc") pmcid = MakeExternalId("pmcid", id->Text());
    }
  }
  if (const XmlElement* article = record_.Find("MedlineCitation/Article"); article != nullptr && !doi.has_value()) {
    for (const XmlElement* id : article->All("ELocationID")) {
      if (id->Attribute("EIdType") == "doi" && id->Attribute("ValidYN") != "N") doi = MakeExternalId("doi", id->Text());
    }
  }
  if (doi.has_value()) *document.add_external_ids() = *doi;
  if (pmcid.has_value()) *document.add_external_ids() = *pmcid;
}

void ArticleReader::AddJournal(storage::Document& document) const {
  document.set_publisher(record_.TextAt("MedlineCitation/Article/Journal/Title"));
  if (document.publisher().empty())
    document.set_publisher(record_.TextAt("MedlineCitation/MedlineJournalInfo/MedlineTA"));
  for (absl::string_view path :
       {"MedlineCitation/Article/Journal/JournalIssue/PubDate", "MedlineCitation/Article/ArticleDate"}) {
    const XmlElement* element = record_.Find(path);
    if (element == nullptr) continue;
    const std::string free_form = element->TextAt("MedlineDate");
    const v1::Date date =
        free_form.empty() ? PublicationDate(element->TextAt("Year"), element->TextAt("Month"), element->TextAt("Day"))
                          : ParsePublicationDate(free_form);
    if (date.year() == 0) continue;
    *document.mutable_publication_date() = date;
    return;
  }
}

// A descriptor, and after it "descriptor/qualifier" for each of its qualifiers.
void ArticleReader::AddMesh(storage::Document& document) const {
  const XmlElement* list = record_.Find("MedlineCitation/MeshHeadingList");
  if (list == nullptr) return;
  for (const XmlElement* heading : list->All("MeshHeading")) {
    const std::string descriptor = heading->TextAt("DescriptorName");
    if (descriptor.empty()) continue;
    document.add_mesh_headings(descriptor);
    for (const XmlElement* qualifier : heading->All("QualifierName")) {
      document.add_mesh_headings(absl::StrCat(descriptor, "/", qualifier->Text()));
    }
  }
}

// Newer and older versions of the article, by the ids that their records get here.
void ArticleReader::AddRelations(storage::Document& document) const {
  const XmlElement* list = record_.Find("MedlineCitation/CommentsCorrectionsList");
  if (list == nullptr) return;
  for (const XmlElement* entry : list->All("CommentsCorrections")) {
    const absl::optional<v1::ExternalId> other = MakeExternalId("pmid", entry->TextAt("PMID"));
    if (!other.has_value()) continue;
    const std::string id = DocumentId(absl::StrCat("pmid-", other->value()));
    if (entry->Attribute("RefType") == "UpdateIn") document.add_superseded_by(id);
    if (entry->Attribute("RefType") == "UpdateOf") document.add_supersedes(id);
  }
}

bool ArticleReader::AddAbstract(DocumentBuilder& builder) const {
  const XmlElement* abstract = record_.Find("MedlineCitation/Article/Abstract");
  if (abstract == nullptr) return false;
  for (const XmlElement* part : abstract->All("AbstractText")) {
    const absl::string_view heading = part->Attribute("Label");
    absl::string_view category = part->Attribute("NlmCategory");
    if (category == "UNASSIGNED") category = "";
    const bool is_section = !heading.empty() || !category.empty();
    if (is_section) builder.BeginSection(heading, SectionLabel(category, heading));
    builder.AddParagraph(InlineText(*part));
    if (is_section) builder.EndSection();
  }
  return !builder.empty();
}

v1::DocumentStatus ArticleReader::SendNotices(const Identifiers& own_ids) const {
  v1::DocumentStatus own = v1::DOCUMENT_STATUS_UNSPECIFIED;
  bool is_notice = std::any_of(publication_types_.begin(), publication_types_.end(), IsNotice);
  const XmlElement* list = record_.Find("MedlineCitation/CommentsCorrectionsList");
  for (const XmlElement* entry : list == nullptr ? Elements() : list->All("CommentsCorrections")) {
    const absl::string_view type = entry->Attribute("RefType");
    const NoticeKind* kind = KindOf(type);
    if (kind == nullptr) continue;
    const std::string citation = entry->TextAt("RefSource");
    if (!kind->about_other) {
      own = std::max(own, kind->status);
      SendNotice(own_ids, kind->status, absl::StrCat(type, ": ", citation), CitedDate(citation));
      continue;
    }
    is_notice = false;
    const Identifiers others = IdentifiersOf(*entry);
    SendNotice(others, kind->status, absl::StrCat(type, ", said by PMID ", pmid_.value()), v1::Date());
    if (others.empty()) ReportUnidentified(absl::StrCat(type, " \"", citation.substr(0, 200), "\""));
  }
  if (is_notice) ReportUnidentified("a publication type that is a notice");
  const auto retracted = std::find(publication_types_.begin(), publication_types_.end(), "Retracted Publication");
  if (retracted != publication_types_.end() && own != v1::DOCUMENT_STATUS_RETRACTED) {
    own = v1::DOCUMENT_STATUS_RETRACTED;
    SendNotice(own_ids, own, "publication type \"Retracted Publication\"", v1::Date());
  }
  return own;
}

void ArticleReader::SendNotice(const Identifiers& subjects, v1::DocumentStatus status, absl::string_view reason,
                               const v1::Date& date) const {
  for (const v1::ExternalId& subject : subjects) {
    storage::StatusNotice notice;
    *notice.mutable_external_id() = subject;
    notice.set_status(status);
    if (date.year() > 0) *notice.mutable_date() = date;
    notice.set_origin(storage::STATUS_ORIGIN_FEED);
    notice.set_reason(std::string(reason));
    sink_.OnStatus(std::move(notice));
  }
}

void ArticleReader::ReportUnidentified(absl::string_view entry) const {
  sink_.OnProblem(Unreadable(file_, Location(),
                             absl::StrCat("the record has ", entry,
                                          " and names no article by PMID or DOI; it has no effect: find out which "
                                          "article is meant, and list it in a status feed")));
}

std::string ArticleReader::Location() const {
  if (pmid_.value().empty()) return absl::StrCat("line ", line_);
  return absl::StrCat("line ", line_, ", PMID ", pmid_.value());
}

std::string BookLocation(const XmlElement& record, size_t line) {
  return absl::StrCat("line ", line, ", PMID ", record.TextAt("BookDocument/PMID"));
}

void SendDeletions(const XmlElement& record, size_t line, const SourceFile& file, DocumentSink& sink) {
  for (const XmlElement* deleted : record.All("PMID")) {
    const absl::optional<v1::ExternalId> pmid = MakeExternalId("pmid", deleted->Text());
    if (!pmid.has_value()) {
      sink.OnProblem(Unreadable(file, absl::StrCat("line ", line),
                                absl::StrCat("a deleted citation: wanted a PMID of digits, got \"",
                                             deleted->Text().substr(0, 40), "\"; left out")));
      continue;
    }
    storage::StatusNotice notice;
    *notice.mutable_external_id() = *pmid;
    notice.set_status(v1::DOCUMENT_STATUS_WITHDRAWN);
    notice.set_origin(storage::STATUS_ORIGIN_FEED);
    notice.set_reason("PubMed deleted the citation");
    sink.OnStatus(std::move(notice));
  }
}

}  // namespace

bool MedlineConnector::Recognises(const SourceFile& file) const {
  return file.extension == "xml" && RootElementName(file.bytes) == "PubmedArticleSet";
}

void MedlineConnector::Read(const SourceFile& file, DocumentSink& sink) const {
  const absl::optional<XmlProblem> problem = ReadRecords(
      file.bytes, {"PubmedArticle", "PubmedBookArticle", "DeleteCitation"}, [&](const XmlElement& record, size_t line) {
        if (record.name == "PubmedArticle") return ArticleReader(record, line, file, sink).Read();
        if (record.name == "DeleteCitation") {
          SendDeletions(record, line, file, sink);
        } else {
          sink.OnProblem(
              Unreadable(file, BookLocation(record, line), "chapters of books are not read; the record is left out"));
        }
        return true;
      });
  if (!problem.has_value()) return;
  sink.OnProblem(
      Unreadable(file, problem->location(),
                 absl::StrCat(problem->reason, "; the records before it were read, the rest of the file was not")));
}

}  // namespace bedside
