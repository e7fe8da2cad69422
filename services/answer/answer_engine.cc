#include "services/answer/answer_engine.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "index/hash/sha256.h"
#include "index/query/clinical_words.h"
#include "index/status/status_macros.h"
#include "services/answer/abbreviation_notes.h"
#include "services/answer/abstention.h"
#include "services/answer/animal_study.h"
#include "services/answer/answer_settings.h"
#include "services/answer/basis.h"
#include "services/answer/checked_evidence.h"
#include "services/answer/citation_parser.h"
#include "services/answer/conflict_finder.h"
#include "services/answer/conflict_sentences.h"
#include "services/answer/context_query.h"
#include "services/answer/emergency.h"
#include "services/answer/energy_meter.h"
#include "services/answer/evidence_filter.h"
#include "services/answer/extractive_composer.h"
#include "services/answer/patient.h"
#include "services/answer/patient_check.h"
#include "services/answer/prompt_passages.h"
#include "services/answer/question_language.h"
#include "services/answer/subject.h"
#include "services/generation/chat_generator.h"
#include "services/generation/data_marking.h"
#include "services/generation/egress_guard.h"
#include "services/generation/foreign_text.h"
#include "services/generation/generator_fault.h"
#include "services/generation/grpc_generator.h"
#include "services/generation/instruction_detector.h"
#include "services/generation/prompt_assembler.h"
#include "services/grounding/grounding.h"
#include "services/privacy/deidentifier.h"
#include "services/resources/evidence_messages.h"
#include "services/trace/trace_span.h"

namespace bedside {
namespace {

constexpr char kExtractive[] = "extractive";
// What a language model leaves of the request's time for falling back.
constexpr absl::Duration kFallBackTime = absl::Milliseconds(200);
// Of a model's text, in which it says whether there is an answer.
constexpr size_t kBeginningBytes = 64;

using Sentences = std::vector<v1::AnswerSentence>;

struct Pipeline {
  AnswerSettings settings;
  const EvidenceSource* evidence;
  const Embedder* embedder;
  std::vector<v1::ModelIdentity> models;
  std::unique_ptr<EnergyMeter> energy;
  std::unique_ptr<LexicalAnalyzer> analyzer;
  std::unique_ptr<SentenceSplitter> splitter;
  std::unique_ptr<ExtractiveComposer> composer;
  std::unique_ptr<ConflictFinder> conflicts;
  InstructionDetector detector;
  std::unique_ptr<Deidentifier> deidentifier;
  // All or none.
  std::unique_ptr<PromptAssembler> prompts;
  std::unique_ptr<EgressGuard> guard;
  std::unique_ptr<Generator> generator;
};

void SetDuration(absl::Duration elapsed, google::protobuf::Duration& duration) {
  duration.set_seconds(absl::IDivDuration(elapsed, absl::Seconds(1), &elapsed));
  duration.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(elapsed)));
}

// "deadline exceeded (chat server: no first token in time)".
std::string ReasonText(const absl::Status& status) {
  const std::string code = absl::AsciiStrToLower(absl::StatusCodeToString(status.code()));
  return absl::StrCat(absl::StrReplaceAll(code, {{"_", " "}}), " (", status.message(), ")");
}

std::string PromptSha256(const OutboundPrompt& prompt) {
  return Sha256Hex(absl::StrCat(prompt.system(), absl::string_view("\0", 1), prompt.user()));
}

// Whether a model says that the passages hold no answer, whatever it adds; emphasis and quotes do not count.
bool SaysNoAnswer(absl::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\n*_#\"'"), text.size()));
  return absl::StartsWithIgnoreCase(text, kNoAnswer);
}

// A language model's sentences on their way into an answer.
class SentenceCheck {
 public:
  SentenceCheck(const Pipeline& pipeline, const std::vector<EvidencePassage>& evidence)
      : mark_unsupported_(pipeline.settings.mark_unsupported),
        grounding_(pipeline.analyzer.get(), *pipeline.splitter, pipeline.embedder, SourcesOf(evidence)) {
    for (const EvidencePassage& passage : evidence) {
      const uint32_t begin = passage.passage.begin();
      begins_.push_back(begin);
      ends_.push_back(begin + static_cast<uint32_t>(ShownText(*passage.document, begin, passage.passage.end()).size()));
    }
  }

  // Those that may be shown; issues are counted in `basis`.
  Sentences Keep(const std::vector<CitedSentence>& cited, v1::Basis* basis) {
    const ScopedSpan span("check");
    std::vector<Claim> claims;
    for (const CitedSentence& sentence : cited) claims.push_back({sentence.text, sentence.numbers});
    const std::vector<GroundingVerdict> verdicts = grounding_.Check(claims);
    Sentences kept;
    for (size_t i = 0; i < cited.size(); ++i) {
      CountIssues(verdicts[i], basis);
      if (!verdicts[i].supported()) ++unsupported_;
      if (verdicts[i].supported() || mark_unsupported_) kept.push_back(MessageOf(cited[i], verdicts[i]));
    }
    return kept;
  }

  int removed() const { return mark_unsupported_ ? 0 : unsupported_; }
  const absl::Status& embedder_status() const { return grounding_.embedder_status(); }

 private:
  static std::vector<GroundingSource> SourcesOf(const std::vector<EvidencePassage>& evidence) {
    std::vector<GroundingSource> sources;
    for (const EvidencePassage& passage : evidence) sources.push_back(SourceOf(passage));
    return sources;
  }

  v1::AnswerSentence MessageOf(const CitedSentence& cited, const GroundingVerdict& verdict) const {
    v1::AnswerSentence sentence;
    sentence.set_text(cited.text);
    for (v1::Citation& citation : CitationsOf(verdict, begins_)) *sentence.add_citations() = std::move(citation);
    for (v1::GroundingIssue& issue : IssuesOf(verdict, cited.text, begins_)) *sentence.add_issues() = std::move(issue);
    // A marked sentence of which nothing stands there cites all of what it names.
    if (sentence.citations_size() > 0) return sentence;
    const auto first = static_cast<size_t>(cited.numbers.front()) - 1;
    v1::Citation& citation = *sentence.add_citations();
    citation.set_evidence_number(cited.numbers.front());
    citation.mutable_span()->set_begin(begins_[first]);
    citation.mutable_span()->set_end(ends_[first]);
    return sentence;
  }

  const bool mark_unsupported_;
  Grounding grounding_;
  TextBegins begins_;
  // Of what is shown of each passage.
  std::vector<uint32_t> ends_;
  int unsupported_ = 0;
};

// One question on its way to an answer.
class AnswerRun {
 public:
  AnswerRun(const Pipeline& pipeline, EvidenceQuestion question, const AnswerObserver& observer)
      : pipeline_(pipeline),
        question_(std::move(question)),
        observer_(observer),
        start_(absl::Now()),
        energy_start_(pipeline.energy->Read()) {
    if (question_.limit == 0) question_.limit = pipeline_.settings.max_evidence;
    question_.counted_terms = pipeline_.analyzer->Terms(question_.question);
  }

  absl::StatusOr<v1::Answer> Run() {
    RETURN_IF_ERROR(question_.until.Check("to find evidence"));
    // Before its spelling is corrected by the words of another language.
    const bool may_be_english = MayBeEnglish(question_.question);
    // And before words around it are left out; below, once more as it is spelled then.
    const bool told_of_emergency = TellsOfEmergency(question_.question);
    ASSIGN_OR_RETURN(const RetrievedEvidence found, Find());
    FilteredEvidence filtered =
        FilterEvidence(found, question_.question, pipeline_.settings.min_relevance, *pipeline_.analyzer);
    SetSuspectsApart(pipeline_.detector, &filtered);
    basis() = BasisOf(question_, found, filtered, pipeline_.settings, pipeline_.models,
                      told_of_emergency || TellsOfEmergency(question_.question));
    SetDuration(found.embed_time, *basis().mutable_timings()->mutable_embed());
    SetDuration(absl::Now() - start_, *basis().mutable_timings()->mutable_retrieve());
    if (observer_.on_evidence) observer_.on_evidence(basis());
    RETURN_IF_ERROR(CheckNotCancelled());
    const absl::Time generation_start = absl::Now();
    const std::vector<EvidencePassage> sound = filtered.sound();
    basis().set_generator(kExtractive);
    const Subject subject(pipeline_.analyzer.get(), WithoutIdentifiers(), found.counts);
    if (!may_be_english) {
      *answer_.mutable_abstention() = LanguageNotSupported();
    } else if (found.interpretation.ambiguities_size() > 0) {
      *answer_.mutable_abstention() = NameNotClear(found.interpretation.ambiguities(0));
    } else if (sound.empty()) {
      *answer_.mutable_abstention() =
          IsOutOfScope(subject, found, filtered) ? NotAboutMedicine() : NothingToAnswerFrom(filtered);
    } else if (!absl::c_linear_search(subject.SpokenOfIn(sound), true)) {
      *answer_.mutable_abstention() = IsOutOfScope(subject, found, filtered) ? NotAboutMedicine() : SubjectNotNamed();
    } else {
      FindConflicts(subject, sound);
      RETURN_IF_ERROR(WriteAnswer(subject, sound));
      CheckPatient(question_, answer_.text(), sound, &basis());
      if (auto warning = AnimalStudyWarning(question_.question, answer_.text(), sound)) {
        *basis().add_warnings() = *std::move(warning);
      }
    }
    SetDuration(absl::Now() - generation_start, *basis().mutable_timings()->mutable_generate());
    SetDuration(absl::Now() - start_, *basis().mutable_timings()->mutable_total());
    *basis().mutable_energy() = pipeline_.energy->Between(energy_start_, pipeline_.energy->Read());
    return std::move(answer_);
  }

 private:
  v1::Basis& basis() { return *answer_.mutable_basis(); }

  // Once there is evidence, that alone stops the work: a deadline that has passed cancels the call as well.
  absl::Status CheckNotCancelled() const {
    return question_.until.IsCancelled() ? absl::CancelledError("the request was cancelled") : absl::OkStatus();
  }

  // Searches also with what the question refers to in the patient's record, which is no part of the question after
  // that.
  absl::StatusOr<RetrievedEvidence> Find() {
    const ScopedSpan span("retrieve");
    const std::vector<std::string> referred = ReferredTo(question_.question, question_.patient, *pipeline_.analyzer);
    EvidenceQuestion asked = question_;
    asked.question = WithContext(question_.question, referred);
    ASSIGN_OR_RETURN(RetrievedEvidence found, pipeline_.evidence->Find(asked));
    if (!found.corrected_question.empty()) {
      question_.question = WithoutContext(found.corrected_question, referred).value_or(question_.question);
    }
    if (!referred.empty()) question_.patient.use->mutable_searched_with()->Assign(referred.begin(), referred.end());
    return found;
  }

  // The question but for what says who the patient is, of which no passage speaks.
  std::string WithoutIdentifiers() const {
    Placeholders placeholders;
    const absl::StatusOr<DeidentifiedText> done = pipeline_.deidentifier->Deidentify(
        question_.question, GivenIdentifiers(question_.patient_identifiers), &placeholders);
    if (!done.ok()) return question_.question;
    std::string rest;
    size_t next = 0;
    for (const IdentifiedSpan& identified : done->spans) {
      absl::StrAppend(&rest, question_.question.substr(next, identified.span.begin - next), " ");
      next = identified.span.end;
    }
    return rest + question_.question.substr(next);
  }

  // Whether a question that cannot be answered is not about medicine. A single word may be a name that is not known.
  bool IsOutOfScope(const Subject& subject, const RetrievedEvidence& found, const FilteredEvidence& filtered) const {
    if (found.corpus_is_empty || found.nothing_in_force || filtered.suspect > 0) return false;
    const bool is_near = absl::c_any_of(found.passages, [&](const EvidencePassage& passage) {
      return passage.relevance >= pipeline_.settings.min_relevance;
    });
    return !is_near && subject.size() != 1 && !HasClinicalWord(question_.question);
  }

  void FindConflicts(const Subject& subject, const std::vector<EvidencePassage>& evidence) {
    std::vector<FoundConflict> found = pipeline_.conflicts->Find(evidence);
    if (found.empty()) return;
    // Also about statements that an answer has no place for.
    const size_t statements = 2 * pipeline_.settings.max_sentences;
    found =
        ConflictsIn(pipeline_.composer->Compose(question_.question, subject, evidence, statements), std::move(found));
    for (const FoundConflict& conflict : found) {
      *basis().add_conflicts() = conflict.message;
      *basis().add_warnings() = ConflictWarning(conflict.message);
    }
    sides_ = SentencesOf(found, evidence);
    if (!observer_.on_sentence) return;
    for (const v1::AnswerSentence& side : sides_) observer_.on_sentence(side);
  }

  // By the language model where there is one; extractively where there is none or it fails.
  absl::Status WriteAnswer(const Subject& subject, const std::vector<EvidencePassage>& evidence) {
    if (pipeline_.generator == nullptr) return WriteExtractively(subject, evidence);
    const absl::Status written = WriteByModel(evidence);
    RETURN_IF_ERROR(CheckNotCancelled());
    if (written.ok()) {
      SetWrittenByModel();
      return absl::OkStatus();
    }
    basis().set_generator_fault(FaultOf(written));
    basis().add_degraded(absl::StrCat("generator: ", ReasonText(written), "; answered extractively"));
    RETURN_IF_ERROR(WriteExtractively(subject, evidence));
    if (answer_.has_abstention() && generator_failed_) *answer_.mutable_abstention() = NoGeneratorNorFinding();
    return absl::OkStatus();
  }

  absl::Status WriteExtractively(const Subject& subject, const std::vector<EvidencePassage>& evidence) {
    const ScopedSpan span("compose");
    // What a failed model has already shown is void; the whole answer, not a second run of sentences, replaces it.
    const bool show = !sentences_shown_;
    Sentences sentences =
        WithoutSides(pipeline_.composer->Compose(question_.question, subject, evidence,
                                                 pipeline_.settings.max_sentences, question_.patient.facts),
                     sides_);
    AddAbbreviationNotes(evidence, &sentences);
    for (const v1::AnswerSentence& sentence : sentences) {
      RETURN_IF_ERROR(CheckNotCancelled());
      if (show) Show(sentence);
    }
    if (sentences.empty() && sides_.empty()) {
      *answer_.mutable_abstention() = NoFindingStated();
    } else {
      SetText(std::move(sentences));
      basis().mutable_method()->set_writer(v1::WRITER_EXTRACTIVE);
    }
    return absl::OkStatus();
  }

  void SetWrittenByModel() {
    const std::string name(pipeline_.generator->name());
    basis().set_generator(name);
    if (answer_.has_text()) {
      const bool wrote = answer_.text().sentences_size() > static_cast<int>(sides_.size());
      basis().mutable_method()->set_writer(wrote ? v1::WRITER_LANGUAGE_MODEL : v1::WRITER_EXTRACTIVE);
    }
    v1::ModelIdentity& model = *basis().add_models();
    model.set_role(v1::MODEL_ROLE_GENERATOR);
    model.set_id(name);
  }

  void SetPrompt(const ReleasedPrompt& released) {
    const OutboundPrompt& prompt = released.outbound;
    if (released.deidentification.has_value()) *basis().mutable_deidentification() = *released.deidentification;
    basis().set_prompt_sha256(PromptSha256(prompt));
    v1::TokenCounts& tokens = *basis().mutable_tokens();
    tokens.set_prompt(static_cast<int32_t>(EstimateTokens(prompt.system()) + EstimateTokens(prompt.user())));
    tokens.set_estimated(true);
  }

  // OK when the model has answered, or says that the passages hold no answer.
  absl::Status WriteByModel(const std::vector<EvidencePassage>& evidence) {
    const ScopedSpan span("generate");
    ASSIGN_OR_RETURN(
        const ReleasedPrompt released,
        pipeline_.guard->Release({question_.question, FactLines(question_.patient), PromptPassagesOf(evidence)},
                                 question_.patient_identifiers, *pipeline_.prompts));
    const GroundedPrompt& prompt = released.prompt;
    basis().set_prompt_template(pipeline_.prompts->template_version());
    if (!prompt.left_out.empty()) {
      basis().mutable_left_out_evidence()->Add(prompt.left_out.begin(), prompt.left_out.end());
      basis().add_degraded(
          absl::StrCat("prompt: passages left out to fit max_prompt_tokens: ", absl::StrJoin(prompt.left_out, ", ")));
    }
    SetPrompt(released);
    absl::Duration verifying;
    CitationParser parser(pipeline_.splitter.get(), prompt.offered);
    SentenceCheck check(pipeline_, evidence);
    Sentences sentences;
    std::string beginning;
    const auto take = [&](const std::vector<CitedSentence>& complete) {
      if (SaysNoAnswer(beginning)) return;
      const absl::Time verification_start = absl::Now();
      std::vector<v1::AnswerSentence> kept = check.Keep(complete, &basis());
      verifying += absl::Now() - verification_start;
      for (v1::AnswerSentence& sentence : kept) {
        sentences.push_back(std::move(sentence));
        Show(sentences.back());
      }
    };
    GenerationObserver observer;
    observer.on_text = [&](absl::string_view delta) {
      const std::string text = WithoutMarker(delta, prompt.marker);
      if (beginning.size() < kBeginningBytes) beginning += text;
      take(parser.Add(text));
    };
    observer.is_cancelled = [this] { return question_.until.IsCancelled(); };
    auto written = pipeline_.generator->Generate(released.outbound, question_.until.deadline - kFallBackTime, observer);
    generator_failed_ = !written.ok();
    ASSIGN_OR_RETURN(const GeneratedText generated, std::move(written));
    take(parser.Finish(generated.cut_off));
    SetDuration(verifying, *basis().mutable_timings()->mutable_verify());
    basis().mutable_tokens()->set_answer(static_cast<int32_t>(EstimateTokens(generated.text)));
    basis().set_removed_citations(parser.removed_citations());
    basis().set_removed_sentences(parser.removed_sentences() + check.removed());
    if (!check.embedder_status().ok()) {
      basis().add_degraded(absl::StrCat("grounding: ", ReasonText(check.embedder_status()), "; judged by words alone"));
    }
    if (generated.cut_off) basis().add_degraded("generator: stopped at max_answer_tokens");
    return Conclude(WithoutMarker(generated.text, prompt.marker), std::move(sentences), evidence);
  }

  absl::Status Conclude(absl::string_view generated, Sentences sentences,
                        const std::vector<EvidencePassage>& evidence) {
    if (!sentences.empty()) {
      SetText(std::move(sentences));
    } else if (SaysNoAnswer(generated) && !sides_.empty()) {
      SetText({});
    } else if (SaysNoAnswer(generated)) {
      *answer_.mutable_abstention() = ModelFoundNoAnswer();
    } else if (IsForeign(generated, evidence)) {
      return FaultError(v1::GENERATOR_FAULT_OTHER_LANGUAGE, absl::StatusCode::kNotFound,
                        "no sentence is in the language of question and evidence");
    } else {
      return FaultError(
          basis().removed_citations() > 0 ? v1::GENERATOR_FAULT_INVENTED_CITATIONS : v1::GENERATOR_FAULT_NOT_SUPPORTED,
          absl::StatusCode::kNotFound, "no sentence cites the evidence that it rests on");
    }
    return absl::OkStatus();
  }

  bool IsForeign(absl::string_view generated, const std::vector<EvidencePassage>& evidence) const {
    std::vector<absl::string_view> like = {question_.question};
    for (const EvidencePassage& passage : evidence) {
      like.push_back(ShownText(*passage.document, passage.passage.begin(), passage.passage.end()));
    }
    return IsForeignTo(generated, like);
  }

  // Guidelines that disagree come first, whatever `sentences` say.
  void SetText(Sentences sentences) {
    for (const v1::AnswerSentence& side : sides_) *answer_.mutable_text()->add_sentences() = side;
    for (v1::AnswerSentence& sentence : sentences) *answer_.mutable_text()->add_sentences() = std::move(sentence);
  }

  void Show(const v1::AnswerSentence& sentence) {
    sentences_shown_ = true;
    if (observer_.on_sentence) observer_.on_sentence(sentence);
  }

  const Pipeline& pipeline_;
  EvidenceQuestion question_;
  const AnswerObserver& observer_;
  const absl::Time start_;
  const EnergyMeter::Reading energy_start_;
  v1::Answer answer_;
  // Of conflicts among the evidence.
  Sentences sides_;
  bool sentences_shown_ = false;
  // The generator gave no text, or not a whole one.
  bool generator_failed_ = false;
};

// Nothing for extractive answers.
absl::Status MakeGenerator(Pipeline& pipeline) {
  AnswerSettings& settings = pipeline.settings;
  if (settings.model() == nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(pipeline.guard, EgressGuard::Create(settings.egress));
  if (settings.prompt.secret.empty()) {
    ASSIGN_OR_RETURN(settings.prompt.secret, NewPromptSecret());
  }
  pipeline.prompts = std::make_unique<PromptAssembler>(settings.prompt.prompt_template, settings.prompt.secret,
                                                       settings.prompt_budget);
  if (settings.chat.has_value()) {
    pipeline.generator = std::make_unique<ChatGenerator>(*settings.chat);
  } else {
    pipeline.generator = std::make_unique<GrpcGenerator>(*settings.grpc);
  }
  return absl::OkStatus();
}

}  // namespace

struct AnswerEngine::Parts {
  Pipeline pipeline;
};

AnswerEngine::AnswerEngine(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

AnswerEngine::~AnswerEngine() = default;

absl::StatusOr<std::unique_ptr<AnswerEngine>> AnswerEngine::Create(const config::AnswerConfig& config,
                                                                   const EvidenceSource* evidence,
                                                                   const Embedder* embedder,
                                                                   std::vector<v1::ModelIdentity> models) {
  auto parts = std::make_unique<Parts>();
  Pipeline& pipeline = parts->pipeline;
  ASSIGN_OR_RETURN(pipeline.settings, ReadAnswerSettings(config));
  ASSIGN_OR_RETURN(pipeline.analyzer, LexicalAnalyzer::Create());
  ASSIGN_OR_RETURN(pipeline.splitter, SentenceSplitter::Create());
  pipeline.evidence = evidence;
  pipeline.embedder = embedder;
  pipeline.models = std::move(models);
  pipeline.energy = std::make_unique<EnergyMeter>(pipeline.settings.watts_per_core);
  pipeline.composer = std::make_unique<ExtractiveComposer>(pipeline.analyzer.get(), pipeline.splitter.get());
  pipeline.conflicts = std::make_unique<ConflictFinder>(pipeline.analyzer.get(), pipeline.splitter.get());
  ASSIGN_OR_RETURN(pipeline.deidentifier, Deidentifier::Create());
  RETURN_IF_ERROR(MakeGenerator(pipeline));
  return absl::WrapUnique(new AnswerEngine(std::move(parts)));
}

absl::StatusOr<v1::Answer> AnswerEngine::Answer(EvidenceQuestion question, const AnswerObserver& observer) const {
  return AnswerRun(parts_->pipeline, std::move(question), observer).Run();
}

}  // namespace bedside
