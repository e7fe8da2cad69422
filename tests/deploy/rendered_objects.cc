#include "tests/deploy/rendered_objects.h"

#include <gmock/gmock.h>
#include <re2/re2.h>

#include <filesystem>
#include <map>

#include "absl/strings/str_cat.h"
#include "services/hooks/rule_set.h"
#include "services/server_config_check.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::map<std::string, std::string> PortsOf(const YAML::Node& deployment) {
  std::map<std::string, std::string> ports;
  for (const YAML::Node& port : Container(deployment)["ports"]) {
    ports[port["name"].as<std::string>()] = port["containerPort"].as<std::string>();
  }
  return ports;
}

void ExpectPorts(const YAML::Node& deployment, const config::ServerConfig& config) {
  std::map<std::string, std::string> addresses = {
      {"grpc", config.listen_address()}, {"health", config.health_address()}, {"metrics", config.metrics_address()}};
  if (config.has_http()) addresses["http"] = config.http().listen_address();
  EXPECT_THAT(PortsOf(deployment), SizeIs(addresses.size()));
  for (const auto& [name, port] : PortsOf(deployment)) EXPECT_EQ(addresses[name], absl::StrCat("0.0.0.0:", port));
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

}  // namespace

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

std::string MountOf(const YAML::Node& spec, const std::string& volume) {
  for (const YAML::Node& mount : spec["containers"][0]["volumeMounts"]) {
    if (mount["name"].as<std::string>() == volume && mount["readOnly"]) return mount["mountPath"].as<std::string>();
  }
  return "";
}

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

std::string Written(const std::string& text) { return WriteFile(TempFolder(), "file.textproto", text); }

config::ServerConfig ConfigOf(const Objects& objects, const YAML::Node& deployment) {
  return ReadConfigOf<config::ServerConfig>(objects, deployment);
}

void ExpectFilesOfCluster(const YAML::Node& spec, const config::ClusterConfig& cluster) {
  for (const std::string& file : {cluster.credentials_file(), cluster.ca_file()}) {
    EXPECT_EQ(std::filesystem::path(file).parent_path(), MountOf(spec, "search"));
  }
}

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

}  // namespace bedside
