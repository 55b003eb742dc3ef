export const id = 2831;
export const ids = [2831];
export const modules = {

/***/ 52831:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  K0: () => (/* reexport */ attach),
  r3: () => (/* reexport */ attachmentOf),
  W8: () => (/* reexport */ imageSignatureType),
  kB: () => (/* reexport */ isEvidenceKept),
  N: () => (/* reexport */ keepEvidence),
  _S: () => (/* reexport */ sign),
  fv: () => (/* reexport */ signContent)
});

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./build/source/src/oci/index.js + 4 modules
var oci = __webpack_require__(3811);
// EXTERNAL MODULE: ./build/source/src/registry/index.js + 25 modules
var src_registry = __webpack_require__(51408);
;// CONCATENATED MODULE: ./build/source/src/sign/attachment.js



/** @param created RFC 3339; the same bundle and time give the same referrer */
function attachmentOf(subject, bundle, predicateType, created) {
    const layer = { mediaType: oci/* mediaTypes */.Ib.sigstoreBundle, digest: (0,oci/* digestOfBytes */.by)(bundle), size: bundle.length };
    const { manifest, mediaType, config } = (0,src_registry/* sigstoreReferrer */.qm)(subject, layer, predicateType, created);
    return {
        digest: (0,oci/* digestOfBytes */.by)(manifest),
        manifest,
        mediaType,
        blobs: [
            { descriptor: layer, bytes: bundle },
            { descriptor: config, bytes: Buffer.from('{}') },
        ],
    };
}
/** Writes the blobs first and the referrer last, so that it is never found before it is whole. */
async function attach(repository, { manifest, mediaType, blobs }) {
    for (const { descriptor, bytes } of blobs)
        await repository.writeBlob(descriptor, () => external_node_stream_.Readable.from([bytes]));
    return repository.writeReferrer(manifest, mediaType);
}
/** True when the referrer is there and can be found by its subject. */
async function isAttached(repository, subject, attachment) {
    return (await repository.listReferrers(subject)).some(({ digest }) => digest === attachment.digest);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
;// CONCATENATED MODULE: ./build/source/src/sign/content.js



/** Predicate type by which cosign 3 signs an image: digests, and nothing about them. */
const imageSignatureType = 'https://sigstore.dev/cosign/sign/v1';
/** @throws UserError when a file is not what the record says */
async function signContent(content, signer) {
    if (content.kind === 'image')
        return signer.signStatement(imageStatement(content.digest));
    const bundle = await signer.signBlob(() => (0,external_node_fs_.createReadStream)(content.path, { highWaterMark: 1 << 20 }));
    if (content.digest !== undefined && signedDigest(bundle) !== content.digest) {
        throw new runner/* UserError */.yo(`${content.path} changed while it was signed`, {
            hint: 'Run the step again when nothing writes to it.',
        });
    }
    return bundle;
}
/** Whether a bundle is a valid signature over this very content by the verifier's signer. */
async function isSignatureOf(bundle, content, verifier) {
    try {
        if (content.kind === 'file') {
            await verifier.verifyBlob(bundle, () => (0,external_node_fs_.createReadStream)(content.path, { highWaterMark: 1 << 20 }));
            return content.digest === undefined || signedDigest(bundle) === content.digest;
        }
        const { statement } = await verifier.verifyStatement(bundle);
        return speaksOf(statement, content.digest);
    }
    catch (error) {
        if (error instanceof runner/* UserError */.yo)
            return false;
        throw error;
    }
}
/** The digest of what a bundle signs. The bundle was made or verified by us. */
const digestOf = (content, bundle) => content.digest ?? signedDigest(bundle);
function signedDigest(bundle) {
    const { messageSignature } = JSON.parse(Buffer.from(bundle).toString('utf8'));
    return (0,oci/* digestFromHex */.Ch)(Buffer.from(messageSignature.messageDigest.digest, 'base64').toString('hex'));
}
// It names no repository, so that the signature holds wherever the image is copied to.
const imageStatement = (digest) => Buffer.from(JSON.stringify({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ digest: { sha256: (0,oci/* hexOf */.ZD)(digest) } }],
    predicateType: imageSignatureType,
    predicate: {},
}));
function speaksOf(statement, digest) {
    if (statement === null || typeof statement !== 'object')
        return false;
    if (!('predicateType' in statement) || statement.predicateType !== imageSignatureType)
        return false;
    const subjects = 'subject' in statement && Array.isArray(statement.subject) ? statement.subject : [];
    return subjects.some((subject) => JSON.stringify(digestSetOf(subject)) === JSON.stringify({ sha256: (0,oci/* hexOf */.ZD)(digest) }));
}
const digestSetOf = (subject) => subject !== null && typeof subject === 'object' && 'digest' in subject ? subject.digest : undefined;

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/source/src/release/index.js + 8 modules
var src_release = __webpack_require__(43987);
;// CONCATENATED MODULE: ./build/source/src/sign/evidence.js







/**
 * Keeps a bundle: writes it to `evidence/`, attaches it to its images in the layout `images/`, and answers the entry
 * for `withEvidence`. What is there already stays as it is; a killed run is healed by running it again.
 * @throws UserError when a file or the layout cannot be written
 */
async function keepEvidence(release, item) {
    await (0,src_release/* atomicWrite */.L8)((0,external_node_path_.join)(release.directory, item.path), item.bundle);
    for (const { repository, attachment } of attachmentsOf(release, item))
        await attach(repository, attachment);
    return evidenceOf(item);
}
/** Whether `keepEvidence` would find the bundle in its file and beside each of its images; the record is not asked. */
async function isEvidenceKept(release, item) {
    const written = await (0,promises_.readFile)((0,external_node_path_.join)(release.directory, item.path)).catch(() => undefined);
    if (!written?.equals(item.bundle))
        return false;
    for (const { repository, subject, attachment } of attachmentsOf(release, item)) {
        if (!(await isAttached(repository, subject, attachment)))
            return false;
    }
    return true;
}
function attachmentsOf({ directory, record }, { bundle, predicateType, manifests }) {
    if (predicateType === undefined)
        return [];
    return manifests.map(({ image, descriptor }) => ({
        repository: (0,src_registry/* openLayout */.B9)((0,external_node_path_.join)(directory, 'images'), image),
        subject: descriptor.digest,
        attachment: attachmentOf(descriptor, bundle, predicateType, record.source.commitTime),
    }));
}
/** The entry of release.json for a bundle. */
function evidenceOf({ bundle, kind, predicateType, subjects, signer, path }) {
    return {
        kind,
        ...(predicateType === undefined ? {} : { predicateType }),
        subjects: [...new Set(subjects)].sort(),
        path,
        mediaType: oci/* mediaTypes */.Ib.sigstoreBundle,
        size: bundle.length,
        sha256: (0,external_node_crypto_.createHash)('sha256').update(bundle).digest('hex'),
        signer,
    };
}

// EXTERNAL MODULE: ./build/source/src/sigstore/index.js + 31 modules
var sigstore = __webpack_require__(72436);
;// CONCATENATED MODULE: ./build/source/src/sign/target.js




/** Every file, image index and platform manifest of a release. */
function releaseTargets(release) {
    const { directory, record } = release;
    const files = (0,src_release/* fileSubjects */.QC)(record).map(({ name, path, sha256 }) => ({
        name,
        content: { kind: 'file', path: (0,external_node_path_.join)(directory, path), digest: (0,oci/* digestFromHex */.Ch)(sha256) },
        place: { kind: 'evidence', release, path: `evidence/${name}.sigstore.json`, image: undefined },
    }));
    const images = (0,src_release/* imageSubjects */.vq)(record).flatMap(({ name, mediaType, digest, size, manifests }) => [
        imageTarget(release, name, undefined, { mediaType, digest, size }),
        ...manifests.map(({ platform, ...descriptor }) => imageTarget(release, name, (0,oci/* platformSuffix */.J7)(platform), descriptor)),
    ]);
    return [...files, ...images];
}
function imageTarget(release, image, suffix, descriptor) {
    const name = suffix === undefined ? image : `${image}-${suffix}`;
    return {
        name: suffix === undefined ? image : `${image} ${suffix}`,
        content: { kind: 'image', digest: descriptor.digest },
        place: {
            kind: 'evidence',
            release,
            path: `evidence/${name.replaceAll('/', '-')}.image.sigstore.json`,
            image: { image, descriptor },
        },
    };
}
/** The bundle of a target as evidence of its release. */
function evidenceBundleOf(content, { image }, { bundle, path, signer }) {
    return {
        bundle,
        kind: 'signature',
        ...(content.kind === 'image' ? { predicateType: imageSignatureType } : {}),
        subjects: [digestOf(content, bundle)],
        signer,
        path,
        manifests: image ? [image] : [],
    };
}

;// CONCATENATED MODULE: ./build/source/src/sign/apply.js







/** Signatures under way: a log answers within a second or two, and waits for all of them together. */
const concurrency = 16;
/** Does what is planned. One that fails does not stop the others; all failures are answered. */
async function applySignatures(plan, signer, registry, step) {
    const progress = step.progress('Signing', plan.filter(({ work }) => work !== 'none').length);
    const failures = [];
    const results = await (0,runner/* mapConcurrently */.X2)(plan, concurrency, async (planned) => {
        try {
            step.signal.throwIfAborted();
            return await apply(planned, signer, registry, step);
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            failures.push(new runner/* UserError */.yo(`${planned.target.name}: ${(0,runner/* describeError */.Uc)(error)}`));
            return undefined;
        }
        finally {
            if (planned.work !== 'none')
                progress.advance();
        }
    });
    progress.done();
    return { applied: results.filter((result) => result !== undefined), failures };
}
async function apply(planned, signer, registry, step) {
    const { target, path = '' } = planned;
    const { content, place } = target;
    const bundle = planned.bundle ?? (await signContent(content, signer));
    if (planned.work === 'none')
        return { planned, bundle, path };
    switch (place.kind) {
        case 'evidence': {
            const item = evidenceBundleOf(content, place, { bundle, path, signer: signer.signer });
            return { planned, bundle, path, evidence: await keepEvidence(place.release, item) };
        }
        case 'beside':
            await (0,src_release/* atomicWrite */.L8)(place.path, bundle);
            return { planned, bundle, path };
        case 'referrer': {
            const repository = (0,src_registry/* openRepository */.h_)(place.location, place.repository, step, registry);
            const created = `${step.now().toISOString().slice(0, 19)}Z`;
            const { digest } = await attach(repository, attachmentOf(place.manifest, bundle, imageSignatureType, created));
            return { planned, bundle, path: `${repository.address}@${digest}` };
        }
    }
}

;// CONCATENATED MODULE: ./build/source/src/sign/files.js

const extension = '.sigstore.json';
/**
 * Files by globs, each to be signed beside itself. Bundles of an earlier run are no files to sign.
 * @throws UserError when a pattern finds nothing
 */
async function fileTargets(patterns, step) {
    if (patterns.length === 0)
        return [];
    const files = (await (0,runner/* findFiles */.lY)(patterns, step)).filter((path) => !path.endsWith(extension));
    if (files.length === 0)
        throw new runner/* UserError */.yo('Only Sigstore bundles match the files to sign, and they are signatures themselves');
    return files.map((path) => ({
        name: path,
        content: { kind: 'file', path, digest: undefined },
        place: { kind: 'beside', path: `${path}${extension}` },
    }));
}

;// CONCATENATED MODULE: ./build/source/src/sign/images.js



/**
 * Images by reference. A tag is resolved once; `recursive` adds every manifest that an index lists.
 * @throws UserError when a reference is none, or nothing is there
 */
async function imageTargets(references, options, step) {
    const targets = new Map();
    for (const text of references) {
        const reference = (0,src_registry/* resolveReference */.sX)(text, step);
        const repository = (0,src_registry/* openRepository */.h_)(reference.location, reference.name, step, options);
        for (const manifest of await manifestsOf(repository, reference, text, options.recursive)) {
            const { tag: _, ...untagged } = reference;
            const name = (0,oci/* formatReference */.FH)({ ...untagged, digest: manifest.digest });
            const place = { kind: 'referrer', location: reference.location, repository: reference.name, manifest };
            targets.set(name, { name, content: { kind: 'image', digest: manifest.digest }, place });
        }
    }
    return [...targets.values()];
}
async function manifestsOf(repository, { tag, digest }, text, recursive) {
    const wanted = digest ?? tag;
    if (wanted === undefined)
        throw new runner/* UserError */.yo(`'${text}' names neither a tag nor a digest`, { hint: 'Add :TAG or @sha256:….' });
    const root = await repository.headManifest(wanted);
    if (!root)
        throw new runner/* UserError */.yo(`There is no image ${text}`);
    const found = new Map();
    const waiting = [root];
    for (let descriptor = waiting.pop(); descriptor; descriptor = waiting.pop()) {
        const { mediaType, digest: key, size } = descriptor;
        if (found.has(key))
            continue;
        found.set(key, { mediaType, digest: key, size });
        if (recursive && isIndex(mediaType))
            waiting.push(...(await childrenOf(repository, key)));
    }
    return [...found.values()];
}
async function childrenOf(repository, digest) {
    const stored = await repository.readManifest(digest);
    if (!stored)
        throw new runner/* UserError */.yo(`${repository.address}@${digest} is not whole: a manifest that it lists is missing`);
    return (0,oci/* parseIndex */.A1)(stored.bytes, `${repository.address}@${digest}`).manifests;
}
const isIndex = (mediaType) => mediaType === oci/* mediaTypes */.Ib.index || mediaType === oci/* mediaTypes */.Ib.dockerManifestList;

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
;// CONCATENATED MODULE: ./build/source/src/sign/referrers.js



/** A signature's bundle is some kilobytes; what is larger is something else. */
const largestBundle = 1 << 20;
const bundleType = /^application\/vnd\.dev\.sigstore\.bundle/;
/** Sigstore bundles beside an image that may be signatures; nothing of them is proven. */
async function* attachedBundles(repository, subject) {
    for (const referrer of await repository.listReferrers(subject)) {
        if (!mayBeSignature(referrer))
            continue;
        const stored = await repository.readManifest(referrer.digest);
        const layer = stored && (0,oci/* parseManifest */.Ng)(stored.bytes, referrer.digest).layers.find(({ mediaType }) => bundleType.test(mediaType));
        if (!layer || layer.size > largestBundle)
            continue;
        yield { digest: referrer.digest, bundle: await (0,consumers_.buffer)(await repository.readBlob(layer)) };
    }
}
// Absence says nothing: not every registry repeats annotations, and some give the config's media type as artifact type.
function mayBeSignature({ artifactType, annotations }) {
    const predicateType = annotations?.['dev.sigstore.bundle.predicateType'];
    return ((artifactType === undefined || artifactType === oci/* mediaTypes */.Ib.empty || bundleType.test(artifactType)) &&
        (predicateType === undefined || predicateType === imageSignatureType));
}

;// CONCATENATED MODULE: ./build/source/src/sign/observe.js









/** Files are hashed, which keeps a processor busy; registries are waited for. */
const observe_concurrency = 8;
/** Looks for valid signatures; recorded or not, so that a killed run is healed and not repeated. */
async function observeSignatures(targets, context, step) {
    const progress = step.progress('Looking for signatures', targets.length);
    const observations = await (0,runner/* mapConcurrently */.X2)(targets, observe_concurrency, async (target) => {
        step.signal.throwIfAborted();
        const observation = await observe(target, context, step);
        progress.advance();
        return observation;
    });
    progress.done();
    return observations;
}
async function observe(target, context, step) {
    const { place, content } = target;
    switch (place.kind) {
        case 'evidence':
            return observeEvidence(target, place, context);
        case 'beside': {
            const bundle = await ownBundle(place.path, content, context.verifier);
            return bundle ? { target, bundle, found: place.path, complete: true } : { target, complete: false };
        }
        case 'referrer': {
            const repository = (0,src_registry/* openRepository */.h_)(place.location, place.repository, step, context.registry);
            return observeReferrers(target, repository, context.verifier);
        }
    }
}
async function observeEvidence(target, place, { signer, verifier }) {
    const { release } = place;
    for (const path of candidatePaths(target, place, signer)) {
        const bundle = await ownBundle((0,external_node_path_.join)(release.directory, path), target.content, verifier);
        if (!bundle)
            continue;
        const item = evidenceBundleOf(target.content, place, { bundle, path, signer });
        const recorded = release.record.evidence.some((evidence) => (0,external_node_util_.isDeepStrictEqual)(evidence, evidenceOf(item)));
        return { target, bundle, found: path, complete: recorded && (await isEvidenceKept(release, item)) };
    }
    if (!place.image)
        return { target, complete: false };
    const repository = (0,src_registry/* openLayout */.B9)((0,external_node_path_.join)(release.directory, 'images'), place.image.image);
    const { bundle } = await observeReferrers(target, repository, verifier);
    return { target, ...(bundle ? { bundle } : {}), complete: false };
}
/** Where the bundle would be written, then where the record says that this signer's is. */
function candidatePaths({ content }, place, signer) {
    const recorded = place.release.record.evidence.filter((evidence) => evidence.kind === 'signature' &&
        content.digest !== undefined &&
        evidence.subjects.includes(content.digest) &&
        (0,external_node_util_.isDeepStrictEqual)(evidence.signer, signer));
    return new Set([place.path, ...recorded.map(({ path }) => path)]);
}
async function observeReferrers(target, repository, verifier) {
    const { content } = target;
    if (content.kind !== 'image')
        return { target, complete: false };
    for await (const { digest, bundle } of attachedBundles(repository, content.digest)) {
        if (!(await isSignatureOf(bundle, content, verifier)))
            continue;
        return { target, bundle, found: `${repository.address}@${digest}`, complete: true };
    }
    return { target, complete: false };
}
async function ownBundle(path, content, verifier) {
    const bundle = await (0,promises_.readFile)(path).catch(() => undefined);
    return bundle && (await isSignatureOf(bundle, content, verifier)) ? bundle : undefined;
}

;// CONCATENATED MODULE: ./build/source/src/sign/plan.js


/**
 * What is missing. Evidence of other signers is never overwritten: this signer's then gets a number.
 * @throws UserError when two subjects would have one file for their bundles
 */
function planSignatures(observations, signer) {
    const used = new Map();
    for (const { found, target } of observations)
        if (found !== undefined)
            used.set(found, target.name);
    return observations.map(({ target, bundle, found, complete }) => {
        const path = found ?? pathOf(target, signer);
        if (path !== undefined && path !== found) {
            const other = used.get(path);
            if (other !== undefined)
                throw new runner/* UserError */.yo(`The signatures of '${other}' and '${target.name}' would both be ${path}`);
            used.set(path, target.name);
        }
        const place = path === undefined ? {} : { path };
        return bundle === undefined
            ? { target, work: 'sign', ...place }
            : { target, work: complete ? 'none' : 'keep', bundle, ...place };
    });
}
function pathOf({ place }, signer) {
    switch (place.kind) {
        case 'evidence':
            return freePath(place, signer);
        case 'beside':
            return place.path;
        case 'referrer':
            return undefined;
    }
}
function freePath({ path, release }, signer) {
    const { evidence } = release.record;
    const isTaken = (candidate) => evidence.some((one) => one.path === candidate && !(one.kind === 'signature' && (0,external_node_util_.isDeepStrictEqual)(one.signer, signer)));
    let candidate = path;
    for (let number = 2; isTaken(candidate); number++)
        candidate = path.replace(/(\.image)?\.sigstore\.json$/, `-${number}$&`);
    return candidate;
}

;// CONCATENATED MODULE: ./build/source/src/sign/prove-images.js





/**
 * Proves that the layout holds each image as it is recorded: a signature must not vouch for what nobody has seen.
 * @throws FailedItems that names every image that is missing or differs from the record
 */
async function proveImages(release) {
    const failures = [];
    for (const image of (0,src_release/* imageSubjects */.vq)(release.record)) {
        for (const difference of await differencesOf((0,external_node_path_.join)(release.directory, 'images'), image)) {
            failures.push(new runner/* UserError */.yo(`${image.name}: ${difference}`));
        }
    }
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE('Images that differ from release.json', failures);
}
async function differencesOf(path, image) {
    const layout = (0,src_registry/* openLayout */.B9)(path, image.name);
    const index = await layout.readManifest(image.digest);
    if (!index)
        return [`${image.digest} is not in the layout`];
    const differences = isSame(index.descriptor, image) ? [] : [`${image.digest} has another size or media type`];
    const isIndex = image.mediaType === oci/* mediaTypes */.Ib.index || image.mediaType === oci/* mediaTypes */.Ib.dockerManifestList;
    const listed = isIndex ? (0,oci/* parseIndex */.A1)(index.bytes, image.name).manifests.map(({ digest }) => digest) : [image.digest];
    for (const manifest of image.manifests) {
        const found = await layout.headManifest(manifest.digest);
        if (!found)
            differences.push(`${manifest.digest} is not in the layout`);
        else if (!isSame(found, manifest))
            differences.push(`${manifest.digest} has another size or media type`);
        if (!listed.includes(manifest.digest))
            differences.push(`${manifest.digest} is not a platform of ${image.digest}`);
    }
    return differences;
}
const isSame = (found, recorded) => found.mediaType === recorded.mediaType && found.size === recorded.size;

;// CONCATENATED MODULE: ./build/source/src/sign/report.js



const signedSubject = ({ planned, bundle, path }, workspace) => ({
    subject: shownName(planned.target, workspace),
    digest: digestOf(planned.target.content, bundle),
    bundle: shownPath(planned.target, path, workspace),
});
const states = { sign: 'signed', keep: 'put back', none: 'signed before' };
const intentions = { sign: 'to be signed', keep: 'to be put back', none: 'signed before' };
function doneReport(applied, signer, workspace) {
    const rows = applied.map((one) => {
        const { subject, digest, bundle } = signedSubject(one, workspace);
        return [subject, digest, bundle, describeSigner(signer), states[one.planned.work]];
    });
    return report(rows, applied.every(({ planned }) => planned.work === 'none') ? 'Everything was signed before.' : undefined);
}
function planReport(plan, signer, workspace) {
    const rows = plan.map(({ target, path = '', bundle, work }) => [
        shownName(target, workspace),
        bundle ? digestOf(target.content, bundle) : (target.content.digest ?? ''),
        path === '' ? 'beside the image' : shownPath(target, path, workspace),
        describeSigner(signer),
        intentions[work],
    ]);
    return report(rows, 'Dry run: nothing was written.');
}
/** A key by the start of its digest, an identity with its issuer. */
const describeSigner = (signer) => signer.kind === 'keyless'
    ? `${signer.identity} (${signer.issuer})`
    : `${signer.origin === 'local' ? "this machine's key" : 'key'} ${signer.keyId.slice(0, 19)}`;
const report = (rows, note) => [
    (0,runner/* heading */.R_)('Signatures'),
    (0,runner/* table */.tp)(['Subject', 'Digest', 'Bundle', 'Signer', 'State'], rows),
    ...(note === undefined ? [] : [(0,runner/* text */.Qq)(note)]),
];
const shownName = ({ name, content }, workspace) => content.kind === 'file' && (0,external_node_path_.isAbsolute)(name) ? below(name, workspace) : name;
function shownPath({ place }, path, workspace) {
    switch (place.kind) {
        case 'evidence':
            return below((0,external_node_path_.join)(place.release.directory, path), workspace);
        case 'beside':
            return below(path, workspace);
        case 'referrer':
            return path;
    }
}
function below(path, workspace) {
    const way = (0,external_node_path_.relative)(workspace, path);
    return way.startsWith('..') || (0,external_node_path_.isAbsolute)(way) ? path : way;
}

;// CONCATENATED MODULE: ./build/source/src/sign/sign.js











/**
 * Signs a whole release, or the files and images that are named: what this signer has signed already stays as it is.
 * @throws UserError before anything is written, when the input is wrong or a file differs from the record
 * @throws FailedItems that names what could not be signed, after all else was
 */
async function sign(input, step) {
    const named = input.files.length > 0 || input.images.length > 0;
    const release = named ? undefined : await openProven(input.release, step);
    const registry = { plainHttp: input.plainHttp };
    const targets = release
        ? releaseTargets(release)
        : [
            ...(await fileTargets(input.files, step)),
            ...(await imageTargets(input.images, { ...registry, recursive: input.recursive }, step)),
        ];
    const signer = await (0,sigstore/* openSigner */.Hs)(input, step, { dryRun: input.dryRun });
    const verifier = await (0,sigstore/* openSignerVerifier */.Vy)(signer.signer, input.trustedRoot);
    const observations = await observeSignatures(targets, { signer: signer.signer, verifier, registry }, step);
    const plan = planSignatures(observations, signer.signer);
    if (!isChanging(plan)) {
        const all = plan.length === 1 ? 'The signature was' : `All ${plan.length} signatures were`;
        step.log.info(`${all} there: nothing changed`);
    }
    if (input.dryRun) {
        step.summary(...planReport(plan, signer.signer, step.workspace));
        return resultOf(release, [], signer.signer, isChanging(plan));
    }
    const { applied, failures } = await applySignatures(plan, signer, registry, step);
    const saved = release && (await record(release, applied));
    step.summary(...doneReport(applied, signer.signer, step.workspace));
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE('Not everything was signed', failures);
    const bundles = applied.map((one) => signedSubject(one, step.workspace));
    return resultOf(saved, bundles, signer.signer, isChanging(plan));
}
const isChanging = (plan) => plan.some(({ work }) => work !== 'none');
/** Never sign what differs from the record. */
async function openProven(directory, step) {
    const release = await (0,src_release/* openRelease */.gS)(directory);
    if (release.record.subjects.length === 0)
        throw new runner/* UserError */.yo(`The release in ${directory} has nothing to sign`);
    await (0,src_release/* proveSubjects */.i6)(release, step);
    await proveImages(release);
    return release;
}
/** What was signed is recorded even where something else failed. */
async function record(release, applied) {
    const evidence = applied.map((one) => one.evidence).filter((one) => one !== undefined);
    return evidence.length === 0 ? release : (0,src_release/* saveRelease */.DR)(release.directory, (0,src_release/* withEvidence */.Kg)(release.record, evidence));
}
const resultOf = (release, bundles, signer, changed) => ({ releaseDigest: release?.digest ?? '', bundles, signer, changed });

;// CONCATENATED MODULE: ./build/source/src/sign/index.js
/**
 * Signatures: over files, and over images by their digests; in a release, beside files, or in a registry.
 * How a bundle becomes evidence of a release, or a referrer of an image, is here for `attest`, too.
 */






/***/ })

};
