export const id = 3863;
export const ids = [3863];
export const modules = {

/***/ 33863:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  st: () => (/* reexport */ attest),
  fs: () => (/* reexport */ buildType),
  zp: () => (/* reexport */ builderOf),
  Ay: () => (/* reexport */ createStatement),
  vQ: () => (/* reexport */ externalParametersOf),
  Gv: () => (/* reexport */ isObject),
  NB: () => (/* reexport */ parseSpdx),
  By: () => (/* reexport */ parseStatement),
  Ti: () => (/* reexport */ predicateTypeAnnotation),
  ZR: () => (/* reexport */ predicateTypes),
  xC: () => (/* reexport */ readAttachedBundle),
  T$: () => (/* reexport */ releaseArtifacts),
  Zy: () => (/* reexport */ resolvedDependenciesOf),
  US: () => (/* reexport */ serializeStatement),
  IF: () => (/* reexport */ subjectDigests)
});

// UNUSED EXPORTS: spdxSubjects, terminalBuilderId

// EXTERNAL MODULE: ./build/source/src/oci/index.js + 4 modules
var oci = __webpack_require__(3811);
;// CONCATENATED MODULE: ./build/source/src/attest/artifact.js

/** Every file, image index and platform manifest of a release, sorted by name. */
function releaseArtifacts(record) {
    const artifacts = record.subjects.flatMap((subject) => {
        if (subject.kind === 'file')
            return [{ name: subject.name, digest: (0,oci/* digestFromHex */.Ch)(subject.sha256) }];
        const { name, mediaType, digest, size } = subject;
        return [
            { name: `images/${name}`, digest, manifest: { image: name, descriptor: { mediaType, digest, size } } },
            ...subject.manifests.map(({ platform, ...descriptor }) => ({
                name: `images/${name}:${(0,oci/* platformSuffix */.J7)(platform)}`,
                digest: descriptor.digest,
                manifest: { image: name, descriptor },
            })),
        ];
    });
    return artifacts.sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
}

// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: ./build/source/src/registry/index.js + 25 modules
var registry = __webpack_require__(51408);
// EXTERNAL MODULE: ./build/source/src/sigstore/index.js + 31 modules
var sigstore = __webpack_require__(72436);
;// CONCATENATED MODULE: ./build/source/src/attest/statement.js


/** The most subjects that one statement may have for GitHub's attestation tools to read it. */
const largestSubjectCount = 1024;
const statementType = 'https://in-toto.io/Statement/v1';
// cosign attests with the older type; both have the same members.
const readableTypes = [statementType, 'https://in-toto.io/Statement/v0.1'];
/** A Statement v1 over subjects that are known by their SHA-256. */
function createStatement(subjects, predicateType, predicate) {
    return {
        _type: statementType,
        subject: subjects.map(({ name, digest }) => ({ name, digest: { sha256: (0,oci/* hexOf */.ZD)(digest) } })),
        predicateType,
        predicate,
    };
}
const serializeStatement = (statement) => Buffer.from(JSON.stringify(statement));
/** @throws UserError when the JSON is not an in-toto statement with at least one subject */
function parseStatement(json) {
    if (!isObject(json))
        throw new runner/* UserError */.yo('The attestation holds no in-toto statement');
    const { _type, subject, predicateType, predicate } = json;
    if (typeof _type !== 'string' || !readableTypes.includes(_type)) {
        throw new runner/* UserError */.yo(`The attestation is not an in-toto statement: its _type is ${JSON.stringify(_type)}`);
    }
    if (typeof predicateType !== 'string' || predicateType === '') {
        throw new runner/* UserError */.yo('The in-toto statement has no predicateType');
    }
    if (!Array.isArray(subject) || subject.length === 0 || !subject.every(isSubject)) {
        throw new runner/* UserError */.yo('The in-toto statement has no subjects with digests');
    }
    return { _type, subject, predicateType, predicate };
}
/** What a statement speaks of: the SHA-256 digests of its subjects, sorted. */
function subjectDigests(statement) {
    const digests = statement.subject.map(({ digest }) => `sha256:${digest.sha256 ?? ''}`);
    return [...new Set(digests.filter(oci/* isDigest */.Bc))].sort();
}
const isObject = (json) => typeof json === 'object' && json !== null && !Array.isArray(json);
function isSubject(json) {
    if (!isObject(json) || !isObject(json.digest))
        return false;
    const digests = Object.values(json.digest);
    const named = json.name === undefined || typeof json.name === 'string';
    return named && digests.length > 0 && digests.every((digest) => typeof digest === 'string');
}

;// CONCATENATED MODULE: ./build/source/src/attest/attestation.js


const attestationOf = (target, statement, present) => ({
    target,
    predicateType: statement.predicateType,
    subjects: statement.subject.map(({ name = '' }) => name),
    present,
});
const attestationTable = (attestations, dryRun) => (0,runner/* table */.tp)(['Attestation', 'Predicate type', 'Subjects', ''], attestations.map(({ target, predicateType, subjects, present }) => [
    target,
    predicateType,
    subjects.length === 1 ? (subjects[0] ?? '') : String(subjects.length),
    present ? 'there already' : dryRun ? 'to do' : 'made',
]));
const signStatement = (signer, statement) => signer.signStatement(serializeStatement(statement));

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
;// CONCATENATED MODULE: ./build/source/src/attest/document.js


/** The most bytes of a predicate that GitHub and cosign take. */
const largestDocument = 16 << 20;
/** @throws UserError when the file cannot be read, is too large to be a predicate, or is not JSON */
async function parseDocument(path) {
    const bytes = await (0,promises_.readFile)(path).catch((error) => {
        throw new runner/* UserError */.yo(`Cannot read ${path}: ${(0,runner/* describeError */.Uc)(error)}`);
    });
    if (bytes.length > largestDocument) {
        throw new runner/* UserError */.yo(`${path} is too large for a predicate: ${bytes.length} bytes; ${largestDocument} are the most`);
    }
    try {
        return JSON.parse(bytes.toString('utf8'));
    }
    catch (error) {
        throw new runner/* UserError */.yo(`${path} is not JSON: ${(0,runner/* describeError */.Uc)(error)}`, { location: { file: path } });
    }
}

;// CONCATENATED MODULE: ./build/source/src/attest/predicate-type.js

/** Predicate types that k8s-release writes or reads. */
const predicateTypes = {
    provenance: 'https://slsa.dev/provenance/v1',
    /** As cosign's `--type spdxjson` has it. */
    spdx: 'https://spdx.dev/Document',
    /** As actions/attest has it. */
    spdxVersioned: 'https://spdx.dev/Document/v2.3',
};
/** What `attest` says of a release by itself. */
const ownTypes = [predicateTypes.provenance, predicateTypes.spdx];
/** cosign's words for `--type`. */
const shortNames = {
    slsaprovenance1: predicateTypes.provenance,
    spdxjson: predicateTypes.spdx,
    cyclonedx: 'https://cyclonedx.org/bom',
    openvex: 'https://openvex.dev/ns',
    vuln: 'https://cosign.sigstore.dev/attestation/vuln/v1',
};
/**
 * A short name as cosign has it, or a URI → the URI.
 * @throws UserError
 */
function parsePredicateType(text) {
    const known = Object.hasOwn(shortNames, text) ? shortNames[text] : undefined;
    if (known)
        return known;
    if (!/^https?:\/\/[^/\s]+\/\S+$/.test(text)) {
        throw new runner/* UserError */.yo(`'${text}' is not a predicate type`, {
            hint: `Give a URI, or one of: ${Object.keys(shortNames).join(', ')}.`,
        });
    }
    return text;
}
/** A predicate type as part of a file name: cosign's short name, or the path of its URI: `attestation-release-v0.1`. */
function predicateTypeSlug(predicateType) {
    const short = Object.entries(shortNames).find(([, uri]) => uri === predicateType)?.[0];
    if (short)
        return short;
    const path = predicateType.replace(/^https?:\/\/[^/]+\//, '');
    return path.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^[-.]+|[-.]+$/g, '') || 'attestation';
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./build/source/src/release/index.js + 8 modules
var src_release = __webpack_require__(43987);
// EXTERNAL MODULE: ./build/source/src/sign/index.js + 13 modules
var sign = __webpack_require__(52831);
;// CONCATENATED MODULE: ./build/source/src/attest/spdx.js



/**
 * Reads whom an SPDX JSON document speaks of. Source: SPDX 2.3, clauses 7.10 and 8.4 (checksums), 11 (relationships).
 * @throws UserError when the JSON is not an SPDX 2.x document
 */
function parseSpdx(json, what) {
    if (!isObject(json) || !/^SPDX-2\.\d+$/.test(String(json.spdxVersion))) {
        throw new runner/* UserError */.yo(`${what} is not an SPDX 2 document in JSON`);
    }
    const elements = [...objects(json.packages), ...objects(json.files)];
    const ids = describedIds(json);
    return {
        described: sha256Of(elements.filter((element) => ids.has(element.SPDXID))),
        listed: sha256Of(elements),
    };
}
/**
 * Which of the known artifacts a document is about: those it describes; where it describes none of them by digest, as
 * a document about a whole release or a Go module does, those it lists.
 */
function spdxSubjects(document, known) {
    const described = document.described.filter((digest) => known.has(digest));
    return described.length > 0 ? described : document.listed.filter((digest) => known.has(digest));
}
// `documentDescribes` is the older way of saying DESCRIBES; tools write the one, the other or both.
function describedIds(document) {
    const own = document.SPDXID;
    const relationships = objects(document.relationships);
    return new Set([
        ...(Array.isArray(document.documentDescribes) ? document.documentDescribes : []),
        ...relationships
            .filter((one) => one.relationshipType === 'DESCRIBES' && one.spdxElementId === own)
            .map((one) => one.relatedSpdxElement),
        ...relationships
            .filter((one) => one.relationshipType === 'DESCRIBED_BY' && one.relatedSpdxElement === own)
            .map((one) => one.spdxElementId),
    ]);
}
function sha256Of(elements) {
    const digests = elements
        .flatMap((element) => objects(element.checksums))
        .filter((checksum) => checksum.algorithm === 'SHA256')
        .map((checksum) => `sha256:${String(checksum.checksumValue).toLowerCase()}`);
    return [...new Set(digests.filter(oci/* isDigest */.Bc))].sort();
}
const objects = (json) => (Array.isArray(json) ? json.filter(isObject) : []);

;// CONCATENATED MODULE: ./build/source/src/attest/observe.js







/**
 * The attestations in `evidence/` that the verifier finds valid, recorded or not: a run that was killed before it
 * wrote the record is healed, not repeated.
 */
async function observeAttestations(release, verifier) {
    const names = await (0,promises_.readdir)((0,external_node_path_.join)(release.directory, 'evidence')).catch(() => []);
    const found = [];
    for (const name of names.filter((each) => each.endsWith('.sigstore.json')).sort()) {
        const path = `evidence/${name}`;
        const bundle = await (0,promises_.readFile)((0,external_node_path_.join)(release.directory, path));
        const statement = await validStatement(bundle, verifier);
        if (statement)
            found.push({ path, statement, bundle });
    }
    return found;
}
/** The statement of a bundle; undefined when the bundle is none, is not valid, or is by another signer. */
async function validStatement(bundle, verifier) {
    try {
        return parseStatement((await verifier.verifyStatement(bundle)).statement);
    }
    catch (error) {
        if (error instanceof runner/* UserError */.yo)
            return undefined;
        throw error;
    }
}
/** @throws UserError when a subject with the role `sbom` is not an SPDX document */
async function readSboms(release) {
    return Promise.all((0,src_release/* fileSubjects */.QC)(release.record, 'sbom').map(async ({ name, path }) => {
        const json = await parseDocument((0,external_node_path_.join)(release.directory, path));
        return { name, json, spdx: parseSpdx(json, path) };
    }));
}

;// CONCATENATED MODULE: ./build/source/src/attest/referrer.js


/** Says of a referrer what its bundle attests; not every registry repeats it in a listing. */
const predicateTypeAnnotation = 'dev.sigstore.bundle.predicateType';
/** Larger than any bundle with a predicate of 16 MiB. */
const largestBundle = 64 << 20;
/**
 * The Sigstore bundle of a referrer; undefined when it is another kind of artifact. Its own media type counts, since
 * some registries give a referrer another artifactType than it has.
 * @throws UserError when it is listed, but not there or not whole
 */
async function readAttachedBundle(repository, referrer) {
    const stored = await repository.readManifest(referrer);
    if (!stored)
        throw new runner/* UserError */.yo(`${repository.address}: ${referrer} is listed as a referrer, but is not there`);
    const [layer] = (0,oci/* parseManifest */.Ng)(stored.bytes, referrer).layers;
    if (layer?.mediaType !== oci/* mediaTypes */.Ib.sigstoreBundle)
        return undefined;
    if (layer.size > largestBundle)
        throw new runner/* UserError */.yo(`${referrer}: its bundle is too large: ${layer.size} bytes`);
    return Buffer.concat(await (await repository.readBlob(layer)).toArray());
}

;// CONCATENATED MODULE: ./build/source/src/attest/target.js












/** A file: its bundle is `FILE.TYPE.sigstore.json` beside it. @throws UserError when another signer's lies there */
async function observeFile(file, predicateType, predicate, verifier, step) {
    const { sha256 } = await (0,src_release/* hashFile */.DC)(file, step.signal);
    const statement = createStatement([{ name: (0,external_node_path_.basename)(file), digest: (0,oci/* digestFromHex */.Ch)(sha256) }], predicateType, predicate);
    const name = `${file}.${predicateTypeSlug(predicateType)}.sigstore.json`;
    const existing = await (0,promises_.readFile)(name).catch(() => undefined);
    const own = existing && (await validStatement(existing, verifier));
    if (existing && own?.predicateType !== predicateType) {
        throw new runner/* UserError */.yo(`${name} is there already, and not by this signer about this type of predicate`, {
            hint: 'Move it away, then attest again.',
        });
    }
    return {
        name,
        statement,
        present: (0,external_node_util_.isDeepStrictEqual)(own, statement),
        store: (bundle) => (0,src_release/* atomicWrite */.L8)(name, bundle),
    };
}
/** An image: its bundle is a referrer in its own repository. @throws UserError when there is no such image */
async function observeImage(reference, predicateType, predicate, plainHttp, verifier, step) {
    const repository = (0,registry/* openRepository */.h_)(reference.location, reference.name, step, { plainHttp });
    const wanted = reference.digest ?? reference.tag;
    if (wanted === undefined) {
        throw new runner/* UserError */.yo(`${(0,oci/* formatReference */.FH)(reference)} has neither tag nor digest`, { hint: 'Add :TAG or @sha256:….' });
    }
    const subject = await repository.headManifest(wanted);
    if (!subject)
        throw new runner/* UserError */.yo(`There is no image ${(0,oci/* formatReference */.FH)(reference)}`);
    const statement = createStatement([{ name: reference.name, digest: subject.digest }], predicateType, predicate);
    return {
        name: (0,oci/* formatReference */.FH)({ ...reference, digest: subject.digest }),
        statement,
        present: await isAttached(repository, subject, statement, verifier),
        store: (bundle) => (0,sign/* attach */.K0)(repository, (0,sign/* attachmentOf */.r3)(subject, bundle, predicateType, wholeSeconds(step.now()))),
    };
}
async function isAttached(repository, { digest }, statement, verifier) {
    for (const referrer of await repository.listReferrers(digest)) {
        const { [predicateTypeAnnotation]: type = statement.predicateType } = referrer.annotations ?? {};
        if (type !== statement.predicateType)
            continue;
        const bundle = await readAttachedBundle(repository, referrer.digest);
        if (bundle && (0,external_node_util_.isDeepStrictEqual)(await validStatement(bundle, verifier), statement))
            return true;
    }
    return false;
}
const wholeSeconds = (time) => time.toISOString().replace(/\.\d+Z$/, 'Z');

;// CONCATENATED MODULE: ./build/source/src/attest/predicate.js







const concurrency = 8;
/**
 * Attests a predicate over each file and image: `FILE.TYPE.sigstore.json` beside a file, a referrer beside an image.
 * @throws UserError for bad input; FailedItems when some could not be attested, after all others were
 */
async function attestPredicate(wishes, signing, step) {
    const { plainHttp, dryRun } = wishes;
    const predicateType = parsePredicateType(wishes.predicateType);
    const predicate = await parseDocument(wishes.predicate);
    const images = wishes.images.map((text) => (0,registry/* resolveReference */.sX)(text, step));
    const files = await filesToAttest(wishes.files, step);
    const signer = await (0,sigstore/* openSigner */.Hs)(signing, step, { dryRun });
    const verifier = await (0,sigstore/* openSignerVerifier */.Vy)(signer.signer, signing.trustedRoot);
    const targets = [
        ...files.map((file) => () => observeFile(file, predicateType, predicate, verifier, step)),
        ...images.map((image) => () => observeImage(image, predicateType, predicate, plainHttp, verifier, step)),
    ];
    const failures = [];
    const done = await (0,runner/* mapConcurrently */.X2)(targets, concurrency, async (observe) => {
        step.signal.throwIfAborted();
        try {
            const { name, statement, present, store } = await observe();
            if (!present && !dryRun)
                await store(await signStatement(signer, statement));
            return [attestationOf(name, statement, present)];
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            failures.push(error);
            return [];
        }
    });
    const attestations = done.flat();
    step.summary((0,runner/* heading */.R_)('Attestations'), attestationTable(attestations, dryRun));
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE('Attesting', failures);
    return attestations;
}
async function filesToAttest(patterns, step) {
    if (patterns.length === 0)
        return [];
    const files = (await (0,runner/* findFiles */.lY)(patterns, step)).filter((path) => !path.endsWith('.sigstore.json'));
    if (files.length === 0)
        throw new runner/* UserError */.yo('Only Sigstore bundles match the files to attest');
    return files;
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
;// CONCATENATED MODULE: ./build/source/src/attest/builder.js

const buildType = 'https://github.com/k8s-release/k8s-release/blob/v1/docs/build-type.md';
/** A build that nobody but its own operator vouches for: SLSA Build L1. */
const terminalBuilderId = `${buildType}#terminal`;
/**
 * The builder of this step. On GitHub it is the workflow that holds the job: the one in the signing certificate where
 * there is one, since in a reusable workflow GITHUB_WORKFLOW_REF names its caller. A runner that does not say which
 * workflow it runs, such as a local imitation, is a terminal.
 * @param identity of a keyless signer
 */
function builderOf(step, identity) {
    const { environment } = step;
    const server = environment.GITHUB_SERVER_URL;
    const workflow = environment.GITHUB_WORKFLOW_REF;
    if (!(step.onGitHub && server && workflow)) {
        return {
            id: terminalBuilderId,
            internalParameters: { terminal: { os: goos((0,external_node_os_.platform)()), architecture: goarch((0,external_node_os_.arch)()) } },
        };
    }
    const run = `${server}/${environment.GITHUB_REPOSITORY}/actions/runs/${environment.GITHUB_RUN_ID}`;
    return {
        id: identity !== undefined && isWorkflow(identity, server) ? identity : `${server}/${workflow}`,
        internalParameters: {
            github: {
                event_name: environment.GITHUB_EVENT_NAME ?? '',
                repository_id: environment.GITHUB_REPOSITORY_ID ?? '',
                repository_owner_id: environment.GITHUB_REPOSITORY_OWNER_ID ?? '',
                runner_environment: environment.RUNNER_ENVIRONMENT ?? '',
            },
        },
        invocationId: `${run}/attempts/${environment.GITHUB_RUN_ATTEMPT ?? '1'}`,
    };
}
const isWorkflow = (identity, server) => identity.startsWith(`${server}/`) && /\/\.github\/workflows\/[^@]+@/.test(identity);
// The words of Go and OCI, as in every platform of the record.
const goos = (name) => (name === 'win32' ? 'windows' : name);
const goarch = (name) => ({ x64: 'amd64', ia32: '386', ppc64: 'ppc64le' })[name] ?? name;

;// CONCATENATED MODULE: ./build/source/src/attest/provenance.js

/** The provenance of everything in a release. It holds no clock time, so the same build in a terminal gives the same bytes. */
function provenanceOf(record, builder) {
    return {
        buildDefinition: {
            buildType: buildType,
            externalParameters: externalParametersOf(record),
            internalParameters: builder.internalParameters,
            resolvedDependencies: resolvedDependenciesOf(record),
        },
        runDetails: {
            builder: { id: builder.id },
            ...(builder.invocationId === undefined ? {} : { metadata: { invocationId: builder.invocationId } }),
        },
    };
}
function externalParametersOf({ source, build }) {
    return {
        source: {
            repository: source.repository,
            ...(source.ref === undefined ? {} : { ref: source.ref }),
            ...(source.directory === undefined ? {} : { directory: source.directory }),
            // A parameter, because verifiers must reject a parameter they do not expect: nobody takes it for a clean build.
            ...(source.modified ? { modified: true } : {}),
        },
        parameters: build.parameters,
    };
}
function resolvedDependenciesOf({ source, build }) {
    const checkout = {
        uri: `git+${source.repository}${source.ref === undefined ? '' : `@${source.ref}`}`,
        ...(source.commit === undefined ? {} : { digest: { gitCommit: source.commit } }),
        ...(source.modified ? { annotations: { modified: true } } : {}),
    };
    // Two actions may have consumed the same.
    const distinct = new Map(Object.values(build.dependencies).flatMap((all) => all.map((one) => [one.uri, one])));
    return [checkout, ...[...distinct.values()].sort(byUri)];
}
const byUri = (left, right) => left.uri < right.uri ? -1 : left.uri > right.uri ? 1 : 0;

;// CONCATENATED MODULE: ./build/source/src/attest/plan.js







/**
 * The attestations of a release: provenance of everything, and each SBOM for what it describes. What is attested
 * already, by the same signer, keeps its bundle; artifacts that came later get a provenance of their own.
 * @throws UserError when an SBOM speaks of nothing in the release
 */
function planReleaseAttestations(record, sboms, builder, signer, existing) {
    const artifacts = releaseArtifacts(record);
    const taken = pathsOfOthers(record, signer);
    return [
        ...planProvenance(artifacts, provenanceOf(record, builder), existing, taken),
        ...sboms.map((sbom) => planSbom(artifacts, sbom, existing, taken)),
    ];
}
/**
 * What the same signer attested before of another build or other bytes, and what is not replaced at its place: the
 * release is rid of it, since nothing it says holds.
 */
function supersededAttestations(existing, plan) {
    const wanted = new Set(plan.map(({ path }) => path));
    return existing
        .filter(({ path, statement }) => ownTypes.includes(statement.predicateType) && !wanted.has(path))
        .map(({ path }) => path);
}
function planProvenance(artifacts, predicate, existing, takenByOthers) {
    const kept = existing
        .filter(({ statement }) => statement.predicateType === predicateTypes.provenance)
        .filter(({ statement }) => isSameBuild(statement.predicate, predicate))
        .map(({ path, statement, bundle }) => ({ path, statement, bundle, artifacts: artifactsOf(statement, artifacts) }))
        .filter((attestation) => attestation.artifacts.length > 0);
    const covered = new Set(kept.flatMap((attestation) => attestation.artifacts));
    const missing = artifacts.filter((artifact) => !covered.has(artifact));
    const chunks = chunksOf(missing, largestSubjectCount);
    const taken = new Set([...takenByOthers, ...kept.map(({ path }) => path)]);
    const made = chunks.map((chunk) => {
        const path = freePath('evidence/provenance', '.sigstore.json', taken, kept.length === 0 && chunks.length === 1);
        taken.add(path);
        return { path, statement: createStatement(chunk, predicateTypes.provenance, predicate), artifacts: chunk };
    });
    return [...kept, ...made];
}
function planSbom(artifacts, sbom, existing, takenByOthers) {
    const digests = new Set(spdxSubjects(sbom.spdx, new Set(artifacts.map(({ digest }) => digest))));
    const subjects = artifacts.filter(({ digest }) => digests.has(digest));
    if (subjects.length === 0) {
        throw new runner/* UserError */.yo(`The SBOM ${sbom.name} speaks of nothing in the release`, {
            hint: "None of its SHA256 checksums is a file or image of release.json; run 'sbom' again.",
        });
    }
    const statement = createStatement(subjects, predicateTypes.spdx, sbom.json);
    const same = existing.find((attestation) => (0,external_node_util_.isDeepStrictEqual)(attestation.statement, statement));
    if (same)
        return { path: same.path, statement, artifacts: subjects, bundle: same.bundle };
    const path = freePath(`evidence/${sbom.name}.attestation`, '.sigstore.json', takenByOthers, true);
    return { path, statement, artifacts: subjects };
}
// A run of its own does not make another build: `metadata` says when and by which attempt it was attested.
function isSameBuild(predicate, wish) {
    if (!isObject(predicate) || !isObject(predicate.runDetails))
        return false;
    return ((0,external_node_util_.isDeepStrictEqual)(predicate.buildDefinition, wish.buildDefinition) &&
        (0,external_node_util_.isDeepStrictEqual)(predicate.runDetails.builder, wish.runDetails.builder));
}
function artifactsOf(statement, artifacts) {
    const digests = new Set(subjectDigests(statement));
    return artifacts.filter(({ digest }) => digests.has(digest));
}
/** Paths of signatures, and of another signer's attestations: neither is ever overwritten. */
function pathsOfOthers(record, signer) {
    const others = record.evidence.filter((one) => one.kind !== 'attestation' || !(0,external_node_util_.isDeepStrictEqual)(one.signer, signer));
    return new Set(others.map(({ path }) => path));
}
function freePath(stem, extension, taken, alone) {
    if (alone && !taken.has(`${stem}${extension}`))
        return `${stem}${extension}`;
    let number = 1;
    while (taken.has(`${stem}-${number}${extension}`))
        number++;
    return `${stem}-${number}${extension}`;
}
function chunksOf(items, size) {
    return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

;// CONCATENATED MODULE: ./build/source/src/attest/superseded.js







/**
 * Detaches what this signer attested of the images of a release and then replaced in `evidence/`: whoever takes an image
 * from the layout gets the evidence that counts, and no other. Another signer's stays.
 * @returns whether there was anything to detach
 */
async function detachSuperseded({ directory, record }, verifier) {
    const current = new Set(record.evidence.map(({ sha256 }) => sha256));
    let changed = false;
    for (const image of (0,src_release/* imageSubjects */.vq)(record)) {
        const layout = (0,registry/* openLayout */.B9)((0,external_node_path_.join)(directory, 'images'), image.name);
        for (const subject of [image.digest, ...image.manifests.map(({ digest }) => digest)]) {
            for (const { digest, annotations } of await layout.listReferrers(subject)) {
                if (!ownTypes.includes(annotations?.[predicateTypeAnnotation] ?? ''))
                    continue;
                const bundle = await readAttachedBundle(layout, digest);
                if (!bundle || current.has((0,oci/* hexOf */.ZD)((0,oci/* digestOfBytes */.by)(bundle))))
                    continue;
                const statement = await validStatement(bundle, verifier);
                if (!statement || !ownTypes.includes(statement.predicateType))
                    continue;
                await layout.removeReferrer(digest);
                changed = true;
            }
        }
    }
    return changed;
}

;// CONCATENATED MODULE: ./build/source/src/attest/release.js












/** A transparency log takes about a second for an entry, and any number at a time. */
const release_concurrency = 16;
/**
 * Attests a release: SLSA provenance over everything in it, and each SBOM over what it describes.
 * @throws UserError when a file differs from the record, an SBOM speaks of nothing in it, or there is nothing to sign with
 */
async function attestRelease(directory, signing, dryRun, step) {
    const release = await (0,src_release/* openRelease */.gS)(directory);
    await (0,src_release/* proveSubjects */.i6)(release, step);
    const signer = await (0,sigstore/* openSigner */.Hs)(signing, step, { dryRun });
    const { signer: identity } = signer;
    const builder = builderOf(step, identity.kind === 'keyless' ? identity.identity : undefined);
    const verifier = await (0,sigstore/* openSignerVerifier */.Vy)(identity, signing.trustedRoot);
    const existing = await observeAttestations(release, verifier);
    const plan = planReleaseAttestations(release.record, await readSboms(release), builder, identity, existing);
    const attestations = plan.map(({ path, statement, bundle }) => attestationOf(path, statement, bundle !== undefined));
    const superseded = supersededAttestations(existing, plan);
    step.summary((0,runner/* heading */.R_)('Attestations'), attestationTable(attestations, dryRun));
    if (dryRun)
        return { release, attestations, changed: superseded.length > 0 || attestations.some(({ present }) => !present) };
    const applied = await applyAttestations(release, plan, superseded, signer, step);
    const detached = await detachSuperseded(applied.release, verifier);
    return { release: applied.release, attestations, changed: applied.changed || detached };
}
/** Bundles and referrers first, then the record: what it names is there, and what it no longer names goes last. */
async function applyAttestations(release, plan, superseded, signer, step) {
    let changed = false;
    const progress = step.progress('Attesting', plan.filter(({ bundle }) => bundle === undefined).length);
    const evidence = await (0,runner/* mapConcurrently */.X2)(plan, release_concurrency, async (planned) => {
        step.signal.throwIfAborted();
        const item = {
            kind: 'attestation',
            bundle: planned.bundle ?? (await signStatement(signer, planned.statement)),
            predicateType: planned.statement.predicateType,
            subjects: subjectDigests(planned.statement),
            signer: signer.signer,
            path: planned.path,
            manifests: planned.artifacts.flatMap(({ manifest }) => (manifest ? [manifest] : [])),
        };
        if (!(await (0,sign/* isEvidenceKept */.kB)(release, item)))
            changed = true;
        const kept = await (0,sign/* keepEvidence */.N)(release, item);
        if (planned.bundle === undefined)
            progress.advance();
        return kept;
    });
    progress.done();
    const remaining = release.record.evidence.filter(({ path }) => !superseded.includes(path));
    const record = (0,src_release/* withEvidence */.Kg)({ ...release.record, evidence: remaining }, evidence);
    const saved = await (0,src_release/* saveRelease */.DR)(release.directory, record);
    await Promise.all(superseded.map((path) => (0,promises_.rm)((0,external_node_path_.join)(release.directory, path), { force: true })));
    return { release: saved, changed: changed || saved.changed || superseded.length > 0 };
}

;// CONCATENATED MODULE: ./build/source/src/attest/attest.js



/**
 * Attests a release, or a predicate over files and images. What the same signer attested already stays.
 * @throws UserError for bad input or when there is nothing to sign with; FailedItems for files and images that failed
 */
async function attest(wishes, step) {
    const { files, images, predicate, predicateType, dryRun } = wishes;
    if (files.length + images.length === 0) {
        if (predicate !== undefined || predicateType !== undefined) {
            throw new runner/* UserError */.yo('A predicate was given, but nothing to attest it over', {
                hint: "Name 'files' or 'images'; a release gets its predicates from its record and its SBOMs.",
            });
        }
        const { release, attestations, changed } = await attestRelease(wishes.release, wishes, dryRun, step);
        return told({ releaseDigest: release.digest, attestations, changed }, step);
    }
    if (predicate === undefined || predicateType === undefined) {
        throw new runner/* UserError */.yo('Files and images need a predicate and its type', {
            hint: "Give both inputs: 'predicate' (a JSON file) and 'predicate-type'.",
        });
    }
    const attestations = await attestPredicate({ ...wishes, predicate, predicateType }, wishes, step);
    return told({ releaseDigest: '', attestations, changed: attestations.some(({ present }) => !present) }, step);
}
function told(attested, step) {
    const { length } = attested.attestations;
    const all = length === 1 ? 'The attestation was' : `All ${length} attestations were`;
    if (!attested.changed)
        step.log.info(`${all} there: nothing changed`);
    return attested;
}

;// CONCATENATED MODULE: ./build/source/src/attest/index.js
/**
 * Attestations: in-toto statements about the artifacts of a release or about files and images, signed as Sigstore bundles.
 * The vocabulary (statement, predicate types, SLSA provenance, SPDX subjects) is here for `verify`, too.
 */










/***/ })

};
