#include "services/resources/evidence_messages.h"

#include "absl/strings/ascii.h"
#include "proto/bedside/config/source_trust.h"
#include "services/resources/resource_name.h"

namespace bedside {
namespace {

// The prefix of `text` that holds at most `words` words.
absl::string_view FirstWords(absl::string_view text, uint32_t words) {
  bool in_word = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool space = absl::ascii_isspace(static_cast<unsigned char>(text[i]));
    if (!space && !in_word && words-- == 0) return absl::StripTrailingAsciiWhitespace(text.substr(0, i));
    in_word = !space;
  }
  return text;
}

v1::Section SectionMessage(const storage::Section& section) {
  v1::Section message;
  message.set_heading(section.heading());
  if (section.has_parent()) message.set_parent(static_cast<int32_t>(section.parent()));
  message.set_label(section.label());
  message.mutable_span()->set_begin(section.begin());
  message.mutable_span()->set_end(section.end());
  return message;
}

}  // namespace

absl::string_view ShownText(const storage::Document& document, uint32_t begin, uint32_t end) {
  if (document.rights().hidden()) return {};
  const absl::string_view text = absl::string_view(document.text()).substr(begin, end - begin);
  const uint32_t words = document.rights().max_words();
  return words == 0 ? text : FirstWords(text, words);
}

v1::Document DocumentMessage(absl::string_view corpus, const storage::Document& document,
                             const DocumentStanding& standing) {
  v1::Document message;
  message.set_name(DocumentNameOf(corpus, document.id()));
  message.set_version(standing.version);
  message.set_title(document.title());
  message.set_kind(document.kind());
  message.set_publisher(document.publisher());
  if (document.has_publication_date()) *message.mutable_publication_date() = document.publication_date();
  message.set_status(standing.status);
  message.set_status_reason(standing.status_reason);
  message.set_jurisdiction(document.jurisdiction());
  message.set_language(document.language());
  *message.mutable_external_ids() = document.external_ids();
  message.set_evidence_system(document.evidence_system());
  *message.mutable_supersedes() = document.supersedes();
  *message.mutable_superseded_by() = document.superseded_by();
  *message.mutable_conditions() = document.conditions();
  *message.mutable_tags() = document.tags();
  *message.mutable_mesh_headings() = document.mesh_headings();
  *message.mutable_publication_types() = document.publication_types();
  message.set_source(document.source());
  message.set_source_set(std::string(NameOfSourceSet(document.source_set())));
  message.set_trust(standing.trust);
  return message;
}

v1::Document FullDocumentMessage(absl::string_view corpus, const storage::Document& document,
                                 const DocumentStanding& standing) {
  v1::Document message = DocumentMessage(corpus, document, standing);
  const absl::string_view text = ShownText(document, 0, static_cast<uint32_t>(document.text().size()));
  message.set_text(text.data(), text.size());
  for (const storage::Section& section : document.sections()) {
    if (section.end() <= text.size()) *message.add_sections() = SectionMessage(section);
  }
  return message;
}

v1::Passage PassageMessage(absl::string_view corpus, const storage::Document& document, absl::string_view version,
                           const storage::Passage& passage) {
  v1::Passage message;
  message.set_name(PassageNameOf(corpus, document.id(), {passage.begin(), passage.end()}));
  message.set_document_version(version.data(), version.size());
  message.mutable_span()->set_begin(passage.begin());
  message.mutable_span()->set_end(passage.end());
  const absl::string_view text = ShownText(document, passage.begin(), passage.end());
  message.set_text(text.data(), text.size());
  *message.mutable_heading_path() = passage.heading_path();
  message.set_section_label(passage.section_label());
  if (passage.page() != 0) message.set_page(static_cast<int32_t>(passage.page()));
  return message;
}

}  // namespace bedside
