// The chart with each of its switches, and base and overlays, as helm and kustomize write them out.
#include <gmock/gmock.h>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "tests/deploy/rendering_fixture.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::vector<std::string>& Switches() {
  static const auto& switches = *new std::vector<std::string>{"access", "http", "hooks", "quality", "traces"};
  return switches;
}

void ExpectWhole(const Objects& objects) {
  ASSERT_THAT(OfKind(objects, "Deployment"), SizeIs(2));
  ExpectServers(objects);
}

bool Has(const config::ServerConfig& config, const std::string& field) {
  const auto* descriptor = config.GetDescriptor()->FindFieldByName(field);
  return descriptor != nullptr && config.GetReflection()->HasField(config, descriptor);
}

class RenderedTest : public RenderingFixture {};

TEST_F(RenderedTest, BaseHasNothingThatIsSwitchedOn) {
  const Objects objects = Kustomization("base");
  ExpectWhole(objects);
  for (const YAML::Node& deployment : OfKind(objects, "Deployment")) {
    for (const std::string& name : Switches()) EXPECT_FALSE(Has(ConfigOf(objects, deployment), name)) << name;
  }
}

TEST_F(RenderedTest, TheExampleHasAll) {
  const Objects objects = Kustomization("overlays/example");
  ExpectWhole(objects);
  for (const YAML::Node& deployment : OfKind(objects, "Deployment")) {
    for (const std::string& name : Switches()) EXPECT_TRUE(Has(ConfigOf(objects, deployment), name)) << name;
  }
}

TEST_F(RenderedTest, EachComponentCanBeTakenAlone) {
  for (const char* component : {"access", "http", "hooks", "traces", "reindex"}) {
    const std::string text = absl::StrCat("resources: [../../base]\ncomponents: [../../components/", component,
                                          "]\nconfigMapGenerator: [{name: bedside-hooks, literals: [a=b]}]\n");
    WriteFile(folder_, "kubernetes/overlays/alone/kustomization.yaml", text);
    const Objects objects = Kustomization("overlays/alone");
    EXPECT_THAT(OfKind(objects, "Deployment"), SizeIs(2)) << component;
    EXPECT_THAT(OfKind(objects, "Job"), SizeIs(component == std::string("reindex") ? 1 : 0));
    for (const char* kind : {"Deployment", "Job"}) {
      for (const YAML::Node& object : OfKind(objects, kind)) ExpectVolumes(objects, PodSpec(object));
    }
  }
}

TEST_F(RenderedTest, TheChartHasNothingThatIsSwitchedOn) {
  const Objects objects = Chart({});
  ExpectWhole(objects);
  for (const YAML::Node& deployment : OfKind(objects, "Deployment")) {
    for (const std::string& name : Switches()) EXPECT_FALSE(Has(ConfigOf(objects, deployment), name)) << name;
  }
  EXPECT_THAT(OfKind(objects, "Ingress"), IsEmpty());
}

TEST_F(RenderedTest, EachSwitchOfTheChartAddsItsPartToBothServers) {
  for (const std::string& name : Switches()) {
    SCOPED_TRACE(name);
    std::vector<std::string> on = {name + ".enabled=true"};
    if (name == "hooks") on.push_back("http.enabled=true");
    const Objects objects = Chart(on);
    ExpectWhole(objects);
    for (const YAML::Node& deployment : OfKind(objects, "Deployment")) {
      EXPECT_TRUE(Has(ConfigOf(objects, deployment), name));
      for (const std::string& other : Switches()) {
        const bool is_on = other == name || absl::StrContains(absl::StrJoin(on, " "), other);
        EXPECT_EQ(Has(ConfigOf(objects, deployment), other), is_on) << other;
      }
    }
  }
}

TEST_F(RenderedTest, AllSwitchesOfTheChartGoTogether) {
  std::vector<std::string> on = {"http.ingress.host=cds.hospital.example", "replica.autoscaling.enabled=false"};
  for (const std::string& name : Switches()) on.push_back(name + ".enabled=true");
  const Objects objects = Chart(on);
  ExpectWhole(objects);
  ASSERT_THAT(OfKind(objects, "Ingress"), SizeIs(1));
  EXPECT_THAT(Refusal(Helm("lint", on)), "");
}

TEST_F(RenderedTest, TheIngressLeadsToThePortOfTheWriterAsItIsEncrypted) {
  for (const bool encrypted : {false, true}) {
    std::vector<std::string> on = {"http.enabled=true", "http.ingress.host=cds.hospital.example"};
    if (encrypted) on.push_back("access.enabled=true");
    const Objects objects = Chart(on);
    const YAML::Node ingress = OfKind(objects, "Ingress")[0];
    const YAML::Node backend = ingress["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"];
    EXPECT_EQ(backend["name"].as<std::string>(), "bedside-writer");
    EXPECT_EQ(backend["port"]["name"].as<std::string>(), "http");
    EXPECT_EQ(ingress["metadata"]["annotations"]["nginx.ingress.kubernetes.io/backend-protocol"].as<std::string>(),
              encrypted ? "HTTPS" : "HTTP");
  }
}

TEST_F(RenderedTest, WhatCannotGoTogetherIsRefused) {
  EXPECT_THAT(Refusal(Helm("template", {"hooks.enabled=true"})), HasSubstr("hooks.enabled needs http.enabled"));
  EXPECT_THAT(Refusal(Helm("template", {"access.enabled=true", "job.reindex=true"})),
              HasSubstr("job.reindex needs access.enabled: false"));
  EXPECT_THAT(Refusal(Helm("template", {"cluster.workers.count=2"})), HasSubstr("cluster.workers.count: wanted 0"));
  EXPECT_THAT(Refusal(Helm("template", {"cluster.enabled=true", "cluster.workers.count=2", "job.reindex=true"})),
              HasSubstr("job.reindex needs cluster.workers.count: 0"));
  EXPECT_THAT(Refusal(Helm("template", {"cluster.enabled=true", "quality.enabled=true"})),
              HasSubstr("quality.enabled needs cluster.enabled: false"));
  EXPECT_THAT(Refusal(Helm("template", {"cluster.enabled=true", "cluster.nodes=null"})),
              HasSubstr("cluster.nodes: wanted where the nodes are"));
  EXPECT_THAT(Refusal(Helm("template", {"cluster.enabled=true", "cluster.replicaConfig=x"})),
              HasSubstr("cluster: wanted a line `index {`"));
  EXPECT_THAT(Refusal({helm_, "template", folder_ + "/helm/bedside", "--set", "hooks.enabled=true,http.enabled=true"}),
              HasSubstr("hooks.rules: wanted the site's rules"));
}

}  // namespace
}  // namespace bedside
