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
