export const id = 2491;
export const ids = [2491];
export const modules = {

/***/ 82491:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  "default": () => (/* binding */ main)
});

// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: ./build/source/src/release/index.js + 8 modules
var src_release = __webpack_require__(43987);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/source/src/attest/index.js + 16 modules
var attest = __webpack_require__(33863);
// EXTERNAL MODULE: ./build/source/src/oci/index.js + 4 modules
var oci = __webpack_require__(3811);
// EXTERNAL MODULE: ./build/source/src/registry/index.js + 25 modules
var registry = __webpack_require__(51408);
// EXTERNAL MODULE: ./build/source/src/sign/index.js + 13 modules
var sign = __webpack_require__(52831);
// EXTERNAL MODULE: ./build/source/src/sigstore/index.js + 28 modules
var sigstore = __webpack_require__(2068);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:util/types"
var types_ = __webpack_require__(73429);
;// CONCATENATED MODULE: ./build/source/src/verify/evidence.js








/** Bundles that are checked at a time; the work is the processor's. */
const concurrency = 4;
/** Larger than any bundle with a predicate of 16 MiB. */
const largestBundle = 64 << 20;
/** Verifies every recorded bundle. What it says of itself in the record is not believed. */
async function observeEvidence(release, verifier, step) {
    const { evidence } = release.record;
    const progress = step.progress('Verifying bundles', evidence.length);
    const facts = await (0,runner/* mapConcurrently */.X2)(evidence, concurrency, async (one) => {
        step.signal.throwIfAborted();
        const content = await contentOf(release, one, verifier);
        progress.advance();
        return { evidence: one, expected: isBy(verifier.trusted, one.signer), content };
    });
    progress.done();
    return facts;
}
const isBy = (trusted, signer) => signer.kind === 'key'
    ? trusted.kind === 'key' && trusted.identity === signer.keyId
    : trusted.kind === 'keyless' && trusted.identity === signer.identity && trusted.issuer === signer.issuer;
async function contentOf(release, evidence, verifier) {
    try {
        const bundle = await readBundle((0,external_node_path_.join)(release.directory, evidence.path));
        return holdsStatement(bundle)
            ? await verifyStatement(bundle, verifier)
            : await verifySignature(bundle, release, evidence.subjects, verifier);
    }
    catch (error) {
        return { kind: 'invalid', reason: reasonOf(error) };
    }
}
/** @throws UserError when the bundle does not hold */
async function verifyStatement(bundle, verifier) {
    const { statement, signer } = await verifier.verifyStatement(bundle);
    return { kind: 'statement', statement: (0,attest/* parseStatement */.By)(statement), signer };
}
// Two files may have the same bytes; the signature then holds for both.
async function verifySignature(bundle, release, subjects, verifier) {
    const digests = [];
    let signer;
    for (const digest of subjects) {
        const file = (0,src_release/* fileSubjects */.QC)(release.record).find((subject) => (0,oci/* digestFromHex */.Ch)(subject.sha256) === digest);
        if (!file)
            return { kind: 'invalid', reason: `it signs the bytes of ${digest}, which is no file of the release` };
        signer = await verifier.verifyBlob(bundle, () => (0,external_node_fs_.createReadStream)((0,external_node_path_.join)(release.directory, file.path)));
        digests.push(digest);
    }
    return signer ? { kind: 'signature', digests, signer } : { kind: 'invalid', reason: 'it speaks of nothing' };
}
/** @throws UserError when there is no such file, or it is too large to be a bundle */
async function readBundle(path) {
    const bytes = await (0,promises_.readFile)(path).catch((error) => {
        throw new runner/* UserError */.yo(isMissing(error) ? `there is no bundle ${path}` : `the bundle cannot be read: ${(0,runner/* describeError */.Uc)(error)}`);
    });
    if (bytes.length > largestBundle)
        throw new runner/* UserError */.yo(`it is too large for a bundle: ${bytes.length} bytes`);
    return bytes;
}
/** Whether a bundle is an envelope around a statement, or a signature over bytes; the verifier judges the rest. */
function holdsStatement(bundle) {
    try {
        const json = JSON.parse(Buffer.from(bundle).toString('utf8'));
        return typeof json === 'object' && json !== null && 'dsseEnvelope' in json;
    }
    catch {
        return false;
    }
}
/** One line for a report. A fault that is not the bundle's stops the step, so that it is not taken for a verdict. */
function reasonOf(error) {
    if (error instanceof runner/* UserError */.yo)
        return error.message;
    if ((0,types_.isNativeError)(error) && 'syscall' in error)
        return (0,runner/* describeError */.Uc)(error);
    throw error;
}
/** Whether a file is not there. */
const isMissing = (error) => (0,types_.isNativeError)(error) && 'code' in error && error.code === 'ENOENT';

;// CONCATENATED MODULE: ./build/source/src/verify/verdict.js
const passed = (subject, check, reason) => ({
    subject,
    check,
    passed: true,
    reason,
});
const failed = (subject, check, reason) => ({
    subject,
    check,
    passed: false,
    reason,
});
/** Passes when there is nothing to object to. */
const unless = (subject, check, objections, reason) => objections.length === 0 ? passed(subject, check, reason) : failed(subject, check, objections.join('; '));

;// CONCATENATED MODULE: ./build/source/src/verify/artifact.js











/** Items that are verified at a time. */
const artifact_concurrency = 8;
/**
 * Verifies signatures of files, by the bundle beside each, and of images, by their referrers.
 * @throws UserError when nobody was named who must have signed, or a pattern or reference is wrong
 */
async function verifyArtifacts(wishes, trust, step) {
    const verifier = await (0,sigstore/* openVerifier */.bg)(trust, step);
    const files = wishes.files.length === 0 ? [] : await (0,runner/* findFiles */.lY)(wishes.files, step);
    const references = wishes.images.map((text) => (0,registry/* resolveReference */.sX)(text, step));
    if (wishes.bundle !== undefined && (files.length !== 1 || references.length > 0)) {
        throw new runner/* UserError */.yo("The input 'bundle' is for one file", {
            hint: 'A bundle beside each file, FILE.sigstore.json, is found by itself.',
        });
    }
    const checks = [
        ...(await (0,runner/* mapConcurrently */.X2)(files, artifact_concurrency, (file) => verifyFile(file, wishes.bundle ?? `${file}.sigstore.json`, verifier))),
        ...(await (0,runner/* mapConcurrently */.X2)(references, artifact_concurrency, (reference) => verifyImage(reference, wishes, verifier, step))).flat(),
    ];
    return { verified: checks.every((check) => check.passed), policy: verifier.trusted, checks };
}
async function verifyFile(file, bundlePath, verifier) {
    const name = (0,external_node_path_.basename)(file);
    try {
        const bundle = await readBundle(bundlePath);
        if (!holdsStatement(bundle)) {
            await verifier.verifyBlob(bundle, () => (0,external_node_fs_.createReadStream)(file));
            return passed(name, 'signature', (0,external_node_path_.basename)(bundlePath));
        }
        const { statement } = await verifyStatement(bundle, verifier);
        const digest = (0,oci/* digestFromHex */.Ch)((await (0,src_release/* hashFile */.DC)(file)).sha256);
        const about = (0,attest/* subjectDigests */.IF)(statement).includes(digest);
        return unless(name, 'signature', about ? [] : [`its attestation does not speak of ${digest}`], statement.predicateType);
    }
    catch (error) {
        return failed(name, 'signature', reasonOf(error));
    }
}
async function verifyImage(reference, wishes, verifier, step) {
    const subject = (0,oci/* formatReference */.FH)(reference);
    try {
        const repository = (0,registry/* openRepository */.h_)(reference.location, reference.name, step, { plainHttp: wishes.plainHttp });
        const wanted = reference.digest ?? reference.tag;
        if (wanted === undefined)
            throw new runner/* UserError */.yo('it has neither tag nor digest');
        const manifest = await repository.readManifest(wanted);
        if (!manifest)
            throw new runner/* UserError */.yo('there is no such image');
        const { digest, mediaType } = manifest.descriptor;
        const isIndex = mediaType === oci/* mediaTypes */.Ib.index || mediaType === oci/* mediaTypes */.Ib.dockerManifestList;
        const children = wishes.recursive && isIndex ? (0,oci/* parseIndex */.A1)(manifest.bytes, subject).manifests : [];
        const parts = [
            [subject, digest],
            ...children.map((child) => [(0,oci/* formatReference */.FH)({ ...reference, digest: child.digest }), child.digest]),
        ];
        return await (0,runner/* mapConcurrently */.X2)(parts, artifact_concurrency, ([name, part]) => verifyManifest(name, part, repository, verifier));
    }
    catch (error) {
        return [failed(subject, 'signature', reasonOf(error))];
    }
}
async function verifyManifest(subject, digest, repository, verifier) {
    const reasons = [];
    try {
        for (const referrer of await repository.listReferrers(digest)) {
            try {
                const bundle = await (0,attest/* readAttachedBundle */.xC)(repository, referrer.digest);
                if (!bundle)
                    continue;
                const { statement } = await verifyStatement(bundle, verifier);
                if (statement.predicateType !== sign/* imageSignatureType */.W8)
                    continue;
                if ((0,attest/* subjectDigests */.IF)(statement).includes(digest))
                    return passed(subject, 'signature', referrer.digest);
                reasons.push(`${referrer.digest} signs another image`);
            }
            catch (error) {
                reasons.push(`${referrer.digest}: ${reasonOf(error)}`);
            }
        }
    }
    catch (error) {
        reasons.push(reasonOf(error));
    }
    return failed(subject, 'signature', reasons.length > 0 ? reasons.join('; ') : 'nobody signed it');
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
;// CONCATENATED MODULE: ./build/source/src/verify/checksums.js


const algorithms = ['sha256', 'sha512'];
const digits = { sha256: 64, sha512: 128 };
/** SHA256SUMS and SHA512SUMS have a line for each file with its recorded sum, and no other line. */
function judgeChecksums({ record, checksums }) {
    const files = (0,src_release/* fileSubjects */.QC)(record);
    const listed = files.filter(({ role }) => role !== 'checksums');
    return algorithms.map((algorithm) => {
        const name = `${algorithm.toUpperCase()}SUMS`;
        if (!files.some((file) => file.name === name)) {
            return listed.length === 0
                ? passed(name, 'checksums', 'there is no file to list')
                : failed(name, 'checksums', 'release.json names no such file');
        }
        const text = checksums[algorithm];
        if (text === undefined)
            return failed(name, 'checksums', 'it cannot be read');
        return unless(name, 'checksums', objectionsTo(text, algorithm, listed), `${listed.length} files`);
    });
}
function objectionsTo(text, algorithm, listed) {
    const expected = new Map(listed.map((file) => [file.name, file[algorithm]]));
    const seen = new Set();
    const objections = [];
    const line = new RegExp(`^(?<sum>[0-9a-f]{${digits[algorithm]}}) [ *](?<name>.+)$`);
    for (const [index, content] of text.replace(/\n$/, '').split('\n').entries()) {
        const { sum, name } = line.exec(content)?.groups ?? {};
        if (sum === undefined || name === undefined) {
            if (text !== '')
                objections.push(`line ${index + 1} is not a sum and a name`);
        }
        else if (seen.has(name))
            objections.push(`it lists ${name} twice`);
        else if (!expected.has(name))
            objections.push(`it lists ${name}, which is no file of the release`);
        else if (expected.get(name) !== sum)
            objections.push(`its sum of ${name} is not the recorded one`);
        if (name !== undefined)
            seen.add(name);
    }
    for (const name of expected.keys())
        if (!seen.has(name))
            objections.push(`it does not list ${name}`);
    return objections;
}

;// CONCATENATED MODULE: ./build/source/src/verify/image.js




/** The layout holds the recorded images, whole and under their tags, and no other. */
function judgeImages({ record, layout }) {
    const images = (0,src_release/* imageSubjects */.vq)(record);
    if (layout.problem !== undefined)
        return [failed('images', 'image', layout.problem)];
    const digests = new Set(images.flatMap((image) => [image.digest, ...image.manifests.map(({ digest }) => digest)]));
    const names = new Set(images.flatMap(tagsOf));
    const strangers = layout.entries.filter((entry) => entry.name === undefined ? !isReferrer(entry, layout, digests) : !names.has(entry.name));
    return [
        ...images.map((image) => unless(`images/${image.name}`, 'image', image_objectionsTo(image, layout), image.digest)),
        ...strangers.map((entry) => failed(`images/${entry.name ?? entry.descriptor.digest}`, 'recorded', 'release.json does not name it')),
    ];
}
const tagsOf = (image) => image.tags.map((tag) => `${image.name}:${tag}`);
function isReferrer(entry, layout, digests) {
    const subject = layout.manifests.find(({ digest }) => digest === entry.descriptor.digest)?.subject;
    return subject !== undefined && digests.has(subject.digest);
}
function image_objectionsTo(image, layout) {
    const objections = [];
    for (const name of tagsOf(image)) {
        const entries = layout.entries.filter((entry) => entry.name === name);
        if (entries.length !== 1)
            objections.push(`the layout has ${name} ${entries.length} times`);
        for (const { descriptor } of entries) {
            if (descriptor.digest !== image.digest)
                objections.push(`${name} is ${descriptor.digest} in the layout`);
        }
    }
    const index = layout.manifests.find(({ digest }) => digest === image.digest);
    if (index)
        objections.push(...differences(image, index));
    return [...objections, ...damagesOf(image.digest, layout)];
}
function differences(image, index) {
    const describe = (one) => `${one.platform ? (0,oci/* formatPlatform */.Bq)(one.platform) : 'no platform'} ${one.mediaType} ${one.digest} (${one.size} bytes)`;
    const recorded = new Set(image.manifests.map(describe));
    const found = new Set(index.children.map(describe));
    return [
        ...(index.mediaType === image.mediaType && index.size === image.size
            ? []
            : ['its size or media type is not the recorded one']),
        ...[...recorded].filter((one) => !found.has(one)).map((one) => `it lacks ${one}`),
        ...[...found].filter((one) => !recorded.has(one)).map((one) => `release.json does not name its manifest ${one}`),
    ];
}
/** What is damaged in all that a manifest is made of. */
function damagesOf(root, layout) {
    const manifests = new Map(layout.manifests.map((manifest) => [manifest.digest, manifest]));
    const parts = new Set([root]);
    for (const digest of parts) {
        const manifest = manifests.get(digest);
        for (const part of [...(manifest?.children ?? []), ...(manifest?.blobs ?? [])])
            parts.add(part.digest);
    }
    return layout.damaged.filter(({ digest }) => parts.has(digest)).map(({ digest, reason }) => `${digest}: ${reason}`);
}
/**
 * The bundles attached to a manifest in the layout are those of `evidence/` that speak of it: whoever takes the
 * image gets the evidence with it, and nothing else.
 */
function judgeReferrers({ record, layout, evidence }) {
    if (layout.problem !== undefined)
        return [];
    return (0,attest/* releaseArtifacts */.T$)(record)
        .filter(({ manifest }) => manifest !== undefined)
        .map(({ name, digest }) => {
        const expected = evidence
            .filter(({ content }) => content.kind !== 'signature')
            .filter(({ evidence: one }) => one.subjects.includes(digest))
            .map(({ evidence: one }) => ({ path: one.path, digest: (0,oci/* digestFromHex */.Ch)(one.sha256) }));
        const attached = layout.manifests.filter((one) => one.subject?.digest === digest);
        const bundles = new Set(attached.flatMap(({ blobs }) => blobs.slice(1).map((blob) => blob.digest)));
        const known = new Set(expected.map((one) => one.digest));
        const objections = [
            ...expected.filter((one) => !bundles.has(one.digest)).map(({ path }) => `${path} is not attached`),
            ...attached.flatMap((referrer) => objectionsToReferrer(referrer, known, layout)),
        ];
        return unless(name, 'referrers', objections, `${attached.length} attached`);
    });
}
function objectionsToReferrer(referrer, known, layout) {
    const [, bundle, ...others] = referrer.blobs;
    if (!bundle || others.length > 0 || bundle.mediaType !== oci/* mediaTypes */.Ib.sigstoreBundle || !known.has(bundle.digest)) {
        return [`${referrer.digest} is attached, which is not in evidence/`];
    }
    return damagesOf(referrer.digest, layout);
}

;// CONCATENATED MODULE: ./build/source/src/verify/integrity.js

/** Every recorded file has the recorded bytes, and `files/` and `evidence/` hold no other. */
function judgeFiles({ record, files }) {
    const found = new Map(files.map((file) => [file.path, file]));
    const subjects = record.subjects.filter((subject) => subject.kind === 'file');
    const bytes = [...subjects, ...record.evidence].map((expected) => {
        const name = 'name' in expected ? expected.name : expected.path;
        const fact = found.get(expected.path);
        if (!fact?.hashes)
            return failed(name, 'bytes', `${expected.path}: ${fact?.problem ?? 'it is missing'}`);
        const { sha256, sha512, size } = fact.hashes;
        if (sha256 !== expected.sha256) {
            return failed(name, 'bytes', `${expected.path}: recorded sha256:${expected.sha256}, found sha256:${sha256}`);
        }
        return unless(name, 'bytes', [
            ...(size === expected.size ? [] : [`${expected.path}: recorded ${expected.size} bytes, found ${size}`]),
            ...('sha512' in expected && sha512 !== expected.sha512
                ? [`${expected.path}: another SHA-512 is recorded`]
                : []),
        ], `sha256:${sha256}`);
    });
    const recorded = new Set([...subjects, ...record.evidence].map(({ path }) => path));
    const strangers = files.filter(({ path }) => !recorded.has(path));
    return [...bytes, ...strangers.map(({ path }) => failed(path, 'recorded', 'release.json does not name it'))];
}
/** A modified source means that the commit does not say what was built. */
function judgeSource({ record: { source, project } }, allowModified) {
    if (!source.modified)
        return passed(project, 'source', source.commit ? `commit ${source.commit}` : source.repository);
    return allowModified
        ? passed(project, 'source', 'the source was modified, which is allowed here')
        : failed(project, 'source', 'it was built from a working tree that differed from its commit');
}

;// CONCATENATED MODULE: ./build/source/src/verify/attestation.js


/** Judges each verified statement of some predicate types once, however many artifacts it speaks of. */
function judgeStatements(evidence, accepted, objectionsTo) {
    return evidence.flatMap(({ evidence: { path }, content }) => {
        if (content.kind !== 'statement' || !accepted.includes(content.statement.predicateType))
            return [];
        return [{ path, statement: content.statement, objections: objectionsTo(content.statement, content.signer) }];
    });
}
/** An artifact passes when one statement speaks of it to which nothing objects. */
function judgeArtifact(artifact, check, statements, missing) {
    const about = statements.filter(({ statement }) => (0,attest/* subjectDigests */.IF)(statement).includes(artifact.digest));
    const good = about.find(({ objections }) => objections.length === 0);
    if (good)
        return passed(artifact.name, check, good.path);
    const reasons = about.map(({ path, objections }) => `${path}: ${objections.join(', ')}`);
    return failed(artifact.name, check, reasons.length > 0 ? reasons.join('; ') : missing);
}

;// CONCATENATED MODULE: ./build/source/src/verify/provenance.js



/** Every artifact has a provenance that tells of this very source and build. */
function judgeProvenance({ record, evidence }, builderId) {
    const statements = judgeStatements(evidence, [attest/* predicateTypes */.ZR.provenance], ({ predicate }, signer) => [
        ...objectionsToBuild(predicate, record, builderId),
        ...objectionsToClaims(predicate, signer),
    ]);
    return (0,attest/* releaseArtifacts */.T$)(record).map((artifact) => judgeArtifact(artifact, 'provenance', statements, 'no provenance by the expected signer speaks of it'));
}
/** What a provenance says of the build and the record does not. */
function objectionsToBuild(predicate, record, builderId) {
    const definition = member(predicate, 'buildDefinition');
    const parameters = member(definition, 'externalParameters');
    const expected = (0,attest/* externalParametersOf */.vQ)(record);
    const builder = builderIdOf(predicate);
    return [
        ...(definition.buildType === attest/* buildType */.fs ? [] : [`its build type is ${show(definition.buildType)}`]),
        ...provenance_differences('source', member(parameters, 'source'), { ...expected.source }),
        ...parameterDifferences(member(parameters, 'parameters'), expected.parameters),
        ...Object.keys(parameters)
            .filter((name) => !(name in expected))
            .map((name) => `it has the unknown external parameter '${name}'`),
        ...((0,external_node_util_.isDeepStrictEqual)(definition.resolvedDependencies, (0,attest/* resolvedDependenciesOf */.Zy)(record))
            ? []
            : ['its resolved dependencies (commit, toolchain, modules, images) are not those of the record']),
        ...(typeof builder === 'string' ? [] : ['it names no builder']),
        ...(builderId === undefined || builder === builderId
            ? []
            : [`its builder is ${show(builder)}, not ${show(builderId)}`]),
    ];
}
/**
 * What Fulcio certified of a GitHub workflow (extension number) and where the predicate says the same.
 * Source: github.com/sigstore/fulcio, docs/oid-info.md.
 */
const claims = [
    [9, 'builder', (predicate) => builderIdOf(predicate)],
    [11, 'runner environment', (predicate) => github(predicate).runner_environment],
    [12, 'source repository', (predicate) => source(predicate).repository],
    [13, 'source commit', (predicate) => commitOf(predicate)],
    [14, 'source ref', (predicate) => source(predicate).ref],
    [15, 'repository id', (predicate) => github(predicate).repository_id],
    [17, 'repository owner id', (predicate) => github(predicate).repository_owner_id],
    [20, 'event', (predicate) => github(predicate).event_name],
    [21, 'invocation', (predicate) => member(member(predicate, 'runDetails'), 'metadata').invocationId],
];
// The certificate is believed; a predicate that says otherwise was not written by the workflow that it names.
function objectionsToClaims(predicate, signer) {
    return claims.flatMap(([number, what, of]) => {
        const certified = signer.extensions[`1.3.6.1.4.1.57264.1.${number}`];
        const said = of(predicate);
        return certified === undefined || certified === said
            ? []
            : [`its ${what} is ${show(said)}, but the certificate says '${certified}'`];
    });
}
function parameterDifferences(found, expected) {
    const actions = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
    return actions.flatMap((action) => {
        const own = found[action];
        const wanted = Object.hasOwn(expected, action) ? expected[action] : undefined;
        return (0,attest/* isObject */.Gv)(own) && wanted
            ? provenance_differences(`${action} parameter`, own, wanted)
            : provenance_differences('set of parameters', { [action]: own }, { [action]: wanted });
    });
}
function provenance_differences(what, found, expected) {
    const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
    return names
        .filter((name) => !(0,external_node_util_.isDeepStrictEqual)(found[name], expected[name]))
        .map((name) => `its ${what} '${name}' is ${show(found[name])}, the record says ${show(expected[name])}`);
}
const member = (json, name) => {
    const value = (0,attest/* isObject */.Gv)(json) ? json[name] : undefined;
    return (0,attest/* isObject */.Gv)(value) ? value : {};
};
const builderIdOf = (predicate) => member(member(predicate, 'runDetails'), 'builder').id;
const source = (predicate) => member(member(member(predicate, 'buildDefinition'), 'externalParameters'), 'source');
const github = (predicate) => member(member(member(predicate, 'buildDefinition'), 'internalParameters'), 'github');
function commitOf(predicate) {
    const dependencies = member(predicate, 'buildDefinition').resolvedDependencies;
    return Array.isArray(dependencies) ? member(dependencies[0], 'digest').gitCommit : undefined;
}
function show(value) {
    const text = value === undefined ? 'absent' : JSON.stringify(value);
    return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

;// CONCATENATED MODULE: ./build/source/src/verify/sbom.js





/** Every binary and every platform of an image has an SBOM that somebody stands for. */
function judgeSboms({ record, evidence }) {
    const statements = judgeStatements(evidence, [attest/* predicateTypes */.ZR.spdx, attest/* predicateTypes */.ZR.spdxVersioned], sbom_objectionsTo);
    const needed = new Set([
        ...(0,src_release/* fileSubjects */.QC)(record, 'binary').map(({ sha256 }) => (0,oci/* digestFromHex */.Ch)(sha256)),
        ...(0,src_release/* imageSubjects */.vq)(record).flatMap(({ manifests }) => manifests.map(({ digest }) => digest)),
    ]);
    return (0,attest/* releaseArtifacts */.T$)(record)
        .filter(({ digest }) => needed.has(digest))
        .map((artifact) => judgeArtifact(artifact, 'sbom', statements, 'no SBOM by the expected signer speaks of it'));
}
/** The subjects of the statement must be what the document itself is about. */
function sbom_objectionsTo(statement) {
    try {
        const { listed } = (0,attest/* parseSpdx */.NB)(statement.predicate, 'its predicate');
        return (0,attest/* subjectDigests */.IF)(statement)
            .filter((digest) => !listed.includes(digest))
            .map((digest) => `the document does not speak of ${digest}`);
    }
    catch (error) {
        if (error instanceof runner/* UserError */.yo)
            return [error.message];
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/source/src/verify/signature.js



/** Every file, image index and platform manifest is signed by whom the policy names. */
function judgeSignatures({ record, evidence }) {
    return (0,attest/* releaseArtifacts */.T$)(record).map((artifact) => {
        const signature = evidence.find((fact) => isSignatureOf(fact, artifact));
        return signature
            ? passed(artifact.name, 'signature', signature.evidence.path)
            : failed(artifact.name, 'signature', whyNot(evidence, artifact));
    });
}
// A statement counts for what its subjects say, never for what it lies beside or what the record says of it.
function isSignatureOf({ content }, { digest }) {
    switch (content.kind) {
        case 'signature':
            return content.digests.includes(digest);
        case 'statement':
            return (content.statement.predicateType === sign/* imageSignatureType */.W8 && (0,attest/* subjectDigests */.IF)(content.statement).includes(digest));
        case 'invalid':
            return false;
    }
}
function whyNot(evidence, { digest }) {
    const reasons = evidence
        .filter((fact) => fact.evidence.kind === 'signature' && fact.evidence.subjects.includes(digest))
        .map((fact) => `${fact.evidence.path}: ${fact.content.kind === 'invalid' ? fact.content.reason : 'it signs something else'}`);
    return reasons.length > 0 ? reasons.join('; ') : 'nobody signed it';
}

;// CONCATENATED MODULE: ./build/source/src/verify/judge.js









/** Judges what was found in a release directory. Pure; each check stands for itself. */
function judgeRelease(facts, demands) {
    return [
        judgeSource(facts, demands.allowModified),
        ...judgeFiles(facts),
        ...judgeChecksums(facts),
        ...judgeImages(facts),
        ...judgeReferrers(facts),
        ...facts.evidence.map((fact) => judgeEvidence(fact)),
        ...judgeSignatures(facts),
        ...judgeProvenance(facts, demands.builderId),
        ...judgeSboms(facts),
    ];
}
/** The record says of a bundle what is in it. */
function judgeEvidence({ evidence, content, expected }) {
    const { path, kind, predicateType, subjects } = evidence;
    if (!expected) {
        const lie = content.kind === 'invalid' ? [] : ['release.json names another signer than it has'];
        return unless(path, 'evidence', lie, 'it is by another signer, and counts for nothing here');
    }
    if (content.kind === 'invalid')
        return unless(path, 'evidence', [content.reason], '');
    const found = content.kind === 'statement' ? (0,attest/* subjectDigests */.IF)(content.statement) : content.digests;
    const foundType = content.kind === 'statement' ? content.statement.predicateType : undefined;
    const objections = [
        ...((0,external_node_util_.isDeepStrictEqual)([...subjects].sort(), [...found].sort())
            ? []
            : ['its subjects are not those that release.json names']),
        ...(predicateType === foundType
            ? []
            : [`its predicate type is ${foundType ?? 'absent'}, not ${predicateType ?? 'absent'}`]),
        ...(content.kind === 'signature' && kind !== 'signature' ? ['it is a signature, not an attestation'] : []),
    ];
    return unless(path, 'evidence', objections, `${found.length} subjects`);
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
;// CONCATENATED MODULE: ./build/source/src/verify/folder.js






/** The folders of a release that hold nothing but what release.json names. */
const folders = ['files', 'evidence'];
/** Hashes every recorded file and every other one in `files/` and `evidence/`, each once. Links are not followed. */
async function observeFiles(release, step) {
    const recorded = [
        ...release.record.subjects.filter((subject) => subject.kind === 'file'),
        ...release.record.evidence,
    ].map(({ path }) => path);
    const found = (await Promise.all(folders.map((folder) => filesBelow(release.directory, folder)))).flat();
    const paths = [...new Set([...recorded, ...found])].sort();
    const progress = step.progress('Hashing files', paths.length);
    const facts = await (0,runner/* mapConcurrently */.X2)(paths, (0,external_node_os_.availableParallelism)(), async (path) => {
        const fact = await observeFile(release.directory, path, step.signal);
        progress.advance();
        return fact;
    });
    progress.done();
    return facts;
}
async function observeFile(directory, path, signal) {
    const file = (0,external_node_path_.join)(directory, path);
    try {
        if (!(await (0,promises_.lstat)(file)).isFile())
            return { path, hashes: undefined, problem: 'it is not a regular file' };
        return { path, hashes: await (0,src_release/* hashFile */.DC)(file, signal), problem: undefined };
    }
    catch (error) {
        return { path, hashes: undefined, problem: isMissing(error) ? 'it is missing' : reasonOf(error) };
    }
}
/** Every entry below a folder that is no folder itself. */
async function filesBelow(directory, folder) {
    const entries = await (0,promises_.readdir)((0,external_node_path_.join)(directory, folder), { withFileTypes: true }).catch(() => []);
    const paths = entries.map(async (entry) => {
        const path = `${folder}/${entry.name}`;
        return entry.isDirectory() ? filesBelow(directory, path) : [path];
    });
    return (await Promise.all(paths)).flat();
}

// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
;// CONCATENATED MODULE: ./build/source/src/verify/layout.js








const referenceName = 'org.opencontainers.image.ref.name';
/**
 * Reads all that can be reached in `images/`, from its index.json and from the record, and proves every byte of it.
 * A release without images needs no layout.
 */
async function observeLayout(release, step) {
    const images = (0,src_release/* imageSubjects */.vq)(release.record);
    const root = (0,external_node_path_.join)(release.directory, 'images');
    const empty = { entries: [], manifests: [], damaged: [] };
    let entries;
    try {
        entries = await readEntries(root);
    }
    catch (error) {
        return { ...empty, problem: reasonOf(error) };
    }
    if (entries.length === 0 && images.length === 0)
        return { ...empty, problem: undefined };
    const recorded = images.map(({ mediaType, digest, size }) => ({ mediaType, digest, size }));
    const roots = [...entries.map(({ descriptor }) => descriptor), ...recorded];
    const progress = step.progress('Proving images', roots.length);
    const walk = createWalk((0,registry/* openLayout */.B9)(root, 'images'), step.signal);
    for (const descriptor of roots) {
        await walk.manifest(descriptor);
        progress.advance();
    }
    progress.done();
    return { problem: undefined, entries, ...walk.facts() };
}
async function readEntries(root) {
    const path = (0,external_node_path_.join)(root, 'index.json');
    const bytes = await (0,promises_.readFile)(path).catch((error) => {
        if (isMissing(error))
            return undefined;
        throw error;
    });
    const descriptors = bytes === undefined ? [] : (0,oci/* parseIndex */.A1)(bytes, 'images/index.json').manifests;
    return descriptors.map((descriptor) => ({ name: descriptor.annotations?.[referenceName], descriptor }));
}
/** Visits each digest once; what is wrong with it is kept, and the walk goes on. */
function createWalk(layout, signal) {
    const manifests = new Map();
    // By digest and size, so that a second descriptor that misstates the size is not passed over.
    const seen = new Set();
    const damaged = new Map();
    const visit = async (descriptor, read) => {
        const key = `${descriptor.digest} ${descriptor.size}`;
        if (seen.has(key))
            return;
        seen.add(key);
        signal.throwIfAborted();
        try {
            await read();
        }
        catch (error) {
            damaged.set(descriptor.digest, reasonOf(error));
        }
    };
    const blob = (descriptor) => visit(descriptor, async () => {
        const stream = await layout.readBlob(descriptor);
        // It fails at its end when size or digest differ.
        await (0,external_node_stream_promises_.finished)(stream.resume());
    });
    const manifest = (descriptor) => visit(descriptor, async () => {
        const stored = await layout.readManifest(descriptor.digest);
        if (!stored)
            throw new runner/* UserError */.yo('it is missing');
        if (stored.descriptor.size !== descriptor.size || stored.descriptor.mediaType !== descriptor.mediaType) {
            throw new runner/* UserError */.yo('its size or media type is not as said');
        }
        const fact = manifestFact(stored.descriptor, stored.bytes);
        manifests.set(fact.digest, fact);
        for (const child of fact.children)
            await manifest(child);
        for (const part of fact.blobs)
            await blob(part);
    });
    return {
        manifest,
        facts: () => ({
            manifests: [...manifests.values()],
            damaged: [...damaged].map(([digest, reason]) => ({ digest, reason })),
        }),
    };
}
function manifestFact({ digest, mediaType, size }, bytes) {
    const isIndex = mediaType === oci/* mediaTypes */.Ib.index || mediaType === oci/* mediaTypes */.Ib.dockerManifestList;
    const index = isIndex ? (0,oci/* parseIndex */.A1)(bytes, digest) : undefined;
    const manifest = isIndex ? undefined : (0,oci/* parseManifest */.Ng)(bytes, digest);
    return {
        digest,
        mediaType,
        size,
        children: index?.manifests ?? [],
        blobs: manifest ? [manifest.config, ...manifest.layers] : [],
        subject: index?.subject ?? manifest?.subject,
    };
}

;// CONCATENATED MODULE: ./build/source/src/verify/observe.js






/** Finds out all that there is to judge about a release directory; nothing that is wrong with it stops the others. */
async function observeRelease(release, verifier, step) {
    return {
        record: release.record,
        files: await observeFiles(release, step),
        checksums: {
            sha256: await readChecksums(release, 'SHA256SUMS'),
            sha512: await readChecksums(release, 'SHA512SUMS'),
        },
        evidence: await observeEvidence(release, verifier, step),
        layout: await observeLayout(release, step),
    };
}
async function readChecksums({ directory, record }, name) {
    const path = (0,src_release/* fileSubjects */.QC)(record, 'checksums').find((file) => file.name === name)?.path;
    return path === undefined ? undefined : (0,promises_.readFile)((0,external_node_path_.join)(directory, path), 'utf8').catch(() => undefined);
}

;// CONCATENATED MODULE: ./build/source/src/verify/policy.js


/**
 * The verifier by which a release is judged: by the key or identity that was given. Where none was, a release that was
 * signed by this machine's own key pair is believed on this machine, and no other: the record alone proves nothing.
 * @throws UserError when nobody was named and the release is not this machine's own
 */
async function openReleaseVerifier(release, options, step) {
    const named = options.key ?? options.certificateIdentity ?? options.certificateOidcIssuer;
    if (named !== undefined || step.onGitHub)
        return (0,sigstore/* openVerifier */.bg)(options, step);
    const key = await (0,sigstore/* findLocalPublicKey */.XG)(step.environment);
    const own = key === undefined ? undefined : await (0,sigstore/* openVerifier */.bg)({ ...options, key }, step);
    const signers = release.record.evidence.map(({ signer }) => signer);
    const isOwn = signers.some((signer) => signer.kind === 'key' && signer.origin === 'local' && signer.keyId === own?.trusted.identity);
    if (own && isOwn) {
        step.log.notice("Verified by this machine's own key pair, since nobody was named; that proves nothing to others.");
        return own;
    }
    throw new runner/* UserError */.yo('No identity given: it was not said who must have signed the release', {
        hint: "Give 'key', or both 'certificate-identity' and 'certificate-oidc-issuer'.",
    });
}

;// CONCATENATED MODULE: ./build/source/src/verify/release.js




/**
 * Verifies a release directory: every byte, the record against the folder both ways, signatures, provenance and SBOMs.
 * @throws UserError when there is no release, its record is malformed, or nobody was named who must have signed
 */
async function verifyRelease(directory, trust, demands, step) {
    const release = await (0,src_release/* openRelease */.gS)(directory);
    const verifier = await openReleaseVerifier(release, trust, step);
    const checks = judgeRelease(await observeRelease(release, verifier, step), demands);
    const { builderId, allowModified } = demands;
    return {
        verified: checks.every(({ passed }) => passed),
        release: release.digest,
        policy: {
            ...verifier.trusted,
            ...(builderId === undefined ? {} : { builderId }),
            ...(allowModified ? { allowModified } : {}),
        },
        checks,
    };
}

;// CONCATENATED MODULE: ./build/source/src/verify/report.js

const columns = ['bytes', 'image', 'checksums', 'signature', 'provenance', 'sbom', 'referrers'];
/** Every failure with its reason; then one row an artifact, one column a check. Bundles show in what they speak of. */
function reportSummary({ verified, checks, policy }) {
    const failures = checks.filter((check) => !check.passed);
    const marks = marksOf(checks);
    const used = columns.filter((column) => checks.some(({ check }) => check === column));
    const signer = policy.issuer === undefined ? `the key ${policy.identity}` : `${policy.identity}, attested by ${policy.issuer}`;
    return [
        (0,runner/* heading */.R_)(verified ? 'Verified' : `Not verified: ${failures.length} of ${checks.length} checks failed`),
        (0,runner/* text */.Qq)(`Expected signer: ${signer}.`),
        ...(failures.length > 0
            ? [
                (0,runner/* table */.tp)(['Subject', 'Failed check', 'Reason'], failures.map(({ subject, check, reason }) => [subject, check, reason])),
            ]
            : []),
        (0,runner/* table */.tp)(['Subject', ...used], [...marks]
            .filter(([subject]) => !subject.startsWith('evidence/'))
            .map(([subject, row]) => [subject, ...used.map((column) => row.get(column) ?? '')])),
    ];
}
/** @throws FailedItems that names each check that failed */
function requireVerified({ checks }) {
    const failures = checks.filter(({ passed }) => !passed);
    if (failures.length === 0)
        return;
    throw new runner/* FailedItems */.uE('Verification', failures.map(({ subject, check, reason }) => new runner/* UserError */.yo(`${subject}: ${check}: ${reason}`)));
}
/** Of each subject, the sign of each check that it has. */
function marksOf(checks) {
    const marks = new Map();
    for (const { subject, check, passed } of checks.filter((each) => columns.includes(each.check))) {
        const row = marks.get(subject) ?? new Map();
        marks.set(subject, row.set(check, passed && row.get(check) !== '✗' ? '✓' : '✗'));
    }
    return marks;
}

;// CONCATENATED MODULE: ./build/source/src/verify/verify.js




/**
 * Verifies, reports in the summary and in a file, and only then fails.
 * @throws UserError for bad input or when nobody was named who must have signed; FailedItems that names each failed check
 */
async function verify(wishes, step) {
    const { files, images, bundle, builderId, allowModified } = wishes;
    const standalone = files.length + images.length > 0 || bundle !== undefined;
    const report = standalone
        ? await verifyArtifacts(wishes, wishes, step)
        : await verifyRelease(wishes.release, wishes, { builderId, allowModified }, step);
    step.summary(...reportSummary(report));
    if (wishes.report !== undefined && !wishes.dryRun) {
        await (0,src_release/* atomicWrite */.L8)(wishes.report, `${JSON.stringify(report, null, 2)}\n`);
    }
    requireVerified(report);
    return report;
}

;// CONCATENATED MODULE: ./build/source/src/verify/index.js
/**
 * Verification: facts are gathered (observe.ts), then judged without effects (judge.ts), and reported. Nothing but the
 * report is written, and one check that fails never hides another.
 */


// EXTERNAL MODULE: ./build/source/actions/verify/definition.js
var definition = __webpack_require__(32103);
;// CONCATENATED MODULE: ./build/source/actions/verify/main.js



/* harmony default export */ const main = ((0,runner/* action */.XI)(definition/* definition */.m, async (input, step) => {
    const report = await verify(input, step);
    return { releaseDigest: report.release ?? '', report, verified: report.verified };
}));


/***/ })

};
