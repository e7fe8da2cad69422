#include "tests/ingest/pipeline/bomb_files.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/ingest/connectors/pdf_file.h"
#include "tests/ingest/pipeline/bomb_archives.h"

namespace bedside {
namespace {

constexpr size_t kEndless = 100'000'000;

std::string Repeated(absl::string_view text, size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (size_t i = 0; i < times; ++i) out.append(text.data(), text.size());
  return out;
}

// A MEDLINE file of one citation.
std::string Citation(absl::string_view title, absl::string_view prologue = "", absl::string_view attribute = "") {
  return absl::StrCat("<?xml version=\"1.0\"?>", prologue, "<PubmedArticleSet><PubmedArticle", attribute,
                      "><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>", title,
                      "</ArticleTitle><Abstract><AbstractText>Text.</AbstractText></Abstract></Article>"
                      "</MedlineCitation></PubmedArticle></PubmedArticleSet>");
}

std::string Subset(absl::string_view declarations) {
  return absl::StrCat("<!DOCTYPE PubmedArticleSet [", declarations, "]>");
}

std::string LaughsDeclared() {
  std::string declarations = "<!ENTITY l0 \"lol\">";
  for (int i = 1; i < 30; ++i) {
    absl::StrAppend(&declarations, "<!ENTITY l", i, " \"&l", i - 1, ";&l", i - 1, ";\">");
  }
  return declarations;
}

std::string YamlLaughs() {
  std::string yaml = "---\nid: a\ntitle: A\nl0: &l0 [lol, lol]\n";
  for (int i = 1; i < 30; ++i) absl::StrAppend(&yaml, "l", i, ": &l", i, " [*l", i - 1, ", *l", i - 1, "]\n");
  return absl::StrCat(yaml, "tags: *l29\n---\nText.\n");
}

// A page on which each form draws the next one twice.
std::string SpinningPdf() {
  std::string page = PdfFile({{"Text."}});
  const std::string marker = "/Resources << ";
  page.insert(page.find(marker) + marker.size(), "/XObject << /X0 100 0 R >> ");
  const std::string text = "BT /F1";
  page.replace(page.find(text), text.size(), "/X0 Do");
  std::string forms;
  for (int i = 0; i < 40; ++i) {
    absl::StrAppend(&forms, 100 + i, " 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Length 14 ",
                    "/Resources << /XObject << /X0 ", 101 + i,
                    " 0 R >> >> >>\nstream\n/X0 Do /X0 Do \nendstream\nendobj\n");
  }
  page.insert(page.find("xref"), forms);
  // Without its table, which is wrong now, the file is read object by object.
  return page.substr(0, page.find("xref")) + page.substr(page.find("trailer"));
}

}  // namespace

std::vector<Bomb> ExpansionBombs() {
  const std::string refused = "declares entities of its own";
  return {
      {"a.xml", "entities of entities", refused, [] { return Citation("&l29;", Subset(LaughsDeclared())); }},
      {"a.xml", "one long entity, used often", refused,
       [] {
         return Citation(Repeated("&l;", 100'000), Subset(absl::StrCat("<!ENTITY l \"", Repeated("x", 10'000), "\">")));
       }},
      {"a.xml", "a parameter entity", refused,
       [] { return Citation("x", Subset("<!ENTITY % p \"<!ENTITY l 'lol'>\">%p;")); }},
      {"a.xml", "an entity outside of the file", refused,
       [] { return Citation("&l;", Subset("<!ENTITY l SYSTEM \"file:///etc/passwd\">")); }},
      {"a.xml", "a long default value, of every element", "default value",
       [] {
         const std::string value = Repeated("x", 10'000);
         return absl::StrCat("<?xml version=\"1.0\"?>",
                             "<!DOCTYPE PubmedArticleSet [<!ATTLIST PubmedArticle a CDATA \"", value, "\">]>",
                             "<PubmedArticleSet>", Repeated("<PubmedArticle/>", 1'000'000), "</PubmedArticleSet>");
       }},
      {"a.md", "aliases of aliases", "tags", YamlLaughs},
  };
}

std::vector<Bomb> NestingBombs() {
  constexpr size_t kDeep = 1'000'000;
  return {
      {"a.xml", "elements", "nested more than 256 deep", [] { return Citation(Repeated("<i>", kDeep)); }},
      {"corpus.jsonl", "arrays in a line", "not a JSON object",
       [] { return absl::StrCat("{\"_id\": \"1\", \"text\": ", Repeated("[", kDeep), "\n"); }},
      {"a.json", "objects in a record", "not a JSON object",
       [] {
         return absl::StrCat("{\"1\": {\"QUESTION\": \"q\", \"CONTEXTS\": ", Repeated("{\"a\":", kDeep), "1",
                             Repeated("}", kDeep), "}}");
       }},
      {"a.html", "elements", "nested more than 2000 deep",
       [] { return absl::StrCat("<html><body>", Repeated("<div>", kDeep), "text"); }},
      {"a.html", "emphasis that every paragraph opens again", "nested too deep",
       [] {
         std::string page = "<html><body>";
         for (int i = 0; i < 1000; ++i) absl::StrAppend(&page, "<font color=", i, ">");
         return absl::StrCat(page, Repeated("<p>x", kDeep));
       }},
      {"a.html", "attributes of one tag", "more than 500 attributes",
       [] {
         std::string page = "<html><body><p";
         for (size_t i = 0; i < kDeep; ++i) absl::StrAppend(&page, " a", i);
         return absl::StrCat(page, ">x");
       }},
      {"a.md", "front matter", "front matter is not YAML",
       [] { return absl::StrCat("---\nid: a\ntags: ", Repeated("[", 200'000), "\n---\nText.\n"); }},
      {"a.md", "quotations", "", [] { return absl::StrCat(Repeated(">", kDeep), "text"); }},
      {"a.md", "lists", "", [] { return absl::StrCat(Repeated("- ", kDeep), "text"); }},
      {"a.md", "brackets", "", [] { return Repeated("[", kDeep); }},
      {"a.md", "emphasis", "", [] { return Repeated("*a _b ", kDeep); }},
      {"a.md", "code", "", [] { return Repeated("`a ``b ", kDeep); }},
      {"a.md", "tags", "", [] { return Repeated("<a <!-- ", kDeep); }},
      {"a.md", "columns", "",
       [] { return absl::StrCat("|", Repeated("a|", kDeep), "\n|", Repeated("-|", kDeep), "\n"); }},
  };
}

std::vector<Bomb> EndlessTokenBombs() {
  return {
      {"a.md", "a word", "MiB that are read", [] { return Repeated("x", kEndless); }},
      {"a.md", "a line", "MiB that are read", [] { return Repeated("word ", kEndless / 5); }},
      {"a.html", "a word", "MiB that are read", [] { return absl::StrCat("<p>", Repeated("x", kEndless)); }},
      {"a.xml", "a word", "a text of more than 32 MiB", [] { return Citation(Repeated("x", kEndless)); }},
      {"a.xml", "an attribute", "",
       [] { return Citation("x", "", absl::StrCat(" a=\"", Repeated("x", kEndless), "\"")); }},
      {"a.xml", "a name", "not well-formed", [] { return Citation(absl::StrCat("<", Repeated("x", kEndless))); }},
      {"a.xml", "a comment", "not well-formed", [] { return Citation(absl::StrCat("<!--", Repeated("x", kEndless))); }},
      {"corpus.jsonl", "a word", "at most 32 MiB",
       [] { return absl::StrCat("{\"_id\": \"1\", \"text\": \"", Repeated("x", kEndless), "\"}\n"); }},
      {"corpus.jsonl", "a line that is no JSON", "not a JSON object", [] { return Repeated("x", kEndless); }},
      {"a.json", "a word", "at most 32 MiB",
       [] {
         return absl::StrCat("{\"1\": {\"QUESTION\": \"q\", \"CONTEXTS\": [\"", Repeated("x", kEndless), "\"]}}");
       }},
      {"a.csv", "a quoted field", "",
       [] { return absl::StrCat("document_id,status\n\"", Repeated("x\n", kEndless / 2)); }},
  };
}

std::vector<Bomb> ArchiveBombs() {
  const std::string refused = "times the size of the archive";
  const size_t plenty = size_t{256} << 20;
  const auto zeros = [](size_t bytes) { return std::string(bytes, '\0'); };
  return {
      {"a.md.gz", "zeros", refused, [=] { return Gzipped(zeros(plenty)); }},
      {"a.zip", "zeros", refused,
       [=] {
         return Zip({{"a.md", zeros(plenty)}});
       }},
      {"a.zip", "an archive in an archive", "inside an archive",
       [=] {
         return Zip({{"b.zip", zeros(1000)}});
       }},
      {"a.zip", "entries that overlap", refused,
       [=] {
         return OverlappingZip(Zip({{"a", zeros(size_t{16} << 20)}}), "a", 1000);
       }},
      {"a.zip", "entries that overlap, passed over", refused,
       [=] {
         return OverlappingZip(Zip({{"a", zeros(size_t{16} << 20)}}), ".a", 1000);
       }},
      {"a.tar.gz", "zeros, passed over", refused,
       [=] {
         return TarGz({{".a.md", zeros(plenty)}});
       }},
      {"a.tar.gz", "empty members", "holds no text",
       [] {
         return TarGz(Members(300'000, {"a.md", ""}));
       }},
      {"a.tar", "a sparse member", refused, SparseTar},
      {"a.tar", "a name without end", "cannot be read", [] { return LongNameTar(size_t{64} << 20); }},
  };
}

std::vector<Bomb> PdfBombs() { return {{"a.pdf", "forms that draw forms", "took longer than", SpinningPdf}}; }

}  // namespace bedside
