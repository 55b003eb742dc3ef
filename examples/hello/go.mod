module github.com/k8s-release/k8s-release/examples/hello

go 1.24.0

require github.com/spf13/pflag v1.0.10
