export const id = 1916;
export const ids = [1916];
export const modules = {

/***/ 31916:
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
// EXTERNAL MODULE: ./build/source/src/sigstore/index.js + 31 modules
var sigstore = __webpack_require__(72436);
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
        return { evidence: one, expected: verifier.believes(one.signer), content };
    });
    progress.done();
    return facts;
}
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

// EXTERNAL MODULE: ./build/source/src/policy/index.js + 13 modules
var policy = __webpack_require__(75589);
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

;// CONCATENATED MODULE: ./build/source/src/verify/predicate.js

/** An object in another, empty where there is none: predicates are what somebody wrote, and are judged, not stumbled over. */
const member = (json, name) => {
    const value = (0,attest/* isObject */.Gv)(json) ? json[name] : undefined;
    return (0,attest/* isObject */.Gv)(value) ? value : {};
};
/** Builder that a SLSA provenance v1 names, whatever it is. */
const builderIdOf = (predicate) => member(member(predicate, 'runDetails'), 'builder').id;
const sourceOf = (predicate) => member(member(member(predicate, 'buildDefinition'), 'externalParameters'), 'source');
const githubOf = (predicate) => member(member(member(predicate, 'buildDefinition'), 'internalParameters'), 'github');
function commitOf(predicate) {
    const dependencies = member(predicate, 'buildDefinition').resolvedDependencies;
    return Array.isArray(dependencies) ? member(dependencies[0], 'digest').gitCommit : undefined;
}
/** A value as a message can have it. */
function show(value) {
    const text = value === undefined ? 'absent' : JSON.stringify(value);
    return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

;// CONCATENATED MODULE: ./build/source/src/verify/rules.js


/** What speaks against a bundle that holds, in the order of docs/verification-policy.md. Pure. */
const rules_objectionsTo = (content, rules, now) => order.flatMap((rule) => rule(content, rules, now));
const repository = (content, { repository: wanted }) => wanted === undefined ? [] : objections(content, 12, 'source repository', sourceRepository, [wanted]);
const ref = (content, { ref: wanted }) => wanted === undefined
    ? []
    : claimsOf(content, 14, sourceRef)
        .filter(({ value }) => typeof value !== 'string' || !wanted.test(value))
        .map(({ by, value }) => `${by} names the source ref ${show(value)}, which the policy's pattern does not match`);
const builder = ({ statement }, { builders, slsaLevel }) => {
    if (builders.size === 0 || statement?.predicateType !== attest/* predicateTypes */.ZR.provenance)
        return [];
    const id = builderIdOf(statement.predicate);
    const level = typeof id === 'string' ? builders.get(id) : undefined;
    if (level === undefined)
        return [`its builder ${show(id)} is none of the policy`];
    return level < slsaLevel
        ? [`its builder ${show(id)} is trusted for SLSA build level ${level}, and the policy demands ${slsaLevel}`]
        : [];
};
const rules_event = (content, { events }) => events.length === 0 ? [] : objections(content, 20, 'event', (predicate) => githubOf(predicate).event_name, events);
const runnerEnvironment = (content, { runnerEnvironments }) => runnerEnvironments.length === 0 ? [] : objections(content, 11, 'runner environment', runnerOf, runnerEnvironments);
const day = 86_400_000;
const age = ({ signer: { signedAt } }, { maximumAgeDays }, now) => {
    if (maximumAgeDays === undefined)
        return [];
    if (signedAt === undefined)
        return ['its age is not proven: it has no trusted time of signing'];
    return now.getTime() - signedAt.getTime() > maximumAgeDays * day
        ? [`it was signed at ${signedAt.toISOString()}, more than ${maximumAgeDays} days ago`]
        : [];
};
const order = [repository, ref, builder, rules_event, runnerEnvironment, age];
const sourceRepository = (predicate) => sourceOf(predicate).repository;
const sourceRef = (predicate) => sourceOf(predicate).ref;
const runnerOf = (predicate) => githubOf(predicate).runner_environment;
const objections = (content, extension, what, of, accepted) => claimsOf(content, extension, of)
    .filter(({ value }) => !accepted.some((one) => one === value))
    .map(({ by, value }) => `${by} names the ${what} ${show(value)}; the policy accepts ${accepted.join(', ')}`);
/** What Fulcio certified of a workflow, where it certified anything of one, and what a provenance says of it. */
function claimsOf({ signer: { extensions }, statement }, extension, of) {
    const certified = isWorkflow(extensions)
        ? [{ by: 'its certificate', value: extensions[`${fulcioArc}${extension}`] }]
        : [];
    const stated = statement?.predicateType === attest/* predicateTypes */.ZR.provenance
        ? [{ by: 'its provenance', value: of(statement.predicate) }]
        : [];
    return [...certified, ...stated];
}
const fulcioArc = '1.3.6.1.4.1.57264.1.';
/** Issuer (old and new form), name and token subject: what a certificate of a person or of a service account has, too. */
const ofAnybody = [1, 7, 8, 24].map((number) => `${fulcioArc}${number}`);
const isWorkflow = (extensions) => Object.keys(extensions).some((oid) => !ofAnybody.includes(oid));

;// CONCATENATED MODULE: ./build/source/src/verify/policy-judgment.js




/** The facts without what the rules object to: a bundle that breaks one proves nothing to any check. */
const admitEvidence = (facts, applied) => ({
    ...facts,
    evidence: facts.evidence.map((fact) => admit(fact, applied)),
});
function admit(fact, { rules, now }) {
    if (fact.content.kind === 'invalid')
        return fact;
    const objections = rules_objectionsTo(fact.content, rules, now);
    return objections.length === 0 ? fact : { ...fact, content: { kind: 'invalid', reason: objections.join('; ') } };
}
/** Every artifact has each predicate that the policy demands of its kind. */
function judgePredicates({ record, evidence }, { predicates }) {
    const artifacts = (0,attest/* releaseArtifacts */.T$)(record);
    return record.subjects.flatMap((subject) => {
        const ofSubject = artifacts.filter((artifact) => isOf(subject, artifact));
        return (predicates.get(kindOf(subject)) ?? []).flatMap((predicate) => {
            const statements = judgeStatements(evidence, (0,policy/* acceptedTypes */.l0)(predicate), () => []);
            const missing = `no signer of the policy attested ${predicate} of it`;
            return ofSubject.map((artifact) => judgeArtifact(artifact, 'predicate', statements, missing));
        });
    });
}
const kindOf = (subject) => (subject.kind === 'file' ? subject.role : 'image');
// By name: files in different roles may have the same bytes.
const isOf = (subject, { name, manifest }) => subject.kind === 'file' ? manifest === undefined && name === subject.name : manifest?.image === subject.name;

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
    [11, 'runner environment', (predicate) => githubOf(predicate).runner_environment],
    [12, 'source repository', (predicate) => sourceOf(predicate).repository],
    [13, 'source commit', (predicate) => commitOf(predicate)],
    [14, 'source ref', (predicate) => sourceOf(predicate).ref],
    [15, 'repository id', (predicate) => githubOf(predicate).repository_id],
    [17, 'repository owner id', (predicate) => githubOf(predicate).repository_owner_id],
    [20, 'event', (predicate) => githubOf(predicate).event_name],
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
function judgeRelease(found, { applied, ...demands }) {
    const facts = applied ? admitEvidence(found, applied) : found;
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
        ...(applied ? judgePredicates(facts, applied.rules) : []),
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
        hint: "Give 'policy', or 'key', or both 'certificate-identity' and 'certificate-oidc-issuer'.",
    });
}

// EXTERNAL MODULE: ./build/source/src/yaml/index.js + 3 modules
var src_yaml = __webpack_require__(52612);
;// CONCATENATED MODULE: ./build/source/src/verify/policy-values.js

/** Nobody that a policy would mean; who matches this is anybody. */
const anybody = 'x';
/**
 * A regular expression that must match the whole text. Both anchors must be written, so that nobody takes it for a search;
 * it is grouped, so that an alternative within it is anchored, too.
 * @throws UserError
 */
function parsePattern(yaml, node, what) {
    const text = yaml.text(node, what) ?? '';
    const wrong = (problem, hint) => new runner/* UserError */.yo(`${what} ${problem}: '${text}'`, { hint, location: yaml.locate(node) });
    if (!/^\^.+\$$/s.test(text) || /(?<!\\)(?:\\\\)*\\\$$/.test(text)) {
        throw wrong('is not anchored', "Begin it with '^' and end it with '$', so that a part of a name never suffices.");
    }
    const pattern = compile(text);
    if (!pattern)
        throw wrong('is not a regular expression', 'It is read as JavaScript reads one with the flag u.');
    if (pattern.test('') || pattern.test(anybody))
        throw wrong('matches anything', 'Write the part that is fixed.');
    return { text, pattern };
}
function compile(text) {
    try {
        // By itself first: what is unbalanced could become valid in the group.
        new RegExp(text, 'u');
        return new RegExp(`^(?:${text})$`, 'u');
    }
    catch {
        return undefined;
    }
}
/** @returns undefined for what is absent @throws UserError for anything but a whole number in the range */
function parseNumber(yaml, node, what, least, most) {
    if (node === undefined)
        return undefined;
    const text = yaml.text(node, what) ?? '';
    const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most)
        return number;
    throw new runner/* UserError */.yo(`${what} is '${text}', not a whole number from ${least} to ${most}`, {
        location: yaml.locate(node),
    });
}

;// CONCATENATED MODULE: ./build/source/src/verify/parse-policy.js




const subjectKinds = [
    'binary',
    'archive',
    'package',
    'checksums',
    'sbom',
    'chart',
    'other',
    'image',
];
/** @throws UserError with the place of the first mistake */
function parseVerificationPolicy(source, file) {
    const yaml = (0,src_yaml/* parseStrictYaml */.A)(source, file);
    const members = yaml.record(yaml.root, 'the policy', [
        'signers',
        'predicates',
        'source',
        'builders',
        'slsa-level',
        'events',
        'runner-environments',
        'log-entries',
        'timestamps',
        'certificate-timestamps',
        'maximum-age-days',
        'trusted-root',
    ]);
    const signers = yaml.list(members.signers, "'signers'").map((signer) => parsePolicySigner(yaml, signer));
    if (signers.length === 0) {
        throw new runner/* UserError */.yo('No identity given: the policy does not say who must have signed', {
            hint: "Give 'signers': an 'identity' or 'identity-pattern' with its 'issuer', or a 'key'.",
            location: yaml.locate(members.signers ?? yaml.root),
        });
    }
    const count = (name, least, most) => parseNumber(yaml, members[name], `'${name}'`, least, most);
    const builders = parseBuilders(yaml, members.builders);
    const slsaLevel = count('slsa-level', 1, 3) ?? 0;
    if (slsaLevel > 0 && builders.size === 0) {
        throw new runner/* UserError */.yo("'slsa-level' needs 'builders': a level is what a builder is trusted for", {
            location: yaml.locate(members['slsa-level']),
        });
    }
    return {
        signers,
        rules: {
            predicates: parsePredicates(yaml, members.predicates),
            ...parseSource(yaml, members.source),
            builders,
            slsaLevel,
            events: parseWords(yaml, members.events, "'events'"),
            runnerEnvironments: parseWords(yaml, members['runner-environments'], "'runner-environments'"),
            maximumAgeDays: count('maximum-age-days', 1, 36_500),
        },
        thresholds: {
            logEntries: count('log-entries', 0, 10) ?? 0,
            timestamps: count('timestamps', 0, 10) ?? 0,
            certificateTimestamps: count('certificate-timestamps', 0, 10) ?? 0,
        },
        trustedRoot: (0,policy/* parsePath */.Rr)(yaml, members['trusted-root'], "'trusted-root'"),
    };
}
/** A signer as in every policy, or one by a pattern. */
function parsePolicySigner(yaml, node) {
    const members = yaml.record(node, 'a signer', ['identity', 'identity-pattern', 'issuer', 'key']);
    if (!('identity-pattern' in members))
        return (0,policy/* parseSigner */.cm)(yaml, node);
    const issuer = yaml.text(members.issuer, "'issuer'") ?? '';
    if (members.identity !== undefined || members.key !== undefined || !/^https?:\/\/\S+$/.test(issuer)) {
        throw new runner/* UserError */.yo("an 'identity-pattern' stands with the URL of its 'issuer', and with nothing else", {
            location: yaml.locate(node),
        });
    }
    const { text, pattern } = parsePattern(yaml, members['identity-pattern'], "'identity-pattern'");
    return { kind: 'keyless', identity: text, pattern, issuer };
}
function parsePredicates(yaml, node) {
    return new Map(yaml.entries(node, "'predicates'").map(({ key, keyNode, value }) => {
        const kind = subjectKinds.find((known) => known === key);
        if (kind === undefined) {
            const near = (0,runner/* suggest */.ZA)(key, subjectKinds);
            throw new runner/* UserError */.yo(`'${key}' is not a kind of subject`, {
                hint: near ? `Did you mean '${near}'?` : `Known are ${subjectKinds.join(', ')}.`,
                location: yaml.locate(keyNode),
            });
        }
        return [kind, yaml.list(value, `'${kind}'`).map((type) => (0,policy/* parsePredicate */.rv)(yaml, type))];
    }));
}
function parseSource(yaml, node) {
    const members = yaml.record(node, "'source'", ['repository', 'ref-pattern']);
    const repository = 'repository' in members ? (yaml.text(members.repository, "'repository'") ?? '') : undefined;
    if (repository !== undefined && !/^https?:\/\/[^/\s]+\/\S+[^/\s]$/.test(repository)) {
        throw new runner/* UserError */.yo(`'${repository}' is not a repository`, {
            hint: 'Write its URL, such as https://github.com/example/hello.',
            location: yaml.locate(members.repository),
        });
    }
    const ref = 'ref-pattern' in members ? parsePattern(yaml, members['ref-pattern'], "'ref-pattern'").pattern : undefined;
    return { repository, ref };
}
function parseBuilders(yaml, node) {
    return new Map(yaml.list(node, "'builders'").map((builder) => {
        const members = yaml.record(builder, 'a builder', ['id', 'slsa-level']);
        const id = yaml.text(members.id, "'id'");
        if (!id)
            throw new runner/* UserError */.yo("a builder has no 'id'", { location: yaml.locate(builder) });
        return [id, parseNumber(yaml, members['slsa-level'], "'slsa-level'", 0, 3) ?? 0];
    }));
}
const parseWords = (yaml, node, what) => yaml.list(node, what).map((item) => {
    const word = yaml.text(item, `an item of ${what}`) ?? '';
    if (/^[a-z][a-z0-9_-]*$/.test(word))
        return word;
    throw new runner/* UserError */.yo(`'${word}' in ${what} is not a name that a certificate can have`, {
        location: yaml.locate(item),
    });
});

;// CONCATENATED MODULE: ./build/source/src/verify/read-policy.js





/**
 * Reads a verification policy and the keys that it names.
 * @param path absolute
 * @throws UserError with file, line and column
 */
async function readVerificationPolicy(path, step) {
    const bytes = await (0,promises_.readFile)(path).catch((error) => {
        throw new runner/* UserError */.yo(`Cannot read the verification policy ${path}: ${(0,runner/* describeError */.Uc)(error)}`);
    });
    const { signers, rules, thresholds, trustedRoot } = parseVerificationPolicy(bytes.toString('utf8'), path);
    const find = (0,policy/* findNamed */.n4)(path, step);
    return {
        signers: await Promise.all(signers.map(async (signer) => ('key' in signer ? (0,policy/* readWrittenSigner */.WD)(signer, find, step) : signer))),
        rules,
        thresholds,
        trustedRoot: trustedRoot && (await find(trustedRoot)),
        digest: (0,oci/* digestOfBytes */.by)(bytes),
    };
}

;// CONCATENATED MODULE: ./build/source/src/verify/signers.js


/** Believes one signer. */
const oneSigner = (verifier) => ({
    ...verifier,
    believes: (signer) => isBy(verifier.trusted, signer),
});
/**
 * Believes each signer of a policy.
 * @param trustedRoot in place of the policy's
 * @throws UserError when a trusted root is needed and cannot be read
 */
async function openPolicyVerifier(policy, trustedRoot) {
    const open = (0,sigstore/* verifierOpener */.gb)(trustedRoot ?? policy.trustedRoot, policy.thresholds);
    const verifiers = await Promise.all(policy.signers.map(async (signer) => {
        const verifier = await open(signer);
        if (!('pattern' in signer))
            return oneSigner(verifier);
        const { pattern, issuer } = signer;
        const believes = (by) => by.kind === 'keyless' && pattern.test(by.identity) && by.issuer === issuer;
        return { ...verifier, believes };
    }));
    return {
        believes: (signer) => verifiers.some((verifier) => verifier.believes(signer)),
        verifyBlob: (bundle, content) => firstOf(verifiers, (verifier) => verifier.verifyBlob(bundle, content)),
        verifyStatement: (bundle) => firstOf(verifiers, (verifier) => verifier.verifyStatement(bundle)),
    };
}
const isBy = (trusted, signer) => signer.kind === 'key'
    ? trusted.kind === 'key' && trusted.identity === signer.keyId
    : trusted.kind === 'keyless' && trusted.identity === signer.identity && trusted.issuer === signer.issuer;
// A key that did not sign says only that the signature does not match, so every signer is asked; what a signer of the
// right kind objects to tells more than that others did not sign.
async function firstOf(verifiers, verify) {
    const refusals = [];
    for (const verifier of verifiers) {
        try {
            return await verify(verifier);
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            refusals.push(error);
        }
    }
    const told = refusals.find((error) => !(error instanceof sigstore/* WrongSigner */.MF));
    if (told)
        throw told;
    const stranger = refusals.find((error) => error instanceof sigstore/* WrongSigner */.MF);
    throw new runner/* UserError */.yo(`It is by ${stranger?.claimed ?? 'somebody'}, who is no signer of the policy`);
}

;// CONCATENATED MODULE: ./build/source/src/verify/release.js






/**
 * Verifies a release directory: every byte, the record against the folder both ways, signatures, provenance and SBOMs.
 * @param policy path of a verification policy, in place of the one signer in `trust`
 * @throws UserError when there is no release, its record is malformed, or nobody was named who must have signed
 */
async function verifyRelease(directory, trust, demands, policy, step) {
    const release = await (0,src_release/* openRelease */.gS)(directory);
    const { verifier, name, applied } = await believed(release, trust, policy, step);
    const facts = await observeRelease(release, verifier, step);
    const checks = judgeRelease(facts, { ...demands, ...(applied ? { applied } : {}) });
    const { builderId, allowModified } = demands;
    return {
        verified: checks.every(({ passed }) => passed),
        release: release.digest,
        policy: {
            ...name,
            ...(builderId === undefined ? {} : { builderId }),
            ...(allowModified ? { allowModified } : {}),
        },
        checks,
    };
}
async function believed(release, trust, path, step) {
    if (path === undefined) {
        const verifier = await openReleaseVerifier(release, trust, step);
        return { verifier: oneSigner(verifier), name: verifier.trusted };
    }
    const policy = await readVerificationPolicy(path, step);
    return {
        verifier: await openPolicyVerifier(policy, trust.trustedRoot),
        name: { kind: 'policy', digest: policy.digest },
        applied: { rules: policy.rules, now: step.now() },
    };
}

;// CONCATENATED MODULE: ./build/source/src/verify/report.js

const columns = [
    'bytes',
    'image',
    'checksums',
    'signature',
    'provenance',
    'sbom',
    'predicate',
    'referrers',
];
/** Every failure with its reason; then one row an artifact, one column a check. Bundles show in what they speak of. */
function reportSummary({ verified, checks, policy }) {
    const failures = checks.filter((check) => !check.passed);
    const marks = marksOf(checks);
    const used = columns.filter((column) => checks.some(({ check }) => check === column));
    return [
        (0,runner/* heading */.R_)(verified ? 'Verified' : `Not verified: ${failures.length} of ${checks.length} checks failed`),
        (0,runner/* text */.Qq)(`Expected signer: ${signerOf(policy)}.`),
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
function signerOf(policy) {
    switch (policy.kind) {
        case 'policy':
            return `any of the policy ${policy.digest}`;
        case 'key':
            return `the key ${policy.identity}`;
        case 'keyless':
            return `${policy.identity}, attested by ${policy.issuer}`;
    }
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
    if (wishes.policy !== undefined)
        requireOnlyPolicy(wishes);
    const standalone = files.length + images.length > 0 || bundle !== undefined;
    const report = standalone
        ? await verifyArtifacts(wishes, wishes, step)
        : await verifyRelease(wishes.release, wishes, { builderId, allowModified }, wishes.policy, step);
    step.summary(...reportSummary(report));
    if (wishes.report !== undefined && !wishes.dryRun) {
        await (0,src_release/* atomicWrite */.L8)(wishes.report, `${JSON.stringify(report, null, 2)}\n`);
    }
    requireVerified(report);
    return report;
}
// What is not judged by the policy must not look as if it were.
function requireOnlyPolicy({ key, certificateIdentity, certificateOidcIssuer, files, images, bundle, }) {
    if (key !== undefined || certificateIdentity !== undefined || certificateOidcIssuer !== undefined) {
        throw new runner/* UserError */.yo('Both a policy and a signer were given; the policy says who must have signed', {
            hint: "Give either 'policy', or 'key', or 'certificate-identity' and 'certificate-oidc-issuer'.",
        });
    }
    if (files.length + images.length > 0 || bundle !== undefined) {
        throw new runner/* UserError */.yo("The input 'policy' is for a release, not for files or images that belong to none", {
            hint: "Give 'key', or both 'certificate-identity' and 'certificate-oidc-issuer' for them.",
        });
    }
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


/***/ }),

/***/ 52612:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* reexport */ parseStrictYaml)
});

// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./build/source/src/yaml/document.js

/** A mistake in a document, at an offset in its text. */
class YamlMistake extends Error {
    offset;
    constructor(message, offset) {
        super(message);
        this.name = 'YamlMistake';
        this.offset = offset;
    }
}
/** Deep enough for every document that people write; far from the end of the stack. */
const deepest = 100;
/**
 * Composes any document by the YAML library.
 * @returns undefined for an empty one
 * @throws YamlMistake the first one
 */
function composeDocument(source) {
    const document = (0,dist/* parseDocument */.Tp)(source, {
        // In the failsafe schema every scalar is text.
        schema: 'failsafe',
        prettyErrors: false,
        lineCounter: new dist/* LineCounter */.HN(),
        // The library compares each key with each other one.
        uniqueKeys: false,
    });
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem)
        throw new YamlMistake(problem.message, problem.pos[0]);
    return document.contents ? convert(document.contents, new Map(), 0) : undefined;
}
function convert(node, anchors, depth) {
    const [start, end] = node.range ?? [0, 0];
    if (depth > deepest)
        throw new YamlMistake('the document is nested too deeply', start);
    const note = (converted) => {
        if ('anchor' in node && node.anchor)
            anchors.set(node.anchor, converted);
    };
    if ((0,dist/* isAlias */.Vj)(node))
        return { kind: 'alias', name: node.source, target: anchors.get(node.source), start, end };
    if ((0,dist/* isScalar */.jn)(node)) {
        if (typeof node.value !== 'string')
            throw new YamlMistake('a value with this tag is not supported', start);
        const scalar = { kind: 'scalar', text: node.value, plain: node.type === 'PLAIN', start, end };
        note(scalar);
        return scalar;
    }
    if ((0,dist/* isSeq */.oP)(node)) {
        const list = { kind: 'list', items: [], start, end };
        note(list);
        for (const item of node.items) {
            if (!(0,dist/* isNode */.Ll)(item))
                throw new YamlMistake('a list with this tag is not supported', start);
            const converted = convert(item, anchors, depth + 1);
            list.items.push(converted);
            if (!node.flow)
                list.end = converted.end;
        }
        return list;
    }
    if (!(0,dist/* isMap */.jh)(node))
        throw new YamlMistake('a value of this kind is not supported', start);
    const map = { kind: 'map', pairs: [], start, end };
    note(map);
    const seen = new Set();
    for (const pair of node.items) {
        if (!(0,dist/* isNode */.Ll)(pair.key))
            throw new YamlMistake('a map with this tag is not supported', start);
        const key = convert(pair.key, anchors, depth + 1);
        const name = key.kind === 'alias' ? key.target : key;
        if (name?.kind === 'scalar') {
            if (seen.has(name.text))
                throw new YamlMistake(`the key '${name.text}' is there twice`, key.start);
            seen.add(name.text);
        }
        const value = (0,dist/* isNode */.Ll)(pair.value) ? convert(pair.value, anchors, depth + 1) : undefined;
        map.pairs.push({ key, value });
        if (!node.flow)
            map.end = (value ?? key).end;
    }
    return map;
}

;// CONCATENATED MODULE: ./build/source/src/yaml/lines.js

/**
 * Composes what is written in the simplest way, from the lexemes of the YAML library: block maps and lists, scalars and
 * flow lists of scalars on one line, comments. Large manifests are, and this takes a third of the time of the library's
 * own parser and composer.
 * @returns undefined for everything else, also for what may be wrong: the library's composer has the say then
 */
function composeLines(source) {
    // Control characters are marks between the lexemes.
    if (/[^\P{Cc}\n]|\uFEFF/u.test(source))
        return undefined;
    const composition = startComposition();
    let line = [];
    let start = 0;
    let plain = false;
    for (const text of new dist/* Lexer */.JG().lex(source)) {
        if (text === scalarMark)
            plain = true;
        else if (text === '\n' && !plain) {
            if (!composeLine(line, composition))
                return undefined;
            line = [];
            start++;
        }
        else if (text !== documentMark) {
            line.push({ text, start, plain });
            start += text.length;
            plain = false;
        }
    }
    return composeLine(line, composition) ? finish(composition) : undefined;
}
/** What the lexer says before a document and before a plain scalar. Source: yaml, parse/cst. */
const documentMark = '\u0002';
const scalarMark = '\u001F';
function startComposition() {
    const composition = { root: undefined, open: [], end: 0 };
    const take = (value) => {
        composition.root = value;
    };
    composition.open.push({ node: undefined, column: -1, keys: new Set(), take });
    return composition;
}
/** Undefined when a value is still awaited, which would be an empty one. */
function finish(composition) {
    const { open } = composition;
    while (open.length > 1)
        if (!lines_close(composition))
            return undefined;
    return composition.root;
}
function lines_close({ open, end }) {
    const closed = open.pop();
    if (closed?.node)
        closed.node.end = end;
    return closed?.take === undefined;
}
/** False when the line is not written in the simplest way. */
function composeLine(line, composition) {
    let index = 0;
    let column = 0;
    let awaited;
    const space = line[0];
    if (space && isSpace(space)) {
        column = space.text.length;
        index = 1;
    }
    for (;;) {
        const lexeme = line[index];
        if (!lexeme || isComment(lexeme))
            return true;
        const next = line[index + 1];
        if (lexeme.text === '-' && !lexeme.plain) {
            awaited = enter('list', column, lexeme.start, composition);
            if (!awaited)
                return false;
            awaitItem(awaited);
            if (!next)
                return true;
            if (!isSpace(next))
                return false;
            column += 1 + next.text.length;
            index += 2;
        }
        else if (next?.text === ':' && !next.plain) {
            return composePair(line, index, column, composition);
        }
        else {
            return awaited !== undefined && composeValue(line, index, awaited, composition);
        }
    }
}
function composePair(line, index, column, composition) {
    const lexeme = line[index];
    const key = lexeme && scalarOf(lexeme);
    if (!key || key.text.length > longestKey)
        return false;
    const map = enter('map', column, key.start, composition);
    if (!map || map.keys.has(key.text))
        return false;
    map.keys.add(key.text);
    awaitValue(map, key);
    const space = line[index + 2];
    if (!space)
        return true;
    if (!isSpace(space))
        return false;
    const value = line[index + 3];
    return !value || isComment(value) || composeValue(line, index + 3, map, composition);
}
/** Well below the 1024 characters that a simple key may have. */
const longestKey = 500;
/**
 * The collection at a column that a new entry belongs to: one that is open, or a new one that is the value that is awaited.
 * Undefined when there is no such place, or a value would be left empty.
 */
function enter(kind, column, start, composition) {
    const { open } = composition;
    for (;;) {
        const top = open.at(-1);
        if (!top)
            return undefined;
        const { node } = top;
        // The list under a key may start at the column of the key.
        const ends = top.column > column || (top.column === column && node?.kind === 'list' && kind === 'map');
        if (ends) {
            if (!lines_close(composition))
                return undefined;
            continue;
        }
        if (top.column === column && node?.kind === kind)
            return top.take ? undefined : top;
        const deeper = top.column < column || (node?.kind === 'map' && kind === 'list');
        if (!top.take || !deeper)
            return undefined;
        const entered = kind === 'list' ? { kind, items: [], start, end: start } : { kind, pairs: [], start, end: start };
        top.take(entered);
        top.take = undefined;
        const opened = { node: entered, column, keys: new Set(), take: undefined };
        open.push(opened);
        return opened;
    }
}
function awaitItem(list) {
    const { node } = list;
    if (node?.kind === 'list')
        list.take = (value) => void node.items.push(value);
}
function awaitValue(map, key) {
    const { node } = map;
    if (node?.kind !== 'map')
        return;
    const pair = { key, value: undefined };
    node.pairs.push(pair);
    map.take = (value) => {
        pair.value = value;
    };
}
/** A scalar or a flow list, and nothing but a comment behind it. */
function composeValue(line, index, awaited, composition) {
    const lexeme = line[index];
    if (!lexeme || !awaited.take)
        return false;
    const isFlow = lexeme.text === '[' && !lexeme.plain;
    const value = isFlow ? flowList(line, index) : scalarOf(lexeme);
    if (!value)
        return false;
    const after = isFlow ? line.findIndex(({ start }) => start >= value.end) : index + 1;
    const rest = after < 0 ? [] : line.slice(after);
    const [space, comment, more] = rest;
    if (more || (space && !isSpace(space)) || (comment && !isComment(comment)))
        return false;
    awaited.take(value);
    awaited.take = undefined;
    composition.end = value.end;
    return true;
}
/** `["a", b]` on one line. */
function flowList(line, index) {
    const items = [];
    const start = line[index]?.start ?? 0;
    let at = index + 1;
    const skipSpace = () => {
        const lexeme = line[at];
        if (lexeme && isSpace(lexeme))
            at++;
    };
    skipSpace();
    for (;;) {
        const lexeme = line[at];
        if (!lexeme)
            return undefined;
        if (isSign(lexeme, ']') && items.length === 0)
            return { kind: 'list', items, start, end: lexeme.start + 1 };
        const item = scalarOf(lexeme);
        if (!item)
            return undefined;
        items.push(item);
        at++;
        skipSpace();
        const sign = line[at];
        if (!sign)
            return undefined;
        if (isSign(sign, ']'))
            return { kind: 'list', items, start, end: sign.start + 1 };
        if (!isSign(sign, ','))
            return undefined;
        at++;
        skipSpace();
    }
}
/** A scalar that is as it is written: on one line, without escapes. */
function scalarOf({ text, start, plain }) {
    const end = start + text.length;
    if (plain)
        return /^[^,%|>@`\n][^\n]*$/.test(text) ? { kind: 'scalar', text, plain, start, end } : undefined;
    const quoted = /^"([^"\\\n]*)"$|^'([^'\n]*)'$/.exec(text);
    if (!quoted)
        return undefined;
    return { kind: 'scalar', text: quoted[1] ?? quoted[2] ?? '', plain, start, end };
}
const isSign = ({ text, plain }, sign) => text === sign && !plain;
const isSpace = ({ text, plain }) => text[0] === ' ' && !plain;
const isComment = ({ text, plain }) => text[0] === '#' && !plain;

;// CONCATENATED MODULE: ./build/source/src/yaml/strict-yaml.js



/** @throws UserError with the place of the first mistake */
function parseStrictYaml(source, file) {
    const lineOf = lineCounter(source);
    const at = (offset) => ({ file, ...lineOf(offset) });
    const root = compose(source, at);
    const locate = (node) => at(isNode(node) ? node.start : 0);
    const wrong = (node, what, shape) => new runner/* UserError */.yo(`${what} is not ${shape}`, { location: locate(node) });
    const resolved = (node) => {
        if (!isNode(node))
            return undefined;
        if (node.kind !== 'alias')
            return node;
        if (!node.target)
            throw new runner/* UserError */.yo(`no anchor is called '${node.name}'`, { location: locate(node) });
        return node.target;
    };
    const filled = (given) => {
        const node = resolved(given);
        const empty = node?.kind === 'scalar' && node.plain && /^(?:|~|null|Null|NULL)$/.test(node.text);
        return empty ? undefined : node;
    };
    const entries = (given, what) => {
        const node = filled(given);
        if (node === undefined)
            return [];
        if (node.kind !== 'map')
            throw wrong(given, what, 'a map');
        return node.pairs.map(({ key, value }) => {
            const name = resolved(key);
            if (name?.kind !== 'scalar')
                throw wrong(key, `a key of ${what}`, 'text');
            return { key: name.text, keyNode: key, value };
        });
    };
    return {
        root,
        locate,
        entries,
        range: (node) => (isNode(node) ? { start: node.start, end: node.end } : { start: 0, end: 0 }),
        text(given, what) {
            const node = filled(given);
            if (node === undefined)
                return undefined;
            if (node.kind !== 'scalar')
                throw wrong(given, what, 'text');
            return node.text;
        },
        list(given, what) {
            const node = filled(given);
            if (node === undefined)
                return [];
            if (node.kind !== 'list')
                throw wrong(given, what, 'a list');
            return node.items;
        },
        record(given, what, known) {
            const found = {};
            for (const { key, keyNode, value } of entries(given, what)) {
                const name = known.find((candidate) => candidate === key);
                if (name === undefined) {
                    const near = (0,runner/* suggest */.ZA)(key, known);
                    throw new runner/* UserError */.yo(`${what} has the unknown key '${key}'`, {
                        hint: near ? `Did you mean '${near}'?` : `Known are ${known.join(', ')}.`,
                        location: locate(keyNode),
                    });
                }
                found[name] = value;
            }
            return found;
        },
    };
}
function compose(source, at) {
    try {
        return composeLines(source) ?? composeDocument(source);
    }
    catch (error) {
        if (!(error instanceof YamlMistake))
            throw error;
        throw new runner/* UserError */.yo(error.message, { location: at(error.offset) });
    }
}
/** Line and column, from 1, of an offset in a text. */
function lineCounter(source) {
    const starts = [0];
    for (let end = source.indexOf('\n'); end >= 0; end = source.indexOf('\n', end + 1))
        starts.push(end + 1);
    return (offset) => {
        let low = 0;
        let high = starts.length;
        while (high - low > 1) {
            const middle = (low + high) >> 1;
            if ((starts[middle] ?? 0) <= offset)
                low = middle;
            else
                high = middle;
        }
        return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
    };
}
const isNode = (node) => typeof node === 'object' && node !== null && 'kind' in node && 'start' in node;

;// CONCATENATED MODULE: ./build/source/src/yaml/index.js
/** YAML with the place of everything in it, for the documents that users and projects write. */



/***/ })

};
