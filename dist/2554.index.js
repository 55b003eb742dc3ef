export const id = 2554;
export const ids = [2554];
export const modules = {

/***/ 22554:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var _actions_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(34156);
/* harmony import */ var _src_cli_index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73941);
/** Entry of the command line: from source `node cli.ts`, bundled as dist/cli/index.js. */


process.exitCode = await (0,_src_cli_index_js__WEBPACK_IMPORTED_MODULE_1__/* .runCommandLine */ .r)(process.argv.slice(2), { actions: _actions_index_js__WEBPACK_IMPORTED_MODULE_0__/* .actions */ .o, definitions: _actions_index_js__WEBPACK_IMPORTED_MODULE_0__/* .definitions */ .B });

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 73941:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  r: () => (/* binding */ runCommandLine)
});

// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/source/src/cli/chain.js


const chain = [
    'build',
    'build-packages',
    'sbom',
    'attest',
    'sign',
    'verify',
    'promote',
    'publish-packages',
];
/**
 * Inputs of every step, parsed before the first one runs, so that a mistake in release.yaml costs no build.
 * Flags win over release.yaml, which wins over defaults.
 */
async function chainInputs(definitions, input) {
    const configuration = await (0,runner/* readConfiguration */.TD)(input.project, definitions);
    const flags = {
        project: input.project,
        release: input.out,
        version: input.version,
        platforms: input.platforms.length > 0 ? input.platforms.join('\n') : undefined,
        key: input.key,
        'openpgp-key': input.openpgpKey,
        'allow-modified': String(input.allowModified),
    };
    const parse = async (name) => {
        const definition = definitions.find((candidate) => candidate.name === name);
        if (!definition)
            throw new runner/* UserError */.yo(`No action is called '${name}'`);
        const publishes = name === 'promote' || name === 'publish-packages';
        const given = {
            to: ownDestinations(input.out)[name],
            ...configuration[name],
            'dry-run': String(input.dryRun && publishes),
        };
        for (const [key, value] of Object.entries(flags))
            if (value !== undefined)
                given[key] = value;
        return (0,runner/* parseInputs */.TL)(definition, given, {
            workspace: input.project,
            allowedRoots: undefined,
            spell: (key) => `${name}: ${key}`,
        });
    };
    return {
        build: await parse('build'),
        'build-packages': await parse('build-packages'),
        sbom: await parse('sbom'),
        attest: await parse('attest'),
        sign: await parse('sign'),
        verify: await parse('verify'),
        promote: await parse('promote'),
        'publish-packages': await parse('publish-packages'),
    };
}
/** Without a `to` in release.yaml a release is published into its own folder. */
function ownDestinations(out) {
    const published = (0,external_node_path_.join)(out, 'published');
    return {
        promote: `oci:${(0,external_node_path_.join)(published, 'images')}\nfile:${(0,external_node_path_.join)(published, 'files')}`,
        'publish-packages': `file:${published}`,
    };
}
function usesOwnDestinations(input, inputs) {
    const own = ownDestinations(input.out);
    return ['promote', 'publish-packages'].every((name) => String(inputs[name].to) === own[name]?.split('\n').join());
}
async function loadAction(catalog, name) {
    const load = catalog.actions[name];
    if (!load)
        throw new runner/* UserError */.yo(`No action is called '${name}'`);
    return load();
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
;// CONCATENATED MODULE: ./build/source/src/cli/flags.js


/**
 * Reads `--input value` by an action's definition. `--flag`, `--no-flag` and `--flag=true` set a boolean.
 * @throws UserError for an unknown flag ("did you mean"), a missing value or a stray argument
 */
function parseFlags(definition, argv) {
    const options = {
        help: { type: 'boolean', short: 'h' },
        json: { type: 'boolean' },
        ...Object.fromEntries(Object.entries(definition.inputs).map(([name, input]) => [
            name,
            { type: input.type === 'boolean' ? 'boolean' : 'string', multiple: input.type === 'list' },
        ])),
    };
    const { values } = read(definition, options, argv);
    const given = {};
    for (const name of Object.keys(definition.inputs)) {
        const value = values[name];
        if (value !== undefined)
            given[name] = Array.isArray(value) ? value.join('\n') : String(value);
    }
    return { given, help: values.help === true, json: values.json === true };
}
function read(definition, options, argv) {
    const args = argv.map((argument) => {
        const [, name = '', value] = /^--([^=]+)=(true|false)$/.exec(argument) ?? [];
        return options[name]?.type !== 'boolean' ? argument : value === 'true' ? `--${name}` : `--no-${name}`;
    });
    try {
        return (0,external_node_util_.parseArgs)({ args, options, strict: true, allowNegative: true, allowPositionals: false });
    }
    catch (error) {
        throw explain(definition, options, error);
    }
}
function explain(definition, options, error) {
    const message = error instanceof Error ? error.message : String(error);
    const unknown = /Unknown option '--?([^' =]+)/.exec(message)?.[1];
    if (unknown !== undefined) {
        const near = (0,runner/* suggest */.ZA)(unknown, Object.keys(options));
        return new runner/* UserError */.yo(`Unknown flag: --${unknown}`, {
            hint: near ? `Did you mean --${near}?` : `See k8s-release ${definition.name} --help.`,
        });
    }
    return new runner/* UserError */.yo(message.split('. ')[0] ?? message, { hint: `See k8s-release ${definition.name} --help.` });
}

// EXTERNAL MODULE: ./build/source/src/sigstore/index.js + 31 modules
var sigstore = __webpack_require__(72436);
;// CONCATENATED MODULE: ./build/source/src/cli/generate-key-pair.js


/** The command `generate-key-pair`, in the shape of an action.yml: keys are made by people at a terminal, not by workflows. */
const generateKeyPairDefinition = {
    name: 'generate-key-pair',
    description: 'Make a key pair to sign with: the encrypted PREFIX.key and PREFIX.pub, as cosign makes and reads them. Never overwrites a file.',
    inputs: {
        'output-key-prefix': {
            description: 'Path of both files without .key and .pub.',
            type: 'path',
            required: false,
            default: 'cosign',
            secret: false,
        },
    },
    outputs: {
        key: { description: 'Path of the encrypted private key.' },
        'public-key': { description: 'Path of the public key.' },
        'key-id': { description: 'SHA-256 of the public key, by which a release record names it.' },
    },
};
const generateKeyPairCommand = (0,runner/* action */.XI)(generateKeyPairDefinition, (input, step) => (0,sigstore/* generateKeyPair */.TZ)(input.outputKeyPrefix, step));

;// CONCATENATED MODULE: ./build/source/src/cli/help.js
/** What `k8s-release --help` prints. */
function overview(definitions) {
    const width = Math.max(...definitions.map((definition) => definition.name.length));
    const lines = definitions.map((definition) => `  ${definition.name.padEnd(width)}  ${firstSentence(definition.description)}`);
    return `Usage: k8s-release <command> [--input value …]

Commands:
${lines.join('\n')}

  k8s-release <command> --help   inputs of a command
  k8s-release --version          version of k8s-release

Each command but 'release' and 'generate-key-pair' is the GitHub action of the same name. Inputs that are not given come from release.yaml.
`;
}
/** What `k8s-release <command> --help` prints: the inputs and outputs of its action.yml. */
function commandHelp(definition) {
    const flags = Object.entries(definition.inputs).map(([name, input]) => flag(name, input));
    const outputs = Object.entries(definition.outputs).map(([name, output]) => `  ${name}\n      ${output.description}`);
    return `Usage: k8s-release ${definition.name} [--input value …]

${definition.description}

Inputs:
${flags.join('\n')}
  --json
      Print the outputs as one JSON object on stdout.
${outputs.length > 0 ? `\nOutputs:\n${outputs.join('\n')}\n` : ''}`;
}
function flag(name, input) {
    const value = {
        string: ' TEXT',
        path: ' PATH',
        key: ' KEY',
        number: ' NUMBER',
        yaml: ' YAML',
        list: ' ITEM',
        boolean: '',
        choice: ` ${input.options?.join('|')}`,
    };
    const notes = [
        input.type === 'list' ? 'repeatable' : '',
        input.required ? 'required' : '',
        input.default ? `default: ${input.default.trim().replaceAll('\n', ' ')}` : '',
    ].filter(Boolean);
    return `  --${name}${value[input.type]}${notes.length > 0 ? `  (${notes.join('; ')})` : ''}\n      ${input.description}`;
}
const firstSentence = (text) => /^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text;

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./build/source/src/release/index.js + 8 modules
var src_release = __webpack_require__(43987);
;// CONCATENATED MODULE: ./build/source/src/cli/release-definition.js
/** The command `release` in the shape of an action.yml: it has no action, since no job should both build and sign. */
const releaseDefinition = {
    name: 'release',
    description: 'Build, package, describe, attest, sign, verify, promote and publish a project into one folder. Needs no server and no account; what each step does beyond the defaults is read from release.yaml in the project.',
    inputs: {
        project: { description: 'Folder of the project.', type: 'path', required: false, default: '.', secret: false },
        out: { description: 'Folder of the release.', type: 'path', required: false, default: 'release', secret: false },
        version: {
            description: 'Version, such as v1.2.3; the tag at HEAD or a pseudo-version where absent.',
            type: 'string',
            required: false,
            default: undefined,
            secret: false,
        },
        platforms: {
            description: 'Platforms to build for, such as linux/amd64; those of release.yaml or of the action build where absent.',
            type: 'list',
            required: false,
            default: undefined,
            secret: false,
        },
        key: {
            description: "Private key to sign with, PEM, an encrypted cosign.key, or the address of a key in a KMS; this machine's own key pair, made on the spot, where absent.",
            type: 'key',
            required: false,
            default: undefined,
            secret: false,
        },
        'openpgp-key': {
            description: "Armored OpenPGP private key for packages and repositories; this machine's own where absent.",
            type: 'path',
            required: false,
            default: undefined,
            secret: false,
        },
        'allow-modified': {
            description: 'Accept a working tree that differs from its commit; the record and the provenance say so.',
            type: 'boolean',
            required: false,
            default: 'true',
            secret: false,
        },
        'dry-run': {
            description: 'Make the release in a temporary folder, and only print what would be promoted and published.',
            type: 'boolean',
            required: false,
            default: 'false',
            secret: false,
        },
    },
    outputs: {
        'release-digest': { description: 'Digest of release.json.' },
        directory: { description: 'Folder of the release.' },
        seconds: { description: 'Seconds that each step took, by action name.' },
    },
};

;// CONCATENATED MODULE: ./build/source/src/cli/tree.js


const shownEntries = 60;
/** A folder as a tree with sizes; blobs, evidence and long folders are counted instead of listed. */
async function directoryTree(directory, shown) {
    return [`${shown}/`, ...(await branch(directory, ''))].join('\n');
}
async function branch(directory, indent) {
    const entries = (await (0,promises_.readdir)(directory, { withFileTypes: true })).sort((left, right) => left.name < right.name ? -1 : 1);
    const lines = [];
    for (const [index, entry] of entries.entries()) {
        const last = index === entries.length - 1;
        const path = (0,external_node_path_.join)(directory, entry.name);
        const start = `${indent}${last ? '└── ' : '├── '}${entry.name}`;
        if (!entry.isDirectory())
            lines.push(`${start}  ${formatSize((await (0,promises_.stat)(path)).size)}`);
        else if (await isCounted(path, entry.name))
            lines.push(`${start}/  ${await countFiles(path)}`);
        else
            lines.push(`${start}/`, ...(await branch(path, `${indent}${last ? '    ' : '│   '}`)));
    }
    return lines;
}
async function isCounted(path, name) {
    return ['blobs', 'evidence', 'by-hash'].includes(name) || (await (0,promises_.readdir)(path)).length > shownEntries;
}
async function countFiles(directory) {
    const entries = (await (0,promises_.readdir)(directory, { withFileTypes: true, recursive: true })).filter((entry) => entry.isFile());
    const sizes = await Promise.all(entries.map(async (entry) => (await (0,promises_.stat)((0,external_node_path_.join)(entry.parentPath, entry.name))).size));
    return `${entries.length} files, ${formatSize(sizes.reduce((sum, size) => sum + size, 0))}`;
}
function formatSize(bytes) {
    if (bytes < 1000)
        return `${bytes} B`;
    return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

;// CONCATENATED MODULE: ./build/source/src/cli/verification.js


/**
 * Shell lines with which someone else checks a release made by the command `release`, with tools they already have.
 * They need no privilege and change nothing outside a temporary folder. `shown` is the release directory as the user
 * would write it; apt wants it absolute.
 */
function verificationCommands({ directory, record }, shown) {
    const published = (0,external_node_path_.join)(shown, 'published');
    const trust = trustFlags(shown, record);
    const sums = (0,external_node_path_.join)(published, 'files', 'SHA256SUMS');
    const provenance = record.evidence.find((evidence) => evidence.predicateType === 'https://slsa.dev/provenance/v1');
    const archives = (0,src_release/* fileSubjects */.QC)(record, 'archive');
    const archive = archives.find(({ platform }) => platform?.os === 'linux') ?? archives[0];
    return [
        '# every file, by its checksum and the signature over the checksums',
        `(cd ${quote((0,external_node_path_.join)(published, 'files'))} && sha256sum --check --quiet SHA256SUMS)`,
        `cosign verify-blob ${trust} --bundle ${quote(`${sums}.sigstore.json`)} ${quote(sums)}`,
        ...(provenance && archive
            ? [
                '# where a file came from',
                `cosign verify-blob-attestation ${trust} --type slsaprovenance1 --bundle ${quote((0,external_node_path_.join)(shown, provenance.path))} ${quote((0,external_node_path_.join)(published, 'files', archive.name))}`,
            ]
            : []),
        ...imageCommands(published, record),
        ...aptCommands((0,external_node_path_.join)(directory, 'published'), record),
    ];
}
function imageCommands(published, record) {
    const images = (0,src_release/* imageSubjects */.vq)(record);
    if (images.length === 0)
        return [];
    const lines = images.map((image) => `skopeo inspect --raw ${quote(`oci:${(0,external_node_path_.join)(published, 'images')}:${image.name}:${image.tags[0]}`)}`);
    return ['# the images, by their index', ...lines];
}
// A list and a cache of their own keep apt away from the system's.
function aptCommands(published, record) {
    const names = (0,src_release/* fileSubjects */.QC)(record, 'package')
        .filter((subject) => subject.name.endsWith('.deb'))
        .map((subject) => subject.name.split('_')[0] ?? subject.name);
    if (names.length === 0)
        return [];
    const repository = (0,external_node_path_.join)(published, 'deb');
    const uri = `file:${repository.split('/').map(encodeURIComponent).join('/')}`;
    return [
        '# the packages, through the signed apt repository',
        `check=$(mktemp -d) && mkdir "$check/lists" && cp ${quote((0,external_node_path_.join)(repository, 'Release.key'))} "$check/release.key"`,
        `echo "deb [signed-by=$check/release.key] ${uri} ./" > "$check/release.list"`,
        'apt="-o Dir::Etc::SourceList=$check/release.list -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists=$check/lists -o Dir::Cache=$check"',
        `apt-get update $apt && (cd "$check" && apt-get download $apt ${[...new Set(names)].sort().join(' ')})`,
    ];
}
/** Whom cosign must believe. A key pair without a transparency log has to be said so. */
function trustFlags(directory, record) {
    const signer = record.evidence[0]?.signer;
    if (signer?.kind !== 'keyless')
        return `--key ${quote((0,external_node_path_.join)(directory, 'cosign.pub'))} --insecure-ignore-tlog`;
    return `--certificate-identity ${quote(signer.identity)} --certificate-oidc-issuer ${quote(signer.issuer)}`;
}
/** One word of a POSIX shell. */
const quote = (word) => (/^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

;// CONCATENATED MODULE: ./build/source/src/cli/release-summary.js





/** What `release` prints at its end: the tree of what was made, the digests, the time, and how someone else checks it. */
async function releaseSummary(release, seconds, { dryRun, workspace }) {
    const { record, directory, digest } = release;
    const inside = (0,external_node_path_.relative)(workspace, directory);
    const shown = inside === '' || inside.startsWith('..') ? directory : inside;
    const made = (0,src_release/* fileSubjects */.QC)(record).filter((subject) => ['binary', 'archive', 'package'].includes(subject.role));
    return [
        (0,runner/* heading */.R_)(`${record.project} ${record.version}`),
        (0,runner/* text */.Qq)(`${signedBy(record)}${record.source.modified ? ' The working tree differed from its commit.' : ''}`),
        (0,runner/* code */.aY)('text', await directoryTree(directory, shown)),
        (0,runner/* table */.tp)(['Subject', 'Digest'], [
            ['release.json', digest],
            ...(0,src_release/* imageSubjects */.vq)(record).map((image) => [`${image.name}:${image.tags.join(', ')}`, image.digest]),
            ...made.map((subject) => [subject.name, `sha256:${subject.sha256}`]),
        ]),
        (0,runner/* table */.tp)(['Step', 'Seconds'], Object.entries(seconds).map(([name, duration]) => [name, duration.toFixed(1)])),
        ...(dryRun
            ? []
            : [(0,runner/* heading */.R_)('Check it with other tools'), (0,runner/* code */.aY)('sh', verificationCommands(release, shown).join('\n'))]),
    ];
}
function signedBy({ evidence }) {
    const signer = evidence[0]?.signer;
    if (!signer)
        return 'Not signed.';
    if (signer.kind === 'keyless')
        return `Signed keyless by ${signer.identity}.`;
    if (signer.origin === 'given')
        return `Signed by the key ${signer.keyId}.`;
    return `Signed by this machine's own key pair ${signer.keyId}, which tells others nothing about who you are.`;
}

;// CONCATENATED MODULE: ./build/source/src/cli/release.js








/** The command `release`: the whole chain, one action after the other, into one folder. */
const releaseCommand = (catalog) => (0,runner/* action */.XI)(releaseDefinition, (input, step) => input.dryRun
    ? inTemporaryFolder(step, (out) => runChain(catalog, { ...input, out }, step))
    : runChain(catalog, input, step));
async function inTemporaryFolder(step, body) {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'k8s-release-'));
    step.log.info(`Dry run: the release is made in ${folder} and removed at the end.`);
    try {
        return await body(folder);
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
async function runChain(catalog, input, step) {
    const inputs = await chainInputs(catalog.definitions, input);
    // The project is the workspace of every step, wherever the terminal stands.
    const resolvePath = (0,runner/* pathResolver */.cd)({ workspace: input.project, allowedRoots: undefined });
    const seconds = {};
    for (const name of chain) {
        if (name === 'publish-packages' && !hasPackages((await (0,src_release/* openRelease */.gS)(input.out)).record))
            continue;
        const publishes = name === 'promote' || name === 'publish-packages';
        const quiet = { ...step, workspace: input.project, resolvePath, summary: () => undefined };
        const start = performance.now();
        const outputs = await step.group(name, async () => (await loadAction(catalog, name)).run(inputs[name], publishes && input.dryRun ? { ...quiet, summary: step.summary } : quiet));
        seconds[name] = Math.round(performance.now() - start) / 1000;
        const builds = name === 'build' || name === 'build-packages';
        if (builds && outputs.changed === true)
            await removePublished(input, inputs, step);
    }
    const release = await (0,src_release/* openRelease */.gS)(input.out);
    await writePublicKey(release);
    step.summary(...(await releaseSummary(release, seconds, { dryRun: input.dryRun, workspace: step.workspace })));
    return { releaseDigest: release.digest, directory: input.out, seconds };
}
// What is published is never overwritten; but this copy is the folder's own, and it belongs to what was built before.
async function removePublished(input, inputs, step) {
    if (input.dryRun || !usesOwnDestinations(input, inputs))
        return;
    step.log.debug('The build changed: published/ is made anew');
    await (0,promises_.rm)((0,external_node_path_.join)(input.out, 'published'), { recursive: true, force: true });
}
/** The public half of the key pair as a file, as cosign wants it; the record has it too. */
async function writePublicKey({ directory, record }) {
    const signer = record.evidence[0]?.signer;
    if (signer?.kind === 'key')
        await (0,src_release/* atomicWrite */.L8)((0,external_node_path_.join)(directory, 'cosign.pub'), signer.publicKey);
}
const hasPackages = (record) => record.subjects.some((subject) => subject.kind === 'file' && subject.role === 'package');

// EXTERNAL MODULE: ./build/source/package.json
var source_package = __webpack_require__(84989);
;// CONCATENATED MODULE: ./build/source/src/cli/version.js

const version = source_package/* version */.rE;

;// CONCATENATED MODULE: ./build/source/src/cli/index.js
/** The same steps from a terminal or any other CI: flags are read from each action's definition. */








/**
 * Runs `k8s-release <command> --input value …` and answers the exit code.
 * Usage errors go to stderr with exit code 1; help goes to stdout.
 */
async function runCommandLine(argv, catalog) {
    const commands = [releaseDefinition, generateKeyPairDefinition, ...catalog.definitions];
    const [name, ...rest] = argv;
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
        process.stdout.write(overview(commands));
        return name === undefined ? 1 : 0;
    }
    if (name === '--version') {
        process.stdout.write(`k8s-release ${version}\n`);
        return 0;
    }
    try {
        const definition = findCommand(commands, name);
        const flags = parseFlags(definition, rest);
        if (flags.help) {
            process.stdout.write(commandHelp(definition));
            return 0;
        }
        if (name === releaseDefinition.name)
            return await (0,runner/* runInTerminal */.xs)(releaseCommand(catalog), flags.given, flags);
        if (name === generateKeyPairDefinition.name)
            return await (0,runner/* runInTerminal */.xs)(generateKeyPairCommand, flags.given, flags);
        const configured = (await (0,runner/* readConfiguration */.TD)(process.cwd(), catalog.definitions))[name];
        return await (0,runner/* runInTerminal */.xs)(await loadAction(catalog, name), { ...configured, ...flags.given }, flags);
    }
    catch (error) {
        process.stderr.write(`error: ${(0,runner/* describeError */.Uc)(error)}\n`);
        if (!(error instanceof runner/* UserError */.yo) && process.env.RUNNER_DEBUG === '1')
            process.stderr.write(`${String(error.stack)}\n`);
        return 1;
    }
}
function findCommand(commands, name) {
    const found = commands.find((definition) => definition.name === name);
    if (found)
        return found;
    const near = (0,runner/* suggest */.ZA)(name, commands.map((definition) => definition.name));
    throw new runner/* UserError */.yo(`Unknown command: ${name}`, {
        hint: near ? `Did you mean '${near}'?` : 'See k8s-release --help.',
    });
}


/***/ }),

/***/ 84989:
/***/ ((module) => {

module.exports = /*#__PURE__*/JSON.parse('{"UU":"k8s-release","rE":"0.1.0"}');

/***/ })

};
