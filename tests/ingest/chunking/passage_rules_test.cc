// Holds kPassageRules to what it says: whoever changes the passages of a document raises it, and so makes the next
// import of every store cut its documents anew.
#include "ingest/chunking/passage_rules.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "index/hash/sha256.h"
#include "index/text/passage_text.h"
#include "ingest/chunking/chunker.h"
#include "tests/ingest/chunking/word_tokenizer.h"

namespace bedside {
namespace {

// Composes a document byte by byte, so that it is the same whatever becomes of DocumentBuilder.
class FixedDocument {
 public:
  explicit FixedDocument(const std::string& title) { document_.set_title(title); }

  // A parent of -1: none.
  FixedDocument& Section(const std::string& heading, const std::string& label, int parent) {
    storage::Section& section = *document_.add_sections();
    section.set_heading(heading);
    section.set_label(label);
    if (parent >= 0) section.set_parent(static_cast<uint32_t>(parent));
    section.set_begin(static_cast<uint32_t>(document_.text().size()));
    absl::StrAppend(document_.mutable_text(), heading, "\n\n");
    return *this;
  }

  FixedDocument& Block(storage::BlockKind kind, const std::string& text, const std::string& context = "") {
    storage::Section& section = *document_.mutable_sections(document_.sections_size() - 1);
    storage::Block& block = *section.add_blocks();
    block.set_kind(kind);
    block.set_context(context);
    block.set_begin(static_cast<uint32_t>(document_.text().size()));
    document_.mutable_text()->append(text);
    block.set_end(static_cast<uint32_t>(document_.text().size()));
    section.set_end(block.end());
    document_.mutable_text()->append("\n\n");
    return *this;
  }

  FixedDocument& Page() {
    document_.add_page_begins(static_cast<uint32_t>(document_.text().size()));
    return *this;
  }

  const storage::Document& Get() const { return document_; }

 private:
  storage::Document document_;
};

std::string Repeated(const std::string& text, int times) {
  return absl::StrJoin(std::vector<std::string>(times, text), " ");
}

storage::Document Guideline() {
  const auto kParagraph = storage::BLOCK_KIND_PARAGRAPH;
  const auto kItem = storage::BLOCK_KIND_LIST_ITEM;
  const std::string rows = absl::StrJoin(std::vector<std::string>(90, "30 to 44 | no | 1,000 mg a day"), "\n");
  return FixedDocument("Drugs and the kidney: an illustration")
      .Page()
      .Section("Recommendations", "", -1)
      .Section("Dose by eGFR", "RECOMMENDATION", 0)
      .Block(kParagraph,
             Repeated("Stop the drug below 30 mL/min/1.73 m\xc2\xb2, e.g. at 0.5 mg. Ask Dr. No first!", 12))
      .Block(kParagraph, "Contraindications:")
      .Block(kItem, Repeated("acidosis of any cause;", 6), "Contraindications:")
      .Block(kItem, "a na\xc3\xafve patient:", "Contraindications:")
      .Block(kItem, Repeated("never treated before", 30), "Contraindications:\na na\xc3\xafve patient:")
      .Page()
      .Section("Tables", "", 0)
      .Block(storage::BLOCK_KIND_TABLE, "below 30 | stop", "Doses\neGFR | Dose")
      .Block(storage::BLOCK_KIND_TABLE, rows, "All doses\neGFR | Start | Dose")
      .Section("Evidence", "RESULTS", -1)
      .Block(kParagraph, Repeated("One long sentence without an end", 70))
      .Block(kParagraph, "A short one. And another? Yes.")
      .Get();
}

storage::Document Untitled() {
  return FixedDocument("")
      .Section("", "", -1)
      .Block(storage::BLOCK_KIND_PARAGRAPH, Repeated("Two groups were compared (n = 20). P was < 0.05.", 40))
      .Get();
}

// Title, heading and context are longer than what is embedded of them.
storage::Document Wordy() {
  return FixedDocument(Repeated("a title of many words", 20))
      .Section(Repeated("heading", 60), "", -1)
      .Block(storage::BLOCK_KIND_LIST_ITEM, Repeated("item", 20), std::string(400, 'x'))
      .Get();
}

// Of all that the passages of the documents are and that is embedded of them.
std::string PassagesSha256() {
  const std::unique_ptr<WordPieceTokenizer> tokenizer = MakeWordTokenizer();
  std::string all;
  for (const uint32_t target_tokens : {0u, 48u}) {
    config::ChunkingConfig config;
    config.set_target_tokens(target_tokens);
    const auto chunker = Chunker::Create(config, tokenizer.get());
    for (const storage::Document& document : {Guideline(), Untitled(), Wordy()}) {
      for (const storage::Passage& passage : (*chunker)->Chunk(document)) {
        absl::StrAppend(&all, passage.SerializeAsString(), "\n", EmbeddingText(document, passage), "\n");
      }
    }
  }
  return Sha256Hex(all);
}

// What each version of the rules makes of the documents above. An entry is never changed: stores were made by it.
const std::map<int, std::string>& Sha256ByRules() {
  static const auto& digests = *new std::map<int, std::string>{
      {1, "1018925bf52f501804ceb6fd12a99ad067cf0f90a64660c60ff7e56a36f74096"},
      {2, "1018925bf52f501804ceb6fd12a99ad067cf0f90a64660c60ff7e56a36f74096"},
  };
  return digests;
}

TEST(PassageRulesTest, OtherPassagesHaveAnotherVersion) {
  const std::string got = PassagesSha256();
  const auto wanted = Sha256ByRules().find(kPassageRules);
  ASSERT_NE(wanted, Sha256ByRules().end()) << "kPassageRules was raised to " << kPassageRules << ": add {"
                                           << kPassageRules << ", \"" << got << "\"} to Sha256ByRules.";
  EXPECT_EQ(got, wanted->second)
      << "The same documents give other passages, or other texts to embed, than by the rules of version "
      << kPassageRules << ". If this is not meant, mend it. If it is, raise kPassageRules in "
      << "ingest/chunking/passage_rules.h to " << kPassageRules + 1 << " and add {" << kPassageRules + 1 << ", \""
      << got << "\"} to Sha256ByRules: otherwise stores keep the passages of the old rules until they are reindexed.";
}

}  // namespace
}  // namespace bedside
