#include "services/gateway/open_api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "nlohmann/json.hpp"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

const Json& Document() {
  static const Json& document = *new Json(Json::parse(OpenApiJson()));
  return document;
}

// All values of "$ref", wherever they are.
void CollectReferences(const Json& json, std::set<std::string>* references) {
  if (json.is_object() && json.contains("$ref")) references->insert(json["$ref"].get<std::string>());
  if (!json.is_structured()) return;
  for (const Json& below : json) CollectReferences(below, references);
}

TEST(OpenApiTest, IsOpenApi) {
  EXPECT_EQ(Document()["openapi"], "3.1.0");
  EXPECT_EQ(Document()["info"]["title"], "Bedside");
}

TEST(OpenApiTest, AMethodHasPathParametersBodyAndComment) {
  const Json& operation = Document()["paths"]["/v1/corpora/{corpus}:answer"]["post"];
  EXPECT_EQ(operation["operationId"], "AnswerService_Answer");
  EXPECT_EQ(operation["description"], "One answer, when it is complete.");
  EXPECT_EQ(operation["parameters"][0]["name"], "corpus");
  EXPECT_EQ(operation["requestBody"]["content"]["application/json"]["schema"]["$ref"],
            "#/components/schemas/bedside.v1.AnswerRequest");
}

TEST(OpenApiTest, WhatHasNoBodyHasAQuery) {
  const Json& parameters = Document()["paths"]["/v1/corpora/{corpus}/documents"]["get"]["parameters"];
  ASSERT_EQ(parameters.size(), 3);
  EXPECT_EQ(parameters[1]["name"], "pageSize");
  EXPECT_EQ(parameters[1]["in"], "query");
  EXPECT_EQ(parameters[2]["name"], "pageToken");
}

TEST(OpenApiTest, AStreamIsOneOfEvents) {
  const Json& operation = Document()["paths"]["/v1/corpora/{corpus}:streamAnswer"]["post"];
  EXPECT_TRUE(operation["responses"]["200"]["content"].contains("text/event-stream"));
}

TEST(OpenApiTest, AFieldIsDescribedByItsComment) {
  const Json& properties = Document()["components"]["schemas"]["bedside.v1.AnswerRequest"]["properties"];
  EXPECT_EQ(properties["maxEvidence"]["type"], "integer");
  EXPECT_THAT(properties["maxEvidence"]["description"].get<std::string>(), HasSubstr("1 to 50"));
}

TEST(OpenApiTest, EveryReferenceLeadsSomewhere) {
  std::set<std::string> references;
  CollectReferences(Document(), &references);
  EXPECT_GT(references.size(), 50);
  for (const std::string& reference : references) {
    EXPECT_TRUE(Document().contains(Json::json_pointer(reference.substr(1)))) << reference;
  }
}

TEST(OpenApiTest, OperationsHaveNamesOfTheirOwn) {
  std::set<std::string> names;
  int operations = 0;
  for (const Json& path : Document()["paths"]) {
    for (const Json& operation : path) {
      names.insert(operation["operationId"].get<std::string>());
      ++operations;
    }
  }
  EXPECT_EQ(names.size(), operations);
  EXPECT_GE(operations, 33);
}

}  // namespace
}  // namespace bedside
