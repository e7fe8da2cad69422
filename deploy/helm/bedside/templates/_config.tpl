{{/* What a server reads: its configuration of values.yaml, called with a list of the values and that, and what the
switches add. With access it no longer says that whoever reaches it may do everything. */}}
{{- define "bedside.config" -}}
{{- $values := index . 0 }}
{{- $own := index . 1 }}
{{- if $values.access.enabled }}
{{- $own = regexReplaceAll "(?m)^(#.*\n)*open_to_all_accepted: true\n" $own "" }}
{{- end }}
{{- $own }}
{{- range $switch := list "access" "http" "hooks" "quality" "traces" }}
{{- with index $values $switch }}
{{- if .enabled }}
{{- .config }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{/* A configuration with the settings of the cluster in its `index`; called as the one above. */}}
{{- define "bedside.clustered" -}}
{{- $cluster := (index . 0).cluster }}
{{- $own := index . 1 }}
{{- if not (contains "\nindex {\n" $own) }}
{{- fail "cluster: wanted a line `index {` in cluster.replicaConfig and cluster.ingestConfig, below which cluster.config goes" }}
{{- end }}
{{- $own | replace "\nindex {\n" (printf "\nindex {\n%s\n" ($cluster.config | trimSuffix "\n" | indent 2)) }}
{{- end }}
{{/* What replica.textproto and ingest.textproto are; called with the values. */}}
{{- define "bedside.replicaConfig" -}}
{{- $own := .replicaConfig }}
{{- if .cluster.enabled }}
{{- $own = include "bedside.clustered" (list . .cluster.replicaConfig) }}
{{- end }}
{{- include "bedside.config" (list . $own) }}
{{- end }}
{{- define "bedside.ingestConfig" -}}
{{- if .cluster.enabled }}
{{- include "bedside.clustered" (list . .cluster.ingestConfig) }}
{{- else }}
{{- .ingestConfig }}
{{- end }}
{{- end }}
{{/* The volume of what is shown to the cluster. */}}
{{- define "bedside.search" -}}
{name: search, projected: {defaultMode: 0440, sources: [{secret: {name: {{ .cluster.secret }}}}
{{- with .cluster.caConfigMap }}, {configMap: {name: {{ . }}}}{{ end }}]}}
{{- end }}
{{/* Not empty: the import is shared out among workers; called with the values. */}}
{{- define "bedside.shares" -}}
{{- if gt (int .cluster.workers.count) 0 }}
{{- if not .cluster.enabled }}
{{- fail "cluster.workers.count: wanted 0, for shards meet in a cluster: set cluster.enabled" }}
{{- end }}
{{- if .job.reindex }}
{{- fail "job.reindex needs cluster.workers.count: 0, for it has no shards (docs/operations.md#share-an-import-out)" }}
{{- end }}
{{- print "shares" }}
{{- end }}
{{- end }}
