// What the files of deploy/ name exists: fields and values of configurations, ports, services of the health, volumes,
// metrics, run-books. How the files look to Kubernetes itself is not tested here: deploy/README.md.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>
#include <yaml-cpp/yaml.h>

#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "proto/bedside/config/config_check.h"
#include "proto/bedside/config/textproto_config.h"
#include "services/hooks/rule_set.h"
#include "services/server_config_check.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kBase[] = "deploy/kubernetes/base/";
constexpr char kExample[] = "deploy/kubernetes/overlays/example/";
constexpr char kCluster[] = "deploy/kubernetes/components/cluster/";
// Of Prometheus, of every target that it scrapes.
constexpr char kUp[] = "up";

std::string Read(const std::string& path) {
  std::ifstream input(path);
  EXPECT_TRUE(input.good()) << path;
  return std::string((std::istreambuf_iterator<char>(input)), std::istreambuf_iterator<char>());
}

std::vector<YAML::Node> Manifests() {
  std::vector<YAML::Node> all;
  for (const YAML::Node& name : YAML::LoadFile(absl::StrCat(kBase, "kustomization.yaml"))["resources"]) {
    for (const YAML::Node& object : YAML::LoadAllFromFile(kBase + name.as<std::string>())) all.push_back(object);
  }
  for (const YAML::Node& object : YAML::LoadAllFromFile("deploy/kubernetes/components/reindex/reindex-job.yaml"))
    all.push_back(object);
  return all;
}

std::vector<YAML::Node> OfKind(const std::string& kind) {
  std::vector<YAML::Node> found;
  for (const YAML::Node& object : Manifests()) {
    if (object["kind"].as<std::string>() == kind) found.push_back(object);
  }
  return found;
}

// What the chart puts together of cluster.config and one of cluster.replicaConfig and cluster.ingestConfig.
std::string Clustered(const std::string& name) {
  const YAML::Node cluster = YAML::LoadFile("deploy/helm/bedside/values.yaml")["cluster"];
  std::string indented = absl::StrCat("  ", cluster["config"].as<std::string>());
  absl::StripTrailingAsciiWhitespace(&indented);
  absl::StrReplaceAll({{"\n", "\n  "}}, &indented);
  return absl::StrReplaceAll(cluster[name].as<std::string>(),
                             {{"\nindex {\n", absl::StrCat("\nindex {\n", indented, "\n")}});
}

std::string NameOf(const YAML::Node& object) { return object["metadata"]["name"].as<std::string>(); }

// Of all Deployments, Jobs and CronJobs.
std::vector<YAML::Node> PodSpecs() {
  std::vector<YAML::Node> specs;
  for (const YAML::Node& object : OfKind("Deployment")) specs.push_back(object["spec"]["template"]["spec"]);
  for (const YAML::Node& object : OfKind("Job")) specs.push_back(object["spec"]["template"]["spec"]);
  for (const YAML::Node& object : OfKind("CronJob")) {
    specs.push_back(object["spec"]["jobTemplate"]["spec"]["template"]["spec"]);
  }
  return specs;
}

// Metrics of docs/metrics.md, histograms and summaries by the names of their series.
std::set<std::string> KnownSeries() {
  std::set<std::string> names = {kUp};
  const std::string page = Read("docs/metrics.md");
  re2::StringPiece rest(page);
  std::string name, type;
  while (RE2::FindAndConsume(&rest, "(?m)^\\| `([a-z_]+)` \\| ([a-z]+) \\|", &name, &type)) {
    if (type == "histogram") {
      for (const char* suffix : {"_bucket", "_sum", "_count"}) names.insert(name + suffix);
    } else {
      names.insert(name);
    }
  }
  return names;
}

// Names in an expression that look like metrics or recorded rules.
std::set<std::string> SeriesIn(const std::string& expression) {
  std::set<std::string> names;
  re2::StringPiece rest(expression);
  std::string name;
  while (RE2::FindAndConsume(&rest, "\\b((?:bedside|process)[_:][a-z0-9_:]+|up)\\b", &name)) names.insert(name);
  return names;
}

std::vector<YAML::Node> Rules() {
  std::vector<YAML::Node> rules;
  for (const YAML::Node& group : YAML::LoadFile("deploy/prometheus/rules.yaml")["groups"]) {
    for (const YAML::Node& rule : group["rules"]) rules.push_back(rule);
  }
  return rules;
}

std::set<std::string> RecordedSeries() {
  std::set<std::string> names;
  for (const YAML::Node& rule : Rules()) {
    if (rule["record"]) names.insert(rule["record"].as<std::string>());
  }
  return names;
}

// "#server-not-ready" of "### Server not ready".
std::set<std::string> AnchorsOf(const std::string& page) {
  std::set<std::string> anchors;
  re2::StringPiece rest(page);
  std::string title;
  while (RE2::FindAndConsume(&rest, "(?m)^#+ (.+)$", &title)) {
    std::string anchor = absl::AsciiStrToLower(title);
    RE2::GlobalReplace(&anchor, "[^a-z0-9 -]", "");
    anchors.insert(absl::StrReplaceAll(anchor, {{" ", "-"}}));
  }
  return anchors;
}

TEST(MonitoringTest, RulesNameMetricsThatExist) {
  std::set<std::string> known = KnownSeries();
  EXPECT_THAT(known, Contains("bedside_queue_wait_seconds_bucket"));
  known.merge(RecordedSeries());
  EXPECT_THAT(Rules(), SizeIs(::testing::Ge(20)));
  for (const YAML::Node& rule : Rules()) {
    const std::string expression = rule["expr"].as<std::string>();
    EXPECT_THAT(SeriesIn(expression), ::testing::Not(IsEmpty())) << expression;
    for (const std::string& name : SeriesIn(expression)) EXPECT_THAT(known, Contains(name)) << expression;
  }
}

TEST(MonitoringTest, RulesNameFallBacksThatExist) {
  const std::string page = Read("docs/metrics.md");
  std::set<std::string> kinds;
  for (const YAML::Node& rule : Rules()) {
    std::string kind;
    if (RE2::PartialMatch(rule["expr"].as<std::string>(), R"re(fallbacks_total\{kind="([a-z_]+)")re", &kind)) {
      EXPECT_TRUE(absl::StrContains(page, absl::StrCat("`", kind, "`"))) << kind;
      kinds.insert(kind);
    }
  }
  EXPECT_THAT(kinds, ::testing::UnorderedElementsAre("lexical_only", "partial_index"));
}

TEST(MonitoringTest, EveryAlertHasItsRunBook) {
  const std::set<std::string> anchors = AnchorsOf(Read("docs/operations.md"));
  for (const YAML::Node& rule : Rules()) {
    if (!rule["alert"]) continue;
    const std::string runbook = rule["annotations"]["runbook"].as<std::string>();
    absl::string_view anchor = runbook;
    EXPECT_TRUE(absl::ConsumePrefix(&anchor, "docs/operations.md#")) << runbook;
    EXPECT_THAT(anchors, Contains(std::string(anchor))) << rule["alert"];
    EXPECT_THAT((std::vector<std::string>{"critical", "warning"}),
                Contains(rule["labels"]["severity"].as<std::string>()));
  }
}

TEST(MonitoringTest, PanelsNameMetricsThatExist) {
  const std::set<std::string> known = KnownSeries();
  const auto dashboard = nlohmann::json::parse(Read("deploy/grafana/bedside.json"));
  std::set<int> ids;
  std::set<std::string> shown;
  for (const auto& panel : dashboard["panels"]) {
    EXPECT_TRUE(ids.insert(panel["id"].get<int>()).second);
    if (panel["type"] == "row") continue;
    EXPECT_FALSE(panel["targets"].empty()) << panel["title"];
    for (const auto& target : panel["targets"]) shown.merge(SeriesIn(target["expr"].get<std::string>()));
  }
  for (const std::string& name : shown) EXPECT_THAT(known, Contains(name));
  EXPECT_THAT(shown, SizeIs(::testing::Ge(30)));
}

TEST(MonitoringTest, TheAutoscalerReadsWhatIsRecorded) {
  const YAML::Node rule = YAML::LoadFile("deploy/prometheus/adapter.yaml")["rules"][0];
  for (const std::string& name : SeriesIn(rule["seriesQuery"].as<std::string>())) {
    EXPECT_THAT(RecordedSeries(), Contains(name));
  }
  ASSERT_THAT(OfKind("HorizontalPodAutoscaler"), SizeIs(1));
  const YAML::Node spec = OfKind("HorizontalPodAutoscaler")[0]["spec"];
  EXPECT_EQ(spec["metrics"][0]["pods"]["metric"]["name"].as<std::string>(), rule["name"]["as"].as<std::string>());
  EXPECT_EQ(spec["scaleTargetRef"]["name"].as<std::string>(), "bedside-replica");
}

TEST(ManifestsTest, ConfigurationsOfServersCanBeUsed) {
  for (const std::string& path :
       {absl::StrCat(kBase, "config/server.textproto"), absl::StrCat(kBase, "config/replica.textproto"),
        absl::StrCat(kExample, "server.textproto"), absl::StrCat(kExample, "replica.textproto"),
        absl::StrCat(kCluster, "config/replica.textproto")}) {
    config::ServerConfig config;
    ASSERT_THAT(ReadTextprotoConfig(path, &config), IsOk()) << path;
    EXPECT_THAT(FindServerViolations(config), IsEmpty()) << path;
    EXPECT_EQ(config.log_format(), config::LOG_FORMAT_JSON) << path;
  }
}

// What is off in the chart until it is switched on: each part, and all of them, added to what is on.
TEST(ManifestsTest, ConfigurationsWithTheSwitchesOfTheChartCanBeUsed) {
  const YAML::Node values = YAML::LoadFile("deploy/helm/bedside/values.yaml");
  EXPECT_FALSE(values["cluster"]["enabled"].as<bool>());
  for (const std::string& own : {values["serverConfig"].as<std::string>(), values["replicaConfig"].as<std::string>(),
                                 Clustered("replicaConfig")}) {
    std::string all = own;
    for (const char* name : {"access", "http", "quality", "traces", "hooks"}) {
      EXPECT_FALSE(values[name]["enabled"].as<bool>()) << name;
      const std::string part = values[name]["config"].as<std::string>();
      absl::StrAppend(&all, part);
      // Hooks need the port of http, which is among those before.
      const std::string text = name == std::string("hooks") ? all : absl::StrCat(own, part);
      config::ServerConfig config;
      ASSERT_THAT(ReadTextprotoConfig(WriteFile(TempFolder(), "server.textproto", text), &config), IsOk()) << name;
      EXPECT_THAT(FindServerViolations(config), IsEmpty()) << name;
    }
  }
}

TEST(ManifestsTest, RulesOfHooksCanBeUsed) {
  EXPECT_THAT(RuleSet::Read(absl::StrCat(kExample, "rules.textproto")), IsOk());
}

TEST(ManifestsTest, TheConfigurationOfJobsCanBeUsed) {
  config::IngestConfig job;
  ASSERT_THAT(ReadTextprotoConfig(absl::StrCat(kBase, "config/ingest.textproto"), &job), IsOk());
  EXPECT_THAT(FindViolations(job), IsEmpty());
  config::ServerConfig server;
  ASSERT_THAT(ReadTextprotoConfig(absl::StrCat(kBase, "config/server.textproto"), &server), IsOk());
  EXPECT_EQ(job.index().store_path(), server.index().store_path());
  EXPECT_EQ(job.workshop().path(), absl::StrCat(server.workshop_root(), "/", job.workshop().name()));
}

TEST(ManifestsTest, ServersAndJobsOfAClusterHaveTheSameCluster) {
  config::ServerConfig server;
  ASSERT_THAT(ReadTextprotoConfig(absl::StrCat(kCluster, "config/replica.textproto"), &server), IsOk());
  config::IngestConfig job;
  ASSERT_THAT(ReadTextprotoConfig(absl::StrCat(kCluster, "config/ingest.textproto"), &job), IsOk());
  EXPECT_THAT(FindViolations(job), IsEmpty());
  EXPECT_EQ(job.index().DebugString(), server.index().DebugString());
  EXPECT_FALSE(server.has_follow());
  EXPECT_FALSE(job.has_workshop()) << "no server takes over what it builds";
}

TEST(ManifestsTest, AServerOfAClusterListensAndEndsAsOneOfAStore) {
  config::ServerConfig of_cluster, of_store;
  ASSERT_THAT(ReadTextprotoConfig(absl::StrCat(kCluster, "config/replica.textproto"), &of_cluster), IsOk());
  ASSERT_THAT(ReadTextprotoConfig(absl::StrCat(kBase, "config/replica.textproto"), &of_store), IsOk());
  of_cluster.clear_index();
  of_store.clear_index();
  of_store.clear_follow();
  EXPECT_EQ(of_cluster.DebugString(), of_store.DebugString());
}

TEST(ManifestsTest, WhatIsShownToAClusterIsInFilesOfASecret) {
  config::ServerConfig server;
  ASSERT_THAT(ReadTextprotoConfig(absl::StrCat(kCluster, "config/replica.textproto"), &server), IsOk());
  const config::ClusterConfig& cluster = server.index().cluster();
  EXPECT_EQ(cluster.credentials_file(), "/search/credentials");
  EXPECT_EQ(cluster.ca_file(), "/search/ca.pem");
  for (const std::string& url : cluster.urls()) {
    EXPECT_TRUE(absl::StartsWith(url, "https://")) << url;
    EXPECT_FALSE(absl::StrContains(url, "@")) << url;
  }
  const YAML::Node spec = YAML::LoadFile(absl::StrCat(kCluster, "replica.yaml"))["spec"]["template"]["spec"];
  const YAML::Node volume = spec["volumes"][1];
  EXPECT_EQ(volume["projected"]["sources"][0]["secret"]["name"].as<std::string>(), "bedside-search");
  const YAML::Node mount = spec["containers"][0]["volumeMounts"][1];
  EXPECT_EQ(mount["name"].as<std::string>(), volume["name"].as<std::string>());
  EXPECT_EQ(mount["mountPath"].as<std::string>(), "/search");
}

TEST(ManifestsTest, AServerOfAClusterKeepsNothing) {
  const YAML::Node spec = YAML::LoadFile(absl::StrCat(kCluster, "replica.yaml"))["spec"]["template"]["spec"];
  const YAML::Node volume = spec["volumes"][0];
  EXPECT_EQ(volume["name"].as<std::string>(), "data");
  EXPECT_TRUE(volume["persistentVolumeClaim"].IsNull()) << "which takes out that of the base";
  EXPECT_TRUE(volume["emptyDir"]["sizeLimit"].IsDefined());
  EXPECT_TRUE(spec["affinity"].IsNull());
}

TEST(ManifestsTest, TheGraceOfAPodIsLongerThanThatOfItsServer) {
  for (const YAML::Node& object : OfKind("Deployment")) {
    const YAML::Node spec = object["spec"]["template"]["spec"];
    config::ServerConfig config;
    const std::string name = NameOf(object) == "bedside-writer" ? "server" : "replica";
    ASSERT_THAT(ReadTextprotoConfig(absl::StrCat(kBase, "config/", name, ".textproto"), &config), IsOk());
    EXPECT_GT(spec["terminationGracePeriodSeconds"].as<uint32_t>() * 1000,
              config.shutdown_delay_ms() + config.shutdown_grace_ms());
  }
}

TEST(ManifestsTest, ChartAndBaseHaveTheSameConfiguration) {
  const YAML::Node values = YAML::LoadFile("deploy/helm/bedside/values.yaml");
  for (const char* name : {"server", "replica", "ingest"}) {
    EXPECT_EQ(values[absl::StrCat(name, "Config")].as<std::string>(),
              Read(absl::StrCat(kBase, "config/", name, ".textproto")));
  }
}

TEST(ManifestsTest, ChartAndComponentOfAClusterHaveTheSameConfiguration) {
  for (const char* name : {"replica", "ingest"}) {
    EXPECT_EQ(Clustered(absl::StrCat(name, "Config")), Read(absl::StrCat(kCluster, "config/", name, ".textproto")));
  }
}

// But for what the values decide: image, replicas, sizes, resources, switches.
TEST(ManifestsTest, ChartAndBaseHaveTheSameObjects) {
  for (const char* file : {"writer.yaml", "replica.yaml", "services.yaml", "volumes.yaml", "network-policy.yaml",
                           "disruption-budget.yaml", "autoscaler.yaml", "import-cronjob.yaml"}) {
    const std::string chart = Read(absl::StrCat("deploy/helm/bedside/templates/", file));
    std::string line;
    for (std::ifstream base(absl::StrCat(kBase, file)); std::getline(base, line);) {
      const bool decided = RE2::PartialMatch(
          line, "image:|replicas:|Replicas:|storage:|averageValue:|schedule:|resources:|requests:|limits:|monitoring");
      if (!decided) EXPECT_TRUE(absl::StrContains(chart, absl::StrCat(line, "\n"))) << file << ": " << line;
    }
  }
}

TEST(ManifestsTest, ProbesAskForAHealthThatThereIsOnAPortThatListens) {
  for (const YAML::Node& object : OfKind("Deployment")) {
    const YAML::Node container = object["spec"]["template"]["spec"]["containers"][0];
    std::map<std::string, int> ports;
    for (const YAML::Node& port : container["ports"]) {
      ports[port["name"].as<std::string>()] = port["containerPort"].as<int>();
    }
    for (const char* probe : {"startupProbe", "livenessProbe", "readinessProbe"}) {
      // The one that asks for neither TLS nor a token.
      EXPECT_EQ(ports["health"], container[probe]["grpc"]["port"].as<int>()) << NameOf(object);
      const std::string service = container[probe]["grpc"]["service"].as<std::string>();
      EXPECT_EQ(service, absl::StrContains(probe, "readiness") ? "readiness" : "liveness");
    }
  }
}

TEST(ManifestsTest, PortsAreThoseOfTheConfiguration) {
  for (const YAML::Node& object : OfKind("Deployment")) {
    config::ServerConfig config;
    const std::string name = NameOf(object) == "bedside-writer" ? "server" : "replica";
    ASSERT_THAT(ReadTextprotoConfig(absl::StrCat(kBase, "config/", name, ".textproto"), &config), IsOk());
    for (const YAML::Node& port : object["spec"]["template"]["spec"]["containers"][0]["ports"]) {
      const std::string port_name = port["name"].as<std::string>();
      const std::string address = port_name == "grpc"     ? config.listen_address()
                                  : port_name == "health" ? config.health_address()
                                                          : config.metrics_address();
      EXPECT_TRUE(absl::EndsWith(address, absl::StrCat(":", port["containerPort"].as<std::string>()))) << address;
    }
  }
}

TEST(ManifestsTest, NothingRunsAsRootOrWritesToItsRoot) {
  EXPECT_THAT(PodSpecs(), SizeIs(4));
  for (const YAML::Node& spec : PodSpecs()) {
    EXPECT_TRUE(spec["securityContext"]["runAsNonRoot"].as<bool>());
    EXPECT_EQ(spec["securityContext"]["seccompProfile"]["type"].as<std::string>(), "RuntimeDefault");
    EXPECT_FALSE(spec["automountServiceAccountToken"].as<bool>());
    const YAML::Node container = spec["containers"][0];
    EXPECT_TRUE(container["securityContext"]["readOnlyRootFilesystem"].as<bool>());
    EXPECT_FALSE(container["securityContext"]["allowPrivilegeEscalation"].as<bool>());
    EXPECT_EQ(container["securityContext"]["capabilities"]["drop"][0].as<std::string>(), "ALL");
    EXPECT_TRUE(container["resources"]["limits"]["memory"].IsDefined());
  }
}

TEST(ManifestsTest, VolumesAreClaimedAndMounted) {
  std::set<std::string> claims;
  for (const YAML::Node& claim : OfKind("PersistentVolumeClaim")) claims.insert(NameOf(claim));
  for (const YAML::Node& spec : PodSpecs()) {
    std::set<std::string> volumes;
    for (const YAML::Node& volume : spec["volumes"]) {
      volumes.insert(volume["name"].as<std::string>());
      if (volume["persistentVolumeClaim"]) {
        EXPECT_THAT(claims, Contains(volume["persistentVolumeClaim"]["claimName"].as<std::string>()));
      }
    }
    for (const YAML::Node& mount : spec["containers"][0]["volumeMounts"]) {
      EXPECT_EQ(volumes.erase(mount["name"].as<std::string>()), 1) << mount["name"];
    }
    EXPECT_THAT(volumes, IsEmpty());
  }
}

TEST(ManifestsTest, ServersThatAreNamedAreServices) {
  std::set<std::string> services;
  for (const YAML::Node& service : OfKind("Service")) services.insert(NameOf(service));
  config::ServerConfig replica;
  ASSERT_THAT(ReadTextprotoConfig(absl::StrCat(kBase, "config/replica.textproto"), &replica), IsOk());
  config::IngestConfig job;
  ASSERT_THAT(ReadTextprotoConfig(absl::StrCat(kBase, "config/ingest.textproto"), &job), IsOk());
  for (const std::string& address : {replica.follow().writer(), job.workshop().server()}) {
    EXPECT_THAT(services, Contains(address.substr(0, address.find(':'))));
  }
}

}  // namespace
}  // namespace bedside
