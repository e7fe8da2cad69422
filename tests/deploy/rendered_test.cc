// What Kubernetes would be given: the chart with each of its switches, and base and overlays, as helm and kustomize
// write them out. Every server of it reads its configuration, finds the files that are named there, and is reached on
// its ports and no others.
//
// BEDSIDE_HELM and BEDSIDE_KUSTOMIZE name the programs; deploy/README.md says which were used. Skipped without them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>
#include <yaml-cpp/yaml.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "proto/bedside/config/ingest_config.pb.h"
#include "proto/bedside/config/textproto_config.h"
#include "services/hooks/rule_set.h"
#include "services/server_config_check.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/bench/program_run.h"

namespace bedside {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::SizeIs;

using Objects = std::vector<YAML::Node>;

constexpr char kRules[] = "kubernetes/overlays/example/rules.textproto";
const std::vector<std::string>& Switches() {
  static const auto& switches = *new std::vector<std::string>{"access", "http", "hooks", "quality", "traces"};
  return switches;
}

std::string NameOf(const YAML::Node& object) { return object["metadata"]["name"].as<std::string>(); }

Objects OfKind(const Objects& objects, const std::string& kind) {
  Objects found;
  for (const YAML::Node& object : objects) {
    if (object["kind"].as<std::string>() == kind) found.push_back(object);
  }
  return found;
}

std::set<std::string> NamesOf(const Objects& objects) {
  std::set<std::string> names;
  for (const YAML::Node& object : objects) names.insert(NameOf(object));
  return names;
}

YAML::Node PodSpec(const YAML::Node& object) {
  const YAML::Node spec = object["spec"];
  return (object["kind"].as<std::string>() == "CronJob" ? spec["jobTemplate"]["spec"] : spec)["template"]["spec"];
}

YAML::Node Container(const YAML::Node& deployment) { return PodSpec(deployment)["containers"][0]; }

std::map<std::string, std::string> PortsOf(const YAML::Node& deployment) {
  std::map<std::string, std::string> ports;
  for (const YAML::Node& port : Container(deployment)["ports"]) {
    ports[port["name"].as<std::string>()] = port["containerPort"].as<std::string>();
  }
  return ports;
}

// Where the volume that is made of the config map or secret `name` is mounted; empty: nowhere, or to be written.
std::string MountOf(const YAML::Node& spec, const std::string& volume) {
  for (const YAML::Node& mount : spec["containers"][0]["volumeMounts"]) {
    if (mount["name"].as<std::string>() == volume && mount["readOnly"]) return mount["mountPath"].as<std::string>();
  }
  return "";
}

// A file of a config map that is mounted at `path`. Empty: there is none.
std::string FileAt(const Objects& objects, const YAML::Node& spec, const std::string& path) {
  const std::filesystem::path file(path);
  for (const YAML::Node& volume : spec["volumes"]) {
    if (!volume["configMap"] || MountOf(spec, volume["name"].as<std::string>()) != file.parent_path()) continue;
    for (const YAML::Node& map : OfKind(objects, "ConfigMap")) {
      if (NameOf(map) != volume["configMap"]["name"].as<std::string>()) continue;
      return map["data"][file.filename().string()].as<std::string>("");
    }
  }
  return "";
}

// Written to a file, for the programs read files.
std::string Written(const std::string& text) { return WriteFile(TempFolder(), "file.textproto", text); }

// What the program of a server or a job reads.
template <typename Config>
Config ReadConfigOf(const Objects& objects, const YAML::Node& object) {
  const std::string flag = Container(object)["command"][1].as<std::string>();
  Config config;
  EXPECT_THAT(ReadTextprotoConfig(Written(FileAt(objects, PodSpec(object), flag.substr(flag.find('=') + 1))), &config),
              IsOk());
  return config;
}

config::ServerConfig ConfigOf(const Objects& objects, const YAML::Node& deployment) {
  return ReadConfigOf<config::ServerConfig>(objects, deployment);
}

void ExpectPorts(const YAML::Node& deployment, const config::ServerConfig& config) {
  std::map<std::string, std::string> addresses = {
      {"grpc", config.listen_address()}, {"health", config.health_address()}, {"metrics", config.metrics_address()}};
  if (config.has_http()) addresses["http"] = config.http().listen_address();
  EXPECT_THAT(PortsOf(deployment), SizeIs(addresses.size()));
  for (const auto& [name, port] : PortsOf(deployment)) EXPECT_EQ(addresses[name], absl::StrCat("0.0.0.0:", port));
}

void ExpectFilesOfCluster(const YAML::Node& spec, const config::ClusterConfig& cluster) {
  for (const std::string& file : {cluster.credentials_file(), cluster.ca_file()}) {
    EXPECT_EQ(std::filesystem::path(file).parent_path(), MountOf(spec, "search"));
  }
}

void ExpectFiles(const Objects& objects, const YAML::Node& spec, const config::ServerConfig& config) {
  if (config.index().has_cluster()) ExpectFilesOfCluster(spec, config.index().cluster());
  if (config.has_hooks()) {
    const std::string rules = FileAt(objects, spec, config.hooks().rules_file());
    EXPECT_THAT(RuleSet::Read(Written(rules)), IsOk());
  }
  EXPECT_EQ(config.has_access(), config.has_tls());
  EXPECT_NE(config.has_access(), config.open_to_all_accepted());
  if (!config.has_access()) return;
  EXPECT_EQ(std::filesystem::path(config.tls().certificate_file()).parent_path(), MountOf(spec, "tls"));
  EXPECT_EQ(std::filesystem::path(config.tls().private_key_file()).parent_path(), MountOf(spec, "tls"));
  EXPECT_EQ(std::filesystem::path(config.access().tokens().key_set_file()).parent_path(), MountOf(spec, "keys"));
  for (const config::HookClientConfig& client : config.access().hook_clients()) {
    EXPECT_EQ(std::filesystem::path(client.key_set_file()).parent_path(), MountOf(spec, "keys"));
  }
}

// Of files that are made before: docs/security.md. The others are among the objects.
void ExpectVolumes(const Objects& objects, const YAML::Node& spec) {
  std::set<std::string> mounted;
  for (const YAML::Node& mount : spec["containers"][0]["volumeMounts"]) mounted.insert(mount["name"].as<std::string>());
  EXPECT_THAT(mounted, SizeIs(spec["volumes"].size()));
  for (const YAML::Node& volume : spec["volumes"]) {
    EXPECT_THAT(mounted, Contains(volume["name"].as<std::string>()));
    if (!volume["configMap"]) continue;
    const std::string map = volume["configMap"]["name"].as<std::string>();
    if (map != "bedside-keys") EXPECT_THAT(NamesOf(OfKind(objects, "ConfigMap")), Contains(map));
  }
}

// Ports that others reach: of services, and by the network policy.
void ExpectReached(const Objects& objects, const YAML::Node& deployment) {
  const std::map<std::string, std::string> ports = PortsOf(deployment);
  std::set<std::string> let_in, named = {"health"};
  for (const YAML::Node& rule : OfKind(objects, "NetworkPolicy")[0]["spec"]["ingress"]) {
    let_in.insert(rule["ports"][0]["port"].as<std::string>());
  }
  for (const YAML::Node& service : OfKind(objects, "Service")) {
    for (const YAML::Node& port : service["spec"]["ports"]) named.insert(port["targetPort"].as<std::string>());
  }
  // Probes come from the node.
  let_in.insert("health");
  EXPECT_EQ(let_in.size(), ports.size());
  for (const auto& [name, port] : ports) {
    EXPECT_THAT(let_in, Contains(name));
    EXPECT_THAT(named, Contains(name));
  }
}

// Of a collector and a cluster, at the ports that the URLs have, and of the writer of a store.
void ExpectWayOut(const Objects& objects, const config::ServerConfig& config) {
  std::set<std::string> out;
  for (const YAML::Node& rule : OfKind(objects, "NetworkPolicy")[0]["spec"]["egress"]) {
    for (const YAML::Node& port : rule["ports"]) out.insert(port["port"].as<std::string>());
  }
  std::string port = "none";
  if (config.has_traces()) EXPECT_TRUE(RE2::PartialMatch(config.traces().url(), ":([0-9]+)/", &port));
  EXPECT_EQ(out.count(port), config.has_traces() ? 1 : 0);
  for (const std::string& url : config.index().cluster().urls()) {
    EXPECT_TRUE(RE2::PartialMatch(url, ":([0-9]+)$", &port));
    EXPECT_THAT(out, Contains(port));
  }
  EXPECT_EQ(out.count("8443"), config.index().has_cluster() ? 0 : 1);
}

void ExpectServers(const Objects& objects) {
  for (const YAML::Node& deployment : OfKind(objects, "Deployment")) {
    SCOPED_TRACE(NameOf(deployment));
    const config::ServerConfig config = ConfigOf(objects, deployment);
    EXPECT_THAT(FindServerViolations(config), IsEmpty());
    ExpectPorts(deployment, config);
    ExpectFiles(objects, PodSpec(deployment), config);
    ExpectReached(objects, deployment);
    ExpectWayOut(objects, config);
    // Jobs mount none of what they could show; those of a cluster ask no server.
    if (config.has_access() && !config.index().has_cluster()) EXPECT_THAT(OfKind(objects, "CronJob"), IsEmpty());
  }
  for (const char* kind : {"Deployment", "Job", "CronJob"}) {
    for (const YAML::Node& object : OfKind(objects, kind)) ExpectVolumes(objects, PodSpec(object));
  }
}

void ExpectWhole(const Objects& objects) {
  ASSERT_THAT(OfKind(objects, "Deployment"), SizeIs(2));
  ExpectServers(objects);
}

// Volumes that outlive a pod.
std::set<std::string> ClaimsOf(const YAML::Node& spec) {
  std::set<std::string> claims;
  for (const YAML::Node& volume : spec["volumes"]) {
    if (volume["persistentVolumeClaim"]) claims.insert(volume["persistentVolumeClaim"]["claimName"].as<std::string>());
  }
  return claims;
}

// It builds in a store of its own, on any machine, and asks no server.
void ExpectJobOfCluster(const Objects& objects, const YAML::Node& job, const config::IndexConfig& of_servers) {
  SCOPED_TRACE(NameOf(job));
  const YAML::Node spec = PodSpec(job);
  EXPECT_THAT(ClaimsOf(spec), Contains("bedside-data"));
  EXPECT_FALSE(spec["affinity"].IsDefined());
  for (const YAML::Node& argument : Container(job)["command"]) EXPECT_NE(argument.as<std::string>(), "--beside");
  const auto config = ReadConfigOf<config::IngestConfig>(objects, job);
  EXPECT_EQ(config.index().cluster().DebugString(), of_servers.cluster().DebugString());
  ExpectFilesOfCluster(spec, config.index().cluster());
}

void ExpectClaimsOfManyMachines(const Objects& objects) {
  for (const YAML::Node& claim : OfKind(objects, "PersistentVolumeClaim")) {
    EXPECT_EQ(claim["spec"]["accessModes"][0].as<std::string>(), "ReadWriteMany") << NameOf(claim);
  }
}

// What the import is told of its pod, by the names of its variables.
std::map<std::string, std::string> FieldsTold(const Objects& objects) {
  std::map<std::string, std::string> fields;
  for (const YAML::Node& variable : Container(OfKind(objects, "CronJob")[0])["env"]) {
    fields[variable["name"].as<std::string>()] = variable["valueFrom"]["fieldRef"]["fieldPath"].as<std::string>();
  }
  return fields;
}

// The import is shared out among `count` pods, which know it by the same name and keep a folder each.
void ExpectWorkers(const Objects& objects, int count) {
  const YAML::Node import = OfKind(objects, "CronJob")[0];
  const YAML::Node spec = import["spec"]["jobTemplate"]["spec"];
  EXPECT_EQ(spec["completionMode"].as<std::string>(), "Indexed");
  EXPECT_EQ(spec["completions"].as<int>(), count);
  EXPECT_EQ(spec["parallelism"].as<int>(), count);
  EXPECT_THAT(Container(import)["command"].as<std::vector<std::string>>(),
              ElementsAre("bedside_ingest", "--config=/etc/bedside/ingest.textproto", "--shards=64", "--job=$(JOB)",
                          "/sources"));
  EXPECT_THAT(FieldsTold(objects), ElementsAre(Key("JOB"), Key("WORKER")));
  for (const YAML::Node& mount : Container(import)["volumeMounts"]) {
    const bool is_data = mount["name"].as<std::string>() == "data";
    EXPECT_EQ(mount["subPathExpr"].as<std::string>(""), is_data ? "$(WORKER)" : "") << mount["name"];
  }
  ExpectClaimsOfManyMachines(objects);
}

// One kind of servers, which keep nothing and run anywhere, and as many jobs as are said.
void ExpectCluster(const Objects& objects, size_t jobs) {
  ASSERT_THAT(NamesOf(OfKind(objects, "Deployment")), ElementsAre("bedside-replica"));
  EXPECT_THAT(NamesOf(OfKind(objects, "Service")), ElementsAre("bedside", "bedside-metrics"));
  const YAML::Node server = OfKind(objects, "Deployment")[0];
  EXPECT_THAT(ClaimsOf(PodSpec(server)), IsEmpty());
  EXPECT_FALSE(PodSpec(server)["affinity"].IsDefined());
  EXPECT_EQ(PodSpec(server)["topologySpreadConstraints"].size(), 2);
  EXPECT_EQ(OfKind(objects, "PodDisruptionBudget")[0]["spec"]["maxUnavailable"].as<int>(), 1);
  const config::IndexConfig index = ConfigOf(objects, server).index();
  EXPECT_TRUE(index.has_cluster());
  EXPECT_THAT(OfKind(objects, "Job"), SizeIs(jobs - 1));
  ASSERT_THAT(OfKind(objects, "CronJob"), SizeIs(1));
  EXPECT_EQ(OfKind(objects, "CronJob")[0]["spec"]["concurrencyPolicy"].as<std::string>(), "Forbid");
  for (const char* kind : {"Job", "CronJob"}) {
    for (const YAML::Node& job : OfKind(objects, kind)) ExpectJobOfCluster(objects, job, index);
  }
}

bool Has(const config::ServerConfig& config, const std::string& field) {
  const auto* descriptor = config.GetDescriptor()->FindFieldByName(field);
  return descriptor != nullptr && config.GetReflection()->HasField(config, descriptor);
}

class RenderedTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* helm = std::getenv("BEDSIDE_HELM");
    const char* kustomize = std::getenv("BEDSIDE_KUSTOMIZE");
    if (helm == nullptr || kustomize == nullptr) GTEST_SKIP() << "BEDSIDE_HELM and BEDSIDE_KUSTOMIZE name no programs";
    helm_ = helm;
    kustomize_ = kustomize;
    // Files of its own: kustomize follows no link out of a folder.
    std::filesystem::copy("deploy", folder_, std::filesystem::copy_options::recursive);
  }

  Objects Render(const std::vector<std::string>& arguments) const {
    const std::string output = folder_ + ".yaml";
    const absl::Status run = RunProgram(arguments, output).status();
    EXPECT_THAT(run, IsOk()) << ReadTextFile(output).value_or("");
    Objects objects;
    for (const YAML::Node& object : YAML::LoadAllFromFile(output)) {
      if (!object.IsNull()) objects.push_back(object);
    }
    return objects;
  }

  std::vector<std::string> Helm(const std::string& command, const std::vector<std::string>& on) const {
    std::vector<std::string> arguments = {helm_, command, folder_ + "/helm/bedside", "--set-file",
                                          absl::StrCat("hooks.rules=", folder_, "/", kRules)};
    for (const std::string& name : on) arguments.insert(arguments.end(), {"--set", name});
    return arguments;
  }

  Objects Chart(const std::vector<std::string>& on) const { return Render(Helm("template", on)); }

  Objects Kustomization(const std::string& path) const {
    return Render({kustomize_, "build", absl::StrCat(folder_, "/kubernetes/", path)});
  }

  // Why helm refuses to render, or nothing.
  std::string Refusal(const std::vector<std::string>& arguments) const {
    const std::string output = folder_ + ".refusal";
    return RunProgram(arguments, output).ok() ? "" : ReadTextFile(output).value_or("");
  }

  const std::string folder_ = TempFolder();
  std::string helm_;
  std::string kustomize_;
};

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

TEST_F(RenderedTest, TheOverlayClusterRunsAsManyServersAsItSays) {
  const Objects objects = Kustomization("overlays/cluster");
  ExpectCluster(objects, 1);
  ExpectServers(objects);
  const YAML::Node numbers = YAML::LoadFile(folder_ + "/kubernetes/overlays/cluster/servers.yaml");
  const YAML::Node autoscaler = OfKind(objects, "HorizontalPodAutoscaler")[0]["spec"];
  EXPECT_EQ(autoscaler["minReplicas"].as<int>(), numbers[0]["value"].as<int>());
  EXPECT_EQ(autoscaler["maxReplicas"].as<int>(), numbers[1]["value"].as<int>());
}

TEST_F(RenderedTest, TheComponentClusterGoesWithTheOthers) {
  WriteFile(folder_, "kubernetes/overlays/all/kustomization.yaml",
            "resources: [../../base]\n"
            "components: [../../components/reindex, ../../components/cluster, ../../components/access,\n"
            "             ../../components/http, ../../components/hooks, ../../components/traces]\n"
            "configMapGenerator: [{name: bedside-hooks, literals: [a=b]}]\n");
  const Objects objects = Kustomization("overlays/all");
  ExpectCluster(objects, 2);
  for (const char* kind : {"Deployment", "Job", "CronJob"}) {
    for (const YAML::Node& object : OfKind(objects, kind)) ExpectVolumes(objects, PodSpec(object));
  }
}

TEST_F(RenderedTest, TheOverlayWorkersSharesImportsOutAmongAsManyAsItSays) {
  const Objects objects = Kustomization("overlays/workers");
  ExpectCluster(objects, 1);
  ExpectServers(objects);
  const YAML::Node numbers = YAML::LoadFile(folder_ + "/kubernetes/overlays/workers/workers.yaml");
  ExpectWorkers(objects, numbers[0]["value"].as<int>());
}

TEST_F(RenderedTest, TheChartSharesImportsOutAsTheComponentDoes) {
  const Objects chart = Chart({"cluster.enabled=true", "cluster.workers.count=8"});
  ExpectCluster(chart, 1);
  ExpectServers(chart);
  ExpectWorkers(chart, 8);
  EXPECT_EQ(FieldsTold(chart), FieldsTold(Kustomization("overlays/workers")));
}

TEST_F(RenderedTest, ChartAndComponentOfAClusterHaveTheSamePods) {
  const Objects chart = Chart({"cluster.enabled=true"});
  const Objects component = Kustomization("overlays/cluster");
  for (const char* file : {"replica.textproto", "ingest.textproto"}) {
    EXPECT_EQ(OfKind(chart, "ConfigMap")[0]["data"][file].as<std::string>(),
              OfKind(component, "ConfigMap")[0]["data"][file].as<std::string>());
  }
  for (const char* kind : {"Deployment", "CronJob"}) {
    const YAML::Node one = OfKind(chart, kind)[0];
    const YAML::Node other = OfKind(component, kind)[0];
    EXPECT_EQ(Container(one)["command"].as<std::vector<std::string>>(),
              Container(other)["command"].as<std::vector<std::string>>());
    EXPECT_EQ(ClaimsOf(PodSpec(one)), ClaimsOf(PodSpec(other)));
    EXPECT_EQ(MountOf(PodSpec(one), "search"), MountOf(PodSpec(other), "search"));
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

TEST_F(RenderedTest, TheChartRunsServersOfAClusterWithAndWithoutTheOtherSwitches) {
  const Objects alone = Chart({"cluster.enabled=true", "replica.autoscaling.enabled=false", "replica.replicas=7"});
  ExpectCluster(alone, 1);
  ExpectServers(alone);
  EXPECT_EQ(OfKind(alone, "Deployment")[0]["spec"]["replicas"].as<int>(), 7);
  std::vector<std::string> on = {"cluster.enabled=true", "http.ingress.host=cds.hospital.example", "job.reindex=true"};
  for (const char* name : {"access", "http", "hooks", "traces"}) on.push_back(absl::StrCat(name, ".enabled=true"));
  const Objects all = Chart(on);
  ExpectCluster(all, 2);
  ExpectServers(all);
  const YAML::Node path = OfKind(all, "Ingress")[0]["spec"]["rules"][0]["http"]["paths"][0];
  EXPECT_EQ(path["backend"]["service"]["name"].as<std::string>(), "bedside");
  EXPECT_THAT(Refusal(Helm("lint", on)), "");
}

TEST_F(RenderedTest, AClusterThatAnAuthorityOfTheSystemVouchesForNeedsNoFileOfOne) {
  const Objects objects = Chart({"cluster.enabled=true", "cluster.caConfigMap="});
  for (const YAML::Node& volume : PodSpec(OfKind(objects, "Deployment")[0])["volumes"]) {
    if (volume["projected"]) EXPECT_EQ(volume["projected"]["sources"].size(), 1);
  }
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
  EXPECT_THAT(Refusal(Helm("template", {"cluster.workers.count=2"})), HasSubstr("cluster.workers.count: wanted 1"));
  EXPECT_THAT(Refusal(Helm("template", {"cluster.enabled=true", "cluster.workers.count=2", "job.reindex=true"})),
              HasSubstr("job.reindex needs cluster.workers.count: 1"));
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
